"""A ledger as SQL text, to be opened by every later According: what a file of an older schema is.

``python tests/old_ledger.py`` writes ``data/ledger-<schema>.sql`` for the schema of today, and the claims in it beside that as JSON Lines.
Run it before a migration is added, never after: the old file stays as it is.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from according.formats.jsonl import line  # noqa: E402
from according.ledger import deciding, event_decisions, forgetting, reading, runs, stages, storing, waiting  # noqa: E402
from according.ledger.ledger import Ledger  # noqa: E402
from according.ledger.schema import APPLICATION_ID, HEAD, fetches, metadata  # noqa: E402
from according.ledger.stages import Stage, StageRow, State  # noqa: E402
from according.ledger.upsert import upsert  # noqa: E402
from according.model import Report, Status  # noqa: E402
from according.records import claim_record  # noqa: E402
from hand_ledger import PERSON, dump, put  # noqa: E402
from ledger_of_hand import CLAIMS, REPORT  # noqa: E402

_MOMENT = "2031-05-17T06:00:00Z"
_ADDRESS = "https://herald.example/tal-hamra"


def filled(ledger: Ledger) -> None:
    """Reports and claims, and events, of which a person merged two and split one; a report waits to be grouped again."""
    taken_in(ledger)
    decided_of_events(ledger)


def taken_in(ledger: Ledger) -> None:
    """A report with claims and pages, a newer version of it, a copy, a correction, a page as it was fetched, something in quarantine, a
    tombstone.
    """
    paged = replace(REPORT, pages=((0, 103), (103, len(REPORT.text))), furniture=((0, 3),), dropped=("Share",), notes=("a note",))
    put(ledger, paged, CLAIMS, place="/in/a.pdf", item="a")
    put(ledger, replace(REPORT, title="Army retakes town", published=date(2031, 5, 17), url=_ADDRESS), CLAIMS, place=_ADDRESS, item="b")
    put(ledger, replace(REPORT, id="copy", source="Other", published=date(2031, 5, 18)), place="/in/c.txt", item="c")
    put(ledger, Report("gone", "Nobody may know of this."), place="/in/d.txt", item="d")
    ledger.forget("gone", "a witness asked", PERSON)
    right = replace(CLAIMS[0], status=Status.PLANNED)
    ledger.decide(CLAIMS[0].id, "correct", report=REPORT.id, person=PERSON, correction=right, note="as its table says")
    ledger.decide(CLAIMS[1].id, "reject", report=REPORT.id, person=PERSON)
    with ledger.writing() as connection:
        page = {"address": _ADDRESS, "url": _ADDRESS, "etag": '"1"', "fetched": _MOMENT, "item": "b", "body": zlib.compress(b"<p>Page</p>")}
        upsert(connection, fetches, page)
        stages.mark(connection, StageRow(_ADDRESS, Stage.FETCH, "1", State.DONE, _ADDRESS, _ADDRESS))
        bad = StageRow("bomb", Stage.EXTRACT, "1", State.QUARANTINED, "/in/bomb.zip", "/in", "Unsafe", "/in/bomb.zip: it is a bomb.", 1)
        stages.mark(connection, bad)


def decided_of_events(ledger: Ledger) -> None:
    """The shelling is put to the clashes by a merge, the loss that is denied taken away from them by a split."""
    shelling, lost = (_event(ledger, claim.id) for claim in (CLAIMS[4], CLAIMS[3]))
    merged = ledger.merge(shelling, lost, person=PERSON, note="one battle")
    ledger.split(merged, [CLAIMS[3].id], person=PERSON)
    with ledger.writing() as connection:
        waiting.changed(connection, reading.number_of(connection, "copy"))


def _event(ledger: Ledger, claim: str) -> str:
    return next(event.id for event in ledger.events() if claim in {s.claim.id for s in event.said})


def sql(path: Path) -> Iterator[str]:
    """The statements that make the file anew. Its indexes of words and boxes are filled by its triggers, as they were."""
    yield f"PRAGMA application_id = {APPLICATION_ID};"
    with closing(sqlite3.connect(path)) as file:
        made = file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        virtual = [name for name, statement in made if statement.startswith("CREATE VIRTUAL")]
        for name, statement in made:
            if not any(name.startswith(f"{table}_") for table in virtual):
                yield f"{statement};"
        for table in ("alembic_version", *(table.name for table in metadata.sorted_tables)):
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
            for (values,) in file.execute(f"SELECT {quoted} FROM {table} ORDER BY 1"):
                yield f"INSERT INTO {table} VALUES ({values});"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.db")
        with Ledger(path, create=True) as ledger:
            for module in (deciding, event_decisions, forgetting, runs, stages, storing):
                patch.object(module, "now", lambda: _MOMENT).start()
            filled(ledger)
            told = [line(claim_record(row.claim)) + "\n" for row in dump(ledger)]
        (HERE / "data" / f"ledger-{HEAD}.sql").write_text("\n".join(sql(path)) + "\n", encoding="utf-8")
        (HERE / "data" / f"ledger-{HEAD}.jsonl").write_text("".join(told), encoding="utf-8")


if __name__ == "__main__":
    main()
