"""What lies under the map's marks: the world that is shipped, or the user's own GeoJSON or PMTiles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from according.errors import SetupError
from according.web import filing
from according.web.site import Site

WORLD, GEOJSON, PMTILES = "world", "geojson", "pmtiles"
_KINDS = {".geojson": GEOJSON, ".json": GEOJSON, ".pmtiles": PMTILES}


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Where the page loads it from, and of what kind it is."""

    address: str
    kind: str
    name: str | None = None  # of the user's own file


def base_map(site: Site) -> BaseMap:
    if site.base_map is None:
        return BaseMap(filing.address("vendor/world.json"), WORLD)
    return BaseMap("/base-map", kind_of(site.base_map), site.base_map.name)


def kind_of(path: Path) -> str:
    """Raises ``SetupError`` for a file that is none of what the map can draw."""
    try:
        return _KINDS[path.suffix.lower()]
    except KeyError:
        raise SetupError(f"{path} is no base map; it is a GeoJSON (.geojson, .json, in degrees of WGS84) or PMTiles (.pmtiles).") from None
