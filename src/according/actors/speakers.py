"""What kind of speaker says it, and whether he is a party to the fighting that he tells of."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from according.actors.table import Actor, Role, actor
from according.data import toml
from according.model import Party


class SpeakerKind(enum.StrEnum):
    """What a speaker is. ``party``: armed, or commanding arms; whether of this fighting, ``is_party`` tells."""

    PARTY = "party"
    MONITOR = "monitor"
    AGENCY = "agency"
    OFFICIAL = "official"
    WITNESS = "witness"
    MEDIA = "media"
    OTHER = "other"


#: Roles of those who bear arms, or command those who do.
_ARMED = frozenset(
    {Role.GOVERNMENT, Role.MILITARY, Role.ARMY, Role.AIR_FORCE, Role.NAVY, Role.POLICE, Role.INTELLIGENCE, Role.BORDER_GUARD,
     Role.NATIONAL_GUARD, Role.PARAMILITARY, Role.ARMED_GROUP, Role.MILITIA, Role.COALITION, Role.PRIVATE_FORCE, Role.CRIMINAL}
)  # fmt: skip
#: Of a country that a conflict is in, these fight in it whatever is told.
_FIGHTING = _ARMED - {Role.GOVERNMENT, Role.POLICE, Role.CRIMINAL}


@lru_cache(maxsize=10_000)
def kind_of(words: str, id: str | None = None) -> SpeakerKind:
    """The kind of a speaker by his row in the table, else by his words; ``OTHER`` where neither tells."""
    known = actor(id) if id else None
    if known:
        return _by_role()[known.role]
    told = words.lower().replace("’", "'").replace("'s", "").replace(",", "").split()
    spoken_for = [word for word in told if not _forms(word) & _voices()]
    return _by_words(spoken_for) or _by_words(told) or SpeakerKind.OTHER


def _by_words(told: Sequence[str]) -> SpeakerKind | None:
    """By the last word, else by any."""
    for kind, row in _kinds().items():
        if told and _forms(told[-1]) & row["words"]:
            return kind
    for kind, row in _kinds().items():
        if any(_forms(word) & (row["words"] | row["before"]) for word in told):
            return kind
    return None


def _forms(word: str) -> set[str]:
    """The word, and what it may be the plural of."""
    return {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}


def is_party(words: str, id: str | None, doers: Iterable[Party], countries: frozenset[str]) -> bool:
    """Whether the speaker is a party to the fighting: one of its ``doers`` or of one family with one, or the country's own armed body."""
    for doer in doers:
        if id and doer.actor and top(doer.actor) == top(id) and _armed(doer.actor):
            return True
        if not id and not doer.actor and doer.span.text.lower() == words.lower() and kind_of(words) is SpeakerKind.PARTY:
            return True
    known = actor(id) if id else None
    if known:
        return known.role in _FIGHTING and (not known.countries or bool(countries & set(known.countries)))
    return kind_of(words) is SpeakerKind.PARTY


@cache
def top(id: str) -> str:
    """The body that an actor is, in the end, a branch of: itself where it is none's."""
    seen = [id]
    while (known := actor(seen[-1])) and known.parent and known.parent not in seen and actor(known.parent):
        seen.append(known.parent)
    return seen[-1]


def _armed(id: str) -> bool:
    known: Actor | None = actor(id)
    return known is not None and known.role in _ARMED


@cache
def _by_role() -> Mapping[Role, SpeakerKind]:
    return {Role(role): SpeakerKind(kind) for kind, roles in _rows()["roles"].items() for role in roles.split()}


@cache
def _kinds() -> Mapping[SpeakerKind, Mapping[str, frozenset[str]]]:
    rows = {kind: row for kind, row in _rows().items() if kind not in ("roles", "voices")}
    return {SpeakerKind(kind): {key: frozenset(row.get(key, "").split()) for key in ("words", "before")} for kind, row in rows.items()}


@cache
def _voices() -> frozenset[str]:
    return frozenset(_rows()["voices"]["words"].split())


@cache
def _rows() -> dict[str, Any]:
    return toml("according.actors", "speakers.toml")
