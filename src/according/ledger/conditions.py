"""A question as conditions on ``claims`` and ``reports``: one set for both databases.

What narrows most (a place, a country, words, a box) is asked of its own index first, with the days where they stand there too, as
``n IN (SELECT …)``: so an answer costs about as much as it finds, whatever a database guesses of its tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from according.ledger import dialects
from according.ledger.claimrows import LONGEST
from according.ledger.question import OWN_VOICE, Question
from according.ledger.schema import claims, figures, parties, reports, surroundings
from according.model import Located
from according.places.folding import plain

Condition = sa.ColumnElement[bool]

#: A point that stands for a whole country or province tells of no box.
_TOO_WIDE = (Located.COUNTRY.value, Located.ADMIN1.value)


def of_claims(question: Question, dialect: str) -> Iterator[Condition]:
    """On ``claims`` alone, but for the words."""
    c = claims.c
    if question.types:
        yield c.type.in_([*map(str, question.types)])  # the plain texts: a driver may write a member by its name
    if question.statuses:
        yield c.status.in_([*map(str, question.statuses)])
    if not question.rejected:
        yield sa.func.coalesce(c.verdict, "") != "reject"
    if not question.withdrawn:
        yield c.withdrawn == 0
    if question.places:
        yield c.n.in_(_at(question))
    if question.countries:
        yield c.n.in_(_in_country(question))
    if question.since or question.until:
        yield _dated(question, c)
    if question.box:
        yield sa.and_(dialects.in_box(dialect, question.box), c.place_precision.not_in(_TOO_WIDE))
    if question.near:
        yield sa.and_(dialects.near(dialect, question.near), c.place_precision.not_in(_TOO_WIDE))
    for role, told in (("actor", question.actors), ("target", question.targets), ("said_by", question.speakers)):
        if told:
            yield _party(dialect, role, told, one_by_one=question.narrows)
    if question.measures:
        yield sa.exists().where(figures.c.claim == c.n, figures.c.measure.in_([*map(str, question.measures)]))


def of_reports(question: Question, sources: Sequence[int]) -> Iterator[Condition]:
    """On ``reports`` alone, but for the words; ``sources`` are the numbers of the question's sources."""
    c = reports.c
    if not question.versions:
        # No bare IS NULL: a database without statistics takes it for rare, and would begin with all these reports.
        newest = sa.func.coalesce(c.replaced_by, 0) == 0
        yield sa.or_(newest, c.key.in_(question.reports)) if question.reports else newest
    if question.independent:
        yield sa.func.coalesce(c.original, 0) == 0
    if question.reports:
        yield sa.or_(c.id.in_(question.reports), c.key.in_(question.reports))
    if question.sources:
        yield c.source.in_(sources)
    known = sa.func.coalesce(c.published, sa.func.substr(c.first_seen, 1, 10))
    if question.known_since:
        yield known >= question.known_since.isoformat()
    if question.known_until:
        yield known <= question.known_until.isoformat()


def _at(question: Question) -> Any:
    """The numbers of claims at a place of one of these names, or told to be within one."""
    names = [plain(name)[:LONGEST] for name in question.places]
    own = [
        sa.select(claims.c.n).where(column.in_(names), *_days(question)) for column in (claims.c.place_folded, claims.c.place_folded_words)
    ]
    around = [sa.select(surroundings.c.claim).where(column.in_(names)) for column in (surroundings.c.folded, surroundings.c.folded_words)]
    return sa.union(*own, *around)


def _in_country(question: Question) -> Any:
    """The numbers of claims whose place lies in one of these countries or, where that is not known, a place around it."""
    own = sa.select(claims.c.n).where(claims.c.place_country.in_(question.countries), *_days(question))
    around = sa.exists().where(surroundings.c.claim == claims.c.n, surroundings.c.country.in_(question.countries))
    return sa.union_all(own, sa.select(claims.c.n).where(claims.c.place_country.is_(None), around, *_days(question)))


def _days(question: Question) -> list[Condition]:
    return [_dated(question, claims.c)] if question.since or question.until else []


def _dated(question: Question, c: Any) -> Condition:
    """The days that it happened on share one with those asked for; an end that is not told is open, no day at all never meets."""
    told: list[Condition] = [sa.or_(c.time_from.is_not(None), c.time_to.is_not(None))]
    if question.until:
        told.append(sa.or_(c.time_from <= question.until.isoformat(), c.time_from.is_(None)))
    if question.since:
        told.append(sa.or_(c.time_to >= question.since.isoformat(), c.time_to.is_(None)))
    return sa.and_(*told)


def _party(dialect: str, role: str, told: Sequence[str], *, one_by_one: bool) -> Condition:
    """One of the claim's parties in this role is an actor of this id, or bears these words among its own.

    ``one_by_one`` looks at the parties of each claim that is left, and not for the words among all parties.
    """
    named = [name for name in told if name != OWN_VOICE or role != "said_by"]
    any_of: list[Condition] = []
    if named:
        words = sa.or_(*(dialects.holds_words(dialect, parties.c.folded, plain(name)) for name in named))
        of_role = sa.select(parties.c.claim).where(parties.c.role == role)
        if one_by_one:
            any_of.append(of_role.where(parties.c.claim == claims.c.n, sa.or_(parties.c.actor.in_(named), words)).exists())
        else:  # apart, so that each is answered from an index alone
            any_of.append(claims.c.n.in_(sa.union_all(of_role.where(parties.c.actor.in_(named)), of_role.where(words))))
    if len(named) < len(told):
        any_of.append(~sa.exists().where(parties.c.claim == claims.c.n, parties.c.role == role))
    return sa.or_(*any_of)
