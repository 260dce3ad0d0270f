"""The filters of the commands that ask the ledger, as options of the command line."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from according.cli_options import form_option, ledger_option, output_option
from according.errors import BadQuestion
from according.model import ClaimType, Measure, Status

if TYPE_CHECKING:
    from according.ledger.question import Question

F = TypeVar("F", bound=Callable[..., Any])


def question(filters: dict[str, Any]) -> Question:
    """What the options ask. Raises ``click.UsageError``."""
    from according.ledger.question import Box, Near, Question

    try:
        box, near = filters.pop("box"), filters.pop("near")
        return Question(**filters, box=Box(*box) if box else None, near=Near(*near) if near else None)
    except BadQuestion as error:
        raise click.UsageError(str(error)) from error


def _several(*names: str, told: str, about: str) -> Callable[[F], F]:
    return click.option(*names, multiple=True, metavar=told, help=about)


def _one_of(*names: str, known: Iterable[str], told: str, about: str) -> Callable[[F], F]:
    # Of members of an enumeration click would want the names, in capitals.
    return click.option(*names, multiple=True, type=click.Choice([*map(str, known)]), metavar=told, help=about)


def day_option(name: str, about: str, *, last: bool = True) -> Callable[[F], F]:
    """A day; of a month or year its ``last``, or its first."""
    return _date(name, about, last=last)


def _date(name: str, about: str, *, last: bool) -> Callable[[F], F]:
    """A day, a month or a year; of a month or year its ``last`` day, or its first."""

    def day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
        try:
            return None if value is None else _day(value, last)
        except ValueError as error:
            raise click.BadParameter(f"{value} is no date; write 2020-02-03, 2020-02 for the month or 2020 for the year.") from error

    return click.option(name, callback=day, metavar="DATE", help=about)


def _numbers(name: str, form: str, *, told: str, about: str) -> Callable[[F], F]:
    """Numbers with commas between, as many as ``form`` names."""

    def numbers(context: click.Context, option: click.Parameter, value: str | None) -> tuple[float, ...] | None:
        try:
            found = None if value is None else tuple(float(part) for part in value.split(","))
        except ValueError:
            found = ()
        if found is not None and len(found) != len(form.split(",")):
            raise click.BadParameter(f"{value} is not {form}: {len(form.split(','))} numbers with commas between.")
        return found

    return click.option(name, callback=numbers, metavar=told, help=about)


def _day(told: str, last: bool) -> date:
    """Raises ``ValueError``."""
    parts = told.split("-")
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(told)
    year, month, day = ([int(part) for part in parts] + [0, 0])[:3]
    if len(parts) < 2:
        month = 12 if last else 1
    if len(parts) < 3:
        day = calendar.monthrange(year, month)[1] if last and 1 <= month <= 12 else 1
    return date(year, month, day)


def asking(command: F) -> F:
    """The filters, and where the answer goes."""
    for option in reversed((*FILTERS, form_option, output_option, ledger_option)):
        command = option(command)
    return command


FILTERS = (
    _one_of("-t", "--type", "types", known=ClaimType, told="TYPE", about="What is told of: air_strike, casualties …"),
    _several("-p", "--place", "places", told="NAME", about="At a place of this name, or in one."),
    _numbers("--box", "west,south,east,north", told="W,S,E,N", about="Within these degrees."),
    _numbers("--near", "latitude,longitude,kilometres", told="LAT,LON,KM", about="No further than so many km from a point."),
    _several("-c", "--country", "countries", told="CODE", about="In this country, an ISO 3166-1 code of two letters."),
    _several("--actor", "actors", told="WORDS|ID", about="Done by a party whose words hold these, or of this id."),
    _several("--target", "targets", told="WORDS|ID", about="Done to one."),
    _several("--speaker", "speakers", told="WORDS|ID|-", about="Said by one; - is the report in its own voice."),
    _date("--since", "Happened on or after: 2020-02-03, 2020-02 or 2020.", last=False),
    _date("--until", "Happened on or before.", last=True),
    _date("--known-since", "Published, or else first seen, on or after.", last=False),
    _date("--known-until", "Published, or else first seen, on or before.", last=True),
    _one_of("-s", "--status", "statuses", known=Status, told="STATUS", about="Told as happened, planned, possible or denied."),
    _one_of("--measure", "measures", known=Measure, told="MEASURE", about="With a figure of this: killed, displaced …"),
    click.option("-w", "--words", default="", metavar="TEXT", help='With all these words; "a phrase"; shell* for all that begin so.'),
    _several("--report", "reports", told="ID", about="Of the report of this id or key."),
    _several("--source", "sources", told="NAME", about="Of this outlet, army or agency."),
    click.option("--versions", is_flag=True, help="Also of reports that a newer version replaced."),
    click.option("--independent", is_flag=True, help="Not of reports that copy another one."),
    click.option("--rejected", is_flag=True, help="Also claims that a person rejected."),
    click.option("--withdrawn", is_flag=True, help="Also claims that a person decided on and the machine makes no more."),
    click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="No more than so many."),
)
