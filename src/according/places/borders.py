"""Where two countries meet, as far as their towns tell: the gazetteer has no lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from according.model import Located
from according.places.areas import Area
from according.places.entries import distance_km

#: Towns of two countries nearer than the first of these that enough towns meet lie on either side of their border; in deserts the last.
APART_KM = (40.0, 80.0, 160.0)
_ENOUGH = 12
#: With fewer than this, even in a desert, nothing is said.
_FEWEST = 4
_KM_PER_DEGREE = 111.2

Point = tuple[float, float]


def middles(towns: Sequence[Point], others: Sequence[Point]) -> list[Point]:
    """The point half way from each town to the nearest across the border, degrees north and east; empty where too few are near it."""
    found: list[Point] = []
    for apart in APART_KM if towns and others else ():
        found = _within(towns, others, apart)
        if len(found) >= _ENOUGH:
            break
    return found if len(found) >= _FEWEST else []


def _within(towns: Sequence[Point], others: Sequence[Point], limit: float) -> list[Point]:
    there = np.array(others)
    out: list[Point] = []
    for lat, lon in towns:
        near = there[np.abs(there[:, 0] - lat) < limit / _KM_PER_DEGREE]
        if not len(near):
            continue
        north = (near[:, 0] - lat) * _KM_PER_DEGREE
        east = (near[:, 1] - lon) * _KM_PER_DEGREE * np.cos(np.radians(lat))
        apart = np.hypot(north, east)
        nearest = int(apart.argmin())
        if apart[nearest] <= limit:
            out.append(((lat + near[nearest, 0]) / 2, (lon + near[nearest, 1]) / 2))
    return out


def along(points: Iterable[Point], inside: Area | None = None) -> Area | None:
    """The stretch of a border that lies in an area, or all of it: its middle, reaching over nine tenths. None where no towns tell."""
    kept = [p for p in points if inside is None or distance_km(*p, inside.lat, inside.lon) <= 1.2 * inside.radius_km + 10]
    if not kept:
        return None
    lat, lon = (float(np.median([p[i] for p in kept])) for i in (0, 1))
    nearest = min(kept, key=lambda p: distance_km(p[0], p[1], lat, lon))  # a bend's middle may lie far from the line
    reach = sorted(distance_km(lat, lon, *nearest) for lat, lon in kept)[int(0.9 * (len(kept) - 1))]
    return Area(*nearest, max(10.0, reach), Located.LINE)
