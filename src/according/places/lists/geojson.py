"""GeoJSON lists of places: points, and outlines with their middle and size; OCHA's boundaries (COD-AB) understood unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from according.errors import BadSource
from according.places.lists import columns, listed, packed, shapes
from according.places.lists.columns import Columns
from according.places.lists.faults import Fault, Outcome
from according.places.lists.listed import Options, Told

#: COD-AB: ADM2_EN, ADM2_AR, ADM2_REF, ADM2ALT1EN, and of late adm2_name, adm2_name1, adm2_ref_name.
_LEVEL = re.compile(
    r"adm([0-4])_?(?:(?P<pcode>pcode)|(?P<first>en|name)|(?P<other>name\d|ref_name|ref|(?:alt_?\d?_?)?[a-z]{2,3}\d?))", re.IGNORECASE
)
_FEATURES = ("PCLI", "ADM1", "ADM2", "ADM3", "ADM4")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of divisions as a feature's properties tell it."""

    name: str
    others: tuple[str, ...]
    pcode: str


def header(path: Path) -> list[str]:
    """Every property that a feature of the list has. Raises ``BadSource`` where the file is no FeatureCollection."""
    return _names(_features(path))


def guessed(path: Path, told: Columns) -> Columns:
    """The properties that leave no doubt; none beside those of COD-AB, which need no map."""
    names = header(path)
    return {} if any(_LEVEL.fullmatch(name) for name in names) else columns.guessed(told, names)


def outcomes(path: Path, held: Columns, options: Options) -> Iterator[Outcome]:
    """The places of a list, and what is wrong with the features that give none."""
    return listed.singled(_outcomes(path, held, options))


def _outcomes(path: Path, held: Columns, options: Options) -> Iterator[Outcome]:
    features = _features(path)
    columns.checked(held, _names(features), path.name)
    for number, feature in enumerate(features, 1):
        where = f"feature {number}"
        try:
            lat, lon, radius = _point(feature["geometry"])
        except (TypeError, KeyError, IndexError):
            yield Fault(where, "its geometry is none")
        except ValueError as error:
            yield Fault(where, str(error))
        else:
            told = _told(_properties(feature), held, is_point=radius is None)
            given = {"lat": repr(lat), "lon": repr(lon)}
            yield from listed.outcomes(number, where, Told(**(told | given), radius_km=radius), options)


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        with packed.opened(path) as text:
            data = json.load(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadSource(f"{path.name}: it is no whole JSON ({error}); fetch or export it again.") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not isinstance(data.get("features"), list):
        raise BadSource(f"{path.name}: it is no GeoJSON FeatureCollection; export it as one.")
    return [feature if isinstance(feature, dict) else {} for feature in data["features"]]


def _names(features: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for feature in features for key in _properties(feature)))


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _point(geometry: Mapping[str, Any]) -> tuple[float, float, float | None]:
    """Latitude, longitude and, of an outline, its radius in km."""
    kind, at = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return float(at[1]), float(at[0]), None
    if kind == "Polygon":
        return shapes.middle([at])
    if kind == "MultiPolygon":
        return shapes.middle(at)
    raise ValueError(f"a {kind} is taken neither for a point nor for an outline")


def _told(properties: Mapping[str, Any], held: Columns, *, is_point: bool) -> dict[str, Any]:
    """What a feature's properties say: by the map, and where the map is silent by the names of COD-AB."""
    levels = _levels(properties)
    deepest = max((n for n in levels if levels[n].name), default=None)
    told: dict[str, Any] = {"name": ""}
    if deepest is not None:
        own = levels[deepest]
        told = {"name": own.name, "names": own.others, "pcode": own.pcode, "feature": "PPL" if is_point else _FEATURES[deepest]}
        told |= {f"admin{n}": levels[n].name for n in (1, 2) if n in levels and n <= deepest}
    if 0 in levels:
        country = levels[0].pcode if listed.country_code(levels[0].pcode) else levels[0].name
        told["country"] = country or ""
    mapped = {field: _text(properties, names[0]) for field, names in held.items() if names and field not in ("names", "lat", "lon")}
    if mapped.get("name") and deepest is not None:  # a place with a name of its own: the levels are what it lies in
        told |= {"names": (), "pcode": "", "feature": ""}
    names = tuple(_text(properties, name) for name in held.get("names", ()))
    return told | mapped | {"names": (*told.get("names", ()), *names)}


def _levels(properties: Mapping[str, Any]) -> dict[int, _Level]:
    found: dict[int, dict[str, list[str]]] = {}
    for key in properties:
        part = _LEVEL.fullmatch(key)
        if part and (text := _text(properties, key)):
            found.setdefault(int(part[1]), {}).setdefault(str(part.lastgroup), []).append(text)
    return {n: _level(parts) for n, parts in found.items()}


def _level(parts: Mapping[str, Sequence[str]]) -> _Level:
    names = [name for name in (*parts.get("first", ()), *parts.get("other", ())) if any(map(str.isalpha, name))]
    return _Level(names[0] if names else "", tuple(dict.fromkeys(names[1:])), next(iter(parts.get("pcode", ())), ""))


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
