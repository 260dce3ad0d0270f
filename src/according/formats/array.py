"""JSON: one array of the same records that JSON Lines has, a record a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from according.formats.jsonl import line
from according.formats.result import Coded, Heard
from according.records import claim_record, mentions_record


def write_claims(results: Iterable[Coded], out: TextIO) -> None:
    _write((line(claim_record(claim)) for coded in results for claim in coded.claims), out)


def write_mentions(results: Iterable[Heard], out: TextIO) -> None:
    _write((line(mentions_record(heard.mentions)) for heard in results), out)


def _write(lines: Iterator[str], out: TextIO) -> None:
    between = "["
    for text in lines:
        out.write(f"{between}\n{text}")
        between = ","
    out.write("[]\n" if between == "[" else "\n]\n")
