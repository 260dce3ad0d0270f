"""Fetches what the site's pages take from npm, when a wheel is built or the source is installed editable.

Nothing of it is kept in the repository: ``src/according/web/assets`` says what is wanted, in which versions and with which hashes, and
here it is put into ``src/according/web/static/vendor``. Without npm an editable install goes on without the map; a wheel is not built,
unless ``ACCORDING_WITHOUT_ASSETS=1`` says that it is wanted so.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WEB = Path("src", "according", "web")
#: What of the packages goes into the site, and by which name.
FILES = {
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "pmtiles/dist/pmtiles.js": "pmtiles.js",
}
_HOW = "Install Node.js with npm (Debian: apt-get install nodejs npm), or set ACCORDING_WITHOUT_ASSETS=1 to have the site without its map."


class AssetsHook(BuildHookInterface):
    """Has the assets in place before a wheel, or an editable install, takes them in."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or os.environ.get("ACCORDING_WITHOUT_ASSETS") == "1":
            return
        web = Path(self.root) / _WEB
        try:
            made = provide(web / "assets", web / "static" / "vendor")
        except (OSError, subprocess.CalledProcessError, AssetError) as error:
            told = f"The site's assets could not be fetched from npm: {_why(error)}. {_HOW}"
            if version != "editable":
                raise SystemExit(told) from error
            self.app.display_warning(f"{told} The site works, with lists in the place of the map.")
            return
        if made:
            self.app.display_info("The site's assets were fetched from npm.")


class AssetError(Exception):
    """What npm brought is not what was wanted."""


def provide(wanted: Path, vendor: Path) -> bool:
    """Have in ``vendor`` what ``wanted`` tells; whether anything had to be done.

    Raises ``OSError``, ``CalledProcessError``, ``AssetError``.
    """
    state = _state(wanted)
    stamp = vendor / "made-of"
    if all((vendor / name).is_file() for name in (*FILES.values(), "world.json", "made-of")) and stamp.read_text() == state:
        return False
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError("npm is not there")
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(wanted / name, folder)
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=folder, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        made = Path(folder, "made")
        _copied(Path(folder, "node_modules"), wanted, made)
        (made / "made-of").write_text(state)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.move(made, vendor)
    return True


def _copied(packages: Path, wanted: Path, made: Path) -> None:
    """The files that the site needs, the base map, and the licence of every package that went into them."""
    (made / "licences").mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copy(packages / source, made / name)
    with (packages / "world-atlas" / "countries-50m.json").open(encoding="utf-8") as atlas:
        drawn = world(json.load(atlas), tomllib.loads((wanted.parent / "disputed.toml").read_text(encoding="utf-8")))
    (made / "world.json").write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    for package in sorted([*packages.glob("[!.@]*/package.json"), *packages.glob("@*/*/package.json")]):
        name = package.parent.relative_to(packages).as_posix()
        shutil.copy(_licence(package.parent, name, wanted), made / "licences" / f"{name.replace('/', '-')}.txt")


def _licence(package: Path, name: str, wanted: Path) -> Path:
    ours = wanted / "licences" / f"{name}.txt"
    found = sorted(path for path in package.iterdir() if path.is_file() and path.name.lower().startswith(("licen", "copying")))
    if not found and not ours.is_file():
        raise AssetError(f"{name} has no licence with it; put its text into {ours.name} beside the others")
    return found[0] if found else ours


def _state(wanted: Path) -> str:
    """Changes whenever what is wanted, or how it is made, does."""
    parts = (wanted / "package-lock.json", wanted.parent / "disputed.toml", Path(__file__))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in parts)).hexdigest()


def _why(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return ((error.stderr or "").strip().splitlines() or [f"npm ended with {error.returncode}"])[0]
    return str(error)


# The base map: shapes of world-atlas, a TopoJSON, as plain lists of coordinates.

_Point = tuple[float, float]
_Line = list[_Point]


def world(atlas: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """What the map draws: land, borders, disputed borders, names with where they stand and how large the country is, and the notice.

    Coordinates are degrees to three decimals (111 m; the source is generalised to some kilometres), as ``_steps`` packs them.
    Raises ``AssetError`` where the table names a pair that has no common border in the atlas.
    """
    arcs = _arcs(atlas)
    countries = atlas["objects"]["countries"]["geometries"]
    solid, dashed = _borders(countries, arcs, table["between"])
    (land,) = atlas["objects"]["land"]["geometries"]
    missing = table["missing"]
    return {
        # Antarctica would take a tenth of the bytes.
        "land": [[_steps(ring) for ring in rings] for rings in _polygons(land, arcs) if max(lat for _, lat in rings[0]) > -60],
        "borders": [_steps(line) for line in solid],
        "disputed": [_steps(line) for line in dashed],
        "names": [named for country in countries if (named := _name(country, arcs, table["names"]))],
        "notice": table["notice"],
        "missing": f"It has no line of its own for {', '.join(missing[:-1])} and {missing[-1]}.",
    }


def _arcs(atlas: dict[str, Any]) -> list[_Line]:
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    made = []
    for steps in atlas["arcs"]:
        x = y = 0
        line: _Line = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            line.append((round(x * kx + dx, 3), round(y * ky + dy, 3)))
        made.append(line)
    return made


def _polygons(shape: dict[str, Any], arcs: list[_Line]) -> list[list[_Line]]:
    """Polygons, each its rings. A ring tells the arcs it is made of; ``~n`` is arc n from its end to its start."""
    found = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs"), None: []}[shape["type"]]
    return [[_ring(ring, arcs) for ring in polygon] for polygon in found or []]


def _ring(told: list[int], arcs: list[_Line]) -> _Line:
    line: _Line = []
    for n in told:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        line.extend(arc[1:] if line else arc)
    return [point for at, point in enumerate(line) if at == 0 or point != line[at - 1]]


def _borders(countries: list[dict[str, Any]], arcs: list[_Line], between: list[dict[str, Any]]) -> tuple[list[_Line], list[_Line]]:
    """Lines that two countries share: those that nobody disputes, as far as the table tells, and the others."""
    sharing: defaultdict[int, set[str]] = defaultdict(set)
    for country in countries:
        for n in _flat(country.get("arcs", [])):
            sharing[n if n >= 0 else ~n].add(country["properties"]["name"])
    solid, dashed = [], []
    pairs = {frozenset(parties) for parties in sharing.values() if len(parties) == 2}
    for row in between:
        if frozenset(row["parties"]) not in pairs:
            raise AssetError(f"the atlas has no border between {' and '.join(row['parties'])}")
    for n, parties in sorted(sharing.items()):
        if len(parties) < 2:
            continue
        boxes = [row.get("box", [-180, -90, 180, 90]) for row in between if set(row["parties"]) == parties]
        for line, disputed in _parted(arcs[n], boxes):
            (dashed if disputed else solid).append(line)
    return solid, dashed


def _parted(line: _Line, boxes: list[list[float]]) -> Iterator[tuple[_Line, bool]]:
    """A line in stretches that lie in one of the boxes, or in none."""
    start = 0
    inside = [any(w <= (a[0] + b[0]) / 2 <= e and s <= (a[1] + b[1]) / 2 <= n for w, s, e, n in boxes) for a, b in pairwise(line)]
    for at in range(1, len(inside) + 1):
        if at == len(inside) or inside[at] != inside[start]:
            yield line[start : at + 1], inside[start]
            start = at


def _steps(line: _Line) -> list[int]:
    """A line as whole thousandths of a degree, each pair from the one before it: half the bytes of plain coordinates, packed or not."""
    whole = [(round(lon * 1000), round(lat * 1000)) for lon, lat in line]
    return [step for (ax, ay), (bx, by) in pairwise([(0, 0), *whole]) for step in (bx - ax, by - ay)]


def _flat(told: Iterable[Any]) -> Iterator[int]:
    for part in told:
        if isinstance(part, int):
            yield part
        else:
            yield from _flat(part)


def _name(country: dict[str, Any], arcs: list[_Line], names: dict[str, str]) -> list[Any] | None:
    """Longitude, latitude, area in square degrees, name: at the middle of the country's largest part."""
    parts = [_middle(rings[0]) for rings in _polygons(country, arcs)]
    if not parts:
        return None
    area, lon, lat = max(parts)
    name = country["properties"]["name"]
    return [round(lon, 2), round(lat, 2), round(area, 2), names.get(name, name)]


def _middle(ring: _Line) -> tuple[float, float, float]:
    """Area, and the longitude and latitude of the centre of gravity, in the plane of degrees."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (abs(twice) / 2, x / (3 * twice), y / (3 * twice)) if twice else (0.0, *ring[0])
