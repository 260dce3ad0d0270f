"""Decisions are only added; what a person said of a claim stands over what the machine says, whatever that says later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from according.errors import BadRecord, NotInLedger
from according.ledger.answers import ClaimRow
from according.ledger.deciding import Verdict
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import Claim, Party, Place, Span, Status
from hand_ledger import PERSON, claim, dump, machine, put
from ledger_of_hand import CLAIMS, REPORT, THIRD, span

FIRST, SECOND = CLAIMS[0], CLAIMS[1]
RIGHT = replace(FIRST, status=Status.PLANNED, place=Place(span("Tal Hamra"), "Tall Ḩamrā", country="SY"), target=(Party(span("rebels")),))
OTHERWISE = replace(FIRST, confidence=0.1, actor=())


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        put(ledger, REPORT, CLAIMS)
        yield ledger


def row(ledger: Ledger, identity: str = FIRST.id) -> ClaimRow | None:
    return next((row for row in dump(ledger) if row.claim.id == identity), None)


def decide(ledger: Ledger, verdict: Verdict | str, correction: Claim | None = None, note: str | None = None) -> None:
    ledger.decide(FIRST.id, verdict, report=REPORT.id, person=PERSON, correction=correction, note=note)


def as_told(ledger: Ledger) -> tuple[Claim, str | None, bool, bool] | None:
    found = row(ledger)
    return found and (found.claim, found.verdict, found.corrected, found.withdrawn)


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_verdict_is_seen_on_the_claim_and_changes_nothing_else(ledger: Ledger, verdict: str) -> None:
    before = dump(ledger)
    decide(ledger, verdict, note="seen on film")
    assert as_told(ledger) == (FIRST, verdict, False, False)
    assert [other for other in dump(ledger) if other.claim.id != FIRST.id] == [other for other in before if other.claim.id != FIRST.id]
    [decision] = ledger.decisions(REPORT.id)
    assert (decision.verdict, decision.person, decision.seen, decision.note) == (Verdict(verdict), PERSON, FIRST, "seen on film")


def test_a_rejected_claim_is_told_only_where_rejected_ones_are_asked_for(ledger: Ledger) -> None:
    decide(ledger, "reject")
    assert FIRST.id not in {found.claim.id for found in ledger.claims()}
    assert FIRST.id in {found.claim.id for found in ledger.claims(Question(rejected=True))}


def test_decisions_are_added_and_none_is_changed(ledger: Ledger) -> None:
    told = []
    for verdict, correction in (("unsure", None), ("correct", RIGHT), ("accept", None), ("reject", None)):
        decide(ledger, verdict, correction)
        decisions = ledger.decisions(REPORT.id)
        assert decisions[:-1] == told
        told = decisions
    assert [decision.seen for decision in told] == [FIRST, FIRST, RIGHT, RIGHT]
    assert [decision.correction for decision in told] == [None, RIGHT, None, None]


def test_a_correction_is_laid_over_the_claim_and_found_by_what_it_says(ledger: Ledger) -> None:
    decide(ledger, "correct", RIGHT)
    assert as_told(ledger) == (RIGHT, "correct", True, False)
    found = ledger.claims(Question(countries=("SY",), targets=("rebels",), statuses=(Status.PLANNED,)))
    assert [told.claim for told in found] == [RIGHT]
    assert FIRST.id not in {told.claim.id for told in ledger.claims(Question(statuses=(Status.HAPPENED,)))}


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_verdict_on_a_corrected_claim_does_not_bring_the_machines_words_back(ledger: Ledger, verdict: str) -> None:
    decide(ledger, "correct", RIGHT)
    decide(ledger, verdict)
    assert as_told(ledger) == (RIGHT, verdict, True, False)


def test_the_last_of_two_corrections_stands(ledger: Ledger) -> None:
    decide(ledger, "correct", RIGHT)
    decide(ledger, "correct", replace(RIGHT, status=Status.DENIED))
    assert as_told(ledger) == (replace(RIGHT, status=Status.DENIED), "correct", True, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(RIGHT, place=Place(Span(0, 5, "Karsa"))), "“Karsa” do not stand at 0–5"),
        (replace(RIGHT, trigger=Span(len(REPORT.text), len(REPORT.text) + 3, "war")), "“war” do not stand"),
        (replace(RIGHT, id=SECOND.id), "another id or report"),
        (replace(RIGHT, report="other"), "another id or report"),
        (replace(RIGHT, figures=(replace(SECOND.figures[0], min=2**63),)), "a number from 0 to 9,223,372,036,854,775,807"),
        (replace(RIGHT, figures=(replace(SECOND.figures[0], min=-1),)), "a number from 0 to"),
    ],
)
def test_a_correction_that_is_none_is_refused_and_leaves_no_trace(ledger: Ledger, wrong: Claim, said: str) -> None:
    with pytest.raises(BadRecord, match=said):
        decide(ledger, "correct", wrong)
    assert ledger.decisions(REPORT.id) == []
    assert as_told(ledger) == (FIRST, None, False, False)


@pytest.mark.parametrize(("verdict", "correction"), [("correct", None), ("accept", RIGHT), ("reject", RIGHT)])
def test_a_correction_comes_with_its_verdict_and_with_no_other(ledger: Ledger, verdict: str, correction: Claim | None) -> None:
    with pytest.raises(BadRecord, match="a correction comes with the verdict correct"):
        decide(ledger, verdict, correction)


def test_a_claim_or_report_that_is_not_there_cannot_be_decided_on(ledger: Ledger) -> None:
    with pytest.raises(NotInLedger, match="no claim nothing"):
        ledger.decide("nothing", "accept", report=REPORT.id, person=PERSON)
    with pytest.raises(NotInLedger, match="no report nowhere"):
        ledger.decide(FIRST.id, "accept", report="nowhere", person=PERSON)


@pytest.mark.parametrize(
    ("made", "withdrawn"),
    [([FIRST, SECOND], False), ([OTHERWISE, SECOND], False), ([SECOND], True), ([], True)],
    ids=["the same", "otherwise", "not", "nothing"],
)
@pytest.mark.parametrize("verdict", ["accept", "correct", "reject", "unsure"])
def test_what_was_decided_outlives_what_the_machine_makes_anew(ledger: Ledger, verdict: str, made: list[Claim], withdrawn: bool) -> None:
    decide(ledger, verdict, RIGHT if verdict == "correct" else None)
    decisions = ledger.decisions(REPORT.id)
    machine(ledger, REPORT, made)
    machines = next((claim for claim in made if claim.id == FIRST.id), FIRST)
    stands = RIGHT if verdict == "correct" else machines
    assert as_told(ledger) == (stands, verdict, verdict == "correct", withdrawn)
    assert ledger.decisions(REPORT.id) == decisions
    assert {told.claim.id for told in dump(ledger)} == {FIRST.id} | {claim.id for claim in made}
    assert (FIRST.id in {told.claim.id for told in ledger.claims(Question(rejected=True))}) is not withdrawn


def test_a_claim_made_again_after_it_was_withdrawn_is_no_more_withdrawn(ledger: Ledger) -> None:
    decide(ledger, "correct", RIGHT)
    machine(ledger, REPORT, [])
    machine(ledger, REPORT, [])
    assert as_told(ledger) == (RIGHT, "correct", True, True)
    machine(ledger, REPORT, [OTHERWISE])
    assert as_told(ledger) == (RIGHT, "correct", True, False)


def test_what_the_machine_says_under_a_correction_is_kept_up_to_date(ledger: Ledger) -> None:
    from according.ledger import deciding, reading

    decide(ledger, "correct", RIGHT)
    for made in ([OTHERWISE, SECOND], [FIRST]):
        machine(ledger, REPORT, made)
        with ledger.reading() as connection:
            assert deciding.machines(connection, reading.number_of(connection, REPORT.id)) == made
    machine(ledger, REPORT, [])
    with ledger.reading() as connection:
        assert deciding.machines(connection, reading.number_of(connection, REPORT.id)) == []


def test_a_withdrawn_claim_can_be_decided_on_again_and_stays_withdrawn(ledger: Ledger) -> None:
    decide(ledger, "accept")
    machine(ledger, REPORT, [])
    decide(ledger, "correct", RIGHT)
    assert as_told(ledger) == (RIGHT, "correct", True, True)


def test_claims_that_nobody_decided_on_go_with_what_the_machine_makes_anew(ledger: Ledger) -> None:
    new = claim(REPORT, THIRD.text[:10])
    machine(ledger, REPORT, [new, replace(SECOND, confidence=0.2)])
    assert [told.claim for told in dump(ledger)] == [replace(SECOND, confidence=0.2), new]


def test_a_decision_on_one_version_says_nothing_of_another(ledger: Ledger) -> None:
    from according.ledger.keys import report_key

    newer = replace(REPORT, title="Army retakes Tal Hamra again", published=None)
    put(ledger, newer, CLAIMS, place="b", item="b")
    ledger.decide(FIRST.id, "reject", report=report_key(newer), person=PERSON)
    verdicts = {told.report.key: told.verdict for told in dump(ledger) if told.claim.id == FIRST.id}
    assert verdicts == {report_key(newer): "reject", report_key(REPORT): None}
