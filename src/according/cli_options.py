"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

ledger_option = click.option(
    "--ledger",
    envvar="ACCORDING_LEDGER",
    default="according.db",
    show_default=True,
    metavar="PATH|URL",
    help="The ledger: a SQLite file, or the address of a PostgreSQL database (postgresql://…); ACCORDING_LEDGER names another usual one.",
)

form_option = click.option(
    "-f", "--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to print."
)
output_option = click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all, instead of standard output.")


@contextmanager
def written(output: str | None) -> Iterator[TextIO]:
    """Where the answer goes: a file, or standard output. One that cannot be written is wrong use."""
    from according import streams

    try:
        with streams.opened(output) as out:
            yield out
            out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.UsageError(f"{output or 'standard output'} cannot be written: {error.strerror or error}.") from error
