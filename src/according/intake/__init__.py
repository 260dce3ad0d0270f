"""Bytes to reports: pages, plain texts, PDFs, JSON, feeds, archives; furniture out, or marked where the text must stay as it is."""

from according.intake.opening import Opened, Outcome, opened
from according.intake.reports import from_bytes, from_text, inputs, outcomes
from according.intake.walk import count, items

__all__ = ["Opened", "Outcome", "count", "from_bytes", "from_text", "inputs", "items", "opened", "outcomes"]
