"""What comes next to be reviewed: the order of the queue, what is in it and what is not, flags, second looks, and taking back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from according.errors import BadQuestion, BadRecord, ChangedMeanwhile, NotInLedger
from according.events.event import Corroboration
from according.ledger.deciding import Verdict, standing
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.review import Review
from according.ledger.reviewing import Queue, Spot, Tier
from according.model import Claim, ClaimType, Figure, Measure, Place, Report, Status, When
from hand_ledger import claim as made_of
from hand_ledger import dump, execute, machine, put, span
from ledger_of_hand import CLAIMS, REPORT
from test_ledger_deciding import RIGHT, row
from told_events import PAPERS, claim_of, ref, take

FIRST = CLAIMS[0]


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


def queue(ledger: Ledger, person: str = "amina", **more: object) -> list[Spot]:
    """All of it, one after the other."""
    review = ledger.review(Queue(person, **more))  # type: ignore[arg-type]
    found: list[Spot] = []
    while spot := review.next(found[-1] if found else None):
        assert spot not in found
        found.append(spot)
    return found


def named(spots: list[Spot]) -> list[tuple[str, str]]:
    """Each by its report's id and its trigger."""
    known = {(paper.key, claim.id): (name, claim.trigger.text) for name, paper in PAPERS.items() for claim in paper.claims}
    return [known[spot.report, spot.claim] for spot in spots]


def decide(ledger: Ledger, paper: str, trigger: str, verdict: str = "accept", person: str = "amina", **more: object) -> None:
    key, claim = ref(paper, trigger)
    ledger.decide(claim, verdict, report=key, person=person, **more)  # type: ignore[arg-type]


# The order.


def single(n: int, **more: object) -> tuple[Report, Claim]:
    """A report with one claim, which nobody else tells of."""
    text = f"Word{n} came of number{n} near town{n} on day{n}."
    report = Report(f"r{n}", text, f"Report {n}", date(2031, 1, 1), f"Source {n}")
    return report, made_of(report, f"Word{n}", **({"confidence": 0.75} | more))


def figure(report_text: str, n: int, measure: Measure, low: int) -> Figure:
    return Figure(span(report_text, f"number{n}"), measure, None, low, low)


def ordered(ledger: Ledger, told: list[tuple[Report, Claim]]) -> list[str]:
    for n, (report, claim) in enumerate(told):
        put(ledger, report, [claim], place=f"/in/{n}", item=str(n))
    ids = {claim.id: report.id for report, claim in told}
    return [ids[spot.claim] for spot in queue(ledger)]


def test_what_more_hangs_on_comes_first(ledger: Ledger) -> None:
    told = [single(n) for n in range(7)]
    measures = [(Measure.KILLED, 1), (Measure.KILLED, 100), (Measure.DISPLACED, 100_000), (Measure.INJURED, 29), (Measure.STRIKES, 5000)]
    for n, (measure, low) in enumerate(measures):
        report, claim = told[n]
        told[n] = report, replace(claim, figures=(figure(report.text, n, measure, low),), confidence=0.7 + n / 1000)
    told[5] = told[5][0], replace(told[5][1], type=ClaimType.CONTROL, confidence=0.75)
    told[6] = told[6][0], replace(told[6][1], confidence=0.74)
    assert ordered(ledger, told) == ["r2", "r1", "r5", "r0", "r3", "r4", "r6"]


def test_what_is_more_doubtful_comes_first(ledger: Ledger) -> None:
    told = [single(n, confidence=0.9) for n in range(5)]
    vague_place = replace(told[1][1], place=Place(span(told[1][0].text, "town1")))
    unsure_place = replace(told[2][1], place=Place(span(told[2][0].text, "town2"), lat=1.0, lon=1.0, score=0.4), confidence=0.91)
    vague_time = replace(told[3][1], time=When(span(told[3][0].text, "day3")), confidence=0.92)
    told[1:4] = [(told[1][0], vague_place), (told[2][0], unsure_place), (told[3][0], vague_time)]
    told[4] = told[4][0], replace(told[4][1], confidence=0.75)
    assert ordered(ledger, told) == ["r1", "r2", "r3", "r4", "r0"]


def test_what_accounts_contradict_comes_before_what_they_agree_on(ledger: Ledger) -> None:
    take(ledger)
    found = queue(ledger)
    graded = {event.grade: {(s.cited.key, s.claim.id) for s in event.said} for event in ledger.events()}
    disputed = graded.get(Corroboration.CONTESTED, set()) | graded.get(Corroboration.DENIED, set())
    assert disputed
    # Of the same numbers and doubt.
    killed = [spot for spot in found if (spot.report, spot.claim) in (ref("gazette-strike", "struck"), ref("wire-roundup", "cost"))]
    assert [(spot.report, spot.claim) in disputed for spot in killed] == [True, False]
    assert [spot.worth for spot in found] == sorted((spot.worth for spot in found), reverse=True)


def test_the_queue_is_the_same_for_everybody_and_after_reports_came_in_another_order(ledger_url: str, tmp_path: object) -> None:
    with Ledger(ledger_url, create=True) as ledger, Ledger(f"{tmp_path}/other.db", create=True) as other:
        take(ledger)
        take(other, *reversed(PAPERS))
        assert named(queue(ledger)) == named(queue(ledger, "rashid")) == named(queue(other))


def test_a_copy_is_not_reviewed_and_its_original_is_once(ledger: Ledger) -> None:
    take(ledger)
    found = named(queue(ledger))
    assert ("gazette-strike", "struck") in found
    assert not [name for name, _ in found if name == "mirror-strike"]
    assert len(found) == sum(len(paper.claims) for name, paper in PAPERS.items() if name != "mirror-strike")


def test_only_the_newest_version_is_reviewed(ledger: Ledger) -> None:
    for n, title in enumerate(("Old", "New")):
        report = replace(REPORT, title=title, url="https://example.org/a", published=date(2031, 5, 4 + n))
        put(ledger, report, CLAIMS, place=f"/in/{n}", item=str(n))
    assert {ledger.report(spot.report).title for spot in queue(ledger)} == {"New"}
    assert len(queue(ledger)) == len(CLAIMS)


def test_withdrawn_claims_are_not_reviewed(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(FIRST.id, "unsure", report=REPORT.id, person="amina")
    machine(ledger, REPORT, CLAIMS[1:])
    assert FIRST.id not in {spot.claim for spot in queue(ledger)}


def test_filters_narrow_the_queue_and_grades_do(ledger: Ledger) -> None:
    take(ledger)
    assert {name for name, _ in named(queue(ledger, question=Question(places="Ostrel")))} == {"herald-protest", "radio-protest"}
    assert named(queue(ledger, question=Question(words="tannery"))) == [("wire-roundup", "exploded")]
    disputed = [event for event in ledger.events() if event.grade is Corroboration.DENIED]
    wanted = {(s.cited.key, s.claim.id) for event in disputed for s in event.said} - {ref("mirror-strike", "struck")}
    assert {(spot.report, spot.claim) for spot in queue(ledger, grades=(Corroboration.DENIED,))} == wanted
    assert ledger.review(Queue("amina", question=Question(places="Ostrel"))).progress().claims == 2


def test_there_and_back(ledger: Ledger) -> None:
    take(ledger)
    review = ledger.review(Queue("amina"))
    spots = queue(ledger)
    assert [review.previous(spot) for spot in spots] == [None, *spots[:-1]]
    assert [Spot.read(str(spot)) for spot in spots] == spots
    for spot in spots[:3]:
        docket = review.docket(spot.report, spot.claim)
        assert (docket.spot, docket.worth.number) == (spot, spot.worth)


@pytest.mark.parametrize("told", ["", "1", "9:1.0:a:b", "1:x:a:b", "1:1.0:a:b:c"])
def test_a_spot_that_is_none_is_refused(told: str) -> None:
    with pytest.raises(BadQuestion):
        Spot.read(told)


# What has been decided, flagged, left unsure.


def test_decided_claims_are_out_unsure_and_flagged_ones_come_last(ledger: Ledger) -> None:
    take(ledger)
    first, second, third, *rest = queue(ledger)
    review = ledger.review(Queue("amina"))
    ledger.decide(first.claim, "unsure", report=first.report, person="amina")
    review.flag(second.claim, report=second.report, note="look at the date")
    ledger.decide(third.claim, "reject", report=third.report, person="amina")
    found = [(spot.tier, spot.claim) for spot in queue(ledger)]
    assert {claim for tier, claim in found if tier is Tier.OPEN} == {spot.claim for spot in rest}
    assert found[-2:] == [(Tier.FLAGGED, second.claim), (Tier.UNSURE, first.claim)]
    assert [spot.claim for spot in queue(ledger, tiers=frozenset({Tier.FLAGGED}))] == [second.claim]
    assert [spot.claim for spot in queue(ledger, tiers=frozenset({Tier.UNSURE}))] == [first.claim]


def test_a_flag_is_settled_once_somebody_decides(ledger: Ledger) -> None:
    take(ledger, "lamp-bomb")
    key, claim = ref("lamp-bomb", "exploded")
    review = ledger.review(Queue("amina"))
    review.flag(claim, report=key, note="whose bomb?")
    [flag] = review.docket(key, claim).flags
    assert (flag.person, flag.note, flag.settled) == ("amina", "whose bomb?", None)
    assert review.progress().flagged == 1
    decide(ledger, "lamp-bomb", "exploded", person="rashid")
    [flag] = review.docket(key, claim).flags
    assert flag.settled is not None
    assert review.progress().flagged == 0
    decide(ledger, "lamp-bomb", "exploded", "undo", person="rashid")
    assert review.docket(key, claim).flags == (flag,)
    with pytest.raises(NotInLedger):
        review.flag("0" * 16, report=key)


def test_progress_counts_claims_and_decisions_by_person(ledger: Ledger) -> None:
    take(ledger)
    review = ledger.review(Queue("amina"))
    before = review.progress()
    assert (before.decided, before.today, before.people) == (0, 0, ())
    decide(ledger, "lamp-bomb", "exploded")
    decide(ledger, "front-quay", "took", "unsure")
    decide(ledger, "front-quay", "took", "reject", "rashid")
    decide(ledger, "front-quay", "took", "undo", "rashid")
    found = review.progress()
    assert (found.claims, found.decided, found.unsure, found.today) == (before.claims, 2, 1, 2)
    assert found.people == (("amina", 2, 2), ("rashid", 0, 0))


# Taking back.


@pytest.mark.parametrize("verdict", ["accept", "correct", "reject", "unsure"])
def test_what_is_taken_back_counts_for_nothing_and_stays_on_record(ledger: Ledger, verdict: str) -> None:
    put(ledger, REPORT, CLAIMS)
    before = dump(ledger)
    ledger.decide(FIRST.id, verdict, report=REPORT.id, person="amina", correction=RIGHT if verdict == "correct" else None)
    assert dump(ledger) != before
    ledger.decide(FIRST.id, "undo", report=REPORT.id, person="amina", note="a slip")
    assert dump(ledger) == before
    assert [(d.verdict, d.person) for d in ledger.decisions(REPORT.id)] == [(verdict, "amina"), ("undo", "amina")]
    assert list(ledger.faults()) == []
    assert FIRST.id in {spot.claim for spot in queue(ledger)}


def test_a_person_takes_back_his_own_last_decision_and_no_other(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)

    def say(person: str, verdict: str, correction: Claim | None = None) -> tuple[str | None, bool, Status]:
        ledger.decide(FIRST.id, verdict, report=REPORT.id, person=person, correction=correction)
        found = row(ledger)
        assert found is not None
        return found.verdict, found.corrected, found.claim.status

    assert say("amina", "correct", RIGHT) == ("correct", True, RIGHT.status)
    assert say("rashid", "reject") == ("reject", True, RIGHT.status)
    assert say("amina", "undo") == ("reject", False, FIRST.status)
    assert say("amina", "accept") == ("accept", False, FIRST.status)
    assert say("rashid", "undo") == ("accept", False, FIRST.status)
    for person in ("rashid", "nobody"):
        with pytest.raises(BadRecord, match="nothing on it that could be taken back"):
            say(person, "undo")
    assert say("amina", "undo") == (None, False, FIRST.status)
    assert len(ledger.decisions(REPORT.id)) == 6
    assert list(ledger.faults()) == []


def test_taking_back_twice_takes_back_two(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    for verdict in ("accept", "reject", "undo", "undo"):
        ledger.decide(FIRST.id, verdict, report=REPORT.id, person="amina")
    assert standing(ledger.decisions(REPORT.id)) == []
    found = row(ledger)
    assert found is not None and found.verdict is None


def test_a_correction_taken_back_stays_so_where_the_machine_makes_the_claim_anew(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(FIRST.id, "correct", report=REPORT.id, person="amina", correction=RIGHT)
    ledger.decide(FIRST.id, "undo", report=REPORT.id, person="amina")
    again = replace(FIRST, confidence=0.2)
    machine(ledger, REPORT, [again, *CLAIMS[1:]])
    found = row(ledger)
    assert found is not None
    assert (found.claim, found.verdict, found.corrected, found.withdrawn) == (again, None, False, False)


def test_taking_a_rejection_back_brings_the_claim_back_into_its_event(ledger: Ledger) -> None:
    take(ledger, "wire-roundup", "lamp-bomb")
    claims = ref("lamp-bomb", "exploded")

    def told() -> set[tuple[str, str]]:
        return {(s.cited.key, s.claim.id) for event in ledger.events() for s in event.said}

    before = told()
    assert claims in before
    decide(ledger, "lamp-bomb", "exploded", "reject")
    assert told() == before - {claims}
    decide(ledger, "lamp-bomb", "exploded", "undo")
    assert told() == before


def test_the_doctor_sees_a_verdict_that_was_taken_back_or_never_given(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(FIRST.id, "accept", report=REPORT.id, person="amina")
    ledger.decide(FIRST.id, "undo", report=REPORT.id, person="amina")
    execute(ledger, f"UPDATE claims SET verdict = 'accept' WHERE id = '{FIRST.id}'")
    [fault] = ledger.faults()
    assert fault.kind == "decision" and FIRST.id in fault.message


def test_the_last_decision_of_a_person_is_one_that_stands(ledger: Ledger) -> None:
    take(ledger)
    review = ledger.review(Queue("amina"))
    assert review.last() is None
    decide(ledger, "lamp-bomb", "exploded")
    decide(ledger, "front-quay", "took")
    decide(ledger, "front-quay", "took", person="rashid")
    last = review.last()
    assert last is not None and (last.report, last.claim) == ref("front-quay", "took")
    before = review.last(last.number)
    assert before is not None and (before.report, before.claim) == ref("lamp-bomb", "exploded")
    decide(ledger, "front-quay", "took", "undo")
    assert review.last() == before
    decide(ledger, "lamp-bomb", "exploded", "undo")
    assert review.last() is None


def test_who_has_not_seen_the_last_decision_decides_nothing(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)

    def say(person: str, verdict: str, last: int) -> None:
        ledger.decide(FIRST.id, verdict, report=REPORT.id, person=person, last=last)

    say("amina", "accept", 0)
    [made] = ledger.decisions(REPORT.id)
    with pytest.raises(ChangedMeanwhile, match="amina"):
        say("rashid", "reject", 0)
    assert ledger.decisions(REPORT.id) == [made]
    say("rashid", "reject", made.number)
    with pytest.raises(ChangedMeanwhile, match="rashid"):
        say("amina", "undo", made.number)
    assert [d.verdict for d in ledger.decisions(REPORT.id)] == [Verdict.ACCEPT, Verdict.REJECT]


# Second looks.


def looks(ledger: Ledger, person: str, share: float = 1.0) -> list[tuple[str, str]]:
    return named(queue(ledger, person, share=share, tiers=frozenset({Tier.SECOND})))


def seen_by(ledger: Ledger, person: str, share: float = 1.0) -> Review:
    return ledger.review(Queue(person, share))


def test_another_person_looks_at_what_was_decided_as_the_first_one_saw_it(ledger: Ledger) -> None:
    take(ledger)
    key, claim = ref("lamp-bomb", "exploded")
    right = replace(claim_of("lamp-bomb", "exploded"), status=Status.POSSIBLE)
    decide(ledger, "lamp-bomb", "exploded", "correct", correction=right)
    assert looks(ledger, "amina") == []
    assert looks(ledger, "rashid") == [("lamp-bomb", "exploded")]
    assert queue(ledger, "rashid", share=1.0)[0].tier is Tier.SECOND
    review = seen_by(ledger, "rashid")
    assert review.seconds_left() == 1
    assert review.first_seen(claim, report=key) == claim_of("lamp-bomb", "exploded")
    before, decisions = dump(ledger), ledger.decisions(key)
    review.second(claim, "reject", report=key, note="no such bomb")
    assert (dump(ledger), ledger.decisions(key)) == (before, decisions)
    assert looks(ledger, "rashid") == looks(ledger, "zoya") == []
    [twice] = review.twice()
    assert (twice.first.person, twice.first.correction) == ("amina", right)
    assert [(d.person, d.verdict, d.seen, d.note) for d in twice.seconds] == [
        ("rashid", "reject", claim_of("lamp-bomb", "exploded"), "no such bomb")
    ]


def test_who_knows_what_was_decided_gives_no_second_opinion(ledger: Ledger) -> None:
    take(ledger)
    key, claim = ref("lamp-bomb", "exploded")
    with pytest.raises(BadRecord):
        seen_by(ledger, "rashid").second(claim, "accept", report=key)
    decide(ledger, "lamp-bomb", "exploded")
    with pytest.raises(BadRecord):
        seen_by(ledger, "amina").second(claim, "accept", report=key)
    seen_by(ledger, "rashid").second(claim, "accept", report=key)
    with pytest.raises(BadRecord):
        seen_by(ledger, "rashid").second(claim, "reject", report=key)
    with pytest.raises(BadRecord):
        seen_by(ledger, "zoya").second(claim, "undo", report=key)
    with pytest.raises(BadRecord, match="comes with the verdict"):
        seen_by(ledger, "zoya").second(claim, "correct", report=key)


def test_the_share_is_of_claims_the_same_ones_for_everybody_and_grows(ledger: Ledger) -> None:
    take(ledger)
    for spot in queue(ledger):
        ledger.decide(spot.claim, "accept", report=spot.report, person="amina")
    every, half, none = (looks(ledger, "rashid", share) for share in (1.0, 0.5, 0.0))
    assert len(every) == len(queue(ledger, "zoya", share=1.0)) and none == []
    assert set(half) < set(every) and half
    assert half == looks(ledger, "zoya", 0.5)
    apart = next(name for name in every if name not in half)
    with pytest.raises(BadRecord):
        seen_by(ledger, "rashid", 0.5).second(ref(*apart)[1], "accept", report=ref(*apart)[0])


def test_what_the_first_took_back_is_compared_with_nothing(ledger: Ledger) -> None:
    take(ledger)
    key, claim = ref("lamp-bomb", "exploded")
    decide(ledger, "lamp-bomb", "exploded")
    seen_by(ledger, "rashid").second(claim, "accept", report=key)
    decide(ledger, "lamp-bomb", "exploded", "undo")
    assert seen_by(ledger, "rashid").twice() == []
