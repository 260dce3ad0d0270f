"""Accounts into events: those that speak of one happening together, by what each two have in common and what people decided.

Accounts are joined two groups at a time, always the two whose accounts have most points in common on average (average linkage; Sokal and
Michener, "A statistical method for evaluating systematic relationships", 1958), until no two have enough, so that a chain of likenesses
does not draw what differs into one. The outcome depends on the accounts alone, not on the order in which they came: of equals, the pair
of the lesser keys is joined first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import TypeVar

from according.events.happening import Happening, Sort
from according.events.keys import keys, most
from according.events.pairs import Pair, ordered
from according.events.ties import Ties
from according.events.weighing import Link, crowd, joined, levels, weigh, worth

K = TypeVar("K")

#: So many accounts that hang together are weighed each with each.
_WEIGHED = 60
#: The points of two that cannot be one happening.
_NEVER = -5.0


def grouped(happenings: Collection[Happening], together: Iterable[Pair] = (), apart: Collection[Pair] = ()) -> list[list[Happening]]:
    """The events of these accounts, each in the order of its accounts' keys. ``together`` and ``apart`` are pairs of keys that people
    decided on, the lesser key first. States of control are left out.
    """
    by_key = {h.key: h for h in happenings if h.sort is not Sort.STATE}
    links = {pair: link.points for pair, link in linked(by_key, pairs(by_key.values()))}
    return [[by_key[key] for key in group] for group in settled(by_key, links, list(together), apart)]


def settled(
    happenings: Mapping[str, Happening], links: Mapping[Pair, float], together: Collection[Pair] = (), apart: Collection[Pair] = ()
) -> list[list[str]]:
    """The events of these accounts, by their keys, given the points of the pairs that have enough in common."""
    home = homes(happenings, links, together)
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(happenings):
        members[home[key]].append(key)
    inside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, points in links.items():
        if home[pair[0]] == home[pair[1]]:
            inside[home[pair[0]]][pair] = points
    bound = [_by_home(told, home) for told in (together, apart)]
    found = (divided(happenings, keys, inside[root], bound[0][root], bound[1][root]) for root, keys in members.items())
    return sorted(event for events in found for event in events)


def divided(
    happenings: Mapping[str, Happening], keys: Sequence[str], links: Mapping[Pair, float], together: Iterable[Pair], apart: Iterable[Pair]
) -> list[list[str]]:
    """The events of accounts that hang together (see ``homes``), whose ``keys`` and what is among them are given.

    What speaks against one happening counts as what speaks for it: of no more than ``_WEIGHED`` accounts all pairs are weighed.
    """
    if len(keys) == 1:
        return [list(keys)]
    known = dict(links)
    if len(keys) <= _WEIGHED:
        known |= {pair: _points(happenings, pair) for pair in combinations(sorted(keys), 2) if pair not in links}
    return clusters({key: happenings[key].origin.key for key in keys}, known, together, apart)


def homes(keys: Iterable[str], links: Mapping[Pair, float], together: Iterable[Pair] = ()) -> dict[str, str]:
    """For each key the least of those that it hangs together with: only among these are events made of accounts.

    Links of enough points to join make accounts hang together. Where more than ``crowd()`` do, it takes more points to hang together,
    level by level: the more happened about one place and day, the less it tells that two accounts agree on both.
    """
    ties = Ties(keys)
    for a, b in together:
        if a in ties and b in ties:
            ties.tie(a, b)
    strongest = sorted(links.items(), key=lambda link: -link[1])
    home: dict[str, str] = {}
    at = 0
    for least in reversed(levels()):
        while at < len(strongest) and strongest[at][1] >= least:
            ties.tie(*strongest[at][0])
            at += 1
        home |= {key: root for key in ties if ties.size(root := ties.root(key)) <= crowd() or key not in home}
    return home


def _by_home(told: Iterable[Pair], home: Mapping[str, str]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in told:
        if pair[0] in home and home[pair[0]] == home.get(pair[1]):
            found[home[pair[0]]].append(pair)
    return found


def _points(happenings: Mapping[str, Happening], pair: Pair) -> float:
    link = weigh(happenings[pair[0]], happenings[pair[1]])
    return link.points if link else _NEVER


def pairs(happenings: Iterable[Happening]) -> Iterator[Pair]:
    """The pairs of different reports that share a key that tells something, each once, the lesser first."""
    blocks: dict[int, set[str]] = defaultdict(set)
    report: dict[str, str] = {}
    for happening in happenings:
        report[happening.key] = happening.origin.key
        for key in keys(happening):
            blocks[key].add(happening.key)
    seen: set[Pair] = set()
    for block in blocks.values():
        if 1 < len(block) <= most():
            for pair in combinations(sorted(block), 2):
                if pair not in seen and report[pair[0]] != report[pair[1]]:
                    seen.add(pair)
                    yield pair


def linked(happenings: Mapping[K, Happening], candidates: Iterable[tuple[K, K]]) -> Iterator[tuple[tuple[K, K], Link]]:
    """The pairs of which enough speaks for one happening to be kept, by whatever the happenings are known by."""
    for pair in candidates:
        link = weigh(happenings[pair[0]], happenings[pair[1]])
        if link is not None and link.points >= worth():
            yield pair, link


def clusters(
    reports: Mapping[str, str], links: Mapping[Pair, float], together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[str]]:
    """Groups of keys, each sorted, in the order of their first keys. ``reports`` has for each key that of its report.

    How alike two groups are is the mean, over all pairs of a report here and a report there, of the most points that two accounts of
    theirs have.
    """
    work = _Clusters(reports, links, apart)
    work.join_all(joined())
    for a, b in together:  # after the rest, so that what comes later joins the half that it is like
        work.put_together(a, b)
    return [sorted(group) for _, group in sorted(work.groups.items())]


class _Clusters:
    """Groups by their first keys, and what is between them, while they are joined."""

    def __init__(self, reports: Mapping[str, str], links: Mapping[Pair, float], apart: Iterable[Pair]) -> None:
        self.groups = {key: [key] for key in reports}
        self.reports = {key: {report} for key, report in reports.items()}
        self.between: dict[str, dict[str, dict[Pair, float]]] = {key: {} for key in reports}  # the most points of each pair of reports
        self.barred: dict[str, set[str]] = {key: set() for key in reports}
        self.first = {key: key for key in reports}
        for (a, b), points in links.items():
            self.between[a][b] = self.between[b][a] = {ordered(reports[a], reports[b]): points}
        for a, b in apart:
            if a in self.barred and b in self.barred:
                self.barred[a].add(b)
                self.barred[b].add(a)

    def put_together(self, a: str, b: str) -> None:
        """Let the groups of two keys be one, unless members are to be apart; a key that there is not is passed over."""
        if a in self.first and b in self.first and (one := self.first[a]) != (other := self.first[b]) and other not in self.barred[one]:
            self._join(*ordered(one, other))

    def join_all(self, least: float) -> None:
        heap = [self._entry(a, b) for a in self.between for b in self.between[a] if a < b]
        heapify(heap)
        while heap:
            negative, a, b, sizes = heappop(heap)
            if -negative < least:
                break
            if a not in self.groups or b not in self.groups or sizes != self._sizes(a, b) or b in self.barred[a]:
                continue
            self._join(a, b)
            for c in self.between[a]:
                heappush(heap, self._entry(*ordered(a, c)))

    def _entry(self, a: str, b: str) -> tuple[float, str, str, Pair | tuple[int, int]]:
        of_reports = self.between[a][b]
        mean = sum(sorted(of_reports.values())) / (len(self.reports[a]) * len(self.reports[b]))
        return -mean, a, b, self._sizes(a, b)

    def _sizes(self, a: str, b: str) -> tuple[int, int]:
        return len(self.groups[a]), len(self.groups[b])

    def _join(self, a: str, b: str) -> None:
        """Let the group of ``a``, the lesser first key, take in that of ``b``."""
        for key in self.groups[b]:
            self.first[key] = a
        self.groups[a] += self.groups.pop(b)
        self.reports[a] |= self.reports.pop(b)
        for c, found in self.between.pop(b).items():
            del self.between[c][b]
            if c != a:
                known = self.between[a].setdefault(c, {})
                self.between[c][a] = known
                for pair, points in found.items():
                    known[pair] = max(points, known.get(pair, points))
        for c in self.barred.pop(b):
            self.barred[c].discard(b)
            if c != a:
                self.barred[a].add(c)
                self.barred[c].add(a)
