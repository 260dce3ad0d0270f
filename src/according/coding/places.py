"""Where a happening was, as the words say it: the named place nearest to it in the tree, and the places that lie around that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from according.coding.arguments import joined, links, preposition
from according.coding.kinds import classes, common_lemma
from according.coding.sentences import BySentence, by_sentence
from according.coding.triggers import Trigger, fronted
from according.coding.words import words
from according.model import Claim, ClaimType, Place, Span, When
from according.reading.datelines import DATELINE
from according.reading.entities import bounds

_ACTING = frozenset({"nsubj", "nsubj:pass", "obl:agent", "vocative"})
#: A place farther than this in the tree is not the happening's.
_FAR = 7.0
_NEAR = 4.0
_MEETING = frozenset({ClaimType.TALKS, ClaimType.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Mention:
    """A named place in the text: the head of its phrase, its first and last token, and whether it names a country."""

    head: Token
    start: int
    end: int
    country: bool
    case: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """The named places of a text, by the sentences that they stand in and by the words that they bear."""

    here: BySentence[Mention]
    bearing: Mapping[str, Sequence[tuple[int, int, Mention]]]  # lemma → (last token, number, mention), by last token

    @classmethod
    def of(cls, doc: Doc, mentions: Sequence[Mention]) -> Known:
        rows: dict[str, list[tuple[int, int, Mention]]] = {}
        for n, mention in enumerate(mentions):
            of = [mention.head.head] if mention.head.dep_ == "nmod" and mention.case == "of" else []
            for lemma in {common_lemma(t) for t in [*doc[mention.start : mention.end + 1], *of]}:
                rows.setdefault(lemma, []).append((mention.end, n, mention))
        for own in rows.values():
            own.sort(key=lambda row: row[:2])
        return cls(by_sentence(doc, mentions, lambda m: m.head.i), {lemma: _highest(own) for lemma, own in rows.items()})

    def last(self, lemma: str, start: int) -> Mention | None:
        """The mention of the highest number that bears a word and ends before token ``start``."""
        own = self.bearing.get(lemma, ())
        at = bisect_left(own, start, key=lambda row: row[0])
        return own[at - 1][2] if at else None


def _highest(rows: Sequence[tuple[int, int, Mention]]) -> list[tuple[int, int, Mention]]:
    """Rows by their last token, each with the mention of the highest number up to it."""
    out: list[tuple[int, int, Mention]] = []
    for end, n, mention in rows:
        higher = not out or n > out[-1][1]
        out.append((end, n, mention) if higher else (end, *out[-1][1:]))
    return out


@dataclass(frozen=True, slots=True)
class Where:
    """A place and those around it; ``told`` where the sentence itself names it."""

    place: Place | None
    within: tuple[Place, ...] = ()
    told: bool = False
    rule: str = ""


def mentions(doc: Doc, taken: frozenset[int]) -> list[Mention]:
    """All named places of a text that may be where something was. ``taken``: tokens of times and speakers, which are none."""
    out: list[Mention] = []
    named: set[int] = set()  # tokens of those found
    for ent in [*_borders(doc), *doc.ents, *_built(doc)]:
        if any(i in taken for i in range(ent.start, ent.end)):
            continue
        head = ent.root
        if not _may_be_place(head, ent.label_) or _hyphened(ent) or "Islamic" in ent.text:
            continue
        top = _phrase_head(head)
        start, end = _edges(top, ent.start, ent.end - 1, taken)
        if named.isdisjoint(range(start, end + 1)):
            named.update(range(start, end + 1))
            out.append(
                Mention(
                    top,
                    start,
                    end,
                    top == head and (ent.text in classes()["country"] or head.text in classes()["country"]),
                    preposition(top),
                )
            )
    return out


def _borders(doc: Doc) -> Iterator[SpacySpan]:
    """“The Turkish border”, "the Syrian-Turkish border", "the border with Turkey", "the border between Niger and Mali"."""
    for token in doc:
        if token.lower_ not in words("borders"):
            continue
        start = token.i
        while start > token.sent.start and (doc[start - 1].ent_type_ in ("group", "place") or doc[start - 1].text in ("-", "–")):
            start -= 1
        if start < token.i and doc[start].text not in ("-", "–"):
            yield SpacySpan(doc, start, token.i + 1, label="place")
            continue
        end = token.i + 1
        if end < len(doc) - 1 and doc[end].lower_ in ("with", "between", "of"):
            end += 1
            while end < len(doc) and (doc[end].ent_type_ == "place" or doc[end].lower_ in ("the", "and")):
                end += 1
            while doc[end - 1].ent_type_ != "place" and end > token.i + 1:
                end -= 1
            if end > token.i + 2:
                yield SpacySpan(doc, token.i, end, label="place")


def _built(doc: Doc) -> Iterator[SpacySpan]:
    """Named buildings and grounds that no name was found in: "the Al Salem hospital complex"."""
    for token in doc:
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or token.ent_type_ in ("place", "facility")
            or common_lemma(token) not in classes()["building"] | words("built")
        ):
            continue
        start = token.i
        while start > token.sent.start and (
            doc[start - 1].pos_ == "PROPN" or doc[start - 1].text == "-" or common_lemma(doc[start - 1]) in classes()["building"]
        ):
            start -= 1
        if start < token.i and doc[start].text[:1].isupper() and doc[start].pos_ == "PROPN" and doc[start].text not in classes()["group"]:
            yield SpacySpan(doc, start, token.i + 1, label="facility")
    for token in doc:
        if token.ent_type_ or token.text in words("calendar") or token.text in classes()["group"]:
            continue
        if (
            token.pos_ == "PROPN"
            and token.dep_ in ("obl", "nmod")
            and preposition(token) in ("in", "near", "at", "outside", "around")
            and token.text[:1].isupper()
        ):
            last = max([token.i, *(c.i for c in token.children if c.dep_ == "flat")])
            yield SpacySpan(doc, min([token.i, *(c.i for c in token.children if c.dep_ == "compound")]), last + 1, label="place")
        elif token.lower_ == "capital" and any(c.ent_type_ == "group" for c in token.children):
            first = min(c.i for c in token.children if c.ent_type_ == "group")
            yield SpacySpan(doc, first, token.i + 1, label="place")


def _hyphened(ent: SpacySpan) -> bool:
    """“Britain-based”, “US-led”, “ISIS-held”: not where anything was."""
    doc, after = ent.doc, ent.end
    return (
        after + 1 < len(doc)
        and doc[after].text in ("-", "–")
        and not doc[after - 1].whitespace_
        and doc[after + 1].tag_ in ("VBN", "VBD", "JJ", "VBG")
    )


def _may_be_place(head: Token, label: str) -> bool:
    if head.text in classes()["group"] or any(t.dep_ == DATELINE for t in [head, *head.ancestors]):
        return False
    shouted = head.text.isupper() and len(head.text) > 3 and not head.sent.text.isupper()
    if shouted and preposition(head) is None and head.i and head.doc[head.i - 1].text != ",":
        return False  # "BEIRUT A counterattack": where the report was written
    if label in ("place", "facility"):
        return head.dep_ not in ("amod",) or head.pos_ == "PROPN"
    case = preposition(head)
    if case in ("near", "outside", "around"):
        return label in ("person", "organisation", "other")
    return (
        label in ("person", "other")
        and case in ("in", "near", "outside", "around", "at")
        and not any(c.dep_ == "flat" for c in head.children)
    )


def _phrase_head(head: Token) -> Token:
    """“The southern countryside of Idlib”, “Idlib province”, “the city of Raqqa”: the word that the phrase hangs on."""
    up = head.head
    if up == head or up.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return head
    lemma = common_lemma(up)
    if head.text.removesuffix("s") in classes()["country"] and lemma in words("kind_only") - {"capital", "province"}:
        return head  # "Syria's main cities"
    placelike = lemma in classes()["place"] or lemma in words("directions") or lemma in classes()["building"]
    if head.dep_ in ("compound", "nmod:desc", "flat", "amod", "nmod:unmarked") and placelike and up.i > head.i:
        return up
    if (
        head.dep_ in ("nmod", "appos")
        and preposition(head) in ("of", None)
        and lemma in words("directions") | words("kind_only")
        and up.i < head.i
        and head.dep_ == "nmod"
    ):
        return up
    return head


def _edges(top: Token, start: int, end: int, taken: frozenset[int]) -> tuple[int, int]:
    """First and last token of a place's name in its phrase."""
    lemma = common_lemma(top)
    if start <= top.i <= end:
        pass
    elif lemma in words("kind_only") and top.i < start:
        return start, end  # "the city of Raqqa": the name alone
    else:
        start, end = min(start, top.i), max(end, top.i)
    for child in sorted(top.children, key=lambda c: -c.i):
        says = child.lower_ in words("directions") or child.pos_ == "PROPN"
        if child.dep_ in ("compound", "amod", "nmod:desc") and child.i == start - 1 and child.i not in taken and says:
            start = child.i
    for other in joined(top)[1:]:
        if (
            any(c.dep_ == "cc" for c in other.children)
            and other.ent_type_ in ("place", "facility")
            and other.i - end <= 4
            and other.i not in taken
        ):
            end = max(end, bounds(other).stop - 1)
    return start, end


def where(trigger: Trigger, known: Known, outside: frozenset[int]) -> Where:
    """The place that a trigger's own sentence names. ``outside``: tokens that tell of the saying, not of what was said."""
    if trigger.type in (ClaimType.TAKES_TERRITORY, ClaimType.CONTROL) and any(t.lower_ == "its" for t in trigger.args.get("poss")):
        return Where(None)  # "its liberation": of the place told before
    near = [m for m in known.here.of(trigger.token) if m.head.i not in outside and not _is_party(m, trigger)]
    ranked = sorted(((_distance(trigger, m), m.head.i, m) for m in near), key=lambda row: row[:2])
    far = _NEAR if trigger.type in _MEETING else _FAR
    ranked = [row for row in ranked if row[0] < far]
    if not ranked:
        return Where(None)
    best = _finer(_outermost(ranked[0][2], [m for _, _, m in ranked]), [m for _, _, m in ranked])
    around = _chained(best, near)
    around += [m for d, _, m in ranked[1:] if m not in around and d <= ranked[0][0] + 2.5 and m.case in words("locative")][:2]
    place = Place(_span(best))
    within = tuple(Place(_span(m)) for m in around if m is not best)
    return Where(place, within, True, f"place after “{best.case}”" if best.case else "place named beside it")


def _outermost(best: Mention, others: Sequence[Mention]) -> Mention:
    """“The airfield near Palmyra”: the place that holds the other in its phrase is where it was."""
    for other in others:
        path = [best.head, *best.head.ancestors]
        if (
            other is not best
            and other.head in path
            and not other.country
            and best.case in ("near", "outside", "of", "east", "west", "north", "south")
        ):
            between = path[: path.index(other.head)]
            if all(t.dep_ in ("nmod", "appos", "nmod:unmarked") for t in between):
                return other
    return best


def _finer(best: Mention, others: Sequence[Mention]) -> Mention:
    """“In Deir Hafer in the countryside of Aleppo”: of two places told one right after the other, the first is in the second."""
    doc = best.head.doc
    if best.case not in ("in", "within"):
        return best
    for other in others:
        between = doc[other.end + 1 : best.start]
        if len(between) and other.case in words("locative") and all(t.pos_ in ("ADP", "DET") for t in between):
            return other
    return best


def _is_party(mention: Mention, trigger: Trigger) -> bool:
    """A country that acts, is fought or bears somebody's title is no place of a happening."""
    if fronted(mention.head):
        return False
    head, case = mention.head, mention.case
    while head.dep_ == "conj" and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
        case = preposition(head)
    above = common_lemma(head.head)
    if (
        head.dep_ in ("appos", "compound", "nmod:desc", "nmod:unmarked", "flat")
        and mention.country
        and above in classes()["armed"] | classes()["officials"]
    ):
        return True
    own = {trigger.token, *(p.token for p in trigger.absorbed)}
    if mention.country and head.dep_ in ("compound", "amod", "nmod:desc") and above in classes()["happening"] and head.head not in own:
        return True  # "backed by US air strikes"
    if mention.country and any(
        c.dep_ in ("compound", "nmod:desc", "appos") and common_lemma(c) in classes()["armed"] for c in head.children
    ):
        return True
    if mention.head != head and above in classes()["armed"]:
        return True
    if mention.country and head.dep_ in ("obj", "iobj") and not _located(trigger, head):
        return True  # "accused Israel", "thanked Turkey"
    if mention.country and words("allies") & {above, *(common_lemma(c) for c in head.children if c.dep_ in ("compound", "appos"))}:
        return True
    if head.dep_ in _ACTING and mention.case in (None, "by") and not _located(trigger, head):
        return True
    if head in trigger.args.get("subj") and mention.country:
        return True
    if head.dep_ == "nmod:poss" and mention.country and head.head.ent_type_ not in ("place", "facility"):
        return True
    if mention.country and case in ("with", "against", "between", "by"):
        return True
    return mention.country and case in ("of", "for") and above in classes()["armed"] | classes()["officials"]


def _located(trigger: Trigger, head: Token) -> bool:
    if head.dep_ == "nsubj" and common_lemma(head.head) in words("undergoing") and trigger.token in head.head.subtree:
        return True  # "the town suffered a series of raids"
    return head in trigger.args.get("obj") or (
        head in trigger.args.get("subj") and any(c.role in ("obj", "subj") for c in trigger.row.conditions)
    )


def _distance(trigger: Trigger, mention: Mention) -> float:
    """How far a place is from a trigger in the tree, in links, words about another clause or a mere direction counted as farther."""
    best = min(links(part.token, mention.head) for part in [trigger, *trigger.absorbed] if part is trigger or part.row.frame.effect)
    if mention.country or mention.head.lower_ in words("borders"):
        best += 1.2 if mention.country else 2.0  # "the town, near the Turkish border"
    if mention.case in ("from", "to", "toward", "towards", "against", "with", "for", "by", "about") and mention.head not in _asked(trigger):
        best += 1.5
    if mention.case in words("locative"):
        best -= 0.6
    if any(mention.head in trigger.args.get(role) for role in ("obj", "of") if any(c.role == role for c in trigger.row.frame.place)):
        best -= 1.2
    if trigger.type in _MEETING and _subject_matter(trigger, mention.head):
        best += 4.0
    if not trigger.noun and any(mention.head != s and mention.head in s.subtree for s in trigger.args.get("subj")):
        best += 1.5  # "militants based in the east shelled the west"
    return best


def _subject_matter(trigger: Trigger, head: Token) -> bool:
    """“Talks on the situation in Aleppo” are not held there."""
    below = [head, *head.ancestors]
    if trigger.token in below:
        below = below[: below.index(trigger.token)]
    return any(preposition(t) in ("on", "about", "over", "regarding") for t in below)


def _asked(trigger: Trigger) -> list[Token]:
    """Words in the roles that the frame takes for its place."""
    return [t for c in trigger.row.frame.place for t in trigger.args.get(c.role)]


def _chained(place: Mention, near: Sequence[Mention]) -> list[Mention]:
    """Places that the place's own phrase puts around it: "Palmyra, Syria", "Hama in western Syria"."""
    heads = {t.i for t in place.head.subtree}
    above = place.head.head if place.head.dep_ in ("nmod", "appos", "compound") else None
    out = [m for m in near if m is not place and m.head.i in heads and m.head.i > place.end and not _beside(m.head, place.head)]
    if above is not None:
        out += [m for m in near if m is not place and m not in out and m.head == above]
        out += [
            m
            for m in near
            if m is not place and m not in out and m.head.head == above and m.head.i > place.end and m.head.dep_ in ("nmod", "appos")
        ]
    return out


def _beside(other: Token, head: Token) -> bool:
    """“Karsa and the villages of Brenik and Zimna”: told together, none lies in the other."""
    path = [other, *other.ancestors]
    return any(t.dep_ == "conj" for t in path[: path.index(head)])


def _span(mention: Mention) -> Span:
    doc, start, end = mention.head.doc, mention.start, mention.end
    while start < end and (doc[start].pos_ in ("DET", "PUNCT", "ADP", "CCONJ", "PRON") or doc[start].is_space):
        start += 1
    while end > start and (doc[end].is_punct or doc[end].is_space or doc[end].lower_ in ("'s", "’s")):
        end -= 1
    last = doc[end].idx + len(doc[end].text)
    if doc[end].text.endswith("s") and doc[end].text[:-1] in classes()["country"]:
        last -= 1  # an apostrophe lost: "Syrias Idlib province"
    return Span.of(doc.text, doc[start].idx, last)


def _points(token: Token) -> bool:
    """“The town”, "this area"."""
    kind = common_lemma(token) in words("kind_only") | words("pointing_places")
    return kind and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children)


def _points_back(trigger: Trigger) -> bool:
    """Whether the sentence speaks of "the town", "there": the place told last."""
    return any((t.lower_ == "there" and t.dep_ == "advmod") or _points(t) for t in trigger.token.sent)


def _pointed(trigger: Trigger, known: Known) -> Mention | None:
    """“The region”, after “the Idlib region”: the last place that bears the same word."""
    sentence = trigger.token.sent
    for token in sentence:
        if _points(token) and not any(c.dep_ == "nmod" for c in token.children):
            mention = known.last(common_lemma(token), sentence.start)
            if mention is not None:
                return mention
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """What an earlier claim came to: its type, place, sentence and time."""

    type: ClaimType
    where: Where
    sentence: Span
    time: When | None


def told(claim: Claim, where: Where) -> Told | None:
    """What a later claim may take from this one; nothing where it has no place or tells of a meeting."""
    return Told(claim.type, where, claim.sentence, claim.time) if where.place is not None and claim.type not in _MEETING else None


def carried(trigger: Trigger, one: Told | None, known: Known, time: When | None, text: str) -> Where:
    """The place of an earlier claim, where the sentence names none: in the same paragraph, or where the words point back to it.

    ``one``: the last claim that may lend its place. A day of its own, or "elsewhere", tells of something else.
    """
    here = trigger.token.idx
    if trigger.type in _MEETING:
        return Where(None)
    pointed = _pointed(trigger, known)
    if pointed is not None:
        return Where(Place(_span(pointed)), (), False, "place pointed back to")
    back = _points_back(trigger)
    if _ELSEWHERE.search(trigger.token.sent.text):
        return Where(None)
    if one is None:
        return Where(None)
    if not back and not _alike(one.type, trigger.type) and text.find("\n", one.sentence.end, here) >= 0:
        return Where(None)
    if not back and time is not None and one.time is not None and one.time.span.text != time.span.text and one.sentence.end < here:
        return Where(None)
    return Where(one.where.place, one.where.within, False, "place carried over")


_ELSEWHERE = re.compile(r"(?i)\b(?:elsewhere|in one case|in another case|separately|in a separate|across the country)\b")


def _alike(a: ClaimType, b: ClaimType) -> bool:
    violent = {
        ClaimType.DESTRUCTION,
        ClaimType.AIR_STRIKE,
        ClaimType.BOMBING,
        ClaimType.ATTACK,
        ClaimType.SHELLING,
        ClaimType.CASUALTIES,
        ClaimType.CHEMICAL_ATTACK,
        ClaimType.ARMED_CLASH,
    }
    return a is b or (a in violent and b in violent)


def names(doc: Doc) -> Iterator[Span]:
    """The named places of a text, as ``read`` prints them."""
    for mention in mentions(doc, frozenset()):
        yield _span(mention)
