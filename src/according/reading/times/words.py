"""Text → words with classes, each class-set written as one character, so that a grammar of times is a regular expression over words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from according.data import toml

#: A line this long that runs on into a line with no capital is one wrapped sentence, not two.
WRAPPED_AT = 40

_TOKEN = re.compile(
    r"\n\s*|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{3}0['’]?s\b|['’][0-9]0s\b|[0-9]{1,2}(?:st|nd|rd|th)\b"
    r"|(?<![0-9]\.)[0-9]+\.[0-9]+(?![.0-9])|[0-9]+|\b[apAP]\.\s?[mM]\b\.?|[^\W\d_]+|\S"
)
_MARKS = {
    ",": "comma", ".": "dot", "/": "slash", ":": "colon", ";": "semicolon", "(": "open", "[": "open", ")": "close", "]": "close",
    "'": "apostrophe", "’": "apostrophe", "%": "percent", "#": "hash", "$": "currency", "€": "currency", "£": "currency",
    "!": "end", "?": "end", "…": "end", '"': "end", "“": "end", "”": "end", "|": "end",
} | dict.fromkeys("-‐‑‒–—−", "dash")  # fmt: skip


def load(name: str) -> dict[str, Any]:
    """A table of this package."""
    return toml(__package__, name)


def _lexicon() -> tuple[dict[str, dict[str, Any]], dict[str, frozenset[str]], frozenset[str]]:
    raw = load("lexicon.toml")
    classes: dict[str, set[str]] = {}
    for name, words in (*raw["value"].items(), *raw["list"].items()):
        for word in words:
            classes.setdefault(word, set()).add(name)
    return raw["value"], {word: frozenset(names) for word, names in classes.items()}, frozenset(raw["needs_capital"])


#: What each word of a class means; the classes of each word; words that count only with a capital.
VALUES, CLASSES, NEEDS_CAPITAL = _lexicon()


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words. ``codes`` has one character a word, with one more before the first and one after the last."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    codes: str

    def __len__(self) -> int:
        return len(self.starts)


def number_classes(digits: str) -> frozenset[str]:
    """What a run of digits may be: a day, a month, an hour, a year … ``round`` is a year that may well be a count."""
    found, size = {"integer"}, len(digits)
    value = int(digits) if size <= 4 else -1
    if size <= 2:
        found |= {name for name, low, high in (("day", 1, 31), ("mm", 1, 12), ("hour", 0, 24)) if low <= value <= high}
        if size == 2:
            found |= {"two", "minute"} if value < 60 else {"two"}
    if size == 4 and value < 2400 and value % 100 < 60:
        found.add("hhmm")
    if size == 4 and 1000 <= value <= 2100:
        found |= {"year", "modern"} if 1700 <= value <= 2039 else {"year"}
        if (value % 100 == 0 and value != 2000) or value % 1000 == 0:
            found.add("round")
    return frozenset(found)


def _word_classes(word: str, literals: frozenset[str]) -> frozenset[str]:
    lower = word.lower()
    found = {"letter", "lower" if word == lower else "capital"}
    if lower not in NEEDS_CAPITAL or word != lower:
        found |= CLASSES.get(lower, frozenset())
    if word != lower:
        found.discard("counted")  # a title's first word after a date: "30 July 2014 Troops enter …"
    if lower in literals:
        found.add("=" + lower)
    if word == lower and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.add("plural")
    return frozenset(found)


class Coder:
    """Gives each set of classes a character. ``literals`` are words that the grammar names by themselves."""

    def __init__(self, literals: frozenset[str]) -> None:
        self._literals = literals
        sets = {frozenset({mark}) for mark in (*_MARKS.values(), "break", "mark", "decimal", "ordinal", "decade", "ampm", "bignumber")}
        sets |= {self._number(f"{n:0{size}d}") for size in (1, 2, 3, 4, 5) for n in range(10 ** min(size, 4))}
        known = {*CLASSES, *literals}
        sets |= {_word_classes(form, literals) for word in known for form in (word, word.capitalize())}
        sets |= {_word_classes(word, literals) for word in ("xx", "Xx", "xxxxs")}
        self.code = {found: chr(0x100 + n) for n, found in enumerate(sorted(sets, key=sorted))}
        self.of = lru_cache(maxsize=32768)(self._of)

    def members(self, name: str) -> str:
        """The characters of all sets that hold class ``name``; ValueError where there are none, so that a misspelt class is found."""
        found = "".join(char for classes, char in self.code.items() if name in classes)
        if not found:
            raise ValueError(f"no word is of class {name!r}")
        return found

    def _of(self, token: str) -> str:
        first = token[0]
        if first.isalpha():
            return self.code[frozenset({"ampm"}) if "." in token else _word_classes(token, self._literals)]
        return self.code[self._number(token) if token.isdecimal() and token.isascii() else _shape(token)]

    def _number(self, digits: str) -> frozenset[str]:
        return number_classes(digits) | {"=" + digits} if digits in self._literals else number_classes(digits)

    def words(self, text: str) -> Words:
        """Cut ``text`` into words; a line's end is a word too (class ``break``) unless the line was merely wrapped."""
        starts, ends, lower, codes = [], [], [], [self.code[frozenset({"break"})]]
        line = 0
        for match in _TOKEN.finditer(text):
            token, start = match.group(), match.start()
            if token[0] == "\n":
                if _wrapped(text, line, match):
                    continue
                line, token = match.end(), "\n"
            starts.append(start)
            ends.append(start + len(token))
            lower.append(token.lower())
            codes.append(self.of(token) if len(token) < 40 else self.of("xx"))
        return Words(text, starts, ends, lower, "".join(codes) + codes[0])


def _shape(token: str) -> frozenset[str]:
    if any(char in "0123456789" for char in token):
        if "," in token:
            return frozenset({"bignumber"})
        if "." in token:
            return frozenset({"decimal"})
        return frozenset({"decade" if token.endswith("0s") or token[-2] in "'’" else "ordinal"})
    return frozenset({"break" if token == "\n" else _MARKS.get(token, "mark")})


def _wrapped(text: str, line: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    return (
        match.group().count("\n") == 1
        and match.start() - line >= WRAPPED_AT
        and not following.isupper()
        and text[match.start() - 1] not in ".!?:"
    )
