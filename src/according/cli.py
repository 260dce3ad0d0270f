"""The commands. Everything of weight lies below; here are arguments, streams and the exit status.

Exit status: 0 all well; 1 some input could not be read, or not as it should be (the rest was done); 2 wrong use; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from according import __version__
from according.cli_asking import claims, figures, reports, sources
from according.cli_events import actors, control, event, events, merge, series, split
from according.cli_gazetteer import gazetteer, made
from according.cli_ingest import ingest, quarantine, recode, status
from according.cli_keeping import backup, doctor, forget
from according.cli_options import output_option, written
from according.cli_people import audit, user
from according.cli_serving import demo, serve
from according.errors import AccordingError

if TYPE_CHECKING:
    from according.batch import Failure
    from according.model import Report

R = TypeVar("R")

OUTPUTS = ("table", "jsonl", "json", "csv")  # the names of according.formats.FORMATS, which loads too much for --help

EPILOG = """\b
Examples:
  according code page.html
  according code reports/ --format jsonl -o claims.jsonl --jobs 2
  cat statement.txt | according code
  according explain page.html --match "regained control"
"""


class _Commands(click.Group):
    """Commands whose reader may have had enough before they are done, as `head` does: that is no failure."""

    def invoke(self, ctx: click.Context) -> Any:
        from according import streams

        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            streams.abandon()
            if isinstance(error.__context__, KeyboardInterrupt):  # it often ends the reader of the pipe as well
                raise KeyboardInterrupt from None
            sys.exit(0)


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Who says what happened, where, when, to whom and how many, each tied to the exact words.

    FILES are saved web pages, plain texts, PDFs, JSON Lines of reports, zip and WARC archives, folders of these, or - for standard input
    (also when no FILES are given). Exit status: 0 all well, 1 something was wrong with some input and the rest was done, 2 wrong use.
    """


_files = click.argument("files", nargs=-1, metavar="FILES...")
_jobs = click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes; the output is the same.")


def _form(of: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "-f", "--format", "form", type=click.Choice(OUTPUTS), default="table", show_default=True, help=f"How to print the {of}."
    )


@cli.command(epilog='\b\nExample:\n  according code page.html statement.txt --format csv -o claims.csv')  # fmt: skip
@_files
@_form("claims")
@output_option
@_jobs
def code(files: tuple[str, ...], form: str, output: str | None, jobs: int) -> None:
    """Print the claims of each report: who says what happened, with the words."""
    from according import pipeline
    from according.formats import FORMATS

    _over_files(files, pipeline.coded, FORMATS[form].write_claims, output, jobs)


@cli.command(epilog='\b\nExample:\n  according read page.html --format jsonl')  # fmt: skip
@_files
@_form("mentions")
@output_option
@_jobs
def read(files: tuple[str, ...], form: str, output: str | None, jobs: int) -> None:
    """Print all that each report mentions: names, places, times, figures, and who is told to have said what."""
    from according import pipeline
    from according.formats import FORMATS

    _over_files(files, pipeline.heard, FORMATS[form].write_mentions, output, jobs)


@cli.command(epilog='\b\nExample:\n  according explain page.html --match "regained control"')  # fmt: skip
@click.argument("file", required=False)
@click.option("-s", "--sentence", type=click.IntRange(1), metavar="N", help="The report's Nth sentence, from 1.")
@click.option("-m", "--match", metavar="TEXT", help="Every sentence that holds TEXT, in capitals or not.")
def explain(file: str | None, sentence: int | None, match: str | None) -> None:
    """Show how a sentence was read: its tree, and which frames and rules made or refused each claim.

    Without --sentence and --match the report's sentences are listed with their numbers.
    """
    from according.explain import write

    failed = _Failed()
    for report in _reports(_named((file,) if file else ()), failed):
        if not write(report, sys.stdout, number=sentence, words=match):
            failed.add(f"{report.id} has no such sentence.")
    sys.exit(failed.status)


@cli.command(epilog='\b\nExamples:\n  according places "Kafr Nabl"\n  according places Tripoli --with Lebanon')  # fmt: skip
@click.argument("names", nargs=-1, required=True, metavar="NAMES...")
@click.option("-w", "--with", "beside", multiple=True, metavar="NAME", help="Another place that the same report names; may be repeated.")
@click.option("-n", "--most", type=click.IntRange(1), default=5, show_default=True, help="Show so many candidates of each name.")
def places(names: tuple[str, ...], beside: tuple[str, ...], most: int) -> None:
    """Show what place names may mean, and why: the candidates, how sure, and what speaks for each."""
    from according import places as rooms
    from according.placenames import write

    made()
    write(names, beside, rooms.gazetteer(), sys.stdout, most=most)


cli.add_command(gazetteer)
_COMMANDS = (
    *(ingest, status, quarantine, recode),
    *(claims, reports, sources, figures, events, event, series, control, merge, split, actors),
    *(backup, doctor, forget, user, audit, serve, demo),
)
for _command in _COMMANDS:
    cli.add_command(_command)


class _Failed:
    """The inputs that could not be read, or not as they should be: each told on standard error when it is met."""

    def __init__(self) -> None:
        self.status = 0

    def add(self, message: str) -> None:
        self.status = 1
        click.echo(f"according: {message}", err=True)


def _over_files(
    files: tuple[str, ...], task: Callable[[Report], R], write: Callable[[Iterable[R], TextIO], None], output: str | None, jobs: int
) -> None:
    from according import batch

    failed = _Failed()
    made()
    with written(output) as out:
        # A table that runs down the same terminal shows its own progress.
        reports = _reports(_named(files), failed, bar=not out.isatty())
        write(_done(batch.each(task, reports, jobs), failed), out)
    sys.exit(failed.status)


def _named(files: tuple[str, ...]) -> Sequence[str]:
    if files:
        return files
    if sys.stdin.isatty():
        raise click.UsageError("No FILES given, and nothing on standard input.")
    return ("-",)


def _reports(files: Sequence[str], failed: _Failed, *, bar: bool = False) -> Iterator[Report]:
    """The reports of the files; what is none is told and passed over."""
    from according import streams
    from according.intake import count, inputs
    from according.model import Report

    outcomes = inputs(files)
    if bar and sys.stderr.isatty():
        outcomes = streams.counted(outcomes, count(files))
    for name, outcome in outcomes:
        if isinstance(outcome, Report):
            for note in outcome.notes:
                failed.add(f"{name}: {note}.")
            yield outcome
        else:
            failed.add(str(outcome))


def _done(results: Iterable[R | Failure], failed: _Failed) -> Iterator[R]:
    from according.batch import Failure

    for result in results:
        if isinstance(result, Failure):
            failed.add(result.message)
        else:
            yield result


def main() -> None:
    """The ``according`` command: ends the process with the exit status."""
    try:
        status = cli.main(prog_name="according", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except AccordingError as error:
        click.echo(f"according: {error}", err=True)
        status = 1
    sys.exit(status)
