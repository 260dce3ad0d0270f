"""Words → an actor of the table: by name, by a country's adjective and what kind of body it is, by what others call it. No guess.

``Resolver`` knows of one report the countries that it speaks of and the year; what its words mean follows from these alone. A score from 0
to 1 tells how sure it is; under ``SURE`` the words stay words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from according.actors.speakers import top
from according.actors.table import Actor, Label, Role, actor, actors
from according.data import toml
from according.places.folding import plain
from according.places.tables import countries, nationalities
from according.reading.rarity import rarity

#: From here on words are given an actor.
SURE = 0.5
#: The share of a report's places and nationalities that one country must have for "the army" to be its army.
_MOSTLY = 0.6
#: Bodies that are cited from anywhere.
_CITED_ABROAD = frozenset({Role.NEWS_AGENCY, Role.MEDIA, Role.STATE_MEDIA, Role.MONITOR, Role.AGENCY, Role.UN_BODY})
#: The end of a span of years that is open, only to compare such spans.
_NOW = 2026
#: The rarity of a word that is a name of its own ("hezbollah", "reuters", not "liberation").
_OWN_WORD = 0.9
#: Acronyms and other short names stand for several bodies: they want the country.
_SHORT = 5
_PARENTHESIS = re.compile(r"\s*\([^)]*\)?")
_NUMBER = re.compile(
    r"^(?:[\d.,]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|at least|more than|around|about|some|nearly|over|up to)\s+"
)


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that words name, how sure that is, and by what."""

    actor: Actor
    score: float
    by: str


class Resolver:
    """Resolves the words of one report. ``of_country`` has how often each country's places and nationality stand in it."""

    def __init__(self, of_country: Mapping[str, int], year: int | None) -> None:
        self.year = year
        self.countries = Counter(of_country)
        whole = sum(self.countries.values())
        most = max(sorted(self.countries), key=self.countries.__getitem__, default=None)
        self.main = most if most and self.countries[most] >= _MOSTLY * whole else None

    def resolve(self, words: str, speaker: str | None = None) -> Match | None:
        """The actor that a party's words name, ``None`` where that is not sure. ``speaker`` is the id of who uses them."""
        found = self.candidates(words, speaker)
        return found[0] if len(found) == 1 and found[0].score >= SURE else None

    def candidates(self, words: str, speaker: str | None = None) -> list[Match]:
        """All that the words may name, the surest first; equals of several actors are sure of none."""
        forms = _forms(words)
        return (
            self._by_name(forms) or self._by_country(forms) or self._by_role(forms) or self._by_label(forms, speaker) or self._civil(forms)
        )

    def _by_name(self, forms: Sequence[str]) -> list[Match]:
        for n, form in enumerate(forms):
            there = [actors()[id] for id in _names().get(form, ())]
            known = [a for a in there if a.years.hold(self.year) and a.role is not Role.CIVIL]
            if known:
                return self._told_apart(known, form, 1.0 if n == 0 else 0.9, "name")
        return []

    def _told_apart(self, known: Sequence[Actor], form: str, score: float, by: str) -> list[Match]:
        """Of bodies of one name those of the countries that are spoken of; a name that tells little by itself needs such a country."""
        here = [a for a in known if not a.countries or self._speaks_of(a)]
        if not here and (len(form) < _SHORT or not _tells(form)):
            known = [a for a in known if a.role in _CITED_ABROAD and " " in form]
        left = here or list(known)
        if not left:
            return []
        weight = {a.id: max((self.countries[c] for c in a.countries), default=0) for a in left}
        left = [a for a in left if weight[a.id] == max(weight.values())]
        family = {a.id for a in left}
        left = [a for a in left if a.parent not in family] if len({top(a.id) for a in left}) == 1 else left
        if self.year is None and len(left) > 1 and len({(a.kind, a.countries) for a in left}) == 1:
            score, left = 0.6 * score, [max(left, key=_span)]  # of an old and a new state's army the one that bore the name longer
        sure = score if here or not self.countries else 0.7 * score
        return [Match(a, round(sure / len(left), 3), by) for a in sorted(left, key=lambda a: a.id)]

    def _speaks_of(self, known: Actor) -> bool:
        return any(self.countries[country] for country in known.countries)

    def _by_country(self, forms: Sequence[str]) -> list[Match]:
        for form in forms:
            if form in _capitals_and_names():
                body = self._body(_capitals_and_names()[form], ("government",))
                return [Match(body, 0.7, "its country's name")] if body else []
            for head, tail in _halves(form):
                country = _country(head)
                if country and tail in _roles():
                    body = self._body(country, _roles()[tail])
                    return [Match(body, 0.9, "country and kind of body")] if body else []
        return []

    def _by_role(self, forms: Sequence[str]) -> list[Match]:
        if self.main is None:
            return []
        for form in forms[:2]:
            if form in _alone():
                body = self._body(self.main, _roles()[form])
                return [Match(body, 0.6, "kind of body in the report's country")] if body else []
        return []

    def _body(self, country: str, roles: Sequence[str]) -> Actor | None:
        """The country's own body of the first of these roles that it had in that year; ``None`` where it had several of one role."""
        for role in roles:
            named = actor(f"{country.lower()}-{role}")
            if named and named.years.hold(self.year):
                return named
            found = [a for a in _bodies().get((country, role), ()) if a.years.hold(self.year)]
            if len(found) == 1:
                return found[0]
        return None

    def _by_label(self, forms: Sequence[str], speaker: str | None) -> list[Match]:
        for form in forms:
            users = [(actors()[id], label) for id, label in _labels().get(form, ()) if label.years.hold(self.year)]
            users = [(a, label) for a, label in users if a.years.hold(self.year) and (self._speaks_of(a) or not a.countries)]
            kin = {top(speaker)} if speaker else set()
            # "The regime" is another body in every mouth; who the "terrorists" of one sentence are, no mouth tells.
            told = {a.id: a for a, label in users if _tells(form) or kin & {top(other) for other in label.by}}
            if form in _manner()["after"]:
                continue
            if len(told) == 1:
                return [Match(a, 0.55, "what others call it") for a in told.values()]
        return []

    def _civil(self, forms: Sequence[str]) -> list[Match]:
        for name in (*forms, *(form.split()[-1] for form in forms)):
            known = [a for id in _names().get(name, ()) if (a := actors()[id]).role is Role.CIVIL]
            if known:
                return [Match(known[0], 0.8, "who they are")]
        return []


def bearing(name: str) -> Actor | None:
    """The one actor that bears this very name, as of an outlet or army that a report is of."""
    found = _names().get(plain(name), ())
    return actors()[found[0]] if len(found) == 1 else None


def spoken_of(places: Iterable[str], text: str) -> Counter[str]:
    """How often each country is spoken of: by the countries of the places told, each twice, and the nationality words in the text."""
    found = Counter({country: 2 * n for country, n in Counter(places).items()})
    known = nationalities()
    found.update(known[word] for word in re.findall(r"[A-Z][a-z]+", text) if word in known)
    return found


def _forms(words: str) -> list[str]:
    """The words folded, as they stand and with less and less of what says how the body shows: the fullest first."""
    whole = _PARENTHESIS.sub("", words)
    told = plain(whole.removesuffix("'s").removesuffix("’s"))
    owned = plain(whole.replace("’s ", " ").replace("'s ", " "))  # "Ukraine's police"
    bare = _NUMBER.sub("", told)
    forms = [told, bare, owned, _NUMBER.sub("", owned)]
    for form in (bare, _NUMBER.sub("", owned)):
        parts = form.split()
        while parts and (parts[0] in _manner()["before"] or parts[1:2] == ["based"]):  # "the Britain-based …"
            parts = parts[1:] if parts[0] in _manner()["before"] else parts[2:]
            forms.append(" ".join(parts))
        while len(parts) > 1 and parts[-1] in _manner()["after"]:
            parts = parts[:-1]
            forms.append(" ".join(parts))
    return [form for form in dict.fromkeys(forms) if form]


def _halves(form: str) -> list[tuple[str, str]]:
    parts = form.split()
    return [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, min(4, len(parts)))]


def _country(words: str) -> str | None:
    return _nationalities().get(words) or _country_names().get(words)


def _span(known: Actor) -> tuple[int, str]:
    first, last = known.years.first, known.years.last
    return ((last or _NOW) - (first if first is not None else (last or _NOW)), known.id)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in actors().values():
        # Ministers and presidents come and go: whose voice a name gave in which year is not told.
        persons = () if row.role in (Role.GOVERNMENT, Role.MINISTRY) else row.persons
        for name in dict.fromkeys(form for told in (*row.names, *persons) for form in _named(told)):
            found[name].append(row.id)
    return {name: tuple(ids) for name, ids in found.items()}


def _named(name: str) -> list[str]:
    """The forms that a name is found by. What stands in parentheses may be left out where the rest still tells the body."""
    bare = plain(_PARENTHESIS.sub("", name)).removeprefix("the ")
    whole = bare if bare == plain(name).removeprefix("the ") or _tells(bare) else plain(name)
    return [form for form in dict.fromkeys((whole, whole.removeprefix("al ") if whole.count(" ") > 1 else whole)) if form]


@cache
def _bodies() -> Mapping[tuple[str, str], tuple[Actor, ...]]:
    """A country's own bodies by role."""
    found: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for row in actors().values():
        if row.countries and row.kind == "state_forces":
            found[row.countries[0], row.role.value].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _labels() -> Mapping[str, tuple[tuple[str, Label], ...]]:
    found: dict[str, list[tuple[str, Label]]] = defaultdict(list)
    for row in actors().values():
        for label in row.labels:
            for form in dict.fromkeys(form for words in label.words for form in _named(words)):
                found[form].append((row.id, label))
    return {words: tuple(rows) for words, rows in found.items()}


@cache
def _roles() -> Mapping[str, tuple[str, ...]]:
    """The roles, or the ends of ids, that words name."""
    return {
        plain(word): tuple(row["as"].split()) if "as" in row else (row["id"],)
        for name, row in _rows().items()
        if name != "manner"
        for word in row["words"].split("|")
    }


@lru_cache(maxsize=10_000)
def _tells(form: str) -> bool:
    """Whether a name is told from others by a word of its own: one that few texts have, or a country's."""
    return any(rarity(word) >= _OWN_WORD or word in _nationalities() or word in _country_names() for word in form.split())


@cache
def _alone() -> frozenset[str]:
    """Those of them that stand without a country's adjective."""
    return frozenset(plain(word) for row in _rows().values() for word in row.get("alone", "").split("|") if word)


@cache
def _manner() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(words.split()) for key, words in _rows()["manner"].items()}


@cache
def _rows() -> dict[str, dict[str, str]]:
    return toml("according.actors", "roles.toml")


@cache
def _nationalities() -> Mapping[str, str]:
    return {plain(word): code for word, code in nationalities().items()}


@cache
def _country_names() -> Mapping[str, str]:
    return {plain(name): country.code for country in countries() for name in (country.name, *country.names)}


@cache
def _capitals_and_names() -> Mapping[str, str]:
    """What stands for a state's government: its country's name, or its capital's."""
    capitals: dict[str, set[str]] = defaultdict(set)
    for country in countries():
        for capital in country.capitals:
            capitals[plain(capital)].add(country.code)
    return dict(_country_names()) | {name: next(iter(codes)) for name, codes in capitals.items() if len(codes) == 1}
