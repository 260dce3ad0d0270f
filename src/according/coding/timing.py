"""When a happening was: which of the time expressions of its sentence belongs to it, or is plainly carried over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from according.coding.arguments import definite, links
from according.coding.happenings import agree
from according.coding.triggers import Trigger
from according.model import Claim, ClaimType, Span, When
from according.reading.datelines import DATELINE

#: The head of a text is no longer than this (characters).
_HEAD_ENDS = 2000
#: A time farther than this in the tree belongs to something else.
_FAR = 4.0
_HEAD = re.compile(r"(?i)\s*(?:(?:date of publication|published|posted|updated|last updated|source|date)\W*)*$")


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with its place in the tree: its words' token indexes, and the word that it hangs on."""

    when: When
    tokens: frozenset[int]
    host: int
    saying: bool  # it tells when something was said
    core: When  # its own days, whatever "by" or "until" before it makes of them
    opens: int | None = None  # the word that it begins a sentence with whose full stop before it was lost
    hearsay: bool = False  # it tells when something "was reported", by nobody named


def timed(doc: Doc, times: Sequence[When], cores: Sequence[When], cues: Mapping[int, frozenset[int]], dateline: date | None) -> list[Timed]:
    """Hang every time expression in the tree; the report's own date line is left out. ``cues``: words of saying, with what was said."""
    out = []
    alone = {core.span.end: core for core in cores}
    for when in times:
        inside = [t for t in doc.char_span(when.span.start, when.span.end, alignment_mode="expand") or [] if not t.is_space]
        if (
            not inside
            or any(t.dep_ == DATELINE for t in [inside[0], *inside[0].ancestors])
            or _MOMENT.search(when.span.text)
            or _is_head(doc.text, when)
            or _is_dateline(when, inside[0], dateline)
        ):
            continue
        indexes = frozenset(t.i for t in inside)
        top = next((t for t in inside if t.head.i not in indexes or t.head == t), inside[0])
        host = _content_host(top)
        opens, core = _opening(inside), alone.get(when.span.end, when)
        saying = opens is None and _tells_when_said(host, when, indexes, cues)
        out.append(Timed(_possessive(when, inside[-1]), indexes, host.i, saying, core, opens, _of_nobody(host)))
    return out


def _opening(words: Sequence[Token]) -> int | None:
    """“Clashes raged in the town On 20 March the army captured it”: the capital shows where a full stop was lost."""
    first, last = words[0], words[-1]
    at = first if first.lower_ in _HEADING else first.doc[first.i - 1] if first.i else first
    lost = at.lower_ in _HEADING and at.text[0].isupper() and not at.is_sent_start and at.doc[at.i - 1].text[-1].isalnum()
    follows = last.doc[last.i + 1].text if last.i + 1 < len(last.doc) else ""
    return at.i if lost and (follows == "," or follows.islower()) else None  # but "Fighting in Hama Since 23 March Kills Nine"


_HEADING = frozenset({"on", "in", "by", "since", "from", "during", "at", "as"})


def _of_nobody(host: Token) -> bool:
    """“It was reported that …”."""
    return any(c.lower_ == "it" and c.dep_ in ("nsubj:pass", "expl", "expl:pass") for c in host.children)


def _is_head(text: str, when: When) -> bool:
    """A date after "Published:", or one that stands first of all and alone on its line or with its year: not "Last week, shelling …"."""
    if when.span.start > _HEAD_ENDS:
        return False
    before, after = text[: when.span.start], text[when.span.end : when.span.end + 2].lstrip(" ")
    alone = after[:1] in ("", "\n") or (when.start is not None and when.start == when.end and str(when.start.year) in when.span.text)
    return _HEAD.fullmatch(before) is not None and (bool(before.strip()) or alone)


def _is_dateline(when: When, first: Token, dateline: date | None) -> bool:
    """The day of publication with its year, standing alone in the text's head."""
    written = dateline is not None and when.start == when.end == dateline and str(dateline.year) in when.span.text
    return written and not any(c.dep_ == "case" for c in [*first.children, *first.head.children]) and when.span.start < 400


#: How long something takes or is to last ("a 72-hour truce") is not when it was.
_MOMENT = re.compile(r"(?i)\b(?:seconds?|minutes?)\b|^for .*\bhours?\b|^\w+-(?:hour|day|week|month|year)$")


def _tells_when_said(host: Token, when: When, indexes: frozenset[int], cues: Mapping[int, frozenset[int]]) -> bool:
    """Whether a time on a word of saying is that of the saying: not in what was said, and such as its tense can take."""
    if host.i not in cues or indexes & cues[host.i] or _hearsay(host):
        return False
    return not (_DAY.search(when.span.text) and not _NOW.search(when.span.text) and _present_perfect(host))


def _present_perfect(host: Token) -> bool:
    """“Has called for an inquiry into an attack on Friday”: the present perfect takes no past day, so the day is another word's."""
    return host.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve", "’ve") for c in host.children)


def _hearsay(host: Token) -> bool:
    """“Jets were reported to have fired on 30 November”: the day is the firing's."""
    return any(c.dep_ == "xcomp" for c in host.children) and any(c.dep_ == "aux:pass" for c in host.children)


def _possessive(when: When, last: Token) -> When:
    """“Wednesdays strike”, an apostrophe lost: the day alone."""
    after = last.doc[last.i + 1] if last.i + 1 < len(last.doc) else None
    if last.lower_.endswith("days") and after is not None and after.pos_ in ("NOUN", "ADJ", "PROPN"):
        return replace(when, span=Span.of(last.doc.text, when.span.start, when.span.end - 1))
    if after is not None and after.lower_ in ("'s", "’s") and when.span.text.lower().startswith("from "):  # "the toll from Monday's raid"
        day = Span.of(last.doc.text, when.span.start + len("from "), when.span.end)
        return replace(when, span=day, end=when.start)
    return when


def _content_host(top: Token) -> Token:
    host = top.head
    while host.dep_ in ("case", "advmod", "aux", "mark") and host.head != host:
        host = host.head
    return host


def when(trigger: Trigger, times: Sequence[Timed]) -> tuple[When | None, str]:
    """The time nearest to a trigger, of those that hang in its sentence, with the rule that found it."""
    opens = sorted(t.opens for t in times if t.opens is not None)
    here = bisect_right(opens, trigger.token.i)  # which of the sentences that a lost full stop made one
    near = [t for t in times if trigger.token.i not in t.tokens and _bears(t, trigger) and bisect_right(opens, min(t.tokens)) == here]
    parts = [trigger, *(p for p in trigger.absorbed if p.row.frame.effect or p.noun)]
    ranked = sorted(((_distance(parts, t), abs(t.host - trigger.token.i), n) for n, t in enumerate(near)))
    far = 1.0 if trigger.token.dep_ == "amod" else _FAR  # "the rebel-held town" is held at no particular time
    opening = [t for t in near if t.opens is not None]
    if not ranked or ranked[0][0] > far:
        return (opening[0].when, "time at the head") if opening else (None, "")
    best = near[ranked[0][2]]
    if _LASTING.search(best.when.span.text) and trigger.type in _HELD and not trigger.noun:  # "on 4 May the town fell in a matter of days"
        best = next((near[n] for d, _, n in ranked if d <= ranked[0][0] + 1 and near[n].when.end is not None), best)
    own = _reached(trigger, best) if best.when.start is None else best.when
    return own, "time in its clause" if ranked[0][0] <= 1 else "time nearest in the tree"


def _bears(time: Timed, trigger: Trigger) -> bool:
    """Whether a time may be a trigger's: that of a saying only where it is the word of saying itself, or a place was reported held."""
    return not time.saying or time.host == trigger.token.i or (time.hearsay and trigger.type in _HELD)


def _reached(trigger: Trigger, time: Timed) -> When:
    """“By May the town was held by rebels”: it was so in May. “Until May, when the army took it”: that was in May."""
    if time.when.span.text.lower().startswith("by ") and trigger.type in _HELD:
        return replace(time.core, span=time.when.span)
    clauses = [t for t in [trigger.token, *trigger.token.ancestors] if t.dep_ in ("acl:relcl", "advcl") and min(time.tokens) < t.i]
    then = any(c.lower_ == "when" and c.i == max(time.tokens) + 2 for t in clauses for c in t.children)
    return time.core if then else time.when


_LASTING = re.compile(r"(?i)\b(?:hours|days|weeks|months|years)$")
_HELD = frozenset({ClaimType.CONTROL, ClaimType.TAKES_TERRITORY, ClaimType.LEAVES_TERRITORY})


def _distance(parts: Sequence[Trigger], time: Timed) -> float:
    """Links from the trigger's words to the word that the time hangs on; a time inside a clause below is none of it."""
    doc = parts[0].token.doc
    host = doc[time.host]
    return min(links(p.token, host) + (_OTHER_CLAUSE if _apart(p.token, host) else 0) for p in parts)


_OTHER_CLAUSE = 3.0


def _apart(token: Token, host: Token) -> bool:
    """Whether a relative clause or a clause of content lies between the two: its time is its own."""
    down = [host, *host.ancestors]
    if token in down:
        between = down[: down.index(token)]
        return any(t.dep_ in ("acl:relcl", "acl", "ccomp", "parataxis") for t in between[:-1])  # the word's own clause is its own
    up = [token, *token.ancestors]
    return host in up and any(t.dep_ == "acl:relcl" for t in up[: up.index(host)])


def carried(trigger: Trigger, claims: Sequence[Claim], claim: Claim, text: str) -> When | None:
    """The time of an earlier claim: of the happening that the words point back to, of the same one in the paragraph, of a list's."""
    if claim.type not in _CARRYING:
        return None
    back = _points_back(trigger)
    for earlier in reversed(claims[-_BACK:]):
        if earlier.time is None or not _DAY.search(earlier.time.span.text) or _OPEN.match(earlier.time.span.text):
            continue
        if earlier.type not in _CARRYING:
            continue
        same = earlier.trigger.text.lower().rstrip("s") == claim.trigger.text.lower().rstrip("s")
        if back and (same or earlier.type is claim.type):
            return earlier.time
        if claim.status != earlier.status or (earlier.said_by and not claim.said_by) or _still(trigger.token):
            continue
        listed = trigger.noun and same and earlier.type is claim.type
        here = earlier.place is not None and claim.place is not None and agree(earlier.place.span.text, claim.place.span.text)
        between = text[earlier.sentence.end : claim.sentence.start].strip(" ")
        near = len(between) < _GAP and "\n" not in between
        if listed or (near and (here or _adds(claim.sentence.text))):
            return earlier.time
    return None


def _points_back(trigger: Trigger) -> bool:
    """“The attack”, “this strike”: a happening told before."""
    return trigger.noun and definite(trigger.token)


def _still(token: Token) -> bool:
    """Present and perfect tenses ("nations which have conducted strikes") are of no day told before."""
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in ("VERB", "AUX")), token)
    helped = [c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")]
    return bool({"have", "has", "is", "are"} & set(helped)) or (verb.tag_ in ("VBZ", "VBP") and not helped)


def _adds(sentence: str) -> bool:
    """“Another man was killed”, “people were also wounded”: the same story goes on."""
    return _ADDITIVE.search(sentence) is not None


_ADDITIVE = re.compile(r"(?i)\b(?:another|also|the rest of|further|in addition|others)\b")
_BACK = 12  # claims
_GAP = 20  # characters: the next sentence, or the one after a very short one
_CARRYING = frozenset(ClaimType) - {
    ClaimType.TALKS,
    ClaimType.AGREEMENT,
    ClaimType.CONTROL,
    ClaimType.SIEGE,
    ClaimType.AID,
    ClaimType.DEPLOYMENT,
}


_DAY = re.compile(
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|night|morning|evening|weekend|week|\w*day)\b|(?<!\d)\d{1,2}(?!\d)"
)
_NOW = re.compile(r"(?i)\b(?:today|tonight|this)\b")
_OPEN = re.compile(r"(?i)(?:since|for|in the past|over|until|more|nearly|about|\d+ (?:day|week|month|year))")
