"""Words for violence that do not say what kind: what the report told before decides."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from according.coding.arguments import definite
from according.coding.triggers import Trigger
from according.coding.words import words
from according.model import ClaimType


class Context:
    """The violence told with its means so far: "the attack" after a chemical attack is one, "bombing" among air raids is theirs."""

    def __init__(self) -> None:
        self.last: ClaimType | None = None
        self.told: Counter[ClaimType] = Counter()  # in the order of their first

    def look_back(self, trigger: Trigger) -> None:
        if self.last is None or trigger.means_told:
            return
        lemma = trigger.row.lemma
        points = trigger.noun and lemma in words("pointing") and _told_before(trigger.token) and not trigger.row.weight
        struck = not trigger.noun and lemma in words("struck") and (not trigger.args.get("subj") or lemma == "engage")
        usual = max(self.told, key=self.told.__getitem__)
        if lemma in words("open") and not trigger.row.weight and usual is not ClaimType.BOMBING:
            self._become(trigger, usual)
        elif points or struck:
            self._become(trigger, self.last)

    @staticmethod
    def _become(trigger: Trigger, kind: ClaimType) -> None:
        trigger.type = kind
        trigger.rules.append(f"points back to {kind}")

    def remember(self, trigger: Trigger) -> None:
        told = trigger.means_told or (not trigger.row.frame.means and trigger.row.lemma not in words("open"))
        if trigger.type in _NAMED_VIOLENCE and told:
            self.last = trigger.type
            self.told[trigger.type] += 1


_NAMED_VIOLENCE = {ClaimType.AIR_STRIKE, ClaimType.BOMBING, ClaimType.CHEMICAL_ATTACK, ClaimType.SHELLING}


def _told_before(token: Token) -> bool:
    if any(c.dep_ == "amod" and c.lower_ in ("second", "third", "fourth") for c in token.children):
        return True  # after shells, "a second strike" is of shells
    return definite(token) and not any(
        c.dep_ == "amod" and c.lower_ in ("new", "another", "fresh", "latest", "other", "next", "previous") for c in token.children
    )
