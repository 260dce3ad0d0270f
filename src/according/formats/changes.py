"""What changed in a report's claims, a line each, as a patch shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from according.formats.phrases import figure_phrase, when_phrase
from according.formats.terminal import visible
from according.ledger.changes import Change, differing
from according.model import Claim, Figure, Party, Place, When


def write(change: Change, out: TextIO) -> None:
    """``-`` a claim that is made no more, ``+`` a new one, ``~`` one otherwise told, with each field before and after."""
    out.write(f"{visible(change.report)}\n")
    for claim in change.gone:
        out.write(f"  - {_named(claim)}\n")
    for claim in change.new:
        out.write(f"  + {_named(claim)}\n")
    for before, after in change.otherwise:
        out.write(f"  ~ {_named(after)}\n")
        for name in differing(before, after):
            out.write(f"      {name}: {visible(_value(getattr(before, name)))} → {visible(_value(getattr(after, name)))}\n")


def _named(claim: Claim) -> str:
    return visible(f"{claim.id}  {claim.type.value.replace('_', ' ')}  “{claim.trigger.text}”  {claim.sentence.text[:100]}")


def _value(value: Any) -> str:
    match value:
        case None | ():
            return "nothing"
        case Figure():
            return figure_phrase(value)
        case When():
            return when_phrase(value)
        case Place():
            return f"{value.span.text} ({value.name})" if value.name else value.span.text
        case Party():
            return value.span.text
        case str():
            return value
        case Sequence() | Iterable():
            return "; ".join(map(_value, value))
        case _:
            return str(value)
