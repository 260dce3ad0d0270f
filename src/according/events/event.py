"""An event: claims that speak of one happening, with the reasons why they stand together, and what follows from them."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from according.actors.speakers import top
from according.events.accounts import Account, Reading, Said, accounts, readings
from according.events.happening import Sort, folded, side_of
from according.events.reconciling import Range, Rule, reconciled
from according.model import ClaimType, Party, Place, Status, When


class Corroboration(enum.StrEnum):
    """How an event is attested."""

    SINGLE = "single"  # one account
    SEVERAL = "several"  # of speakers that are independent of one another, and agree
    CONTESTED = "contested"  # accounts differ on who did it, or their numbers leave nothing in common
    DENIED = "denied"  # somebody denies that it happened so
    ADMITTED = "admitted"  # whoever did it says so


#: What a happening is called by where its accounts bear several types: what was done before what came of it.
_TELLING = (
    ClaimType.CHEMICAL_ATTACK, ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.TAKES_TERRITORY,
    ClaimType.LEAVES_TERRITORY, ClaimType.ARMED_CLASH, ClaimType.ABDUCTION_DETENTION, ClaimType.SIEGE, ClaimType.PROTEST, ClaimType.ATTACK,
)  # fmt: skip


#: What somebody may own up to.
_HARM = frozenset(
    {
        *(ClaimType.CHEMICAL_ATTACK, ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING, ClaimType.ATTACK, ClaimType.CASUALTIES),
        *(ClaimType.ABDUCTION_DETENTION, ClaimType.DESTRUCTION, ClaimType.SIEGE, ClaimType.DISPLACEMENT),
    }
)


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two accounts are taken for one happening: points, and the reasons that they are the sum of."""

    one: str  # ids of a claim of each
    other: str
    points: float
    why: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Event:
    """Claims that speak of one happening. ``said`` is in the order of publication; the first account's claim gives the id."""

    id: str
    said: tuple[Said, ...]
    ties: tuple[Tie, ...] = ()

    @cached_property
    def told(self) -> tuple[Said, ...]:
        """The claims that tell it as one that was, else all."""
        return tuple(s for s in self.said if s.sort is Sort.ACCOUNT) or self.said

    @cached_property
    def type(self) -> ClaimType:
        """The most frequent of what was done; where only its outcome is told, of that."""
        found = Counter(s.claim.type for s in self.told)
        done = {kind: found[kind] for kind in _TELLING if kind in found}
        known = done or found
        if len(known) > 1 and ClaimType.ATTACK in known:
            known = {kind: n for kind, n in known.items() if kind is not ClaimType.ATTACK}
        return min(known, key=lambda kind: (-known[kind], list(ClaimType).index(kind)))

    @property
    def status(self) -> Status:
        """As happened where any account tells it so."""
        told = {s.claim.status for s in self.said}
        return next(status for status in (Status.HAPPENED, Status.POSSIBLE, Status.PLANNED, Status.DENIED) if status in told)

    @cached_property
    def time(self) -> When | None:
        """The narrowest stretch of days, of equals the one told most often and then first."""
        dated = [t for s in self.told if (t := s.claim.time) and t.start and t.end]
        often = Counter((t.start, t.end) for t in dated)
        return min(dated, key=lambda t: ((t.end - t.start).days, -often[t.start, t.end]), default=None)  # type: ignore[operator]

    @cached_property
    def place(self) -> Place | None:
        """The place told most often, of equals the narrower; one with coordinates before one without."""
        places = [s.claim.place for s in self.told if s.claim.place]
        often = Counter(place.called for place in places)
        return min(places, key=lambda p: (p.lat is None, -often[p.called], p.radius_km or 0.0, p.called), default=None)

    @cached_property
    def actors(self) -> tuple[Party, ...]:
        return _parties(p for s in self.told for p in s.claim.actor)

    @cached_property
    def targets(self) -> tuple[Party, ...]:
        return _parties(p for s in self.told for p in s.claim.target)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return tuple(accounts(self.said))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(readings(self.accounts))

    def ranges(self, rule: Rule = Rule.UCDP) -> list[Range]:
        return reconciled(self.readings, rule)

    @cached_property
    def first_told(self) -> date | None:
        return min((s.cited.published for s in self.said if s.cited.published), default=None)

    @cached_property
    def grade(self) -> Corroboration:
        if _admitted(self):
            return Corroboration.ADMITTED
        if any(account.denies for account in self.accounts):
            return Corroboration.DENIED
        if _contested(self):
            return Corroboration.CONTESTED
        return Corroboration.SEVERAL if len(independent(self.accounts)) > 1 else Corroboration.SINGLE


def event_id(report: str, claim: str) -> str:
    """The id of the event that a claim stands for where it is the event's first: ``e`` and 12 hexadecimal digits."""
    return "e" + sha256(f"{report}:{claim}".encode()).hexdigest()[:12]


def order(said: Said) -> tuple[bool, date, str, int, str]:
    """The order of an event's claims: accounts first, by publication; the first of them gives the event its id."""
    return (said.sort is not Sort.ACCOUNT, said.cited.published or date.max, said.cited.key, said.claim.trigger.start, said.claim.id)


def event(said: Iterable[Said], ties: Sequence[Tie] = ()) -> Event:
    """The event of these claims, whatever their order; there must be one at least."""
    ordered = tuple(sorted(said, key=order))
    return Event(
        event_id(ordered[0].cited.key, ordered[0].claim.id), ordered, tuple(sorted(ties, key=lambda t: (-t.points, t.one, t.other)))
    )


def independent(accounts: Iterable[Account]) -> list[Account]:
    """Accounts that neither copy one another nor speak for one body: an own voice that only passes on a speaker's words is none."""
    found: dict[str, Account] = {}
    for account in accounts:
        key = top(account.speaker.actor) if account.speaker.actor else account.speaker.key
        if not account.denies:
            found.setdefault(key, account)
    spoken = {s.cited.original for a in found.values() if not a.speaker.own_voice for s in a.said}
    return [a for a in found.values() if not (a.speaker.own_voice and {s.cited.original for s in a.said} <= spoken)] or list(
        found.values()
    )[:1]


def _admitted(event: Event) -> bool:
    """Whoever did harm says so himself. To have taken a place is no admission, but a boast."""
    told = (s.claim for s in event.said if s.sort is Sort.ACCOUNT and s.claim.type in _HARM and s.claim.status is Status.HAPPENED)
    return any(side_of(speaker) in {side_of(doer) for doer in claim.actor} for claim in told for speaker in claim.said_by[:1])


def _contested(event: Event) -> bool:
    """Independent accounts name doers of different families, or give numbers of one measure and group that cannot both be so."""
    sides = [frozenset(top(p.actor) for s in a.said for p in s.claim.actor if p.actor) for a in event.accounts]
    told = [side for side in sides if side]
    if any(not one & other for n, one in enumerate(told) for other in told[n + 1 :]):
        return True
    counting = [r for r in event.readings if r.counts]
    return any(_rivals(a, b) for n, a in enumerate(counting) for b in counting[n + 1 :])


def _rivals(a: Reading, b: Reading) -> bool:
    if (a.measure, a.group) != (b.measure, b.group) or a.speaker.key == b.speaker.key:
        return False
    return (a.high is not None and b.low is not None and a.high < b.low) or (b.high is not None and a.low is not None and b.high < a.low)


def _parties(told: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once, the one told most often first."""
    parties = list(told)
    often = Counter(p.actor or folded(p.span.text) for p in parties)
    firsts: dict[str, Party] = {}
    for p in parties:
        firsts.setdefault(p.actor or folded(p.span.text), p)
    return tuple(sorted(firsts.values(), key=lambda p: -often[p.actor or folded(p.span.text)]))
