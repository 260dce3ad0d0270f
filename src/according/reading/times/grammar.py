"""The forms that times take: grammar.toml made into regular expressions over words, and what they find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from according.reading.times.words import Coder, Words, load

_ATOM = re.compile(
    r"\((?P<field>[a-z]+[0-9]?):|@(?P<name>[a-z]+)|(?P<word>[a-z]+|[0-9]+)|(?P<space>\s+)|(?P<other>\(\?<?[:!=]|.)",
    re.DOTALL,
)
_MACRO = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a time. ``fixed`` are fields that the form says by itself; ``split`` names the field that is a time of its own."""

    kind: str
    pattern: re.Pattern[str]
    fields: dict[str, str]  # name of a regular expression's group → field
    fixed: dict[str, Any]
    split: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to ``last`` (exclusive) read as ``form``; ``fields`` says which words (first, exclusive last) fill which field."""

    first: int
    last: int
    form: Form
    fields: dict[str, tuple[int, int]]


def _expand(text: str, macros: dict[str, str]) -> str:
    while _MACRO.search(text):
        text = _MACRO.sub(lambda m: f"(?:{macros[m.group(1)]})", text)
    return text


def _pieces(text: str) -> Iterator[re.Match[str]]:
    yield from _ATOM.finditer(text)


def _compile(text: str, coder: Coder, fields: dict[str, str]) -> str:
    out = []
    for piece in _pieces(text):
        if name := piece["field"]:
            group = f"{name}__{len(fields)}"
            fields[group] = name
            out.append(f"(?P<{group}>")
        elif piece["name"]:
            out.append(f"[{coder.members(piece['name'])}]")
        elif piece["word"]:
            out.append(f"[{coder.members('=' + piece['word'])}]")
        elif piece["other"]:
            out.append(piece["other"])
    return "".join(out)


class _First:
    """Which characters a form can begin with: the piece that lets most words of a text be passed over without trying any form."""

    def __init__(self, text: str, coder: Coder) -> None:
        self._pieces = [piece for piece in _pieces(text) if not piece["space"]]
        self._coder = coder
        self._at = 0
        self.chars, self.empty = self._either()

    def _either(self) -> tuple[set[str], bool]:
        chars, empty = self._sequence()
        while self._take("|"):
            more, also = self._sequence()
            chars, empty = chars | more, empty or also
        return chars, empty

    def _sequence(self) -> tuple[set[str], bool]:
        chars: set[str] = set()
        empty = True
        while self._at < len(self._pieces) and self._pieces[self._at]["other"] not in ("|", ")"):
            more, skipped = self._item()
            if empty:
                chars |= more
                empty = skipped
        return chars, empty

    def _item(self) -> tuple[set[str], bool]:
        piece = self._pieces[self._at]
        self._at += 1
        if piece["name"] or piece["word"]:
            chars, empty = set(self._coder.members(piece["name"] or "=" + piece["word"])), False
        else:
            chars, empty = self._either()
            self._take(")")
            if piece["other"] and piece["other"][-1] in "=!":
                return set(), True
        return chars, self._take("?") or empty

    def _take(self, mark: str) -> bool:
        found = self._at < len(self._pieces) and self._pieces[self._at]["other"] == mark
        self._at += found
        return found


class Grammar:
    """All forms over one set of words. ``find`` gives the times of a text, left to right, none inside another."""

    def __init__(self) -> None:
        raw = load("grammar.toml")
        texts = [(row, _expand(line, raw["macro"])) for row in raw["form"] for line in row["like"]]
        literals = frozenset(piece["word"] for _, text in texts for piece in _pieces(text) if piece["word"])
        self.coder = Coder(literals)
        self.forms = [self._form(row, text) for row, text in texts]
        self._by_first: dict[str, list[Form]] = {}
        for (_, text), form in zip(texts, self.forms, strict=True):
            for char in _First(text, self.coder).chars:
                self._by_first.setdefault(char, []).append(form)

    def _form(self, row: dict[str, Any], text: str) -> Form:
        fields: dict[str, str] = {}
        pattern = re.compile(_compile(text, self.coder, fields))
        fixed = {key: value for key, value in row.items() if key not in ("kind", "like", "split")}
        return Form(row["kind"], pattern, fields, fixed, row.get("split"))

    def find(self, words: Words) -> list[Match]:
        """Longest first among those that begin at one word; of two that overlap, the earlier stands."""
        kept, at, codes = [], 1, words.codes
        while at < len(codes):
            best: re.Match[str] | None = None
            for form in self._by_first.get(codes[at], ()):
                hit = form.pattern.match(codes, at)
                if hit and hit.end() > (best.end() if best else at):
                    best, chosen = hit, form
            if best:
                kept.append(_match(best, chosen))
            at = best.end() if best else at + 1
        return kept


def _match(hit: re.Match[str], form: Form) -> Match:
    # One is taken off everywhere: the codes have a character before the first word.
    fields = {form.fields[name]: (hit.start(name) - 1, hit.end(name) - 1) for name in form.fields if hit.end(name) > hit.start(name)}
    return Match(hit.start() - 1, hit.end() - 1, form, fields)


@cache
def grammar() -> Grammar:
    """The grammar as shipped, made once."""
    return Grammar()
