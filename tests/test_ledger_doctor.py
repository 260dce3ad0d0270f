"""Whatever is wrong with a ledger is told in sentences, and what can be made anew is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from according.errors import LedgerError, NotALedger
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from hand_ledger import ODD_REPORT, PERSON, execute, links, put_set
from ledger_of_hand import CLAIMS, REPORT
from test_ledger_copies import outlet

CLAIM = CLAIMS[0].id


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        put_set(ledger)
        ledger.decide(CLAIM, "correct", report=REPORT.id, person=PERSON, correction=CLAIMS[0])
        yield ledger


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        put_set(ledger)
        yield ledger


def kinds(ledger: Ledger) -> set[str]:
    return {fault.kind for fault in ledger.faults()}


def test_a_sound_ledger_has_no_faults(ledger: Ledger) -> None:
    assert list(ledger.faults()) == []
    ledger.mend()
    assert list(ledger.faults()) == []


@pytest.mark.parametrize(
    ("damage", "kind", "said"),
    [
        (f"UPDATE claims SET trigger_start = trigger_start + 1 WHERE id = '{CLAIM}'", "span", "does not stand at"),
        (f"UPDATE claims SET sentence_stop = 100000 WHERE id = '{CLAIM}'", "span", "does not stand at"),
        (f"UPDATE claims SET place_start = NULL WHERE id = '{CLAIM}'", "span", "None–"),
        ("UPDATE parties SET text = 'The navy' WHERE text = 'The army'", "span", "“The navy” does not stand"),
        ("UPDATE figures SET start = -5 WHERE position = 1", "span", "–"),
        ("UPDATE surroundings SET stop = start WHERE position = 0", "span", "–"),
        (f"UPDATE claims SET type = 'war' WHERE id = '{CLAIM}'", "claim", f"Claim {CLAIM} of report tal-hamra is damaged"),
        (f"UPDATE claims SET time_from = '2031-99-99' WHERE id = '{CLAIM}'", "claim", "damaged"),
        (f"UPDATE claims SET evidence = 'none' WHERE id = '{CLAIM}'", "claim", "damaged"),
        (f"UPDATE claims SET machine = '{{}}' WHERE id = '{CLAIM}'", "claim", "before it was corrected cannot be read"),
        ("UPDATE figures SET low = 9, high = 3 WHERE low = 12", "claim", "damaged"),
        (f"UPDATE claims SET page = 7 WHERE id = '{CLAIM}'", "page", "said to stand on page 7"),
        ("UPDATE reports SET text = replace(text, 'army', 'navy')", "text", "its text is not the one that was stored"),
        (f"UPDATE reports SET title = 'Army loses' WHERE id = '{REPORT.id}'", "report", "its key differs"),
        (f"UPDATE reports SET published = 'May' WHERE id = '{REPORT.id}'", "report", f"Report {REPORT.id} is damaged"),
        (f"UPDATE reports SET furniture = '[' WHERE id = '{REPORT.id}'", "report", f"Report {REPORT.id} is damaged"),
        ("UPDATE pages SET stop = 100000 WHERE number = 3", "page", "page 3 stands at 30–100000 of"),
        ("DELETE FROM stages", "stage", "according recode"),
        (f"DELETE FROM claims WHERE id = '{CLAIM}'", "decision", f"its claim {CLAIM} is not there"),
        ("UPDATE decisions SET seen = 'x'", "decision", "cannot be read"),
        ("UPDATE decisions SET verdict = 'perhaps'", "decision", "cannot be read"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_to_the_rows_is_told(ledger: Ledger, damage: str, kind: str, said: str) -> None:
    execute(ledger, damage)
    found = list(ledger.faults())
    assert any(fault.kind == kind and said in fault.message for fault in found), found


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("DELETE FROM reports WHERE id = 'tal-hamra'", "claims"),
        (
            "UPDATE parties SET claim = 9999 WHERE role = 'target' AND claim = (SELECT min(claim) FROM parties WHERE role = 'target')",
            "parties",
        ),
        ("UPDATE reports SET replaced_by = 9999", "reports"),
        ("DELETE FROM runs", "claims"),
    ],
)
def test_a_reference_to_nothing_is_told(file: Ledger, damage: str, table: str) -> None:
    execute(file, damage)
    assert any(fault.kind == "reference" and f"of {table} points to" in fault.message for fault in file.faults())


@pytest.mark.parametrize(
    "damage",
    [
        "INSERT INTO claim_words(claim_words) VALUES ('delete-all')",
        "INSERT INTO report_words(report_words) VALUES ('delete-all')",
        "DELETE FROM claim_boxes",
        "UPDATE claim_boxes SET west = 10, east = 10",
        "INSERT INTO claim_boxes VALUES (9999, 1, 1, 1, 1)",
    ],
)
def test_an_index_that_is_out_of_step_is_told_and_mended(file: Ledger, damage: str) -> None:
    asked = Question(words="retaken"), Question(words="clashes")
    before = [[row.claim.id for row in file.claims(question)] for question in asked]
    execute(file, damage)
    [fault] = file.faults()
    assert fault.kind == "search" and "--mend" in fault.message
    file.mend()
    assert list(file.faults()) == []
    assert [[row.claim.id for row in file.claims(question)] for question in asked] == before


def test_links_that_were_tampered_with_are_mended(ledger: Ledger) -> None:
    from hand_ledger import put

    for n in (1, 2, 3):
        put(ledger, outlet(n, day=n), place=str(n), item=str(n))
    before = links(ledger)
    assert any(before.original.values())
    execute(
        ledger, "UPDATE reports SET original = NULL", f"UPDATE reports SET replaced_by = (SELECT n FROM reports WHERE id = '{REPORT.id}')"
    )
    assert links(ledger) != before
    ledger.mend()
    assert links(ledger) == before


def test_a_damaged_claim_or_report_is_an_error_of_ours_to_who_asks_for_it(ledger: Ledger) -> None:
    execute(
        ledger, f"UPDATE claims SET type = 'war' WHERE id = '{CLAIM}'", f"UPDATE reports SET furniture = '[' WHERE id = '{ODD_REPORT.id}'"
    )
    with pytest.raises(LedgerError, match=f"Claim {CLAIM} .*see `according doctor`"):
        list(ledger.claims())
    with pytest.raises(LedgerError, match="see `according doctor`"):
        ledger.report(ODD_REPORT.id)


def test_one_damaged_claim_hides_no_other(ledger: Ledger) -> None:
    ids = [claim.id for claim in CLAIMS[1:4]]
    for identity in ids:
        execute(ledger, f"UPDATE claims SET status = 'x' WHERE id = '{identity}'")
    assert {word for fault in ledger.faults() for word in fault.message.split()} >= set(ids)


def test_the_doctor_waits_for_a_writer_and_takes_nothing_for_a_fault(file: Ledger) -> None:
    import threading

    with file.writing() as connection:
        connection.exec_driver_sql("UPDATE reports SET last_seen = 'x'")
        found: list[object] = []
        other = threading.Thread(target=lambda: found.extend(file.faults()))
        other.start()
        other.join(0.3)
    other.join(30)
    assert not other.is_alive() and found == []


def damaged(path: Path) -> list[str]:
    """What is told of a file: the faults, or the error. Anything else is a traceback, and fails the test."""
    try:
        with Ledger(path) as ledger:
            found = [fault.message for fault in ledger.faults()]
            list(ledger.claims())
            return found
    except NotALedger as error:
        return [str(error)]
    except LedgerError as error:
        assert "damaged" in str(error), error
        return [str(error)]


@pytest.mark.parametrize("left", [0.1, 0.35, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_told_of(tmp_path: Path, left: float) -> None:
    path = tmp_path / "a.db"
    with Ledger(path, create=True) as ledger:
        put_set(ledger)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * left)])
    assert damaged(path)


def test_random_bytes_anywhere_in_the_file_are_told_of_or_harm_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    with Ledger(whole, create=True) as ledger:
        put_set(ledger)
        sound = list(ledger.claims(Question(versions=True)))
    data, rnd, told = whole.read_bytes(), random.Random(7), 0
    for n in range(30):
        path = tmp_path / f"{n}.db"
        at = rnd.randrange(0, len(data) - 1500)
        path.write_bytes(data[:at] + rnd.randbytes(1500) + data[at + 1500 :])
        if damaged(path):
            told += 1
        else:
            with Ledger(path) as ledger:
                assert list(ledger.claims(Question(versions=True))) == sound
    assert told > 5


def test_events_that_do_not_fit_their_claims_are_told_of_and_mended(ledger: Ledger) -> None:
    ledger.group()
    assert not kinds(ledger)
    execute(ledger, "UPDATE happenings SET event = 'e000000000000'")
    assert kinds(ledger) == {"events"}
    ledger.mend()
    ledger.group()
    assert not kinds(ledger)
