"""Words → an actor: by name, by country and kind of body, by what others call it; and no guess where that is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.actors.naming import named
from according.actors.resolving import SURE, Resolver, bearing, spoken_of
from according.actors.speakers import SpeakerKind, is_party, kind_of, top
from according.actors.table import Actor, Role, actor, actors
from according.model import Place, Report
from told import claim, party, span

SYRIA = {"SY": 10}


def resolved(words: str, of: Mapping[str, int] | str = "", year: int | None = 2017, speaker: str | None = None) -> str | None:
    """The id of the actor that the words name in a report of these countries, or of one."""
    found = Resolver({of: 5} if isinstance(of, str) and of else of or {}, year).resolve(words, speaker)  # type: ignore[dict-item, arg-type]
    return found.actor.id if found else None


# --- names -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Syrian Democratic Forces", "sdf-syria"),
        ("the Syrian Democratic Forces", "sdf-syria"),
        ("Syrian Democratic Forces (SDF)", "sdf-syria"),
        ("SYRIAN DEMOCRATIC FORCES", "sdf-syria"),
        ("Syrian Democratic Forces fighters", "sdf-syria"),
        ("fighters", None),
        ("dozens of Hezbollah militants", "hezbollah"),
        ("a Hamas spokesman", "hamas"),
        ("Syrian Observatory for Human Rights", "sohr"),
        ("UNICEF", "unicef"),
        ("United Nations", "un"),
        ("Reuters", "reuters"),
        ("Velmar army", None),
        ("Sulin Front", None),
        ("", None),
        ("the", None),
        ("’s", None),
    ],
)
def test_a_full_name_with_a_word_of_its_own_needs_no_country(words: str, id: str | None) -> None:
    assert resolved(words) == id


@pytest.mark.parametrize(
    ("words", "of", "id"),
    [
        ("SDF", "SY", "sdf-syria"),
        ("the SDF", "SY", "sdf-syria"),
        ("SDF fighters", "SY", "sdf-syria"),
        ("IDF", "IL", "il-military"),
        ("LRA", "UG", "lra"),
        ("UPDF", "UG", "ug-military"),
        ("RSF", "SD", "rsf-sudan"),
        ("AFP", "PH", "ph-military"),
        ("AFP", "FR", "afp"),
    ],
)
def test_an_acronym_is_a_body_of_the_country_that_is_spoken_of(words: str, of: str, id: str) -> None:
    assert resolved(words, of) == id


@pytest.mark.parametrize(("words", "elsewhere"), [("SDF", "UA"), ("IDF", "UA"), ("LRA", "SY"), ("FSA", "UA")])
def test_an_acronym_without_its_country_is_nobodys(words: str, elsewhere: str) -> None:
    assert resolved(words) is None
    assert resolved(words, elsewhere) is None


def test_a_full_name_in_a_report_of_another_country_is_less_sure() -> None:
    def score(of: Mapping[str, int]) -> float:
        found = Resolver(of, 2017).resolve("Free Syrian Army")
        assert found is not None and found.actor.id == "fsa"
        return found.score

    assert SURE <= score({"UA": 4}) < score(SYRIA) == 1


@pytest.mark.parametrize(("words", "of", "id"), [("Islamic State", "SY", "isis"), ("the government forces", "YE", "ye-military")])
def test_a_name_of_common_words_needs_its_country(words: str, of: str, id: str) -> None:
    assert resolved(words, of) == id
    assert resolved(words) is None


def test_a_name_that_bodies_of_several_countries_bear_is_that_of_the_country_spoken_of_most() -> None:
    assert resolved("al-Shabaab", "SO") == "al-shabaab"
    assert resolved("al-Shabaab", "MZ") == "is-mozambique"
    assert resolved("al-Shabaab", {"MZ": 9, "SO": 2}) == "is-mozambique"
    assert resolved("al-Shabaab", {"MZ": 2, "SO": 9}) == "al-shabaab"


def test_the_name_as_it_stands_is_surer_than_what_is_left_of_the_words() -> None:
    scores = {words: found.score for words in ("SDF", "the SDF") if (found := Resolver(SYRIA, 2017).resolve(words))}
    assert 0.5 <= scores["the SDF"] < scores["SDF"] == 1


# --- a country and a kind of body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Malian soldiers", "ml-military"),
        ("Nigerian troops", "ng-military"),
        ("Chadian soldiers", "td-military"),
        ("dozens of Chadian soldiers", "td-military"),
        ("12 Chadian soldiers", "td-military"),
        ("Chad's army", "td-military"),
        ("Kenyan police", "ke-police"),
        ("Ukraine’s police", "ua-police"),
        ("Israeli warplanes", "il-air-force"),
        ("French jets", "fr-air-force"),
        ("Turkey's foreign minister", "tr-foreign-ministry"),
        ("Malian plumbers", None),
        ("Velmaran soldiers", None),
    ],
)
def test_an_adjective_and_a_kind_of_body_name_the_countrys_own(words: str, id: str | None) -> None:
    assert resolved(words) == id


def test_the_body_of_a_country_does_not_depend_on_what_else_is_spoken_of() -> None:
    assert resolved("Chadian soldiers", SYRIA) == resolved("Chadian soldiers", "TD") == "td-military"


@pytest.mark.parametrize(("words", "id"), [("Moscow", "ru-government"), ("Ankara", "tr-government"), ("Turkey", "tr-government"),
                                           ("Tal Hamra", None)])  # fmt: skip
def test_a_country_or_its_capital_stands_for_its_government(words: str, id: str | None) -> None:
    assert resolved(words) == id


# --- a kind of body alone ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "of", "id"),
    [
        ("the army", "SY", "sy-army"),
        ("the army", "SD", "sd-military"),
        ("army", "UA", "ua-army"),
        ("police", "KE", "ke-police"),
        ("the government", "SY", "sy-government"),
        ("government troops", "SY", "sy-military"),
        ("the defence ministry", "SY", "sy-defence-ministry"),
    ],
)
def test_the_army_alone_is_that_of_the_country_that_the_report_is_of(words: str, of: str, id: str) -> None:
    assert resolved(words, of) == id


@pytest.mark.parametrize("of", [{}, {"SY": 5, "TR": 5}, {"SY": 59, "TR": 41}, {"SY": 5, "TR": 4, "IQ": 3}])
def test_the_army_alone_is_nobodys_in_a_report_of_two_countries_or_of_none(of: Mapping[str, int]) -> None:
    assert resolved("the army", of) is None


def test_the_army_alone_is_that_of_the_country_that_most_of_the_report_is_of() -> None:
    assert resolved("the army", {"SY": 6, "TR": 4}) == "sy-army"
    assert resolved("the army", {"SY": 4, "TR": 6}) == resolved("the army", {"TR": 6}) != "sy-army"


@pytest.mark.parametrize("words", ["soldiers", "troops", "rebels", "gunmen", "fighter jets", "unknown armed men", "forces"])
def test_words_that_any_side_may_have_alone_are_nobodys(words: str) -> None:
    assert resolved(words, SYRIA) is None


# --- labels ------------------------------------------------------------------------------------------------------------------


def test_a_label_of_one_word_is_a_body_only_in_the_mouth_of_who_uses_it() -> None:
    assert resolved("the regime", SYRIA, speaker="sy-opposition") == "sy-government"
    assert resolved("the regime", SYRIA) is None
    assert resolved("the regime", SYRIA, speaker="sy-army") is None
    assert resolved("the regime", SYRIA, speaker="unicef") is None
    assert resolved("invaders", "AF", 2010, speaker="un") is None


def test_a_branch_speaks_as_the_body_that_it_is_of() -> None:
    """Turkey's government calls it so; a ministry is a branch of it."""
    assert actors()["tr-defence-ministry"].parent
    assert resolved("the regime", SYRIA, speaker="tr-defence-ministry") == "sy-government"


def test_a_label_of_several_words_names_a_body_in_every_mouth() -> None:
    assert resolved("Assad regime", SYRIA) == resolved("Assad regime", SYRIA, speaker="unicef") == "sy-government"


def test_a_label_holds_in_its_country_and_its_years() -> None:
    assert resolved("Assad regime", "UA") is None
    assert resolved("Assad regime", SYRIA, 2025) is None
    assert resolved("foreign invaders", "US", 2010, "taliban") == "us-military"
    assert resolved("foreign invaders", "US", 2023, "taliban") is None


def test_a_label_that_a_speaker_has_for_several_is_none_of_them() -> None:
    assert resolved("terrorists", SYRIA, speaker="sy-government") is None


# --- years -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "of", "year", "id"),
    [
        ("Syrian government", "SY", 2020, "sy-government"),
        ("Syrian government", "SY", 2025, "sy-transitional-government"),
        ("Iraqi army", "IQ", 1990, "iq-army-baath"),
        ("Iraqi army", "IQ", 2016, "iq-army"),
        ("Afghan government", "AF", 2010, "af-government"),
        ("Afghan government", "AF", 2023, "af-taliban-government"),
        ("the army", "SY", 2025, "sy-transitional-military"),
        ("Jabhat al-Nusra", "SY", 2014, "nusra-front"),
        ("Jabhat al-Nusra", "SY", 1990, None),
        ("Zaire", "CD", 1990, "zaire-government"),
    ],
)
def test_a_name_is_whose_it_was_in_that_year(words: str, of: str, year: int, id: str | None) -> None:
    assert resolved(words, of, year) == id


# --- no guess ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "of", "year"), [("Syrian army", "SY", 2024), ("al-Shabaab", "", 2021), ("Naxalites", "IN", 2003)])
def test_of_several_that_a_name_may_mean_in_that_year_it_means_none(words: str, of: str, year: int) -> None:
    found = Resolver({of: 5} if of else {}, year).candidates(words)
    assert len(found) > 1 and len({match.score for match in found}) == 1 and found[0].score < 1
    assert resolved(words, of, year) is None


def test_without_a_year_the_army_of_an_old_and_a_new_state_is_that_which_bore_the_name_longer_and_less_sure() -> None:
    found = Resolver({"SY": 5}, None).candidates("Syrian army")
    assert [match.actor.id for match in found] == ["sy-army"]
    assert SURE <= found[0].score < 1 == Resolver({"SY": 5}, 2017).candidates("Syrian army")[0].score


words = st.text(max_size=40) | st.sampled_from(sorted({name for row in actors().values() for name in row.names})[::40])
spoken = st.dictionaries(st.sampled_from(["SY", "TR", "UA", "SD", "AF", "MM"]), st.integers(0, 9), max_size=4)
years = st.none() | st.integers(1980, 2026)


@given(words, spoken, years, st.sampled_from([None, "sy-government", "isis", "no-such-body"]))
def test_whatever_the_words_what_they_may_name_was_in_that_year_and_the_surest_stands_first(
    words: str, of: dict[str, int], year: int | None, speaker: str | None
) -> None:
    resolver = Resolver(of, year)
    found = resolver.candidates(words, speaker)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True) and all(0 < score <= 1 for score in scores)
    assert len({match.actor.id for match in found}) == len(found)
    assert all(match.actor.years.hold(year) for match in found)
    best = resolver.resolve(words, speaker)
    assert best == (found[0] if len(found) == 1 and found[0].score >= SURE else None)


@given(words, spoken, years)
def test_the_order_in_which_countries_are_spoken_of_does_not_matter(words: str, of: dict[str, int], year: int | None) -> None:
    backwards = dict(reversed(of.items()))
    assert Resolver(of, year).candidates(words) == Resolver(backwards, year).candidates(words)


def unnamed(rows: Iterable[Actor]) -> dict[str, list[str]]:
    """The rows whose own names, in their country and first year, name neither them nor a body of one family, with what they name."""
    found = {}
    for row in rows:
        year = row.years.first if row.years.first is not None else row.years.last
        ids = [match.actor.id for match in Resolver({row.countries[0]: 5} if row.countries else {}, year).candidates(row.name)]
        if top(row.id) not in map(top, ids):
            found[row.name] = ids
    return found


ARMED = [row for row in actors().values() if row.role is not Role.CIVIL]


def test_the_name_of_a_row_in_its_country_and_year_names_it_or_one_of_its_family() -> None:
    plainly = [row for row in ARMED if "'s " not in row.name and "(" not in row.name]
    found = unnamed(plainly)
    assert len(plainly) > 1000 and len(found) <= 5, found


def test_names_with_a_genitive_name_their_rows() -> None:
    found = unnamed(row for row in ARMED if "'s " in row.name)
    assert len(found) <= 5, found


@pytest.mark.parametrize(
    ("words", "of", "id"),
    [("People's Protection Units", "SY", "ypg"), ("the Lord’s Resistance Army", "UG", "lra"),
     ("Tigray People's Liberation Front", "ET", "tplf"), ("Karen Women's Organization", "MM", "karen-womens-organization")],
)  # fmt: skip
def test_the_peoples_and_the_lords_armies_are_found_by_their_names(words: str, of: str, id: str) -> None:
    assert resolved(words, of, 2005 if id == "lra" else 2016) == id


# --- civil groups ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("civilians", "civilians"),
        ("14 civilians", "civilians"),
        ("at least three children", "children"),
        ("Kurdish civilians", "civilians"),
        ("Syrian refugees", "refugees"),
        ("local residents", "residents"),
        ("a doctor", "medics"),
        ("journalists", "journalists"),
        ("aid workers", "aid-workers"),
        ("women and children", "women-and-children"),
        ("plumbers", None),
    ],
)
def test_who_suffers_is_a_civil_group_by_the_whole_of_the_words_or_the_last(words: str, id: str | None) -> None:
    assert resolved(words) == id
    assert id is None or actors()[id].role is Role.CIVIL


@pytest.mark.parametrize(
    ("words", "id"),
    [("several aid workers", "aid-workers"), ("two aid workers", "aid-workers"), ("12 women and children", "women-and-children")],
)  # fmt: skip
def test_a_civil_group_of_several_words_is_found_behind_a_number(words: str, id: str) -> None:
    assert resolved(words) == id


# --- the countries that a report speaks of -----------------------------------------------------------------------------------


def test_places_count_twice_and_nationalities_once() -> None:
    assert spoken_of(["SY", "SY", "TR"], "Syrian troops and a Turk.") == {"SY": 5, "TR": 3}
    assert spoken_of([], "syrian troops, Velmarans") == {}


def test_only_a_name_that_one_actor_bears_is_a_sources() -> None:
    found = bearing("Reuters")
    assert found is not None and found.id == "reuters"
    assert bearing("Syrian army") is None  # several bear it
    assert bearing("Frontline Herald") is None


# --- what kind of speaker ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the army", "party"), ("the Velmar army", "party"), ("the Sulin Front", "party"), ("a rebel commander", "party"),
        ("government forces", "party"), ("villagers", "witness"), ("a local resident", "witness"), ("an eyewitness", "witness"),
        ("a war monitor", "monitor"), ("the Observatory", "monitor"), ("a rights group", "monitor"), ("an aid agency", "agency"),
        ("a UN official", "agency"), ("the governor", "official"), ("hospital doctors", "official"), ("police", "official"),
        ("the health ministry", "official"), ("state television", "media"), ("a newspaper", "media"), ("Karim Odeh", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_the_kind_of_a_speaker_by_his_words(words: str, kind: str) -> None:
    assert kind_of(words) is SpeakerKind(kind)


@pytest.mark.parametrize(
    ("id", "kind"),
    [
        ("sohr", "monitor"), ("sy-army", "party"), ("unicef", "agency"), ("reuters", "media"), ("sana", "media"),
        ("sy-government", "official"), ("sy-police", "official"), ("witnesses", "witness"), ("wagner", "party"),
    ],
)  # fmt: skip
def test_the_kind_of_a_speaker_by_his_row_whatever_the_words(id: str, kind: str) -> None:
    assert kind_of("a spokesman", id) is kind_of("", id) is SpeakerKind(kind)
    assert kind_of("villagers", "no-such-body") is SpeakerKind.WITNESS


def test_every_role_has_a_kind_of_speaker() -> None:
    first = {row.role: row.id for row in actors().values()}
    assert set(first) == set(Role)
    assert all(kind_of("", id) is not SpeakerKind.OTHER for id in first.values())


@pytest.mark.parametrize(("words", "kind"), [("witnesses", "witness"), ("charities", "agency"), ("agencies", "agency")])
def test_the_plural_of_a_speaker_is_of_the_same_kind(words: str, kind: str) -> None:
    assert kind_of(words) is SpeakerKind(kind)


@pytest.mark.parametrize("words", ["an army spokesman", "a Sulin Front spokesman", "rebel officials", "an army officer"])
def test_who_speaks_for_a_party_is_a_party(words: str) -> None:
    assert kind_of(words) is SpeakerKind.PARTY
    assert is_party(words, None, [], frozenset({"XV"}))


# --- parties to the fighting -------------------------------------------------------------------------------------------------


def test_whoever_did_it_is_a_party_and_so_is_the_body_that_he_is_a_branch_of() -> None:
    strike = [party("warplanes", "sy-air-force")]
    for id in ("sy-air-force", "sy-military", "sy-government", "sy-defence-ministry"):
        assert actor(id) is not None and is_party("it", id, strike, frozenset())
    for id in ("sohr", "unicef", "ua-government", "ua-military"):
        assert actor(id) is not None and not is_party("it", id, strike, frozenset({"SY"}))


def test_armed_bodies_of_the_country_are_parties_and_its_government_and_police_are_not() -> None:
    here, elsewhere = frozenset({"SY"}), frozenset({"UA"})
    assert is_party("the army", "sy-army", [], here) and is_party("SDF", "sdf-syria", [], here)
    assert not is_party("the army", "sy-army", [], elsewhere)
    assert not is_party("the government", "sy-government", [], here)
    assert not is_party("the police", "sy-police", [], here)


def test_monitors_agencies_and_witnesses_are_no_parties_though_they_suffer_in_it() -> None:
    suffer = [party("UNICEF", "unicef"), party("residents", "residents")]
    assert not is_party("UNICEF", "unicef", suffer, frozenset({"SY"}))
    assert not is_party("residents", "residents", suffer, frozenset({"SY"}))


def test_without_a_row_armed_words_are_a_party_and_others_are_not() -> None:
    assert is_party("the Sulin Front", None, [party("the Sulin Front")], frozenset())
    assert is_party("the Velmar army", None, [], frozenset())
    assert not is_party("the governor", None, [party("the governor")], frozenset())
    assert not is_party("villagers", None, [party("villagers")], frozenset())


# --- the parties of a report's claims ----------------------------------------------------------------------------------------


def report(text: str = "Syrian troops.", published: date | None = date(2017, 5, 3), **fields: str) -> Report:
    return Report("r", text, published=published, **fields)  # type: ignore[arg-type]


def test_the_parties_of_claims_are_named_by_what_the_report_speaks_of() -> None:
    told = claim("air_strike", says="the army", by="Syrian warplanes", against="SDF fighters")
    (found,) = named(report("Syrian troops and Syrian warplanes."), [told])
    assert [p.actor for p in (*found.said_by, *found.actor, *found.target)] == ["sy-army", "sy-air-force", "sdf-syria"]
    assert [p.span for p in found.actor] == [p.span for p in told.actor]
    (found,) = named(report("Nothing of any country."), [told])
    assert [p.actor for p in (*found.said_by, *found.target)] == [None, None]


def test_the_places_of_claims_tell_the_country_too() -> None:
    there = claim(says="the army", where=Place(span("Tal Hamra"), country="SY"))
    (found,) = named(report("Nothing of any country."), [there])
    assert [p.actor for p in found.said_by] == ["sy-army"]


def test_labels_are_read_as_the_claims_speaker_uses_them() -> None:
    told = claim(says=party("the opposition", "sy-opposition"), by="the regime")
    other = claim(says="villagers", by="the regime")
    assert [c.actor[0].actor for c in named(report(), [told, other])] == ["sy-government", None]


def test_an_actor_that_is_there_already_stays() -> None:
    (found,) = named(report(), [claim(by=party("the army", "my-own-id"))])
    assert [p.actor for p in found.actor] == ["my-own-id"]
    assert named(report(), []) == ()


@pytest.mark.parametrize(("published", "id"), [(date(2020, 1, 1), "sy-government"), (date(2025, 6, 1), "sy-transitional-government")])
def test_the_year_is_that_of_publication(published: date, id: str) -> None:
    (found,) = named(report(published=published), [claim(says="the Syrian government", day=1)])
    assert [p.actor for p in found.said_by] == [id]


def test_without_a_day_of_publication_the_year_is_that_of_the_days_told() -> None:
    """These are in 2031."""
    (found,) = named(report(published=None), [claim(says="the Syrian government", day=1)])
    assert [p.actor for p in found.said_by] == ["sy-transitional-government"]


@pytest.mark.parametrize(
    "words", ["the Britain-based Syrian Observatory for Human Rights", "the Syrian Observatory for Human Rights monitoring group"]
)
def test_where_a_body_sits_and_what_it_does_are_no_part_of_its_name(words: str) -> None:
    found = Resolver({"SY": 3}, 2017).resolve(words)
    assert found is not None and found.actor.id == "sohr"
