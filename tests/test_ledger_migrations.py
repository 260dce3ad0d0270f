"""The schema that migrations make is the one declared, and a ledger of every older schema opens."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

import postgres
from according.ledger import migrations
from according.ledger.answers import ClaimRow
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.schema import HEAD, metadata
from according.ledger.stages import State
from according.model import Report
from according.records import claim_record
from hand_ledger import SET, dump, machine, put, put_set
from ledger_of_hand import CLAIMS, REPORT
from test_ledger_events import assert_whole, kept, made_anew

DATA = Path(__file__).parent / "data"
OLD = sorted(DATA.glob("ledger-*.sql"))
#: Indexes and tables that one database has in its own way.
OWN = {"ix_claims_words", "ix_reports_words", "ix_claims_point"}


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


def shape(engine: sa.Engine) -> dict[str, Any]:
    """All that a database tells of the declared tables."""
    inspector = sa.inspect(engine)
    told: dict[str, Any] = {}
    for table in metadata.tables:
        told[table] = {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table),
            "references": sorted(map(repr, inspector.get_foreign_keys(table))),
            "unique": sorted(map(repr, inspector.get_unique_constraints(table))),
            "checks": sorted(map(repr, inspector.get_check_constraints(table))),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in inspector.get_indexes(table) if i["name"] not in OWN
            ),
        }
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'").all()
            told["kinds"] = sorted(tuple(row) for row in rows if row.name in metadata.tables)
    return told


def test_migrations_make_the_declared_schema_in_sqlite(tmp_path: Path) -> None:
    declared = sa.create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        assert shape(ledger.engine) == shape(declared)
        assert all(strict for _, _, strict in shape(declared)["kinds"]) and len(shape(declared)["kinds"]) == len(metadata.tables)
    declared.dispose()


def test_migrations_make_the_declared_schema_in_postgresql(postgresql_server: postgres.Server, postgresql_url: str) -> None:
    with postgresql_server.database() as other, Ledger(postgresql_url, create=True) as ledger:
        declared = sa.create_engine(sa.make_url(other).set(drivername="postgresql+psycopg"))
        metadata.create_all(declared)
        assert shape(ledger.engine) == shape(declared)
        declared.dispose()


def test_no_number_is_narrower_in_one_database_than_in_the_other(postgresql_url: str) -> None:
    with Ledger(postgresql_url, create=True) as ledger:
        kinds = {str(c["type"]) for table in metadata.tables for c in sa.inspect(ledger.engine).get_columns(table)}
    assert kinds == {"TEXT", "INTEGER", "BIGINT", "BYTEA", "DOUBLE PRECISION"}


def test_the_newest_migration_is_the_schema_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
    for database in ("sqlite", "postgresql"):
        assert (migrations.HERE / "versions" / f"{HEAD}.{database}.sql").exists()


def test_every_schema_that_was_has_its_old_ledger() -> None:
    schemas = {path.name[:4] for path in (migrations.HERE / "versions").glob("*.sqlite.sql")}
    assert {path.stem.removeprefix("ledger-") for path in OLD} >= schemas


def test_a_ledger_made_of_a_dump_is_read_and_written_at_once_as_any_other(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as file:
        file.executescript(OLD[-1].read_text(encoding="utf-8"))
    with Ledger(tmp_path / "a.db") as ledger, Ledger(tmp_path / "a.db") as other:
        rows = iter(ledger.claims())
        next(rows)
        put_set(other)
        assert len(list(rows)) == 3


#: Claims that are of no event: one rejected, and a total.
NO_EVENT = {("tal-hamra", "clashes", "reject"), ("tal-hamra", "destroyed", None)}


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_an_old_ledger_opens_with_all_that_is_in_it(tmp_path: Path, old: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as file:
        file.executescript(old.read_text(encoding="utf-8"))
    with Ledger(tmp_path / "a.db") as ledger:
        told = [json.loads(json.dumps(claim_record(row.claim))) for row in dump(ledger)]
        assert told == [json.loads(line) for line in old.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
        assert list(ledger.faults()) == []
        assert sorted(decision.verdict for decision in ledger.decisions(REPORT.id)) == ["correct", "reject"]
        assert [(row.place, row.state, row.reason) for row in ledger.quarantined()] == [("/in/bomb.zip", State.QUARANTINED, "Unsafe")]
        assert ledger.status().rows["forgotten reports"] == 1
        assert [row.copy_of is not None for row in ledger.reports(Question(versions=True))] == [False, False, True]
        assert [row.claim.id for row in ledger.claims(Question(words="clashes", rejected=True))] == [claim.id for claim in CLAIMS[:2]]
        assert {
            (row.report.key, row.claim.id)
            for row in dump(ledger)
            if (row.claim.report, row.claim.trigger.text, row.verdict) not in NO_EVENT
        } == {(s.cited.key, s.claim.id) for event in ledger.events(Question(versions=True)) for s in event.said}
        put_set(ledger)
        assert list(ledger.faults()) == []
        assert_whole_when_grouped(ledger)
    with Ledger(tmp_path / "new.db", create=True) as new, Ledger(tmp_path / "a.db") as ledger:
        assert shape(new.engine) == shape(ledger.engine)


def assert_whole_when_grouped(ledger: Ledger) -> None:
    ledger.group()
    assert_whole(ledger)
    ledger.mend()  # accounts may have been compared in another way when the file was written
    ledger.group()
    left = kept(ledger)
    assert made_anew(ledger) == left


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger of the first schema is: as it was dumped, and the same rows in PostgreSQL."""
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLD[0].read_text(encoding="utf-8"))
    if request.param == "sqlite":
        return str(path)
    url: str = request.getfixturevalue("postgresql_url")
    old, new = sa.create_engine(f"sqlite:///{path}"), sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    with old.connect() as given, new.begin() as taken:
        migrations.upgrade(taken, "0001")
        for table in metadata.sorted_tables:
            if table.name in sa.inspect(given).get_table_names() and (rows := given.execute(sa.select(table)).mappings().all()):
                reports = table.name == "reports"  # of which some point to later ones
                taken.execute(sa.insert(table), [dict(row) | ({"replaced_by": None, "original": None} if reports else {}) for row in rows])
                for row in rows if reports else ():
                    later = {name: row[name] for name in ("replaced_by", "original")}
                    taken.execute(sa.update(table).where(table.c.n == row["n"]).values(later))
    old.dispose()
    new.dispose()
    return url


def test_all_reports_of_a_ledger_from_before_events_wait_and_are_grouped_when_somebody_asks(first: str) -> None:
    with Ledger(first) as ledger:
        keys = sorted(row.key for row in ledger.reports(Question(versions=True)))
        before = kept(ledger)
        assert len(keys) == 3 and before.pop("waiting") == [(key,) for key in keys]
        assert not any(before.values()) and ledger.event_decisions() == []
        told = {
            event.id: sorted((s.cited.key, s.claim.trigger.text) for s in event.said) for event in ledger.events(Question(versions=True))
        }
        older, newer = (row.key for row in ledger.reports(Question(versions=True, reports=REPORT.id)))
        assert sorted(pair for pairs in told.values() for pair in pairs) == sorted(
            [(older, claim.trigger.text) for n, claim in enumerate(CLAIMS) if n != 2]
            + [(newer, claim.trigger.text) for n, claim in enumerate(CLAIMS) if n not in (1, 2)]
        )
        assert [(older, "shelling"), (newer, "shelling")] in told.values() or [(newer, "shelling"), (older, "shelling")] in told.values()
        assert_whole(ledger)
    with Ledger(first) as ledger:
        assert kept(ledger)["waiting"] == []
        assert {event.id for event in ledger.events(Question(versions=True))} == set(told)


def test_a_ledger_with_events_opens_with_their_ids_and_what_people_decided_of_them(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as file:
        file.executescript((DATA / "ledger-0002.sql").read_text(encoding="utf-8"))
        ids = [id for (id,) in file.execute("SELECT id FROM events UNION SELECT id FROM former_events")]
        assert [number for (number,) in file.execute("SELECT report FROM ungrouped")] == [3]
    assert len(ids) > 3
    with Ledger(tmp_path / "a.db") as ledger:
        assert [(d.verdict, d.note) for d in ledger.event_decisions()] == [("merge", "one battle"), ("split", None)]
        for _ in range(2):
            events = [{(s.cited.key, s.claim.trigger.text) for s in ledger.event(id).said} for id in ids]
            assert {words for said in events for _, words in said} == {"retaken", "clashes", "lost", "shelling"}
            assert all(len({"lost", "shelling"} & {words for _, words in said}) < 2 for said in events)
            assert any({"clashes", "shelling"} <= {words for _, words in said} for said in events)
            ledger.mend()
        assert_whole_when_grouped(ledger)


#: Columns of numbers that are another table's, and which.
REFERENCES = (
    {name: f"{name}s" for name in ("report", "claim", "run", "source", "happening")}
    | dict.fromkeys(("copy", "earlier", "replaced_by", "original"), "reports")
    | dict.fromkeys(("one", "other"), "happenings")
    | {"user": "users"}
)
#: Those by another column than a number.
BY_TEXT = {"summaries": {("event", "events", "id")}}


def test_every_reference_is_declared_so_that_browsers_of_tables_can_follow_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger, ledger.engine.connect() as connection:
        for table in metadata.tables.values():
            declared = {(row[3], row[2], row[4]) for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table.name})")}
            numbers = [column.name for column in table.columns if column.name in REFERENCES and not isinstance(column.type, sa.Text)]
            assert declared == {(name, REFERENCES[name], "n") for name in numbers} | BY_TEXT.get(table.name, set()), table.name


def test_the_views_tell_in_words_what_the_tables_hold(ledger: Ledger) -> None:
    put_set(ledger)
    put(ledger, Report("copy", REPORT.text, source="Other", published=date(2031, 5, 17)), place="c", item="c")
    with ledger.reading() as connection:
        facts = connection.execute(sa.text("SELECT * FROM claim_facts WHERE report = :id ORDER BY claim"), {"id": REPORT.id}).all()
        assert [row.words for row in facts] == [claim.trigger.text for claim in CLAIMS]
        assert (facts[0].said_by, facts[0].place, facts[0].from_day, facts[0].source) == (
            "The army",
            "Tal Hamra",
            "2031-05-16",
            "Frontline Herald",
        )
        assert facts[1].figures == "at least 12 rebels killed" and facts[0].figures is None
        figures = connection.execute(sa.text("SELECT * FROM figure_facts WHERE report = :id"), {"id": REPORT.id}).all()
        assert sorted((row.figure, row.low, row.high) for row in figures) == sorted(
            (f.span.text, f.min, f.max) for c in CLAIMS for f in c.figures
        )
        reports = {row.id: row for row in connection.execute(sa.text("SELECT * FROM report_facts"))}
        assert (reports[REPORT.id].claims, reports[REPORT.id].characters) == (len(CLAIMS), len(REPORT.text))
        assert reports["copy"].copy_of == REPORT.id and reports["bare"].source is None
        counted = connection.execute(sa.text("SELECT count(*) FROM claim_facts")).scalar()
        assert counted == sum(len(claims) for _, claims in SET)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE claims SET trigger_start = 'first'",
        "UPDATE claims SET confidence = 'high'",
        "UPDATE claims SET withdrawn = 2",
        "UPDATE claims SET type = NULL",
        "UPDATE parties SET role = 'victim'",
        "UPDATE stages SET state = 'lost'",
        "UPDATE claims SET report = 9999",
        "INSERT INTO ungrouped VALUES (9999)",
        "INSERT INTO event_decisions (verdict, one, other, person, decided) VALUES ('reject', '[]', '[]', 'Amina', '2031-05-04T06:00:00Z')",
        "INSERT INTO event_decisions (verdict, one, other, decided) VALUES ('merge', '[]', '[]', '2031-05-04T06:00:00Z')",
        "UPDATE happenings SET report = 9999",
        "UPDATE happenings SET \"key\" = 'x'",
        "UPDATE tellings SET happening = 9999",
        "UPDATE blocks SET \"key\" = 'Ostrel'",
        "UPDATE namings SET words = NULL",
        "UPDATE events SET reports = 'two'",
        "INSERT INTO links VALUES (1, 9999, 3.5)",
        "UPDATE reports SET \"key\" = 'x'",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(ledger: Ledger, wrong: str) -> None:
    put_set(ledger)
    ledger.group()
    before: list[ClaimRow] = dump(ledger)
    with pytest.raises(sa.exc.DBAPIError), ledger.engine.begin() as connection:
        connection.exec_driver_sql(wrong)
    assert dump(ledger) == before


def test_storing_deciding_and_recoding_never_read_a_whole_table(tmp_path: Path) -> None:
    asked: dict[str, Any] = {}
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        put_set(ledger)
        sa.event.listen(
            ledger.engine, "before_cursor_execute", lambda c, cursor, statement, values, *_: asked.setdefault(statement, values)
        )
        filled_as_old(ledger)
        with ledger.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            for statement, values in list(asked.items()):
                if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                    given = values[0] if isinstance(values, list) else values
                    plan = " / ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", given))
                    assert not re.search(r"SCAN (?!CONSTANT)\w+(?! VIRTUAL)", plan), f"{statement}\n{plan}"
    assert len(asked) > 40


def filled_as_old(ledger: Ledger) -> None:
    from old_ledger import taken_in

    taken_in(ledger)
    machine(ledger, SET[1][0], SET[1][1][:1])
