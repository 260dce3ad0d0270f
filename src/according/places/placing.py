"""The places of a reading and of its claims: mentions gathered, located together, written into the records."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge
from itertools import chain

from according.model import Claim, Mentions, NameKind, Place, Span
from according.places import areas, borders, tables
from according.places.areas import Area
from according.places.gazetteer import Gazetteer
from according.places.hearing import lies_in
from according.places.locating import Location, derived_area, locate, named_area, nationalities, outlets_country, placed
from according.places.mentions import Mention, Other
from according.places.phrases import Derivation, Shape, border_words, says_no_name
from according.reading import Reading
from according.reading.datelines import DATELINE
from according.reading.stretches import Stretches

_NAMED = (NameKind.PLACE.value, NameKind.FACILITY.value)


def mentioned(reading: Reading, gazetteer: Gazetteer) -> Mentions:
    """All that a reading mentions, its places located."""
    found = locate(reading.report.text, _names(reading), gazetteer, _hints(reading), _others(reading))
    return replace(reading.mentions(), places=tuple(one.place for one in found))


def situated(reading: Reading, claims: Sequence[Claim], gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """The claims of a reading, the places in them located. The words that ``derived`` a place stand in the evidence too."""
    text = reading.report.text
    spans = {p.span for claim in claims for p in (claim.place, *claim.within) if p is not None}
    told = Stretches.of((span.start, span.end) for span in spans)
    others = [other for other in _others(reading) if not told.overlaps(other.span.start, other.span.end)]
    located = locate(text, _gathered(_names(reading), spans), gazetteer, _hints(reading), others)
    there = _Report(text, located, Stretches.of((one.place.span.start, one.place.span.end) for one in located), gazetteer)
    return tuple(_claim(claim, there) for claim in claims)


def _claim(claim: Claim, there: _Report) -> Claim:
    within = tuple(there.place(p.span, claim) for p in claim.within)
    if claim.place is None:
        return replace(claim, within=within)
    place = there.place(claim.place.span, claim)
    evidence = (*claim.evidence, f"located: {place.derived}") if place.derived else claim.evidence
    return replace(claim, place=place, within=within, evidence=evidence)


def _names(reading: Reading) -> list[Mention]:
    text = reading.report.text
    return [
        Mention(Span.of(text, e.start_char, e.end_char), e.label_ == NameKind.FACILITY.value, any(t.dep_ == DATELINE for t in e))
        for e in reading.doc.ents
        if e.label_ in _NAMED and (len(e) > 1 or not says_no_name(e[0].lower_))
    ]


def _others(reading: Reading) -> list[Other]:
    """The names of what is no place."""
    text = reading.report.text
    return [
        Other(Span.of(text, e.start_char, e.end_char), e.label_ == NameKind.PERSON.value)
        for e in reading.doc.ents
        if e.label_ not in _NAMED
    ]


def _hints(reading: Reading) -> Mapping[str, float]:
    return outlets_country(reading.report.source, reading.report.url)


def _gathered(names: Iterable[Mention], spans: Iterable[Span]) -> list[Mention]:
    """The names of a report, each as the claims have it where they say more: "southern countryside of Idlib" for "Idlib".

    Words that hold two names ("Karsa and Brenik") stay two.
    """
    mentions = list(names)
    stand = Stretches.of((m.span.start, m.span.end) for m in mentions)
    left = dict(enumerate(mentions))
    added: list[Mention] = []
    for span in sorted(spans):
        numbers = [n for n in stand.overlapping(span.start, span.end) if n in left]
        held = [left[n] for n in numbers] + [m for m in added[-1:] if m.span.overlaps(span)]
        if len(held) > 1:
            continue
        if held and (held[0].span == span or not span.holds(held[0].span)):
            continue
        for n in numbers:
            del left[n]
        if not numbers and held:
            added.pop()
        added.append(Mention(span, held[0].facility if held else False, held[0].dateline if held else False))
    return sorted([*left.values(), *added], key=lambda m: (m.span.start, m.span.end))


@dataclass(frozen=True)
class _Report:
    """The located mentions of one report."""

    text: str
    located: Sequence[Location]
    stand: Stretches  # where the located mentions stand
    gazetteer: Gazetteer

    @cached_property
    def _spoken_of(self) -> Mapping[str, int]:
        return nationalities(self.text)

    def _at(self, span: Span) -> list[Location]:
        """The mentions that share words with a span."""
        return [self.located[n] for n in self.stand.overlapping(span.start, span.end)]

    def place(self, span: Span, claim: Claim) -> Place:
        """Where the words of a claim's place are: the mention's area, moved as the words around it say."""
        if any(word.lower() in border_words() for word in span.text.split()):
            return self._border(span, claim) or Place(span)
        here = self._at(span)
        known = [one for one in here if one.resolved is not None]
        if not known:
            return Place(span)
        known = [one for one in known if not any(_holds(one, other) for other in known)]
        if len(here) > 1 and len(known) > 1:
            return self._together(span, known)
        one = known[0]
        resolved = one.resolved
        assert resolved is not None
        derivation = one.phrase.outer or resolved.candidate.derivation
        area = self._derived(one, derivation) if derivation and not resolved.candidate.named_for else None
        return placed(span, resolved, area or named_area(resolved, self.gazetteer), self.gazetteer)

    def _derived(self, one: Location, derivation: Derivation) -> Area | None:
        assert one.resolved is not None
        entry = one.resolved.candidate.entry
        if derivation.shape is Shape.BETWEEN:
            first = bisect_left(self.located, one.place.span.end, key=lambda o: o.place.span.start)
            after = self.located[first] if first < len(self.located) else None
            if after is None or after.resolved is None or not _AND.fullmatch(self.text[one.place.span.end : after.place.span.start]):
                return None
            return areas.between(entry, after.resolved.candidate.entry)
        return derived_area(entry, derivation, self.gazetteer)

    def _border(self, span: Span, claim: Claim) -> Place | None:
        """The border that words tell of: of two countries named, or of one and that which is told nearest to it.

        As far as it lies in what the claim puts it into. None where no two countries are told, or no towns tell where it is.
        """
        named = nationalities(span.text)
        for one in self._at(span):
            if one.resolved and one.resolved.candidate.entry.kind == "country":
                named.update(one.resolved.candidate.entry.country)
        country = next(iter(named), None)
        if country is None:
            return None
        inside = next((a for s in [p.span for p in claim.within] if (a := self._area_of(s, country))), None)
        for other in (c for c in chain(named, self._countries(span)) if c != country):
            points = self.gazetteer.border(*sorted((country, other)))
            area = borders.along(points, inside) or borders.along(points)
            if area is not None:
                return self._line(span, area, country, other)
        return None

    def _line(self, span: Span, area: Area, *countries: str) -> Place:
        names = {c.code: c.name for c in tables.countries()}
        told = "border of " + " and ".join(names[c] for c in sorted(countries))
        sure = [one.resolved.score for one in self._at(span) if one.resolved]
        return Place(
            span, told, None, round(area.lat, 5), round(area.lon, 5), "BDRY", None, None, None, area.precision,
            round(area.radius_km, 1), min(sure, default=_BORDER), told,
        )  # fmt: skip

    def _area_of(self, span: Span, country: str) -> Area | None:
        for one in self._at(span):
            if one.resolved and one.resolved.candidate.entry.country != (country,):
                return named_area(one.resolved, self.gazetteer)
        return None

    def _countries(self, span: Span) -> Iterator[str]:
        """The countries of the located places, those told nearest to some words first."""
        at = bisect_left(self.located, span.start, key=lambda one: one.place.span.start)
        sides = (reversed(self.located[:at]), iter(self.located[at:]))
        near = merge(*sides, key=lambda one: (abs(one.place.span.start - span.start), one.place.span.start))
        told: dict[str, None] = {}
        for code in chain((c for one in near if one.resolved for c in one.resolved.candidate.entry.country), self._spoken_of):
            if code not in told:
                told[code] = None
                yield code

    def _together(self, span: Span, known: Sequence[Location]) -> Place:
        """Places told as one: the circle around those that are known, in the country and division that they share."""
        both = [(one.resolved, named_area(one.resolved, self.gazetteer)) for one in known if one.resolved]
        first = both[0][0]
        area = areas.around([a for _, a in both], " and ".join(r.candidate.entry.name for r, _ in both))
        if area.radius_km > _TOGETHER * max(a.radius_km for _, a in both) and area.radius_km > _TOGETHER_KM:
            return Place(span)  # neither is where the middle is
        one = placed(span, first, area, self.gazetteer)
        places = [placed(span, r, a, self.gazetteer) for r, a in both]
        shared = {
            key: getattr(one, key) if len({getattr(p, key) for p in places}) == 1 else None for key in ("admin1", "admin2", "country")
        }
        score = min(r.score for r, _ in both)
        return replace(one, name=area.derived, geonames_id=None, feature=None, score=round(score, 3), **shared)  # type: ignore[arg-type]


#: Places told as one whose circle would be wider than this, and so many times wider than any of them, get none.
_TOGETHER_KM, _TOGETHER = 100.0, 3.0


def _holds(one: Location, other: Location) -> bool:
    """Whether the place of one mention lies around that of another."""
    assert one.resolved is not None and other.resolved is not None
    entry = one.resolved.candidate.entry
    return entry.kind in ("country", "division") and lies_in(other.resolved.candidate.entry, entry) > 0


#: How sure a border is that is told by nationalities alone.
_BORDER = 0.9
_AND = re.compile(r"\s+and\s+(?:the\s+)?(?:[a-z]+\s+){0,3}")
