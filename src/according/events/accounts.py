"""Who tells of an event: each speaker once, however many pages repeat him, with what he says of how many."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from according.actors.resolving import bearing
from according.actors.speakers import SpeakerKind, is_party, kind_of
from according.events.happening import Sort, folded
from according.events.victims import EVERYBODY, disjoint, group, part_of
from according.model import Claim, Figure, Measure, Party

#: Measures that count people who suffered, of whom there are groups.
OF_PEOPLE = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.CASUALTIES,
        Measure.MISSING,
        Measure.ABDUCTED,
        Measure.DETAINED,
        Measure.DISPLACED,
        Measure.RETURNED,
    }
)
_AMONG = re.compile(
    r"\b(?:among|amongst) (?:the )?(?:dead|killed|victims|casualties|wounded|injured|fatalities|those|them)\b", re.IGNORECASE
)
_PARTS = ("includ", "among", "of whom", "of them", "of which", "as well as the", "mostly")


@dataclass(frozen=True, slots=True)
class Citation:
    """The report that a claim stands in. ``original`` is the key of the report that it copies, else its own."""

    key: str
    id: str
    source: str | None
    published: date | None
    original: str
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, where it stands, and how it stands to the event."""

    claim: Claim
    cited: Citation
    sort: Sort = Sort.ACCOUNT


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: by id, else by his words; a report in its own voice is its source's."""

    key: str
    name: str
    kind: SpeakerKind
    actor: str | None = None
    party: bool = False  # to the fighting that is told of

    @property
    def own_voice(self) -> bool:
        return self.key.startswith("source ")


@dataclass(frozen=True, slots=True)
class Account:
    """What one speaker says of an event, in all reports that are no copies of one another."""

    speaker: Speaker
    claims: tuple[str, ...]
    reports: tuple[str, ...]  # the keys of those that have it, copies too, in the order of publication
    copies: int  # how many of them are copies
    first: date | None
    last: date | None
    denies: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that a speaker gives for a measure: an interval, its words, and whether it counts towards the event's own."""

    measure: Measure
    group: str
    low: int | None
    high: int | None
    speaker: Speaker
    words: str
    claim: str
    report: str
    published: date | None
    first: date | None  # of the days on which the speaker said it
    last: date | None
    approximate: bool = False
    part: bool = False  # of a number that the same claim gives
    superseded: bool = False  # the speaker gave another one later
    sum: bool = False  # of the groups that one claim tells one by one

    @property
    def number(self) -> int | None:
        """The number as one would say it: the least that is told, else the most."""
        return self.low if self.low is not None else self.high

    @property
    def counts(self) -> bool:
        return self.number is not None and not self.part and not self.superseded


def accounts(said: Iterable[Said]) -> list[Account]:
    """The accounts of an event, the first told first. One speaker's words in several reports are one account."""
    told = sorted(said, key=_rank)
    sources = {s.cited.key: s.cited.source for s in told}
    doers = [party for s in told for party in (*s.claim.actor, *s.claim.target)]
    countries = frozenset(s.claim.place.country for s in told if s.claim.place and s.claim.place.country)
    by_speaker: dict[str, list[Said]] = defaultdict(list)
    speakers: dict[str, Speaker] = {}
    for one in told:
        source = sources.get(one.cited.original) or one.cited.source  # a copy's own voice is that of what it copies
        speaker = speaker_of(replace(one, cited=replace(one.cited, source=source)), doers, countries)
        speakers.setdefault(speaker.key, speaker)
        by_speaker[speaker.key].append(one)
    return [_account(speakers[key], group) for key, group in by_speaker.items()]


def speaker_of(said: Said, doers: Sequence[Party] = (), countries: frozenset[str] = frozenset()) -> Speaker:
    """The innermost speaker of a claim. ``doers`` are the parties of its event, ``countries`` where that was."""
    if not said.claim.said_by:
        return _own_voice(said.cited, doers, countries)
    party = said.claim.said_by[0]
    words = party.span.text
    key = party.actor or f"words {folded(words)}"
    return Speaker(key, words, kind_of(words, party.actor), party.actor, is_party(words, party.actor, doers, countries))


def _own_voice(cited: Citation, doers: Sequence[Party], countries: frozenset[str]) -> Speaker:
    """The report's source; an army's statement is the army's word, an outlet's page its own."""
    if cited.source is None:
        return Speaker(f"source {cited.original}", "the report", SpeakerKind.MEDIA)
    known = bearing(cited.source)
    id = known.id if known else None
    kind = kind_of(cited.source, id)
    armed = kind is SpeakerKind.PARTY
    return Speaker(
        f"source {folded(cited.source)}",
        cited.source,
        kind if known or armed else SpeakerKind.MEDIA,
        id,
        armed and is_party(cited.source, id, doers, countries),
    )


def readings(accounts: Iterable[Account]) -> list[Reading]:
    """Every number that is told of the event itself, with whether it counts. Totals over several happenings are left out."""
    found: list[Reading] = []
    for account in accounts:
        firsts = _first_of_copies(account)
        told = (s for s in account.said if s.sort is Sort.ACCOUNT and s.cited.key in firsts)
        own = [reading for s in told for reading in _of_claim(s, account.speaker)]
        found += _superseded(own)
    return found


def _account(speaker: Speaker, said: Sequence[Said]) -> Account:
    days = [s.cited.published for s in said if s.cited.published]
    reports = tuple(dict.fromkeys(s.cited.key for s in said))
    copies = sum(s.cited.original != s.cited.key for s in {s.cited.key: s for s in said}.values())
    return Account(
        speaker=speaker,
        claims=tuple(dict.fromkeys(s.claim.id for s in said)),
        reports=reports,
        copies=copies,
        first=min(days, default=None),
        last=max(days, default=None),
        denies=any(s.sort is Sort.DENIAL for s in said),
        said=tuple(said),
    )


def _rank(said: Said) -> tuple[date, str, int, str]:
    return (said.cited.published or date.max, said.cited.key, said.claim.trigger.start, said.claim.id)


def _first_of_copies(account: Account) -> set[str]:
    """Of each text and its copies the report that is the first here."""
    firsts: dict[str, str] = {}
    for said in account.said:
        firsts.setdefault(said.cited.original, said.cited.key)
    return set(firsts.values())


def _of_claim(said: Said, speaker: Speaker) -> list[Reading]:
    told: list[Reading] = []
    figures = [f for f in said.claim.figures if not f.cumulative]
    for figure in figures:
        told.append(_reading(said, speaker, figure, part=_is_part(figure, figures, said.claim)))
    return [*told, *_sums(told)]


def _reading(said: Said, speaker: Speaker, figure: Figure, *, part: bool) -> Reading:
    day = said.cited.published
    return Reading(
        measure=figure.measure,
        group=group_of(figure),
        low=figure.min,
        high=figure.max,
        speaker=speaker,
        words=figure.span.text,
        claim=said.claim.id,
        report=said.cited.key,
        published=day,
        first=day,
        last=day,
        approximate=figure.approximate,
        part=part,
    )


def group_of(figure: Figure) -> str:
    """Whom a figure counts; of things, which."""
    return group(figure.of) if figure.measure in OF_PEOPLE else folded(figure.of or "") or EVERYBODY


def _is_part(figure: Figure, figures: Sequence[Figure], claim: Claim) -> bool:
    """“12 people, including four children”: a group that lies in another of the same claim, or that such words lead to."""
    if figure.measure not in OF_PEOPLE:
        return False
    if _AMONG.search(claim.sentence.text[: max(0, figure.span.start - claim.sentence.start)]):
        return True
    for other in figures:
        if other is figure or other.measure is not figure.measure:
            continue
        if part_of(group(figure.of), group(other.of)):
            return True
        between = claim.sentence.text[
            max(0, other.span.end - claim.sentence.start) : max(0, figure.span.start - claim.sentence.start)
        ].lower()
        if disjoint(group(figure.of), group(other.of)):
            continue
        if other.span.end <= figure.span.start and any(word in between for word in _PARTS):
            return True
    return False


def _sums(told: Sequence[Reading]) -> list[Reading]:
    """“Two soldiers and three civilians”: five people, where one claim tells disjoint groups and not the whole."""
    found = []
    for measure in dict.fromkeys(r.measure for r in told if r.measure in OF_PEOPLE):
        whole = [r for r in told if r.measure is measure and not r.part]
        groups = [r.group for r in whole]
        apart = len(whole) > 1 and all(disjoint(a, b) for n, a in enumerate(groups) for b in groups[n + 1 :])
        if apart and EVERYBODY not in groups and all(r.number is not None for r in whole):
            lows, highs = [r.low for r in whole], [r.high for r in whole]
            found.append(
                replace(
                    whole[0],
                    group=EVERYBODY,
                    low=None if None in lows else sum(filter(None, lows)),
                    high=None if None in highs else sum(filter(None, highs)),
                    words=" + ".join(r.words for r in whole),
                    approximate=any(r.approximate for r in whole),
                    sum=True,
                )
            )
    return found


def _superseded(own: Sequence[Reading]) -> list[Reading]:
    """One speaker's readings: of each measure and group the newest toll counts; a number said again is one reading."""
    by_kind: dict[tuple[Measure, str, bool], list[Reading]] = defaultdict(list)
    for reading in own:
        by_kind[reading.measure, reading.group, reading.part].append(reading)
    found: list[Reading] = []
    for same in by_kind.values():
        numbered = [r for r in same if r.number is not None]
        newest = max((r.published or date.min for r in numbered), default=None)
        merged: dict[tuple[int | None, int | None], list[Reading]] = defaultdict(list)
        for reading in same:
            merged[reading.low, reading.high].append(reading)
        for group_ in merged.values():
            days = [r.published for r in group_ if r.published]
            last = max(group_, key=lambda r: (r.published or date.min, -_place(own, r)))
            older = last.number is not None and newest is not None and (last.published or date.min) < newest
            found.append(replace(last, first=min(days, default=None), last=max(days, default=None), superseded=older))
    return sorted(found, key=lambda r: _place(own, r))


def _place(own: Sequence[Reading], reading: Reading) -> int:
    return next((n for n, other in enumerate(own) if other.claim == reading.claim and other.words == reading.words), len(own))
