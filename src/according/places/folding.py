"""Names as they are spelt: keys under which spellings of one name fall together.

Three keys, from strict to loose. ``plain``: capitals, diacritics, apostrophes and hyphens off; native scripts keep their letters.
``sounded``: the romanisation evened out by the rules of folding.toml. ``skeleton``: its consonants. Equal plain keys are one spelling;
equal sounded keys may be one name; equal skeletons are worth comparing, within one country, and no more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from according.data import toml

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʻʾʿ‛′ʹʺ\u200c\u200d\u200e\u200f")  # before NFKD, which makes a space of "´"
#: Letters that no diacritic comes off from, in Latin alphabets; and Arabic letters that keyboards and languages swap.
_LETTERS = _APOSTROPHES | str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ß": "ss",
     "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ة": "ه", "ە": "ه", "ـ": None, "ٱ": "ا"}
)  # fmt: skip
#: What stands between words. The vowel signs of the Indic and Burmese scripts are no letters to \\w, but part of the word; so are those of
#: Thaana, N'Ko, Adlam, Meitei and Chakma, and the voicing marks of Japanese.
_APART = re.compile(
    "(?:[^\\w\u0900-\u0963\u0966-\u1049\u104c-\u109f\u1780-\u17d3\u07a6-\u07b0\u07eb-\u07f3\u3099\u309a"
    "\ua9e5\uaa7b-\uaa7d\uabe3-\uabed\U00011100-\U00011134\U0001e944-\U0001e94a]|_)+"
)
#: Diacritics of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts. The marks of other scripts spell the word.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
_VOWELS = re.compile(r"[aeiou]+")
_DOUBLE = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")


@dataclass(frozen=True, slots=True)
class _Rules:
    articles: frozenset[str]
    sun_articles: frozenset[str]
    links: frozenset[str]
    words: Mapping[str, str]
    letters: Mapping[str, str]
    letter: re.Pattern[str]
    consonants: dict[int, str]


@cache
def _rules() -> _Rules:
    raw = toml("according.places", "data/folding.toml")
    return _Rules(
        frozenset(raw["articles"].split()),
        frozenset(raw["sun_articles"].split()),
        frozenset(raw["links"].split()),
        {variant: first for first, row in raw["words"].items() for variant in row.split()},
        raw["letters"],
        re.compile("|".join(sorted(map(re.escape, raw["letters"]), key=len, reverse=True))),
        str.maketrans(raw["consonants"]),
    )


def plain(name: str) -> str:
    """“Ma‘arrat an-Nu‘mān” → “maarrat an numan”. Empty where a name has no letter or digit."""
    if not name.isascii():
        name = name.translate(_APOSTROPHES)
        name = _MARKS.sub("", unicodedata.normalize("NFKD", name).casefold()).translate(_LETTERS)
    else:
        name = name.casefold().replace("'", "").replace("`", "")
    return _APART.sub(" ", name.replace(".", "")).strip()


def is_element(name: str) -> bool:
    """Whether a name is but a part that many names begin with: "Abu", "Al", "Tal"."""
    key, rules = plain(name), _rules()
    return key in rules.articles or key in rules.words or key in rules.words.values()


def sounded(key: str) -> str:
    """The romanisation of a plain key evened out: “maarrat an numan” and “maaret al numan” → “maratnuman”. Empty for other scripts."""
    if not key.isascii():
        return ""
    rules = _rules()
    words = key.split()
    kept: list[str] = []
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else ""
        if after and (word in rules.articles or (word in rules.sun_articles and after[0] == word[1])):
            continue
        if after and kept and word in rules.links:
            continue
        kept.append(_letters(rules.words.get(word, word)))
    return "".join(kept)


@lru_cache(maxsize=1 << 16)
def _letters(word: str) -> str:
    rules = _rules()
    word = _FINAL_H.sub("", rules.letter.sub(lambda m: rules.letters[m[0]], word))
    return _DOUBLE.sub(r"\1", word)


def skeleton(sound: str) -> str:
    """The consonants of a sounded key, a first vowel kept as “a”: “maratnuman” → “mrtnmn”."""
    first = "a" if sound.startswith(("a", "e", "i", "o", "u")) else ""
    return first + _VOWELS.sub("", _DOUBLE.sub(r"\1", sound.translate(_rules().consonants)))


def likeness(a: str, b: str) -> float:
    """How alike two sounded keys are, 0 to 1: letters by which they differ, a vowel for a vowel counting half.

    Of names with different skeletons only those one letter apart are alike at all: so Goma is not Roma, and Raqqa is Raqa.
    """
    if a == b:
        return 1.0
    apart = DamerauLevenshtein.distance(skeleton(a), skeleton(b))
    longest = max(len(a), len(b))
    if not longest or apart > (0 if longest < 6 else 1):
        return 0.0
    vowels = max(Levenshtein.distance(a, b) - apart, 0)
    return max(0.0, 1.0 - (1.5 * apart + 0.5 * vowels) / longest)
