"""From an entry and the words around its name to an area: where its centre is, how far it reaches, how precise that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from according.model import Located
from according.places.entries import Entry, distance_km, moved, town_radius_km
from according.places.features import class_of
from according.places.phrases import Derivation, Shape


@dataclass(frozen=True, slots=True)
class Area:
    """A circle on the ground: degrees and kilometres; ``derived`` says how it came from an entry, None where it is the entry's own."""

    lat: float
    lon: float
    radius_km: float
    precision: Located
    derived: str | None = None


#: The countryside of a town whose division bears another name, or none: so far around it, in km.
_COUNTRYSIDE_KM = 15.0


#: A quarter or village of the region tables that is placed no better than this is an area.
_VILLAGE_KM = 8.0


def own(entry: Entry) -> Area:
    """The area of an entry itself."""
    kind = class_of(entry.feature)
    reach = entry.radius_km or (town_radius_km(entry.population) if kind.name == "settlement" else kind.radius_km)
    if kind.precision is Located.SETTLEMENT and entry.source == "regions" and reach > _VILLAGE_KM:
        return Area(entry.lat, entry.lon, reach, Located.AREA)  # known to lie thereabouts
    return Area(entry.lat, entry.lon, reach, kind.precision)


def division_of(town: Entry, level: Located) -> Area:
    """The division that bears a town's name, where the gazetteer has only the town: about it, as wide as divisions of that level are."""
    wide = {Located.ADMIN1: 40.0, Located.ADMIN2: 20.0}.get(level, 10.0)
    return Area(town.lat, town.lon, max(wide, own(town).radius_km), level, f"division of {town.name}")


def derive(entry: Entry, derivation: Derivation | None, division: Entry | None = None) -> Area:
    """The area that a derivation makes of an entry. ``division``: the one that bears the entry's name, for its countryside."""
    if derivation is None:
        return own(entry)
    if derivation.shape is Shape.PART:
        return _part(entry, derivation, division)
    if derivation.shape is Shape.OFFSET:
        return _offset(entry, derivation)
    if derivation.shape is Shape.AROUND:
        base = own(entry)
        wide = base.radius_km + max(5.0, 0.3 * base.radius_km)
        return Area(base.lat, base.lon, wide, Located.AREA, f"{derivation.words} {entry.name}")
    return own(entry)


def _part(entry: Entry, derivation: Derivation, division: Entry | None) -> Area:
    """A side of a place: its centre half way to the edge, with half of the reach. A country's side is not a point on the border."""
    base = own(entry)
    if derivation.countryside and class_of(entry.feature).precision is Located.SETTLEMENT:
        base = own(division) if division else Area(base.lat, base.lon, base.radius_km + _COUNTRYSIDE_KM, Located.AREA)
    elif class_of(entry.feature).precision is Located.SETTLEMENT:
        base = Area(base.lat, base.lon, max(base.radius_km, 2.0), Located.AREA)
    told = f"{derivation.words} {entry.name}" if derivation.words.endswith("ern") else f"{derivation.words} of {entry.name}"
    if derivation.bearing is None:
        reach = base.radius_km if derivation.countryside else 0.55 * base.radius_km
        return Area(base.lat, base.lon, reach, Located.AREA, told)
    lat, lon = moved(base.lat, base.lon, derivation.bearing, 0.5 * base.radius_km)
    return Area(lat, lon, 0.55 * base.radius_km, Located.AREA, told)


def _offset(entry: Entry, derivation: Derivation) -> Area:
    """So many kilometres in a direction. Without a number: the land beside a town on that side, the side of anything wider."""
    base = own(entry)
    told = f"{derivation.words} {entry.name}".replace("  ", " ")
    if derivation.bearing is None:  # "20 km from Mosul": a ring, so a circle that holds it
        return Area(base.lat, base.lon, (derivation.km or 0.0) + base.radius_km, Located.AREA, told)
    if derivation.km is not None:
        lat, lon = moved(base.lat, base.lon, derivation.bearing, derivation.km)
        return Area(lat, lon, max(2.0, 0.25 * derivation.km), Located.AREA, told)
    if base.precision not in (Located.SETTLEMENT, Located.POINT):
        return _part(entry, derivation, None)
    out = 1.5 * base.radius_km + 3.0
    lat, lon = moved(base.lat, base.lon, derivation.bearing, out)
    return Area(lat, lon, out, Located.AREA, told)


def between(entry: Entry, other: Entry) -> Area:
    """Between two places: the middle of the way, as wide as half of it."""
    return around([own(entry), own(other)], f"between {entry.name} and {other.name}")


def around(parts: Sequence[Area], derived: str) -> Area:
    """The circle about the centres of several areas, for places told as one: "Karsa and Brenik"."""
    x, y, z = (sum(axis) for axis in zip(*(_on_sphere(a) for a in parts), strict=True))
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    reach = max(distance_km(lat, lon, a.lat, a.lon) for a in parts)
    return Area(lat, lon, max(reach, min(a.radius_km for a in parts)), Located.AREA, derived)


def _on_sphere(area: Area) -> tuple[float, float, float]:
    lat, lon = math.radians(area.lat), math.radians(area.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
