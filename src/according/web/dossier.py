"""An event as its page tells it: a headline, numbered accounts with their quotations, figures with what they rest on. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from according.events.accounts import Account, Citation, Reading, Said, Speaker
from according.events.deciding import EventDecision, Ref
from according.events.event import Event, Tie, event_id
from according.events.happening import Sort
from according.events.reconciling import Range, Rule, rests_on
from according.events.victims import EVERYBODY
from according.model import ClaimType, Located, Place, Status, When
from according.web import charts, words
from according.web.facts import placed
from according.web.marking import Paragraph, marked, marks
from according.web.named import country_name

#: Longitude, latitude, and kilometres around.
Spot = tuple[float, float, float]
#: Speakers that a headline names.
_NAMED = 3
_WHAT = {
    ClaimType.TAKES_TERRITORY: "Taking of ground", ClaimType.LEAVES_TERRITORY: "Leaving of ground", ClaimType.CONTROL: "Control",
    ClaimType.ABDUCTION_DETENTION: "Abduction or detention", ClaimType.CASUALTIES: "Deaths or injuries",
    ClaimType.AID: "Relief delivered or funded", ClaimType.DEPLOYMENT: "Deployment of troops or arms",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a sentence of ours; ``told`` where they are a report's or somebody's name."""

    text: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report in which an account stands, its claims' words marked, and the reports that have it as a copy."""

    said: tuple[Said, ...]
    paragraphs: tuple[Paragraph, ...]
    copies: tuple[Said, ...]

    @property
    def cited(self) -> Citation:
        return self.said[0].cited


@dataclass(frozen=True)
class Voice:
    """An account with the number that it bears in pictures and tables, from 1."""

    number: int
    account: Account
    readings: tuple[Reading, ...]

    @property
    def speaker(self) -> Speaker:
        return self.account.speaker

    @property
    def name(self) -> str:
        """Who speaks; a report that names no source goes by its own title."""
        cited = self.account.said[0].cited
        return (cited.title or cited.id) if self.speaker.own_voice and cited.source is None else self.speaker.name

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(_quotes(self.account.said))


@dataclass(frozen=True, slots=True)
class Counted:
    """A range with the accounts' numbers, those it rests on and the others of its kind, and a picture where there is something to see."""

    range: Range
    rows: tuple[tuple[Voice, Reading], ...]
    picture: charts.Bar | None

    @property
    def of(self) -> str:
        """What is counted: killed · killed, civilians."""
        measure = words.told(self.range.measure)
        return measure if self.range.group == EVERYBODY else f"{measure}, {self.range.group}"


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of the table of who said what when."""

    day: date | None
    voice: Voice
    said: Said
    denies: bool
    copy: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a decision: how many claims, and an id that leads to the event that they are of now."""

    claims: int
    event: str
    here: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A merge or a split that has to do with the event."""

    decision: EventDecision
    one: Side
    other: Side


@dataclass(frozen=True)
class Dossier:
    """All that the page of an event shows but what is decided of it."""

    event: Event
    rule: Rule

    @cached_property
    def headline(self) -> tuple[Part, ...]:
        return tuple(_headline(self.event))

    @cached_property
    def title(self) -> str:
        """The headline without who says it: for lists, tabs and citations."""
        return "".join(part.text for part in _what(self.event))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        by_speaker: dict[str, list[Reading]] = {}
        for reading in self.event.readings:
            by_speaker.setdefault(reading.speaker.key, []).append(reading)
        return tuple(Voice(n, a, tuple(by_speaker.get(a.speaker.key, ()))) for n, a in enumerate(self.event.accounts, 1))

    @cached_property
    def figures(self) -> tuple[Counted, ...]:
        return tuple(_counted(self, found) for found in self.event.ranges(self.rule))

    @cached_property
    def uncounted(self) -> tuple[tuple[Voice, Reading], ...]:
        """Readings that stand beside no range, as words that give no number do."""
        shown = {id(reading) for counted in self.figures for _, reading in counted.rows}
        return tuple((voice, reading) for voice, reading in self.readings if id(reading) not in shown)

    @property
    def readings(self) -> tuple[tuple[Voice, Reading], ...]:
        """All readings, each with who gives it."""
        return tuple((voice, reading) for voice in self.voices for reading in voice.readings)

    @cached_property
    def sayings(self) -> tuple[Saying, ...]:
        """Who said what when, the first first; each account once a report."""
        found = [
            Saying(said.cited.published, voice, said, said.sort is Sort.DENIAL, said.cited.original != said.cited.key)
            for voice in self.voices
            for said in {said.cited.key: said for said in reversed(voice.account.said)}.values()
        ]
        return tuple(sorted(found, key=lambda s: (s.day or date.max, s.voice.number, s.said.cited.key)))

    @cached_property
    def days(self) -> charts.Days | None:
        """The picture of the same."""
        of: dict[int, list[charts.Published]] = {voice.number: [] for voice in self.voices}
        for saying in self.sayings:
            if saying.day:
                of[saying.voice.number].append(charts.Published(saying.day, saying.denies, saying.copy))
        told = [charts.Voice(voice.number, voice.speaker.party, tuple(of[voice.number])) for voice in self.voices]
        return charts.days(told, _happened(self.event.time))

    @cached_property
    def places(self) -> tuple[tuple[int, str], ...]:
        """Where it was according to how many of its claims, in words, with how precisely that is known."""
        told = [s.claim.place for s in self.event.told if s.claim.place]
        often = Counter(place.called for place in told)
        first = {place.called: place for place in reversed(sorted(told, key=lambda p: p.lat is None))}
        return tuple((count, placed(first[name])) for name, count in often.most_common())

    @cached_property
    def spots(self) -> Mapping[Spot, str]:
        """What may stand on a map, each spot once with what it is called: the middle of a country is no place."""
        told = (s.claim.place for s in reversed(self.event.told) if s.claim.place)
        return {
            (p.lon, p.lat, p.radius_km or 0.0): p.called
            for p in told
            if p.lat is not None and p.lon is not None and p.precision is not Located.COUNTRY
        }

    @cached_property
    def ties(self) -> tuple[tuple[Tie, Said, Said], ...]:
        """Why accounts stand together, the strongest reasons first; copies share their claims' ids, and their ties to a third are one."""
        of: dict[str, list[Said]] = {}
        for said in self.event.said:
            of.setdefault(said.claim.id, []).append(said)
        strongest: dict[tuple[str, str], Tie] = {}
        for tie in self.event.ties:
            strongest.setdefault((min(tie.one, tie.other), max(tie.one, tie.other)), tie)
        known = [tie for tie in strongest.values() if tie.one in of and tie.other in of]
        return tuple((tie, of[tie.one][0], of[tie.other][-1 if tie.one == tie.other else 0]) for tie in known)


def decided(event: Event, decisions: Iterable[EventDecision]) -> list[Decided]:
    """The merges and splits that bind claims of this event, the newest first."""
    here = {(said.cited.key, said.claim.id) for said in event.said}
    found = [d for d in decisions if here & {*d.one, *d.other}]
    return [Decided(d, _side(d.one, here), _side(d.other, here)) for d in reversed(found)]


def _side(refs: Sequence[Ref], here: set[Ref]) -> Side:
    return Side(len(refs), event_id(*refs[0]), any(ref in here for ref in refs))


def _headline(event: Event) -> Iterator[Part]:
    yield from _what(event)
    telling = [a.speaker for a in event.accounts if not a.denies]
    if telling:
        yield Part(", according to ")
        yield from _names(telling)
    denying = [a.speaker for a in event.accounts if a.denies]
    if denying:
        yield Part("; denied by " if telling else ", as told by who denies it: ")
        yield from _names(denying)
    yield Part(".")


def _what(event: Event) -> Iterator[Part]:
    noun = _WHAT.get(event.type) or words.told(event.type).capitalize()
    before = {Status.PLANNED: "Planned: ", Status.POSSIBLE: "Possibly: ", Status.DENIED: "Denied: "}.get(event.status, "")
    yield Part(f"{before}{noun[0].lower() + noun[1:] if before else noun} ")
    yield from _where(event.place)
    yield Part(f" {_when(event.time)}")


def _where(place: Place | None) -> Iterator[Part]:
    if place is None:
        yield Part("at a place that is not told")
        return
    yield Part("at ")
    yield Part(place.called, told=True)
    if (country := country_name(place.country)) and country != place.called:
        yield Part(f", {country},")


def _when(time: When | None) -> str:
    if time is None or not (time.start or time.end):
        return "on a day that is not told"
    if time.start is None or time.end is None:
        return f"on or after {words.day(time.start)}" if time.start else f"on or before {words.day(time.end)}"
    return f"on {words.day(time.start)}" if time.start == time.end else f"in the days {words.days(time.start, time.end)}"


def _names(speakers: Sequence[Speaker]) -> Iterator[Part]:
    names = list(dict.fromkeys(speaker.name for speaker in speakers))
    shown, more = names[:_NAMED], len(names) - _NAMED
    for n, name in enumerate(shown):
        if n:
            yield Part(" and " if n == len(shown) - 1 and more <= 0 else ", ")
        yield Part(name, told=True)
    if more > 0:
        yield Part(f" and {more} {'other' if more == 1 else 'others'}")


def _happened(time: When | None) -> tuple[date, date] | None:
    return (time.start, time.end) if time and time.start and time.end else None


def _counted(dossier: Dossier, found: Range) -> Counted:
    made_of = {id(reading) for reading in rests_on(dossier.event.readings, found)}
    kind = (found.measure, found.group)
    rows = tuple((v, r) for v, r in dossier.readings if id(r) in made_of or ((r.measure, r.group) == kind and not r.counts))
    seen = len(rows) > 1 or found.low != found.high
    return Counted(found, rows, charts.bar(found, [(voice.number, r) for voice, r in rows]) if seen else None)


def _quotes(said: Iterable[Said]) -> Iterator[Quote]:
    """The sentences of the first report of each text; the others are its copies."""
    by_text: dict[str, dict[str, list[Said]]] = {}
    for one in said:
        by_text.setdefault(one.cited.original, {}).setdefault(one.cited.key, []).append(one)
    for reports in by_text.values():
        (_, first), *copies = reports.items()
        sentences: dict[tuple[int, int], list[Said]] = {}
        for one in first:
            sentences.setdefault((one.claim.sentence.start, one.claim.sentence.end), []).append(one)
        for n, (_, told) in enumerate(sorted(sentences.items())):
            sentence = told[0].claim.sentence
            found = marked(sentence.text, (mark for one in told for mark in marks(one.claim)), sentence.start)
            yield Quote(tuple(told), tuple(found), tuple(those[0] for _, those in copies) if n == 0 else ())
