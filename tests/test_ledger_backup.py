"""A backup is a ledger of its own, of one moment, whole or not there at all."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from according.errors import LedgerError
from according.ledger import backup
from according.ledger.ledger import Ledger
from according.ledger.schema import metadata
from hand_ledger import PERSON, dump, execute, links, put, put_set
from ledger_of_hand import CLAIMS, REPORT


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        put_set(ledger)
        ledger.decide(CLAIMS[0].id, "reject", report=REPORT.id, person=PERSON)
        put(ledger, replace(REPORT, title="Newer"), CLAIMS, place="newer", item="newer")
        ledger.forget("bare", "x")
        yield ledger


def all_rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def test_a_backup_holds_all_rows_and_is_sound_and_alone(ledger: Ledger, tmp_path: Path) -> None:
    (folder := tmp_path / "safe").mkdir()
    ledger.backup(folder / "b.db")
    assert [file.name for file in folder.iterdir()] == ["b.db"]
    with Ledger(folder / "b.db") as copy:
        assert all_rows(copy) == all_rows(ledger)
        assert dump(copy) == dump(ledger) and links(copy) == links(ledger)
        assert list(copy.faults()) == []


def test_a_backup_can_be_written_to_and_numbers_go_on(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "b.db")
    with Ledger(tmp_path / "b.db") as copy:
        new = replace(REPORT, id="new", source="Other")
        numbers = {row[0] for row in all_rows(copy)["reports"]}
        made = tuple(replace(claim, report="new") for claim in CLAIMS)
        assert put(copy, new, made) not in numbers
        copy.decide(CLAIMS[0].id, "accept", report="new", person=PERSON)
        assert copy.report("new") == new and len(dump(copy)) == len(dump(ledger)) + len(CLAIMS)
        assert list(copy.faults()) == []


def test_words_are_found_in_a_backup(ledger: Ledger, tmp_path: Path) -> None:
    from according.ledger.question import Question

    ledger.backup(tmp_path / "b.db")
    with Ledger(tmp_path / "b.db") as copy:
        for question in (Question(words="retaken"), Question(words="إدلب OR"), Question(box=_everywhere())):
            assert list(copy.claims(question)) == list(ledger.claims(question))


def _everywhere() -> object:
    from according.ledger.question import Box

    return Box(-180, -90, 180, 90)


def test_others_write_during_a_backup_which_is_of_the_moment_it_began(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES", 5)
    monkeypatch.setattr(backup, "_ROWS", 1)
    before, written = dump(ledger), 0

    def other_writes(done: int, total: int) -> None:
        nonlocal written
        if written < 20:
            written += 1
            put(ledger, replace(REPORT, id=f"new {written}"), place=str(written), item=str(written))

    ledger.backup(tmp_path / "b.db", other_writes)
    assert written > 3
    with Ledger(tmp_path / "b.db") as copy:
        assert dump(copy) == before
        assert list(copy.faults()) == []


def test_progress_is_told_up_to_the_whole(ledger: Ledger, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    ledger.backup(tmp_path / "b.db", lambda done, total: told.append((done, total)))
    assert told and told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_what_is_there_already_is_not_written_over(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    to = tmp_path / "taken"
    if kind == "file":
        to.write_text("mine")
    elif kind == "folder":
        to.mkdir()
    else:
        to.symlink_to(tmp_path / "nowhere")
    with pytest.raises(LedgerError, match="is there already; give the backup a name of its own"):
        ledger.backup(to)
    assert kind != "file" or to.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="its folder is not there"):
        ledger.backup(tmp_path / "no" / "b.db")


def test_where_the_folder_cannot_be_written_it_is_told_and_nothing_is_left(ledger: Ledger) -> None:
    to = Path("/proc/b.db")  # closed to everybody, root too
    with pytest.raises(LedgerError, match=r"b\.db"):
        ledger.backup(to)
    assert not to.exists()


def test_a_backup_that_fails_leaves_nothing_behind(ledger: Ledger, tmp_path: Path) -> None:
    (folder := tmp_path / "safe").mkdir()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.backup(folder / "b.db", stop)
    assert list(folder.iterdir()) == []


def test_two_backups_at_once_do_not_meet(ledger: Ledger, tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def one(n: int) -> None:
        try:
            ledger.backup(tmp_path / f"b{n}.db")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert os.path.getsize(tmp_path / "b0.db") == os.path.getsize(tmp_path / "b1.db") > 0


def test_a_backup_of_a_damaged_ledger_is_refused_or_damaged_the_same(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        put_set(ledger)
        execute(ledger, "UPDATE claims SET trigger_text = 'x'")
        ledger.backup(tmp_path / "b.db")
        with Ledger(tmp_path / "b.db") as copy:
            assert list(copy.faults()) == list(ledger.faults()) != []
