"""CSV lists of places: rows under a header, each column's meaning told or plain."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from according.errors import BadSource
from according.places.lists import columns, listed, packed
from according.places.lists.columns import Columns
from according.places.lists.faults import Fault, Outcome
from according.places.lists.listed import Options, Told

_DELIMITERS = ",;\t|"
#: A row over more lines than these has lost a quotation mark: notes in cells are shorter.
_LINES = 25


def header(path: Path) -> list[str]:
    """The columns of a list. Raises ``BadSource`` where there is no header."""
    with packed.opened(path, newline="") as text:
        return _head(text, path.name)[1]


def outcomes(path: Path, held: Columns, options: Options) -> Iterator[Outcome]:
    """The places of a list whose columns hold what ``held`` says, and what is wrong with the rows that give none."""
    return listed.singled(_outcomes(path, held, options))


def _outcomes(path: Path, held: Columns, options: Options) -> Iterator[Outcome]:
    with packed.opened(path, newline="") as text:
        delimiter, names, lines = _head(text, path.name)
        columns.checked(held, names, path.name)
        at = {field: [names.index(column) for column in told] for field, told in held.items()}
        for line, row in _rows(text, delimiter, len(names), lines):
            if isinstance(row, str):
                yield Fault(f"line {line}", row)
            else:
                told: dict[str, Any] = {field: row[numbers[0]] for field, numbers in at.items() if numbers}
                told["names"] = tuple(row[number] for number in at.get("names", ()))
                yield from listed.outcomes(line, f"line {line}", Told(**told), options)


def _head(text: TextIO, file: str) -> tuple[str, list[str], int]:
    """The delimiter that parts the first line into most columns, these, and the number of that line."""
    lines, first = 1, text.readline()
    while first and not first.strip():
        lines, first = lines + 1, text.readline()
    try:
        heads = [(delimiter, next(csv.reader([first], delimiter=delimiter), [])) for delimiter in _DELIMITERS]
    except csv.Error as error:
        raise BadSource(f"{file}: its first line is no header of a CSV list ({error}).") from error
    delimiter, names = max(heads, key=lambda head: len(head[1]))
    if len(names) < 2:
        raise BadSource(f"{file}: its first line is no header of a CSV list; columns are parted by a comma, semicolon, tab or bar.")
    return delimiter, [name.strip() for name in names], lines


def _rows(text: TextIO, delimiter: str, wide: int, before: int) -> Iterator[tuple[int, Sequence[str] | str]]:
    """Each row that is not empty, with its line in the file; a sentence in its place where it cannot be read."""
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        line = before + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"the row cannot be read ({error})"
            continue
        if not any(cell.strip() for cell in row):
            continue
        if (over := before + reader.line_num + 1 - line) > _LINES:
            yield line, f"the row runs over {over} lines: a quotation mark is not closed"
        elif len(row) != wide:
            yield line, f"it has {len(row)} columns and the header {wide}"
        else:
            yield line, row
