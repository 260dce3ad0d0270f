"""The edge: files, folders and standard input, one outcome a record, so that a bad one never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from according.errors import BadRecord, IntakeError, NothingToRead
from according.intake import guard, records, reports
from according.intake.reports import Outcome
from according.model import Report

STDIN = "-"
# In a folder only these are opened: what can be read, and what a person may take for a report, so that they are told that it cannot.
_READ = frozenset(["", ".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".json", ".jsonl", ".ndjson"])
_TOLD = frozenset([".pdf", ".doc", ".docx", ".odt", ".rtf", ".zip", ".gz", ".warc"])
_PEEK = 4096


def inputs(paths: Iterable[str | Path]) -> Iterator[tuple[str, Outcome]]:
    """For each report in ``paths`` its file's name and the report, or the error that says why it cannot be read.

    Folders are walked in the order of their files' names; hidden files and those of other kinds (pictures, style sheets) are left
    out; ``-`` is standard input. Two reports of one id in a run are an error for the second: their claims could not be told apart.
    """
    seen: dict[str, str] = {}
    for name, path in _files(paths):
        for outcome in _of_file(name, path):
            if isinstance(outcome, Report) and outcome.id in seen:
                first = seen[outcome.id]
                yield name, BadRecord(f"{name}: the report id {outcome.id!r} was already read from {first}; give each report its own.")
                continue
            if isinstance(outcome, Report):
                seen[outcome.id] = name
            yield name, outcome


def count(paths: Iterable[str | Path]) -> int:
    """How many files :func:`inputs` would open."""
    return sum(1 for _ in _files(paths))


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[str, Path | None]]:
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            yield "standard input", None
        elif path.is_dir():
            yield from ((str(p), p) for p in sorted(path.rglob("*")) if _is_meant(p, path))
        else:
            yield str(path), path


def _is_meant(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in _READ | _TOLD and path.is_file()


def _of_file(name: str, path: Path | None) -> Iterator[Outcome]:
    try:
        if path is not None and path.stat().st_size > guard.MOST_BYTES and _is_json_lines(path):
            yield from _streamed(name, path)
            return
        # One byte more than allowed is enough to know that it is too much, whatever the file's length.
        with path.open("rb") if path is not None else nullcontext(sys.stdin.buffer) as file:
            data = file.read(guard.MOST_BYTES + 1)
    except OSError as error:
        yield IntakeError(f"{name}: {error.strerror or error}.")
        return
    yield from reports.outcomes(data, name)


def _is_json_lines(path: Path) -> bool:
    with path.open("rb") as file:
        return records.is_json(file.read(_PEEK).decode("utf-8-sig", "replace")) and path.suffix.lower() in (".jsonl", ".ndjson")


def _streamed(name: str, path: Path) -> Iterator[Outcome]:
    """A file of JSON Lines too large to be held at once."""
    any_row = False
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            row = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
            if row.strip():
                any_row = True
                yield reports.checked_line(row, number, name)
    if not any_row:
        yield NothingToRead(f"{name}: the file is empty.")
