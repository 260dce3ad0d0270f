"""Every time expression of a report, with the days it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from according.model import Anchor, Span, When
from according.reading.times.atoms import atoms
from according.reading.times.dateline import dateline as _dateline
from according.reading.times.grammar import grammar
from according.reading.times.phrases import Phrase, group
from according.reading.times.resolve import Resolved, Resolver
from according.reading.times.words import Words


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time: ``core`` is its own words ("the beginning of December"), ``whole`` what a claim quotes ("since the beginning of December").

    Two times that make one stretch ("11–13 December") are two expressions with one ``whole``. ``whole`` may be open on either side:
    "since May" runs to the day of speaking where that is known, "until May" has no start. ``relation`` is the word that makes it so:
    since, until, before, after, by, from, between, for, over, in, within, throughout, or None. ``kind`` is the family of forms that it was
    read as, a ``kind`` of grammar.toml: calendar, monthweek, day, thisday, lastnight, unit, offset, window, duration, set, clock, holiday,
    present, vague, bc, story.
    """

    core: When
    whole: When
    relation: str | None
    kind: str
    listed: bool = True  # False for words that are a claim's time and no time expression by themselves ("since then")


def find(doc: Doc | str, published: date | None = None) -> tuple[TimeExpression, ...]:
    """All times of ``doc`` in the order of their words; the same input gives the same result.

    What leans on the day of speaking is resolved against ``published``, or where that is None against the report's own date line
    (``anchor`` says which), or else keeps its words and has no days. Never raises on any text.
    """
    text = doc if isinstance(doc, str) else doc.text
    words = grammar().coder.words(text)
    found = [atom for match in grammar().find(words) for atom in atoms(match, words)]
    now, anchor = (published, Anchor.PUBLISHED) if published else (_dateline(words, found), Anchor.DATELINE)
    resolver = Resolver(words, now, anchor if now else None, _tags(doc))
    resolved = resolver.all(found)
    phrases = group(words, found, resolved, (None, None) if resolver.history else (now, anchor if now else None))
    out = []
    for phrase in phrases:
        whole = _whole(words, phrase)
        for n in range(phrase.first, phrase.last):
            atom = found[n]
            core = _when(words, atom.first, atom.last, resolved[n])
            out.append(TimeExpression(core, whole, phrase.relation, atom.kind, not atom.has("claim")))
    return tuple(out)


def dateline(text: str) -> date | None:
    """The day in the date line at the head of ``text``; None where there is none, or one without its year."""
    words = grammar().coder.words(text[:1000])
    return _dateline(words, [atom for match in grammar().find(words) for atom in atoms(match, words)])


def mentions(found: Iterable[TimeExpression]) -> tuple[When, ...]:
    """What ``according read`` prints: each expression by its own words."""
    return tuple(one.core for one in found if one.listed)


def phrases(found: Iterable[TimeExpression]) -> tuple[When, ...]:
    """What a claim quotes: each stretch once, with its function words."""
    return tuple(dict.fromkeys(one.whole for one in found))


def _tags(doc: Doc | str) -> Mapping[int, str]:
    return {} if isinstance(doc, str) else {token.idx: token.tag_ for token in doc if token.tag_}


def _span(words: Words, first: int, last: int) -> Span:
    return Span.of(words.text, words.starts[first], words.ends[last - 1])


def _when(words: Words, first: int, last: int, found: Resolved) -> When:
    days, anchor = found
    span = _span(words, first, last)
    return When(span, days.start, days.end, days.precision, anchor) if days else When(span)


def _whole(words: Words, phrase: Phrase) -> When:
    span = _span(words, phrase.begin, phrase.end)
    if phrase.start_day is None and phrase.end_day is None:
        return When(span)
    return When(span, phrase.start_day, phrase.end_day, phrase.precision, phrase.anchor)
