"""Who held which place from when to when, according to whom: the history that claims of taking, leaving and holding tell.

A claim of taking begins a spell, one of leaving ends one, one of control shows that a side held the place then. What two speakers say of
the same days and cannot both be so makes a spell contested. A place of which only a part is told ("dozens of villages in …", a province
as a whole) stays an area: its spells say that the side was there, not that it held all of it.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from according.actors.table import actor
from according.events.accounts import Citation, Said, Speaker, speaker_of
from according.events.happening import side_of
from according.model import Claim, ClaimType, Located, Measure, Party, Place, Status
from according.places.folding import plain

_TERRITORY = frozenset({ClaimType.TAKES_TERRITORY, ClaimType.LEAVES_TERRITORY, ClaimType.CONTROL})
#: Places this wide are areas: a taking there is of some of it.
_AREAS = frozenset({Located.COUNTRY, Located.ADMIN1, Located.ADMIN2, Located.AREA, Located.LINE})
#: Rival accounts of one change may differ by so many days and speak of the same change.
_SAME_CHANGE = timedelta(days=3)


class Step(enum.StrEnum):
    """What a claim says of a place."""

    TAKES = "takes"
    LEAVES = "leaves"
    HOLDS = "holds"


class Grade(enum.StrEnum):
    """How well a spell is attested."""

    SINGLE = "single"  # one account
    SEVERAL = "several"  # accounts of several speakers that are no copies
    CLAIMED = "claimed"  # only the side itself, or another party to the fighting, says so
    CONTESTED = "contested"  # another account gives the place to another side


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim on a place's history: from which day on it speaks, and to which."""

    step: Step
    side: str | None  # an actor's id, else folded words; None where nobody is told
    name: str | None
    start: date | None
    end: date | None
    dated: bool  # else these are the day of publication, by which it was so
    speaker: Speaker
    claim: str
    cited: Citation
    possible: bool
    words: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place as its history is kept: by its gazetteer entry, else by its words and country."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    area: bool
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A spell: a side held a place from one day to another. A day of ``None`` is not told."""

    site: Site
    side: str | None
    name: str | None
    since: date | None  # the day on which it began
    by: date | None  # the first day on which it was told to be so
    until: date | None  # the day on which it ended
    over_by: date | None  # the first day on which it was told to be over
    over: bool  # whether anything tells of an end
    last: date | None  # the last day on which it was told to be so
    grade: Grade
    evidence: tuple[Evidence, ...]
    rivals: tuple[Evidence, ...] = field(default=())  # what others say of the same days

    def holds(self, day: date) -> bool:
        """Whether it is told to be so on that day: begun or told by then, and nothing tells of an end before."""
        begun, ended = self.since or self.by, self.until or self.over_by
        return begun is not None and begun <= day and (not self.over or (ended is not None and day < ended))


def holdings(said: Iterable[Said], known: date | None = None) -> list[Holding]:
    """The spells of all places, each place's in their order. With ``known`` only from reports published by that day.

    The order of the claims does not matter. Planned and denied changes make no history.
    """
    by_site: dict[tuple[str, bool], list[tuple[Site, Evidence]]] = defaultdict(list)
    for one in sorted(said, key=_rank):
        if known and (one.cited.published is None or one.cited.published > known):
            continue
        for site, evidence in _told(one):
            by_site[site.key, site.area].append((site, evidence))
    found = []
    for _, told in sorted(by_site.items()):
        found += _history(told[0][0], _once([evidence for _, evidence in told]))
    return found


def held(holdings: Iterable[Holding], day: date) -> list[Holding]:
    """The spells that a day lies in."""
    return [holding for holding in holdings if holding.holds(day)]


def _told(said: Said) -> Iterable[tuple[Site, Evidence]]:
    claim = said.claim
    if claim.type not in _TERRITORY or claim.place is None or claim.status not in (Status.HAPPENED, Status.POSSIBLE):
        return
    site = _site(claim.place, claim)
    if claim.type is ClaimType.TAKES_TERRITORY:
        yield from ((site, _evidence(said, Step.TAKES, party)) for party in claim.actor[:1] or (None,))
    elif claim.type is ClaimType.LEAVES_TERRITORY:
        yield from ((site, _evidence(said, Step.LEAVES, party)) for party in (claim.actor or claim.target)[:1] or (None,))
    else:
        yield from ((site, _evidence(said, Step.HOLDS, party)) for party in claim.actor[:1])


def _site(place: Place, claim: Claim) -> Site:
    name = place.called
    key = str(place.geonames_id) if place.geonames_id else f"{plain(name)}/{place.country or ''}"
    some = any(f.measure is Measure.PLACES and not (f.min == f.max == 1) for f in claim.figures)
    area = some or place.precision in _AREAS or bool(place.derived)
    return Site(key, name, place.country, place.lat, place.lon, area, place.radius_km)


def _evidence(said: Said, step: Step, party: Party | None) -> Evidence:
    time = said.claim.time
    days = (time.start, time.end) if time and (time.start or time.end) else None
    row = actor(party.actor) if party and party.actor else None
    name = None if party is None else row.name if row else party.span.text
    return Evidence(
        step=step,
        side=side_of(party) if party else None,
        name=name,
        start=days[0] if days else said.cited.published,
        end=days[1] if days else said.cited.published,
        dated=days is not None,
        speaker=speaker_of(said, said.claim.actor),
        claim=said.claim.id,
        cited=said.cited,
        possible=said.claim.status is Status.POSSIBLE,
        words=said.claim.sentence.text,
    )


def _rank(said: Said) -> tuple[date, date, str, int, str]:
    time = said.claim.time
    begins = (time.start if time else None) or said.cited.published or date.max
    return (begins, said.cited.published or date.max, said.cited.key, said.claim.trigger.start, said.claim.id)


def _once(told: Sequence[Evidence]) -> list[Evidence]:
    """Copies of one text are one account: of equal evidence the first."""
    seen: dict[tuple[object, ...], Evidence] = {}
    for e in told:
        seen.setdefault((e.step, e.side, e.start, e.end, e.speaker.key, e.cited.original), e)
    return list(seen.values())


@dataclass
class _Spell:
    side: str | None
    name: str | None
    since: date | None
    evidence: list[Evidence]
    rivals: list[Evidence] = field(default_factory=list)
    end: Evidence | None = None


def _history(site: Site, told: Sequence[Evidence]) -> list[Holding]:
    """The spells of one place, from evidence in the order of its days."""
    spells: list[_Spell] = []
    now: _Spell | None = None
    for e in told:
        if e.step is Step.LEAVES:
            if now is not None and (e.side is None or e.side == now.side):
                now.end = e
                now.evidence.append(e)
                now = None
        elif now is not None and (e.side == now.side or e.side is None):
            now.evidence.append(e)
        elif now is not None and _rival(now, e, site):
            now.rivals.append(e)
        else:
            if now is not None and not site.area:
                now.end = e
            now = _Spell(e.side, e.name, e.start if e.step is Step.TAKES and e.dated else None, [e])
            spells.append(now)
    return [_holding(site, spell) for spell in spells]


def _rival(now: _Spell, e: Evidence, site: Site) -> bool:
    """Whether the evidence contradicts the spell that stands, and does not tell of its end: another speaker on the same days."""
    last = max((x.end or x.start or date.min for x in now.evidence), default=date.min)
    other_speaker = all(x.speaker.key != e.speaker.key for x in now.evidence)
    if site.area or not other_speaker or e.start is None:
        return False
    if e.step is Step.HOLDS:
        return e.start <= last
    return now.since is not None and abs(e.start - now.since) <= _SAME_CHANGE and now.evidence[0].step is Step.TAKES


def _holding(site: Site, spell: _Spell) -> Holding:
    so = [e for e in spell.evidence if e.step is not Step.LEAVES]
    first = min((e.start or e.end for e in so if e.start or e.end), default=None)  # type: ignore[type-var]
    last = max((e.end or e.start for e in so if e.end or e.start), default=None)  # type: ignore[type-var]
    end = spell.end
    return Holding(
        site=site,
        side=spell.side,
        name=spell.name,
        since=spell.since,
        by=first,
        until=end.start if end and end.dated and end.step is not Step.HOLDS else None,
        over_by=end.start if end else None,
        over=end is not None,
        last=last,
        grade=_grade(spell),
        evidence=tuple(spell.evidence),
        rivals=tuple(spell.rivals),
    )


def _grade(spell: _Spell) -> Grade:
    if spell.rivals:
        return Grade.CONTESTED
    speakers = {(e.speaker.key if not e.speaker.own_voice else e.cited.original) for e in spell.evidence}
    if all(e.speaker.party for e in spell.evidence):
        return Grade.CLAIMED
    return Grade.SEVERAL if len(speakers) > 1 else Grade.SINGLE
