"""JSON Lines: one record a line, UTF-8, the same bytes for the same claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TextIO

from according.formats.result import Coded, Heard
from according.records import Record, claim_record, mentions_record

# Python's own str.splitlines, and others' readers, end a line at these; JSON lets them stand bare. Lone surrogates have no UTF-8.
_NOT_BARE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def line(record: Record) -> str:
    """A record on one line, without the line's end."""
    return _NOT_BARE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(record, ensure_ascii=False, separators=(", ", ": ")))


def write_claims(results: Iterable[Coded], out: TextIO) -> None:
    for coded in results:
        for claim in coded.claims:
            out.write(line(claim_record(claim)) + "\n")


def write_mentions(results: Iterable[Heard], out: TextIO) -> None:
    for heard in results:
        out.write(line(mentions_record(heard.mentions)) + "\n")
