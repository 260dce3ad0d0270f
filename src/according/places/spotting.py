"""Place names that the reading model cut short or passed over, by what the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from according.model import Span
from according.places import folding
from according.places.candidates import importance
from according.places.entries import Entry
from according.places.gazetteer import Gazetteer
from according.places.mentions import Mention, Other
from according.places.phrases import says_no_name
from according.reading.stretches import Stretches

#: What a name may go on with, on either side: "Haut-|Katanga", "Pul-e |‘Alam", "al-|Bab", "Tell |Abyad".
_AFTER = re.compile(r"(?:[-‑][\w’']+| ?[‘ʿ’][A-Z][\w’']*)+")
_BEFORE = re.compile(r"(?:\b[A-Z][\w’']*[ -‑]|\b[AaEe]l[ -])+$|(?:\b[\w’']+[-‑])+$")
_COMMA = re.compile(r",\s+((?:[A-Z][\w’']+\.?|(?:[A-Z]\.){2,})(?:[ -][A-Z][\w’']+)?)")
_NAME = r"[A-Z][\w’']+(?:[-‑][\w’']+)*(?: [A-Z][\w’'-]+){0,2}"
_LOCATED = re.compile(
    rf"\b(?:in|near|at|outside|around|from|towards?) (?:the )?(?P<name>{_NAME})"
    r"|(?m:^)(?P<line>[A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+)*)(?=,| \()"
)
_RUN = re.compile(r"[A-Z][\w’'‘-]{1,100}+(?: (?:[aAeE][lsnrtdz]-?|[Aa]sh-?)?[ -]?[A-Z][\w’'‘-]{1,100})+")
#: What belongs to a name does not reach farther than this beyond it (characters).
_LONGEST = 200
#: The longest name that is looked for, in words.
_MOST_WORDS = 4
#: A name shorter than this is spotted by no one.
_SHORT = 3
_MEDIA = re.compile(
    r" (?i:tv|television|broadcaster|channel|network|news|newspaper|agency|brigades?|front|group|battalion|movement|party)\b"
)
_OF_PEOPLE = frozenset("abu abou umm um ibn bin mr mrs dr general colonel president king queen saint st san santa new".split())
_CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Ramadan Easter Christmas".split()
)
#: Words in capitals at the head of a sentence that are no part of a name.
_OPENERS = frozenset("the a an in at on of from near and but to for with by as this that".split())
#: A name that the model passed over is taken for a place as well known as one of 50,000 people.
_KNOWN = 5.2


def spotted(
    text: str, mentions: Sequence[Mention], others: Sequence[Other], lands: AbstractSet[str], gazetteer: Gazetteer
) -> list[Mention]:
    """The mentions, those cut short made whole, and those passed over added.

    ``others``: names of persons, organisations and groups. ``lands``: countries that the text speaks of by nationality.
    """
    whole = _whole(text, mentions, gazetteer)
    taken = [m.span for m in whole]
    more = [Mention(span) for span in _after_commas(text, taken, gazetteer)]
    taken += [m.span for m in more]
    taken += [other.span for other in others if not other.person]
    more += [Mention(span) for span in _longer(text, _stretches(taken), lands | _lands(whole, gazetteer), gazetteer)]
    taken += [m.span for m in more] + [other.span for other in others]
    more += [Mention(span) for span in _passed_over(text, _stretches(taken), gazetteer)]
    return sorted([*whole, *more], key=lambda m: (m.span.start, m.span.end))


def _whole(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Mentions widened over a hyphen, an apostrophe or an article where the whole is an entry; those inside one are dropped."""
    wide = [replace(mention, span=_widened(text, mention.span, gazetteer)) for mention in mentions]
    kept, reach = [], -1
    for n in sorted(range(len(wide)), key=lambda n: (wide[n].span.start, -wide[n].span.end, n)):
        if wide[n].span.end > reach:  # else one that begins before it, or is as long, holds it
            kept.append(n)
            reach = wide[n].span.end
    return [wide[n] for n in sorted(kept)]


def _stretches(spans: Sequence[Span]) -> Stretches:
    return Stretches.of((span.start, span.end) for span in spans)


def _widened(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    after = _AFTER.match(text, span.end, span.end + _LONGEST)
    before = _BEFORE.search(text, max(0, span.start - 30), span.start)
    if before and before[0].strip().lower() in _OPENERS:
        before = None
    starts = [before.start(), span.start] if before else [span.start]
    ends = [after.end(), span.end] if after else [span.end]
    for start in starts:
        for end in ends:
            if (start, end) != (span.start, span.end) and gazetteer.exact(folding.plain(text[start:end])):
                return Span.of(text, start, end)
    return span


def _after_commas(text: str, taken: Sequence[Span], gazetteer: Gazetteer) -> Iterator[Span]:
    """Countries and divisions set after a place with a comma: "LONDON, Ky. (WKYT)"."""
    known = _stretches(taken)
    for place in taken:
        found = _COMMA.match(text, place.end, place.end + _LONGEST)
        if found:
            span = Span.of(text, found.start(1), found.end(1))
            kinds = {m.entry.kind for m in gazetteer.exact(folding.plain(span.text))}
            if kinds & {"country", "division"} and not known.overlaps(span.start, span.end):
                yield span


def _lands(mentions: Sequence[Mention], gazetteer: Gazetteer) -> set[str]:
    """The countries that the known mentions most likely lie in."""
    best = [max(found, key=lambda m: importance(m.entry)) for m in mentions if (found := gazetteer.exact(folding.plain(m.span.text)))]
    return {land for match in best for land in match.entry.country}


def _longer(text: str, taken: Stretches, lands: AbstractSet[str], gazetteer: Gazetteer) -> Iterator[Span]:
    """Names of two words and more that the gazetteer has in a country spoken of: "Jabal al-Zawiya", read as a person or as nothing."""
    for run in _RUN.finditer(text):
        words = [(run.start() + w.start(), run.start() + w.end()) for w in re.finditer(r"[^ ]+", run[0])]
        plain = [says_no_name(text[a:b].lower()) for a, b in words]
        first = next((n for n, is_plain in enumerate(plain) if not is_plain), len(words))
        last = len(words) - next((n for n, is_plain in enumerate(reversed(plain)) if not is_plain), len(words))
        at = 0
        while at < len(words) - 1 and at <= first:  # a name leaves none of the run's names outside
            for end in range(min(len(words), at + _MOST_WORDS), at + 1, -1):
                span = Span.of(text, words[at][0], words[end - 1][1])
                free = end >= last and not _MEDIA.match(text, span.end)
                if free and not taken.overlaps(span.start, span.end) and _there(span.text, lands, gazetteer):
                    yield span
                    at = end - 1
                    break
            at += 1


def _there(name: str, lands: AbstractSet[str], gazetteer: Gazetteer) -> bool:
    """Whether a place of this name lies in one of the countries. "Abu Hamid" is more often a man."""
    if folding.plain(name).split(" ")[0] in _OF_PEOPLE:
        return False
    return any(lands & set(m.entry.country) for m in gazetteer.exact(folding.plain(name)) if _no_alias(m.entry, name))


def _no_alias(entry: Entry, name: str) -> bool:
    return entry.source == "regions" or folding.likeness(*(folding.sounded(folding.plain(n)) for n in (entry.name, name))) > 0


def _passed_over(text: str, taken: Stretches, gazetteer: Gazetteer) -> Iterator[Span]:
    """Names of well-known places after "in" and its like, or in a date line, where the model found no name."""
    for found in _LOCATED.finditer(text):
        part = "name" if found["name"] else "line"
        span = Span.of(text, found.start(part), found.end(part))
        words = span.text.split(" ")
        common = words[0] in _CALENDAR or all(says_no_name(word.lower()) for word in words)
        if common or len(span.text) <= _SHORT or taken.overlaps(span.start, span.end):
            continue
        known = gazetteer.exact(folding.plain(span.text))
        if any(importance(m.entry) >= _KNOWN and _no_alias(m.entry, span.text) for m in known):
            yield span
