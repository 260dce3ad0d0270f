"""Events in the ledger: the same in whatever order reports come, made anew only where something changed, bound by what people decided."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.errors import BadQuestion, NotInLedger
from according.events import keys, weighing
from according.events.deciding import EventVerdict
from according.events.event import Corroboration, event_id
from according.events.grouping import grouped
from according.events.happening import Sort, happenings, origin
from according.ledger import comparing, drawing, grouping, hanging, schema, waiting
from according.ledger.ledger import Ledger
from according.ledger.question import Box, Near, Question
from according.model import Claim, ClaimType, Measure, Precision, Report, Span, Status, When, claim_id
from hand_ledger import PERSON, emptied, fresh, machine, put
from told_events import BESIDE, CORITH, EVENTS, PAPERS, claim_of, id_of, named, ref, take, told

ONE_LEDGER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
NAMES = list(PAPERS)
AS_READ = sorted(sorted(claims) for claims in EVENTS.values())
#: What follows from the claims, and is made anew where they change.
MADE = (schema.ungrouped, schema.blocks, schema.links, schema.tellings, schema.namings, schema.happenings, schema.events)
GONE = "Nothing in this ledger tells of event"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """With all eleven reports, grouped."""
    take(ledger)
    ledger.group()
    return ledger


def kept(ledger: Ledger) -> dict[str, list[Any]]:
    """All rows that were made of the claims, with the names of things in the place of their numbers."""
    r, c, h, t = schema.reports.c, schema.claims.c, schema.happenings.c, schema.tellings.c
    one, other = schema.happenings.alias(), schema.happenings.alias()
    queries = {
        "waiting": sa.select(r.key).join(schema.ungrouped, schema.ungrouped.c.report == r.n),
        "happenings": sa.select(r.key, h.key, h.features, h.event).join(r.n.table, r.n == h.report),
        "tellings": sa.select(r.key, c.id, h.key, t.seed).select_from(
            schema.tellings.join(schema.claims).join(schema.reports, r.n == c.report).join(schema.happenings, h.n == t.happening)
        ),
        "levels": sa.select(h.key, h.level),
        "namings": sa.select(r.key, schema.namings.c.words, schema.namings.c.tells).join(schema.namings, schema.namings.c.report == r.n),
        "blocks": sa.select(schema.blocks.c.key, h.key, schema.blocks.c.count).join(schema.happenings, h.n == schema.blocks.c.happening),
        "links": sa.select(one.c.key, other.c.key, schema.links.c.points).select_from(
            schema.links.join(one, one.c.n == schema.links.c.one).join(other, other.c.n == schema.links.c.other)
        ),
        "events": sa.select(schema.events),
    }
    with ledger.reading() as connection:
        return {name: sorted(map(tuple, connection.execute(query)), key=repr) for name, query in queries.items()}


def made_anew(ledger: Ledger) -> dict[str, list[Any]]:
    """The same rows, all of them made from nothing but the claims and what people decided."""
    with ledger.writing() as connection:
        for table in MADE:
            connection.execute(sa.delete(table))
        waiting.all_changed(connection)
    ledger.group()
    return kept(ledger)


def numbers(ledger: Ledger, table: sa.Table) -> dict[str, int]:
    """How many rows a table has of each report, by the report's key."""
    with ledger.reading() as connection:
        query = sa.select(schema.reports.c.key, sa.func.count()).join(table, table.c.report == schema.reports.c.n)
        return {key: number for key, number in connection.execute(query.group_by(schema.reports.c.key))}


def assert_whole(ledger: Ledger) -> None:
    """Nothing waits, and no row stands without what it belongs to."""
    found = kept(ledger)
    assert found["waiting"] == []
    members: dict[str, list[tuple[str, str]]] = {}
    for report, key, _, event in found["happenings"]:
        members.setdefault(event, []).append((report, key))
    claims: dict[str, int] = {}
    of = {key: event for _, key, _, event in found["happenings"]}
    for _, _, key, _ in found["tellings"]:
        claims[of[key]] = claims.get(of[key], 0) + 1
    assert {key for _, _, key, _ in found["tellings"]} == set(of)
    assert {key for _, key, _ in found["blocks"]} <= set(of)
    assert {row[0] for row in found["namings"]} == {row[0] for row in found["happenings"]}
    assert {row[0]: row[3:] for row in found["events"]} == {
        id: (len({report for report, _ in told}), claims[id]) for id, told in members.items()
    }
    with ledger.reading() as connection:
        for table in MADE:
            for key in table.foreign_keys:
                lost = sa.select(sa.func.count()).where(key.parent.not_in(sa.select(key.column)))
                assert connection.execute(lost).scalar() == 0, f"{table.name} has rows without {key.column}"


def recode(ledger: Ledger, name: str, claims: Sequence[Claim]) -> None:
    machine(ledger, PAPERS[name].report, claims)


def moved(claim: Claim, day: date) -> Claim:
    """The same claim of another day."""
    assert claim.time
    return replace(claim, time=When(claim.time.span, day, day, Precision.DAY))


def shifted(claim: Claim) -> Claim:
    """The same claim as another version of the machine makes it: its trigger one letter shorter, and so another id."""
    trigger = Span(claim.trigger.start, claim.trigger.end - 1, claim.trigger.text[:-1])
    [report] = [paper.report for paper in PAPERS.values() if paper.report.id == claim.report]
    return replace(claim, id=claim_id(report.text_sha256, trigger, claim.type), trigger=trigger)


# The order in which reports come, and how many are grouped at once


def test_claims_of_one_happening_are_one_event_and_totals_and_states_of_control_are_none(full: Ledger) -> None:
    assert named(full) == AS_READ
    in_events = {pair for event in named(full) for pair in event}
    assert not in_events & set(BESIDE)
    assert_whole(full)


def test_an_event_bears_the_id_of_its_first_account_and_tells_who_copies_and_who_denies(full: Ledger) -> None:
    found = full.event(event_id(*ref("gazette-strike", "struck")))
    assert found.id == event_id(*ref("gazette-strike", "struck"))
    assert (found.type, found.grade, str(found.time and found.time.start)) == (ClaimType.AIR_STRIKE, Corroboration.DENIED, "2031-03-03")
    assert [s.sort for s in found.said][-1] is Sort.DENIAL
    assert [account.speaker.name for account in found.accounts if account.denies] == ["The general staff"]
    assert [account.copies for account in found.accounts if account.speaker.name == "the ministry of defence"] == [1]
    assert {tie.points > 3 for tie in found.ties} == {True}


def test_the_ledger_groups_as_grouping_does_that_knows_no_ledger(full: Ledger) -> None:
    told_of = []
    for paper in PAPERS.values():
        r = paper.report
        mine = origin(paper.key, r.text, title=r.title, published=r.published)
        told_of += [h for h in happenings(mine, paper.claims) if h.sort in (Sort.ACCOUNT, Sort.PLAN, Sort.DENIAL)]
    apart = [sorted((h.origin.key, claim) for h in group for claim in h.claims) for group in grouped(told_of)]
    assert sorted(apart) == sorted(map(sorted, told(full).values()))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The rows of a ledger that took all reports in the order of the set and grouped them in one go."""
    with Ledger(tmp_path_factory.mktemp("expected") / "a.db", create=True) as ledger:
        take(ledger)
        ledger.group()
        return kept(ledger)


@contextmanager
def portioned(most: int) -> Iterator[None]:
    """So many reports, happenings and pairs at once."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_DRAWN", "_WEIGHED", "_JOINED", "_AT_HAND", "_VALUES"):
            patch.setattr(grouping, name, most)
        for room in (comparing, drawing, hanging):
            patch.setattr(room, "_VALUES", most)
        patch.setattr(comparing, "_MANY", most)
        patch.setattr(comparing, "_THROUGH", most * 20)
        patch.setattr(hanging, "_MANY", most)
        yield


@contextmanager
def crowded(crowd: int) -> Iterator[None]:
    """More than so many are too many to hang together by little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(weighing._thresholds(), "crowd", crowd)
        yield


pauses_between = st.lists(st.booleans(), min_size=len(NAMES), max_size=len(NAMES))


@ONE_LEDGER
@given(order=st.permutations(NAMES), pauses=pauses_between, most=st.integers(1, 4))
def test_events_are_the_same_in_whatever_order_reports_come_and_however_many_at_once(
    ledger: Ledger, expected: dict[str, list[Any]], order: list[str], pauses: list[bool], most: int
) -> None:
    emptied(ledger)
    with portioned(most):
        for name, pause in zip(order, pauses, strict=True):
            take(ledger, name)
            if pause:
                ledger.group()
        ledger.group()
    assert kept(ledger) == expected
    assert_whole(ledger)


@ONE_LEDGER
@given(order=st.permutations(NAMES), pauses=pauses_between, crowd=st.integers(1, 6), forgotten=st.sets(st.sampled_from(NAMES), max_size=4))
def test_where_much_hangs_together_the_events_are_the_same_in_whatever_order_reports_come_and_go(
    ledger: Ledger, order: list[str], pauses: list[bool], crowd: int, forgotten: set[str]
) -> None:
    emptied(ledger)
    with crowded(crowd):
        for name, pause in zip(order, pauses, strict=True):
            take(ledger, name)
            if pause:
                ledger.group()
        for name in sorted(forgotten):
            ledger.forget(name, "x")
        ledger.group()
        found = kept(ledger)
        assert_whole(ledger)
        with ledger.reading() as connection:
            told_of = [h for _, h in drawing.read(connection, schema.happenings.c.n > 0)]
        pure = sorted(sorted(h.key for h in event) for event in grouped(told_of))
        by_event: dict[str, list[str]] = {}
        for _, key, _, event in found["happenings"]:
            by_event.setdefault(event, []).append(key)
        assert sorted(map(sorted, by_event.values())) == pure
        assert made_anew(ledger) == found


def test_a_key_that_too_many_accounts_bear_tells_nothing_in_whatever_order_they_come(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_MOST", 3)  # five accounts of the strike bear its day and place
    take(ledger)
    ledger.group()
    together, chance = kept(ledger), random.Random(3)
    assert len(named(ledger)) > len(AS_READ)
    for _ in range(6):
        emptied(ledger)
        for name in chance.sample(NAMES, len(NAMES)):
            take(ledger, name)
            ledger.group()
        assert kept(ledger) == together
    recode(ledger, "wire-roundup", [])
    ledger.forget("watch-strike", "x")
    ledger.group()
    assert id_of(ledger, "gazette-strike", "struck") == id_of(ledger, "mirror-strike", "struck"), "few enough bear the key now"
    left = kept(ledger)
    assert made_anew(ledger) == left


@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]], ids=["as they stand", "the last first"])
def test_reports_taken_in_one_by_one_give_the_events_of_all_in_one_go(
    ledger: Ledger, expected: dict[str, list[Any]], order: list[str]
) -> None:
    for name in order:
        take(ledger, name)
        ledger.group()
    assert kept(ledger) == expected


def test_a_report_that_is_met_once_more_waits_for_nothing(full: Ledger) -> None:
    before, inner = kept(full), inside(full)
    take(full)
    assert kept(full) == before
    full.group()
    assert inside(full) == inner


def test_all_made_anew_is_as_it_was(full: Ledger) -> None:
    before = kept(full)
    full.mend()
    assert len(kept(full)["waiting"]) == len(PAPERS)
    full.group()
    assert kept(full) == before
    assert made_anew(full) == before


def inside(ledger: Ledger) -> dict[str, int]:
    """The numbers of the happenings' rows, by their keys."""
    with ledger.reading() as connection:
        return {row.key: row.n for row in connection.execute(sa.select(schema.happenings))}


def test_a_report_touches_only_the_events_that_it_is_of(ledger: Ledger) -> None:
    take(ledger, *(name for name in NAMES if name != "lamp-bomb"))
    ledger.group()
    before, rows, mine = kept(ledger), inside(ledger), id_of(ledger, "wire-roundup", "exploded")
    others = {row[0] for row in before["events"]} - {mine}
    written: set[Any] = set()

    def note(connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", statement):
            written.update(_flat(values))

    sa.event.listen(ledger.engine, "before_cursor_execute", note)
    take(ledger, "lamp-bomb")
    ledger.group()
    assert mine in written and not written & others
    after = kept(ledger)
    assert [row for row in after["events"] if row[0] in others] == [row for row in before["events"] if row[0] in others]
    assert {key: n for key, n in inside(ledger).items() if key in rows} == rows
    for name in ("happenings", "tellings", "blocks", "links", "namings"):
        assert set(before[name]) <= set(after[name]), name
    assert after["events"] != before["events"]


def _flat(values: Any) -> Iterator[Any]:
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list | tuple):
        for value in values:
            yield from _flat(value)
    else:
        yield values


def test_grouping_what_waits_never_reads_a_whole_table(tmp_path: Path) -> None:
    asked: dict[str, Any] = {}
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger)
        ledger.group()
        ledger.merge(id_of(ledger, "gazette-quay", "captured"), id_of(ledger, "staff-plan", "storm"), person=PERSON)
        sa.event.listen(
            ledger.engine, "before_cursor_execute", lambda c, cursor, statement, values, *_: asked.setdefault(statement, values)
        )
        recode(ledger, "watch-strike", [moved(claim_of("watch-strike", "bombed"), date(2031, 3, 4))])
        ledger.group()
        ledger.forget("lamp-bomb", "as asked", PERSON)
        ledger.group()
        ledger.event(id_of(ledger, "gazette-strike", "struck"))
        with ledger.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            for statement, values in list(asked.items()):
                if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                    given = values[0] if isinstance(values, list) else values
                    plan = " / ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", given))
                    # What waits and what people decided is read whole, of the audit the last row; events without a filter in their order.
                    rest = re.sub(r"SCAN (ungrouped|event_decisions|groupings|audit|CONSTANT)|SCAN events USING COVERING INDEX", "", plan)
                    assert not re.search(r"SCAN \w+(?! VIRTUAL)", rest) or "FROM events" in statement, f"{statement}\n{plan}"
    assert len(asked) > 30


# Who waits, and who groups


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: next(iter(ledger.events())),
        lambda ledger: ledger.event(event_id(*ref("wire-roundup", "exploded"))),
        lambda ledger: next(iter(ledger.told_by())),
        lambda ledger: ledger.merge(event_id(*ref("gazette-quay", "captured")), event_id(*ref("herald-protest", "marched")), person=PERSON),
        lambda ledger: ledger.split(event_id(*ref("gazette-quay", "captured")), ["front-quay"], person=PERSON),
        lambda ledger: ledger.group(),
    ],
    ids=["events", "event", "told_by", "merge", "split", "group"],
)
def test_a_report_that_waits_is_grouped_by_whoever_asks(ledger: Ledger, ask: Any) -> None:
    take(ledger, *(name for name in NAMES if name != "lamp-bomb"))
    ledger.group()
    take(ledger, "lamp-bomb")
    assert kept(ledger)["waiting"] == [(PAPERS["lamp-bomb"].key,)]
    assert [key for key, *_ in kept(ledger)["tellings"] if key == PAPERS["lamp-bomb"].key] == []
    ask(ledger)
    assert_whole(ledger)
    assert id_of(ledger, "lamp-bomb", "exploded") == id_of(ledger, "wire-roundup", "exploded")


def test_claims_series_and_holdings_are_told_of_what_waits_too_and_leave_it_waiting(ledger: Ledger) -> None:
    take(ledger)
    assert len(list(ledger.claims())) == sum(len(paper.claims) for paper in PAPERS.values())
    assert len(ledger.series()) == 2 and len(ledger.holdings()) == 1
    assert len(kept(ledger)["waiting"]) == len(PAPERS) and kept(ledger)["events"] == []


def test_grouping_tells_after_each_part_how_many_reports_are_left(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_DRAWN", 4)
    take(ledger)
    assert list(ledger.grouping()) == [7, 3, 0]
    assert list(ledger.grouping()) == []
    assert named(ledger) == AS_READ


def test_another_who_opens_the_ledger_sees_and_groups_the_same(full: Ledger) -> None:
    take(full, "lamp-bomb")
    recode(full, "lamp-bomb", [])
    with Ledger(full.where) as other:
        assert ("lamp-bomb", "exploded") not in [pair for event in named(other) for pair in event]
    assert_whole(full)


def test_events_that_another_version_grouped_are_made_anew_by_whoever_asks(full: Ledger) -> None:
    before = kept(full)
    with full.writing() as connection:
        connection.execute(sa.delete(schema.links))
    assert named(full) == AS_READ and kept(full) != before, "nothing waits"
    with full.writing() as connection:
        connection.execute(sa.update(schema.groupings).values(version="0"))
    assert named(full) == AS_READ
    assert kept(full) == before


# Claims that change


def test_a_claim_that_is_coded_with_another_day_leaves_its_event_and_comes_back(full: Ledger) -> None:
    before, bomb = kept(full), claim_of("lamp-bomb", "exploded")
    recode(full, "lamp-bomb", [moved(bomb, date(2031, 4, 28))])
    assert id_of(full, "lamp-bomb", "exploded") != id_of(full, "wire-roundup", "exploded")
    assert id_of(full, "lamp-bomb", "exploded") == event_id(*ref("lamp-bomb", "exploded"))
    assert_whole(full)
    recode(full, "lamp-bomb", [bomb])
    full.group()
    assert kept(full) == before


def test_a_report_coded_anew_without_claims_is_of_no_event_and_leaves_no_row(full: Ledger) -> None:
    recode(full, "radio-protest", [])
    assert named(full) == sorted([*(event for event in AS_READ if ("radio-protest", "demonstrated") not in event), [EVENTS["protest"][0]]])
    assert_whole(full)
    key = PAPERS["radio-protest"].key
    assert not any(row for name, rows in kept(full).items() if name != "blocks" for row in rows if row[0].startswith(key))


def test_a_rejected_claim_is_of_no_event_until_it_is_accepted(full: Ledger) -> None:
    before, strike = kept(full), id_of(full, "gazette-strike", "struck")
    bombed = claim_of("watch-strike", "bombed")
    full.decide(bombed.id, "reject", report="watch-strike", person=PERSON)
    assert sorted(told(full)[strike]) == sorted(ref(*pair) for pair in EVENTS["strike"] if pair[0] != "watch-strike")
    assert_whole(full)
    full.decide(bombed.id, "accept", report="watch-strike", person=PERSON)
    full.group()
    assert kept(full) == before


@pytest.mark.parametrize("verdict", ["accept", "unsure"])
def test_a_claim_that_is_accepted_or_not_sure_stays_where_it_is(full: Ledger, verdict: str) -> None:
    before = kept(full)
    full.decide(claim_of("front-quay", "took").id, verdict, report="front-quay", person=PERSON)
    full.group()
    assert kept(full) == before


def test_a_corrected_claim_is_grouped_by_what_it_was_corrected_to(full: Ledger) -> None:
    took = claim_of("front-quay", "took")
    full.decide(took.id, "correct", report="front-quay", person=PERSON, correction=replace(took, status=Status.PLANNED))
    assert id_of(full, "front-quay", "took") != id_of(full, "gazette-quay", "captured")
    assert full.event(id_of(full, "front-quay", "took")).status is Status.PLANNED
    assert_whole(full)
    recode(full, "front-quay", [took])
    assert id_of(full, "front-quay", "took") != id_of(full, "gazette-quay", "captured"), "the correction outlives the machine"
    recode(full, "front-quay", [])
    full.group()
    assert ref("front-quay", "took") not in [row[:2] for row in kept(full)["tellings"]], "withdrawn"
    assert_whole(full)


@pytest.mark.parametrize("name", NAMES)
def test_a_forgotten_report_leaves_its_events_as_if_it_had_never_been_there(ledger: Ledger, name: str) -> None:
    take(ledger, *(other for other in NAMES if other != name))
    ledger.group()
    without = kept(ledger)
    take(ledger, name)
    ledger.group()
    ledger.forget(name, "a witness asked", PERSON)
    ledger.group()
    assert kept(ledger) == without
    assert_whole(ledger)


def test_a_report_forgotten_before_it_was_grouped_leaves_nothing(full: Ledger) -> None:
    before = kept(full)
    extra = Report("extra", "A shell fell on Nadreh on 3 March.\n", published=date(2031, 3, 4))
    trigger = Span.of(extra.text, 2, 7)
    put(full, extra, [Claim(claim_id(extra.text_sha256, trigger, ClaimType.SHELLING), "extra", trigger, trigger, ClaimType.SHELLING)])
    full.forget("extra", "x")
    full.group()
    assert kept(full) == before


def test_all_reports_forgotten_leave_no_row_of_any_event(full: Ledger) -> None:
    ids = list(told(full))
    for name in NAMES:
        full.forget(name, "x")
    full.group()
    assert not any(kept(full).values())
    for id in ids:
        with pytest.raises(NotInLedger, match=f"{GONE} {id} any more"):
            full.event(id)


# Ids never die


def test_after_an_earlier_report_comes_the_old_id_leads_to_the_event(ledger: Ledger) -> None:
    take(ledger, "watch-strike", "army-denial")
    old = id_of(ledger, "watch-strike", "bombed")
    take(ledger, "gazette-strike")
    new = id_of(ledger, "watch-strike", "bombed")
    assert new == event_id(*ref("gazette-strike", "struck")) != old
    assert ledger.event(old) == ledger.event(new)


@pytest.mark.parametrize("gone", ["recoded", "moved", "rejected", "forgotten"])
def test_after_the_founding_claim_is_gone_the_old_id_leads_to_the_event(full: Ledger, gone: str) -> None:
    old, founder = id_of(full, "gazette-quay", "captured"), claim_of("gazette-quay", "captured")
    if gone == "recoded":
        recode(full, "gazette-quay", [])
    elif gone == "moved":
        recode(full, "gazette-quay", [shifted(founder), claim_of("gazette-quay", "hung")])
    elif gone == "rejected":
        full.decide(founder.id, "reject", report="gazette-quay", person=PERSON)
    else:
        full.forget("gazette-quay", "a witness asked")
    found = full.event(old)
    assert ref("front-quay", "took") in [(s.cited.key, s.claim.id) for s in found.said]
    assert found.id != old and list(full.events(Question(types=ClaimType.TAKES_TERRITORY, until=date(2031, 3, 12)))) == [
        replace(found, ties=())
    ]
    assert_whole(full)


def test_the_old_id_leads_to_what_told_of_the_event_and_not_to_what_its_other_reports_tell_more_of(ledger: Ledger) -> None:
    take(ledger, "gazette-strike", "wire-roundup")
    exploded, strike, cost = PAPERS["wire-roundup"].claims
    again = replace(shifted(exploded), figures=())
    recode(ledger, "wire-roundup", [exploded, again, strike, cost])
    old = id_of(ledger, "gazette-strike", "struck")
    assert id_of(ledger, "wire-roundup", "strike") == old
    ledger.forget("gazette-strike", "a witness asked")
    assert [s.claim.id for s in ledger.event(old).said] == [strike.id]


@pytest.mark.parametrize("gone", ["recoded", "rejected", "forgotten"])
def test_an_id_that_an_earlier_report_took_over_outlives_the_claim_that_it_began_with(ledger: Ledger, gone: str) -> None:
    take(ledger, "watch-strike")
    old = id_of(ledger, "watch-strike", "bombed")
    take(ledger, "gazette-strike")
    ledger.group()
    if gone == "recoded":
        recode(ledger, "watch-strike", [])
    elif gone == "rejected":
        ledger.decide(claim_of("watch-strike", "bombed").id, "reject", report="watch-strike", person=PERSON)
    else:
        ledger.forget("watch-strike", "a witness asked")
    assert ledger.event(old).id == event_id(*ref("gazette-strike", "struck"))


def test_an_id_whose_only_claim_the_machine_makes_in_other_words_leads_to_that(full: Ledger) -> None:
    old = id_of(full, "staff-plan", "storm")
    storm, lost = PAPERS["staff-plan"].claims
    recode(full, "staff-plan", [shifted(storm), lost])
    assert [s.claim.id for s in full.event(old).said] == [shifted(storm).id]


@pytest.mark.parametrize("gone", ["recoded", "rejected"])
def test_an_id_whose_only_claim_is_gone_does_not_lead_to_another_happening_of_its_report(ledger: Ledger, gone: str) -> None:
    take(ledger, "wire-roundup")
    exploded, strike, cost = PAPERS["wire-roundup"].claims
    old = id_of(ledger, "wire-roundup", "strike")
    if gone == "recoded":
        recode(ledger, "wire-roundup", [exploded, cost])
    else:
        ledger.decide(strike.id, "reject", report="wire-roundup", person=PERSON)
    with pytest.raises(NotInLedger, match=f"{GONE} {old} any more: the claims that it rested on are gone."):
        ledger.event(old)
    if gone == "rejected":
        ledger.decide(strike.id, "accept", report="wire-roundup", person=PERSON)
        assert ledger.event(old).id == old


def test_an_id_leads_on_through_several_events_that_came_and_went(ledger: Ledger) -> None:
    ids = []
    for name in ("wire-roundup", "watch-strike", "gazette-strike"):
        take(ledger, name)
        ids.append(id_of(ledger, name, {"wire-roundup": "strike", "watch-strike": "bombed"}.get(name, "struck")))
    assert len({ledger.event(id).id for id in ids}) == 1
    ledger.forget("gazette-strike", "x")
    assert {ledger.event(id).id for id in ids} == {ids[1]}
    ledger.forget("watch-strike", "x")
    assert {ledger.event(id).id for id in ids} == {ids[0]}
    ledger.forget("wire-roundup", "x")
    for id in ids:
        with pytest.raises(NotInLedger, match=GONE):
            ledger.event(id)


@pytest.mark.parametrize("gone", ["rejected", "forgotten", "recoded and forgotten"])
def test_an_id_follows_its_first_claim_through_merge_and_split_and_stays_where_that_was_last(full: Ledger, gone: str) -> None:
    strike, (quay, _) = id_of(full, "gazette-strike", "struck"), both(full)
    full.merge(strike, quay, person=PERSON)
    rest, out = full.split(strike, ["gazette-quay", "front-quay", "watch-strike"], person=PERSON)
    assert (rest, full.event(quay).id) == (strike, out) and out != quay, "it was first told by the watch"
    if gone == "rejected":
        full.decide(claim_of("gazette-quay", "captured").id, "reject", report="gazette-quay", person=PERSON)
    else:
        if gone == "recoded and forgotten":
            recode(full, "gazette-quay", [])
        full.forget("gazette-quay", "a witness asked")
    assert full.event(quay).id == out
    assert {s.claim.report for s in full.event(out).said} == {"front-quay", "watch-strike"}


# What people decide


def both(ledger: Ledger) -> tuple[str, str]:
    return id_of(ledger, "gazette-quay", "captured"), id_of(ledger, "herald-protest", "marched")


@pytest.mark.parametrize("turned", [False, True])
def test_merged_events_are_one_to_which_both_ids_lead(full: Ledger, turned: bool) -> None:
    quay, protest = both(full)
    one, other = (protest, quay) if turned else (quay, protest)
    assert full.merge(one, other, person=PERSON, note="the march was on the quay") == quay
    assert full.event(quay) == full.event(protest)
    assert named(full) == sorted(
        [*(e for e in AS_READ if e not in map(sorted, (EVENTS["quay"], EVENTS["protest"]))), sorted(EVENTS["quay"] + EVENTS["protest"])]
    )
    [decision] = full.event_decisions()
    assert (decision.verdict, decision.person, decision.note) == (EventVerdict.MERGE, PERSON, "the march was on the quay")
    assert {frozenset(decision.one), frozenset(decision.other)} == {
        frozenset(ref(*pair) for pair in EVENTS[name]) for name in ("quay", "protest")
    }
    assert_whole(full)


def test_a_merge_and_then_a_split_give_back_the_same_events(full: Ledger) -> None:
    before, (quay, protest) = kept(full), both(full)
    full.merge(quay, protest, person=PERSON)
    assert kept(full) != before
    assert full.split(quay, ["herald-protest", "radio-protest"], person=PERSON) == (quay, protest)
    assert kept(full) == before
    assert full.event(protest).id == protest


def test_a_split_and_then_a_merge_give_back_the_same_events(full: Ledger) -> None:
    before, strike = told(full), id_of(full, "gazette-strike", "struck")
    rest, out = full.split(strike, [claim_of("watch-strike", "bombed").id], person=PERSON)
    assert (rest, out) == (strike, event_id(*ref("watch-strike", "bombed")))
    assert [s.claim.report for s in full.event(out).said] == ["watch-strike"]
    assert_whole(full)
    assert full.merge(out, rest, person=PERSON) == strike
    assert told(full) == before
    assert full.event(out).id == strike


def test_a_split_may_name_reports_by_their_ids_or_keys_and_claims_by_theirs(full: Ledger) -> None:
    strike = id_of(full, "gazette-strike", "struck")
    out = ["mirror-strike", PAPERS["watch-strike"].key, claim_of("wire-roundup", "strike").id]
    rest, away = full.split(strike, out, person=PERSON)
    assert {s.claim.report for s in full.event(rest).said} == {"gazette-strike", "army-denial"}
    assert {s.claim.report for s in full.event(away).said} == {"mirror-strike", "watch-strike", "wire-roundup"}
    [decision] = full.event_decisions()
    assert decision.verdict is EventVerdict.SPLIT
    assert {key for key, _ in decision.other} == {PAPERS[name].key for name in ("mirror-strike", "watch-strike", "wire-roundup")}


def test_a_split_may_part_claims_that_one_report_tells_of_one_happening(full: Ledger) -> None:
    strike = id_of(full, "gazette-strike", "struck")
    burned = claim_of("gazette-strike", "burned")
    rest, out = full.split(strike, [burned.id], person=PERSON)
    assert [s.claim.id for s in full.event(out).said] == [burned.id]
    assert burned.id not in [s.claim.id for s in full.event(rest).said]
    parted = told(full)
    recode(full, "gazette-strike", PAPERS["gazette-strike"].claims)
    full.mend()
    assert told(full) == parted
    full.merge(rest, out, person=PERSON)
    assert named(full) == AS_READ
    assert_whole(full)


@pytest.mark.parametrize("late", ["front-quay", "radio-protest"])
def test_a_merge_binds_a_report_that_comes_later(ledger: Ledger, late: str) -> None:
    take(ledger, *(name for name in NAMES if name != late))
    merged = ledger.merge(*both(ledger), person=PERSON)
    take(ledger, late)
    assert id_of(ledger, late, PAPERS[late].claims[0].trigger.text) == merged
    assert_whole(ledger)


def test_a_split_binds_reports_that_come_later(ledger: Ledger) -> None:
    take(ledger, "gazette-strike", "watch-strike")
    strike = id_of(ledger, "gazette-strike", "struck")
    rest, out = ledger.split(strike, ["watch-strike"], person=PERSON)
    take(ledger, *(name for name in NAMES if name not in ("gazette-strike", "watch-strike")))
    assert id_of(ledger, "gazette-strike", "struck") != id_of(ledger, "watch-strike", "bombed")
    assert id_of(ledger, "mirror-strike", "struck") == rest, "a copy stays with what it copies"
    assert ledger.event(out).id == id_of(ledger, "watch-strike", "bombed")
    assert_whole(ledger)


@pytest.mark.parametrize("what", ["recode", "recode otherwise", "mend", "reject and accept", "made anew"])
def test_merges_and_splits_outlive_what_is_made_anew(full: Ledger, what: str) -> None:
    full.merge(*both(full), person=PERSON)
    full.split(id_of(full, "gazette-strike", "struck"), ["watch-strike", "army-denial"], person=PERSON)
    decided, decisions = told(full), full.event_decisions()
    if what == "recode":
        for name, paper in PAPERS.items():
            recode(full, name, paper.claims)
    elif what == "recode otherwise":
        for name in ("radio-protest", "watch-strike"):
            recode(full, name, [replace(claim, figures=(), confidence=0.1) for claim in PAPERS[name].claims])
    elif what == "mend":
        full.mend()
    elif what == "made anew":
        made_anew(full)
    else:
        for verdict in ("reject", "accept"):
            full.decide(claim_of("front-quay", "took").id, verdict, report="front-quay", person=PERSON)
            full.group()
    assert told(full) == decided
    assert full.event_decisions() == decisions
    assert_whole(full)


def test_a_merge_outlives_the_report_that_the_event_began_with(full: Ledger) -> None:
    quay, protest = both(full)
    full.merge(quay, protest, person=PERSON)
    full.forget("gazette-quay", "a witness asked")
    left = {"front-quay", "herald-protest", "radio-protest"}
    for id in (quay, protest):
        assert {s.claim.report for s in full.event(id).said} == left
    assert_whole(full)


def test_the_last_decision_on_two_claims_holds(full: Ledger) -> None:
    quay, protest = both(full)
    for n in range(2):
        full.merge(quay, protest, person=PERSON)
        assert full.event(quay).id == full.event(protest).id
        full.split(quay, ["herald-protest", "radio-protest"], person=PERSON)
        assert full.event(quay).id != full.event(protest).id
        assert [d.verdict for d in full.event_decisions()] == [EventVerdict.MERGE, EventVerdict.SPLIT] * (n + 1)


def test_wrong_ids_and_claims_are_told_in_a_sentence_and_leave_no_trace(full: Ledger) -> None:
    quay, protest = both(full)
    before = kept(full)
    no_event = r"There is no event e000 in this ledger; `according events` lists those there are\."
    for ask in (
        lambda: full.event("e000"),
        lambda: full.merge("e000", quay, person=PERSON),
        lambda: full.merge(quay, "e000", person=PERSON),
        lambda: full.split("e000", ["front-quay"], person=PERSON),
    ):
        with pytest.raises(NotInLedger, match=no_event):
            ask()
    with pytest.raises(BadQuestion, match=f"{quay} and {quay} are one event already."):
        full.merge(quay, quay, person=PERSON)
    for told_of in (["nobody"], ["herald-protest"], ["front-quay", "nobody"], [claim_of("gazette-quay", "hung").id]):
        with pytest.raises(BadQuestion, match=rf"Event {quay} has no claim or report .*; `according event {quay}` lists those it has\."):
            full.split(quay, told_of, person=PERSON)
    for told_of in (["front-quay", "gazette-quay"], []):
        with pytest.raises(BadQuestion, match=f"A split leaves claims on both sides: name some of event {quay}, not none and not all."):
            full.split(quay, told_of, person=PERSON)
    full.merge(quay, protest, person=PERSON)
    with pytest.raises(BadQuestion, match=f"{protest} and {quay} are one event already."):
        full.merge(protest, quay, person=PERSON)
    full.split(quay, ["herald-protest", "radio-protest"], person=PERSON)
    assert kept(full) == before
    assert len(full.event_decisions()) == 2


# Asking


ASKED = [
    (Question(), ["strike", "quay", "protest", "bomb", "plan"]),
    (Question(limit=2), ["strike", "quay"]),
    (Question(types=ClaimType.PROTEST), ["protest"]),
    (Question(types=ClaimType.DESTRUCTION), ["strike"]),
    (Question(types=ClaimType.CONTROL), []),
    (Question(types=(ClaimType.TAKES_TERRITORY, ClaimType.BOMBING)), ["quay", "bomb", "plan"]),
    (Question(places="corith"), ["bomb", "plan"]),
    (Question(countries="VM"), ["strike", "quay", "protest", "bomb", "plan"]),
    (Question(countries="SY"), []),
    (Question(since=date(2031, 3, 16)), ["bomb", "plan"]),
    (Question(until=date(2031, 3, 10)), ["strike", "quay"]),
    (Question(box=Box(-23, -43, -20, -40)), ["strike", "quay"]),
    (Question(near=Near(-44.4, -24.3, 10)), ["protest"]),
    (Question(near=Near(CORITH[1], CORITH[2], 10)), ["bomb", "plan"]),
    (Question(actors="front"), ["quay"]),
    (Question(speakers="ministry"), ["strike"]),
    (Question(speakers="-", types=ClaimType.AIR_STRIKE), ["strike"]),
    (Question(statuses=Status.DENIED), ["strike"]),
    (Question(statuses=Status.PLANNED), ["plan"]),
    (Question(measures=Measure.PARTICIPANTS), ["protest"]),
    (Question(words="tannery"), ["bomb"]),
    (Question(reports="wire-roundup"), ["strike", "bomb"]),
    (Question(sources="The Hill Gazette"), ["strike", "quay"]),
    (Question(known_until=date(2031, 3, 11)), ["strike", "quay"]),
    (Question(known_since=date(2031, 3, 20)), ["strike", "bomb"]),
    (Question(reports="mirror-strike", independent=True), []),
    (Question(reports="mirror-strike"), ["strike"]),
]


@pytest.mark.parametrize(("question", "found"), ASKED, ids=lambda value: ",".join(value) if isinstance(value, list) else "")
def test_a_filter_asks_for_the_events_with_such_a_claim_and_they_are_told_whole(
    asked: tuple[Ledger, dict[str, str]], question: Question, found: list[str]
) -> None:
    ledger, ids = asked
    events = list(ledger.events(question))
    assert [event.id for event in events] == [ids[name] for name in found]
    for event, name in zip(events, found, strict=True):
        assert sorted((s.claim.report, s.claim.trigger.text) for s in event.said) == sorted(EVENTS[name])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, dict[str, str]]]:
    """One ledger for all questions, which do not change it, and the ids of its events."""
    if request.param == "sqlite":
        yield from _to_ask(str(tmp_path_factory.mktemp("asked") / "a.db"))
    else:
        with request.getfixturevalue("postgresql_server").database() as url:
            yield from _to_ask(url)


def _to_ask(where: str) -> Iterator[tuple[Ledger, dict[str, str]]]:
    with Ledger(where, create=True) as ledger:
        take(ledger)
        yield ledger, {name: id_of(ledger, *pairs[0]) for name, pairs in EVENTS.items()}


def test_an_event_without_a_day_comes_last(asked: tuple[Ledger, dict[str, str]], tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, "gazette-quay", "staff-plan")
        captured, hung = PAPERS["gazette-quay"].claims
        recode(ledger, "gazette-quay", [replace(captured, time=None), hung])
        assert [event.said[0].claim.trigger.text for event in ledger.events()] == ["storm", "captured"]


def test_each_report_is_told_with_the_event_that_it_tells_most_of(asked: tuple[Ledger, dict[str, str]]) -> None:
    ledger, ids = asked
    found = dict(ledger.told_by())
    assert list(found) == [row.id for row in ledger.reports()]
    # Of the round-up's two events the one that more reports tell of.
    wanted = {report: name for name, pairs in EVENTS.items() for report, _ in pairs} | {"wire-roundup": "strike"}
    assert found == {report: ids[name] for report, name in wanted.items()}
    assert dict(ledger.told_by(Question(sources="Velmar Army"))) == {"army-denial": ids["strike"], "staff-plan": ids["plan"]}
    assert list(ledger.told_by(Question(reports="nobody"))) == []


def test_a_report_that_tells_of_no_event_is_told_with_none(ledger: Ledger) -> None:
    take(ledger, "wire-roundup")
    recode(ledger, "wire-roundup", [claim_of("wire-roundup", "cost")])
    assert list(ledger.told_by()) == [("wire-roundup", None)]
    assert list(ledger.events()) == []
    assert_whole(ledger)


def test_tolls_are_told_as_series_and_who_holds_what_as_holdings(asked: tuple[Ledger, dict[str, str]]) -> None:
    ledger, _ = asked
    assert sorted((toll.claim, toll.low) for series in ledger.series() for toll in series.tolls) == sorted(
        [(ref("wire-roundup", "cost")[1], 300), (ref("staff-plan", "lost")[1], 450)]
    )
    assert [toll.low for series in ledger.series(Question(sources="The Wire")) for toll in series.tolls] == [300]
    [holding] = ledger.holdings()
    assert (holding.site.name, holding.name, holding.since) == ("Belen Quay", "the Sulin Front", date(2031, 3, 10))
    assert {e.claim for e in (*holding.evidence, *holding.rivals)} == {
        ref(*pair)[1] for pair in (("gazette-quay", "captured"), ("gazette-quay", "hung"), ("front-quay", "took"))
    }
    assert ledger.holdings(known=date(2031, 3, 10)) == []
    [early] = ledger.holdings(known=date(2031, 3, 11))
    assert {e.cited.id for e in early.evidence} == {"gazette-quay"}
    assert ledger.holdings(Question(types=ClaimType.PROTEST, places="Ostrel")) == []


# All of it in any order


CHANGES = ["take", "take", "take", "forget", "drop", "move", "shift", "restore", "reject", "accept"]
STEPS = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.sampled_from(NAMES))
    | st.tuples(st.sampled_from(["merge", "split", "group", "mend"]), st.integers(0, 20)),
    min_size=4,
    max_size=14,
)  # fmt: skip


@settings(ONE_LEDGER, max_examples=30)
@given(steps=STEPS)
def test_whatever_was_done_events_follow_from_what_is_there_and_no_id_dies(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "steps"
    folder.mkdir(exist_ok=True)
    with fresh(folder) as ledger:
        take(ledger, *NAMES[:6])
        _run(ledger, steps)
        path = Path(ledger.where)
    path.unlink()


def _run(ledger: Ledger, steps: list[Any]) -> None:
    there, gone = set(NAMES[:6]), set()
    led: dict[str, set[tuple[str, str]]] = {}  # for each id that there ever was the claims of the event that it led to last
    for what, which in [*steps, ("group", 0)]:
        if what == "take" and which not in gone:
            take(ledger, which)
            there.add(which)
        elif isinstance(which, str) and which in there:
            _change(ledger, what, which)
            if what == "forget":
                there.discard(which)
                gone.add(which)
        elif what == "mend":
            ledger.mend()
        elif what in ("merge", "split"):
            _assert_ids_live(ledger, led)
            _decide(ledger, what, which)
            _assert_ids_live(ledger, led)
        elif what == "group":
            _assert_ids_live(ledger, led)
    assert_whole(ledger)
    left = kept(ledger)
    assert made_anew(ledger) == left


def _change(ledger: Ledger, what: str, name: str) -> None:
    claims = PAPERS[name].claims
    if what == "forget":
        ledger.forget(name, "as asked")
    elif what == "drop":
        recode(ledger, name, claims[1:])
    elif what == "move":
        recode(ledger, name, [moved(claim, date(2031, 3, 20)) if claim.time else claim for claim in claims])
    elif what == "shift":
        recode(ledger, name, [shifted(claims[0]), *claims[1:]])
    elif what == "restore":
        recode(ledger, name, claims)
    elif what in ("reject", "accept") and claims[0].id in {row.claim.id for row in ledger.claims(Question(reports=name, rejected=True))}:
        ledger.decide(claims[0].id, what, report=name, person=PERSON)


def _decide(ledger: Ledger, what: str, which: int) -> None:
    events = list(ledger.events())
    if what == "merge" and len(events) > 1:
        ledger.merge(events[which % len(events)].id, events[(which + 1) % len(events)].id, person=PERSON)
    elif what == "split" and (several := [event for event in events if len(event.said) > 1]):
        event = several[which % len(several)]
        reports = sorted({said.cited.key for said in event.said})
        some = reports[: 1 + which % (len(reports) - 1)] if len(reports) > 1 else [event.said[0].claim.id]
        one, other = ledger.split(event.id, some, person=PERSON)
        assert one != other


def _assert_ids_live(ledger: Ledger, led: dict[str, set[tuple[str, str]]]) -> None:
    """Each id leads to an event with a claim that it led to last, or it is told that nothing tells of it any more."""
    there = told(ledger)
    standing = {ref for refs in there.values() for ref in refs}
    for id, refs in led.items():
        try:
            now = {(s.cited.key, s.claim.id) for s in ledger.event(id).said}
        except NotInLedger as error:
            assert str(error).startswith(f"{GONE} {id} any more"), error
            assert not refs & standing, f"{id} leads nowhere, and its claims still stand"
            now = set()
        assert refs & now or not refs & standing, f"{id} leads to what it never led to"
        led[id] = now
    led.update((id, set(refs)) for id, refs in there.items())


def test_a_long_history_drawn_at_random_ends_the_same_on_both_databases(ledger: Ledger) -> None:
    chance = random.Random(7)
    steps: list[Any] = []
    for _ in range(60):
        deciding = chance.random() < 0.3
        steps.append(
            (chance.choice(["merge", "split", "group", "mend"]), chance.randrange(20))
            if deciding
            else (chance.choice(CHANGES), chance.choice(NAMES))
        )
    take(ledger, *NAMES[:6])
    _run(ledger, steps)
    assert len(ledger.event_decisions()) > 3
