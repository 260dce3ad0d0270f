"""`according gazetteer`: the lists of places that the user adds, and what became of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from according.errors import AccordingError

if TYPE_CHECKING:
    from according.places.building import Joined
    from according.places.lists.columns import Columns
    from according.places.lists.sources import Source

T = TypeVar("T")

EPILOG = """\b
Examples:
  according gazetteer add SY IQ
  according gazetteer import villages.csv --country SY
  according gazetteer list
"""


@click.group(epilog=EPILOG)
def gazetteer() -> None:
    """Add lists of places to the gazetteer, list them, take them out.

    The gazetteer comes with the world's towns of 500 people and more. A list adds villages, districts, camps: GeoNames' own for a country,
    or a file of yours.
    """


@gazetteer.command(epilog='\b\nExample:\n  according gazetteer add SY IQ')  # fmt: skip
@click.argument("codes", nargs=-1, required=True, metavar="CODES...")
def add(codes: tuple[str, ...]) -> None:
    """Fetch every place that GeoNames has in these countries, and add them.

    CODES are ISO 3166-1 codes of two letters. A download that was cut off goes on from where it stopped; a country that is there already
    is fetched anew. GeoNames' data are under CC BY 4.0.
    """
    wanted = list(dict.fromkeys(_country(code) for code in codes))
    failed = False
    for code in wanted:
        try:
            failed |= _added(_fetched(code))
        except AccordingError as error:
            click.echo(f"according: {code}: {error}", err=True)
            failed = True
    sys.exit(1 if failed else 0)


@gazetteer.command("import", epilog='\b\nExample:\n  according gazetteer import villages.csv --columns name=Village')  # fmt: skip
@click.argument("file", type=click.Path(exists=True, dir_okay=False), metavar="FILE")
@click.option("-n", "--name", metavar="NAME", help="Call the list so; the file's name is the usual one.")
@click.option("-c", "--columns", multiple=True, metavar="FIELD=COLUMN,...", help="Which column holds what; see the docs for the fields.")
@click.option("--country", metavar="CODE", help="The country of rows that tell none, as ISO 3166-1 code of two letters.")
@click.option("--feature", metavar="CODE", help="The kind of rows that tell none, as GeoNames feature code (PPL for a settlement).")
@click.option("--credit", default="", metavar="TEXT", help="Whom to name as the source of the list, and its licence.")
def import_(file: str, name: str | None, columns: tuple[str, ...], country: str | None, feature: str | None, credit: str) -> None:
    """Add a list of your own: CSV, GeoJSON (also OCHA's COD-AB) or a GeoNames dump, as it is or in a zip."""
    from pathlib import Path

    from according.places import features
    from according.places.lists import sources

    code = _country(country) if country else None
    if feature and not features.known(feature):
        raise click.BadParameter(f"{feature} is no feature code that According places; PPL, ADM2, MT are.", param_hint="--feature")
    told = _columns(columns)
    called = sources.name_of(name or Path(file).stem)
    before = sources.named(called)
    if before:
        raise click.UsageError(
            f"There is a list {called} already, added on {before.added[:10]}. Take it out first (according gazetteer remove {called}), "
            "or give this one another name with --name."
        )
    source = sources.prepared(Path(file), called, _now(), told=told, country=code, feature=feature, credit=credit)
    if source.columns:
        pairs = ", ".join(f"{field}={column}" for field, names in source.columns.items() for column in names)
        click.echo(f"{called}: columns taken: {pairs}.")
    sys.exit(1 if _added(source) else 0)


@gazetteer.command("list", epilog='\b\nExample:\n  according gazetteer list')  # fmt: skip
def list_() -> None:
    """Print the lists that the gazetteer is made of, with what each brought."""
    from according import streams
    from according.places import building, world
    from according.places.lists import sources

    joined = building.joined()
    kept = sources.kept()
    rows = [(world.NAME, "comes with According", joined.get(world.NAME), world.CREDIT, "")]
    rows += [(s.name, s.kind, joined.get(s.name), ", ".join(filter(None, (s.credit, s.licence))), s.added[:10]) for s in kept]
    _table(rows, streams.standard_output().isatty())
    if not joined:
        click.echo("The gazetteer will be made from these when it is next used.")


@gazetteer.command(epilog='\b\nExample:\n  according gazetteer remove villages')  # fmt: skip
@click.argument("name", metavar="NAME")
def remove(name: str) -> None:
    """Take a list out; the gazetteer is made anew without it."""
    from according.places import building
    from according.places.lists import sources

    source = sources.named(name)
    if source is None:
        there = ", ".join(s.name for s in sources.kept())
        raise click.UsageError(f"There is no list {name}; " + (f"there are {there}." if there else "none was added."))
    building.remove(source, _progress)
    click.echo(f"{source.name}: taken out; the gazetteer was made anew without it.")


def made() -> None:
    """Make the gazetteer where there is none yet, and say so: it takes some seconds, once."""
    from according import streams
    from according.places import building

    if not building.current():
        click.echo("according: making the gazetteer, once; this takes about 20 seconds.", err=True)
        building.ready(lambda rows, total: streams.watched(rows, total, "making the gazetteer"))


def _country(told: str) -> str:
    from according.places import tables

    code = told.upper()
    if code not in {country.code for country in tables.countries()}:
        raise click.UsageError(f"{told} is no country's ISO 3166-1 code of two letters (SY is Syria's, GB that of the United Kingdom).")
    return code


def _columns(told: Sequence[str]) -> Columns:
    from according.places.lists import columns

    try:
        return columns.parsed(told)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--columns") from error


def _fetched(code: str) -> Source:
    from according import streams
    from according.places.lists import fetching

    with streams.downloads() as watch:
        return fetching.country(code, _now(), watch)


def _added(source: Source) -> bool:
    """Add a list and tell what became of it; whether rows of it were left out."""
    from according.places import building

    joined = building.add(source, _progress)
    click.echo(_result(source.name, joined))
    return _faults(source.name, joined)


def _result(name: str, joined: Joined) -> str:
    known = joined.read - joined.new
    places, were = "place" if joined.read == 1 else "places", "was" if known == 1 else "were"
    return f"{name}: {joined.read:,} {places} read, {joined.new:,} new, {known:,} {were} known."


def _faults(name: str, joined: Joined) -> bool:
    from according.places.lists.faults import told

    lost = [fault for fault in joined.faults if fault.lost]
    partly = [fault for fault in joined.faults if not fault.lost]
    if lost:
        click.echo(f"according: {name}: {_rows(lost)} left out: {told(lost)}.", err=True)
    if partly:
        click.echo(f"according: {name}: {_rows(partly)} went in without what is not known: {told(partly)}.", err=True)
    return bool(lost)


def _rows(of: Sequence[object]) -> str:
    return f"{len(of):,} {'row' if len(of) == 1 else 'rows'}"


def _table(rows: Sequence[tuple[str, str, Joined | None, str, str]], terminal: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold" if terminal else "")
    for head in ("name", "kind", "places", "new", "added", "credit"):
        table.add_column(head, justify="right" if head in ("places", "new") else "left", overflow="fold", no_wrap=head != "credit")
    for name, kind, joined, credit, added in rows:
        counts = (f"{joined.read:,}", f"{joined.new:,}") if joined else ("", "")
        table.add_row(name, kind, *counts, added, credit)
    Console(width=None if terminal else 120, highlight=False, markup=False).print(table)


def _progress(items: Iterable[T], total: int | None) -> Iterable[T]:
    from according import streams

    return streams.watched(items, total, "making the gazetteer" if total else "adding the list")


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat()
