"""`according events`, `event`, `merge`, `split`, `series`, `control`, `actors`: happenings, who tells of them, who holds what."""

from __future__ import annotations

from datetime import date
from typing import Any, TextIO

import click

from according.cli_filters import asking, day_option, question
from according.cli_options import ledger_option, output_option, written

RULES = ("ucdp", "acled", "airwars", "widest")  # the members of according.events.reconciling.Rule, which loads too much for --help
_RULE = click.option("--rule", type=click.Choice(RULES), default="ucdp", show_default=True, help="How rival figures become one range.")
_BY = click.option("--by", "person", required=True, metavar="NAME", help="Who decides so.")
_NOTE = click.option("--note", metavar="TEXT", help="Why, kept with the decision.")


@click.command(epilog="""\b
Examples:
  according events --country SY --since 2020-02 --type air_strike
  according events --place Saraqib --rule airwars --format csv -o saraqib.csv
  according events --reports --format jsonl
""")  # fmt: skip
@_RULE
@click.option("--reports", "by_report", is_flag=True, help="Print each report with the one event that it tells most of.")
@asking
def events(rule: str, by_report: bool, form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print the events with a claim that is asked for: where, when, who, how many by each account, and how well attested.

    An event is what several claims tell of one happening. What changed in the ledger is grouped first. The filters are those of
    `according claims`; an event is shown whole, though one of its claims alone is as asked for.
    """
    from according.events.reconciling import Rule
    from according.formats.events import write_events, write_told
    from according.ledger.ledger import Ledger

    asked = question(filters)
    with Ledger(ledger) as opened, written(output) as out:
        if by_report:
            write_told(opened.told_by(asked), form, out)
        else:
            write_events(opened.events(asked), Rule(rule), form, out)


@click.command(epilog="""\b
Examples:
  according event e128daa467a17
  according event e128daa467a17 --rule widest --format jsonl
""")  # fmt: skip
@click.argument("id", metavar="EVENT")
@_RULE
@click.option("-f", "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How to print.")
@output_option
@ledger_option
def event(id: str, rule: str, form: str, output: str | None, ledger: str) -> None:
    """Print all that is told of one event: every account's figures, who denies it, the words, and why they stand together.

    An id never dies: after a merge it leads to what the event became.
    """
    from according.events.reconciling import Rule
    from according.formats.events import write_dossier
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, written(output) as out:
        write_dossier(opened.event(id), Rule(rule), form, out)


@click.command(epilog="""\b
Example:
  according merge e128daa467a17 eb31bfa19a42c --by "A. Analyst" --note "one strike, two villages"
""")  # fmt: skip
@click.argument("one", metavar="EVENT")
@click.argument("other", metavar="EVENT")
@_BY
@_NOTE
@ledger_option
def merge(one: str, other: str, person: str, note: str | None, ledger: str) -> None:
    """Say that two events are one. It binds all later grouping; both ids lead to the event from then on."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        click.echo(opened.merge(one, other, person=person, note=note))


@click.command(epilog='\b\nExample:\n  according split e128daa467a17 4f3c2b1a09e8d7c6 --by "A. Analyst"')  # fmt: skip
@click.argument("id", metavar="EVENT")
@click.argument("told", nargs=-1, required=True, metavar="CLAIM|REPORT...")
@_BY
@_NOTE
@ledger_option
def split(id: str, told: tuple[str, ...], person: str, note: str | None, ledger: str) -> None:
    """Say that some claims of an event, or all of some reports, are of another. It binds all later grouping. Prints both ids."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        click.echo("\n".join(opened.split(id, told, person=person, note=note)))


@click.command(epilog='\b\nExample:\n  according series --country SY --measure displaced')  # fmt: skip
@asking
def series(form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print tolls over spans of time ("since the beginning of December") as series: what each report says of one window.

    Windows that differ are no rivals, and no toll is taken for an event of its own.
    """
    from according.formats.events import write_series
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, written(output) as out:
        write_series(opened.series(question(filters)), form, out)


@click.command(epilog="""\b
Examples:
  according control --as-of 2014-03-01
  according control --place Azaz --history
  according control --country SY --as-of 2013-10-01 --as-known 2013-10-15 --format csv
""")  # fmt: skip
@day_option("--as-of", "Who held it on this day; the last day that reports tell of by default.")
@day_option("--as-known", "From what was published by this day alone.")
@click.option("--history", is_flag=True, help="All spells of each place, not those of one day.")
@asking
def control(as_of: date | None, as_known: date | None, history: bool, form: str, output: str | None, ledger: str, **filters: Any) -> None:
    """Print who held which place, since when and according to whom.

    A spell ends where another side is told to have taken the place, or its holder to have left it. It is contested where another speaker
    gives the place to another side on the same days. Areas ("villages in the south of …") are marked so: a side was there.
    """
    from according.events.holdings import held
    from according.formats.events import write_holdings
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, written(output) as out:
        found = opened.holdings(question(filters), as_known)
        day = as_of or max((day for h in found for day in (h.last, h.until) if day), default=None)
        write_holdings(found if history or day is None else held(found, day), form, out)


@click.command(epilog="""\b
Examples:
  according actors "Syrian army" YPG
  according actors "the army" --country SY --year 2016
""")  # fmt: skip
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("-c", "--country", "countries", multiple=True, metavar="CODE", help="A country that the report speaks of; may be repeated.")
@click.option("-y", "--year", type=click.IntRange(1000, 2999), metavar="YEAR", help="The year that is written of.")
@click.option("--speaker", metavar="ID", help="Who uses the words: the labels that he is known to use are tried.")
def actors(words: tuple[str, ...], countries: tuple[str, ...], year: int | None, speaker: str | None) -> None:
    """Show which actor of the table words name in a report on these countries, how sure that is, and what the table says of him."""
    from according.formats.actors import write
    from according.streams import standard_output

    out: TextIO = standard_output()
    write(words, [code.upper() for code in countries], year, speaker, out)
