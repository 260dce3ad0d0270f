"""Names of one report to the places they mean, or to none. Mentions stand in brackets; the texts are written for these tests."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.model import Located, Place, Span
from according.places import gazetteer, tables
from according.places.entries import distance_km
from according.places.locating import locate
from according.places.mentions import Mention


def places(marked: str) -> dict[str, Place]:
    """The places of a text by their words; of words that stand twice, the last."""
    return {place.span.text: place for place in located(marked)}


def located(marked: str) -> list[Place]:
    spans, text, at = [], "", 0
    for found in re.finditer(r"\[([^]]*)\]", marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    text += marked[at:]
    return [one.place for one in locate(text, [Mention(Span.of(text, *span)) for span in spans], gazetteer())]


def at(place: Place, lat: float, lon: float, km: float) -> bool:
    return place.lat is not None and place.lon is not None and distance_km(place.lat, place.lon, lat, lon) <= km


SEED = (
    "The army said it took villages in the [southern countryside of Idlib]. In [Northwestern Syria] it holds [Jabal Al-Zawiya], "
    "[Jabal Shahshabo] and [Jabal Al-Arbaeen], and in [Hama] the plain of [Sahl Al-Ghab], or [Sahel Al-Ghab]. "
    "A delegation was due from [Turkey]."
)


@pytest.mark.parametrize(
    ("name", "lat", "lon", "off", "radius"),
    [
        ("southern countryside of Idlib", 35.65, 36.6, 15, (10, 40)),
        ("Northwestern Syria", 35.7, 37.0, 60, (80, 200)),
        ("Jabal Al-Zawiya", 35.7, 36.55, 8, (8, 25)),
        ("Jabal Shahshabo", 35.5, 36.4, 10, (5, 20)),
        ("Jabal Al-Arbaeen", 35.8, 36.6, 5, (2, 10)),
        ("Sahl Al-Ghab", 35.45, 36.35, 15, (15, 45)),
        ("Sahel Al-Ghab", 35.45, 36.35, 15, (15, 45)),
        ("Hama", 35.13, 36.75, 60, (3, 110)),
        ("Turkey", 39, 35, 50, (400, 600)),
    ],
)
def test_the_names_of_the_seed_are_areas_of_sensible_size(name, lat, lon, off, radius):
    place = places(SEED)[name]
    assert at(place, lat, lon, off), place
    assert radius[0] <= place.radius_km <= radius[1]


def test_two_spellings_of_a_plain_are_one_place():
    found = places(SEED)
    assert found["Sahl Al-Ghab"].name == found["Sahel Al-Ghab"].name


@pytest.mark.parametrize(
    ("marked", "name", "country"),
    [
        ("Shelling hit [Tripoli], officials in [Beirut] and [Sidon] said.", "Tripoli", "LB"),
        ("Militias clashed in [Tripoli]; [Misrata] and [Benghazi] stayed calm.", "Tripoli", "LY"),
        ("Police in [Athens], [Ga.], said [Atlanta] was told.", "Athens", "US"),
        ("Protests in [Athens] and [Thessaloniki] spread.", "Athens", "GR"),
        ("The rebels took [Goma] and [Sake] in [North Kivu].", "Sake", "CD"),
        ("Fighting around [Avdeevka] and [Donetsk] went on.", "Avdeevka", "UA"),
        ("Drones struck [Al-Fashir] in [North Darfur].", "Al-Fashir", "SD"),
        ("Troops left [Hpa-an] and [Myawaddy].", "Hpa-an", "MM"),
        ("Clashes in [Deir Ezzor], the [Syrian capital] was calm.", "Syrian capital", "SY"),
        ("The army shelled [Kafr Nabel] in [Idlib].", "Kafr Nabel", "SY"),
        ("The [Niger] army lost men near [Diffa] and [Niamey].", "Niger", "NE"),
        ("Gunmen raided villages in [Niger state], [Nigeria].", "Niger state", "NG"),
        ("Russian forces crossed from [South Ossetia] into [Georgia] towards [Gori].", "Georgia", "GE"),
        ("The governors of [Georgia] and [Alabama] met in [Atlanta].", "Georgia", "US"),
        ("The [Sri Lankan] parliament met in [Colombo].", "Sri Lankan", "LK"),
        ("Separatists hold [Valencia] and [San Fernando] in [Venezuela].", "Valencia", "VE"),
    ],
)
def test_the_rest_of_the_report_says_which_place_is_meant(marked, name, country):
    assert places(marked)[name].country == country


@pytest.mark.parametrize(
    "name", ["Springfield Junction 9", "Qrxtwv", "Karsa Orim Tal Varin", "the", "Northern", "9", "—", "Hospital", "Park"]
)
def test_a_name_that_is_nowhere_gets_no_place(name):
    place = places(f"It happened in [{name}] on Monday.")[name]
    assert (place.name, place.lat, place.lon, place.precision, place.score) == (None,) * 5


def test_a_village_that_is_missing_is_not_its_namesake_in_a_country_not_spoken_of():
    found = places("The army took [Arran] in [Aleppo province], [Syria], near [Azaz] and [Marea], in northern [Aleppo].")
    assert found["Arran"].country != "GB"


def test_the_words_tell_a_town_from_its_province():
    assert places("Strikes hit the city of [Raqqa].")["Raqqa"].precision is Located.SETTLEMENT
    assert places("Strikes hit [Raqqa province] in [Syria].")["Raqqa province"].precision is Located.ADMIN1
    assert places("Strikes hit the [Tabqa Dam] in [Syria].")["Tabqa Dam"].precision is Located.POINT


def test_a_bare_name_is_the_wider_one_where_the_report_speaks_of_the_province():
    found = places("Strikes hit [Idlib province]. The army wants [Idlib].")
    assert found["Idlib"].precision is Located.ADMIN1


@pytest.mark.parametrize(
    ("marked", "name", "precision"),
    [
        ("Police met in [Mexico City]. [Mexico] sent troops.", "Mexico", Located.COUNTRY),
        ("Strikes hit [Gaza City]. Officials in [Gaza] counted 40 dead.", "Gaza", Located.ADMIN1),
        ("Gunmen killed five in the town of [Hass] in [Idlib], [Syria].", "Idlib", Located.ADMIN1),
        ("Attacks were told from [Adamawa], [Borno], [Yobe], [Gombe] and [Zamfara] in [Nigeria].", "Gombe", Located.ADMIN1),
        ("A bomb went off in [Benghazi], [Libya].", "Benghazi", Located.SETTLEMENT),
        ("Troops entered [Gardez district] in [Paktia], [Afghanistan].", "Gardez district", Located.ADMIN2),
    ],
)
def test_the_report_tells_a_town_from_what_is_named_after_it(marked, name, precision):
    assert places(marked)[name].precision is precision


def test_one_name_may_be_told_of_two_countries():
    found = {p.country for p in located("Clashes in [Tripoli], [Lebanon]. In [Tripoli], [Libya], it was calm.") if p.span.text == "Tripoli"}
    assert found == {"LB", "LY"}


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Shells hit [San Jose] in [Soyapango], [El Salvador].", "San Jose"),
        ("Fighting went on in [Akobex] and [Nasirov], [South Sudan].", "Nasirov"),
        ("The wounded were taken to [Kuwait Hospital] in [Gaza], [Palestine].", "Kuwait Hospital"),
        ("The strike hit [Al] and [Abu] in [Gaza].", "Abu"),
    ],
)
def test_a_namesake_elsewhere_is_not_meant(marked, name):
    assert places(marked)[name].lat is None


def test_a_name_of_plain_words_is_a_region_or_none():
    found = places("Across the [Middle East], and in the [Northern Territory] of [Australia], and in the [North].")
    assert found["Middle East"].precision is Located.AREA
    assert found["Northern Territory"].country == "AU"
    assert found["North"].lat is None


def test_native_scripts_match_on_the_native_script():
    assert places("Bombs fell on [الفاشر] in [Sudan].")["الفاشر"].country == "SD"
    assert places("Shells hit [Харків].")["Харків"].country == "UA"
    assert places("Troops entered [መቐለ].")["መቐለ"].country == "ET"
    assert places("Fighting in [ရန်ကုန်].")["ရန်ကုန်"].country == "MM"


def test_a_country_after_a_comma_is_found_where_no_name_was():
    found = places("[LONDON], Ky. (Agency) - Police in [London] arrested two.")
    assert found["London"].country == "US"
    assert "Ky." in found


def test_the_same_text_gives_the_same_places():
    assert places(SEED) == places(SEED)


_NAMES = st.sampled_from([name for country in tables.countries() for name in (country.name, *country.capitals)] + ["Idlib", "Goma", "said"])


@given(st.lists(_NAMES, min_size=1, max_size=8))
def test_no_place_is_ever_at_0_0_and_none_is_half_told(names):
    for place in places(", ".join(f"[{name}]" for name in names)).values():
        told = [place.name, place.lat, place.lon, place.precision, place.radius_km, place.score]
        assert all(v is None for v in told) or all(v is not None for v in told)
        assert place.lat is None or (place.lat, place.lon) != (0, 0)
        assert place.score is None or 0 <= place.score <= 1
        assert place.radius_km is None or place.radius_km > 0


@given(st.text(max_size=60))
def test_any_words_at_all_may_be_asked(words):
    words = words.replace("[", "").replace("]", "")
    if words:
        places(f"in [{words}] and")
