"""A text as the words that numbers are read from: lower case, each with its place in the text.

Not spaCy's tokens: "1,200" is one word here, "$5m" three, and hyphens always stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Longer runs of digits are telephone numbers and the like, not counts.
LONGEST = 15

#: A number has at most so many groups of digits, and no run of commas is looked through further: nothing is read again and again.
_WORD = re.compile(
    r"\d{1,3}(?:,\d{3}){1,40}+(?:\.\d++)?(?!,{0,40}\d)|\d{1,2}(?:,\d{2}){1,40},\d{3}(?!,{0,40}\d)|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Words:
    """``lower[i]`` is ``text[starts[i]:ends[i]]`` in lower case. Reading past either end gives the empty string."""

    text: str
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        found = list(_WORD.finditer(text))
        return cls(text, tuple(m.group().lower() for m in found), tuple(m.start() for m in found), tuple(m.end() for m in found))

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, i: int) -> str:
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def run(self, i: int, length: int) -> tuple[str, ...]:
        """The ``length`` words from ``i``, fewer at the end, none before the beginning."""
        return self.lower[i : i + length] if i >= 0 else ()

    def glued(self, i: int) -> bool:
        """Whether word ``i`` follows the word before it without a space."""
        return 0 < i < len(self.lower) and self.ends[i - 1] == self.starts[i]

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.lower) and self.text[self.starts[i]].isupper()

    def is_digits(self, i: int) -> bool:
        return self.at(i)[:1].isdecimal()

    def is_word(self, i: int) -> bool:
        return self.at(i)[:1].isalpha()

    def gap(self, i: int) -> str:
        """What stands between word ``i - 1`` and word ``i``."""
        return self.text[self.ends[i - 1] : self.starts[i]] if 0 < i < len(self.lower) else ""
