"""Who held which place when: what taking, leaving and holding tell, by whom, and what is not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.events.accounts import Said
from according.events.happening import side_of
from according.events.holdings import Grade, Holding, Step, held, holdings
from according.model import Claim, Located
from told import OSTREL, cited, claim, count, on, party, place, said

FRONT, ARMY = "the Sulin Front", "the Velmar army"
HERALD, DAILY = "Frontline Herald", "Mirzad Daily"
Spell = tuple[str | None, date | None, date | None]


def takes(who: str | None, day: int | None, **fields: Any) -> Claim:
    return step("takes_territory", who, day, **fields)


def leaves(who: str | None, day: int | None, **fields: Any) -> Claim:
    return step("leaves_territory", who, day, **fields)


def has(who: str | None, day: int | None, **fields: Any) -> Claim:
    return step("control", who, day, **fields)


def step(kind: str, who: str | None, day: int | None, **fields: Any) -> Claim:
    fields.setdefault("where", place())
    return claim(kind, *fields.pop("counts", ()), by=who or (), day=day, id=fields.pop("id", f"{kind} {who} {day}"), **fields)


def by(told: Claim, published: int | None = None, source: str = HERALD, copies: str | None = None) -> Said:
    """The claim in a report of that outlet, published on that day, else when it was."""
    day = published or ((told.time.start - on(0)).days if told.time and told.time.start else 1)
    return said(told, cited(f"{source} {day}", day, source, copies))


def spells(told: Sequence[Said], known: date | None = None) -> list[Spell]:
    return [(h.side, h.since, h.until) for h in holdings(told, known)]


# --- taking, leaving, holding ----------------------------------------------------------------------------------------------


def test_who_takes_a_place_holds_it_from_that_day_on() -> None:
    (found,) = holdings([by(takes(FRONT, 5))])
    assert (found.side, found.name, found.since, found.by, found.until) == ("sulin front", FRONT, on(5), on(5), None)
    assert (found.site.name, found.site.country, found.site.area, found.grade) == ("Tal Hamra", "XV", False, Grade.SINGLE)
    assert [e.step for e in found.evidence] == [Step.TAKES]
    assert not found.holds(on(4)) and found.holds(on(5)) and found.holds(on(500))


def test_a_side_holds_a_place_until_another_takes_it() -> None:
    assert spells([by(takes(FRONT, 5)), by(takes(ARMY, 20))]) == [("sulin front", on(5), on(20)), ("velmar army", on(20), None)]


@pytest.mark.parametrize("who", [FRONT, None])
def test_a_side_holds_a_place_until_it_leaves_whether_or_not_it_is_named(who: str | None) -> None:
    assert spells([by(takes(FRONT, 5)), by(leaves(who, 9))]) == [("sulin front", on(5), on(9))]


def test_what_another_side_leaves_it_did_not_hold() -> None:
    assert spells([by(takes(FRONT, 5)), by(leaves(ARMY, 9))]) == [("sulin front", on(5), None)]
    assert spells([by(leaves(ARMY, 9))]) == []


def test_who_was_driven_out_has_left() -> None:
    told = claim("leaves_territory", against=FRONT, where=place(), day=9, id="lost")
    assert spells([by(takes(FRONT, 5)), by(told)]) == [("sulin front", on(5), on(9))]


def test_a_side_that_leaves_and_comes_back_has_two_spells() -> None:
    told = [by(takes(FRONT, 5)), by(leaves(FRONT, 9)), by(takes(FRONT, 30))]
    assert spells(told) == [("sulin front", on(5), on(9)), ("sulin front", on(30), None)]


def test_of_who_is_told_to_hold_a_place_it_is_not_told_since_when() -> None:
    (found,) = holdings([by(has(FRONT, 5)), by(has(FRONT, 9))])
    assert (found.since, found.by, found.last, found.until) == (None, on(5), on(9), None)
    assert not found.holds(on(4)) and found.holds(on(5)) and found.holds(on(20))


def test_who_holds_a_place_later_than_another_took_it_has_it_from_him_by_then() -> None:
    first, later = holdings([by(takes(FRONT, 5)), by(has(ARMY, 50))])
    assert (first.until, first.over_by, later.since, later.by) == (None, on(50), None, on(50))


def test_that_a_place_is_still_held_is_further_evidence_for_the_spell() -> None:
    (found,) = holdings([by(takes(FRONT, 5)), by(has(FRONT, 40), source=DAILY)])
    assert [e.step for e in found.evidence] == [Step.TAKES, Step.HOLDS]
    assert (found.since, found.last) == (on(5), on(40))


def test_a_place_taken_by_nobody_in_particular_is_held_by_nobody_in_particular() -> None:
    assert spells([by(takes(None, 5))]) == [(None, on(5), None)]
    assert spells([by(has(None, 5))]) == []


@pytest.mark.parametrize("status", ["planned", "denied"])
def test_planned_and_denied_changes_make_no_history(status: str) -> None:
    assert holdings([by(takes(FRONT, 5, status=status))]) == []
    assert spells([by(takes(FRONT, 5)), by(leaves(FRONT, 9, status=status))]) == [("sulin front", on(5), None)]


def test_a_change_that_is_hedged_is_told_as_possible() -> None:
    (found,) = holdings([by(takes(FRONT, 5, status="possible"))])
    assert [e.possible for e in found.evidence] == [True]


def test_other_claims_and_claims_without_a_place_tell_of_no_holding() -> None:
    assert holdings([by(step("shelling", FRONT, 5)), by(takes(FRONT, 5, where=None))]) == []


def test_branches_of_one_body_are_one_side() -> None:
    army, front = (party(words, id) for words, id in (("troops", "sy-army"), ("the 4th division", "sy-4th-division")))
    assert side_of(army) == side_of(front) != side_of(party("ISIL", "isis"))
    told = [by(takes(None, 5)), *(by(claim("control", by=who, where=place(), day=day)) for who, day in ((army, 9), (front, 19)))]
    assert len(holdings(told[1:])) == 1


def test_places_are_apart_by_their_entry_and_by_name_and_country_without_one() -> None:
    namesake = place("Tal Hamra", OSTREL, geonames_id=7)
    abroad = place("Tal Hamra", None, country="XQ")
    told = [by(takes(FRONT, 5)), by(takes(ARMY, 6, where=namesake)), by(takes(ARMY, 7, where=abroad))]
    assert sorted(spells(told), key=str) == sorted(
        [("sulin front", on(5), None), ("velmar army", on(6), None), ("velmar army", on(7), None)], key=str
    )
    spelt = [by(takes(FRONT, 5, where=place(geonames_id=7))), by(takes(ARMY, 20, where=place("Tall Hamra", OSTREL, geonames_id=7)))]
    assert len({h.site.key for h in holdings(spelt)}) == 1


def test_the_spells_that_a_day_lies_in() -> None:
    found = holdings([by(takes(FRONT, 5)), by(takes(ARMY, 20)), by(takes(ARMY, 8, where=place("Ostrel", OSTREL)))])
    assert [(h.site.name, h.side) for h in held(found, on(4))] == []
    assert [(h.site.name, h.side) for h in held(found, on(19))] == [("Ostrel", "velmar army"), ("Tal Hamra", "sulin front")]
    assert [(h.site.name, h.side) for h in held(found, on(20))] == [("Ostrel", "velmar army"), ("Tal Hamra", "velmar army")]


# --- how well it is told -----------------------------------------------------------------------------------------------------


def test_what_two_speakers_say_of_the_same_days_and_cannot_both_be_so_is_contested() -> None:
    (found,) = holdings([by(takes(FRONT, 5)), by(takes(ARMY, 6), source=DAILY)])
    assert (found.side, found.grade, [e.side for e in found.rivals]) == ("sulin front", Grade.CONTESTED, ["velmar army"])
    assert found.until is None
    (found,) = holdings([by(has(FRONT, 5)), by(has(ARMY, 5), source=DAILY)])
    assert found.grade is Grade.CONTESTED


def test_what_one_speaker_tells_of_one_day_after_the_other_is_a_change_and_not_contested() -> None:
    told = [by(takes(FRONT, 5)), by(takes(ARMY, 6))]
    assert spells(told) == [("sulin front", on(5), on(6)), ("velmar army", on(6), None)]
    assert {h.grade for h in holdings(told)} == {Grade.SINGLE}


def test_a_change_told_long_after_by_another_speaker_is_no_rival() -> None:
    told = [by(takes(FRONT, 5)), by(takes(ARMY, 9), source=DAILY)]
    assert spells(told) == [("sulin front", on(5), on(9)), ("velmar army", on(9), None)]


def test_what_the_side_itself_alone_says_is_claimed() -> None:
    boast = takes(ARMY, 5, says=ARMY)
    assert [h.grade for h in holdings([by(boast)])] == [Grade.CLAIMED]
    seen = takes(ARMY, 5, says="villagers", id="seen")
    assert [h.grade for h in holdings([by(boast), by(seen, source=DAILY)])] == [Grade.SEVERAL]


def test_independent_accounts_are_several_and_copies_are_one() -> None:
    told = takes(FRONT, 5)
    assert [h.grade for h in holdings([by(told), by(told, source=DAILY)])] == [Grade.SEVERAL]
    assert [h.grade for h in holdings([by(told), by(told, source=DAILY, copies=f"{HERALD} 5")])] == [Grade.SINGLE]


def test_a_copy_is_no_further_evidence() -> None:
    told = takes(FRONT, 5, says="villagers")
    (found,) = holdings([by(told), by(told, 6, DAILY, copies=f"{HERALD} 5")])
    assert [e.cited.source for e in found.evidence] == [HERALD]


# --- areas -------------------------------------------------------------------------------------------------------------------

AREA = place("Velmar province", precision=Located.ADMIN1)
AREAS: list[dict[str, Any]] = [
    {"where": AREA},
    {"where": place(derived="the south of Tal Hamra")},
    {"counts": [count(12, "villages", measure="places")]},
    {"counts": [count(None, "villages", measure="places", words="dozens of villages")]},
    {"counts": [count(1, "village", measure="places", high=None, words="a village or more")]},
]


@pytest.mark.parametrize("fields", AREAS)
def test_of_an_area_several_sides_may_be_told_to_hold_some(fields: dict[str, Any]) -> None:
    found = holdings([by(takes(FRONT, 5, **fields)), by(takes(ARMY, 6, **fields), source=DAILY), by(has(FRONT, 30, **fields))])
    assert all(h.site.area for h in found)
    assert {h.side for h in held(found, on(40))} == {"sulin front", "velmar army"}
    assert not any(h.rivals or h.until for h in found)


def test_one_place_counted_is_no_area() -> None:
    (found,) = holdings([by(takes(FRONT, 5, counts=[count(1, "town", measure="places")]))])
    assert not found.site.area


def test_of_a_town_taken_as_a_whole_and_of_villages_around_it_there_are_two_histories() -> None:
    told = [by(takes(FRONT, 5)), by(takes(ARMY, 9, counts=[count(3, "villages", measure="places")]))]
    assert sorted(spells(told), key=str) == [("sulin front", on(5), None), ("velmar army", on(9), None)]


# --- as it was known ---------------------------------------------------------------------------------------------------------


def test_as_known_on_a_day_only_reports_of_that_day_and_before_are_heard() -> None:
    told = [by(takes(FRONT, 5), 5), by(takes(ARMY, 20), 22), said(leaves(FRONT, 8), cited("undated", None))]
    assert spells(told, on(4)) == []
    assert spells(told, on(21)) == [("sulin front", on(5), None)]
    assert spells(told, on(22)) == [("sulin front", on(5), on(20)), ("velmar army", on(20), None)]
    assert spells(told)[0] == ("sulin front", on(5), on(8))


# --- dates that are not told -------------------------------------------------------------------------------------------------


def test_a_taking_of_which_no_day_is_told_was_by_the_day_of_publication() -> None:
    (found,) = holdings([by(takes(FRONT, None), 9)])
    assert (found.since, found.by, [e.dated for e in found.evidence]) == (None, on(9), [False])
    assert not found.holds(on(8)) and found.holds(on(9))


def test_of_a_taking_without_any_day_nothing_is_told_of_when() -> None:
    (found,) = holdings([said(takes(FRONT, None), cited(day=None))])
    assert (found.since, found.by, found.last) == (None, None, None)
    assert not found.holds(on(1))


def test_a_leaving_of_which_no_day_is_told_does_not_give_the_day_of_publication_for_the_end() -> None:
    """Left some time before the report: that it was held until then is not told."""
    (found,) = holdings([by(takes(FRONT, 5)), by(leaves(FRONT, None), 90)])
    assert found.until != on(90)


def test_who_left_on_a_day_that_nothing_tells_does_not_hold_the_place_for_ever() -> None:
    (found,) = holdings([by(takes(FRONT, 5)), said(leaves(FRONT, None), cited("r9", None))])
    assert not found.holds(on(5000))


# --- whatever the order ------------------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn, areas: bool = True) -> list[Said]:
    made = []
    for n in range(draw(st.integers(1, 9))):
        day = draw(st.none() | st.integers(1, 12))
        told = step(
            draw(st.sampled_from(["takes_territory", "leaves_territory", "control"])),
            draw(st.sampled_from([FRONT, ARMY, None])),
            day,
            until=None if day is None else day + draw(st.sampled_from([0, 0, 3])),
            id=f"c{n}",
            says=draw(st.sampled_from([None, ARMY, "villagers"])),
            where=draw(st.sampled_from([place(), place("Ostrel", OSTREL), *([AREA] if areas else [])])),
            status=draw(st.sampled_from(["happened", "happened", "possible", "denied"])),
        )
        source = draw(st.sampled_from([HERALD, DAILY]))
        published = draw(st.integers(1, 15))
        made.append(said(told, cited(f"{source} {published}", published, source)))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_change_the_history(told: list[Said], chance: object) -> None:
    shuffled = chance.sample([*told, *told], 2 * len(told))  # type: ignore[attr-defined]
    assert holdings(shuffled) == holdings(told)


@given(histories(), st.integers(1, 15))
def test_what_is_known_on_a_day_is_what_was_published_by_then(told: list[Said], day: int) -> None:
    by_then = [s for s in told if s.cited.published and s.cited.published <= on(day)]
    assert holdings(told, on(day)) == holdings(by_then)


def ends(h: Holding) -> tuple[date, date]:
    begun = h.since or h.by
    assert begun is not None
    return begun, h.until or h.over_by or date.max


@given(histories(areas=False))
def test_no_place_is_held_by_two_sides_on_one_day(told: list[Said]) -> None:
    found = holdings(told)
    assert all(begun <= ended for begun, ended in map(ends, found))
    for one, other in combinations(found, 2):
        if one.site.key == other.site.key:
            (begun, ended), (others, others_end) = ends(one), ends(other)
            assert min(ended, others_end) <= max(begun, others)


@given(histories())
def test_every_spell_rests_on_evidence_for_its_side_and_its_rivals_on_evidence_for_another(told: list[Said]) -> None:
    for h in holdings(told):
        assert h.evidence and h.evidence[0].step is not Step.LEAVES
        assert all(e.side in (h.side, None) for e in h.evidence)
        assert all(e.side not in (h.side, None) for e in h.rivals)
        assert (h.grade is Grade.CONTESTED) == bool(h.rivals)
        assert h.since is None or any(e.step is Step.TAKES and e.dated and e.start == h.since for e in h.evidence)
