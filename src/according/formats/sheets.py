"""Rows under heads, of whatever they tell: as a table that a person reads, or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from according.formats.rows import safe
from according.formats.terminal import Page, visible
from according.portions import portions

#: Rows of a table that are set at once; its columns are as wide in all of them.
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Head:
    """A table's column: so many characters wide or, with a ``share``, so much of what the others leave."""

    name: str
    width: int | None = None
    share: int | None = None
    right: bool = False


def write_table(out: TextIO, heads: Iterable[Head], rows: Iterable[Iterable[str]]) -> None:
    """One line a row, or as many as it needs."""
    page, columns = Page(out), list(heads)
    for n, some in enumerate(portions(rows, _CHUNK)):
        table = Table(box=None, pad_edge=False, expand=True, show_header=n == 0, header_style="bold" if page.colour else "")
        for head in columns:
            table.add_column(head.name, width=head.width, ratio=head.share, justify="right" if head.right else "left", overflow="fold")
        for row in some:
            table.add_row(*(Text(visible(cell)) for cell in row))
        with page.console.capture() as kept:
            page.console.print(table)
        out.writelines(f"{text.rstrip()}\n" for text in kept.get().splitlines())


def write_csv(out: TextIO, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Truth as ``true`` and ``false``; what a spreadsheet would take for a formula made safe."""
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe(str(cell).lower() if isinstance(cell, bool) else cell) for name, cell in row.items()})
