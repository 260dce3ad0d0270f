"""Control: who is told to have held which place on a day, as could be known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from according.events.holdings import Grade, Holding, Site, held
from according.ledger.ledger import Ledger
from according.web.asked import Asked, asked, day_of
from according.web.lanes import drawing
from according.web.rendering import page
from according.web.site import ledger_of
from according.web.turning import turned

router = APIRouter()

#: Places on one page.
_PLACES = 40
#: Spells of one place, around the day, and claims behind one of them.
_BEFORE, _AFTER = 20, 10
_CLAIMS = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """A place with its spells around the day asked for, those of the day itself, and how many more spells it has."""

    site: Site
    anchor: str
    spells: tuple[Holding, ...]
    now: tuple[Holding, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of who held what: at which day it is looked at, by what was published by which other."""

    day: date | None
    known: date | None
    first: date | None  # days that spells tell of, for the reach of a slider
    last: date | None
    places: tuple[Kept, ...]


@router.get("/control", name="control")
def control(request: Request) -> Response:
    """Places with their holders on the day, then the history of each."""
    told = asked(request.query_params)
    ledger = ledger_of(request)
    seen = _seen(ledger, told)
    listed = turned(seen.places, told, "/control", _PLACES)
    lanes = drawing([(_called(place.site), place.spells) for place in listed.rows], seen.day)
    return page(
        request, "control.html", asked=told, seen=seen, listed=listed, lanes=lanes, most=_CLAIMS,
        published=ledger.remembered("published", lambda: _published(ledger)),
        holdings=told.address("/control/holdings.json", after=None),
    )  # fmt: skip


@router.get("/control/holdings.json", name="control_holdings")
def holdings(request: Request) -> Response:
    """Rows for a map: longitude, latitude, radius in kilometres, holder, 1 where it is contested, place, since when, the place's anchor.

    The day is empty where it is not told.
    """
    seen = _seen(ledger_of(request), asked(request.query_params))
    rows = [_row(place, holding) for place in seen.places for holding in place.now if place.site.lat is not None]
    return JSONResponse({"holdings": rows})


def _row(place: Kept, holding: Holding) -> list[float | int | str | None]:
    site = place.site
    contested, since = int(holding.grade is Grade.CONTESTED), holding.since.isoformat() if holding.since else ""
    return [site.lon, site.lat, site.radius_km, holding.name or "not told", contested, site.name, since, place.anchor]


def _seen(ledger: Ledger, told: Asked) -> Seen:
    known, day = day_of(told, "as-known"), day_of(told, "as-of")
    found = ledger.remembered(("holdings", told.question, known), lambda: ledger.holdings(told.question, known))
    days = [d for h in found for d in (h.since, h.by, h.last, h.until) if d]
    first, last = min(days, default=None), max((d for h in found for d in (h.last, h.until) if d), default=None)
    return Seen(day or last, known, first, last, tuple(_places(found, day or last)))


def _places(found: Sequence[Holding], day: date | None) -> list[Kept]:
    """Places with a holder on the day first, each part in the order of names."""
    by_place: dict[tuple[str, bool], list[Holding]] = defaultdict(list)
    for holding in found:
        by_place[holding.site.key, holding.site.area].append(holding)
    return sorted((_kept(spells, day) for spells in by_place.values()), key=_rank)


def _kept(spells: Sequence[Holding], day: date | None) -> Kept:
    begun = sum(1 for h in spells if day and (b := h.since or h.by) and b <= day)
    near = tuple(spells[max(0, begun - _BEFORE) : begun + _AFTER])
    site = spells[0].site
    return Kept(site, _anchor(site), near, tuple(held(spells, day)) if day else (), len(spells) - len(near))


def _rank(place: Kept) -> tuple[bool, str, str, bool, str]:
    return (not place.now, place.site.name.casefold(), place.site.country or "", place.site.area, place.anchor)


def _anchor(site: Site) -> str:
    """What a place is linked by on the page."""
    return "place-" + sha256(f"{site.key}\n{site.area}".encode()).hexdigest()[:10]


def _called(site: Site) -> str:
    return f"{site.name} (area)" if site.area else site.name


def _published(ledger: Ledger) -> tuple[date, date] | None:
    """The first and the last day on which anything in the ledger was published."""
    rows = [(source.first, source.last) for source in ledger.sources()]
    days = [day for row in rows for day in row if day]
    return (min(days), max(days)) if days else None
