#!/usr/bin/env python3
"""Measure how many copies of reports are found, how many reports are taken for copies that are none, and what it costs.

    copies.py [--each N]

Copies are made from N reports (200 if not told) of each set of news in SHARED as outlets make them, and looked for as the ledger does: by
shared values of sketches, then by the words. Real pairs come from the sets as they are; where a set's gold tells the incident of a report,
a pair of two incidents is wrong. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from according.likeness import SHINGLE, Text, link, originals, sketch, wording, worth_comparing
from shared import SHARED

BENCH = SHARED / "data" / "bench"
NEWS = ("muc4-fbis", "unlabelled-fakes", "places-trnews", "casualties-gva")
REAL = ("statements-isaf", "casualties-gva", "unlabelled-fakes", "muc4-fbis", "narratives-airwars", "places-lgl")
DAY, NEXT = date(2031, 5, 1), date(2031, 5, 2)
LONG = 150  # words
SPELLINGS = dict(
    word.split("/")
    for word in """defense/defence organization/organisation organizations/organisations center/centre neighborhood/neighbourhood
    neighborhoods/neighbourhoods labor/labour kilometers/kilometres meters/metres program/programme percent/per-cent toward/towards
    armored/armoured favor/favour harbor/harbour theater/theatre traveling/travelling authorized/authorised mobilized/mobilised""".split()
)
EDITS = dict(
    pair.split("/")
    for pair in """said/stated killed/slain killing/slaying near/beside after/following also/too people/persons wounded/injured the/this
    a/one in/inside of/from was/became on/during that/how and/plus to/towards""".split()
)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def edited(sentence: str, count: int) -> str:
    """``count`` small words of a sentence put otherwise."""
    words, left = sentence.split(" "), count
    for at in range(len(words) // 3, len(words)):
        if left and words[at] in EDITS:
            words[at], left = EDITS[words[at]], left - 1
    return " ".join(words)


def headed(text: str, other: str, chance: random.Random) -> str:
    return f"{' '.join(other.split()[:9])}\nBEIRUT, May {chance.randint(1, 28)} -- {text}"


def cut(share: float) -> Callable[[str, str, random.Random], str]:
    return lambda text, other, chance: " ".join(text.split()[: int(share * len(text.split()))])


def with_paragraphs(text: str, other: str, chance: random.Random) -> str:
    """Two paragraphs of another report, together two fifths as long as the text, put at its end."""
    own = " ".join(other.split()[: 2 * len(text.split()) // 5])
    return f"{text}\n{own}"


def shuffled(text: str, other: str, chance: random.Random) -> str:
    parts = sentences(text)
    return " ".join(chance.sample(parts, len(parts)))


def respelt(text: str, other: str, chance: random.Random) -> str:
    there_and_back = SPELLINGS | {british: american for american, british in SPELLINGS.items()}
    return re.sub(r"\w+", lambda word: there_and_back.get(word[0], word[0]), text)


def tagged(text: str, other: str, chance: random.Random) -> str:
    return f"(Reuters) - {text} (Reporting by A. Person; Editing by B. Person)"


def third_edited(text: str, other: str, chance: random.Random) -> str:
    return " ".join(edited(part, 3) if at % 3 == 0 else part for at, part in enumerate(sentences(text)))


def all_edited(text: str, other: str, chance: random.Random) -> str:
    return " ".join(edited(part, 1) for part in sentences(text))


def everything(text: str, other: str, chance: random.Random) -> str:
    """Respelt, every third sentence edited, cut to two thirds, under another head."""
    return headed(cut(2 / 3)(third_edited(respelt(text, other, chance), other, chance), other, chance), other, chance)


KINDS: dict[str, Callable[[str, str, random.Random], str]] = {
    "another headline and date line": headed,
    "the first half only": cut(0.5),
    "the first third only": cut(1 / 3),
    "two paragraphs added": with_paragraphs,
    "sentences in another order": shuffled,
    "British for American spelling": respelt,
    "agency's tags": tagged,
    "three words changed in every third sentence": third_edited,
    "a word changed in every sentence": all_edited,
    "head, spelling, edits, cut to two thirds": everything,
}


def texts(name: str) -> Iterator[tuple[Text, str]]:
    """Each report of a set, with its text."""
    for report in map(json.loads, (BENCH / name / "reports.jsonl").open(encoding="utf-8")):
        day = date.fromisoformat(report["published"]) if report["published"] else None
        yield Text(report["id"], day, wording(report["text"])), report["text"]


def found(copy: str, text: str, day: date) -> tuple[bool, bool]:
    """Whether a copy published on ``day`` of a text published on the first is worth comparing, and whether it is linked."""
    a, b = Text("a", day, wording(copy)), Text("b", DAY, wording(text))
    one, other = sketch(a.wording.sequence), sketch(b.wording.sequence)
    return worth_comparing(len({*one} & {*other}), len(one), len(other)), link(a, b) is not None


def made(each: int) -> None:
    chance = random.Random(4)
    tried: Counter[tuple[str, bool]] = Counter()
    hits: Counter[tuple[str, bool, str]] = Counter()
    for name in NEWS:
        bodies = [text for _, text in texts(name) if 40 <= len(text.split()) <= 1200]
        chosen = chance.sample(bodies, min(each, len(bodies)))
        for (base, foreign), (kind, copied) in itertools.product(itertools.pairwise(chosen), KINDS.items()):
            copy, long = copied(base, foreign, chance), len(base.split()) > LONG
            likely, later = found(copy, base, NEXT)
            tried[kind, long] += 1
            hits[kind, long, "later"] += later
            hits[kind, long, "same day"] += found(copy, base, DAY)[1]
            hits[kind, long, "unseen"] += later and not likely
    print("| copy made by | words | copies | found, next day | found, same day | unseen by sketch |\n|---|---|---:|---:|---:|---:|")
    for kind, long in itertools.product(KINDS, (False, True)):
        n, (later, same, unseen) = tried[kind, long], (hits[kind, long, what] for what in ("later", "same day", "unseen"))
        size = f"over {LONG}" if long else f"40–{LONG}"
        print(f"| {kind} | {size} | {n} | {later / n:.3f} | {same / n:.3f} | {unseen / max(1, later):.3f} |")


def joined(*bodies: str) -> bool:
    """Whether a round-up makes two of the texts that it holds copies of one original, all of one day."""
    together = [Text(str(at), DAY, wording(body)) for at, body in enumerate(bodies)]
    pairs = [pair for one, other in itertools.combinations(together, 2) if (pair := link(one, other))]
    roots = {key: root or key for key, root in originals([text.node for text in together], pairs).items()}
    return len({roots[text.key] for text in together[1:]}) < len(bodies) - 1


def mixed(each: int) -> None:
    """Round-ups and texts half from each of two: what they are linked with."""
    chance = random.Random(5)
    rows: Counter[str] = Counter()
    for name in NEWS:
        bodies = [text for _, text in texts(name) if 60 <= len(text.split()) <= 400]
        for _ in range(each):
            first, second, third = chance.sample(bodies, 3)
            roundup = f"What the day brought, told in short by our desk.\n{first}\n{second}\n{third}"
            half = " ".join(first.split()[:60] + second.split()[:60])
            rows["round-ups of three, a day later, that copy one of them"] += any(
                found(roundup, x, NEXT)[1] for x in (first, second, third)
            )
            rows["round-ups of three, same day, by which two of them became one"] += joined(roundup, first, second, third)
            rows["half from each of two, that copy one of them"] += any(found(half, x, NEXT)[1] for x in (first, second))
    print(f"\n| of {each * len(NEWS)} | |\n|---|---:|")
    for what, count in rows.items():
        print(f"| {what} | {count} |")


def real() -> None:
    print("\n| set | reports | pairs worth comparing | linked | of those, of two incidents |\n|---|---:|---:|---:|---:|")
    for name in REAL:
        reports = [text for text, _ in texts(name)]
        incident = (
            {r["id"]: r.get("event") for r in map(json.loads, (BENCH / name / "gold.jsonl").open())} if name == "casualties-gva" else {}
        )
        sketches = [sketch(text.wording.sequence) for text in reports]
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for at, values in enumerate(sketches):
            for value in values:
                holders[value].append(at)
        shared = Counter(pair for together in holders.values() for pair in itertools.combinations(together, 2))
        likely = [(a, b) for (a, b), n in shared.items() if worth_comparing(n, len(sketches[a]), len(sketches[b]))]
        links = [pair for a, b in likely if (pair := link(reports[a], reports[b]))]
        wrong = sum(incident[a] != incident[b] for a, b in links) if incident else "–"
        print(f"| {name} | {len(reports)} | {len(likely)} | {len(links)} | {wrong} |")


def cost() -> None:
    bodies = [text for name in NEWS for _, text in texts(name)]
    began = time.process_time()
    made_of = [wording(text).sequence for text in bodies]
    sketches = [sketch(sequence) for sequence in made_of]
    spent, words = time.process_time() - began, sum(len(sequence) + SHINGLE - 1 for sequence in made_of)
    print(f"\nwords and sketch, CPU ms for 400 words: {400_000 * spent / words:.2f}")
    print(f"sketch, bytes for 400 words, 8 a value: {8 * 400 * sum(map(len, sketches)) / words:.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=200, help="reports of each set that copies are made of")
    each = parser.parse_args().each
    if not BENCH.exists():
        print(f"nothing to measure on: no sets beside this checkout (SHARED={SHARED.name})", file=sys.stderr)
        return 2
    made(each)
    mixed(each)
    real()
    cost()
    return 0


if __name__ == "__main__":
    sys.exit(main())
