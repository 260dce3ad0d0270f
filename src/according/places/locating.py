"""The places of a report: mentions in, located places out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from according.model import Located, Place, Span
from according.places import areas, folding, tables
from according.places.areas import Area
from according.places.entries import Entry
from according.places.gazetteer import Gazetteer
from according.places.groups import Named
from according.places.mentions import Mention, Other
from according.places.phrases import Derivation, Phrase, phrase
from according.places.relations import lists, relations
from according.places.resolve import Resolved, resolve
from according.places.spotting import spotted

_WORD = re.compile(r"[A-Z][\w’']+")
#: A place in a date line is where the report was written: it speaks of the country, as three other mentions do.
_DATELINE = 3.0
#: An outlet's country counts as two mentions of it.
_OUTLET = 2.0
_DOMAIN = re.compile(r"(?i)^(?:https?://)?(?:[\w-]+\.)+([a-z]{2})(?:[/:?#]|$)")
#: Country domains that are sold to all the world.
_WORLDWIDE = frozenset("IO ME TV CO AI LY FM AM IM SH TO CC WS GL AC ST NU LA VC BZ TK ML GA CF GQ".split())


@dataclass(frozen=True, slots=True)
class Location:
    """A mention and what it means."""

    mention: Mention
    phrase: Phrase
    resolved: Resolved | None
    place: Place  # with the named entry's own area, or that of the mention's own words ("northwestern Syria")


def locate(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, hints: Mapping[str, float] | None = None, others: Sequence[Other] = ()
) -> list[Location]:
    """Each mention of a report, located, in the order of the text; some that the gazetteer spots are added, or made whole.

    ``hints``: countries known from outside the text. ``others``: names of what is no place. Pure over the gazetteer: the same text and
    mentions give the same places.
    """
    told: Counter[str] = Counter(dict(hints or {}))
    told.update(nationalities(text))
    mentions = spotted(text, mentions, others, told.keys(), gazetteer)
    phrases = [phrase(text, m.span) for m in mentions]
    named = [Named(p, m.facility, _DATELINE if m.dateline else 1.0) for p, m in zip(phrases, mentions, strict=True)]
    spans = [m.span for m in mentions]
    found = resolve(named, list(relations(text, spans)), gazetteer, told, list(lists(text, spans)))
    out = []
    for mention, how, resolved in zip(mentions, phrases, found, strict=True):
        if resolved is None:
            out.append(Location(mention, how, None, Place(mention.span)))
        else:
            out.append(Location(mention, how, resolved, placed(mention.span, resolved, named_area(resolved, gazetteer), gazetteer)))
    return out


def nationalities(text: str) -> Counter[str]:
    """How often a text speaks of each country by a nationality word."""
    known = tables.nationalities()
    return Counter(known[word] for word in _WORD.findall(text) if word in known)


def outlets_country(source: str | None, url: str | None) -> dict[str, float]:
    """The country of an outlet's domain, as a hint: its readers need not be told which London is meant."""
    for told in (url, source):
        found = _DOMAIN.search(told or "")
        if found and (code := {"uk": "GB"}.get(found[1].lower(), found[1].upper())) in tables.codes() and code not in _WORLDWIDE:
            return {code: _OUTLET}
    return {}


def named_area(resolved: Resolved, gazetteer: Gazetteer) -> Area:
    """The area that a mention's own words name."""
    entry, derivation = resolved.candidate.entry, resolved.candidate.derivation
    if resolved.candidate.named_for:
        base = areas.own(entry)
        return Area(entry.lat, entry.lon, max(10.0, 1.5 * base.radius_km), Located.AREA, f"bears the name of {entry.name}")
    if resolved.candidate.wider and derivation is None:
        return areas.division_of(entry, resolved.candidate.wider)
    return derived_area(entry, derivation, gazetteer)


def derived_area(entry: Entry, derivation: Derivation | None, gazetteer: Gazetteer) -> Area:
    """The area that a derivation makes of an entry; a town's countryside is that of the division which bears its name."""
    return areas.derive(entry, derivation, namesake(entry, gazetteer) if derivation and derivation.countryside else None)


def namesake(entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    """The first-level division that a town lies in, if it bears the town's name: Idlib's countryside is that of Idlib province."""
    if entry.kind != "settlement" or not entry.admin1 or not entry.country:
        return None
    division = gazetteer.by_key(f"div:{entry.country[0]}.{entry.admin1}")
    if division is None:
        return None
    same = any(m.entry.key == division.key for m in gazetteer.exact(folding.plain(entry.name)))
    return division if same or folding.sounded(folding.plain(entry.name)) == folding.sounded(folding.plain(division.name)) else None


def placed(span: Span, resolved: Resolved, area: Area, gazetteer: Gazetteer) -> Place:
    """A mention as the model's ``Place``."""
    entry = resolved.candidate.entry
    country = entry.country[0] if len(entry.country) == 1 else None
    return Place(
        span=span,
        name=entry.name,
        geonames_id=entry.geonames_id,
        lat=round(area.lat, 5),
        lon=round(area.lon, 5),
        feature=entry.feature,
        admin1=gazetteer.division_name(entry),
        admin2=entry.admin2,
        country=country,
        precision=area.precision,
        radius_km=round(area.radius_km, 1),
        score=round(resolved.score, 3),
        derived=area.derived,
    )
