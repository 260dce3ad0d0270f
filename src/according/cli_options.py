"""Options that several commands have."""

from __future__ import annotations

import click

ledger_option = click.option(
    "--ledger",
    envvar="ACCORDING_LEDGER",
    default="according.db",
    show_default=True,
    metavar="PATH|URL",
    help="The ledger: a SQLite file, or the address of a PostgreSQL database (postgresql://…); ACCORDING_LEDGER names another usual one.",
)
