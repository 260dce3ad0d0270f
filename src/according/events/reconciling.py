"""Rival figures into one range, by a named rule. The rows that it rests on are always shown beside it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from according.actors.speakers import SpeakerKind
from according.events.accounts import OF_PEOPLE, Reading
from according.events.victims import EVERYBODY, part_of
from according.model import Measure


class Rule(enum.StrEnum):
    """How one range is made of several accounts' numbers.

    ``ucdp``: low and high are the least and the most that is told, best the number of the most independent kind of speaker, of equals the
    newest and then the lower (after UCDP GED's codebook: the most reliable source, and the more conservative where none is).
    ``acled``: the least number that any account gives (after ACLED: the most conservative estimate).
    ``airwars``: from the least to the most that the accounts give, best the least (after Airwars, which gives a minimum and a maximum).
    ``widest``: all that any account leaves possible, best in the middle of what is told.
    """

    UCDP = "ucdp"
    ACLED = "acled"
    AIRWARS = "airwars"
    WIDEST = "widest"


@dataclass(frozen=True, slots=True)
class Range:
    """low ≤ best ≤ high; a ``high`` of ``None`` is open. Made of ``accounts`` speakers' numbers."""

    measure: Measure
    group: str
    low: int
    best: int
    high: int | None
    rule: Rule
    accounts: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best or (self.high is not None and self.best > self.high):
            raise ValueError(f"not a range: {self.low} ≤ {self.best} ≤ {self.high}")


#: The kinds of speakers from the most to the least independent of the fighting.
_ORDER = (
    SpeakerKind.MONITOR,
    SpeakerKind.AGENCY,
    SpeakerKind.OFFICIAL,
    SpeakerKind.MEDIA,
    SpeakerKind.WITNESS,
    SpeakerKind.OTHER,
    SpeakerKind.PARTY,
)


def reconciled(readings: Iterable[Reading], rule: Rule = Rule.UCDP) -> list[Range]:
    """A range for each measure and group that numbers are told of, in the order of the measures, everybody before any group.

    A measure's range for everybody takes each speaker's number of everybody; of a speaker who tells none, those of the widest groups.
    """
    return [_range(measure, group, told, rule) for measure, group, told in _told(readings)]


def rests_on(readings: Iterable[Reading], found: Range) -> list[Reading]:
    """The readings that a range of theirs is made of."""
    return next((told for measure, group, told in _told(readings) if (measure, group) == (found.measure, found.group)), [])


def _told(readings: Iterable[Reading]) -> Iterator[tuple[Measure, str, list[Reading]]]:
    """The readings that count, by what they are numbers of."""
    counting = [r for r in readings if r.counts]
    for measure in Measure:
        of_measure = [r for r in counting if r.measure is measure]
        groups = {r.group for r in of_measure} - {EVERYBODY}
        whole = [r for r in of_measure if r.group == EVERYBODY]
        if measure in OF_PEOPLE:
            speakers = {r.speaker.key for r in whole}
            whole += [r for r in of_measure if r.speaker.key not in speakers and not any(part_of(r.group, other) for other in groups)]
        if whole:
            yield measure, EVERYBODY, whole
        for group in sorted(groups):
            yield measure, group, [r for r in of_measure if r.group == group]


def _range(measure: Measure, group: str, readings: Sequence[Reading], rule: Rule) -> Range:
    low, best, high = _RULES[rule](readings)
    return Range(measure, group, low, best, high, rule, len({r.speaker.key for r in readings}))


def _numbers(readings: Sequence[Reading]) -> list[int]:
    return [r.number for r in readings if r.number is not None]


def _ends(readings: Sequence[Reading]) -> tuple[int, int]:
    """The least and the most number that is told."""
    told = [end for r in readings for end in (r.low, r.high) if end is not None]
    return min(told), max(told)


def _ucdp(readings: Sequence[Reading]) -> tuple[int, int, int | None]:
    low, high = _ends(readings)

    def rank(reading: Reading) -> tuple[int, int, int]:
        kind = SpeakerKind.PARTY if reading.speaker.party else reading.speaker.kind
        return _ORDER.index(kind), -(reading.published or date.min).toordinal(), reading.number or 0

    return low, min(readings, key=rank).number or 0, high


def _acled(readings: Sequence[Reading]) -> tuple[int, int, int | None]:
    least = min(_numbers(readings))
    return least, least, least


def _airwars(readings: Sequence[Reading]) -> tuple[int, int, int | None]:
    low, high = _ends(readings)
    return low, low, high


def _widest(readings: Sequence[Reading]) -> tuple[int, int, int | None]:
    low = min(r.low if r.low is not None else 0 for r in readings)
    high = None if any(r.high is None for r in readings) else max(r.high for r in readings if r.high is not None)
    numbers = sorted(_numbers(readings))
    return low, numbers[(len(numbers) - 1) // 2], high


_RULES: dict[Rule, Callable[[Sequence[Reading]], tuple[int, int, int | None]]] = {
    Rule.UCDP: _ucdp,
    Rule.ACLED: _acled,
    Rule.AIRWARS: _airwars,
    Rule.WIDEST: _widest,
}
