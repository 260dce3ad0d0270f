"""Claims of one happening share a number; and the same text gives the same claims, whatever was read before it."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from according.coding.happenings import numbered
from according.model import Claim, ClaimType, Figure, Measure, Party, Place, Span, Status, When
from coded_rows import coded


def claim(kind: str = "shelling", at: int = 0, **fields: Any) -> Claim:
    def span(words: str) -> Span:
        return Span(at, at + len(words), words)

    place = fields.get("place")
    actor = fields.get("actor")
    day = fields.get("day")
    killed = fields.get("killed")
    return Claim(
        id=f"{kind}{at}",
        report="r",
        sentence=span("A sentence."),
        trigger=span("A"),
        type=ClaimType(kind),
        status=Status(fields.get("status", "happened")),
        actor=(Party(span(actor)),) if actor else (),
        place=Place(span(place)) if place else None,
        time=When(span("on a day"), date(2023, 5, day), date(2023, 5, day)) if day else None,
        figures=(Figure(span("people"), Measure.KILLED, "people", killed, killed, fields.get("total", False)),) if killed else (),
    )


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
    # three, the first and the last of one happening
    ([claim(place="Goma"), claim(place="Bukavu", at=9), claim(place="Goma", at=20)], [1, 2, 1]),
]


@pytest.mark.parametrize(("claims", "expected"), TABLE)
def test_numbered(claims: list[Claim], expected: list[int]) -> None:
    assert numbers(*claims) == expected


def test_numbers_start_at_one_and_leave_no_gap() -> None:
    claims = [claim(place=name, at=9 * n) for n, name in enumerate(["Goma", "Bukavu", "Goma", "Beni", "Bukavu"])]
    assert numbers(*claims) == [1, 2, 1, 3, 2]


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
