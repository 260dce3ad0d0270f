"""Which words make a number a number of killed, displaced, destroyed …: the rows of ``measures.toml`` against a tree."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from according.data import toml
from according.reading.lemmas import lemma

_WORDS_OF = {
    "patient": {"VERB"},
    "subject": {"VERB", "AUX"},
    "state": {"ADJ", "VERB", "NOUN", "PROPN"},
    "of": {"NOUN", "PROPN"},
    "self": {"NOUN", "PROPN"},
    "toll": {"NOUN", "PROPN"},
}


class Role(enum.StrEnum):
    """How a governing word holds what is counted; see the head of ``measures.toml``."""

    PATIENT = "patient"
    SUBJECT = "subject"
    STATE = "state"
    OF = "of"
    SELF = "self"
    TOLL = "toll"


@dataclass(frozen=True, slots=True)
class Row:
    """One governing word: its measure, the role of what it counts, and the words that must hang on it."""

    measure: str
    role: Role
    needs: tuple[str, ...] = ()
    many: bool = False  # only of a crowd


@cache
def table() -> dict[str, Any]:
    """The whole of ``measures.toml``."""
    found: dict[str, Any] = toml(__package__, "measures.toml")
    return found


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """One list of words of the table."""
    return frozenset(table()[section][name])


@cache
def _rows() -> dict[str, tuple[Row, ...]]:
    out: dict[str, list[Row]] = {}
    for measure, roles in table().items():
        if measure in ("nouns", "times"):
            continue
        for role, entries in roles.items():
            if role in ("places", "crowd"):
                continue
            for entry in entries:
                first, *needs = entry.split()
                row = Row(measure, Role(role.removeprefix("crowd_")), tuple(needs), role.startswith("crowd_"))
                out.setdefault(first, []).append(row)
    return {word: tuple(sorted(rows, key=lambda row: -len(row.needs))) for word, rows in out.items()}


def base(token: Token) -> str:
    """The dictionary form, also of a word that a headline has capitalised."""
    if token.pos_ == "PROPN":
        return lemma(token.lower_, "NOUN")
    return str(token.lemma_).lower()


def rows(token: Token) -> Iterator[Row]:
    """The rows that ``token`` fits, one for each measure and role, the most exact first."""
    known = _rows()
    forms = {base(token), token.lower_, *([lemma(token.lower_, "VERB")] if token.pos_ == "PROPN" or token.tag_ in ("VBN", "JJ") else [])}
    seen: set[tuple[str, Role]] = set()
    exact: set[Role] = set()
    for form in sorted(forms):
        for row in known.get(form, ()):
            if token.pos_ not in _WORDS_OF[row.role] and not _headline(token, row.role):
                continue
            if not row.needs and row.role in exact:  # "shot down" is not "shot"
                continue
            if (row.measure, row.role) not in seen and (not row.needs or _holds(token, row.needs)):
                seen.add((row.measure, row.role))
                if row.needs:
                    exact.add(row.role)
                yield row


def _headline(token: Token, role: Role) -> bool:
    """A participle taken for a name or an adjective: "70 Militants Killed"."""
    return role is Role.PATIENT and token.lower_.endswith(("ed", "en", "t", "in")) and token.pos_ in ("PROPN", "ADJ", "NOUN")


def _holds(token: Token, needs: tuple[str, ...]) -> bool:
    near = {form for child in token.children for form in (child.lemma_.lower(), child.lower_)}
    near |= {form for child in token.children for below in child.children for form in (below.lemma_.lower(), below.lower_)}
    return all(word in near for word in needs)


def is_place(token: Token) -> bool:
    return base(token) in listed("taking", "places")


def is_fighter(token: Token) -> bool:
    return base(token) in listed("nouns", "fighters")


def is_people(token: Token) -> bool:
    return is_fighter(token) or base(token) in listed("nouns", "people")
