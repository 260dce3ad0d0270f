"""Names that the reading cut short or passed over, found by what the gazetteer knows. Mentions stand in brackets, others in braces."""

from __future__ import annotations

import re

import pytest

from according.model import Span
from according.places import gazetteer
from according.places.mentions import Mention, Other
from according.places.spotting import spotted


def found(marked: str, *lands: str) -> list[str]:
    """The words of the mentions, as they come out."""
    text, mentions, others, at = "", [], [], 0
    for part in re.finditer(r"\[([^]]*)\]|\{([^}]*)\}", marked):
        text += marked[at : part.start()]
        words = part[1] or part[2]
        span = Span(len(text), len(text) + len(words), words)
        if part[1]:
            mentions.append(Mention(span))
        else:
            others.append(Other(span, person=True))
        text += words
        at = part.end()
    text += marked[at:]
    return [m.span.text for m in spotted(text, mentions, others, set(lands), gazetteer())]


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("fighting in Haut-[Katanga] province", "Haut-Katanga"),
        ("the district of [Pul-e] ‘Alam", "Pul-e ‘Alam"),
        ("clashes in [Haut]-[Katanga]", "Haut-Katanga"),
        ("shelling of Tell [Abyad]", "Tell Abyad"),
        ("shelling of al-[Bab]", "al-Bab"),
    ],
)
def test_a_name_cut_short_is_made_whole(marked, whole):
    assert whole in found(marked, "CD", "AF", "SY")


@pytest.mark.parametrize(
    "marked", ["The [Niger] army", "In [Goma] on Monday", "pro-[Assad] fighters", "[Goma]-based agencies", "Monday [Goma] fell"]
)
def test_a_name_that_is_whole_stays(marked):
    assert found(marked) == [re.search(r"\[(.*)\]", marked)[1]]


def test_a_well_known_place_after_in_or_in_a_date_line_is_found():
    assert "PORT-AU-PRINCE" in found("PORT-AU-PRINCE, Haiti (Agency) - Gangs killed nine.")
    assert found("Talks were held in Kharkiv.") == ["Kharkiv"]
    assert found("Talks were held in May and in Ramadan.") == []
    assert found("They believe in Freedom.") == []


def test_a_longer_name_of_a_country_spoken_of_is_found():
    text = "It links Jabal Al-Zawiya and Jabal Al-Arbaeen, and {Jabal Shahshabo}."
    assert found(text, "SY") == ["Jabal Al-Zawiya", "Jabal Al-Arbaeen", "Jabal Shahshabo"]
    assert found(text, "PE") == []


def test_a_man_is_not_taken_for_a_village():
    assert found("{Abu Kamal} said the men left.", "SY") == []
    assert found("{Kafr Nabl} was shelled.", "SY") == ["Kafr Nabl"]
