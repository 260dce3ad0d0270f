"""Which language a text is in: English, or another that can be named."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from according.intake import tables

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters that are looked at
_NO_LANGUAGE = ("zxx", "und", "mul", "mis")  # codes of ISO 639 for what is none, or not one
_UNNAMED = "a language that cannot be told"
_SHORTEST = 40  # letters below which a text is given the benefit of the doubt
_ENGLISH_SHARE = 0.12  # of words that are English function words; measured: English reports have .25–.55, other languages under .06


def other_than_english(text: str) -> str | None:
    """The English name of the language of ``text`` where that is surely not English, else ``None``."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < _SHORTEST:
        return None
    function_words = _function_words()
    if sum(w in function_words for w in words) >= _ENGLISH_SHARE * len(words):
        return None
    code, probability = _identifier().classify(sample)
    if code == "en" or (probability < 0.5 and _latin(words)):
        return None
    return _names().get(code, _UNNAMED if code in _NO_LANGUAGE else code)


def _latin(words: list[str]) -> bool:
    """Whether most letters are of the Latin script: no other holds English, however unsure its language is."""
    letters = "".join(words)
    return sum(letter < "\u0250" for letter in letters) * 2 >= len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    # Loaded only for a text without English function words: it takes 100 MB and half a second that most runs never need.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(tables.load("language.toml")["function_words"])


@cache
def _names() -> dict[str, str]:
    return dict(tables.load("language.toml")["names"])
