"""Who says what happened, where, when, to whom and how many, each tied to the exact words.

``code(text)`` gives the claims of a report, ``read(text)`` all its mentions. Both take the text as it stands: every offset of the result
refers to the string that was passed in. For files (pages, folders, JSON Lines) use ``according.intake.inputs``. ``Ledger`` is a collection
that was taken in by `according ingest`, to be asked with a ``Question``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.ledger.ledger import Ledger
    from according.ledger.question import Question
    from according.model import Claim, Mentions, Report

__version__ = "0.1.0"
__all__ = ["Ledger", "Question", "__version__", "code", "read"]


def code(text: str, *, title: str | None = None, published: date | str | None = None, source: str | None = None) -> list[Claim]:
    """The claims of a report, in the order of their triggers.

    ``published`` is the day of publication, a ``date`` or ``YYYY-MM-DD``: without it, "on Friday" keeps its words and gets no dates.
    ``source`` is the outlet. Raises ``ValueError`` for a date that is none, ``according.errors.ModelMissing`` without the model's files.
    """
    from according import pipeline

    return list(pipeline.claims(_report(text, title, published, source)))


def read(text: str, *, title: str | None = None, published: date | str | None = None, source: str | None = None) -> Mentions:
    """All that a report mentions: sentences, names, places, times, figures, attributions. Arguments as for ``code``."""
    from according import pipeline

    return pipeline.mentions(_report(text, title, published, source))


def __getattr__(name: str) -> object:
    """``Ledger`` and ``Question`` are loaded when they are asked for: coding a text needs no database."""
    if name == "Ledger":
        from according.ledger.ledger import Ledger

        return Ledger
    if name == "Question":
        from according.ledger.question import Question

        return Question
    raise AttributeError(f"module 'according' has no attribute {name!r}")


def _report(text: str, title: str | None, published: date | str | None, source: str | None) -> Report:
    from according.intake import furniture
    from according.intake.identity import text_id
    from according.model import Report

    day = date.fromisoformat(published) if isinstance(published, str) else published
    marked = tuple(furniture.spans(text, None))
    return Report(id=text_id(text), text=text, title=title, published=day, source=source, furniture=marked)
