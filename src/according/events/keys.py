"""Keys under which accounts that may be of one happening are found without comparing all with all (blocking).

An account bears a key for each day and square of the map that it may lie in, so that two that agree on both share one; others by the
place and day with who did it or how many it struck, for places and days of which so much is told that the first are in vain; and one for
each of a few names and figures of its report, for accounts that tell neither place nor day and for what is told long after. Which few is
decided by a hash, the same for all texts, so that two texts of the same names choose the same ones (Broder, "On the resemblance and
containment of documents", 1997). A key that too many accounts bear tells nothing of any two of them, as a stop word does, and is passed
over: ``most`` says how many are too many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from according.events.happening import HAPPENED, LONG, Happening, Origin, Spot
from according.reading.rarity import rarity

#: Degrees of a square of the map; kilometres beyond a place's own radius in which another account may put it.
_DEGREES, _REACH_KM = 0.5, 15
_CELL = 0.2  # of the smaller ones for what names a place alike
_ROUND = 720  # squares around the earth
_KM_A_DEGREE = 111.2
#: What happened is published within so many days, where no day is told; longer stretches are known by their first and last days.
_LAG, _STRETCH = 3, 8
#: So many words of its report, rarer than this.
_WORDS = 10
_RARE = 0.75
#: Bits of a key.
_BITS = 60
#: More accounts than these bear a key in vain.
_MOST = 24


def keys(happening: Happening) -> list[int]:
    """The keys of an account, each from 0 to 2⁶⁰ - 1, in their order; none for states of control and totals, which are no happenings."""
    return sorted({*placed(happening), *named(happening.origin)}) if happening.sort in HAPPENED else []


def placed(happening: Happening) -> list[int]:
    """Its keys by days and squares, in their order."""
    squares = {square for spot in happening.spots if not spot.wide for square in _squares(spot)}
    days = _days(happening)
    found = {_key(f"{square}/{day}") for square in squares for day in days}
    # A place that no gazetteer has is met by its name, of one day before or after too.
    of_names = (happening.when.first, happening.when.last) if squares and happening.when else days
    found |= {_key(f"@{name}/{day}") for name in happening.places for day in of_names}
    return sorted(found | _told(happening))


def _told(happening: Happening) -> set[int]:
    """By what else two accounts of one place and day may share: where much happens, place and day tell nothing."""
    if not happening.spots or happening.spots[0].wide:
        return set()
    spot, told, published = happening.spots[0], happening.when, happening.origin.published
    days = (told.first, told.last) if told else (published - 1, published) if published is not None else ()
    shared = [*happening.actors, *(f"{measure}={low}" for measure, (low, _) in happening.figures.items() if low)]
    cell = f"{round(spot.lat / _CELL)},{round(spot.lon / _CELL)}"
    return {_key(f"{cell}/{day}/{what}") for day in days for what in shared}


def named(origin: Origin) -> list[int]:
    """The keys by names, which all accounts of a report bear."""
    return [_key(f"={word}") for word in _chosen(origin.words)]


def most() -> int:
    """How many accounts may bear a key and be compared by it."""
    return _MOST


def _days(happening: Happening) -> Iterable[int]:
    told, published = happening.when, happening.origin.published
    if told is None:
        return range(published - _LAG, published + 1) if published is not None else ()
    if told.days > LONG:
        return ()
    if told.days > _STRETCH:
        return (told.first, told.last)
    return range(told.first, told.last + 2)  # and the day after: days next to one another share a key


def _squares(spot: Spot) -> Iterator[str]:
    """The squares that the place's disc reaches."""
    reach = (min(spot.radius_km, 25) + _REACH_KM) / _KM_A_DEGREE
    east = reach / max(0.1, math.cos(math.radians(spot.lat)))
    for row in range(math.floor((spot.lat - reach) / _DEGREES), math.floor((spot.lat + reach) / _DEGREES) + 1):
        for column in range(math.floor((spot.lon - east) / _DEGREES), math.floor((spot.lon + east) / _DEGREES) + 1):
            yield f"{row},{column % _ROUND}"


@lru_cache(maxsize=1_000)
def _chosen(words: frozenset[str]) -> tuple[str, ...]:
    """Of the rarest words those of the least hashes."""
    rare = sorted((word for word in words if rarity(word) >= _RARE), key=lambda word: (-round(rarity(word), 1), _key(f"={word}")))
    return tuple(rare[:_WORDS])


@lru_cache(maxsize=500_000)
def _key(told: str) -> int:
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big") >> (64 - _BITS)
