"""The filter that pages share, all of it in the address: what is asked for, how it is sorted, where one is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from according.errors import BadQuestion
from according.events.event import Corroboration
from according.ledger.question import Box, Near, Question

#: Names in addresses, the fields of ``Question`` they fill.
_LISTS = {
    "type": "types", "place": "places", "country": "countries", "actor": "actors", "target": "targets", "speaker": "speakers",
    "status": "statuses", "measure": "measures", "source": "sources", "report": "reports",
}  # fmt: skip
_DAYS = {"since": "since", "until": "until", "known-since": "known_since", "known-until": "known_until"}
#: Names in addresses that are no filter: the page, its sort, the map's view.
_VIEW = ("after", "sort", "layer", "map", "selected", "as-of", "as-known", "limit")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Build it with ``asked``."""

    question: Question
    grades: tuple[Corroboration, ...] = ()
    view: Mapping[str, str] | None = None
    told: tuple[tuple[str, str], ...] = ()  # the filter as it stands in the address, in a fixed order

    def address(self, path: str, **changed: Any) -> str:
        """The same filter at another path; ``changed`` are names of the address with new values, ``None`` to leave out."""
        names = {name.replace("_", "-"): value for name, value in changed.items()}
        kept = [(name, value) for name, value in (*self.told, *(self.view or {}).items()) if name not in names]
        new = [(name, one) for name, value in names.items() if value is not None for one in _several(value)]
        query = urlencode(sorted(kept + new))
        return f"{path}?{query}" if query else path


def asked(given: QueryParams) -> Asked:
    """What the query of an address asks for. Raises ``BadQuestion`` for a value that cannot be understood, naming it."""
    known = {*_LISTS, *_DAYS, *_VIEW, "grade", "q", "box", "near", "independent"}
    if unknown := sorted({*given.keys()} - known):
        raise BadQuestion(f"There is no filter {', '.join(unknown)}; there are {', '.join(sorted(known - {*_VIEW}))}.")
    told = sorted((name, value) for name, value in given.multi_items() if value.strip() and name not in _VIEW)
    of = {name: [value for key, value in told if key == name] for name, _ in told}
    fields: dict[str, Any] = {field: tuple(of[name]) for name, field in _LISTS.items() if name in of}
    fields |= {field: _day(name, of[name][-1]) for name, field in _DAYS.items() if name in of}
    if "q" in of:
        fields["words"] = " ".join(of["q"])
    if "box" in of:
        fields["box"] = Box(*_numbers("box", of["box"][-1], 4))
    if "near" in of:
        fields["near"] = Near(*_numbers("near", of["near"][-1], 3))
    if "independent" in of:
        fields["independent"] = True
    return Asked(Question(**fields), _grades(of.get("grade", ())), {name: given[name] for name in _VIEW if given.get(name)}, tuple(told))


def day_of(told: Asked, name: str) -> date | None:
    """A day that belongs to the view: ``as-of``, ``as-known``. Raises ``BadQuestion``."""
    value = (told.view or {}).get(name)
    return _day(name, value) if value else None


def _grades(told: Sequence[str]) -> tuple[Corroboration, ...]:
    for word in told:
        if word not in [*Corroboration]:
            raise BadQuestion(f"{word} is no grade; there are {', '.join(Corroboration)}.")
    return tuple(map(Corroboration, told))


def _day(name: str, told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise BadQuestion(f"{name} is a day as 2020-02-03, not “{told}”.") from None


def _numbers(name: str, told: str, count: int) -> list[float]:
    try:
        found = [float(part) for part in told.split(",")]
    except ValueError:
        found = []
    if len(found) != count:
        raise BadQuestion(f"{name} is {count} numbers with commas between them, not “{told}”.")
    return found


def _several(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
