"""Gold and found name tags → F1 by overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Span = tuple[int, int, str]


def spans(tags: Sequence[str]) -> list[Span]:
    """(first word, last word, kind), ends inclusive; an I- tag that continues nothing of its kind begins a name."""
    out: list[Span] = []
    before = "O"
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and before[2:] == tag[2:]:
            out[-1] = (out[-1][0], i, tag[2:])
        elif tag[:2] in ("B-", "I-"):
            out.append((i, i, tag[2:]))
        before = tag
    return out


def name_scores(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """F1 of each kind and of all: a found name is right where it overlaps a gold name of its kind, one to one.

    ``kindless`` takes any kind for right, ``without_other`` leaves the kind "other" out. Found names on words of which the corpus does
    not say what they name ("?") are not counted.
    """
    tally: dict[str, Counter[str]] = {}
    for tags, guess in zip(gold, found, strict=True):
        want = spans(tags)
        taken = {i for a, b, _ in want for i in range(a, b + 1)}
        have = [s for s in spans(guess) if any(i in taken for i in range(s[0], s[1] + 1)) or "?" not in tags[s[0] : s[1] + 1]]
        for key in ("kindless", "without_other", *{s[2] for s in want + have}):
            _count(tally.setdefault(key, Counter()), _side(want, key), _side(have, key))
    return {f"names {k}": round(2 * t["hit"] / max(1, t["gold"] + t["found"]), 4) for k, t in sorted(tally.items())}


def _side(names: list[Span], key: str) -> list[Span]:
    if key == "kindless":
        return [(a, b, "") for a, b, _ in names]
    return [s for s in names if (s[2] != "other" if key == "without_other" else s[2] == key)]


def _count(t: Counter[str], want: list[Span], have: list[Span]) -> None:
    t["gold"] += len(want)
    t["found"] += len(have)
    for s in want:
        hit = next((q for q in have if q[0] <= s[1] and s[0] <= q[1] and q[2] == s[2]), None)
        if hit:
            have = [q for q in have if q is not hit]
            t["hit"] += 1
