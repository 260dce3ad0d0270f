"""Words that a person looks for, taken apart so that no sign of theirs reaches a database's own query language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand one after the other; with ``begins`` the last is but the beginning of one. Letters and digits only."""

    words: tuple[str, ...]
    begins: bool = False


def terms(told: str) -> tuple[Term, ...]:
    """``regained "control of" al-Qaeda shell*`` → regained · control of · al qaeda · shell…

    Never fails: a quotation mark that is not closed closes at the end, and what holds no letter or digit is no term.
    """
    found = (_term(match) for match in _PIECE.finditer(unicodedata.normalize("NFC", told)))
    return tuple(dict.fromkeys(term for term in found if term.words))


def _term(match: re.Match[str]) -> Term:
    quoted, star, bare = match.groups()
    words = tuple(_WORD.findall(quoted if bare is None else bare))
    return Term(words, begins=bool(star) or bool(bare and bare.endswith("*")))
