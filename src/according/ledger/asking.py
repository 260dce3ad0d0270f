"""Answering questions. Rows come in a fixed order, that of what they are and not of when they came, and one after the other: what is in
memory does not grow with the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from according.errors import NotInLedger
from according.ledger import conditions, dialects, kept
from according.ledger.answers import Cited, ClaimRow, FigureRow, ReportRow, SourceRow
from according.ledger.question import Question
from according.ledger.schema import claims as claims_table
from according.ledger.schema import figures as figures_table
from according.ledger.schema import pages
from according.ledger.schema import reports as reports_table
from according.ledger.schema import sources as sources_table
from according.model import Claim, Measure
from according.places.folding import plain
from according.portions import portions

_BATCH = 500

#: A claim by its report's key and its own id; a figure by its claim and its place among the claim's figures, from 0.
Ref = tuple[str, str]
FigureRef = tuple[str, str, int]

_c, _r, _s = claims_table.c, reports_table.c, sources_table.c
_CITED = (
    *(_r.key.label("report_key"), _r.id.label("report_id"), _r.title.label("report_title"), _r.outlet.label("report_outlet")),
    *(_s.name.label("report_source"), _r.url.label("report_url"), _r.published.label("report_published")),
    *(_r.replaced_by.label("report_replaced_by"), _r.original.label("report_original")),
)


def claims(
    connection: sa.Connection, question: Question, after: Ref | None = None, *, itself: bool = False, totals: bool = False
) -> Iterator[ClaimRow]:
    """In the order of publication (reports without a date last), report, place in the text, type.

    With ``after`` those that come after that claim, and with ``itself`` that one too; with ``totals`` those with a standing total. Raises
    ``NotInLedger``.
    """
    dialect = connection.dialect.name
    order = (*_of_reports(dialect), _c.trigger_start, _c.trigger_stop, dialects.sorting(dialect, _c.type), dialects.sorting(dialect, _c.id))
    numbers = sa.select(_c.n).where(*asked_claims(connection, question)).order_by(*order).limit(question.limit)
    numbers = numbers.select_from(claims_table.join(reports_table, _r.n == _c.report))
    if after is not None:
        numbers = numbers.where(_claims_after(connection, after, itself=itself))
    if totals:
        numbers = numbers.where(sa.exists().where(figures_table.c.claim == _c.n, figures_table.c.cumulative == 1))
    with_reports = claims_table.join(reports_table, _r.n == _c.report).outerjoin(sources_table, _s.n == _r.source)
    for some in portions(_streamed(connection, numbers), _BATCH):
        rows = connection.execute(sa.select(claims_table, *_CITED).select_from(with_reports).where(_c.n.in_(some)))
        by_number = {row.n: row for row in rows}
        ordered = [by_number[n] for n in some]
        yield from map(_claim_row, ordered, kept.whole(connection, ordered))


def claim(connection: sa.Connection, number: int, id: str) -> ClaimRow:
    """The claim of the report of this number, however it stands. Raises ``NotInLedger``."""
    told = sa.select(claims_table, *_CITED).join(reports_table, _r.n == _c.report).outerjoin(sources_table, _s.n == _r.source)
    row = connection.execute(told.where(_c.report == number, _c.id == id)).first()
    if row is None:
        raise NotInLedger(f"That report has no claim {id}.")
    [made] = kept.whole(connection, [row])
    return _claim_row(row, made)


def figures(connection: sa.Connection, question: Question, after: FigureRef | None = None) -> Iterator[FigureRow]:
    """The figures of the claims asked for, and of the measures asked for; ``limit`` counts figures. With ``after`` those after that one."""
    measures = question.measures or tuple(Measure)
    *last, position = after or (None, None, -1)
    rows = claims(connection, replace(question, limit=None, measures=measures), after[:2] if after else None, itself=True)
    found = (
        FigureRow(figure, row.claim, row.report, row.page, n)
        for row in rows
        for n, figure in enumerate(row.claim.figures)
        if figure.measure in measures and (n > position or [row.report.key, row.claim.id] != last)
    )
    return islice(found, question.limit)


def reports(connection: sa.Connection, question: Question, *, newest: bool = False, after: str | None = None) -> Iterator[ReportRow]:
    """In the order of publication, those without a date last. Filters of claims ask for reports that hold such a claim.

    With ``newest`` the newest come first; with ``after``, a report's key, those that come after it. Raises ``NotInLedger``.
    """
    dialect = connection.dialect.name
    order = _of_reports(dialect, newest=newest)
    numbers = sa.select(_r.n).where(*_asked_reports(connection, question)).order_by(*order).limit(question.limit)
    if after is not None:
        numbers = numbers.where(_coming_after(connection, after, newest=newest))
    newer, original = reports_table.alias("newer"), reports_table.alias("original")
    whole = (
        sa.select(
            *(_r.n, _r.key, _r.id, _r.title, _s.name.label("source"), _r.byline, _r.url, _r.published, _r.language),
            *(_r.taken, _r.first_seen, _r.last_seen, sa.func.length(_r.text).label("characters"), _r.notes),
            *(newer.c.key.label("replaced_by"), original.c.key.label("copy_of")),
        )
        .outerjoin(sources_table, _s.n == _r.source)
        .outerjoin(newer, newer.c.n == _r.replaced_by)
        .outerjoin(original, original.c.n == _r.original)
    )
    for some in portions(_streamed(connection, numbers), _BATCH):
        by_number = {row.n: row._mapping for row in connection.execute(whole.where(_r.n.in_(some)))}
        paged = _counted(connection, sa.select(pages.c.report, sa.func.count()).where(pages.c.report.in_(some)).group_by(pages.c.report))
        held = _counted(connection, _claims_by_report(question, dialect).where(_c.report.in_(some)))
        for n in some:
            told = {name: value for name, value in by_number[n].items() if name != "n"}
            read = {"published": _day(told["published"]), "notes": "; ".join(json.loads(told["notes"])) or None}
            yield ReportRow(**told | read | {"pages": paged.get(n, 0), "claims": held.get(n, 0)})


def sources(connection: sa.Connection, question: Question, after: str | None = None) -> Iterator[SourceRow]:
    """In the order of their names, reports that tell none last. Filters of reports and of claims narrow what is counted.

    With ``after`` those whose names come after that one.
    """
    dialect = connection.dialect.name
    held = _claims_by_report(question, dialect).subquery()
    asked = (
        sa.select(
            _s.name,
            sa.func.count(_r.n),
            sa.func.count(_r.n) - sa.func.count(_r.original),
            sa.func.coalesce(sa.func.sum(held.c.number), 0),
            sa.func.min(_r.published),
            sa.func.max(_r.published),
        )
        .select_from(reports_table.outerjoin(sources_table, _s.n == _r.source).outerjoin(held, held.c.report == _r.n))
        .where(*_asked_reports(connection, question))
        .group_by(_s.n, _s.name)
        .order_by(_s.name.is_(None), dialects.sorting(dialect, _s.name))
        .limit(question.limit)
    )
    if after is not None:
        asked = asked.where(sa.or_(dialects.sorting(dialect, _s.name) > after, _s.name.is_(None)))
    for name, number, independent, told, first, last in _streamed(connection, asked, scalars=False):
        yield SourceRow(name, number, independent, int(told), _day(first), _day(last))


def asked_claims(connection: sa.Connection, question: Question) -> Iterator[sa.ColumnElement[bool]]:
    dialect = connection.dialect.name
    yield from conditions.of_claims(question, dialect)
    yield from conditions.of_reports(question, _sources(connection, question))
    if question.terms:
        yield dialects.in_sentence(dialect, question.terms)


def _asked_reports(connection: sa.Connection, question: Question) -> Iterator[sa.ColumnElement[bool]]:
    dialect = connection.dialect.name
    yield from conditions.of_reports(question, _sources(connection, question))
    if question.narrows_claims:
        yield _r.n.in_(sa.select(_c.report).where(*conditions.of_claims(question, dialect)))
    if question.terms:
        yield dialects.in_report(dialect, question.terms)


def _claims_by_report(question: Question, dialect: str) -> sa.Select[Any]:
    number = sa.func.count().label("number")
    return sa.select(_c.report, number).where(*conditions.of_claims(question, dialect)).group_by(_c.report)


def _sources(connection: sa.Connection, question: Question) -> list[int]:
    """The numbers of the sources of these names, in any spelling that differs in capitals and signs alone."""
    if not question.sources:
        return []
    named, folded = set(question.sources), {plain(name) for name in question.sources} - {""}
    return [n for n, name in connection.execute(sa.select(_s.n, _s.name)) if name in named or plain(name) in folded]


def _of_reports(dialect: str, *, newest: bool = False) -> tuple[sa.ColumnElement[Any], ...]:
    published, *rest = (dialects.sorting(dialect, column) for column in (_r.published, _r.id, _r.key))
    return (_r.published.is_(None), published.desc() if newest else published, *rest)


def _coming_after(connection: sa.Connection, key: str, *, newest: bool) -> sa.ColumnElement[bool]:
    """On reports that come after one of them in the order of ``_of_reports``."""
    dialect = connection.dialect.name
    last = connection.execute(sa.select(_r.published, _r.id).where(_r.key == key)).first()
    if last is None:
        raise NotInLedger(f"There is no report {key} in this ledger, so nothing comes after it.")
    id, own = dialects.sorting(dialect, _r.id), dialects.sorting(dialect, _r.key)
    beside = sa.and_(_r.published.is_not_distinct_from(last.published), sa.or_(id > last.id, sa.and_(id == last.id, own > key)))
    if last.published is None:
        return beside
    return sa.or_(beside, _r.published < last.published if newest else _r.published > last.published, _r.published.is_(None))


def _claims_after(connection: sa.Connection, after: Ref, *, itself: bool) -> sa.ColumnElement[bool]:
    """On claims joined with their reports."""
    key, id = after
    dialect = connection.dialect.name
    there = (_c.trigger_start, _c.trigger_stop, _c.type, _c.id)
    of_report = claims_table.join(reports_table, _r.n == _c.report)
    last = connection.execute(sa.select(_c.report, *there).select_from(of_report).where(_r.key == key, _c.id == id)).first()
    if last is None:
        raise NotInLedger(f"Report {key} has no claim {id}, so nothing comes after it.")
    number, *place = last
    here, end = sa.tuple_(*there[:2], *(dialects.sorting(dialect, column) for column in there[2:])), sa.tuple_(*map(sa.literal, place))
    further = here >= end if itself else here > end
    return sa.or_(sa.and_(_c.report == number, further), _coming_after(connection, key, newest=False))


def _streamed(connection: sa.Connection, query: sa.Select[Any], *, scalars: bool = True) -> Iterator[Any]:
    """The answer as it comes, never whole in memory."""
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as result:
        yield from result.scalars() if scalars else result


def _counted(connection: sa.Connection, query: sa.Select[Any]) -> dict[int, int]:
    return {n: number for n, number in connection.execute(query)}


def _claim_row(row: Any, made: Claim) -> ClaimRow:
    return ClaimRow(made, _cited(row), row.page, row.verdict, row.machine is not None, bool(row.withdrawn))


def _cited(row: Any) -> Cited:
    return Cited(
        key=row.report_key,
        id=row.report_id,
        title=row.report_title,
        outlet=row.report_outlet,
        source=row.report_source,
        url=row.report_url,
        published=_day(row.report_published),
        replaced=row.report_replaced_by is not None,
        copy=row.report_original is not None,
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
