"""What holds of a ledger for all reports, claims and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.ledger.keys import indexed, report_key
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import (
    Anchor,
    Claim,
    ClaimType,
    Figure,
    Located,
    Manner,
    Measure,
    Party,
    Place,
    Precision,
    Report,
    Span,
    Status,
    When,
    claim_id,
)
from hand_ledger import PERSON, dump, emptied, machine, put
from ledger_of_hand import CLAIMS, REPORT

# One ledger for all examples of a test, emptied before each.
ONE_LEDGER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
# A ledger has no room for these: see test_ledger_storing.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
told = st.none() | words
days = st.none() | st.dates(max_value=date(9998, 12, 31))
numbers = st.none() | st.integers(0, 2**63 - 1)
reals = st.none() | st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span.of(text, start, draw(st.integers(start + 1, len(text))))


def ordered(pair: tuple[object, object]) -> tuple[object, object]:
    return pair if None in pair else tuple(sorted(pair))  # type: ignore[return-value, type-var]


@st.composite
def claims(draw: st.DrawFn, report: Report) -> Claim:
    span = spans(report.text)
    places = st.builds(
        Place, span, told, st.none() | st.integers(0, 2**31 - 1), reals, reals, told, told, told, told,
        st.none() | st.sampled_from(Located),
        reals, reals, told,
    )  # fmt: skip
    parties = st.lists(st.builds(Party, span, told), max_size=3).map(tuple)
    first, last = ordered(draw(st.tuples(days, days)))
    low, high = ordered(draw(st.tuples(numbers, numbers)))
    figure = st.builds(Figure, span, st.sampled_from(Measure), told, st.just(low), st.just(high), st.booleans(), st.booleans())
    when = st.builds(
        When, span, st.just(first), st.just(last), st.none() | st.sampled_from(Precision), st.none() | st.sampled_from(Anchor)
    )  # fmt: skip
    trigger, kind = draw(span), draw(st.sampled_from(ClaimType))
    return Claim(
        claim_id(report.text_sha256, trigger, kind), report.id, draw(span), trigger, kind, draw(st.sampled_from(Status)), draw(parties),
        draw(st.sampled_from(Manner)), draw(parties), draw(parties), draw(st.none() | places), tuple(draw(st.lists(places, max_size=2))),
        draw(st.none() | when), tuple(draw(st.lists(figure, max_size=2))), draw(st.none() | st.integers(0, 1000)),
        tuple(draw(st.lists(words, max_size=2))), draw(st.floats(0, 1)),
    )  # fmt: skip


reports = st.builds(
    Report, words, words, title=told, published=days, source=told, byline=told, url=told, language=told, raw_sha256=told, extractor=told,
    dropped=st.lists(words, max_size=2).map(tuple), furniture=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))).map(tuple),
    pages=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3).map(tuple), notes=st.lists(words, max_size=2).map(tuple),
)  # fmt: skip


@ONE_LEDGER
@given(reports, st.data())
def test_any_report_and_its_claims_come_back_equal(ledger: Ledger, report: Report, data: st.DataObject) -> None:
    made = data.draw(st.lists(claims(report), max_size=3, unique_by=lambda claim: claim.id))
    put(emptied(ledger), report, made)
    assert ledger.report(report_key(report)) == report
    assert sorted((row.claim for row in dump(ledger)), key=lambda claim: claim.id) == sorted(made, key=lambda claim: claim.id)


@ONE_LEDGER
@given(st.lists(st.tuples(st.integers(0, 3), st.text("abc", min_size=1, max_size=2)), min_size=1, max_size=8))
def test_a_report_is_kept_once_however_often_and_wherever_it_is_met(ledger: Ledger, met: list[tuple[int, str]]) -> None:
    emptied(ledger)
    for n, place in met:
        put(ledger, replace(REPORT, id=str(n)), [replace(claim, report=str(n)) for claim in CLAIMS[:1]], place=place, item=place)
    assert sorted(row.id for row in ledger.reports()) == sorted({str(n) for n, _ in met})
    assert ledger.status().rows["sightings"] == len(set(met))
    assert len(dump(ledger)) == len({n for n, _ in met})


@dataclass
class Standing:
    """How a claim is to stand, in the plainest words."""

    machine: Claim
    correction: Claim | None = None
    verdict: str | None = None
    withdrawn: bool = False


ACCOUNTS = [CLAIMS[0], replace(CLAIMS[0], confidence=0.1), None]
CORRECTIONS = [replace(CLAIMS[0], status=status) for status in (Status.PLANNED, Status.DENIED)]
steps = st.lists(
    st.sampled_from([*(("machine", account) for account in ACCOUNTS), *(("correct", told) for told in CORRECTIONS)])
    | st.sampled_from([(verdict, None) for verdict in ("accept", "reject", "unsure")]),
    max_size=8,
)


@ONE_LEDGER
@given(steps)
def test_a_claim_stands_as_people_and_machine_said_in_turn(ledger: Ledger, steps: list[tuple[str, Claim | None]]) -> None:
    put(emptied(ledger), REPORT, [CLAIMS[0]])
    standing: Standing | None = Standing(CLAIMS[0])
    decided = 0
    for what, told in steps:
        if what == "machine":
            machine(ledger, REPORT, [told] if told else [])
            if told:
                standing = replace(standing, machine=told, withdrawn=False) if standing else Standing(told)
            elif standing:
                standing = replace(standing, withdrawn=True) if standing.verdict else None
        elif standing:
            ledger.decide(CLAIMS[0].id, what, report=REPORT.id, person=PERSON, correction=told)
            standing = replace(standing, verdict=what, correction=told or standing.correction)
            decided += 1
    found = [(row.claim, row.verdict, row.corrected, row.withdrawn) for row in ledger.claims(Question(rejected=True, withdrawn=True))]
    wanted = standing and (standing.correction or standing.machine, standing.verdict, standing.correction is not None, standing.withdrawn)
    assert found == ([wanted] if wanted else [])
    assert len(ledger.decisions(REPORT.id)) == decided


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50).map(lambda text: text * 60), st.text("ab", max_size=3))
def test_a_name_is_never_too_long_for_an_index_and_others_never_share_it(name: str, end: str) -> None:
    assert len(indexed(name).encode()) <= 2000
    assert indexed(indexed(name)) == indexed(name)
    assert (indexed(name) == indexed(name + end)) is (end == "")
