"""What a mention of a place says beside the name: the kind asked for, and how its area is derived from the named place's.

A mention offers its readings from the fullest to the barest: "Jordan Valley" may be an entry of its own, or the valley of a Jordan.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import cache

from according.data import toml
from according.model import Span
from according.places import features


class Shape(enum.StrEnum):
    """How an area is derived from an entry."""

    PART = "part"  # "northwestern Syria", "the southern countryside of Idlib"
    OFFSET = "offset"  # "15 km west of Mosul"
    AROUND = "around"  # "outside Damascus"
    BETWEEN = "between"  # "between Hama and Homs"
    BORDER = "border"  # "along the border with Turkey"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A shape with its numbers: ``bearing`` in degrees from north, clockwise; ``km`` as told. ``words`` are those that say it."""

    shape: Shape
    words: str
    bearing: float | None = None
    km: float | None = None
    countryside: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mention: the name to look up, the classes of place that its words ask for, the derivation of its area."""

    name: str
    wanted: frozenset[str] = frozenset()
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention's readings, fullest first, and the derivation that the words before it add ("15 km west of")."""

    span: Span
    readings: tuple[Reading, ...]
    outer: Derivation | None = None


@cache
def _data() -> tuple[dict[str, float], dict[str, frozenset[str]]]:
    raw = toml("according.places", "data/phrases.toml")
    return {word: float(degrees) for word, degrees in raw["bearing"].items()}, {k: frozenset(v.split()) for k, v in raw["words"].items()}


def _words(name: str) -> frozenset[str]:
    return _data()[1][name]


#: Classes whose words name the place itself, where a bearing stands before them.
_PLACES_OF_THEIR_OWN = frozenset({"settlement", "division", "installation"})
#: An abbreviation is no longer than this, and its point is part of it.
_ABBREVIATED = 5
_TRIM = " \t\n,.;:()[]\"“”‘’'"
_NUMBER = r"(?P<km>\d+(?:[.,]\d+)?)[\s\u00a0-]*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
_DIRECTION = r"(?P<dir>(?:north|south)[\s-]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?)"
_OFFSET = re.compile(
    rf"(?i)(?:{_NUMBER}\s*(?:\([^()]*\)\s*)?(?:away\s+|further\s+)?)?(?:to the\s+|just\s+)?{_DIRECTION}\s+of\s+(?P<rest>[a-z' ]*)$"
)
_DISTANCE = re.compile(rf"(?i){_NUMBER}\s*(?:\([^()]*\)\s*)?(?:away\s+)?from\s+(?P<rest>[a-z' ]*)$")
_BETWEEN = re.compile(r"(?i)\bbetween\s+(?:the\s+)?(?:\w+\s+){0,3}$")
_LAST_WORDS = re.compile(r"[\w'’-]+")


def phrase(text: str, span: Span) -> Phrase:
    """What the words of a mention, and those right beside it, say."""
    left, right = text[max(0, span.start - 80) : span.start], text[span.end : span.end + 40]
    point = "." if right.startswith(".") and len(span.text) <= _ABBREVIATED else ""  # "Que" of "Que."
    words = [w for w in (span.text.strip(_TRIM.replace(".", "")) + point).split() if w]
    return Phrase(span, tuple(_readings(words, _kinds_beside(left, right))), _outer(left))


def _readings(words: list[str], beside: frozenset[str]) -> list[Reading]:
    """The readings of a mention's words: whole, then with words of kind, direction and part taken off."""
    while words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    if words and words[-1].lower().strip(_TRIM) in _words("called_after"):
        return [Reading(" ".join(words), beside)]
    before, core = _apart(words)
    core, after = _kinds_after(core)
    wanted = beside | frozenset(c for w in [*before, *after] for c in features.wanted(w))
    out = [Reading(" ".join(words), wanted)]
    derivation = _part(before, after)
    if core and core != words:
        if after and before:
            out.append(Reading(" ".join([*core, *after]), wanted, derivation))
        out.append(Reading(" ".join(core), wanted, derivation))
    return [r for r in out if r.name.strip(_TRIM)]


def _apart(words: list[str]) -> tuple[list[str], list[str]]:
    """The words of direction, part and kind before a name, and the rest: (southern countryside of) (Idlib), (northwestern) (Syria)."""
    n = 0
    while n < len(words) - 1 and (says_no_name(words[n].lower().strip(_TRIM)) or _joins(words, n)):
        n += 1
    before = [w.lower().strip(_TRIM) for w in words[:n]]
    while before and before[-1] in ("of", "the", "in"):
        before.pop()
    return before, words[n:]


def border_words() -> frozenset[str]:
    return _words("border")


def is_epithet(word: str) -> bool:
    """Whether a word before a name is no part of it: "Greater", "war-torn", and anything in lower case."""
    return word[:1].islower() or word.lower() in _words("epithets")


def _joins(words: list[str], n: int) -> bool:
    """“West and south of”: two bearings joined."""
    bearings = _data()[0]
    return words[n] == "and" and n > 0 and words[n - 1].lower() in bearings and words[n + 1].lower() in bearings


def says_no_name(word: str) -> bool:
    """Whether a word (in lower case) says a kind, a direction or a part, and is no name of a place."""
    return word in _no_names() or bool(features.wanted(word))


@cache
def _no_names() -> frozenset[str]:
    lists = ("parts", "middle", "fillers", "around", "border")
    return frozenset(_data()[0]).union({"with"}, *(_words(name) for name in lists))


def _kinds_after(words: list[str]) -> tuple[list[str], list[str]]:
    """A name and the words of kind after it: (Idlib) (province), (Hama) (countryside)."""
    n = len(words)
    while n > 1 and says_no_name(words[n - 1].lower().strip(_TRIM)):
        n -= 1
    core = [re.sub(r"['’]s$", "", w) for w in words[:n]]
    return core, [w.lower().strip(_TRIM) for w in words[n:]]


def _part(before: list[str], after: list[str]) -> Derivation | None:
    """The derivation that a mention's own words tell. In "the northern town of Karsa" the bearing is of the country, not of the town."""
    bearings, said = _data()[0], [*before, *after]
    if before and features.wanted(before[-1]) & _PLACES_OF_THEIR_OWN and before[-1] not in _words("parts"):
        return None
    words = " ".join(w for w in said if w in bearings or any(w in _words(k) for k in ("parts", "middle", "around", "border")))
    if any(w in _words("border") for w in said):
        return Derivation(Shape.BORDER, words)
    bearing = next((bearings[w] for w in said if w in bearings), None)
    countryside = any(w in _words("countryside") for w in said)
    if bearing is None and any(w in _words("around") for w in said):
        return Derivation(Shape.AROUND, words)
    if bearing is not None and not after and all(w in bearings and not w.endswith("ern") for w in before):
        return Derivation(Shape.OFFSET, f"{words} of", bearing)  # "northeast of Damascus"
    if bearing is not None or countryside or any(w in _words("middle") for w in said):
        return Derivation(Shape.PART, words, bearing, countryside=countryside)
    return None


def _kinds_beside(left: str, right: str) -> frozenset[str]:
    """The classes that the nouns right before and after a mention ask for: "the town of X", "X province"."""
    out: set[str] = set()
    before = [w.lower() for w in _LAST_WORDS.findall(left)[-2:]]
    if before and left.endswith(" ") and not re.search(r"[,.;:)\n]\s*$", left):
        word = before[-1]
        if word in ("of", "called", "named") and len(before) == 2:
            word = before[0]
        if not word.endswith("s") or word == before[0]:
            out |= features.wanted(word)
    after = re.match(r"\s+([A-Za-z][a-z]+)", right)
    if after:
        out |= features.wanted(after[1].lower())
    return frozenset(out)


def _outer(left: str) -> Derivation | None:
    """The derivation that the words before a mention add."""
    left = left.rsplit("\n", 1)[-1]
    found = _OFFSET.search(left) or _DISTANCE.search(left)
    if found and all(says_no_name(w) for w in found["rest"].lower().split()):
        told = found.groupdict()
        km = float(told["km"].replace(",", ".")) * (1.609 if told["unit"].lower().startswith("mi") else 1.0) if told.get("km") else None
        bearing = _data()[0].get(re.sub(r"\s", "", told["dir"].lower())) if told.get("dir") else None
        return Derivation(Shape.OFFSET, found[0].strip(), bearing, km)
    if _BETWEEN.search(left):
        return Derivation(Shape.BETWEEN, "between")
    return _near(left)


def _near(left: str) -> Derivation | None:
    words = [w.lower() for w in _LAST_WORDS.findall(re.split(r"[.;:!?()]", left)[-1])[-7:]]
    said: list[str] = []
    while words and says_no_name(words[-1]):
        said.insert(0, words.pop())
    if re.search(r"[,.;:)]\s*$", left):
        return None
    if any(w in _words("border") for w in said):
        return Derivation(Shape.BORDER, " ".join(said))
    if any(w in _words("around") for w in said):
        return Derivation(Shape.AROUND, next(w for w in said if w in _words("around")))
    while said and said[-1] in ("of", "the", "in"):
        said.pop()
    return _part(said, []) if said and any(w in _data()[0] for w in said) else None
