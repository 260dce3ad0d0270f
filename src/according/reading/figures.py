"""Every figure that a report holds: how many of whom, and the word that says what happened to them.

A figure is a noun phrase in a role of a governing word: the object of "killed", the subject of "fled", the "of" phrase of
"the death of". Which words govern what is data, in ``measures.toml``; how roles are found is in :mod:`according.reading.roles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from according.model import Figure, Measure
from according.reading import measures
from according.reading.beside import beside
from according.reading.counted import Counted, anchors, interval, words
from according.reading.found import PEOPLE, Found, Known, noun, says
from according.reading.governed import governed
from according.reading.measures import Role, is_fighter, is_people, listed
from according.reading.numbers import Kind, Number
from according.reading.parts import parts
from according.reading.roles import case, complements, conjuncts
from according.reading.standing import is_standing
from according.reading.stretches import Stretches
from according.reading.tolls import led


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure where it stands. ``head``: index of the word that stands in the sentence for its noun phrase; ``governor``:
    index of the word that says what happened; ``part_of``: the ``head`` of the figure that this one is a part of ("including
    four children"), which is not to be added to it. ``share``: a percentage or a sum of money, which counts nobody.
    """

    figure: Figure
    head: int
    governor: int
    part_of: int | None = None
    share: bool = False


def find(doc: Doc, numbers: Sequence[Number], times: Sequence[tuple[int, int]] = ()) -> tuple[FigureMention, ...]:
    """The figures of ``doc`` in the order they stand.

    ``numbers``: those of :func:`according.reading.numbers.find` in the same text. ``times``: offsets ``(start, end)`` of
    times that last longer than a day, whose figures are standing totals. One noun phrase can be in two figures, where two
    words govern it ("the 50 men they had held were killed").
    """
    known = anchors(doc, numbers)
    found = _merged(doc, _preferred([*governed(doc, known)], [*beside(doc, known)]))
    found += parts(doc, known, found)
    found += parts(doc, known, found)  # "six civilians, including a child, were among the dead"
    found += _rest(doc, known, found)
    text = doc.text  # spaCy puts it together anew at each call
    long = Stretches.of(times)
    clauses: dict[int, str] = {}
    made = (_mention(doc, text, known, it, long, clauses) for it in sorted(set(found), key=lambda it: (it.head, it.governor, it.measure)))
    return tuple(it for it in made if it)


def _preferred(governed_: list[Found], beside_: list[Found]) -> list[Found]:
    """The tree's word, save where the order of the words is sure; the order's where the tree has none."""
    sure = {it.head: it.governor for it in beside_ if it.sure}
    owners = {it.governor for it in beside_ if it.sure and it.head < it.governor}  # "three were killed and 12 injured"

    def stands(it: Found) -> bool:
        if it.head in sure:  # a relative clause may follow: "arrested the 50 men they had wounded"
            return it.measure not in PEOPLE | {"destroyed", "other"} or sure[it.head] < it.head < it.governor
        return it.governor not in owners or it.head > it.governor

    kept = [it for it in governed_ if stands(it)]
    measured = {it.head for it in kept}
    return kept + [it for it in beside_ if it.sure or it.head not in measured]


def _merged(doc: Doc, found: list[Found]) -> list[Found]:
    """One figure for a phrase and measure, the nearest governor's; "killed or wounded 30" is one of casualties."""
    best: dict[tuple[int, str], Found] = {}
    for it in found:
        key = (it.head, it.measure)
        if key not in best or abs(it.governor - it.head) < abs(best[key].governor - it.head):
            best[key] = it
    for head in sorted({it.head for it in best.values()}):
        killed, injured = best.get((head, "killed")), best.get((head, "injured"))
        if (
            killed
            and injured
            and _joined(doc[killed.governor], doc[injured.governor])
            and _either(doc[killed.governor], doc[injured.governor])
        ):
            best[head, "casualties"] = replace(killed, measure="casualties")
            del best[head, "killed"], best[head, "injured"]
        elif killed and injured and _one_end(doc[killed.governor], doc[injured.governor]):
            del best[head, "injured"]  # "fatally shot in the back", "was taken to hospital but died"
        if (head, "killed") in best or (head, "injured") in best:
            best.pop((head, "casualties"), None)  # "shot and killed"
        if (head, "returned") in best and best.get((head, "displaced"), best[head, "returned"]).governor == head:
            best.pop((head, "displaced"), None)  # "500 refugees returned"
        if any((head, measure) in best for measure in PEOPLE | {"destroyed"}):
            best.pop((head, "participants"), None)
            best.pop((head, "attackers"), None)
            best.pop((head, "other"), None)
    return list(best.values())


def _either(killed: Token, injured: Token) -> bool:
    """Whether two words may tell of some and of others: "killed and wounded 12"; who died was hurt before."""
    return killed.i != injured.i and not _ended(killed) and injured.lemma_ in listed("nouns", "harms")


def _one_end(killed: Token, injured: Token) -> bool:
    """Whether the one who was hurt, or taken to hospital, is told to have died of it."""
    return killed.i == injured.i or _ended(killed) or injured.lemma_ not in listed("nouns", "harms")


def _ended(killed: Token) -> bool:
    return killed.lemma_ in listed("nouns", "ends")


def _joined(one: Token, other: Token) -> bool:
    """Whether two words are coordinated."""
    rows = [{t.i, t.head.i} if t.dep_ == "conj" else {t.i} for t in (one, other)]
    return bool(rows[0] & rows[1])


def _rest(doc: Doc, known: Known, found: Iterable[Found]) -> list[Found]:
    """Numbers under no measure: sizes of forces, attackers by name, and what else is counted."""
    done = {it.head for it in found}
    out: list[Found] = []
    for counted in dict.fromkeys(known.values()):
        if counted.bearer in done or counted.noun in done or not _counts(doc, counted):
            continue
        out.append(Found(_unruled(doc, counted), counted.bearer, _above(doc[counted.bearer]).i))
    return out


def _counts(doc: Doc, counted: Counted) -> bool:
    """Whether a number is worth telling under no measure."""
    number = counted.number
    if counted.noun is None and led(doc[counted.bearer], frozenset({"from"})):
        return False  # "rose from 12", "up from 12"
    if number.kind in (Kind.ONE, Kind.NONE) or doc[counted.bearer].lemma_ in listed("times", "words"):
        return False
    if number.core.text.lower() == "one" and (counted.bearer != counted.noun or case(doc[counted.bearer])):
        return False  # "one of the worst days", "in one case"
    if number.kind is Kind.VAGUE:
        return counted.noun is not None and number.core.text.lower() in listed("nouns", "vague")
    return number.core.text.lower() != "both"


def _unruled(doc: Doc, counted: Counted) -> str:
    if counted.noun is None and _follows_strikes(doc, counted):
        return "strikes"
    if counted.noun is None or counted.number.kind is not Kind.COUNT:
        return "other"
    counted_noun = doc[counted.noun]
    rows = {row.measure for row in measures.rows(counted_noun) if row.role is Role.SELF}
    for measure in ("attackers", "participants", "strikes"):
        if measure in rows:
            return measure
    return "participants" if is_fighter(counted_noun) else "other"


def _follows_strikes(doc: Doc, counted: Counted) -> bool:
    """As in "air strikes: eight in a day"."""
    at = counted.bearer - 1
    while at > 0 and (doc[at].pos_ == "PUNCT" or doc[at].idx >= counted.number.span.start):
        at -= 1
    return at < counted.bearer - 1 and at >= 0 and doc[at].lemma_ in listed("strikes", "self")


def _above(token: Token) -> Token:
    """The word that a phrase hangs on, coordinations and appositions climbed."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token.head


def _tolled(toll: Token, it: Found, text: str) -> str | None:
    """Of whom a toll is that is told apart from its number: "put the number of civilians killed at 17"."""
    if it.governor == it.head or toll.lemma_ not in listed("nouns", "tolls"):
        return None
    whose = [t for t in complements(toll) if t.pos_ in ("NOUN", "PROPN") and (is_people(t) or toll.lemma_ == "number")]
    return words(text, whose[0], None, ())[1] if whose else None


def _runs_on(first: Token, other: Token) -> bool:
    """Whether only the words of a list stand between two nouns: "towns, villages and ruling hills"."""
    if other.pos_ not in ("NOUN", "PROPN") or other.i <= first.i:
        return False
    return all(t.pos_ in ("CCONJ", "PUNCT", "ADJ", "NOUN", "PROPN", "VERB") for t in first.doc[first.i + 1 : other.i])


def _mention(doc: Doc, text: str, known: Known, it: Found, times: Stretches, clauses: dict[int, str]) -> FigureMention | None:
    head, counted = doc[it.head], known.get(it.head)
    said = interval(head, counted, people=it.measure in PEOPLE)
    if said is None:
        return None
    joined: list[Token] = []
    if says(counted) or it.measure not in PEOPLE:
        joined = [c for c in conjuncts(noun(head, known) or head) if c.i not in known and _runs_on(noun(head, known) or head, c)]
    span, of = words(text, head, counted, joined)
    of = of or _tolled(doc[it.governor], it, text)
    approximate = counted is not None and counted.number.approximate
    standing = is_standing(doc[it.governor], said[0], times, clauses)
    share = counted is not None and counted.number.kind in (Kind.PERCENT, Kind.MONEY)
    figure = Figure(span, Measure.OTHER if share else Measure(it.measure), of, said[0], said[1], standing, approximate)
    return FigureMention(figure, it.head, it.governor, it.part_of, share)
