"""Who says what: every stretch of a text that somebody is told to have said, written, thought, feared or meant.

``find`` gives them with their spans; ``speakers`` answers, for one word of the text, who asserts what stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from according.model import Attribution, Span
from according.reading import accounts, quotations, quoting, verbs
from according.reading import speakers as naming
from according.reading.cues import Stance, cues
from according.reading.sayings import Saying, holders, trimmed


@dataclass(frozen=True, slots=True)
class AttributionMention:
    """An attribution with what coding needs of the tree. Numbers are token indexes into the ``Doc`` it was found in.

    ``speakers`` are the names of who says it: no rank, no article, a pronoun's name in its place; empty where nobody is named, and for
    "I" and "we" inside what somebody else says. ``asserts``: the source stands behind the content ("said", not "urged" or "did not say").
    ``within``: the position, in the tuple that ``find`` gives, of the innermost mention whose content holds this one's cue.
    """

    attribution: Attribution
    stance: Stance
    asserts: bool
    source_head: int | None
    cue_head: int
    content: frozenset[int]
    quoted: frozenset[int]  # those tokens of the content that stand inside quotation marks
    sentence: int  # first token of the cue's sentence
    speakers: tuple[Span, ...]
    rule: str
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who asserts what stands at a word: ``names`` innermost first, empty for the report's own voice."""

    names: tuple[Span, ...] = ()
    quoted: bool = False
    mentions: tuple[AttributionMention, ...] = ()


def find(doc: Doc) -> tuple[AttributionMention, ...]:
    """All attributions of a text, by where their cue stands."""
    table = cues()
    sayings = verbs.find(doc, table) + accounts.find(doc, table)
    marks = quotations.find(doc.text)
    sayings = quoting.extend(doc, sayings, marks, table)
    sayings = sorted((s for s in sayings if _says_something(doc, s)), key=lambda s: (s.head, s.cue))
    names = naming.named(doc, sayings, table)
    inside = frozenset(i for m in marks for i in quoting.tokens_of(doc, m) if m.inside <= doc[i].idx < m.outside)
    rows = zip(sayings, names, _within(sayings), strict=True)
    return tuple(_mention(doc, saying, named, inside, within) for saying, named, within in rows)


#: Stances that are acts of speech; the others are thoughts, which a speaker's own words hold by the dozen.
_SPOKEN = frozenset({Stance.SAY, Stance.CLAIM, Stance.ACCUSE, Stance.DENY, Stance.ANNOUNCE, Stance.PROMISE})


def told(mentions: Sequence[AttributionMention]) -> tuple[AttributionMention, ...]:
    """The mentions that a reader would list: no thoughts ("I hope", "they want") inside what somebody else is told to have said."""
    quoted = frozenset(i for mention in mentions for i in mention.quoted)
    return tuple(m for m in mentions if m.stance in _SPOKEN or (m.within is None and m.cue_head not in quoted))


def holding(mentions: Sequence[AttributionMention]) -> dict[int, list[AttributionMention]]:
    """Token → the mentions whose content holds it, in their order."""
    found: dict[int, list[AttributionMention]] = {}
    for mention in mentions:
        for i in mention.content:
            found.setdefault(i, []).append(mention)
    return found


def speakers(doc: Doc, mentions: Sequence[AttributionMention], token_index: int) -> Voice:
    """Who asserts what stands at a token: the speakers of all the assertions whose content holds it, innermost first."""
    around = sorted(
        (m for m in mentions if m.asserts and token_index in m.content), key=lambda m: (len(m.content), m.rule != verbs.CITED, -m.cue_head)
    )
    names: list[Span] = []
    for mention in around:
        names.extend(name for name in mention.speakers if not _told(name, names))
    return Voice(tuple(names), any(token_index in m.quoted for m in around), tuple(around))


def _told(name: Span, names: list[Span]) -> bool:
    """Whether a name was already given, in these or in fuller words."""
    return any(name.text.lower() in other.text.lower() or other.text.lower() in name.text.lower() for other in names)


def _says_something(doc: Doc, saying: Saying) -> bool:
    return any(not (doc[i].is_punct or doc[i].is_space) for i in saying.content)


def _within(sayings: list[Saying]) -> list[int | None]:
    """For each saying the innermost of those whose content holds its cue."""
    held = holders(sayings)
    around = [[n for n in held.get(saying.head, ()) if sayings[n] is not saying] for saying in sayings]
    return [min(outer, key=lambda n: (len(sayings[n].content), n)) if outer else None for outer in around]


def _mention(
    doc: Doc, saying: Saying, names: tuple[tuple[int, ...], ...], inside: frozenset[int], within: int | None
) -> AttributionMention:
    content = frozenset(i for i in saying.content if not doc[i].is_space)
    pieces = _pieces(doc, content)
    words = [i for i in content if not doc[i].is_punct]
    return AttributionMention(
        attribution=Attribution(
            cue=_span(doc, saying.cue),
            content=tuple(_span(doc, piece) for piece in pieces),
            source=_span(doc, saying.source) if saying.source else None,
            quoted=bool(words) and all(i in inside for i in words),
        ),
        stance=saying.stance,
        asserts=saying.asserts,
        source_head=saying.source_head,
        cue_head=saying.head,
        content=content,
        quoted=content & inside,
        sentence=doc[saying.head].sent.start,
        speakers=tuple(_span(doc, name) for name in names),
        rule=saying.rule,
        within=within,
    )


def _pieces(doc: Doc, content: frozenset[int]) -> list[tuple[int, ...]]:
    """The unbroken runs of the content's tokens; marks and blanks between two runs do not break them."""
    runs: list[list[int]] = []
    for i in sorted(content):
        if runs and all(doc[k].is_punct or doc[k].is_space for k in range(runs[-1][-1] + 1, i)):
            runs[-1].extend(range(runs[-1][-1] + 1, i + 1))
        else:
            runs.append([i])
    pieces = [trimmed(doc, tuple(run)) for run in runs]
    return [piece for piece in pieces if piece]


def _span(doc: Doc, tokens: tuple[int, ...]) -> Span:
    start, text = doc[tokens[0]].idx, doc[tokens[0] : tokens[-1] + 1].text
    return Span(start, start + len(text), text)
