"""`according backup`, `doctor`, `forget`: keeping a ledger safe, sound and within what may be kept."""

from __future__ import annotations

import sys

import click

from according.cli_options import ledger_option


@click.command(epilog='\b\nExample:\n  according backup ledger-2031-05-04.db')  # fmt: skip
@click.argument("file", type=click.Path(dir_okay=False), metavar="FILE")
@ledger_option
def backup(file: str, ledger: str) -> None:
    """Copy the ledger, as it is at this moment, to a new SQLite file. Others may go on writing meanwhile.

    FILE is a ledger of its own: --ledger FILE asks it. A PostgreSQL ledger is copied to such a file as well.
    """
    from pathlib import Path

    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.backup(file)
    click.echo(f"according: {opened.name} copied to {file}, {Path(file).stat().st_size / 1e6:,.1f} MB.", err=True)


@click.command(epilog='\b\nExample:\n  according doctor')  # fmt: skip
@click.option("--mend", is_flag=True, help="Make the search indexes anew, and the links between versions and copies.")
@ledger_option
def doctor(mend: bool, ledger: str) -> None:
    """Check that the ledger is sound: its file, its references, and every span's words against its report's text.

    Prints what is wrong, a line each; the exit status is 1 if anything is.
    """
    from according.ledger.ledger import Ledger

    found = 0
    with Ledger(ledger) as opened:
        if mend:
            opened.mend()
        for fault in opened.faults():
            found += 1
            click.echo(f"{fault.kind:<10}{fault.message}")
        held = opened.status()
    told = f"{found:,} faults" if found else "sound"
    click.echo(f"{held.name}: schema {held.schema}; {held.rows['reports']:,} reports, {held.rows['claims']:,} claims: {told}.")
    sys.exit(1 if found else 0)


@click.command(epilog='\b\nExample:\n  according forget idlib --why "names a witness who asked to be left out"')  # fmt: skip
@click.argument("report", metavar="REPORT")
@click.option("--why", required=True, metavar="TEXT", help="The reason, kept with the tombstone.")
@click.option("--by", "person", metavar="NAME", help="Who decided so.")
@ledger_option
def forget(report: str, why: str, person: str | None, ledger: str) -> None:
    """Remove a report, its claims and what was decided of them for good. REPORT is its id or key.

    A tombstone stays, with the reason: the same report is not taken in again. Backups made before are not touched.
    """
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        identity, others = opened.forget(report, why, person)
    click.echo(f"according: {identity} is forgotten.", err=True)
    if others:
        click.echo(f"according: {others} other versions of it are still there; `according reports --versions` lists them.", err=True)
