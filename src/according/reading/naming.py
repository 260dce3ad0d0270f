"""One name, one kind: a name that a report bears out as a place is a place wherever it stands in that report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def agreed(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The BIO tags with each name's kind made that which most of its mentions in the report have; a tie changes nothing."""
    spans = _spans(tags)
    seen: dict[str, Counter[str]] = {}
    for first, last, kind in spans:
        seen.setdefault(" ".join(words[first : last + 1]), Counter())[kind] += 1
    out = list(tags)
    for first, last, kind in spans:
        counts = seen[" ".join(words[first : last + 1])].most_common(2)
        if counts[0][0] != kind and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            out[first : last + 1] = [f"{tag[:2]}{counts[0][0]}" for tag in tags[first : last + 1]]
    return out


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append((i, i, tag[2:]))
        elif tag.startswith("I-") and out and out[-1][1] == i - 1:
            out[-1] = (out[-1][0], i, out[-1][2])
    return out
