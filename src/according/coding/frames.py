"""The frames (``frames.toml``): which words tell of which happening, and who stands in which role."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from according.coding.arguments import Arguments
from according.coding.kinds import common_lemma, content, kinds
from according.data import toml
from according.model import ClaimType, Measure


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a row: a role that must (or must not) be filled, by a class or by one of some lemmas."""

    role: str
    kind: str | None = None
    lemmas: frozenset[str] = frozenset()
    negated: bool = False

    def holds(self, found: Arguments) -> bool:
        return self._met(found) is not self.negated

    def _met(self, found: Arguments) -> bool:
        tokens = found.get(self.role)
        if self.kind is None and not self.lemmas:
            return bool(tokens)
        return any(self._fits(t) for t in tokens)

    def _fits(self, token: Token) -> bool:
        if self.kind is not None:
            return self.kind in kinds(token)
        return common_lemma(token) in self.lemmas or common_lemma(content(token)) in self.lemmas or token.lower_ in self.lemmas


@dataclass(frozen=True, slots=True)
class Row:
    """A lemma with its conditions, in a frame."""

    lemma: str
    conditions: tuple[Condition, ...]
    frame: Frame
    order: int

    @property
    def name(self) -> str:
        return f"{self.frame.name}: {self.lemma}"

    @property
    def weight(self) -> int:
        """How much the row asks for: what must be there counts, what must not does not."""
        return sum(not c.negated for c in self.conditions)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One kind of happening as words tell it."""

    name: str
    type: ClaimType
    actor: tuple[Condition, ...]
    target: tuple[Condition, ...]
    place: tuple[Condition, ...]
    of: str
    means: bool
    effect: bool
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Frames:
    """All rows by part of speech and lemma, and the words for means and support."""

    rows: dict[tuple[str, str], tuple[Row, ...]]
    means: dict[ClaimType, frozenset[str]]
    support: frozenset[str]
    undergoing: frozenset[str]

    def match(self, pos: str, found: Arguments) -> Row | None:
        """The row that fits a word best: most conditions met, then the first written."""
        fitting = [r for r in self.rows.get((pos, common_lemma(found.token)), ()) if all(c.holds(found) for c in r.conditions)]
        return min(fitting, key=lambda r: (-r.weight, r.order), default=None)


def _condition(words: str) -> Condition:
    negated = words.startswith("!")
    words = words.lstrip("!")
    if "=" in words:
        role, kind = words.split("=", 1)
        return Condition(role, kind=kind, negated=negated)
    if ":" in words:
        role, lemmas = words.split(":", 1)
        return Condition(role, lemmas=frozenset(lemmas.split("|")), negated=negated)
    return Condition(words, negated=negated)


def _row(line: str, frame: Frame, order: int) -> Row:
    head, *rest = line.split()
    conditions = [_condition(word) for word in rest]
    lemma, plus, particle = head.partition("+")
    if plus:
        conditions.append(Condition("prt", lemmas=frozenset({particle})))
    return Row(lemma, tuple(conditions), frame, order)


def _frame(data: dict[str, Any]) -> Frame:
    def roles(key: str) -> tuple[Condition, ...]:
        return tuple(_condition(word) for word in data.get(key, []))

    return Frame(
        name=data["name"],
        type=ClaimType(data["type"]),
        actor=roles("actor"),
        target=roles("target"),
        place=roles("place"),
        of=data.get("of", "obj"),
        means=data.get("means", False),
        effect=data.get("effect", False),
        measure=Measure(data["measure"]) if "measure" in data else None,
    )


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The shipped frames, read once."""
    data = toml("according.coding", "frames.toml")
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    order = 0
    for entry in data["frame"]:
        frame = _frame(entry)
        for pos, key in (("VERB", "verbs"), ("NOUN", "nouns"), ("ADJ", "adjectives")):
            for line in entry.get(key, "").splitlines():
                if line.strip():
                    row = _row(line, frame, order)
                    rows[pos, row.lemma].append(row)
                    order += 1
    means = {ClaimType(k): frozenset(v.split()) for k, v in data["means"].items()}
    return Frames(
        {k: tuple(v) for k, v in rows.items()},
        means,
        frozenset(data["support"]["verbs"].split()),
        frozenset(data["support"]["undergoing"].split()),
    )
