"""`according claims`, `reports`, `sources`, `figures`: asking the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

import click

from according.cli_filters import asking, question
from according.cli_options import written

if TYPE_CHECKING:
    from according.ledger.flat import What


@click.command(epilog="""\b
Examples:
  according claims --place Saraqib --since 2020-02 --until 2020-02
  according claims --type air_strike --near 35.86,36.80,25 --speaker army
  according claims --words '"control of" shell*' --format jsonl -o claims.jsonl
""")  # fmt: skip
@asking
def claims(form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print the claims in the ledger that are asked for, all where nothing is.

    All filters must hold; of one given several times, any. The order is fixed: two ledgers of the same claims print the same bytes.
    """
    _answer("claims", form, output, ledger, filters)


@click.command(epilog='\b\nExample:\n  according reports --source Reuters --known-since 2020-02 --independent')  # fmt: skip
@asking
def reports(form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print the reports that are asked for, or that hold claims asked for. --words looks in their titles and texts."""
    _answer("reports", form, output, ledger, filters)


@click.command(epilog='\b\nExample:\n  according sources --country SY')  # fmt: skip
@asking
def sources(form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print the sources of the reports asked for: how many reports and claims, how many reports that are no copies, from when to when."""
    _answer("sources", form, output, ledger, filters)


@click.command(epilog='\b\nExample:\n  according figures --measure killed --place Idlib --since 2020')  # fmt: skip
@asking
def figures(form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print the figures of the claims asked for: how many of whom, each with who says it."""
    _answer("figures", form, output, ledger, filters)


def _answer(what: What, form: str, output: str | None, ledger: str, filters: dict[str, Any]) -> None:
    from according.ledger.ledger import Ledger

    asked = question(filters)
    with Ledger(ledger) as opened:
        rows = _Counted(getattr(opened, what)(asked))
        with written(output) as out:
            _write(what, form, rows, out)
    if not rows.number and form == "table":
        click.echo(f"according: no {what} in {opened.name} are as asked for.", err=True)


def _write(what: What, form: str, rows: Iterable[Any], out: TextIO) -> None:
    from according.formats import FORMATS, answers

    if what == "claims":
        FORMATS[form].write_claims(answers.coded(rows), out)
    else:
        {"table": answers.write_table, "jsonl": answers.write_jsonl, "csv": answers.write_csv}[form](what, rows, out)


class _Counted:
    """Rows, and how many of them were taken."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.number += 1
            yield row
