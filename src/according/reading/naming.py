"""One name, one kind: what a report bears out of a name, by its other mentions and by what is done to it, holds throughout."""

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


#: What is done to places, and hardly to people.
_DONE_TO_PLACES = frozenset(
    "capture recapture seize retake enter storm besiege liberate overrun shell bomb bombard encircle occupy reach leave".split()
)
_SPEAKING = frozenset("say tell add claim deny announce write think warn".split())


def taken(words: Sequence[str], lemmas: Sequence[str], heads: Sequence[int], deps: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The BIO tags with a "person" that is captured, shelled or entered made a place, unless the report knows the person otherwise.

    The model has no gazetteer: in "rebels captured Goma" only the verb speaks for a town. Who is named more fully somewhere
    ("Jane Orsik" for "Orsik"), or speaks, is a person. ``heads`` are token indexes; a root is its own head.
    """
    spans = _spans(tags)
    persons = [(first, last) for first, last, kind in spans if kind == "person"]
    known = {words[last] for first, last in persons if last > first and words[first].lower() not in _OF_PLACES}
    known |= {words[k] for first, last in persons for k in range(first, last + 1) if _speaks(k, lemmas, heads, deps)}
    out = list(tags)
    for first, last in persons:
        done = any(
            deps[k] in ("obj", "nsubj:pass") and lemmas[heads[k]] in _DONE_TO_PLACES and not first <= heads[k] <= last
            for k in range(first, last + 1)
        )
        if done and words[last] not in known and (first == last or words[first].lower() in _OF_PLACES):
            out[first : last + 1] = [f"{tag[:2]}place" for tag in tags[first : last + 1]]
    return out


def _speaks(k: int, lemmas: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> bool:
    return deps[k] == "nsubj" and lemmas[heads[k]] in _SPEAKING


#: First words that many Arabic place names have: "El Fasher", "Tell Abyad", "Deir Ezzor".
_OF_PLACES = frozenset("al el ad ar as ash at az deir dayr tel tell tal khan kafr umm ain ras jabal wadi beit bayt".split())


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append((i, i, tag[2:]))
        elif tag.startswith("I-") and out and out[-1][1] == i - 1:
            out[-1] = (out[-1][0], i, out[-1][2])
    return out
