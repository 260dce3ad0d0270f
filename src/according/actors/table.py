"""The table of actors: states' bodies, armed groups, missions, monitors, media, civilians; one row each, written for According.

The rows stand in ``data/actors/*.toml``, a file a part of the world. Names and kinds follow ACLED (``inter``), countries ISO 3166-1
alpha-2. A year is the first or last in which a thing was so; ``None`` is not told. ``faults.py`` says what makes a row wrong.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


class Inter(enum.StrEnum):
    """ACLED's eight kinds of actor, in the order of their codes 1 to 8."""

    STATE_FORCES = "state_forces"
    REBEL_GROUP = "rebel_group"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    EXTERNAL_FORCES = "external_forces"


class Role(enum.StrEnum):
    """What a body is."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    MILITARY = "military"
    ARMY = "army"
    AIR_FORCE = "air_force"
    NAVY = "navy"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    BORDER_GUARD = "border_guard"
    NATIONAL_GUARD = "national_guard"
    PARAMILITARY = "paramilitary"
    ARMED_GROUP = "armed_group"
    MILITIA = "militia"
    COALITION = "coalition"
    MISSION = "mission"
    UN_BODY = "un_body"
    AGENCY = "agency"
    MONITOR = "monitor"
    MEDICAL = "medical"
    NEWS_AGENCY = "news_agency"
    MEDIA = "media"
    STATE_MEDIA = "state_media"
    POLITICAL = "political"
    PRIVATE_FORCE = "private_force"
    CRIMINAL = "criminal"
    CIVIL = "civil"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Years:
    """From the first year to the last, both inclusive; either may be open."""

    first: int | None = None
    last: int | None = None

    def hold(self, year: int | None) -> bool:
        """Whether the year lies within; an unknown year does."""
        return year is None or ((self.first is None or self.first <= year) and (self.last is None or year <= self.last))


@dataclass(frozen=True, slots=True)
class Tie:
    """Another actor that fights on its side, or arms, pays or openly supports it, and when."""

    actor: str
    years: Years


@dataclass(frozen=True, slots=True)
class Label:
    """Loaded words that others use for an actor; ``by`` is empty where many do."""

    words: tuple[str, ...]
    by: tuple[str, ...]
    years: Years


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of the table."""

    id: str
    name: str
    role: Role
    kind: Inter
    countries: tuple[str, ...]  # the first is whose it is, or its main ground; none for world-wide bodies
    support: str  # what the row can be checked against
    years: Years = Years()
    aliases: tuple[str, ...] = ()
    native: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()  # leaders and spokesmen by whose names reports give the body's voice
    parent: str | None = None
    allies: tuple[Tie, ...] = ()
    backers: tuple[Tie, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases, *self.native)


@cache
def actors() -> Mapping[str, Actor]:
    """All rows by their ids, in the order of the files' names and of the rows in them."""
    return {row["id"]: _actor(row) for _, row in rows()}


def actor(id: str) -> Actor | None:
    return actors().get(id)


def rows() -> list[tuple[str, dict[str, Any]]]:
    """The rows as the files have them, each with its file's name."""
    folder = resources.files("according.actors") / "data" / "actors"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [(file.name, row) for file in files for row in tomllib.loads(file.read_text(encoding="utf-8")).get("actor", [])]


def _actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        kind=Inter(row["kind"]),
        countries=tuple(row["countries"]),
        support=row["support"],
        years=_years(row),
        aliases=tuple(row.get("aliases", ())),
        native=tuple(row.get("native", ())),
        persons=tuple(row.get("persons", ())),
        parent=row.get("parent"),
        allies=_ties(row.get("allies", ())),
        backers=_ties(row.get("backers", ())),
        labels=tuple(Label(tuple(told["words"]), tuple(told["by"]), _years(told)) for told in row.get("labels", ())),
    )


def _ties(told: Any) -> tuple[Tie, ...]:
    return tuple(Tie(tie["id"], _years(tie)) for tie in told)


def _years(row: Mapping[str, Any]) -> Years:
    return Years(row.get("from"), row.get("to"))
