"""What a place name may mean, and why, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from according.model import Span
from according.places import areas
from according.places.gazetteer import Gazetteer
from according.places.groups import Named
from according.places.phrases import Phrase, phrase
from according.places.resolve import Weighed, weigh


def write(names: Sequence[str], beside: Sequence[str], gazetteer: Gazetteer, out: TextIO, *, most: int = 5) -> None:
    """Write the candidates of each name, as they would be in a report that names those of ``beside`` too."""
    for name in names:
        named = [Named(_phrase(each)) for each in (name, *beside)]
        meant, candidates = weigh(named, gazetteer)[0]
        verdict = f"{meant.candidate.entry.name}, sure to {meant.score:.2f}" if meant else "no match"
        print(f"{name}: {verdict}", file=out)
        for weighed in candidates[:most]:
            print(*_lines(weighed, gazetteer), sep="\n", file=out)
        if len(candidates) > most:
            print(f"  … and {len(candidates) - most} more", file=out)


def _phrase(name: str) -> Phrase:
    return phrase(name, Span.of(name, 0, len(name)))


def _lines(weighed: Weighed, gazetteer: Gazetteer) -> Iterator[str]:
    entry = weighed.candidate.entry
    area = areas.derive(entry, weighed.candidate.derivation)
    division = gazetteer.division_name(entry)
    where = ", ".join(part for part in (division if division != entry.name else None, "/".join(entry.country)) if part)
    number = f"GeoNames {entry.geonames_id}" if entry.geonames_id else entry.key
    point = f"{area.lat:.3f}, {area.lon:.3f} ±{area.radius_km:.0f} km"
    yield f"  {weighed.share:4.2f}  {entry.name} ({where or 'no country'})  {point}  {area.precision}  {number}"
    yield f"        {'; '.join(_reasons(weighed))}"


def _reasons(weighed: Weighed) -> Iterator[str]:
    """What speaks for a candidate, in words."""
    candidate, heard, entry = weighed.candidate, weighed.heard, weighed.candidate.entry
    yield "bears the name" if candidate.likeness == 1 else f"sounds alike ({candidate.likeness:.2f})"
    if candidate.asked:
        yield f"the words ask for a {entry.kind}"
    if candidate.named_for:
        yield "a building may be called after it"
    if entry.population:
        yield f"{entry.population:,} people"
    if entry.seat:
        yield "a capital"
    if heard.country > 0.5:
        yield "its country is spoken of"
    if heard.division > 0.5:
        yield "its division is spoken of"
    if heard.inside > 0.5:
        yield "the words put it there"
    if heard.beside > 0.3:
        yield "other names lie beside it"
