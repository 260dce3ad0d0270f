"""The audit: nothing is decided without a row, and no row is changed, taken out, moved or cut off without being missed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.errors import BadQuestion, BadRecord, LedgerError, NotInLedger
from according.ledger import audit as auditing
from according.ledger import verifying
from according.ledger.audit import BEGINNING, Act, Head, Row, hash_of
from according.ledger.ledger import Ledger
from according.ledger.reviewing import Queue
from according.ledger.schema import audit, decisions
from hand_ledger import emptied, execute, put
from ledger_of_hand import CLAIMS, REPORT
from told_events import PAPERS, id_of, take

PASSWORD = "seven grey herons at noon"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        put(ledger, REPORT, CLAIMS)
        yield ledger


def rows(ledger: Ledger) -> list[Row]:
    return list(ledger.people.audited())


def told(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Who did what to what, people by their names."""
    names = ledger.people.names()
    return [(names.get(r.person, r.person), r.action, names.get(r.subject, r.subject)) for r in rows(ledger)]


def decide(ledger: Ledger, verdict: str = "accept", person: str = "Amina", claim: int = 0) -> None:
    ledger.decide(CLAIMS[claim].id, verdict, report=REPORT.id, person=person)


def why(ledger: Ledger, *noted: Any) -> str | None:
    broken = ledger.people.verified(*noted).broken
    return broken and broken.why


def test_an_empty_audit_holds(ledger: Ledger) -> None:
    walked = ledger.people.verified()
    assert (walked.head, walked.broken) == (Head(BEGINNING, 0), None)


def test_what_is_decided_is_told(ledger: Ledger) -> None:
    decide(ledger)
    [row] = rows(ledger)
    assert (row.n, row.before, row.action, row.subject) == (1, BEGINNING, "decided", f"claim {CLAIMS[0].id}")
    assert json.loads(row.detail)["verdict"] == "accept"
    assert told(ledger) == [("Amina", "decided", f"claim {CLAIMS[0].id}")]
    assert why(ledger) is None


def test_flags_and_second_looks_are_told(ledger: Ledger) -> None:
    claim = CLAIMS[0].id
    ledger.review(Queue("Bo")).flag(claim, report=REPORT.id)
    decide(ledger)
    ledger.review(Queue("Cem", share=1.0)).second(claim, "reject", report=REPORT.id)
    assert [(who, did) for who, did, _ in told(ledger)] == [("Bo", "flagged"), ("Amina", "decided"), ("Cem", "second_opinion")]
    assert why(ledger) is None
    execute(ledger, "UPDATE second_opinions SET verdict = 'accept'")
    assert why(ledger) == "row 3 tells of second opinion 1, which was changed since"


def test_merges_splits_and_what_is_forgotten_are_told(ledger: Ledger) -> None:
    take(ledger)
    one, other = id_of(ledger, "gazette-strike", "struck"), id_of(ledger, "gazette-quay", "captured")
    into = ledger.merge(one, other, person="Amina")
    ledger.split(into, [PAPERS["gazette-quay"].report.id], person="Bo")
    ledger.forget(REPORT.id, "a witness asked", "Amina")
    ledger.forget("lamp-bomb", "a witness asked")
    assert [(who, did) for who, did, _ in told(ledger)] == [
        ("Amina", "merged"), ("Bo", "split"), ("Amina", "forgot"), ("unknown", "forgot"),
    ]  # fmt: skip
    subjects = [row.subject for row in rows(ledger)]
    assert subjects[0] == f"events {one} {other}" and subjects[1] == f"events {into}"
    assert why(ledger) is None


def test_people_tokens_and_logins_are_told(ledger: Ledger) -> None:
    people = ledger.people
    people.add("Anna", "viewer", PASSWORD, person="local")
    people.change_role("Anna", "editor", person="local")
    people.change_role("Anna", "editor", person="local")  # nothing new
    people.change_password("Anna", PASSWORD + "!", person="Anna")
    people.make_token("Anna", "export", 3, person="Anna")
    people.revoke_token("Anna", "export", person="local")
    session = people.log_in("Anna", PASSWORD + "!")
    assert session
    people.log_out(session)
    people.log_out(session)  # nothing new
    assert people.log_in("Anna", "wrong") is None
    assert people.log_in("what is it? hunter2", "wrong") is None
    people.disable("Anna", person="local")
    people.enable("Anna", person="local")
    people.rename("Anna", "reviewer 3", person="local")
    at, anna = "local", "reviewer 3"
    assert told(ledger) == [
        (at, "user_added", anna), (at, "role", anna), (anna, "password", anna), (anna, "token_made", anna), (at, "token_revoked", anna),
        (anna, "login", anna), (anna, "logout", anna), ("unknown", "login_failed", anna), ("unknown", "login_failed", "unknown"),
        (at, "disabled", anna), (at, "enabled", anna), (at, "renamed", anna),
    ]  # fmt: skip
    assert why(ledger) is None


def test_the_audit_has_no_names_no_secrets_and_no_words_of_reports(ledger: Ledger) -> None:
    people = ledger.people
    people.add("Anna Ólafsdóttir", "admin", PASSWORD, person="local")
    token = people.make_token("Anna Ólafsdóttir", "for Mr Brown", person="Anna Ólafsdóttir")
    session = people.log_in("Anna Ólafsdóttir", PASSWORD)
    people.log_in("typed hunter2 here", "hunter3")
    ledger.decide(CLAIMS[0].id, "accept", report=REPORT.id, person="Anna Ólafsdóttir", note="seen by Karim")
    everything = repr(rows(ledger))
    for secret in ("Anna", PASSWORD, token, token[4:], str(session), "Brown", "hunter", "Karim", CLAIMS[0].trigger.text, REPORT.id):
        assert secret not in everything


def test_what_was_not_decided_has_no_row(ledger: Ledger) -> None:
    with pytest.raises(BadRecord):
        ledger.decide(CLAIMS[0].id, "correct", report=REPORT.id, person="Amina")
    with pytest.raises(NotInLedger):
        ledger.decide("none", "accept", report=REPORT.id, person="Amina")
    with pytest.raises(NotInLedger):
        ledger.forget("none", "no reason")
    assert rows(ledger) == []


def test_what_cannot_be_told_is_not_decided(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise LedgerError("no room")

    monkeypatch.setattr(auditing, "add", full)
    for doing in (
        lambda: decide(ledger),
        lambda: ledger.forget(REPORT.id, "why"),
        lambda: ledger.people.add("A", "admin", None, person="x"),
    ):
        with pytest.raises(LedgerError):
            doing()
    assert ledger.decisions(REPORT.id) == []
    assert ledger.people.all() == []


# What somebody with a database browser might do. Nine rows, of which the middle ones are taken.


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    for n in range(9):
        decide(ledger, ("accept", "reject", "unsure")[n % 3], claim=n % 2)
    return ledger


def change(ledger: Ledger, number: int, /, **values: Any) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.update(audit).where(audit.c.n == number).values(**values))


@pytest.mark.parametrize("n", [1, 5, 9])
@pytest.mark.parametrize(
    "column, value",
    [
        ("at", "2000-01-01T00:00:00Z"), ("person", "user 99"), ("action", "login"), ("subject", "claim 0"), ("detail", "{}"),
        ("before", "f" * 64), ("hash", "e" * 64),
    ],
)  # fmt: skip
def test_a_changed_column_is_named_by_its_row(full: Ledger, n: int, column: str, value: str) -> None:
    change(full, n, **{column: value})
    walked = full.people.verified()
    assert walked.broken and walked.broken.row == n
    assert f"row {n} " in walked.broken.why
    assert walked.head.count == n - 1


def test_each_column_is_tried(full: Ledger) -> None:
    assert {column.name for column in audit.columns} == {"n", "at", "person", "action", "subject", "detail", "before", "hash"}


@pytest.mark.parametrize("n", [1, 5])
def test_another_number_is_named(full: Ledger, n: int) -> None:
    change(full, n, n=100)
    assert why(full) == f"row {n} is missing: after row {n - 1} comes row {n + 1}"


def test_a_row_taken_out_of_the_middle_is_named(full: Ledger) -> None:
    execute(full, "DELETE FROM audit WHERE n = 5")
    assert why(full) == "row 5 is missing: after row 4 comes row 6"


def test_a_row_taken_out_with_the_rest_moved_up_is_named(full: Ledger) -> None:
    execute(full, "DELETE FROM audit WHERE n = 5")
    for n in range(6, 10):
        change(full, n, n=n - 1)
    assert why(full) == "row 5 does not follow row 4: it tells of another hash before it"


def test_rows_in_another_order_are_named(full: Ledger) -> None:
    for n, new in ((4, 100), (5, 4), (100, 5)):
        change(full, n, n=new)
    assert why(full) == "row 4 does not follow row 3: it tells of another hash before it"


def test_a_row_that_was_put_in_is_named(full: Ledger) -> None:
    forged = replace(rows(full)[4], n=10, before=rows(full)[-1].hash, person="user 2")
    values = {name: getattr(forged, name) for name in ("n", "at", "person", "action", "subject", "detail", "before")}
    with full.writing() as connection:
        connection.execute(sa.insert(audit).values(**values, hash="0" * 64))
    assert why(full) == "row 10 was changed: its hash is not that of what it says"


def test_a_changed_row_whose_hash_was_made_anew_breaks_the_next_one(full: Ledger) -> None:
    forged = replace(rows(full)[4], person="user 2")
    change(full, 5, person="user 2", hash=hash_of(forged))
    assert why(full) == "row 6 does not follow row 5: it tells of another hash before it"


def test_an_audit_cut_off_at_its_end_is_seen_against_a_note(full: Ledger) -> None:
    noted = full.people.head()
    assert noted == Head(rows(full)[-1].hash, 9)
    assert why(full, noted.hash, noted.count) is None
    execute(full, "DELETE FROM decisions WHERE n >= 8", "DELETE FROM audit WHERE n >= 8")
    assert why(full) is None
    assert why(full, noted.hash, noted.count) == "row 8 is missing: 9 rows were noted, and there are 7"
    assert why(full, noted.hash) == "the row that was noted is missing: no row has its hash"
    assert why(full, None, noted.count) == "row 8 is missing: 9 rows were noted, and there are 7"


def test_an_audit_that_went_on_since_it_was_noted_holds(full: Ledger) -> None:
    noted = full.people.head()
    decide(full)
    assert why(full, noted.hash, noted.count) is None
    assert why(full, noted.hash) is None
    assert why(full, None, noted.count) is None
    assert why(full, BEGINNING, 0) is None


def test_an_audit_written_anew_is_seen_against_a_note(full: Ledger) -> None:
    noted = full.people.head()
    before = BEGINNING
    for row in rows(full):
        forged = replace(row, before=before, at="2031-01-01T00:00:00Z")
        before = hash_of(forged)
        change(full, row.n, at=forged.at, before=forged.before, hash=before)
    assert why(full) is None
    assert why(full, noted.hash, noted.count) == "row 9 has another hash than was noted: the audit was written anew"
    assert why(full, noted.hash) == "the row that was noted is missing: no row has its hash"


def test_a_note_that_is_none_is_refused(full: Ledger) -> None:
    with pytest.raises(BadQuestion):
        full.people.verified(None, -1)
    assert why(full, "f" * 64, 9) == "row 9 has another hash than was noted: the audit was written anew"


@pytest.mark.parametrize(
    "statement, told",
    [
        ("UPDATE decisions SET verdict = 'accept' WHERE n = 5", "row 5 tells of decision 5, which was changed since"),
        ("UPDATE decisions SET note = 'sure' WHERE n = 5", "row 5 tells of decision 5, which was changed since"),
        ("UPDATE decisions SET claim = 'x' WHERE n = 5", "row 5 tells of decision 5, which was changed since"),
        ("UPDATE decisions SET seen = '{}' WHERE n = 5", "row 5 tells of decision 5, which was changed since"),
        ("UPDATE decisions SET decided = '2000' WHERE n = 5", "row 5 tells of decision 5, which was changed since"),
        ("UPDATE decisions SET person = 'Bo' WHERE n = 5", "row 5 tells of decision 5, which now bears another person's name"),
        ("DELETE FROM decisions WHERE n = 5", "row 5 tells of decision 5, which is not in the ledger any more"),
        (
            "INSERT INTO decisions (n, report, claim, verdict, seen, person, decided) "
            "SELECT 50, report, claim, verdict, seen, person, decided FROM decisions WHERE n = 1",
            "the audit does not tell of decision 50, which stands in the ledger",
        ),
    ],
)  # fmt: skip
def test_a_decision_that_is_not_as_the_audit_tells_is_named(full: Ledger, statement: str, told: str) -> None:
    execute(full, statement)
    assert why(full) == told


def test_a_decision_whose_number_went_to_another_is_missed(full: Ledger) -> None:
    execute(full, "DELETE FROM decisions WHERE n = 9")
    with full.writing() as connection:  # as SQLite does of itself
        number = connection.execute(sa.select(decisions.c.report).limit(1)).scalar_one()
        values = {"report": number, "claim": "x", "verdict": "accept", "seen": "{}", "note": None, "correction": None, "decided": "2031"}
        connection.execute(sa.insert(decisions).values(**values, n=9, person="Amina"))
        sealed = verifying.sealed(values)
        auditing.add(connection, "user 1", Act.DECIDED, "claim x", decision=9, report="k", verdict="accept", sha256=sealed)
    assert why(full) == "row 9 tells of a decision which is not in the ledger any more"


def test_merges_that_are_not_as_the_audit_tells_are_named(ledger: Ledger) -> None:
    take(ledger)
    ledger.merge(id_of(ledger, "gazette-strike", "struck"), id_of(ledger, "gazette-quay", "captured"), person="Amina")
    execute(ledger, "UPDATE event_decisions SET note = 'sure'")
    assert why(ledger) == "row 1 tells of merge or split 1, which was changed since"
    execute(ledger, "DELETE FROM event_decisions")
    assert why(ledger) == "row 1 tells of merge or split 1, which is not in the ledger any more"


def test_decisions_that_went_with_their_report_are_not_missed(full: Ledger) -> None:
    full.forget(REPORT.id, "a witness asked", "Amina")
    put(full, *_another())
    full.decide(_another()[1][0].id, "accept", report=_another()[0].id, person="Amina")  # takes a number that went
    assert why(full) is None


def _another() -> Any:
    paper = PAPERS["gazette-strike"]
    return paper.report, paper.claims


def test_decisions_older_than_the_audit_are_not_asked_for(ledger: Ledger) -> None:
    decide(ledger)
    execute(ledger, "DELETE FROM audit")
    decide(ledger)
    decide(ledger)
    assert why(ledger) is None


def test_a_name_can_be_taken_out_and_the_chain_still_holds(full: Ledger, ledger_url: str) -> None:
    before = full.people.head()
    full.people.rename("Amina", "reviewer 1", person="local")
    assert why(full, before.hash, before.count) is None
    assert {d.person for d in full.decisions(REPORT.id)} == {"reviewer 1"}
    assert full.people.names()["user 1"] == "reviewer 1"
    if "://" not in ledger_url:
        full.close()
        with open(ledger_url, "rb") as file:
            assert b"Amina" not in file.read()


def test_a_backup_has_the_same_chain(full: Ledger, tmp_path: Any) -> None:
    full.backup(tmp_path / "copy.db")
    with Ledger(tmp_path / "copy.db") as copy:
        assert rows(copy) == rows(full)
        decide(copy)
        assert why(copy, full.people.head().hash) is None


def test_several_writers_at_once_do_not_fork_the_chain(ledger: Ledger, ledger_url: str) -> None:
    def writes(who: int) -> None:
        with Ledger(ledger_url) as own:
            for n in range(8):
                decide(own, ("accept", "reject")[n % 2], f"person {who}", claim=who % 2)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(writes, range(4)))
    assert why(ledger) is None
    assert ledger.people.head().count == 32
    assert {who for who, _, _ in told(ledger)} == {f"person {n}" for n in range(4)}


def test_rows_since_a_day_and_the_latest(full: Ledger) -> None:
    change(full, 1, at="2000-01-01T00:00:00Z")
    assert [row.n for row in full.people.audited("2000-01-02")] == list(range(2, 10))
    assert [row.n for row in full.people.audited("2000-01-01")] == list(range(1, 10))
    assert [row.n for row in full.people.latest(3)] == [9, 8, 7]
    assert [row.n for row in full.people.latest(3, 3)] == [2, 1]


# Properties.

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ONE_LEDGER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def written(ledger: Ledger, told: list[tuple[str, str, str]]) -> None:
    emptied(ledger)
    with ledger.writing() as connection:
        for person, subject, detail in told:
            auditing.add(connection, person, Act.LOGIN, subject, told=detail)


@ONE_LEDGER
@given(told=st.lists(st.tuples(texts, texts, texts), max_size=6))
def test_whatever_is_told_the_chain_holds(ledger: Ledger, told: list[tuple[str, str, str]]) -> None:
    written(ledger, told)
    walked = ledger.people.verified()
    assert walked.broken is None and walked.head.count == len(told)
    assert [(r.person, r.subject, json.loads(r.detail)["told"]) for r in rows(ledger)] == told


@ONE_LEDGER
@given(told=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6), data=st.data())
def test_whatever_is_changed_taken_out_or_moved_is_missed(ledger: Ledger, told: list[tuple[str, str, str]], data: st.DataObject) -> None:
    written(ledger, told)
    noted, n = ledger.people.head(), data.draw(st.integers(1, len(told)))
    column = data.draw(st.sampled_from(["at", "person", "action", "subject", "detail", "before", "hash", "n", "row"]))
    if column == "row":
        execute(ledger, f"DELETE FROM audit WHERE n = {n}")
    else:
        old = getattr(rows(ledger)[n - 1], column)
        free = st.integers(-5, 50).filter(lambda number: number not in range(1, len(told) + 1))
        new: Any = data.draw(free if column == "n" else texts.filter(lambda words: words != old))
        change(ledger, n, **{column: new})
    broken = ledger.people.verified(noted.hash, noted.count).broken
    assert broken is not None
    if column not in ("n", "row"):
        assert broken.row == n


@given(st.lists(texts, min_size=7, max_size=7), st.integers(0, 5), st.integers(1, 5))
def test_no_two_rows_have_one_hash_by_words_moved_between_columns(parts: list[str], at: int, cut: int) -> None:
    def made(values: list[str]) -> Row:
        return Row(1, values[0], values[1], values[2], values[3], values[4], values[5], "")

    moved = list(parts)
    moved[at], moved[at + 1 if at < 5 else 0] = parts[at][:-cut], parts[at][-cut:] + parts[at + 1 if at < 5 else 0]
    if made(moved) != made(parts):
        assert hash_of(made(moved)) != hash_of(made(parts))
