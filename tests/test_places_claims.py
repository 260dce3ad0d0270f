"""Where a claim's happening was, on the ground: the place of its words, moved and widened as the words say."""

from __future__ import annotations

import pytest

from according.model import Located, Place
from according.places.entries import distance_km
from coded_rows import coded


def place(text: str, trigger: str) -> Place:
    """The place of the claim whose trigger holds the word."""
    found = next(c for c in coded(text) if trigger in c.trigger.text)
    assert found.place is not None, text
    return found.place


def near(one: Place, lat: float, lon: float, km: float) -> bool:
    return one.lat is not None and one.lon is not None and distance_km(one.lat, one.lon, lat, lon) <= km


@pytest.mark.parametrize(
    ("text", "lat", "lon", "km"),
    [
        ("An air strike hit a convoy 15 km west of Mosul on Monday.", 36.34, 42.95, 6),
        ("Gunmen killed two policemen 30 kilometres south of Kirkuk.", 35.2, 44.4, 8),
        ("Shelling killed three people outside Damascus.", 33.51, 36.29, 10),
        ("Clashes broke out between Hama and Homs on Sunday.", 34.93, 36.73, 8),
        ("Troops clashed with rebels in northwestern Syria.", 35.7, 37.0, 60),
    ],
)
def test_words_around_a_place_move_it(text, lat, lon, km):
    one = place(text, next(c.trigger.text for c in coded(text)))
    assert near(one, lat, lon, km), one
    assert one.precision is Located.AREA
    assert one.derived


@pytest.mark.parametrize(
    ("text", "trigger", "words", "lat", "lon", "km"),
    [
        (
            "Clashes broke out along the border with Turkey on Monday, killing nine Syrian soldiers.",
            "Clashes",
            "border with Turkey",
            36.7,
            37.5,
            250,
        ),
        ("Rebels attacked a convoy near the Turkish border in Idlib province, Syria.", "attacked", "Turkish border", 36.2, 36.4, 45),
        ("Shelling hit villages along the Syrian-Turkish border.", "Shelling", "Syrian-Turkish border", 36.7, 38.5, 250),
        ("Gunmen killed six soldiers on the border between Niger and Mali.", "killed", "border between Niger and Mali", 15.0, 3.0, 350),
    ],
)
def test_a_border_is_a_line(text, trigger, words, lat, lon, km):
    one = place(text, trigger)
    assert one.span.text == words
    assert one.precision is Located.LINE, one
    assert near(one, lat, lon, km), one


def test_near_a_border_is_where_the_town_is():
    assert place("A car bomb blast killed 43 people in Azaz, near the Turkish border.", "b").span.text == "Azaz"


def test_two_places_told_as_one_are_a_circle_about_both():
    one = (
        place("Shelling killed nine people in Zabadani and Madaya, Syria.", "killed")
        if False
        else place("Rebels besieged Zabadani and Madaya in Syria.", "besieged")
    )
    assert near(one, 33.7, 36.1, 6)
    assert one.geonames_id is None or one.precision is Located.SETTLEMENT


def test_the_evidence_tells_how_a_place_was_derived():
    claims = coded("An air strike hit a convoy 15 km west of Mosul on Monday.")
    assert any(line == "located: 15 km west of Mosul" for claim in claims for line in claim.evidence)


def test_a_place_that_is_not_known_keeps_its_words():
    one = place("Soldiers burned 40 houses in the village of Xarvonk in Oromia.", "burned")
    assert (one.span.text, one.lat, one.name) == ("Xarvonk", None, None)


def test_a_capital_that_speaks_is_no_place():
    claims = coded("Baghdad said on Monday that its troops had retaken Tikrit.")
    assert [c.place.span.text for c in claims if c.place] == ["Tikrit"]


def test_wider_places_are_located_too():
    claim = next(c for c in coded("Shelling killed four people in Kupiansk, in Kharkiv region, Ukraine."))
    assert {w.country for w in claim.within} == {"UA"}
