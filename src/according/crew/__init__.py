"""Work given to processes of which any may hang, crash or swallow the machine's memory, without harm to the others."""

from according.crew.crew import Crew, preload
from according.crew.limits import Limits
from according.crew.outcome import Failed, Lost, Why

__all__ = ["Crew", "Failed", "Limits", "Lost", "Why", "preload"]
