"""An entry of the gazetteer: one place, with what its sources tell of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from according.places.features import class_of

EARTH_KM = 6371.0  # mean radius


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. ``key`` is its id in the gazetteer: ``gn:172408``, ``div:SY.12``, ``reg:jabal al zawiya (mountains)``, ``SOURCE:ROW``.

    ``admin1`` is GeoNames' code of the first-level division in its country. ``seat`` is 2 for a country's capital, else 0.
    """

    key: str
    name: str
    lat: float  # degrees north, WGS84
    lon: float  # degrees east
    feature: str  # GeoNames feature code, or a kind of the region tables
    country: tuple[str, ...] = ()  # ISO 3166-1 alpha-2; several for what lies in several
    admin1: str | None = None
    admin2: str | None = None
    geonames_id: int | None = None
    pcode: str | None = None
    population: int = 0
    radius_km: float | None = None
    seat: int = 0
    fame: int = 0  # how many names its source gives it: well-known places have one in many languages
    source: str = ""

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180) or (self.lat == 0 and self.lon == 0):
            raise ValueError(f"{self.name}: {self.lat}, {self.lon} is no place on land or sea that a list means")

    @property
    def kind(self) -> str:
        """The name of its class of places, as features.toml has it: "settlement", "division" …"""
        return class_of(self.feature).name

    def km_to(self, other: Entry) -> float:
        return distance_km(self.lat, self.lon, other.lat, other.lon)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in degrees, by the haversine formula."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` away on a great circle, ``bearing`` in degrees from north, clockwise."""
    a, arc, turn = math.radians(lat), km / EARTH_KM, math.radians(bearing)
    b = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(turn))
    east = math.atan2(math.sin(turn) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(b))
    return math.degrees(b), (lon + math.degrees(east) + 180) % 360 - 180


def town_radius_km(people: int) -> float:
    """About how far a town reaches, at 5,000 people a square kilometre: 8 km for a million."""
    return max(1.0, math.sqrt(people / (5000 * math.pi)))
