"""Actors: who acts, suffers and speaks in this ledger, and what the table of actors says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from according.actors.table import actor as row_of
from according.actors.table import actors as table
from according.errors import NotInLedger
from according.ledger import cast
from according.ledger.cast import Part
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.web.asked import Asked, asked
from according.web.named import actor_name
from according.web.rendering import page
from according.web.site import ledger_of
from according.web.turning import Turned, sort_of, turned

router = APIRouter()

_ROWS = 100
#: Words without an actor that the first page shows.
_SOME = 25
#: Of each kind of partner, source and wording.
_PARTNERS = 10
_SORTS: dict[str, Callable[[Part], Any]] = {
    "whole": lambda part: -part.whole,
    "name": lambda part: actor_name(part.key).casefold(),
    "acts": lambda part: -part.actor,
    "suffers": lambda part: -part.target,
    "speaks": lambda part: -part.speaker,
}
#: What an actor's page tells of those beside him: a heading, his role in the claims, and theirs.
_BESIDE = (
    ("Told to have acted against", "actor", "target"),
    ("Told to have suffered it from", "target", "actor"),
    ("What it does is told by", "actor", "said_by"),
    ("It speaks of what these do", "said_by", "actor"),
)
#: The filter under which claims are found by a party in that role.
_FILTER = {"actor": "actor", "target": "target", "said_by": "speaker"}


@router.get("/actors", name="actors")
def actors(request: Request) -> Response:
    """Actors of the table first, then words that name none."""
    told = asked(request.query_params)
    sort = sort_of(told, _SORTS)
    ledger = ledger_of(request)
    known, words = ledger.remembered(("actors", told.question), lambda: _told(ledger, told.question))
    listed = turned(sorted(known, key=_SORTS[sort]), told, "/actors", _ROWS)
    rows = [(part, row_of(part.key)) for part in listed.rows]
    return page(request, "actors.html", asked=told, sort=sort, rows=rows, listed=listed, words=words[:_SOME], more=len(words) > _SOME)


@router.get("/actors/words", name="actor_words")
def actor_words(request: Request) -> Response:
    """All words that name no actor of the table, as written."""
    told = asked(request.query_params)
    after = (told.view or {}).get("after")
    with ledger_of(request).reading() as connection:
        words = cast.unknown(connection, told.question, _ROWS + 1, after)
    return page(request, "actor_words.html", asked=told, listed=_part(words, told, after))


@router.get("/actor/{id}", name="actor")
def actor(request: Request, id: str) -> Response:
    """One row of the table in words, and what this ledger has of it."""
    row = row_of(id)
    if row is None:
        raise NotInLedger(f"The table of actors has no row {id}.")
    with ledger_of(request).reading() as connection:
        part = cast.of(connection, id)
        wordings = cast.wordings(connection, id, _PARTNERS)
        beside = [
            (title, cast.partners(connection, id, role, other, _PARTNERS), _FILTER[role], _FILTER[other]) for title, role, other in _BESIDE
        ]
        heard = cast.heard_in(connection, id, _PARTNERS)
    children = [other for other in table().values() if other.parent == id]
    return page(
        request, "actor.html", row=row, part=part, wordings=wordings, beside=[one for one in beside if one[1]], heard=heard,
        parent=row_of(row.parent) if row.parent else None, children=children,
    )  # fmt: skip


def _told(ledger: Ledger, question: Question) -> tuple[list[Part], list[Part]]:
    """Actors of the table, and the first of the words that name none."""
    with ledger.reading() as connection:
        return cast.known(connection, question), cast.unknown(connection, question, _SOME + 1)


def _part(words: list[Part], told: Asked, after: str | None) -> Turned[Part]:
    following = told.address("/actors/words", after=cast.cursor(words[_ROWS - 1])) if len(words) > _ROWS else None
    return Turned(tuple(words[:_ROWS]), None, told.address("/actors/words", after=None) if after else None, following)
