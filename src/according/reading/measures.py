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
    "toll": {"NOUN", "PROPN", "ADJ"},
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
    needs: tuple[tuple[str, ...], ...] = ()  # of each, one word
    many: bool = False  # only of a crowd
    people: bool = False  # only of people


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
                own = tuple(tuple(need.split("|")) for need in needs if need != "people")
                row = Row(measure, Role(role.removeprefix("crowd_")), own, role.startswith("crowd_"), "people" in needs)
                for word in first.split("|"):
                    out.setdefault(word, []).append(row)
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


def _holds(token: Token, needs: tuple[tuple[str, ...], ...]) -> bool:
    words = [word for child in token.children for word in (child, *child.children) if not _of_part(word)]
    # "The number of dead rose", the dead hung on the verb.
    words += [t for t in token.doc[token.i + 2 : token.i + 3] if token.nbor().lower_ == "of"]
    near = {form for word in words for form in (word.lemma_.lower(), word.lower_)}
    above = _above(token)
    return all(any(word in near or (word[0] == "^" and word[1:] in above) for word in need) for need in needs)


def _of_part(word: Token) -> bool:
    """As in "nine were shot, one fatally"."""
    return word.pos_ == "ADV" and word.i > 0 and word.nbor(-1).pos_ == "NUM"


def _above(token: Token) -> set[str]:
    """The words over a clause that hangs on another: "opened fire, striking five"."""
    if token.dep_ not in ("advcl", "conj", "acl:relcl", "acl", "ccomp"):
        return set()
    return {word.lemma_.lower() for word in (token.head, *token.head.children)}


def is_place(token: Token) -> bool:
    return base(token) in listed("taking", "places")


def is_fighter(token: Token) -> bool:
    return base(token) in listed("nouns", "fighters")


def is_people(token: Token) -> bool:
    return is_fighter(token) or base(token) in listed("nouns", "people")


def is_human(token: Token) -> bool:
    """Whether a word is sure to stand for people: a person's name, a personal pronoun, "the 15-year-old"."""
    return token.pos_ == "PRON" or token.ent_type_ in ("person", "group") or is_people(token) or is_aged(token)


def is_aged(token: Token) -> bool:
    """As in "the 15-year-old"."""
    return token.lower_ in ("old", "olds") and token.dep_ != "amod" and token.i > 1 and token.doc[token.i - 2].lower_ in ("year", "month")
