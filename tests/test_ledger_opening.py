"""A ledger opens, or says in one sentence why it does not; several may use it at once."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from according.errors import LedgerError, LedgerFull, LedgerTooNew, NotALedger, NotInLedger
from according.ledger import opening
from according.ledger.ledger import Ledger
from hand_ledger import dump, execute, put, put_set
from ledger_of_hand import CLAIMS, REPORT

WRITER = """
import sys
sys.path[:0] = sys.argv[3:]
from dataclasses import replace
from according.ledger.ledger import Ledger
from hand_ledger import put
from ledger_of_hand import CLAIMS, REPORT
with Ledger(sys.argv[1], create=True) as ledger:
    for n in range(6):
        name = f"{sys.argv[2]}-{n}"
        put(ledger, replace(REPORT, id=name), [replace(claim, report=name) for claim in CLAIMS], item=name)
"""


def refused(where: object, kind: type[LedgerError], said: str, *, create: bool = False) -> None:
    """Opening it is refused with a sentence, and changes nothing."""
    with pytest.raises(kind) as caught:
        Ledger(where, create=create)  # type: ignore[arg-type]
    assert type(caught.value) is kind and said in str(caught.value), caught.value
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")
    assert "s3cret" not in str(caught.value)


def test_what_is_not_there_is_not_made_unless_asked_for(ledger_url: str) -> None:
    refused(ledger_url, NotALedger, "`according ingest` makes one")
    with Ledger(ledger_url, create=True) as ledger:
        put_set(ledger)
    for create in (False, True):
        with Ledger(ledger_url, create=create) as ledger:
            assert len(dump(ledger)) == 8


@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_ledger_is_refused_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    (tmp_path / "notes.txt").write_text("These are notes, and no ledger. " * 100)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE claims (a)")
    other.close()
    for name, said in (("notes.txt", "is no ledger, or damaged"), ("other.db", "is another database, not a ledger")):
        before = (tmp_path / name).read_bytes()
        refused(tmp_path / name, NotALedger, said, create=create)
        assert (tmp_path / name).read_bytes() == before
    refused(tmp_path, NotALedger, "give the path of a file", create=create)
    refused(tmp_path / "no" / "a.db", NotALedger, "There is no ledger" if not create else "in a folder that is there", create=create)
    refused(tmp_path / "notes.txt" / "a.db", NotALedger, "There is no ledger" if not create else "in a folder that is there", create=create)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["notes.txt", "other.db"]


def test_an_empty_file_is_no_ledger_until_one_is_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    refused(tmp_path / "a.db", NotALedger, "holds no ledger")
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        assert list(ledger.faults()) == []


@pytest.mark.parametrize("name", ["a b#c?d%20.db", "ä𐤀.db", "'; --.db"])
def test_a_file_may_bear_any_name(tmp_path: Path, name: str) -> None:
    with Ledger(tmp_path / name, create=True) as ledger:
        put_set(ledger)
    with Ledger(tmp_path / name) as ledger:
        assert len(dump(ledger)) == 8
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_says_whose_it_is(tmp_path: Path) -> None:
    Ledger(tmp_path / "a.db", create=True).close()
    assert (tmp_path / "a.db").read_bytes()[68:72] == b"ACCD"


def test_a_ledger_of_a_newer_schema_is_refused(ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        execute(ledger, "UPDATE alembic_version SET version_num = '9999'")
    refused(ledger_url, LedgerTooNew, "was written by a newer According (schema 9999")
    refused(ledger_url, LedgerTooNew, "upgrade According", create=True)


def test_somebody_elses_database_on_a_server_is_refused(postgresql_url: str) -> None:
    with opening.translated(postgresql_url):
        database = sa.create_engine(sa.make_url(postgresql_url).set(drivername="postgresql+psycopg"))
        with database.begin() as connection:
            connection.execute(sa.text("CREATE TABLE mine (a integer)"))
        database.dispose()
    refused(postgresql_url, NotALedger, "is another database, not a ledger", create=True)


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("nonsense://", NotALedger, "a SQLite file or a postgresql:// database"),
        ("://", NotALedger, "is no database's address"),
        ("mysql://u:s3cret@h/db", NotALedger, "not mysql"),
        ("postgresql+asyncpg://u:s3cret@h/db", NotALedger, "not postgresql+asyncpg"),
        ("postgresql://u:s3cret@h:port/db", NotALedger, "is no database's address"),
        ("postgresql://u:s3cret@[::1/db", NotALedger, "is no database's address"),
        ("postgresql://u:s3cret@127.0.0.1:1/db", LedgerError, "127.0.0.1:1/db: the database says: connection failed"),
        ("postgres://u:s3cret@127.0.0.1:1/db?connect_timeout=1", LedgerError, "the database says"),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_without_its_password(url: str, kind: type[LedgerError], said: str) -> None:
    refused(url, kind, said, create=True)


def test_a_database_that_the_server_lacks_is_told(postgresql_url: str) -> None:
    url = sa.make_url(postgresql_url).set(database="nowhere", password="s3cret").render_as_string(hide_password=False)
    refused(url, LedgerError, 'database "nowhere" does not exist')


def test_the_name_of_a_ledger_bears_no_password(postgresql_url: str) -> None:
    url = sa.make_url(postgresql_url).set(password="s3cret").render_as_string(hide_password=False)
    with Ledger(url, create=True) as ledger:
        assert "s3cret" not in ledger.name and ":***@" in ledger.name
        assert "s3cret" not in ledger.status().name


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of one's own, in it a ledger, and no right to do what its modes forbid: root heeds none."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    with Ledger(folder / "a.db", create=True) as ledger:
        put_set(ledger)
    root = os.geteuid() == 0
    if root:
        for path in (folder, *folder.iterdir()):
            os.chown(path, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_file_that_may_only_be_read_is_asked_and_not_written() -> None:
    with nobody() as folder:
        (folder / "a.db").chmod(0o400)
        with Ledger(folder / "a.db") as ledger:
            assert len(dump(ledger)) == 8
            with pytest.raises(LedgerError, match="cannot be written or opened"):
                put(ledger, replace(REPORT, id="new"))


def test_a_file_or_folder_that_may_not_be_read_is_told() -> None:
    with nobody() as folder:
        (folder / "a.db").chmod(0o000)
        refused(folder / "a.db", LedgerError, "cannot be written or opened")
        folder.chmod(0o000)
        refused(folder / "a.db", NotALedger, "There is no ledger")


def test_a_full_disk_is_told_and_nothing_half_written_is_kept(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        put_set(ledger)
        before = dump(ledger)
        pages = sqlite3.connect(tmp_path / "a.db").execute("PRAGMA page_count").fetchone()[0]
        with pytest.raises(LedgerFull, match="Make room"), ledger.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
            connection.exec_driver_sql("UPDATE reports SET text = text || hex(randomblob(100000))")
        assert dump(ledger) == before and list(ledger.faults()) == []


def test_two_processes_make_and_write_one_ledger_at_once(ledger_url: str) -> None:
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "src")]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, ledger_url, name, *paths], stderr=subprocess.PIPE) for name in "ab"]
    for writer in writers:
        assert writer.communicate(timeout=100)[1] == b"" and writer.returncode == 0
    with Ledger(ledger_url) as ledger:
        assert len(list(ledger.reports())) == 12 and len(dump(ledger)) == 12 * len(CLAIMS)
        assert list(ledger.faults()) == []


def test_threads_make_and_write_one_ledger_at_once(ledger_url: str) -> None:
    errors: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with Ledger(ledger_url, create=True) as ledger:
                for n in range(5):
                    put(ledger, replace(REPORT, id=f"{name}-{n}"), CLAIMS, item=f"{name}-{n}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Ledger(ledger_url) as ledger:
        assert len(list(ledger.reports())) == 20


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger, Ledger(ledger_url) as other:
        put_set(ledger)
        before = dump(ledger)
        with ledger.reading() as connection:
            from according.ledger import asking
            from according.ledger.question import Question

            rows = asking.claims(connection, Question())
            first = next(rows)
            put(other, replace(REPORT, id="a"), [replace(claim, report="a") for claim in CLAIMS])
            other.forget("odd \U00010900 id", "x") if "://" in ledger_url else None
            assert [first, *rows] == before
            assert connection.execute(sa.text("SELECT count(*) FROM reports")).scalar() == 3
        assert len(dump(ledger)) != len(before)


def test_what_is_being_written_is_not_seen_before_its_end(ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger, Ledger(ledger_url) as other:
        with ledger.writing() as connection:
            connection.execute(sa.text("INSERT INTO sources (name) VALUES ('x')"))
            assert other.status().rows["sources"] == 0
        assert other.status().rows["sources"] == 1


def test_a_writer_waits_for_another_and_says_so_when_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    with Ledger(tmp_path / "a.db", create=True) as ledger, Ledger(tmp_path / "a.db") as other, ledger.writing():
        with pytest.raises(LedgerError, match="another process has been writing"):
            put(other, REPORT)
        with pytest.raises(NotInLedger):
            other.report("nothing")


def test_closed_ledgers_leave_no_file_open(ledger_url: str) -> None:
    Ledger(ledger_url, create=True).close()
    gc.collect()
    before = os.listdir("/proc/self/fd")
    for _ in range(50):
        with Ledger(ledger_url) as ledger:
            list(ledger.claims())
            next(iter(ledger.reports()), None)
    with pytest.raises(NotInLedger), Ledger(ledger_url) as ledger:
        ledger.report("x")
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= len(before) + 1


def test_refused_openings_leave_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes. " * 100)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        with pytest.raises(NotALedger):
            Ledger(tmp_path / "notes.txt")
    assert len(os.listdir("/proc/self/fd")) <= before + 1
