"""The middle and the size of an outline, from its rings of longitude and latitude in degrees."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from according.places.entries import EARTH_KM

Ring = Sequence[Sequence[float]]  # of (longitude, latitude), as GeoJSON has it
Polygon = Sequence[Ring]  # the outline, then its holes


def middle(polygons: Iterable[Polygon]) -> tuple[float, float, float]:
    """Latitude and longitude of the centre, weighted by area, and the radius in km of the circle of the same area.

    Raises ``ValueError`` for an outline without area and ``TypeError`` or ``IndexError`` for what is no outline.
    """
    east = north = up = total = 0.0
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            x, y, area = _ring(ring)
            area = -abs(area) if number else abs(area)
            lat, total = math.asin(max(-1.0, min(1.0, y))), total + area
            east += area * math.cos(lat) * math.cos(x)
            north += area * math.cos(lat) * math.sin(x)
            up += area * math.sin(lat)
    if total <= 0:
        raise ValueError("its outline has no area")
    lat, lon = math.atan2(up, math.hypot(east, north)), math.atan2(north, east)
    return math.degrees(lat), math.degrees(lon), EARTH_KM * math.sqrt(total / math.pi)


def _ring(ring: Ring) -> tuple[float, float, float]:
    """Centre and signed area of a ring in the equal-area plane of longitude (radians) and the sine of latitude."""
    points = []
    before = float(ring[0][0])
    for point in ring:
        lon, lat = float(point[0]), float(point[1])
        if not (-360 <= lon <= 360 and -90 <= lat <= 90):
            raise ValueError(f"its outline has a point at latitude {lat:g}, longitude {lon:g} (degrees are asked for)")
        before = lon = before + (lon - before + 180) % 360 - 180  # over the date line without a jump
        points.append((math.radians(lon), math.sin(math.radians(lat))))
    x0, y0 = points[0]  # sums are taken from here, so that small rings keep their digits
    points = [(x - x0, y - y0) for x, y in points]
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    if not area:
        return x0, y0, 0.0
    return x0 + cx / (3 * area), y0 + cy / (3 * area), area / 2
