"""The day that a report gives itself at its head: "DAMASCUS, 25 Feb 2020 (SANA) –", "Sunday 25 August 2013", "(Jan. 25, 2013)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from according.reading.times.atoms import Atom
from according.reading.times.resolve import Resolver
from according.reading.times.words import Words, load

#: Date lines stand within so many characters of the beginning, and so few into their line.
HEAD = 400
INTO_LINE = 60

#: A date between two titles or names that were run together stands so far into its line at most.
RUN_TOGETHER = 160

_HEAD = load("lexicon.toml")["head"]
_LABELS, _SMALL, _RUNNING = (frozenset(_HEAD[name]) for name in ("labels", "small", "running"))
#: After a date line: the line's end, dots, a dash, brackets; or at once a word with a capital, the first of the title or the text.
_CLOSED = re.compile(r"\s*(?:$|[-–—―…|:;/·•(\[.])")
_NAMED = re.compile(r"\s*\(?[A-Z0-9“\"]")
#: After a place's name and a date: an agency or a time, and then a dash or a bracket.
_AGENCY = re.compile(r",?\s*\(?[A-Z0-9][^\n,]{0,40}?[-–—―…|)]")


def dateline(words: Words, atoms: Sequence[Atom]) -> date | None:
    """The date line's day; None where the report has none, or one without a year."""
    for atom in atoms:
        start, end = words.starts[atom.first], words.ends[atom.last - 1]
        if start > HEAD:
            break
        if atom.kind == "calendar" and (atom.has("day", "a") and atom.has("year")) and _heads(words.text, start, end):
            found, anchor = Resolver(words, None, None, {}).explicit(atom)
            if found and anchor is None and found.start == found.end:
                return found.start
    return None


def _heads(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start].strip()
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)][:200]
    if not before or before.rstrip(" :").lower() in _LABELS:
        return bool(_CLOSED.match(after) or _NAMED.match(after) or _AGENCY.match(after))
    if before.endswith("(") and after.lstrip().startswith(")"):
        return len(before) <= INTO_LINE
    if before[-1] in ",:;-–—(/|":
        return len(before) <= INTO_LINE and _is_name(before) and bool(_CLOSED.match(after) or _AGENCY.match(after))
    return len(before) <= RUN_TOGETHER and _run_together(before.split()[-1], after)


def _run_together(last: str, after: str) -> bool:
    """Whether a date stands between two names or titles with no word or mark that would make it a part of a sentence."""
    if last[0].islower() or last.lower() in _RUNNING or not last[-1].isalnum():
        return False
    return bool(re.match(r"\s*[A-Z]", after)) or (bool(_CLOSED.match(after)) and not after.startswith("."))


def _is_name(before: str) -> bool:
    return all(word[0].isupper() or word.lower() in _SMALL for word in re.findall(r"[^\W\d_]+", before))
