"""Accounts into events: the same whatever the order, no chain of unlike ones, and what people decided holds."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.events import weighing
from according.events.deciding import EventDecision, EventVerdict, Ref, bound, parted
from according.events.grouping import clusters, grouped, homes, linked, pairs
from according.events.happening import Happening, Sort, Spot, happenings, sort_of
from according.events.weighing import joined
from according.model import Claim, ClaimType, Measure
from told import OSTREL, claim, count, days, happening, origin, place, spot

Event = frozenset[str]
MERGE, SPLIT = EventVerdict.MERGE, EventVerdict.SPLIT


def events(groups: Iterable[Collection[Happening]]) -> set[Event]:
    return {frozenset(h.key for h in group) for group in groups}


def told_by(key: str, day: int, where: Spot | None = None, **fields: object) -> Happening:
    return happening(key, when=days(day), at=[where or spot()], **fields)  # type: ignore[arg-type]


# --- what a report tells of one happening ------------------------------------------------------------------------------------

CLAIMS = [
    claim("shelling", count(3), id="c1", at=10, number=1, by="Sulin Front", where=place(), day=4, until=9),
    claim("casualties", count(12), id="c2", at=30, number=1, against="villagers", day=5),
    claim("casualties", count(300, total=True), id="c3", at=50, number=1),
    claim("shelling", id="c4", at=70, number=1, status="denied"),
    claim("shelling", id="c5", at=90, number=1, status="planned"),
    claim("talks", id="c6", at=110),
    claim("talks", id="c7", at=130),
    claim("control", id="c8", at=150, number=2, where=place()),
]


def test_claims_that_share_a_number_are_one_happening_but_for_plans_denials_and_totals() -> None:
    found = happenings(origin("r1"), CLAIMS)
    assert [h.claims for h in found] == [("c1", "c2"), ("c3",), ("c4",), ("c5",), ("c6",), ("c7",), ("c8",)]
    assert [h.sort for h in found] == [Sort.ACCOUNT, Sort.TOTAL, Sort.DENIAL, Sort.PLAN, Sort.ACCOUNT, Sort.ACCOUNT, Sort.STATE]


def test_a_happening_has_what_its_claims_tell_the_narrowest_days_and_the_largest_number() -> None:
    first = happenings(origin("r1"), CLAIMS)[0]
    assert first.key == "r1:c1" and first.start == 10
    assert first.types == {ClaimType.SHELLING, ClaimType.CASUALTIES}
    assert first.when == days(5)
    assert first.figures == {Measure.KILLED: (12, 12)}
    assert (first.actors, first.targets, first.places) == ({"sulin front"}, {"villagers"}, {"tal hamra"})
    assert first.spots == (spot(),)


@given(st.permutations(CLAIMS))
def test_the_order_of_claims_does_not_change_the_happenings(claims: list[Claim]) -> None:
    assert happenings(origin("r1"), claims) == happenings(origin("r1"), CLAIMS)


def test_a_claim_counts_over_time_only_where_its_figure_has_a_number() -> None:
    assert sort_of(claim("casualties", count(None, words="many people", total=True))) is Sort.ACCOUNT
    assert sort_of(claim("casualties", count(None, high=300, total=True))) is Sort.TOTAL
    assert sort_of(claim("casualties", count(3), count(300, "villagers", total=True), status="denied")) is Sort.TOTAL
    assert sort_of(claim("control", status="denied")) is Sort.STATE
    assert sort_of(claim("shelling", status="possible")) is Sort.ACCOUNT


def test_where_much_happens_on_one_day_accounts_are_compared_that_share_a_doer_or_a_number() -> None:
    """Thirty accounts of one place and day are too many to be compared each with each."""
    by = [told_by(f"r{n}:a", 5, by=[f"band {n}"]) for n in range(30)]
    same = [told_by("s1:a", 5, by=["band 7"]), told_by("s2:a", 5, figures={"killed": 17}), told_by("s3:a", 5, figures={"killed": 17})]
    assert set(pairs([*by, *same])) == {("r7:a", "s1:a"), ("s2:a", "s3:a")}
    assert len(set(pairs(by[:10]))) == 45, "few are"


def test_a_crowd_hangs_together_by_more_than_two_accounts_do(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = [f"r{n}:a" for n in range(6)]
    links = {pair: 4.0 for pair in pairwise(chain)} | {("r0:a", "r1:a"): 6.0}
    assert set(homes(chain, links).values()) == {"r0:a"}
    monkeypatch.setitem(weighing._thresholds(), "crowd", 5)
    assert homes(chain, links) == {key: "r0:a" if key == "r1:a" else key for key in chain}
    strong = dict.fromkeys(pairwise(chain), 99.0)
    assert set(homes(chain, strong).values()) == {"r0:a"}, "nothing asks for more than the last level"
    assert homes(chain, {}, [("r4:a", "r2:a")])["r4:a"] == "r2:a", "what people made one hangs together"


# --- whatever the order ------------------------------------------------------------------------------------------------------

KINDS = ["shelling", "air_strike", "casualties", "attack shelling", "talks", "takes_territory"]


@st.composite
def stories(
    draw: st.DrawFn, reports: str = "r", most: int = 12, own_reports: bool = False, shift: int = 0, north_km: float = 0
) -> list[Happening]:
    """Accounts of a few days, places, bodies and numbers in a few reports, so that many are alike and many conflict."""
    made = []
    for n in range(draw(st.integers(2, most))):
        report = f"{reports}{n if own_reports else draw(st.integers(0, 5))}"
        seed = random.Random(report)
        told = happening(
            f"{report}:c{n}",
            draw(st.sampled_from(KINDS)),
            sort=draw(st.sampled_from([Sort.ACCOUNT] * 5 + [Sort.DENIAL, Sort.PLAN, Sort.TOTAL, Sort.STATE])),
            published=seed.choice([None, shift + 4, shift + 6, shift + 40]),
            when=draw(st.none() | st.integers(1, 7).map(lambda day: days(shift + day))),
            at=draw(st.sampled_from([[], [spot(north_km=north_km)], [spot(north_km=north_km + 18)], [spot(north_km=north_km + 60)]])),
            by=draw(st.sets(st.sampled_from(["velmar army", "sulin front"]), max_size=1)),
            figures=draw(st.dictionaries(st.sampled_from(["killed", "injured"]), st.sampled_from([2, 12, 60]))),
            words=draw(st.sets(st.sampled_from([f"{reports}{word}" for word in ("odeh", "qarim", "mirzad", "tarrow")]))),
            report_words=seed.sample([f"{reports}{word}" for word in ("odeh", "qarim", "mirzad", "tarrow", "belen", "corith")], 3),
        )
        made.append(told)
    return made


@given(stories(), st.randoms(use_true_random=False))
def test_neither_the_order_of_accounts_nor_repetition_changes_the_events(told: list[Happening], chance: random.Random) -> None:
    again = chance.sample([*told, *told[:3], *told], 2 * len(told) + len(told[:3]))
    assert grouped(again) == grouped(told)


@given(stories())
def test_every_account_stands_in_one_event_and_states_of_control_in_none(told: list[Happening]) -> None:
    found = [h.key for event in grouped(told) for h in event]
    assert sorted(found) == sorted(h.key for h in told if h.sort is not Sort.STATE)


@given(stories())
def test_events_stand_in_the_order_of_their_first_accounts_and_these_in_that_of_their_keys(told: list[Happening]) -> None:
    found = [[h.key for h in event] for event in grouped(told)]
    assert found == sorted(sorted(event) for event in found)


@given(stories("r"), stories("s", shift=300, north_km=3000), st.randoms(use_true_random=False))
def test_what_has_nothing_in_common_is_grouped_alike_apart_and_together(
    here: list[Happening], there: list[Happening], chance: random.Random
) -> None:
    together = chance.sample([*here, *there], len(here) + len(there))
    assert events(grouped(together)) == events(grouped(here)) | events(grouped(there))


@given(stories())
def test_an_event_can_be_grouped_alone(told: list[Happening]) -> None:
    assert all(events(grouped(event)) == events([event]) for event in grouped(told))


@given(stories(own_reports=True))
def test_the_accounts_of_an_event_have_on_average_what_joins_two(told: list[Happening]) -> None:
    found = {pair: link.points for pair, link in linked({h.key: h for h in told}, pairs(told))}
    for event in grouped(told):
        among = [found.get(pair, 0.0) for pair in combinations([h.key for h in event], 2)]
        assert not among or sum(among) / len(among) >= joined() - 1e-9


@given(stories())
def test_plans_totals_and_what_was_never_stand_in_one_event(told: list[Happening]) -> None:
    for event in grouped(told):
        sorts = {h.sort for h in event}
        assert len(sorts) == 1 or sorts == {Sort.ACCOUNT, Sort.DENIAL}


@given(stories(), st.randoms(use_true_random=False))
def test_pairs_to_be_weighed_come_once_the_lesser_key_first_whatever_the_order(told: list[Happening], chance: random.Random) -> None:
    found = list(pairs(told))
    assert len(found) == len(set(found)) and all(a < b for a, b in found)
    assert set(found) == set(pairs(chance.sample(told, len(told))))


def test_two_reports_of_one_day_and_place_tell_of_one_event_and_of_another_place_of_another() -> None:
    told = [told_by("r1:a", 5), told_by("r2:b", 5, kinds="casualties"), told_by("r3:c", 5, spot(OSTREL)), told_by("r4:d", 15)]
    assert events(grouped(told)) == {frozenset({"r1:a", "r2:b"}), frozenset({"r3:c"}), frozenset({"r4:d"})}


def test_a_later_account_without_day_or_place_is_joined_by_the_names_that_its_report_shares() -> None:
    names = [f"{word}ostrel" for word in "abcdefghij"]
    first = told_by("r1:a", 5, figures={"killed": 22}, report_words=names)
    later = happening("r2:b", published=30, figures={"killed": 22}, report_words=names)
    unlike = happening("r3:c", published=30, figures={"killed": 22}, report_words=[name[::-1] for name in names])
    assert events(grouped([first, later, unlike])) == {frozenset({"r1:a", "r2:b"}), frozenset({"r3:c"})}


# --- no chains ---------------------------------------------------------------------------------------------------------------


def test_a_chain_of_days_at_one_place_is_not_one_event() -> None:
    """Each two neighbours would be one."""
    chain = [told_by(f"r{day:02}:a", day, figures={"killed": 12}, by=["velmar army"]) for day in range(1, 25)]
    assert len(grouped(chain[:2])) == 1
    spans = [{int(h.key[1:3]) for h in event} for event in grouped(chain)]
    assert len(spans) < len(chain) and all(max(days) - min(days) <= 5 for days in spans)


def test_a_chain_of_places_on_one_day_is_not_one_event() -> None:
    chain = [told_by(f"r{n:02}:a", 5, spot(radius=0, north_km=20 * n), figures={"killed": 12}) for n in range(24)]
    assert len(grouped(chain[:2])) == 1
    spans = [{20 * int(h.key[1:3]) for h in event} for event in grouped(chain)]
    assert len(spans) < len(chain) and all(max(km) - min(km) <= 100 for km in spans)


@given(st.integers(3, 9), st.floats(3, 9))
def test_a_chain_of_links_in_which_only_neighbours_are_alike_falls_into_pieces(length: int, points: float) -> None:
    keys = [f"r{n}" for n in range(length)]
    links = dict.fromkeys(pairwise(keys), points)
    longest = max(map(len, clusters(dict(zip(keys, keys, strict=True)), links)))
    # A chain of n has n - 1 links among n(n - 1)/2 pairs.
    assert 2 * points / longest >= joined()


def test_of_two_reports_the_two_accounts_that_are_most_alike_tell_how_alike_they_are() -> None:
    """One report's deaths and damage, as one event, and another's deaths."""
    reports = {"a": "r1", "b": "r1", "c": "r2"}
    for strong, weak in (("a", "b"), ("b", "a")):
        links = {(strong, "c"): 2 * joined(), (weak, "c"): joined() / 9}
        assert clusters(reports, links, [("a", "b")]) == [["a", "b", "c"]]
        less = {(strong, "c"): 0.9 * joined(), (weak, "c"): 0.8 * joined()}
        assert clusters(reports, less, [("a", "b")]) == [["a", "b"], ["c"]]


NAMES = [f"{letter}ostrel" for letter in "abcdefghijklmnop"]
#: Two shellings 330 km and 14 days apart, and a round-up without place or day that has the names and figures of both.
HERE = told_by("r1:a", 1, figures={"killed": 12}, report_words=NAMES)
THERE = told_by("r2:b", 15, spot(OSTREL), figures={"injured": 30}, report_words=NAMES[2:])
ROUNDUP = happening("r3:c", published=16, figures={"killed": 12, "injured": 30}, report_words=NAMES)


def test_a_vague_account_is_joined_with_one_that_it_is_like() -> None:
    assert len(grouped([HERE, ROUNDUP])) == len(grouped([THERE, ROUNDUP])) == 1
    assert len(grouped([HERE, THERE])) == 2


def test_a_vague_account_that_is_like_two_does_not_draw_them_into_one() -> None:
    assert not any({HERE.key, THERE.key} <= event for event in events(grouped([HERE, THERE, ROUNDUP])))


# --- what people decided -------------------------------------------------------------------------------------------------------


def decided(verdict: EventVerdict, one: Iterable[str], other: Iterable[str]) -> EventDecision:
    """A decision on the claims of accounts, named by the accounts' keys."""
    return EventDecision(verdict, *(tuple(ref(key) for key in sorted(side)) for side in (one, other)))


def ref(key: str) -> Ref:
    report, _, told = key.partition(":")
    return report, told


def under(told: Collection[Happening], decisions: Sequence[EventDecision]) -> set[Event]:
    of = {(h.origin.key, told): h.key for h in told for told in h.claims}
    return events(grouped(told, *bound(decisions, of)))


UNLIKE = [told_by(f"r{n}:a", 1 + 40 * n, spot((-30 + 10 * n, 20))) for n in range(7)]
ALIKE = [told_by(f"r{n}{m}:a", 1 + 40 * n, spot((-30 + 10 * n, 20))) for n in range(3) for m in range(3)]
WORLDS = {"unlike": (UNLIKE, 7), "alike by threes": (ALIKE, 3)}


@pytest.mark.parametrize("world", WORLDS)
@given(data=st.data())
def test_after_each_decision_the_events_are_those_before_it_and_what_it_says(world: str, data: st.DataObject) -> None:
    """People merge two events as they stand, or split one into two sides, again and again."""
    accounts, many = WORLDS[world]
    decisions: list[EventDecision] = []
    standing = under(accounts, decisions)
    assert len(standing) == many
    for _ in range(data.draw(st.integers(1, 8))):
        ordered = sorted(standing, key=sorted)
        to_split = [event for event in ordered if len(event) > 1]
        if to_split and (len(ordered) < 2 or data.draw(st.booleans())):
            event = data.draw(st.sampled_from(to_split))
            side = frozenset(data.draw(st.sets(st.sampled_from(sorted(event)), min_size=1, max_size=len(event) - 1)))
            decisions.append(decided(SPLIT, side, event - side))
            standing = standing - {event} | {side, event - side}
        else:
            one, other = data.draw(st.permutations(ordered))[:2]
            decisions.append(decided(MERGE, one, other))
            standing = standing - {one, other} | {one | other}
        assert under(accounts, decisions) == standing


@given(stories(), st.randoms(use_true_random=False))
def test_a_merge_and_then_a_split_give_back_what_was(told: list[Happening], chance: random.Random) -> None:
    before = under(told, [])
    if len(before) > 1:
        one, other = chance.sample(sorted(before, key=sorted), 2)
        merge, split = decided(MERGE, one, other), decided(SPLIT, one, other)
        assert one | other in {event & (one | other) for event in under(told, [merge])}
        assert under(told, [merge, split]) == before


@given(stories(own_reports=True), st.randoms(use_true_random=False))
def test_a_split_and_then_a_merge_give_back_what_was(told: list[Happening], chance: random.Random) -> None:
    before = under(told, [])
    for event in sorted((event for event in before if len(event) > 1), key=sorted):
        one = frozenset(chance.sample(sorted(event), chance.randint(1, len(event) - 1)))
        split, merge = decided(SPLIT, one, event - one), decided(MERGE, one, event - one)
        assert not any(found & one and found & (event - one) for found in under(told, [split]))
        assert under(told, [split, merge]) == before


@given(stories(), st.lists(st.sampled_from(EventVerdict), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_of_two_claims_the_last_decision_holds(told: list[Happening], verdicts: list[EventVerdict], chance: random.Random) -> None:
    a, b = (h.key for h in chance.sample([h for h in told if h.sort is not Sort.STATE] + UNLIKE[:2], 2))
    found = under([*told, *UNLIKE[:2]], [decided(verdict, [a], [b]) for verdict in verdicts])
    assert any({a, b} <= event for event in found) is (verdicts[-1] is MERGE)


def test_a_merge_holds_against_anything_that_speaks_against_it_and_a_split_against_all_that_speaks_for_it() -> None:
    plan = happening("r9:p", sort=Sort.PLAN)
    assert under([UNLIKE[0], plan], [decided(MERGE, ["r0:a"], ["r9:p"])]) == {frozenset({"r0:a", "r9:p"})}
    twins = [told_by("r1:a", 5, figures={"killed": 22}), told_by("r2:b", 5, figures={"killed": 22})]
    assert under(twins, []) == {frozenset({"r1:a", "r2:b"})}
    assert under(twins, [decided(SPLIT, ["r1:a"], ["r2:b"])]) == {frozenset({"r1:a"}), frozenset({"r2:b"})}


def test_a_third_account_does_not_bring_together_what_was_split() -> None:
    triplets = [told_by(f"r{n}:a", 5, figures={"killed": 22}) for n in range(3)]
    found = under(triplets, [decided(SPLIT, ["r0:a"], ["r1:a"])])
    assert not any({"r0:a", "r1:a"} <= event for event in found)


def test_an_account_that_came_after_a_split_joins_the_side_that_it_is_like() -> None:
    told = [told_by("r1:a", 5), told_by("r2:b", 6, kinds="shelling casualties"), told_by("r3:c", 5, figures={"killed": 9})]
    found = under(told, [decided(SPLIT, ["r1:a"], ["r2:b"])])
    assert found == {frozenset({"r1:a", "r3:c"}), frozenset({"r2:b"})}


def test_a_split_of_an_event_in_two_leaves_two() -> None:
    """Two that are like a third only are one event with it; when it is split off, nothing holds them together."""
    keys = ["r1:a", "r2:a", "r3:a"]
    links = {("r1:a", "r2:a"): 3 * joined(), ("r2:a", "r3:a"): 3 * joined()}
    reports = {key: key[:2] for key in keys}
    assert clusters(reports, links) == [keys]
    together, apart = bound([decided(SPLIT, ["r2:a"], ["r1:a", "r3:a"])], {ref(key): key for key in keys})
    assert clusters(reports, links, together, apart) == [["r1:a", "r3:a"], ["r2:a"]]


def test_decisions_on_claims_that_are_gone_are_passed_over() -> None:
    gone = [decided(verdict, ["r0:a", "gone:a"], ["gone:b"]) for verdict in EventVerdict]
    assert bound(gone, {("r0", "a"): "r0:a"}) == ([], set())
    assert under(UNLIKE, gone) == under(UNLIKE, [])
    half_gone = decided(MERGE, ["r0:a", "gone:a"], ["r1:a"])
    assert frozenset({"r0:a", "r1:a"}) in under(UNLIKE, [half_gone])


def test_pairs_that_are_bound_have_the_lesser_key_first_and_no_account_is_bound_to_itself() -> None:
    of = {("r2", "x"): "r2:x", ("r1", "x"): "r1:x", ("r2", "y"): "r2:x"}
    both = [EventDecision(verdict, (("r2", "x"),), (("r1", "x"), ("r2", "y"))) for verdict in (MERGE, SPLIT)]
    assert bound(both[:1], of) == ([("r1:x", "r2:x")], set())
    assert bound(both, of) == ([], {("r1:x", "r2:x")})


# --- a split within what one report tells of one happening ---------------------------------------------------------------------

ONE = [claim("shelling", id=f"c{n}", at=10 * n, number=1) for n in range(4)]


def claims_by_account(decisions: Sequence[EventDecision]) -> set[Event]:
    return {frozenset(h.claims) for h in happenings(origin("r1"), ONE, parted(decisions, "r1"))}


def within(verdict: EventVerdict, one: Iterable[str], other: Iterable[str], report: str = "r1") -> EventDecision:
    return decided(verdict, [f"{report}:{told}" for told in one], [f"{report}:{told}" for told in other])


def test_a_split_sets_apart_claims_that_one_report_tells_of_one_happening() -> None:
    assert claims_by_account([]) == {frozenset({"c0", "c1", "c2", "c3"})}
    once = [within(SPLIT, ["c0", "c1"], ["c2", "c3"])]
    assert claims_by_account(once) == {frozenset({"c0", "c1"}), frozenset({"c2", "c3"})}
    twice = [*once, within(SPLIT, ["c2"], ["c3"])]
    assert claims_by_account(twice) == {frozenset({"c0", "c1"}), frozenset({"c2"}), frozenset({"c3"})}


def test_claims_that_nobody_set_apart_stay_together() -> None:
    assert parted([within(SPLIT, ["c0"], ["c1"], "r2")], "r1") == {}
    assert parted([within(MERGE, ["c0"], ["c1"])], "r1") == {}
    other_report = EventDecision(SPLIT, (("r1", "c0"), ("r1", "c1")), (("r2", "c0"),))
    assert parted([other_report], "r1") == {}


@given(st.lists(st.tuples(st.sets(st.sampled_from("c0 c1 c2 c3".split()), min_size=1, max_size=3)), min_size=1, max_size=4))
def test_the_two_sides_of_every_split_stand_in_different_accounts(sides: list[tuple[set[str]]]) -> None:
    every = {told.id for told in ONE}
    decisions = [within(SPLIT, one, every - one) for (one,) in sides]
    for (one,), account in product(sides, claims_by_account(decisions)):
        assert not (account & one and account - one)


def test_accounts_that_a_split_made_of_one_stay_apart_until_a_merge() -> None:
    """Though all that is told of them is alike."""
    claims = [replace(told, place=place(), time=claim(day=5).time) for told in ONE[:2]]
    split, merge = (within(verdict, ["c0"], ["c1"]) for verdict in (SPLIT, MERGE))

    def found(decisions: Sequence[EventDecision]) -> set[Event]:
        told = happenings(origin("r1", 5), claims, parted(decisions, "r1"))
        of = {("r1", id): h.key for h in told for id in h.claims}
        return {frozenset(id for h in event for id in h.claims) for event in grouped(told, *bound(decisions, of))}

    assert found([]) == found([split, merge]) == {frozenset({"c0", "c1"})}
    assert found([split]) == found([split, merge, split]) == {frozenset({"c0"}), frozenset({"c1"})}
