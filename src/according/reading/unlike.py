"""Numerals that count nothing: years and days, ages, measures, unit names, list marks, parts of other words."""

from __future__ import annotations

from according.reading.cardinals import Cardinal, table
from according.reading.words import Words

#: Marks that tie a numeral to the word beside it: "T-72", "9/11", "10:30", "+963".
_TIES = frozenset("-–—‐‑/:\\@#_+№^*=&'’")
_YEARS = range(1900, 2100)


def not_a_count(words: Words, cardinal: Cardinal, qualified: bool) -> bool:
    """Whether ``cardinal`` is no count of anything. ``qualified``: it has "at least" or the like before it."""
    if cardinal.unsure and not qualified:
        return True
    return (
        _tied(words, cardinal)
        or _measure(words, cardinal)
        or _fraction(words, cardinal)
        or _pronoun(words, cardinal)
        or _name(words, cardinal)
        or (cardinal.digits and (_day(words, cardinal) or _age(words, cardinal) or _mark(words, cardinal)))
        or (cardinal.digits and _year(words, cardinal, qualified))
    )


def _tied(words: Words, it: Cardinal) -> bool:
    """As in "T-72", "M4", "10:30", "2015-05-22", "1st", "two-storey", "05"."""
    before, after = words.at(it.start - 1), words.at(it.end)
    bound = before[:1].isalnum() or before in ("#", "+", "№", "@") or (before in _TIES and words.glued(it.start - 1))
    if words.glued(it.start) and bound:
        return True
    if before == "." and words.glued(it.start) and words.at(it.start - 2)[:1].isdecimal():
        return True
    if not words.glued(it.end) or after[:1].isalnum():
        return words.glued(it.end)
    if not words.glued(it.end + 1):
        return False
    tied = after in _TIES and (words.is_word(it.end + 1) or words.is_digits(it.end + 1))
    return tied or (after == "." and words.is_digits(it.end + 1))


def _measure(words: Words, it: Cardinal) -> bool:
    """A distance, duration, weight, clock time: "30 km", "four more days"."""
    measured = table()["measured"]
    at = it.end
    while words.at(at) in measured["between"] and at < it.end + 3:
        at += 1
    if words.at(at) in measured["units"]:
        return True
    if words.at(it.start - 1) == "as" and words.at(it.start - 2) in table()["dates"]["as"] and words.at(it.start - 3) == "as":
        return True
    return words.run(it.end, 2) in (("p", "."), ("a", "."))


def _fraction(words: Words, it: Cardinal) -> bool:
    return words.at(it.end) in table()["measured"]["fractions"] or words.run(it.end, 2) in (("in", "10"), ("in", "ten"), ("out", "of"))


def _pronoun(words: Words, it: Cardinal) -> bool:
    """As in "no one", "one another", "one day"."""
    if words.at(it.start) != "one" or it.end != it.start + 1:
        return False
    one = table()["one"]
    before, after = words.at(it.start - 1), words.at(it.end)
    pointed = before in one["pointed"] and (not words.is_word(it.end) or (after in table()["dates"]["not_counted"] and after != "of"))
    return after in one["not_before"] or before in one["not_after"] or pointed


def _name(words: Words, it: Cardinal) -> bool:
    """As in "Resolution 2254", "Hill 70", "No. 5", "phase two"."""
    at = it.start - 2 if words.at(it.start - 1) == "." and words.at(it.start - 2) in ("no", "nos") else it.start - 1
    word, named = words.at(at), table()["named"]
    if it.scaled or it.high is None or "," in words.at(it.start):
        return False
    if _ages(words, it):
        return True
    if word in named["always"] and (word != "no" or at == it.start - 2 or words.capital(at)):
        return True
    return word in named["capitalised"] and (words.capital(at) or not words.is_word(it.end)) and (it.digits or words.capital(at))


def _ages(words: Words, it: Cardinal) -> bool:
    """As in "three men ages 16, 21 and 22"."""
    at = it.start - 1
    while at > it.start - 12 and (words.at(at) in (",", "and", "to", "-") or words.is_digits(at)):
        at -= 1
    return it.digits and it.low < 120 and words.at(at) in ("age", "ages", "aged")


def _day(words: Words, it: Cardinal) -> bool:
    """As in "10 January", "Jan. 10", "between 1 and 16 March", "11 and 12 May"."""
    if it.low > 31:
        return False
    if _month(words, it.end) or (words.at(it.end) == "of" and _month(words, it.end + 1)):
        return True
    if words.at(it.end) in ("and", "or", "to", "-", "–", ",") and words.is_digits(it.end + 1) and _month(words, it.end + 2):
        return True
    at = it.start - 2 if words.at(it.start - 1) == "." else it.start - 1
    if not _month(words, at):
        return False
    # "In March 12 people were killed" against "on March 12 people gathered".
    return not (words.at(at - 1) == "in" and words.is_word(it.end) and words.at(it.end) not in table()["dates"]["not_counted"])


def _month(words: Words, at: int) -> bool:
    return words.capital(at) and words.at(at) in table()["dates"]["months"]


def _year(words: Words, it: Cardinal, qualified: bool) -> bool:
    if it.low not in _YEARS or (it.high is not None and it.high not in _YEARS) or "," in words.at(it.start):
        return False
    at = it.start - 2 if words.at(it.start - 1) in (",", ".") else it.start - 1
    if _month(words, at) or (words.is_digits(at) and (_month(words, at - 1) or _month(words, at + 1))):
        return True  # "August 12 2016", "24 October 2016"
    if qualified:
        return False
    before, after = words.at(it.start - 1), words.at(it.end)
    if not words.is_word(it.end) or after in table()["dates"]["not_counted"]:
        return True
    return before in table()["dates"]["year_after"] or before.endswith(("'s", "’s", ","))


def _age(words: Words, it: Cardinal) -> bool:
    """As in "Name, 25," and "(25)"."""
    named = words.capital(it.start - 2) or (words.at(it.start - 2) == ")" and words.at(it.start - 1) == "(")
    if it.low > 110 or words.at(it.start - 1) not in (",", "(") or not named:
        return False
    return words.at(it.end) in (",", ")", ".", ";") or words.run(it.end, 2) == ("and", "a")


def _row(words: Words, at: int) -> int:
    """How many numerals in figures stand side by side around word ``at``."""
    first, last = at, at
    while words.is_digits(first - 1) and first > at - 4:
        first -= 1
    while words.is_digits(last + 1) and last < at + 4:
        last += 1
    return last - first + 1


def _mark(words: Words, it: Cardinal) -> bool:
    """As in "3." or "(3)" at the head of a line, the mark of a list; "[3]", the mark of a note."""
    if _row(words, it.start) >= 3:
        return True  # a telephone number
    if words.at(it.start - 1) == "[" and words.at(it.end) == "]":
        return True
    if words.at(it.end) not in (".", ")"):
        return False
    at = it.start - 1 if words.at(it.start - 1) == "(" else it.start
    return at == 0 or "\n" in words.gap(at)
