"""The places of a reading and of its claims: mentions gathered, located together, written into the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from according.model import Claim, Mentions, NameKind, Place, Span
from according.places import areas, borders, tables
from according.places.areas import Area
from according.places.features import class_of
from according.places.gazetteer import Gazetteer
from according.places.locating import Location, derived_area, locate, named_area, nationalities, outlets_country, placed
from according.places.mentions import Mention, Other
from according.places.phrases import Derivation, Shape, says_no_name
from according.reading import Reading
from according.reading.datelines import DATELINE

_NAMED = (NameKind.PLACE.value, NameKind.FACILITY.value)


def mentioned(reading: Reading, gazetteer: Gazetteer) -> Mentions:
    """All that a reading mentions, its places located."""
    found = locate(reading.report.text, _names(reading), gazetteer, _hints(reading), _others(reading))
    return replace(reading.mentions(), places=tuple(one.place for one in found))


def situated(reading: Reading, claims: Sequence[Claim], gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """The claims of a reading, the places in them located. The words that ``derived`` a place stand in the evidence too."""
    text = reading.report.text
    spans = {p.span for claim in claims for p in (claim.place, *claim.within) if p is not None}
    others = [other for other in _others(reading) if not any(other.span.overlaps(span) for span in spans)]
    located = locate(text, _gathered(_names(reading), spans), gazetteer, _hints(reading), others)
    there = _Report(text, located, gazetteer)
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
        if e.label_ in _NAMED and not all(says_no_name(t.lower_) for t in e)
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
    out = list(names)
    for span in sorted(spans):
        held = [m for m in out if m.span.overlaps(span)]
        if len(held) > 1:
            continue
        if held and (held[0].span == span or not span.holds(held[0].span)):
            continue
        out = [m for m in out if m not in held]
        out.append(Mention(span, held[0].facility if held else False, held[0].dateline if held else False))
    return sorted(out, key=lambda m: (m.span.start, m.span.end))


@dataclass(frozen=True, slots=True)
class _Report:
    """The located mentions of one report."""

    text: str
    located: Sequence[Location]
    gazetteer: Gazetteer

    def place(self, span: Span, claim: Claim) -> Place:
        """Where the words of a claim's place are: the mention's area, moved as the words around it say."""
        here = [one for one in self.located if one.place.span.overlaps(span)]
        known = [one for one in here if one.resolved is not None]
        if not known:
            return Place(span)
        if len(here) > 1:
            return self._together(span, known)
        one = known[0]
        resolved = one.resolved
        assert resolved is not None
        derivation = one.phrase.outer or resolved.candidate.derivation
        area = self._derived(one, derivation, claim) if derivation and not resolved.candidate.named_for else None
        return placed(span, resolved, area or named_area(resolved, self.gazetteer))

    def _derived(self, one: Location, derivation: Derivation, claim: Claim) -> Area | None:
        assert one.resolved is not None
        entry = one.resolved.candidate.entry
        if derivation.shape is Shape.BORDER:
            return self._border(one, claim)
        if derivation.shape is Shape.BETWEEN:
            after = next((o for o in self.located if o.place.span.start >= one.place.span.end), None)
            if after is None or after.resolved is None or not _AND.fullmatch(self.text[one.place.span.end : after.place.span.start]):
                return None
            return areas.between(entry, after.resolved.candidate.entry)
        return derived_area(entry, derivation, self.gazetteer)

    def _border(self, one: Location, claim: Claim) -> Area | None:
        """The border of the country named and another, named beside it or spoken of most, as far as it lies in the claim's ``within``."""
        assert one.resolved is not None
        entry = one.resolved.candidate.entry
        if class_of(entry.feature).name != "country":
            return None
        country = entry.country[0]
        beside = nationalities(self.text[max(0, one.place.span.start - 40) : one.place.span.end + 40])
        others = [c for c in [*beside, *self._countries()] if c != country]
        inside = next((a for s in [p.span for p in claim.within] if (a := self._area_of(s, country))), None)
        for other in others:
            points = self.gazetteer.border(*sorted((country, other)))
            if points:
                names = {c.code: c.name for c in tables.countries()}
                return borders.along(points, f"border of {names[other]} and {names[country]}", inside)
        return None

    def _area_of(self, span: Span, country: str) -> Area | None:
        for one in self.located:
            if one.resolved and one.place.span.overlaps(span) and one.resolved.candidate.entry.country != (country,):
                return named_area(one.resolved, self.gazetteer)
        return None

    def _countries(self) -> Iterator[str]:
        """The countries of the located places, the most frequent first."""
        counts: dict[str, int] = {}
        for one in self.located:
            for country in one.resolved.candidate.entry.country if one.resolved else ():
                counts[country] = counts.get(country, 0) + 1
        yield from sorted(counts, key=lambda c: (-counts[c], c))

    def _together(self, span: Span, known: Sequence[Location]) -> Place:
        """Places told as one: the circle around those that are known, in the country and division that they share."""
        both = [(one.resolved, named_area(one.resolved, self.gazetteer)) for one in known if one.resolved]
        first = both[0][0]
        area = areas.around([a for _, a in both], " and ".join(r.candidate.entry.name for r, _ in both))
        if area.radius_km > _TOGETHER * max(a.radius_km for _, a in both) and area.radius_km > _TOGETHER_KM:
            return Place(span)  # neither is where the middle is
        one = placed(span, first, area)
        places = [placed(span, r, a) for r, a in both]
        shared = {
            key: getattr(one, key) if len({getattr(p, key) for p in places}) == 1 else None for key in ("admin1", "admin2", "country")
        }
        score = min(r.score for r, _ in both)
        return replace(one, name=area.derived, geonames_id=None, feature=None, score=round(score, 3), **shared)  # type: ignore[arg-type]


#: Places told as one whose circle would be wider than this, and so many times wider than any of them, get none.
_TOGETHER_KM, _TOGETHER = 100.0, 3.0
_AND = re.compile(r"\s+and\s+(?:the\s+)?(?:[a-z]+\s+){0,3}")
