"""Bytes to reports: pages, plain texts, JSON; furniture out, or marked where the text must stay as it is."""

from according.intake.reports import Outcome, from_bytes, from_text, outcomes
from according.intake.walk import count, inputs

__all__ = ["Outcome", "count", "from_bytes", "from_text", "inputs", "outcomes"]
