"""Who acts, suffers and speaks in a ledger, counted: actors of the table by their ids, all others by their words as written.

Each count is one grouped query over ``parties``, narrowed as claims are. A claim counts once in each role, however many of its parties are
of one actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from according.errors import BadQuestion
from according.ledger import asking, dialects
from according.ledger.question import Question
from according.ledger.schema import claims, parties, reports, sources

_p, _c, _r, _s = parties.c, claims.c, reports.c, sources.c
_ORIGINAL = reports.alias()


@dataclass(frozen=True, slots=True)
class Part:
    """In how many claims somebody stands, by role. ``words``: an instance of how he is written."""

    key: str  # an actor's id, else folded words
    known: bool  # whether ``key`` is an actor's id
    words: str
    actor: int
    target: int
    speaker: int

    @property
    def whole(self) -> int:
        return self.actor + self.target + self.speaker


@dataclass(frozen=True, slots=True)
class Partner:
    """Who stands beside somebody in claims, and in how many."""

    key: str
    known: bool
    words: str
    claims: int


def known(connection: sa.Connection, question: Question) -> list[Part]:
    """All actors of the table that stand in the claims asked for, those in most claims first."""
    rows = connection.execute(_counted(connection, question, _p.actor).where(_p.actor.is_not(None)))
    found = [Part(row.key, True, row.words, row.actor, row.target, row.speaker) for row in rows]
    return sorted(found, key=lambda part: (-part.whole, part.key))


def unknown(connection: sa.Connection, question: Question, limit: int, after: str | None = None) -> list[Part]:
    """Words that name no actor of the table, those in most claims first; ``after`` is the cursor of the last one that was seen.

    Raises ``BadQuestion`` for a cursor that is none of ``cursor``'s.
    """
    counted = _counted(connection, question, _p.folded).where(_p.actor.is_(None)).subquery()
    whole = counted.c.actor + counted.c.target + counted.c.speaker
    key = dialects.sorting(connection.dialect.name, counted.c.key)
    asked = sa.select(counted).order_by(whole.desc(), key).limit(limit)
    if after is not None:
        number, words = _place(after)
        asked = asked.where(sa.or_(whole < number, sa.and_(whole == number, key > words)))
    return [Part(row.key, False, row.words, row.actor, row.target, row.speaker) for row in connection.execute(asked)]


def cursor(part: Part) -> str:
    """Where in ``unknown`` somebody stands."""
    return f"{part.whole} {part.key}"


def of(connection: sa.Connection, actor: str, question: Question | None = None) -> Part:
    """One actor's counts; zeros where nothing is told of him."""
    asked = _counted(connection, question or Question(), _p.actor).where(_p.actor == actor)
    row = connection.execute(asked).first()
    return Part(actor, True, row.words, row.actor, row.target, row.speaker) if row else Part(actor, True, actor, 0, 0, 0)


def wordings(connection: sa.Connection, actor: str, limit: int) -> list[tuple[str, int]]:
    """The words by which reports name an actor, with the number of claims, the most frequent first."""
    words = sa.func.min(_p.text).label("words")
    number = sa.func.count(sa.distinct(_p.claim)).label("number")
    asked = _standing(connection, sa.select(words, number), Question()).where(_p.actor == actor).group_by(_p.folded)
    rows = connection.execute(asked.order_by(number.desc(), dialects.sorting(connection.dialect.name, words)).limit(limit))
    return [(row.words, row.number) for row in rows]


def partners(connection: sa.Connection, actor: str, role: str, other: str, limit: int) -> list[Partner]:
    """Who stands in the role ``other`` (said_by, actor, target) in claims where an actor stands in ``role``, the most frequent first."""
    beside = parties.alias()
    who, number = _who(beside.c), sa.func.count(sa.distinct(beside.c.claim)).label("number")
    columns = sa.select(*who, sa.func.min(beside.c.text).label("words"), number)
    asked = _standing(connection, columns, Question(), beside).where(_p.actor == actor, _p.role == role, beside.c.role == other)
    asked = asked.group_by(beside.c.actor, who[1])
    return _partners(connection, asked, number, limit)


def quoted(connection: sa.Connection, question: Question, limit: int) -> list[Partner]:
    """Who is quoted in the claims asked for, the most frequent first."""
    who, number = _who(_p), sa.func.count(sa.distinct(_p.claim)).label("number")
    columns = sa.select(*who, sa.func.min(_p.text).label("words"), number)
    asked = _standing(connection, columns, question).where(_p.role == "said_by").group_by(_p.actor, who[1])
    return _partners(connection, asked, number, limit)


def heard_in(connection: sa.Connection, actor: str, limit: int) -> list[tuple[str | None, int]]:
    """The sources whose reports quote an actor, with the number of claims; ``None`` for reports that tell no source."""
    number = sa.func.count(sa.distinct(_p.claim)).label("number")
    asked = _standing(connection, sa.select(_s.name, number), Question()).outerjoin(sources, _s.n == _r.source)
    asked = asked.where(_p.actor == actor, _p.role == "said_by").group_by(_s.n, _s.name)
    rows = connection.execute(asked.order_by(number.desc(), dialects.sorting(connection.dialect.name, _s.name)).limit(limit))
    return [(row.name, row.number) for row in rows]


def copied(connection: sa.Connection, names: Sequence[str], *, by: bool = False) -> list[tuple[str | None, int]]:
    """The sources that the reports of these sources copy, with the number of reports; with ``by`` those whose reports copy theirs."""
    theirs = sources.alias()
    mine, other = (_ORIGINAL, reports) if by else (reports, _ORIGINAL)
    number = sa.func.count().label("number")
    asked = (
        sa.select(theirs.c.name, number)
        .select_from(reports.join(_ORIGINAL, _ORIGINAL.c.n == _r.original))
        .join(sources, _s.n == mine.c.source)
        .outerjoin(theirs, theirs.c.n == other.c.source)
        .where(_s.name.in_(names), sa.func.coalesce(_r.replaced_by, 0) == 0)
        .group_by(theirs.c.n, theirs.c.name)
    )
    rows = connection.execute(asked.order_by(number.desc(), dialects.sorting(connection.dialect.name, theirs.c.name)))
    return [(row.name, row.number) for row in rows]


def _counted(connection: sa.Connection, question: Question, key: sa.ColumnElement[Any]) -> sa.Select[Any]:
    columns = (sa.func.count(sa.distinct(sa.case((_p.role == role, _p.claim)))).label(name) for role, name in _ROLES)
    return _standing(connection, sa.select(key.label("key"), sa.func.min(_p.text).label("words"), *columns), question).group_by(key)


def _standing(connection: sa.Connection, columns: Any, question: Question, beside: Any = None) -> sa.Select[Any]:
    """Over the parties of the claims asked for, and where told, the other parties of the same claims."""
    joined = parties.join(claims, _c.n == _p.claim).join(reports, _r.n == _c.report)
    if beside is not None:
        joined = joined.join(beside, beside.c.claim == _p.claim)
    asked: sa.Select[Any] = columns.select_from(joined)
    return asked.where(*asking.asked_claims(connection, question))


def _who(c: Any) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """An actor's id, and where there is none, the folded words."""
    return c.actor.label("actor"), sa.case((c.actor.is_(None), c.folded)).label("folded")


def _partners(connection: sa.Connection, asked: sa.Select[Any], number: sa.ColumnElement[Any], limit: int) -> list[Partner]:
    found = asked.subquery()
    key = dialects.sorting(connection.dialect.name, sa.func.coalesce(found.c.actor, found.c.folded))
    rows = connection.execute(sa.select(found).order_by(found.c.number.desc(), key).limit(limit))
    return [Partner(row.actor or row.folded, row.actor is not None, row.words, row.number) for row in rows]


def _place(after: str) -> tuple[int, str]:
    number, _, words = after.partition(" ")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        raise BadQuestion(f"“{after}” is no place in this list.")
    return int(number), words


_ROLES = (("actor", "actor"), ("target", "target"), ("said_by", "speaker"))
