"""What surrounds a time: its sentence, the tense around it, and whether a text tells news or a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from according.reading.times.atoms import Atom
from according.reading.times.words import CLASSES, Words

#: How far the verb that a time goes with is looked for, in words.
REACH = 24
#: A history has at least so many dates with month and year, and for each time told from the day of speaking so many of them.
HISTORY_DATES = 3
HISTORY_SHARE = 3
#: Words that stand before a date at a sentence's head.
_BEFORE = frozenset({"on", "in", "by", "at", "of", "since", "during", "until", "from", "after", "before", "around"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her"})
_NEEDS_TO = frozenset({"set", "going", "plans", "plan", "poised", "hopes"})
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "gen", "col", "maj", "lt", "capt", "sgt", "st", "no", "vs"})


def sentences(words: Words) -> list[int]:
    """The number of the sentence that each word is in, roughly."""
    out, current = [], 0
    for n, word in enumerate(words.lower):
        out.append(current)
        if word == "\n" or word in "!?" or (word == "." and _stops(words, n)):
            current += 1
    return out


def _stops(words: Words, n: int) -> bool:
    if n + 1 >= len(words):
        return True
    before, after = words.lower[n - 1] if n else "", words.text[words.starts[n + 1]]
    return not after.islower() and words.ends[n] < words.starts[n + 1] and len(before) > 1 and before not in _TITLES


def _points(words: Words, n: int, tags: Mapping[int, str]) -> bool | None:
    """True where word ``n`` speaks of what is to come, False where of what was, else None."""
    word, before = words.lower[n], words.lower[n - 1] if n else ""
    one, two = (words.lower[n + step] if n + step < len(words) else "" for step in (1, 2))
    classes = CLASSES.get(word, frozenset())
    if "future" in classes:
        infinitive = one == "to" and two not in _ARTICLES
        if (word == "due" and one == "to") or word in _NEEDS_TO:
            return True if infinitive else None
        return True
    if "modal" in classes and words.text[words.starts[n]].islower():
        return one not in ("have", "not") or two not in ("have", "been")
    if one == "to" and word in ("is", "are"):
        return True
    if "bepart" in CLASSES.get(before, frozenset()):
        return None  # "be held", "to close": the verb before it tells
    tag = tags.get(words.starts[n])
    if "pastaux" in classes or tag == "VBD" or (tag is None and word.endswith("ed") and len(word) > len("need")):
        return False
    return None


def future(atom: Atom, words: Words, sentence: Sequence[int], tags: Mapping[int, str]) -> bool | None:
    """Whether the verb nearest to a time speaks of what is to come; None where no verb tells."""
    here = sentence[atom.first]
    for n in range(atom.first - 1, max(atom.first - REACH, 0) - 1, -1):
        if sentence[n] != here:
            break
        if (found := _points(words, n, tags)) is not None:
            return found
    for n in range(atom.last, min(atom.last + REACH, len(words))):
        if sentence[n] != here:
            break
        if (found := _points(words, n, tags)) is not None:
            return found
    return None


def _deictic(atom: Atom) -> bool:
    if atom.kind in ("day", "thisday", "lastnight"):
        return True
    if atom.kind == "calendar":
        return atom.has("weekday", "which") and not atom.has("day", "year")
    if atom.kind == "unit":
        return not atom.has("story")
    return atom.kind == "offset" and atom.values.get("direction") == -1 and not atom.has("vague")


def _fronted(atom: Atom, words: Words) -> bool:
    """Whether a date heads its sentence: "On 5 May", "By March 2013", "The next day"."""
    at = atom.first - 1 if atom.first and words.lower[atom.first - 1] in _BEFORE else atom.first
    return at == 0 or words.lower[at - 1] in ".\n" or (at < atom.first and words.text[words.starts[at]].isupper())


def _chronicle(dated: Sequence[Atom], found: Sequence[Atom], words: Words, published: date) -> bool:
    """Whether a few dates make a history: each year told is long past, and a date with its year comes first, or dates head sentences."""
    months = [atom for atom in found if atom.kind == "calendar" and atom.has("month")]
    if not dated or len(dated) == len(months) or any(abs(published.year - atom.values["year"]) <= 1 for atom in dated):
        return False  # where every month has its year there is nothing to lean
    heads = sum(_fronted(atom, words) for atom in months)
    return months[0].has("year") or (len(dated) > 1 and heads * 2 >= len(months))


def is_history(found: Sequence[Atom], published: date | None, words: Words) -> bool:
    """Whether the dates of a text lean on one another and not on the day it was published.

    A history is full of dates with their years, most of them long past, and hardly says "Wednesday" or "last week"; where it has few, they
    come first or head its sentences. A text without a date of its own that names one month with its year and never speaks from a day of
    its own is read in the same way.
    """
    years = [atom for atom in found if atom.kind == "calendar" and atom.has("year")]
    dated = [atom for atom in years if atom.has("month")]
    deictic = sum(map(_deictic, found))
    if published is None:
        return bool(dated) and deictic * HISTORY_SHARE < len(dated)
    past, years_past = (sum(abs(published.year - atom.values["year"]) > 1 for atom in group) for group in (dated, years))
    if (past >= HISTORY_DATES and deictic * HISTORY_SHARE <= past) or (years_past >= HISTORY_DATES and not deictic):
        return True
    return not deictic and _chronicle(dated, found, words, published)
