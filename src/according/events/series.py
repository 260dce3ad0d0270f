"""Tolls over a span of time: what several reports say of one window, as a series. Windows that differ are no rivals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from according.events.accounts import Citation, Said, Speaker, group_of, speaker_of
from according.model import Figure, Measure
from according.places.folding import plain

#: Two windows begin together where their first days are no further apart than this, or than a sixth of the longer one.
_DAYS, _SHARE = 31, 1 / 6


@dataclass(frozen=True, slots=True)
class Toll:
    """One reading of a series: how many, since when, who says it, in which words."""

    low: int | None
    high: int | None
    approximate: bool
    since: date | None
    until: date | None
    window: str | None  # its words: "since the beginning of December"
    words: str
    speaker: Speaker
    claim: str
    cited: Citation
    sentence: str


@dataclass(frozen=True, slots=True)
class Series:
    """What is told of one measure, group and place over one window, in the order of publication."""

    measure: Measure
    group: str
    place: str | None
    since: date | None  # the earliest first day of its windows
    tolls: tuple[Toll, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    toll: Toll
    measure: Measure
    group: str
    place: str | None


def series(said: Iterable[Said]) -> list[Series]:
    """The series that these claims tell, the best attested first. The order of the claims does not matter."""
    by_kind: dict[tuple[Measure, str], list[_Told]] = defaultdict(list)
    for told in sorted((t for s in said for t in _of_claim(s)), key=_rank):
        by_kind[told.measure, told.group].append(told)
    found = [_made(group) for tolls in by_kind.values() for group in _windows(tolls)]
    return sorted(found, key=lambda s: (-len(s.tolls), s.measure, s.group, s.place or "", s.since or date.max, s.tolls[0].claim))


def _of_claim(said: Said) -> Iterable[_Told]:
    claim = said.claim
    for figure in claim.figures:
        if figure.cumulative and figure.numbered:
            place = claim.place or next(iter(claim.within), None)
            name = plain(place.called) if place else None
            yield _Told(_toll(said, figure), figure.measure, group_of(figure), name)


def _toll(said: Said, figure: Figure) -> Toll:
    time = said.claim.time
    return Toll(
        low=figure.min,
        high=figure.max,
        approximate=figure.approximate,
        since=time.start if time else None,
        until=time.end if time else None,
        window=time.span.text if time else None,
        words=figure.span.text,
        speaker=speaker_of(said),
        claim=said.claim.id,
        cited=said.cited,
        sentence=said.claim.sentence.text,
    )


def _rank(told: _Told) -> tuple[date, date, str, str, str]:
    toll = told.toll
    return (toll.since or date.max, toll.cited.published or date.max, toll.cited.key, toll.claim, toll.words)


def _windows(tolls: Sequence[_Told]) -> list[list[_Told]]:
    """Each series is what agrees with the first toll of it; windows without days agree within one report."""
    groups: list[list[_Told]] = []
    for told in tolls:
        home = next((group for group in groups if _fits(told, group)), None)
        if home is None:
            groups.append([told])
        else:
            home.append(told)
    return groups


def _fits(told: _Told, group: Sequence[_Told]) -> bool:
    """Whether the toll's window begins with that of the series, and its place is the same, or not told in one report with it."""
    places = {other.place for other in group if other.place}
    report = told.toll.cited.original
    beside = any(other.toll.cited.original == report for other in group)
    if told.place not in places and not (beside and not (told.place and places)):
        return False
    if told.toll.since is None:
        return beside and group[0].toll.since is None
    return group[0].toll.since is not None and _begin_together(told, group[0])


def _begin_together(a: _Told, b: _Told) -> bool:
    if a.toll.since is None or b.toll.since is None:
        return False
    longest = max((t.toll.until - t.toll.since).days if t.toll.until and t.toll.since else 0 for t in (a, b))
    return abs((a.toll.since - b.toll.since).days) <= max(_DAYS, _SHARE * longest)


def _made(group: Sequence[_Told]) -> Series:
    ordered = sorted(group, key=lambda t: (t.toll.cited.published or date.max, t.toll.cited.key, t.toll.claim, t.toll.words))
    first = group[0]
    place = next((told.place for told in group if told.place), None)
    return Series(first.measure, first.group, place, first.toll.since, tuple(told.toll for told in ordered))
