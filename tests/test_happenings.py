"""Claims of one happening share a number; and the same text gives the same claims, whatever was read before it."""

from __future__ import annotations

import re
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from according.coding import happenings
from according.coding.happenings import numbered
from according.data import toml
from according.model import Claim, ClaimType, Figure, Located, Measure, Party, Place, Span, Status, When
from coded_rows import coded


def claim(kind: str = "shelling", at: int = 0, text: str = "A sentence.", word: str = "A", **fields: Any) -> Claim:
    def span(words: str, by: int = 0) -> Span:
        return Span(at + by, at + by + len(words), words)

    def where(name: str) -> Place:
        lat, lon, precision = MAP.get(name, (None, None, None))
        return Place(span(name, by=fields.get("from_before", 0)), lat=lat, lon=lon, precision=precision, radius_km=400 if precision else 3)

    def parties(key: str) -> tuple[Party, ...]:
        return (Party(span(fields[key])),) if fields.get(key) else ()

    day, killed = fields.get("day"), fields.get("killed")
    return Claim(
        id=f"{kind}{at}",
        report="r",
        sentence=span(text),
        trigger=span(word, by=text.index(word)),
        type=ClaimType(kind),
        status=Status(fields.get("status", "happened")),
        said_by=parties("said_by"),
        actor=parties("actor"),
        target=parties("target"),
        place=where(fields["place"]) if fields.get("place") else None,
        time=When(span("on a day"), date(2023, 5, day), date(2023, 5, day)) if day else None,
        figures=(Figure(span("people"), Measure.KILLED, "people", killed, killed, fields.get("total", False)),) if killed else (),
    )


MAP: dict[str, tuple[float, float, Located | None]] = {
    "Kasindi": (0.04, 29.71, None),
    "Uvira": (-3.4, 29.14, None),
    "Congo": (-2.9, 23.7, Located.COUNTRY),
}


def numbers(*claims: Claim) -> list[int | None]:
    return [c.event for c in numbered(claims)]


TABLE = [
    ([], []),
    ([claim()], [1]),
    # told twice
    ([claim(place="Goma", day=3), claim(place="Goma", day=3, at=9)], [1, 1]),
    ([claim(place="the city of Goma"), claim(place="Goma", at=9)], [1, 1]),
    # other places, other days
    ([claim(place="Goma"), claim(place="Bukavu", at=9)], [1, 2]),
    ([claim(place="Goma", day=3), claim(place="Goma", day=4, at=9)], [1, 2]),
    # an attack, the deaths it caused
    ([claim("shelling", place="Goma"), claim("casualties", place="Goma", at=9)], [1, 1]),
    ([claim("bombing", place="Goma"), claim("attack", place="Goma", at=9)], [1, 1]),
    # never one happening
    ([claim("talks", place="Goma"), claim("shelling", place="Goma", at=9)], [1, 2]),
    ([claim("aid", place="Goma"), claim("protest", place="Goma", at=9)], [1, 2]),
    # what is planned has not been
    ([claim(place="Goma", status="planned"), claim(place="Goma", at=9)], [1, 2]),
    # a standing total is none of its parts
    ([claim(place="Goma", killed=12), claim(place="Goma", killed=300, total=True, at=9)], [1, 2]),
    # one speaker's own two counts
    ([claim(place="Goma", killed=3), claim(place="Goma", killed=40, at=9)], [1, 2]),
    ([claim(place="Goma", killed=12), claim(place="Goma", killed=14, at=9)], [1, 1]),
    # other doers
    ([claim("takes_territory", actor="rebels"), claim("takes_territory", actor="army", at=9)], [1, 2]),
    # a country says little of where, and nothing where the other place is in it
    ([claim(place="Congo"), claim("attack", place="Congo", at=900)], [1, 2]),
    ([claim(place="Kasindi"), claim("attack", place="Kasindi", at=900)], [1, 1]),
    ([claim(place="Kasindi"), claim(place="Uvira", at=900)], [1, 2]),
    # a place found on no map may lie in the one that was told
    ([claim(place="Kasindi"), claim(place="the Lumo hall", at=12)], [1, 1]),
    ([claim(place="the Sabena camp"), claim(place="the Lumo hall", at=12)], [1, 2]),
    # the same numbers
    ([claim(place="Kasindi", killed=14), claim("casualties", killed=14, text="Fourteen died.", word="died", at=2000)], [1, 1]),
    ([claim(place="Kasindi", killed=1), claim("casualties", killed=1, text="One died.", word="died", at=2000)], [1, 2]),
    # a definite noun means the last that it may mean
    ([claim("attack", place="Uvira"), claim(text="The raid went on.", word="raid", at=900)], [1, 1]),
    ([claim("attack", place="Uvira"), claim(text="A raid went on.", word="raid", at=900)], [1, 2]),
    ([claim("attack", place="Uvira"), claim(text="They died in the attack.", word="died", at=900)], [1, 1]),
    (
        [claim("attack", place="Uvira"), claim("attack", place="Kasindi", at=400), claim(text="The raid went on.", word="raid", at=900)],
        [1, 2, 2],
    ),
    # words that say that it is another
    ([claim(place="Goma"), claim(text="Shells fell on it.", word="fell", place="Goma", at=900)], [1, 1]),
    ([claim(place="Goma"), claim(text="Elsewhere shells fell.", word="fell", place="Goma", at=900)], [1, 2]),
    ([claim("attack"), claim("attack", text="There was an attack.", word="attack", at=40)], [1, 1]),
    ([claim("attack"), claim("attack", text="There was another attack.", word="attack", at=40)], [1, 2]),
    # three, the first and the last of one happening
    ([claim(place="Goma"), claim(place="Bukavu", at=9), claim(place="Goma", at=20)], [1, 2, 1]),
]


@pytest.mark.parametrize(("claims", "expected"), TABLE)
def test_numbered(claims: list[Claim], expected: list[int]) -> None:
    assert numbers(*claims) == expected


def test_numbers_start_at_one_and_leave_no_gap() -> None:
    claims = [claim(place=name, at=9 * n) for n, name in enumerate(["Goma", "Bukavu", "Goma", "Beni", "Bukavu"])]
    assert numbers(*claims) == [1, 2, 1, 3, 2]


def test_one_shooting_told_in_twenty_sentences_is_one_happening() -> None:
    lead = claim("attack", text="A gunman shot four people in Uvira.", word="shot", place="Uvira", killed=4)
    told = [
        claim(kind, at=300 * n, text=text, word=word, place="Uvira")
        for n, (kind, text, word) in enumerate(
            [("attack", "The shooting began at noon.", "shooting"), ("casualties", "Witnesses saw the wounded.", "wounded")] * 10, 1
        )
    ]
    assert numbers(lead, *told) == [1] * 21


def test_a_round_up_of_strikes_is_not_joined_into_one() -> None:
    MAP.update({f"Village{n}": (n, 20.0, None) for n in range(30)})
    told = [
        claim("air_strike", at=60 * n, text=f"Near Village{n}, two strikes hit a unit.", word="strikes", place=f"Village{n}", target="unit")
        for n in range(30)
    ]
    assert numbers(*told) == list(range(1, 31))


def test_all_that_is_weighed_has_a_weight() -> None:
    source = Path(happenings.__file__).read_text(encoding="utf-8")
    table = toml("according.coding", "happenings.toml")
    names = re.findall(r'"((?!according)[a-z]+)\.((?!toml)[a-z]+)"', source)
    assert len(names) > 25 and all(isinstance(table[part][key], float) for part, key in names)


def test_only_the_last_two_hundred_claims_are_looked_at() -> None:
    def returned(after: int) -> int | None:
        others = [claim("talks", at=20 * n) for n in range(1, after + 1)]
        told = claim("shelling", place="Uvira", text="The shelling of the town.", word="shelling", at=20 * after + 20)
        return numbers(claim("shelling", place="Uvira"), *others, told)[-1]

    assert returned(199) == 1 and returned(200) != 1


def test_nothing_but_the_number_changes() -> None:
    before = claim(place="Goma", day=3, actor="rebels", killed=3)
    (after,) = numbered([before])
    assert {name: getattr(after, name) for name in Claim.__dataclass_fields__ if name != "event"} == {
        name: getattr(before, name) for name in Claim.__dataclass_fields__ if name != "event"
    }


TEXTS = [
    "Rebels captured Goma on Monday, the army said. At least 12 people were killed in shelling in Sake.",
    "“They burned the houses,” said a resident of Misterei. Police arrested 40 protesters in Khartoum on 3 May.",
    "Ethiopian troops withdrew from Shire. A drone strike killed nine people near Alamata on Tuesday.",
]


def test_the_same_text_gives_the_same_claims() -> None:
    assert all(coded(text) and coded(text) == coded(text) for text in TEXTS)


def test_the_order_of_reports_does_not_matter() -> None:
    alone = {text: coded(text) for text in TEXTS}
    for order in permutations(TEXTS):
        assert {text: coded(text) for text in order} == alone


def test_the_same_happening_told_twice_is_one_event() -> None:
    lead = "A drone strike killed nine people in Alamata on Tuesday."
    found = coded(f"{lead}\n\n{lead} Residents fled the town.")
    strikes = [c.event for c in found if c.type is ClaimType.AIR_STRIKE]
    assert len(strikes) == 2 and len(set(strikes)) == 1
