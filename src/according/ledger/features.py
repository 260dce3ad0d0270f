"""Happenings as the ledger keeps them, to be compared with those of later reports: as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from according.events.happening import Days, Happening, Origin, Sort, Spot
from according.model import ClaimType, Measure


def written(happening: Happening) -> str:
    """A happening without its report's own words, which ``namings`` has once for all of them."""
    told: dict[str, Any] = {
        "sort": happening.sort.value,
        "claims": happening.claims,
        "start": happening.start,
        "types": sorted(happening.types),
        "when": [happening.when.first, happening.when.last] if happening.when else None,
        "spots": [[s.lat, s.lon, s.radius_km, s.country, s.wide] for s in happening.spots],
        "places": sorted(happening.places),
        "actors": sorted(happening.actors),
        "targets": sorted(happening.targets),
        "figures": {measure.value: bounds for measure, bounds in happening.figures.items()},
        "words": " ".join(sorted(happening.words)),
    }
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False, separators=(",", ":"))


def read(key: str, features: str, origin: Origin) -> Happening:
    """``origin`` is the happening's report; ``key`` is its own."""
    told: Mapping[str, Any] = json.loads(features)
    when = told.get("when")
    return Happening(
        key=key,
        origin=origin,
        sort=Sort(told["sort"]),
        claims=tuple(told["claims"]),
        start=told.get("start", 0),
        types=frozenset(map(ClaimType, told["types"])),
        when=Days(*when) if when else None,
        spots=tuple(Spot(*spot) for spot in told.get("spots", ())),
        places=frozenset(told.get("places", ())),
        actors=frozenset(told.get("actors", ())),
        targets=frozenset(told.get("targets", ())),
        figures={Measure(measure): (low, high) for measure, (low, high) in told.get("figures", {}).items()},
        words=frozenset(told.get("words", "").split()),
    )


def claims_of(features: str) -> list[str]:
    """The ids of the claims alone."""
    ids: list[str] = json.loads(features)["claims"]
    return ids
