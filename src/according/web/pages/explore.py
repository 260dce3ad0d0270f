"""Explore: map, timeline and table, three views of one filter."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from according.errors import BadQuestion
from according.events.event import Corroboration
from according.ledger.exploring import SIZE, Days, Order, Overview, Paging, Point
from according.ledger.ledger import Ledger
from according.ledger.summaries import Summary
from according.model import Measure
from according.web import facts
from according.web.asked import Asked, asked, day_of
from according.web.bars import timeline
from according.web.named import actor_name, country_name
from according.web.rendering import page
from according.web.site import ledger_of
from according.web.words import day
from according.web.words import told as in_words

router = APIRouter()

#: The longest answers are written down once, and sent to whoever takes them so in a fourth of the bytes.
_LIGHT = 1
#: What a row of the table tells of, in its order, and whether one may sort by it.
_COLUMNS = (
    ("Event", "type"), ("Day", "day"), ("Place", "place"), ("By", None), ("Against", None), ("Killed", "killed"), ("How attested", None),
    ("Told in", "reports"),
)  # fmt: skip
#: How an event is attested, for whoever chooses among the grades.
GRADES = {
    Corroboration.SINGLE: "single: one account", Corroboration.SEVERAL: "several: independent accounts agree",
    Corroboration.CONTESTED: "contested: accounts differ", Corroboration.DENIED: "denied by somebody",
    Corroboration.ADMITTED: "admitted by whoever did it",
}  # fmt: skip
_FALLING = frozenset({"day", "killed", "reports"})  # columns of which one wants the newest or the most first


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head. ``address`` sorts by it, the other way where it is sorted by already."""

    name: str
    address: str | None
    sorted: str | None  # ascending, descending


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked for, in words, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Killed:
    """How many were killed, in words, and as a range on a scale that all rows of a page share."""

    words: str
    low: float  # percent of the scale
    best: float
    high: float


@router.get("/", name="explore")
def explore(request: Request) -> Response:
    """The page; all of the filter is in its address. htmx is given the part that changes with the filter."""
    told = asked(request.query_params)
    ledger = ledger_of(request)
    paging = _paging(told)
    listed, overview = ledger.explore(told.question, told.grades, paging)
    part = "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
    context: dict[str, Any] = {
        "asked": told,
        "listed": listed,
        "overview": overview,
        "choices": ledger.remembered("choices", ledger.choices),
        "timeline": timeline(_all_days(ledger, told, overview)),
        "closer": timeline(overview.days, told.question.since, told.question.until) if _dated(told) else None,
        "sentence": _sentence(told, overview),
        "paging": paging,
        "country": country_name,
        "grade_words": GRADES,
        "ledger": Path(ledger.name).name,
        "control": told.address("/control", **_unseen(told) | _of_holdings(told)),
        "heads": list(_heads(told, paging.order)),
        "chips": list(_chips(told)),
        "killed": _killed(listed.rows),
        "part": part,
        "located": facts.LOCATED,
        "as_of": day_of(told, "as-of"),
        "as_known": day_of(told, "as-known"),
        "points": told.address("/explore/points.json", **_unseen(told)),
        "holdings": _holdings(told),
        "take": lambda path, form: told.address(path, format=form, **_unseen(told)),
        "beginning": told.address("/", after=None) if paging.after else None,
        "following": told.address("/", after=listed.next) if listed.next else None,
        "here_at": str(request.base_url).rstrip("/") + told.address("/"),
        "today": datetime.now(UTC).date(),
    }
    answer = page(request, "parts/explore.html" if part else "explore.html", **context)
    answer.headers["vary"] = "HX-Request"
    if part:
        answer.headers["hx-push-url"] = told.address("/")
    return answer


@router.get("/explore/points.json", name="explore_points")
def points(request: Request) -> Response:
    """All events asked for that may stand on a map, as short as can be; see ``_points``."""
    told = asked(request.query_params)
    ledger = ledger_of(request)
    packed = ledger.remembered(("points.json", told.question, told.grades), lambda: _packed(ledger, told))
    headers = {"vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=headers | {"content-encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(packed), headers=headers, media_type="application/json")


def _packed(ledger: Ledger, told: Asked) -> bytes:
    _, overview = ledger.explore(told.question, told.grades, Paging(size=1))
    record = _points(overview, ledger.points(told.question, told.grades))
    return gzip.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), _LIGHT, mtime=0)


def _points(overview: Overview, found: list[Point]) -> dict[str, Any]:
    """``events`` are all that were asked for, ``unplaced`` those of them that are not among ``points``: [longitude, latitude, radius in
    kilometres, index into ``types``, the event's id, its first day, the best number of killed, its place]. ``countries`` counts those of
    which no more is known than the country.
    """
    types = sorted({point.type for point in found})
    index = {type: n for n, type in enumerate(types)}
    return {
        "events": overview.events,
        "types": types,
        "points": [[p.lon, p.lat, p.radius_km, index[p.type], p.event, p.first, p.killed, p.place] for p in found],
        "unplaced": overview.unmapped,
        "countries": overview.of_countries,
    }


def _paging(told: Asked) -> Paging:
    view = told.view or {}
    sort, size = view.get("sort", Order.NEWEST.value), view.get("limit", str(SIZE))
    if sort not in [*Order]:
        raise BadQuestion(f"Events cannot be sorted by {sort}; there are {', '.join(Order)}.")
    if not size.isascii() or not size.isdigit() or len(size) > 9:
        raise BadQuestion(f"limit is how many events a page has, not “{size}”.")
    return Paging(Order(sort), int(size), view.get("after"))


def _dated(told: Asked) -> bool:
    return bool(told.question.since or told.question.until)


def _all_days(ledger: Ledger, told: Asked, overview: Overview) -> Days:
    """When that was which is asked for but for the days: what the timeline shows, for one to choose days from."""
    if not _dated(told):
        return overview.days
    question = replace(told.question, since=None, until=None)
    return ledger.remembered(("days", question, told.grades), lambda: ledger.days(question, told.grades))


def _heads(told: Asked, order: Order) -> Iterator[Head]:
    for name, column in _COLUMNS:
        if column is None:
            yield Head(name, None, None)
            continue
        now = order.column == column
        falls = not order.falls if now else column in _FALLING
        sort = Order(f"-{column}" if falls else column)
        address = told.address("/", after=None, sort=None if sort is Order.NEWEST else sort.value)
        yield Head(name, address, ("descending" if order.falls else "ascending") if now else None)


#: What chips call the filters.
_NAMES = {
    "q": "words", "type": "type", "actor": "by", "target": "against", "speaker": "told by", "place": "place", "country": "country",
    "since": "happened since", "until": "happened until", "known-since": "published since", "known-until": "published until",
    "status": "told as", "grade": "attested", "measure": "counts", "source": "source", "report": "report", "box": "within the box",
    "near": "near", "independent": "without copies",
}  # fmt: skip


def _chips(told: Asked) -> Iterator[Chip]:
    for name, value in told.told:
        others = [other for key, other in told.told if key == name and other != value]
        yield Chip(_NAMES[name], _shown(name, value), told.address("/", after=None, **{name: others}))


def _shown(name: str, value: str) -> str:
    if name == "country":
        return country_name(value.upper()) or value
    if name in ("actor", "target", "speaker"):
        return "the report in its own voice" if value == "-" else actor_name(value)
    if name in ("since", "until", "known-since", "known-until"):
        return day(value)
    return in_words(value) if name in ("type", "status", "measure") else value


def _sentence(told: Asked, overview: Overview) -> str:
    """How many there are, for whoever hears the page and for whoever sees it."""
    number = f"{overview.events:,} event{'' if overview.events == 1 else 's'}"
    what = f"{number} with all that is asked for" if told.told else f"{number} in this ledger"
    rest = [f"{n:,} {how}" for n, how in ((overview.days.undated, "without a day"), (overview.unmapped, "on no map")) if n]
    return f"{what}; of them {' and '.join(rest)}." if rest else f"{what}."


def _unseen(told: Asked) -> dict[str, None]:
    """What of an address is no filter, to be left out."""
    return dict.fromkeys(told.view or {})


def _holdings(told: Asked) -> str | None:
    """Where the layer of who held what comes from, if it is asked for."""
    if (told.view or {}).get("layer") != "holdings":
        return None
    return told.address("/control/holdings.json", **_unseen(told) | _of_holdings(told))


def _of_holdings(told: Asked) -> dict[str, Any]:
    """What changes of an address when it is to tell who held what: where is kept, all else is left out, since a spell may have begun
    before any day that events are asked for.
    """
    rest = dict.fromkeys(name for name, _ in told.told if name not in ("place", "country", "box", "near"))
    return rest | {name: day_of(told, name) for name in ("as-of", "as-known")}


def _killed(rows: tuple[Summary, ...]) -> dict[str, Killed]:
    """Of each event of a page that tells how many were killed."""
    told = {row.event: row.figures[Measure.KILLED] for row in rows if Measure.KILLED in row.figures}
    most = max((max(best, high or 0) for _, best, high in told.values()), default=0) or 1
    return {
        event: Killed(_range(low, best, high), 100 * low / most, 100 * best / most, 100 * (most if high is None else high) / most)
        for event, (low, best, high) in told.items()
    }


def _range(low: int, best: int, high: int | None) -> str:
    """12 · 7–17, best 12 · 40 or more."""
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"{low:,} or more" if low == best else f"{low:,} or more, best {best:,}"
    return f"{low:,}–{high:,}, best {best:,}"
