"""Ways out for claims and mentions: one module a format, one registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from according.formats import array, jsonl, rows, terminal
from according.formats.result import Coded, Heard


@dataclass(frozen=True, slots=True)
class Format:
    """A format's name, what it is for, and its two writers. A writer takes results as they come and writes them at once."""

    name: str
    about: str
    write_claims: Callable[[Iterable[Coded], TextIO], None]
    write_mentions: Callable[[Iterable[Heard], TextIO], None]


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("table", "for a person to read", terminal.write_claims, terminal.write_mentions),
        Format("jsonl", "one record a line", jsonl.write_claims, jsonl.write_mentions),
        Format("json", "one array of the same records", array.write_claims, array.write_mentions),
        Format("csv", "one row a claim or mention", rows.write_claims, rows.write_mentions),
    )
}
