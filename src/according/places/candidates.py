"""The entries that a mention may mean, each with how well the words fit it, before the rest of the report is heard."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from according.model import Located
from according.places import folding, tables
from according.places.entries import Entry
from according.places.features import class_of
from according.places.gazetteer import Gazetteer, Match
from according.places.phrases import Derivation, Phrase, Reading, is_epithet, says_no_name

#: So many entries of one name are weighed, those of most people first: there are 200 places called San José.
MOST = 80
#: Names this short are names only where they are written in capitals or with a point: "US", "Va.", not "us".
_SHORT = 3
#: What is added where the words ask for the class of an entry, and taken off where they ask for another.
_ASKED, _NOT_ASKED = 1.5, 1.5
#: What a looser match costs, for each tenth by which it is less alike.
_UNLIKE = 1.2
#: A place of 10,000 people: all the spellings of larger ones are listed, so that one which is not speaks no more for them.
LITTLE = 1.1 * math.log10(10_000)
#: What it costs that a town is otherwise called: its lists of names hold many that nobody means by them ("Salem" for Jerusalem).
_ALIAS = 1.2
#: What it is worth that a place goes by just this name, and not by another of its spellings.
_OWN_NAME = 0.8
_UNLIKE_NAME, _SAME_NAME = 0.5, 0.75
#: What it costs that a building only bears a place's name, and may stand anywhere.
_CALLED = 2.0
#: So much better known, in nats, must a name be for a final s to be what is left of "'s".
_LOST = 3.0
_INSTALLATION = re.compile(
    r"(?i)\b(?:airport|air\s?base|airfield|air force base|military base|base|hospital|university|college|school|prison|jail|camp|stadium|"
    r"port|mosque|church|cathedral|court|police|museum|hotel|station|park|embassy|zoo|theat(?:er|re)|library)\b"
)
_EPITHETS = frozenset("international central national regional military general memorial main grand great air force new old public".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a mention may mean. ``fit`` adds up what the words alone say, in nats; ``likeness`` as in ``Match``.

    ``named_for`` marks an installation that only bears the entry's name ("Aleppo University").
    """

    entry: Entry
    fit: float
    likeness: float
    derivation: Derivation | None
    asked: bool = False  # the words ask for a place of its class
    whole: bool = False  # the name is all of the mention's words
    of_several: bool = False  # and there are barer readings of them
    own_name: bool = True  # the place goes by this name, give or take its spelling
    named_for: bool = False
    wider: Located | None = None  # the words ask for a division of this level, and the entry is the town it is named after


def exact(phrase: Phrase, gazetteer: Gazetteer, *, facility: bool) -> list[Candidate]:
    """Entries of just this name, under the fullest reading that has any; then those of a facility's bare name."""
    words = phrase.span.text.split()
    if folding.is_element(phrase.span.text):
        return []
    if all(says_no_name(word.lower()) for word in words):
        return _of_plain_words(phrase, gazetteer)
    told = _seat(phrase, gazetteer) or _people(phrase, gazetteer)
    if told:
        return told
    for number, reading in enumerate(phrase.readings):
        if _too_short(reading.name) or (number == 0 and len(phrase.readings) > 1 and reading.name[0].islower()):
            continue  # "east London" is a part of London, "East London" may be a town
        found = _spelt(reading.name, gazetteer)
        if number == 0 and len(phrase.readings) > 1:
            found = tuple(m for m in found if _whole(m.entry))
        if found:
            named_for = number > 0 and "installation" in reading.wanted and "settlement" not in reading.wanted
            several = number == 0 and len(phrase.readings) > 1
            made = [_candidate(m, reading, named_for=named_for) for m in _most(found)]
            return [replace(c, whole=number == 0, of_several=several) for c in made]
    if facility or _INSTALLATION.search(phrase.span.text):
        return _named_for(phrase, gazetteer)
    return _ending_in(phrase, gazetteer)


def _spelt(name: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Entries of a name; of a name that lost its apostrophe ("Syrias", "Aleppos") where the name without its s is a better known one."""
    found = gazetteer.exact(folding.plain(name))
    if name.endswith("s") and len(name) > _SHORT + 1:
        bare = gazetteer.exact(folding.plain(name[:-1]))
        if bare and (not found or _best(bare) > _best(found) + _LOST):
            return bare
    return found


def _best(found: Sequence[Match]) -> float:
    return max(importance(m.entry) for m in found)


def _of_plain_words(phrase: Phrase, gazetteer: Gazetteer) -> list[Candidate]:
    """Names made of words for directions and kinds: "Middle East", "Northern Territory". One such word alone is none, nor is a town's."""
    words = phrase.span.text.split()
    names = [words, words[:-1]] if len(words) > 1 else []
    found = [m for name in names for m in gazetteer.exact(folding.plain(" ".join(name))) if name is words or m.entry.kind == "division"]
    wide = [m for m in found if m.entry.kind in ("country", "division", "region", "water", "land")]
    return [replace(_candidate(m, Reading(phrase.span.text)), whole=True) for m in _most(wide)]


def _people(phrase: Phrase, gazetteer: Gazetteer) -> list[Candidate]:
    """The country of a nationality word that stands for it."""
    code = tables.nationalities().get(phrase.span.text)
    entry = gazetteer.by_key(f"iso:{code}") if code else None
    return [_candidate(Match(entry, 1.0), Reading(phrase.span.text))] if entry else []


def _seat(phrase: Phrase, gazetteer: Gazetteer) -> list[Candidate]:
    """The capital of a country that is told by nationality or name: "the Syrian capital"."""
    words = phrase.span.text.split()
    if len(words) < 2 or words[-1].lower() != "capital":
        return []
    name = " ".join(w for w in words[:-1] if w.lower() != "the")
    code = tables.nationalities().get(name) or next((c.code for c in tables.countries() if c.name == name.removesuffix("'s")), None)
    found = [
        m
        for land in tables.countries()
        if land.code == code
        for capital in land.capitals[:1]
        for m in gazetteer.exact(folding.plain(capital))
    ]
    return [_candidate(m, Reading(name)) for m in found if m.entry.seat and m.entry.country == (code,)][:1]


def _whole(entry: Entry) -> bool:
    """Of a name with words of kind or direction in it, tiny namesakes far off ("Northern", "Kansas City") count only if of some size."""
    return entry.kind != "settlement" or entry.population >= 1000


def alike(phrase: Phrase, gazetteer: Gazetteer, countries: Sequence[str]) -> list[Candidate]:
    """Entries of these countries whose name sounds as the mention's barest reading does; of all the world, where no country is told."""
    if not phrase.readings:
        return []
    reading = phrase.readings[-1]
    if reading.name in tables.nationalities() or says_no_name(reading.name.lower()):
        return []
    key = folding.plain(reading.name)
    found: Sequence[Match] = [m for country in countries for m in gazetteer.alike(key, country)]
    if not countries:
        found = gazetteer.sounding(key)
    return [_candidate(m, reading) for m in _most([m for m in found if _may_be_misspelt(m.entry, reading)])]


def _may_be_misspelt(entry: Entry, reading: Reading) -> bool:
    """Countries, divisions and rivers are few and well known: another spelling of one is one only where the words ask for its kind."""
    kind = entry.kind
    return kind not in ("country", "division", "line") or kind in reading.wanted


def _most(found: Sequence[Match]) -> Sequence[Match]:
    return sorted(found, key=lambda m: (-m.likeness, -importance(m.entry), m.entry.key))[:MOST]


def _too_short(name: str) -> bool:
    bare = name.strip(" .,;:()'’\"")
    letters = len(bare.replace(".", ""))
    if not bare.isascii() or letters > _SHORT or "." in name:
        return False
    return not (bare.isupper() or (letters == _SHORT and bare.istitle()))


def _named_for(phrase: Phrase, gazetteer: Gazetteer) -> list[Candidate]:
    """Towns that a facility's name begins with: "Aleppo University", "Karachi's Civil Hospital"."""
    if not phrase.readings:
        return []
    words = [re.sub(r"['’]s$", "", w) for w in phrase.readings[0].name.split()]
    for n in range(min(3, len(words) - 1), 0, -1):
        if words[n - 1].lower() in _EPITHETS:
            continue
        reading = Reading(" ".join(words[:n]))
        found = [m for m in gazetteer.exact(folding.plain(reading.name)) if m.entry.population > 5000 or m.entry.kind == "division"]
        if found and len(reading.name) > _SHORT:
            return [_candidate(m, reading, named_for=True) for m in _most(found)]
    return []


def _ending_in(phrase: Phrase, gazetteer: Gazetteer) -> list[Candidate]:
    """Countries, divisions and cities with an epithet or an owner before them: "Nazi Germany", "Greater Cairo", "Syrias Aleppo"."""
    barest = phrase.readings[-1] if phrase.readings else Reading("")
    words = barest.name.split()
    for n in range(1, min(len(words), 3)):
        owners = _owners(words[n - 1], gazetteer)
        if not is_epithet(words[n - 1]) and not owners:
            return []
        reading = replace(barest, name=" ".join(words[n:]))
        if not _too_short(reading.name):
            named = gazetteer.exact(folding.plain(reading.name))
            found = [m for m in named if m.entry.population > 100_000 or owners & set(m.entry.country)]
            if found:
                made = [_candidate(m, reading) for m in _most(found)]
                return [replace(c, fit=c.fit - 1.0) for c in made]
    return []


def _owners(word: str, gazetteer: Gazetteer) -> set[str]:
    """The countries of a word that is a well-known place whose apostrophe was lost; none for any other word."""
    found = gazetteer.exact(folding.plain(word[:-1])) if word.endswith("s") else ()
    return {land for m in found if m.entry.population > 100_000 for land in m.entry.country}


def _candidate(match: Match, reading: Reading, *, named_for: bool = False) -> Candidate:
    entry = match.entry
    weight = importance(entry) if match.likeness == 1 else min(importance(entry), LITTLE)
    fit = weight - _UNLIKE * 10 * (1 - match.likeness) - (_CALLED if named_for else 0.0)
    keys = folding.plain(reading.name), folding.plain(entry.name)
    ours, theirs = map(folding.sounded, keys)
    if match.likeness == 1 and keys[0] == keys[1]:
        fit += _OWN_NAME
    elif match.likeness == 1 and _alias(entry, ours, theirs):
        fit -= _ALIAS
    asked = entry.kind in reading.wanted and not named_for
    if reading.wanted and not named_for:
        fit += _ASKED if asked else -_NOT_ASKED
    level = _level(entry, reading)
    return Candidate(
        entry, fit, match.likeness, reading.derivation, asked, own_name=_goes_by(ours, theirs), named_for=named_for, wider=level
    )


def _level(entry: Entry, reading: Reading) -> Located | None:
    """The level of the division that the words ask for where the entry is a town: "Rafah Governorate", "Gardez district"."""
    if entry.kind != "settlement" or "settlement" in reading.wanted:
        return None
    return next((level for kind, level in _LEVELS.items() if kind in reading.wanted), None)


_LEVELS = {"district": Located.ADMIN2, "subdistrict": Located.ADMIN3, "division": Located.ADMIN1}


#: What each doubling of the names that a place is known by (in other languages, mostly) is worth.
_FAME = 0.25


def _alias(entry: Entry, ours: str, theirs: str) -> bool:
    """Whether a town goes by a name unlike the one it was found under. Native scripts cannot be compared; tables list no chance names.

    ``ours`` and ``theirs`` are the sounded keys of the name it was found under and of its own.
    """
    if entry.source != "geonames" or not ours or not theirs or ours in theirs or theirs in ours:
        return False
    return folding.likeness(ours, theirs) < _UNLIKE_NAME


def _goes_by(ours: str, theirs: str) -> bool:
    """Whether a place's own name is the one it was found under: Johor Bahru is not Johor."""
    return not ours or not theirs or folding.likeness(ours, theirs) >= _SAME_NAME


def importance(entry: Entry) -> float:
    """How likely an entry is to be meant by its name alone, in nats: by its people; by its reach where it has none; by its rank.

    The weights are of our setting, tried on the development sets: a tenfold population is worth 1.1, a capital 2.5, a country 2.5.
    """
    kind = entry.kind
    fame = _FAME * math.log2(1 + entry.fame / 8)
    if kind == "country":
        return 1.1 * math.log10(entry.population + 1000) + 2.5
    if kind in ("settlement", "quarter", "district", "subdistrict"):
        return fame + 1.1 * math.log10(entry.population + 300) + 1.25 * entry.seat - (0.0 if kind in ("settlement", "district") else 0.3)
    if kind == "division":
        return 1.1 * math.log10(entry.population + 1000) + 0.3
    return 3.0 + 1.2 * math.log10(max(entry.radius_km or class_of(entry.feature).radius_km, 1.0))
