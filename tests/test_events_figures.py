"""Who tells of an event and of how many: each speaker once, no part twice, rival numbers in one range, and how well it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.actors.speakers import SpeakerKind
from according.events.accounts import Account, Reading, Said, Speaker, accounts, readings, speaker_of
from according.events.event import Corroboration, Event, Tie, event, event_id, independent
from according.events.reconciling import Range, Rule, reconciled
from according.events.victims import EVERYBODY, disjoint, group, part_of
from according.model import ClaimType, Located, Measure, Status
from told import FIRST, OSTREL, Counted, cited, claim, count, on, party, place, said

Told = tuple[str, str, int | None, int | None]


def counted(*told: Said) -> list[Told]:
    """The numbers that count: measure, group, least and most."""
    return sorted(((r.measure.value, r.group, r.low, r.high) for r in readings(accounts(told)) if r.counts), key=str)


def killed(*told: Said, rule: Rule = Rule.UCDP) -> tuple[int, int, int | None]:
    """The range of all the dead."""
    (found,) = [r for r in event(told).ranges(rule) if (r.measure, r.group) == (Measure.KILLED, EVERYBODY)]
    return found.low, found.best, found.high


def of(sentence: str, *counts: Counted) -> Said:
    return said(claim("casualties", *counts, sentence=sentence))


# --- parts and sums --------------------------------------------------------------------------------------------------------

PARTS = [
    ("Twelve people, including four children, were killed.", count(4, "children", words="four children")),
    ("Twelve people were killed, four children among them: four children.", count(4, "children", words="four children")),
    ("Twelve people, four of them women, were killed.", count(4, "women", words="four of them women")),
    ("Twelve people, including four, who were guards, were killed.", count(4, "others", words="four, who were guards")),
    ("Twelve people, among them four members of one family, were killed.", count(4, "members", words="four members")),
    ("Twelve people, mostly four villagers, were killed.", count(4, "villagers", words="four villagers")),
]


@pytest.mark.parametrize(("sentence", "part"), PARTS)
def test_a_part_is_not_added(sentence: str, part: Counted) -> None:
    told = of(sentence, count(12, words="Twelve people"), part)
    assert counted(told) == [("killed", EVERYBODY, 12, 12)]
    assert killed(told) == (12, 12, 12)


@pytest.mark.parametrize(
    ("sentence", "counts", "whole"),
    [
        ("Two soldiers and three civilians were killed.", [count(2, "soldiers", words="Two soldiers"),
         count(3, "civilians", words="three civilians")], (5, 5)),
        ("Two soldiers and at least three civilians were killed.", [count(2, "soldiers", words="Two soldiers"),
         count(3, "civilians", words="at least three civilians", high=None)], (5, None)),
        ("Two soldiers and up to three civilians were killed.", [count(2, "soldiers", words="Two soldiers"),
         count(None, "civilians", words="up to three civilians", high=3)], (None, 5)),
        ("A nurse, two reporters and a policeman were killed.", [count(1, "nurse", words="A nurse"),
         count(2, "reporters", words="two reporters"), count(1, "policeman", words="a policeman")], (4, 4)),
        ("No soldiers and three civilians were killed.", [count(0, "soldiers", words="No soldiers"),
         count(3, "civilians", words="three civilians")], (3, 3)),
    ],
)  # fmt: skip
def test_groups_apart_that_one_claim_tells_are_summed(sentence: str, counts: list[Counted], whole: tuple[int | None, int | None]) -> None:
    found = [r for r in readings(accounts([of(sentence, *counts)])) if r.sum]
    assert [(r.group, r.low, r.high) for r in found] == [(EVERYBODY, *whole)]
    assert found[0].words == " + ".join(c.words for c in counts)


def test_two_soldiers_and_three_civilians_are_five_people_of_whom_each_group_has_its_own_range() -> None:
    told = of(
        "Two soldiers and three civilians died.", count(2, "soldiers", words="Two soldiers"), count(3, "civilians", words="three civilians")
    )
    assert [(r.group, r.low, r.best, r.high) for r in event([told]).ranges()] == [
        (EVERYBODY, 5, 5, 5), ("civilians", 3, 3, 3), ("combatants", 2, 2, 2),
    ]  # fmt: skip


def test_groups_of_which_the_whole_is_told_too_are_not_summed() -> None:
    told = of(
        "Nine people died: two soldiers and three civilians.",
        count(9, words="Nine people"), count(2, "soldiers", words="two soldiers"), count(3, "civilians", words="three civilians"),
    )  # fmt: skip
    assert counted(told) == [("killed", EVERYBODY, 9, 9)]


def test_what_two_claims_tell_is_not_summed() -> None:
    one, other = claim("casualties", count(2, "soldiers"), id="c1"), claim("casualties", count(3, "civilians"), id="c2", at=40)
    assert counted(said(one), said(other)) == [("killed", "civilians", 3, 3), ("killed", "combatants", 2, 2)]


def test_two_men_and_three_women_are_five() -> None:
    told = of("Two men and three women were killed.", count(2, "men", words="Two men"), count(3, "women", words="three women"))
    assert killed(told) == (5, 5, 5)


def test_what_stands_after_a_part_of_another_group_is_added() -> None:
    told = of(
        "Two soldiers, including an officer, and five civilians were killed.",
        count(2, "soldiers", words="Two soldiers"), count(1, "officer", words="an officer"), count(5, "civilians", words="five civilians"),
    )  # fmt: skip
    assert killed(told) == (7, 7, 7)


def test_those_among_the_dead_are_not_all_the_dead() -> None:
    told = of(
        "Among the dead were six children and two women.", count(6, "children", words="six children"), count(2, "women", words="two women")
    )
    assert counted(told) == []


def test_who_tells_of_a_group_alone_counts_with_it_for_everybody() -> None:
    one = said(claim("casualties", count(7, "people"), id="c1", says="the army"))
    other = said(claim("casualties", count(17, "civilians"), id="c2", says="the monitor", at=40))
    found = event([one, other]).ranges(Rule.AIRWARS)
    assert [(r.group, r.low, r.high, r.accounts) for r in found] == [(EVERYBODY, 7, 17, 2), ("civilians", 17, 17, 1)]


# --- whom a figure counts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("people", EVERYBODY), (None, EVERYBODY), ("", EVERYBODY), ("wounded", EVERYBODY), ("Ostrelians", EVERYBODY),
        ("civilians", "civilians"), ("a civilian", "civilians"), ("villagers", "civilians"), ("women", "women"), ("Children", "children"),
        ("schoolgirls", "children"), ("babies", "children"), ("medics", "medics"), ("reporters", "journalists"),
        ("policemen", "combatants"), ("Velmar soldiers", "combatants"), ("rebel fighters", "combatants"), ("troops", "combatants"),
        ("members of the security forces", "combatants"),
    ],
)  # fmt: skip
def test_the_group_of_what_is_counted(words: str | None, expected: str) -> None:
    assert group(words) == expected


@pytest.mark.parametrize(("words", "not_alone"), [("women and children", "children"), ("soldiers and civilians", "civilians")])
def test_two_groups_counted_in_one_number_are_not_one_of_them(words: str, not_alone: str) -> None:
    assert group(words) != not_alone


NAMES = (EVERYBODY, "civilians", "children", "women", "medics", "journalists", "combatants")


def test_a_group_lies_in_what_holds_it_and_none_in_itself() -> None:
    assert part_of("children", "civilians") and part_of("children", EVERYBODY) and part_of("civilians", EVERYBODY)
    assert not part_of("civilians", "children") and not part_of("children", "combatants") and not part_of(EVERYBODY, "civilians")
    assert not any(part_of(name, name) or disjoint(name, name) for name in NAMES)
    assert disjoint("civilians", "combatants") and disjoint("women", "children") and not disjoint("women", "civilians")


# --- one speaker's numbers ---------------------------------------------------------------------------------------------------


def test_a_later_toll_of_one_speaker_supersedes() -> None:
    early, late = (claim("casualties", count(n), says="the governor", id=f"c{n}") for n in (12, 20))
    told = [said(early, cited("r1", 1)), said(late, cited("r2", 3))]
    assert counted(*told) == counted(*reversed(told)) == [("killed", EVERYBODY, 20, 20)]
    assert {(r.low, r.superseded) for r in readings(accounts(told))} == {(12, True), (20, False)}
    assert killed(*told) == (20, 20, 20)


def test_another_speakers_later_toll_and_another_measures_supersede_nothing() -> None:
    governor, doctors = (claim("casualties", count(n), says=who, id=f"c{n}") for n, who in ((12, "the governor"), (20, "doctors")))
    hurt = claim("casualties", count(30, measure="injured"), says="the governor", id="c3")
    told = [said(governor, cited("r1", 1)), said(doctors, cited("r2", 3)), said(hurt, cited("r3", 5))]
    assert killed(*told) == (12, 20, 20)


def test_a_sum_is_superseded_by_a_later_number_of_all() -> None:
    sentence = "Two soldiers and three civilians died."
    parts = count(2, "soldiers", words="Two soldiers"), count(3, "civilians", words="three civilians")
    first = said(claim("casualties", *parts, sentence=sentence, says="the governor"), cited("r1", 1))
    later = said(claim("casualties", count(8), says="the governor", id="c2"), cited("r2", 2))
    assert killed(first, later) == (8, 8, 8)


def test_a_number_that_a_speaker_says_again_is_one_reading_with_the_days_on_which_he_said_it() -> None:
    again = [said(claim("casualties", count(12), says="the governor"), cited(f"r{day}", day)) for day in (1, 3, 2)]
    (found,) = readings(accounts(again))
    assert (found.low, found.first, found.last) == (12, on(1), on(3))
    assert found.counts


def test_two_numbers_of_one_speaker_on_one_day_both_count() -> None:
    told = [said(claim("casualties", count(n), says="the governor", id=f"c{n}"), cited(f"r{n}", 1)) for n in (12, 20)]
    assert killed(*told) == (12, 12, 20)


def test_copies_count_once() -> None:
    told = claim("casualties", count(12), says="the governor")
    wire = [said(told), *(said(told, cited(f"r{n}", 2, f"Outlet {n}", copies="r1")) for n in range(2, 9))]
    (account,) = accounts(wire)
    assert (len(account.reports), account.copies, account.first, account.last) == (8, 7, on(1), on(2))
    assert [(r.low, r.report) for r in readings([account])] == [(12, "r1")]


def test_of_copies_the_one_that_was_first_is_read_and_a_cut_one_takes_nothing_away() -> None:
    whole = claim("casualties", count(12), says="the governor")
    cut = claim("casualties", says="the governor", sentence="The governor told of many dead.", id="c2")
    assert killed(said(whole), said(cut, cited("r2", 2, copies="r1"))) == (12, 12, 12)


def test_copies_in_the_own_voice_of_several_outlets_count_once() -> None:
    told = claim("casualties", count(12))
    wire = [said(told, cited("r1", 1, "Agency")), *(said(told, cited(f"r{n}", 2, f"Outlet {n}", copies="r1")) for n in (2, 3))]
    assert [r.accounts for r in event(wire).ranges()] == [1]


def test_measures_never_mix() -> None:
    told = of(
        "Five died, nine were hurt and 14 in all suffered.",
        count(5, "died", words="Five died"), count(9, "hurt", measure="injured", words="nine were hurt"),
        count(14, "in all", measure="casualties", words="14 in all"),
    )  # fmt: skip
    assert [(r.measure.value, r.best) for r in event([told]).ranges()] == [("killed", 5), ("injured", 9), ("casualties", 14)]


def test_totals_over_time_plans_and_denials_are_left_out() -> None:
    total = claim("casualties", count(12), count(300, "villagers", total=True), id="c2")
    planned = claim("casualties", count(40), id="c3", status="planned")
    denied = claim("casualties", count(50), id="c4", status="denied", says="the army")
    assert counted(said(claim("casualties", count(12))), said(total), said(planned), said(denied)) == [("killed", EVERYBODY, 12, 12)]


def test_a_total_without_a_number_is_left_out_of_the_claim_that_tells_of_one_happening() -> None:
    total = count(None, "villagers", words="countless villagers", total=True)
    told = claim("casualties", count(12), total, sentence="12 people; countless villagers")
    assert [r.words for r in readings(accounts([said(told)]))] == ["12 people"]


def test_a_figure_without_a_number_is_kept_and_does_not_count() -> None:
    (found,) = readings(accounts([said(claim("casualties", count(None, words="dozens of people")))]))
    assert (found.number, found.counts, found.words) == (None, False, "dozens of people")
    assert event([said(claim("casualties", count(None, words="dozens of people")))]).ranges() == []


def test_numbers_of_things_are_kept_by_what_they_count() -> None:
    told = of("Nine houses and a mosque lie in ruins.", count(9, "houses", measure="destroyed", words="Nine houses"),
              count(1, "a mosque", measure="destroyed", words="a mosque"))  # fmt: skip
    assert [(r.group, r.best) for r in event([told]).ranges()] == [("houses", 9), ("mosque", 1)]


@given(st.permutations([
    said(claim("casualties", count(12), says="the governor", id="a"), cited("r1", 1)),
    said(claim("casualties", count(20), says="the governor", id="b"), cited("r2", 3)),
    said(claim("casualties", count(15), says="doctors", id="c"), cited("r2", 3)),
    said(claim("casualties", count(15), says="doctors", id="c"), cited("r4", 4, copies="r2")),
    said(claim("attack", id="d", status="denied", says="the army"), cited("r5", 5)),
    said(claim("casualties", count(14, high=None), id="e"), cited("r6", None, source=None)),
]))  # fmt: skip
def test_the_order_of_claims_changes_neither_accounts_nor_readings_nor_the_event(told: list[Said]) -> None:
    ordered = sorted(told, key=lambda s: (s.cited.key, s.claim.id))
    assert accounts(told) == accounts(ordered)
    assert readings(accounts(told)) == readings(accounts(ordered))
    assert event(told) == event(ordered)


# --- who speaks --------------------------------------------------------------------------------------------------------------


def test_a_speaker_is_known_by_his_id_else_by_his_words_without_articles() -> None:
    told = [
        said(claim(says="The governor of Ostrel", id="a")),
        said(claim(says="governor of Ostrel", id="b"), cited("r2")),
        said(claim(says=party("the Observatory", "sohr"), id="c")),
        said(claim(says=party("Syrian Observatory for Human Rights", "sohr"), id="d"), cited("r2")),
    ]
    assert [(a.speaker.key, a.claims) for a in accounts(told)] == [("words governor of ostrel", ("a", "b")), ("sohr", ("c", "d"))]


def test_the_innermost_speaker_gives_the_account() -> None:
    inner, outer = party("villagers"), party("the governor")
    (account,) = accounts([said(replace(claim(), said_by=(inner, outer)))])
    assert (account.speaker.name, account.speaker.kind) == ("villagers", SpeakerKind.WITNESS)


def test_a_report_in_its_own_voice_is_its_sources() -> None:
    papers = [said(claim(), cited("r1", source="Frontline Herald")), said(claim(), cited("r2", source="the Frontline Herald"))]
    assert [(a.speaker.key, a.speaker.kind, a.speaker.own_voice) for a in accounts(papers)] == [
        ("source frontline herald", SpeakerKind.MEDIA, True)
    ]
    armed = speaker_of(said(claim(), cited(source="Velmar army")))
    assert (armed.kind, armed.party) == (SpeakerKind.PARTY, True)
    nameless = [said(claim(), cited(key, source=None)) for key in ("r1", "r2")]
    assert len(accounts(nameless)) == 2


def test_accounts_stand_in_the_order_in_which_they_were_published() -> None:
    told = [said(claim(says=who, id=who), cited(f"r{day}", day)) for who, day in (("doctors", 3), ("villagers", 1), ("the governor", 2))]
    told.append(said(claim(says="nobody", id="n"), cited("r0", None)))
    assert [a.speaker.name for a in accounts(told)] == ["villagers", "the governor", "doctors", "nobody"]


# --- ranges ------------------------------------------------------------------------------------------------------------------

numbers = st.none() | st.integers(0, 500)
speakers = st.builds(
    lambda kind, n, party: Speaker(f"{kind} {n}", f"{kind} {n}", kind, party=party),
    st.sampled_from(SpeakerKind), st.integers(0, 2), st.booleans(),
)  # fmt: skip


@st.composite
def any_reading(draw: st.DrawFn) -> Reading:
    low, high = draw(numbers), draw(numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    day = draw(st.none() | st.integers(0, 9).map(lambda n: FIRST + timedelta(days=n)))
    return Reading(
        draw(st.sampled_from([Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.DESTROYED])), draw(st.sampled_from(NAMES)),
        low, high, draw(speakers), "so many", "c1", "r1", day, day, day, draw(st.booleans()), draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


@pytest.mark.parametrize("rule", Rule)
@given(st.lists(any_reading(), max_size=9), st.randoms(use_true_random=False))
def test_in_every_range_the_best_lies_between_low_and_high_whatever_is_told(rule: Rule, told: list[Reading], chance: object) -> None:
    found = reconciled(told, rule)
    assert all(0 <= r.low <= r.best and (r.high is None or r.best <= r.high) and r.rule is rule for r in found)
    assert len({(r.measure, r.group) for r in found}) == len(found)
    counting = [r for r in told if r.counts]
    assert {r.measure for r in found} == {r.measure for r in counting}
    assert {(r.measure, r.group) for r in counting} <= {(r.measure, r.group) for r in found}
    assert found == reconciled(chance.sample(told, len(told)), rule)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", Rule)
@given(st.lists(any_reading(), max_size=9))
def test_a_range_rests_on_numbers_that_were_told(rule: Rule, told: list[Reading]) -> None:
    for found in reconciled(told, rule):
        among = [r for r in told if r.counts and r.measure is found.measure and (r.group == found.group or found.group == EVERYBODY)]
        assert found.best in {r.number for r in among}
        assert found.low in {end for r in among for end in (r.low, r.high, 0 if rule is Rule.WIDEST else None)}
        assert 1 <= found.accounts <= len({r.speaker.key for r in among})


def test_what_is_no_range_cannot_be_made() -> None:
    for low, best, high in ((-1, 0, 1), (3, 2, 4), (1, 5, 4)):
        with pytest.raises(ValueError, match="not a range"):
            Range(Measure.KILLED, EVERYBODY, low, best, high, Rule.UCDP, 1)


def reading(
    low: int | None, high: int | None = -1, kind: SpeakerKind = SpeakerKind.MEDIA, day: int | None = 1, **fields: object
) -> Reading:
    top, when = (low if high == -1 else high), on(day) if day else None
    speaker = Speaker(f"{kind} {low} {high} {day}", "somebody", kind, party=bool(fields.pop("party", False)))
    told = Reading(Measure.KILLED, EVERYBODY, low, top, speaker, "so many", "c1", "r1", when, when, when)
    return replace(told, **fields)  # type: ignore[arg-type]


def ranged(rule: Rule, *told: Reading) -> tuple[int, int, int | None]:
    (found,) = reconciled(told, rule)
    return found.low, found.best, found.high


RIVALS = (reading(10, None), reading(12), reading(None, 30), reading(20, day=2))


def test_acled_takes_the_least_number_that_any_account_gives() -> None:
    assert ranged(Rule.ACLED, *RIVALS) == (10, 10, 10)


def test_airwars_takes_all_from_the_least_to_the_most_and_the_least_for_best() -> None:
    assert ranged(Rule.AIRWARS, *RIVALS) == (10, 10, 30)


def test_widest_leaves_open_what_any_account_leaves_open() -> None:
    assert ranged(Rule.WIDEST, *RIVALS) == (0, 12, None)
    assert ranged(Rule.WIDEST, reading(12), reading(10, 30), reading(20)) == (10, 12, 30)
    assert ranged(Rule.WIDEST, reading(12), reading(10, None)) == (10, 10, None)


KINDS = [
    SpeakerKind.MONITOR,
    SpeakerKind.AGENCY,
    SpeakerKind.OFFICIAL,
    SpeakerKind.MEDIA,
    SpeakerKind.WITNESS,
    SpeakerKind.OTHER,
    SpeakerKind.PARTY,
]


@pytest.mark.parametrize(("better", "worse"), list(pairwise(KINDS)))
def test_ucdp_takes_the_number_of_the_more_independent_kind_of_speaker(better: SpeakerKind, worse: SpeakerKind) -> None:
    assert ranged(Rule.UCDP, reading(40, kind=better, day=1), reading(10, kind=worse, day=9)) == (10, 40, 40)


def test_ucdp_prefers_a_monitor_over_a_party_and_takes_an_official_of_a_party_for_a_party() -> None:
    monitor, army = reading(40, kind=SpeakerKind.MONITOR), reading(3, kind=SpeakerKind.PARTY, day=9)
    government = reading(5, kind=SpeakerKind.OFFICIAL, party=True, day=9)
    assert ranged(Rule.UCDP, army, monitor)[1] == ranged(Rule.UCDP, monitor, government)[1] == 40
    assert ranged(Rule.UCDP, government, reading(7, kind=SpeakerKind.WITNESS))[1] == 7


def test_ucdp_takes_of_equal_speakers_the_newest_and_then_the_lower() -> None:
    assert ranged(Rule.UCDP, reading(10, day=1), reading(20, day=3), reading(15, day=2))[1] == 20
    assert ranged(Rule.UCDP, reading(30, day=3), reading(20, day=3), reading(5, day=None))[1] == 20


def test_parts_and_superseded_numbers_make_no_range() -> None:
    assert reconciled([reading(10, part=True), reading(12, superseded=True), reading(None, None)]) == []


def test_where_nobody_counts_all_the_range_of_all_rests_on_the_widest_groups() -> None:
    civilians, children, soldiers = (reading(n, group=g) for n, g in ((9, "civilians"), (2, "children"), (4, "combatants")))
    found = {r.group: (r.low, r.high) for r in reconciled([children, civilians, soldiers])}
    assert found == {EVERYBODY: (4, 9), "civilians": (9, 9), "children": (2, 2), "combatants": (4, 4)}
    assert [r.group for r in reconciled([children, civilians])] == [EVERYBODY, "children", "civilians"]


# --- how well it is told -----------------------------------------------------------------------------------------------------

AGENCY = cited("r1", 1, "Agency of Ostrel")
HERALD = cited("r2", 2, "Frontline Herald")
COPY = cited("r3", 2, "Mirzad Daily", copies="r1")


def grade(*told: Said) -> Corroboration:
    return event(told).grade


def test_one_account_is_single_and_so_is_one_speaker_in_many_reports() -> None:
    assert grade(said(claim("shelling", count(12)), AGENCY)) is Corroboration.SINGLE
    governor = claim("shelling", count(12), says="the governor")
    assert grade(said(governor, AGENCY), said(governor, HERALD)) is Corroboration.SINGLE


def test_accounts_of_speakers_that_are_independent_and_agree_are_several() -> None:
    assert grade(said(claim("shelling", count(12)), AGENCY), said(claim("shelling", count(12)), HERALD)) is Corroboration.SEVERAL
    told = [said(claim("shelling", count(12, high=None), says=who, id=who), AGENCY) for who in ("villagers", "doctors")]
    assert grade(*told) is Corroboration.SEVERAL


def test_copies_of_a_wire_report_are_no_further_account_of_who_speaks_in_it() -> None:
    told = claim("shelling", count(12), says="the governor")
    assert grade(said(told, AGENCY), said(told, COPY)) is Corroboration.SINGLE


def test_an_own_voice_that_only_passes_on_a_speakers_words_is_no_further_account() -> None:
    head = claim("shelling", count(12), id="head")
    body = claim("shelling", count(12), says="the governor", id="body", at=50)
    assert grade(said(head, AGENCY), said(body, AGENCY)) is Corroboration.SINGLE
    assert grade(said(head, COPY), said(body, AGENCY)) is Corroboration.SINGLE
    assert grade(said(head, HERALD), said(body, AGENCY)) is Corroboration.SEVERAL


def test_copies_of_a_wire_report_in_its_own_voice_are_no_further_account() -> None:
    told = claim("shelling", count(12))
    assert grade(said(told, AGENCY), said(told, COPY)) is Corroboration.SINGLE


def test_branches_of_one_body_are_no_independent_accounts() -> None:
    told = [said(claim(says=party(words, id), id=id), AGENCY) for words, id in (("the army", "sy-army"), ("the police", "sy-police"))]
    assert len(accounts(told)) == 2 and len(independent(accounts(told))) == 1
    monitor = said(claim(says=party("the Observatory", "sohr"), id="m"), AGENCY)
    assert len(independent(accounts([*told, monitor]))) == 2


def test_accounts_that_name_other_doers_or_give_numbers_that_cannot_both_be_so_are_contested() -> None:
    army, rebels = (claim(by=party(words, id), id=id) for words, id in (("the army", "sy-army"), ("ISIL", "isis")))
    assert grade(said(army, AGENCY), said(rebels, HERALD)) is Corroboration.CONTESTED
    branch = claim(by=party("the air force", "sy-air-force"), id="b")
    assert grade(said(army, AGENCY), said(branch, HERALD)) is Corroboration.SEVERAL
    both = replace(army, actor=(*army.actor, *rebels.actor))
    assert grade(said(army, AGENCY), said(both, HERALD)) is Corroboration.SEVERAL
    few, many = (claim("shelling", count(n, high=None if n == 12 else -1), id=f"c{n}") for n in (3, 12))
    assert grade(said(few, AGENCY), said(many, HERALD)) is Corroboration.CONTESTED
    open_few, open_many = (claim("shelling", count(n, high=None), id=f"c{n}") for n in (3, 12))
    assert grade(said(open_few, AGENCY), said(open_many, HERALD)) is Corroboration.SEVERAL


def test_what_somebody_denies_is_denied_and_his_denial_is_no_account_for_it() -> None:
    told, denial = claim(id="a"), claim(id="b", status="denied", says="the Velmar army", by="Velmar army")
    assert grade(said(told, AGENCY), said(denial, AGENCY)) is Corroboration.DENIED
    assert [a.denies for a in accounts([said(told, AGENCY), said(denial, AGENCY)])] == [False, True]
    assert len(independent(accounts([said(told, AGENCY), said(denial, HERALD)]))) == 1


def test_harm_that_whoever_did_it_tells_of_is_admitted_also_where_others_deny_it() -> None:
    own = claim("air_strike", says="The Velmar army", by="Velmar army", id="a")
    denial = claim("air_strike", status="denied", says="the governor", id="b")
    assert grade(said(own, AGENCY)) is Corroboration.ADMITTED
    assert grade(said(own, AGENCY), said(denial, HERALD)) is Corroboration.ADMITTED
    branch = claim("air_strike", says=party("the army", "sy-army"), by=party("warplanes", "sy-air-force"))
    assert grade(said(branch, AGENCY)) is Corroboration.ADMITTED


@pytest.mark.parametrize(
    "told",
    [
        claim("takes_territory", says="Velmar army", by="Velmar army"),
        claim("air_strike", says="Velmar army", by="Sulin Front"),
        claim("air_strike", says="Velmar army", by="Velmar army", status="planned"),
        claim("air_strike", says="Velmar army", by="Velmar army", status="possible"),
        claim("air_strike", by="Velmar army"),
    ],
    ids=["a boast", "blames another", "a plan", "hedged", "nobody says so"],
)  # fmt: skip
def test_a_boast_a_plan_and_what_others_are_blamed_for_are_no_admission(told: object) -> None:
    assert grade(said(told, AGENCY)) is Corroboration.SINGLE  # type: ignore[arg-type]


# --- the event as a whole ----------------------------------------------------------------------------------------------------


def whole(*told: Said) -> Event:
    return event(told)


def test_the_first_account_gives_the_event_its_id_and_a_denial_before_it_does_not() -> None:
    denial = said(claim(id="d", status="denied"), cited("r1", 1))
    first, later = said(claim(id="a"), cited("r2", 2)), said(claim(id="b"), cited("r3", 3))
    assert whole(later, denial, first).id == event_id("r2", "a") == whole(first).id
    assert [s.claim.id for s in whole(later, denial, first).said] == ["a", "b", "d"]
    assert event_id("r2", "a") != event_id("r2", "b")
    assert len(event_id("r2", "a")) == 13 and event_id("r2", "a").startswith("e")


def test_ties_stand_in_the_order_of_their_points() -> None:
    ties = [Tie("a", "b", 3.0, ()), Tie("a", "c", 9.0, ()), Tie("a", "d", 3.0, ())]
    assert [t.other for t in event([said(claim())], ties).ties] == ["c", "b", "d"]


@pytest.mark.parametrize(
    ("kinds", "type"),
    [
        ("casualties casualties air_strike", "air_strike"),
        ("attack attack shelling", "shelling"),
        ("attack casualties", "attack"),
        ("shelling air_strike air_strike", "air_strike"),
        ("destruction casualties casualties", "casualties"),
        ("talks", "talks"),
    ],
)
def test_an_event_is_called_by_what_was_done_before_what_came_of_it(kinds: str, type: str) -> None:
    told = [said(claim(kind, id=f"c{n}", at=20 * n)) for n, kind in enumerate(kinds.split())]
    assert whole(*told).type is ClaimType(type)


def test_a_denial_does_not_say_what_it_was_nor_where_nor_when() -> None:
    told = said(claim("shelling", where=place(), day=5, by="Velmar army", id="a"))
    denial = said(claim("attack", where=place("Ostrel", OSTREL), day=4, status="denied", by="Sulin Front", id="b"), HERALD)
    found = whole(told, denial)
    assert (found.type, found.status, found.first_told) == (ClaimType.SHELLING, Status.HAPPENED, on(1))
    assert found.place is not None and found.time is not None
    assert (found.place.name, found.time.start) == ("Tal Hamra", on(5))
    assert [p.span.text for p in found.actors] == ["Velmar army"]
    assert whole(denial).type is ClaimType.ATTACK


def test_an_event_was_on_the_narrowest_days_at_the_place_that_is_told_most() -> None:
    told = [
        said(claim(where=place(), day=1, until=9, id="a", at=0)),
        said(claim(where=place("Ostrel", OSTREL), day=5, until=6, id="b", at=20)),
        said(claim(where=place("Velmar", (11, 20), precision=Located.COUNTRY, radius=300), day=3, until=4, id="c", at=40)),
        said(claim(where=place("Ostrel", OSTREL), day=5, until=6, id="d", at=60)),
        said(claim(where=place("Nowhere", None), id="e", at=80)),
    ]
    found = whole(*told)
    assert found.place is not None and found.time is not None
    assert (found.place.name, found.time.start, found.time.end) == ("Ostrel", on(5), on(6))
    narrow = whole(told[2], told[0]).place
    assert narrow is not None and narrow.name == "Tal Hamra"
    assert whole(said(claim())).place is whole(said(claim())).time is None


@pytest.mark.parametrize(
    ("statuses", "status"),
    [("possible happened", "happened"), ("planned possible", "possible"), ("denied", "denied"), ("planned", "planned")],
)
def test_an_event_is_as_sure_as_the_surest_account(statuses: str, status: str) -> None:
    told = [said(claim(status=each, id=f"c{n}", at=20 * n)) for n, each in enumerate(statuses.split())]
    assert whole(*told).status is Status(status)


def test_the_parties_of_an_event_stand_once_each_the_one_told_most_often_first() -> None:
    names = ["the Sulin Front", "a militia", "Militia", "Sulin Front", "militia"]
    told = [said(claim(by=name, against="villagers", id=f"c{n}", at=20 * n)) for n, name in enumerate(names)]
    found = whole(*told)
    assert [p.span.text for p in found.actors] == ["a militia", "the Sulin Front"]
    assert [p.span.text for p in found.targets] == ["villagers"]


def test_accounts_have_each_claim_and_report_once() -> None:
    account: Account
    (account,) = accounts([said(claim(says="doctors")), said(claim(says="doctors")), said(claim(says="doctors", id="c2"))])
    assert (account.claims, account.reports, account.copies) == (("c1", "c2"), ("r1",), 0)
