"""When a happening was: which of the time expressions of its sentence belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from according.coding.triggers import Trigger
from according.model import When


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with its place in the tree: its words' token indexes, and the word that it hangs on."""

    when: When
    tokens: frozenset[int]
    host: int
    saying: bool  # it tells when something was said


def timed(doc: Doc, times: Sequence[When], cues: frozenset[int]) -> list[Timed]:
    """Hang every time expression in the tree. ``cues``: token indexes of verbs and nouns of saying."""
    out = []
    for when in times:
        inside = [t for t in doc.char_span(when.span.start, when.span.end, alignment_mode="expand") or [] if not t.is_space]
        if not inside:
            continue
        indexes = frozenset(t.i for t in inside)
        top = next((t for t in inside if t.head.i not in indexes or t.head == t), inside[0])
        host = _content_host(top)
        out.append(Timed(when, indexes, host.i, host.i in cues))
    return out


def _content_host(top: Token) -> Token:
    host = top.head
    while host.dep_ in ("case", "advmod", "aux", "mark") and host.head != host:
        host = host.head
    return host


def when(trigger: Trigger, times: Sequence[Timed]) -> tuple[When | None, str]:
    """The time of a trigger, with the rule that found it."""
    sent = trigger.token.sent
    near = [t for t in times if sent.start <= t.host < sent.end and not trigger.token.i in t.tokens]
    own = {trigger.token.i, *(t.token.i for t in trigger.absorbed)}
    for words, rule in ((own, "time on the word"), (_arguments(trigger), "time in its phrases"), (_above(trigger), "time of its clause")):
        fitting = [t for t in near if t.host in words and not t.saying]
        if fitting:
            best = min(fitting, key=lambda t: min(abs(i - trigger.token.i) for i in t.tokens))
            return best.when, rule
    return None, ""


def _arguments(trigger: Trigger) -> set[int]:
    """Words of the trigger's own phrases, and of the clauses that hang on it."""
    out = set()
    for part in [trigger, *trigger.absorbed]:
        for child in part.token.children:
            if child.dep_ in ("obl", "nmod", "obj", "nsubj", "nsubj:pass", "obl:agent", "advmod", "obl:unmarked", "nmod:unmarked", "xcomp", "amod", "conj"):
                if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                    continue
                out.add(child.i)
                out |= {c.i for c in child.children if c.dep_ in ("nmod", "appos", "obl", "flat", "compound")}
    return out


def _above(trigger: Trigger) -> set[int]:
    """The clause words above the trigger, up to where another subject's clause begins."""
    out = set()
    token = trigger.token
    for up in token.ancestors:
        out.add(up.i)
        out |= {c.i for c in up.children if c.dep_ in ("obl", "nmod", "obj", "nsubj", "nsubj:pass", "obl:unmarked") and token not in c.subtree and up.pos_ in ("VERB", "AUX")}
        if up.dep_ in ("acl:relcl", "ccomp", "parataxis", "advcl"):
            break
    return out
