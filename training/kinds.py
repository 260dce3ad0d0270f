"""What each kind of name is. All corpora, for training and for testing, are brought to these definitions.

A *name* is the longest run of proper nouns (with the small words inside it: "University of Leeds") that stands for one particular
thing. Ranks, offices and forms of address are no part of it and no name alone ("President Doe": *Doe*; "the Senator", "Your Honor",
"Petitioner": none), nor is a common noun with a respectful capital ("the Court", "this Nation"), nor a date. Its kind is what the
thing *is*, not what it does in the sentence:

person        one human being, real or made up, or a god.
organisation  a body with members or staff: governments and their branches, parties, companies, courts, states' armed forces, teams, media,
              churches as bodies, universities. Also the bodies known by their seat: the White House, the Kremlin.
place         countries, states, cities, regions, islands, waters, streets, parks; always, also where the country acts ("Iran said").
group         peoples, nationalities, religions, followers of a party, in noun or adjective ("Kurds", "Kurdish", "Catholic", "Republicans");
              languages, which are written the same; families; and armed groups that are no state's forces (ISIL, the Taliban).
facility      buildings and installations, by their head word, also where their staff acts: museum, school, hospital, airport, base, bridge,
              embassy, theatre …; a church, temple, house, camp or centre where the corpus says that it is a place.
other         any other name: works, laws, events, products, vehicles.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

KINDS = ("person", "organisation", "place", "group", "facility", "other")

_LISTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(w.strip() for w in _LISTS[name].replace("\n", " ").split(",") if w.strip())


COUNTRIES, STATES, PEOPLES = _words("countries"), _words("states"), _words("peoples")
TITLES, COMMON = _words("titles"), _words("common")
FACILITIES, HOUSED, BODIES, LANDS, SEATS = _words("facilities"), _words("housed"), _words("bodies"), _words("lands"), _words("seats")
FACILITY_PAIRS, BODY_PAIRS = _words("facility_pairs"), _words("body_pairs")
ARMED = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(_words("armed"), key=len, reverse=True))) + r")(?!\w)")
NATIONALITY = re.compile(r"^[A-Z][a-z]+(an|ans|ese|ish|i|is|ch|sh|ic|eek|wiss|utch|urds?|erbs?|urks?|rabs?|ews?|ewish)$")


def people(word: str) -> bool:
    """Whether a word is a people's, religion's, party's or language's: "Kurdish", "Kurds", "Catholic"."""
    if not word[:1].isupper():
        return False
    low = word.lower()
    single = low[:-2] if low.endswith(("men", "shes")) else low.removesuffix("s")
    return low in PEOPLES or single in PEOPLES or (low.endswith("men") and low[:-3] + "man" in PEOPLES)


def title(word: str) -> bool:
    """Whether a word is a rank, an office or a form of address, in the singular or the plural."""
    low = word.lower()
    return low in TITLES or (low.endswith("s") and low[:-1] in TITLES)


def nameless(words: list[str]) -> bool:
    """Whether these words, capitals or not, name nothing: titles, or one common noun ("State Department" are two)."""
    rest = [w for w in words if not title(w) and w.lower() not in ("of", "the", "-", "and")]
    return not rest or (len(rest) == 1 and rest[0].lower() in COMMON)


def core(text: str) -> str:
    """The part of a name that tells what it is: "Museum of Flight" → "Museum", "City Hall in York" → "City Hall"."""
    return re.split(r"(?<=\w) (?:of|in|for|at|on|de) ", text, maxsplit=1)[0]


def settled(text: str, kind: str, link: str = "") -> str:
    """The kind of a name that a corpus calls ``kind`` (one of KINDS); ``link`` is its Wikipedia title where the corpus gives one."""
    text = text.replace("’", "'")
    low = text.lower().removeprefix("the ")
    if kind == "person":
        return "group" if ARMED.search(text) or (" " not in low and people(text)) else "person"
    if low in SEATS:
        return "organisation"
    if low in COUNTRIES or (kind != "other" and link.replace("_", " ").lower() in COUNTRIES):
        return "place"
    if kind in ("group", "other") and people(text.split()[-1]) and (" " not in low or low.startswith(("old ", "middle ", "ancient "))):
        return "group"
    if kind == "place" and (ARMED.fullmatch(text) or people(text)):
        return "group"
    if kind == "organisation" and " " not in low and low.endswith("s") and people(text):
        return "group"
    if kind == "organisation" and "coalition" not in low and ARMED.search(text):
        return "group"
    return kind if kind in ("group", "other") else _by_head(low, kind)


def _by_head(low: str, kind: str) -> str:
    words = core(low).split()
    last, pair = words[-1], " ".join(words[-2:])
    if any(p in low for p in BODY_PAIRS):
        return "organisation"
    if " " in low and (last in FACILITIES or pair in FACILITY_PAIRS or (last in HOUSED and kind == "place")):
        return "facility"
    if " " in low and last in BODIES:
        return "organisation"
    if low in STATES or (" " in low and last in LANDS):
        return "place"
    return kind
