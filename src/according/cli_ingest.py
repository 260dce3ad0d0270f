"""`according ingest`, `status`, `quarantine`, `recode`: whole collections into the ledger, and what became of each thing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from according.cli_options import ledger_option

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from according.ingest.told import Tally, Trouble
    from according.ledger.ledger import Ledger
    from according.ledger.stages import StageRow

#: Seconds between two lines of a log.
_EVERY = 15.0

_jobs = click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read and code.")


EPILOG = """\b
Examples:
  according ingest reports/ --jobs 2
  according ingest https://example.org/feed.xml archive.warc.gz
"""


@click.command(epilog=EPILOG)
@click.argument("origins", nargs=-1, required=True, metavar="PATH|URL...")
@_jobs
@ledger_option
def ingest(origins: tuple[str, ...], jobs: int, ledger: str) -> None:
    """Take reports into the ledger and code them; what is there already is never taken twice.

    Files and folders of pages, texts, PDFs, JSON Lines, WARC archives, zips of any of these; RSS and Atom feeds with the pages that they
    link to; answers of the ReliefWeb API; - for standard input. A run that was stopped, however it was, goes on where it stopped.
    """
    _begin()
    from according.ingest.running import ingest as run
    from according.ledger.ledger import Ledger

    with Ledger(ledger, create=True) as opened, _shown(_files(origins)) as shown:
        tally = run(opened, origins, shown, jobs=jobs)
        _grouped(opened)
    click.echo(_summary(tally, ledger), err=True)
    sys.exit(1 if tally.quarantined or tally.waiting else 0)


@click.command(epilog='\b\nExample:\n  according status')  # fmt: skip
@ledger_option
def status(ledger: str) -> None:
    """Tell what the ledger holds, and what is done, waits or is in quarantine."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        held = opened.status()
    click.echo(f"{held.name}: schema {held.schema}")
    for name, number in held.rows.items():
        click.echo(f"  {name:<22}{number:>12,}")
    for stage, states in held.stages.items():
        told = ", ".join(f"{number:,} {state}" for state, number in states.items())
        click.echo(f"  {stage:<22}{told}")
    if held.versions:
        click.echo("  coded by")
    for version, number in held.versions.items():
        click.echo(f"    {version:<44}{number:>10,} reports")


@click.group(epilog='\b\nExamples:\n  according quarantine list\n  according quarantine retry')  # fmt: skip
def quarantine() -> None:
    """See what could not be taken in, and why; try it again."""


@quarantine.command("list", epilog='\b\nExample:\n  according quarantine list --reason OverLimit')  # fmt: skip
@click.option("--reason", metavar="WORD", help="Only those with this reason.")
@ledger_option
def list_(reason: str | None, ledger: str) -> None:
    """Print what is in quarantine, a line each: its subject, stage, reason and place."""
    for row in _quarantined(ledger):
        if reason is None or row.reason == reason:
            click.echo(f"{row.subject[:16]:<18}{row.stage:<9}{row.reason or '':<14}{row.place}")


@quarantine.command(epilog='\b\nExample:\n  according quarantine show 3f2a')  # fmt: skip
@click.argument("subject", metavar="SUBJECT")
@ledger_option
def show(subject: str, ledger: str) -> None:
    """Tell all that is known of one thing in quarantine. SUBJECT is the beginning of what `list` prints first, or a part of its place."""
    found = _matching(_quarantined(ledger), subject)
    if not found:
        raise click.UsageError(f"Nothing in quarantine begins with {subject} or lies there; `according quarantine list` prints all.")
    for row in found:
        told = {"subject": row.subject, "place": row.place, "origin": row.origin, "stage": row.stage, "version": row.version}
        told |= {"reason": row.reason or "", "message": row.message or "", "tries": str(row.tries), "since": row.changed}
        for name, value in told.items():
            click.echo(f"{name:<9}{value}")
        click.echo()


@quarantine.command(epilog='\b\nExample:\n  according quarantine retry --jobs 2')  # fmt: skip
@click.argument("subjects", nargs=-1, metavar="[SUBJECTS]...")
@_jobs
@ledger_option
def retry(subjects: tuple[str, ...], jobs: int, ledger: str) -> None:
    """Try again what is in quarantine: all of it, or what SUBJECTS name as for `show`."""
    _begin()
    from according.ingest.running import retry as run
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, _shown(None) as shown:
        rows = list(opened.quarantined())
        wanted = [row for subject in subjects for row in _matching(rows, subject)] if subjects else rows
        if not wanted:
            click.echo("Nothing in quarantine is meant by that." if subjects else "Nothing is in quarantine.", err=True)
            sys.exit(1 if subjects else 0)
        tally = run(opened, wanted, shown, jobs=jobs)
        _grouped(opened)
    click.echo(_summary(tally, ledger), err=True)
    sys.exit(1 if tally.quarantined or tally.waiting else 0)


@click.command(epilog='\b\nExamples:\n  according recode --diff --jobs 2\n  according recode idlib --dry-run --diff')  # fmt: skip
@click.argument("reports", nargs=-1, metavar="[REPORTS]...")
@click.option("--diff", is_flag=True, help="Print what changes: claims gone, new and otherwise told.")
@click.option("--dry-run", is_flag=True, help="Change nothing in the ledger.")
@click.option("--all", "everything", is_flag=True, help="Also reports that this version has coded.")
@_jobs
@ledger_option
def recode(reports: tuple[str, ...], diff: bool, dry_run: bool, everything: bool, jobs: int, ledger: str) -> None:
    """Code the ledger's reports anew, those that another version of According, its model, tables or gazetteer coded.

    The machine's claims of a report are replaced at once; what people decided stays, and is laid over what the machine says now.
    REPORTS are ids or keys of reports; all by default.
    """
    _begin()
    from according.formats.changes import write
    from according.ingest.recoding import recode as run
    from according.ledger.ledger import Ledger
    from according.streams import standard_output

    changed = 0
    with Ledger(ledger) as opened, _shown(None) as shown:
        out = standard_output()
        for change in run(opened, reports, shown, jobs=jobs, everything=everything or bool(reports), dry=dry_run):
            changed += bool(change)
            if diff and change:
                write(change, out)
        tally = shown.last
        _grouped(opened)
    would = "would change" if dry_run else "changed"
    click.echo(f"according: {tally.coded:,} reports coded anew; {changed:,} of them {would}.", err=True)
    sys.exit(1 if tally.quarantined else 0)


def _grouped(ledger: Ledger) -> None:
    """Bring the events up to date, telling now and then how far it is where that takes long."""
    said = time.monotonic()
    for left in ledger.grouping():
        if left and time.monotonic() - said >= _EVERY:
            said = time.monotonic()
            click.echo(f"according: {left:,} reports are still to be grouped into events.", err=True)


def _begin() -> None:
    """Have the workers' libraries loaded while this process gets ready, and the gazetteer made where there is none."""
    from according.cli_gazetteer import made
    from according.ingest import readying

    readying.begin()
    made()


class _Shown:
    """A run told on standard error: a bar on a terminal, else a line now and then."""

    def __init__(self, bar: Progress | None, files: int | None) -> None:
        from according.ingest.told import Tally

        self.last = Tally()
        self._bar = bar
        self._task: TaskID | None = bar.add_task("", total=files) if bar else None
        self._files = files
        self._began = self._said = time.monotonic()

    def trouble(self, trouble: Trouble) -> None:
        text = f"according: {trouble.message}" + (" It will be tried again by the next run." if trouble.later else "")
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(text, err=True)

    def progress(self, tally: Tally) -> None:
        self.last = tally
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=tally.items - tally.left if self._files else 0, description=self._line(tally))
        elif time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            click.echo(f"according: {self._line(tally)}{self._left(tally)}", err=True)

    def _line(self, tally: Tally) -> str:
        rate = tally.coded / max(0.001, time.monotonic() - self._began)
        known = f", {tally.known:,} known" if tally.known else ""
        bad = f", {tally.quarantined:,} in quarantine" if tally.quarantined else ""
        return f"{tally.coded:,} reports coded, {rate:.1f} a second{known}{bad}"

    def _left(self, tally: Tally) -> str:
        done = tally.items - tally.left
        if not self._files or not done or tally.items > self._files:
            return ""
        seconds = (time.monotonic() - self._began) / done * (self._files - done)
        return f"; {done:,} of {self._files:,}, about {seconds / 60:.0f} minutes left"


@contextmanager
def _shown(files: int | None) -> Iterator[_Shown]:
    if not sys.stderr.isatty():
        yield _Shown(None, files)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    counted = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) if files else (TimeElapsedColumn(),)
    with Progress(TextColumn("{task.description}"), *counted, console=Console(stderr=True), transient=True) as bar:
        yield _Shown(bar, files)


def _files(origins: Sequence[str]) -> int | None:
    """How many items there will be, as far as that can be told before they are opened."""
    from according.ingest.running import is_address
    from according.intake import walk

    local = [origin for origin in origins if not is_address(origin)]
    return walk.count(local) if local and walk.STDIN not in local else None


def _quarantined(ledger: str) -> list[StageRow]:
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        return list(opened.quarantined())


def _matching(rows: Sequence[StageRow], told: str) -> list[StageRow]:
    return [row for row in rows if row.subject.startswith(told) or told in row.place]


def _summary(tally: Tally, ledger: str) -> str:
    from according.ledger.opening import shown

    parts = [f"{tally.reports:,} new reports", f"{tally.claims:,} claims"]
    of_them = [f"{tally.changed:,} of other versions" if tally.changed else "", f"{tally.copies:,} copies" if tally.copies else ""]
    said = ", ".join(filter(None, of_them))
    parts[0] += f" ({said})" if said else ""
    parts += [f"{tally.known:,} known already"] if tally.known else []
    parts += [f"{tally.forgotten:,} left out, as they were forgotten"] if tally.forgotten else []
    parts += [f"{tally.quarantined:,} in quarantine (see according quarantine list)"] if tally.quarantined else []
    parts += [f"{tally.waiting:,} to be tried again"] if tally.waiting else []
    return f"according: {shown(ledger)}: {'; '.join(parts)}."
