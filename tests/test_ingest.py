"""Whole collections: what is taken in is there once and whole, whatever stops a run, and however often it is begun."""

from __future__ import annotations

import http.server
import json
import threading
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from according.crew import Failed, Lost, Why
from according.errors import AccordingError, LedgerFull
from according.ingest import recoding, running, tasks, versions
from according.ingest.running import Run, ingest
from according.ingest.told import Silent, Tally
from according.ingest.web import Web
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.stages import Stage, State
from according.model import Report
from dumped import dump

PARAGRAPHS = (
    "Soldiers of the Velmar army entered Ostrel on Tuesday after two days of shelling, the ministry of defence said in a statement.",
    "At least 12 people were killed when a rocket hit the market in Nadreh, a hospital official told reporters on Wednesday.",
    "The Sulin Front denied that it had lost control of Belen Quay, a town of some 9,000 people on the coast road.",
    "More than 3,000 families have fled Upper Sulin since the beginning of the offensive, the district governor said.",
    "A convoy with flour and medicine reached Corith late on Sunday, the first in three weeks, according to aid workers.",
)


def text(*numbers: int) -> str:
    return "\n\n".join(PARAGRAPHS[number] for number in numbers)


def row(identity: str, *numbers: int, **told: str) -> dict[str, str]:
    return {"id": identity, "published": "2031-05-07", "source": "The Valley Courier", "text": text(*numbers)} | told


def page(title: str, *numbers: int, day: str = "2031-05-07") -> str:
    body = "".join(f"<p>{PARAGRAPHS[number]}</p>" for number in numbers)
    return (
        f'<!doctype html><html><head><title>{title}</title><meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Pages, lines of JSON with a copy and a changed report among them, a zip, and what cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.html").write_text(page("Army enters Ostrel", 0, 1, 2))
    (folder / "two.txt").write_text(f"Market hit in Nadreh\n\n{text(1, 3, 4)}\n")
    rows = [
        row("a", 0, 2),
        row("a", 0, 2, 4, published="2031-05-08"),
        row("b", 1, 3, 4, 0),
        row("copy", 1, 3, 4, 0, source="The Hill Gazette"),
    ]
    (folder / "wire.jsonl").write_text("".join(json.dumps(one) + "\n" for one in [*rows, {"id": "bad", "text": 12}]))
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("three.html", page("Convoy reaches Corith", 4, 3, 0))
    (folder / "empty.txt").write_text("")
    return folder


class Inline:
    """A crew of this process alone. ``lose`` says what becomes of a task instead of its result, if anything."""

    def __init__(self, lose: Callable[[tasks.Task], Lost | None] = lambda task: None) -> None:
        self.lose = lose
        self.given: deque[tuple[int, tasks.Task]] = deque()
        self.done: list[tasks.Task] = []

    @property
    def hungry(self) -> bool:
        return len(self.given) < 3

    @property
    def busy(self) -> bool:
        return bool(self.given)

    def give(self, key: int, task: tasks.Task, seconds: float | None = None, cpu_seconds: float | None = None) -> None:
        self.given.append((key, task))

    def back(self, timeout: float | None = None) -> list[tuple[int, Any]]:
        if not self.given:
            return []
        key, task = self.given.popleft()
        lost = self.lose(task)
        if lost:
            return [(key, lost)]
        self.done.append(task)
        try:
            return [(key, tasks.do(task))]
        except Exception as error:
            return [(key, Failed.by(error))]


def take(ledger: Ledger, *origins: Path | str, crew: Inline | None = None) -> tuple[Tally, Silent]:
    told = Silent()
    with Web() as web:
        run = Run(ledger, crew or Inline(), web, told, "ingest")  # type: ignore[arg-type]
        run.through([str(origin) for origin in origins])
    return run.tally, told


def test_a_collection_comes_in_once_and_whole(collection: Path, ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        tally, told = take(ledger, collection)
        assert (tally.reports, tally.coded, tally.changed, tally.copies, tally.quarantined) == (7, 7, 1, 2, 2)
        assert {Path(trouble.place).name for trouble in told.troubles} == {"empty.txt", "wire.jsonl", "5"} - {"wire.jsonl"}
        before = dump(ledger)
        again, told = take(ledger, collection)
        assert (again.reports, again.coded, again.quarantined, told.troubles) == (0, 0, 0, [])
        assert again.known == again.items == tally.items
        assert dump(ledger) == before


def test_the_claims_are_those_that_coding_prints(collection: Path, tmp_path: Path) -> None:
    from according import pipeline
    from according.intake import inputs
    from according.model import Report

    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, collection)
        kept = {row.claim.id: row.claim for row in ledger.claims(Question(versions=True))}
    coded = [report for _, report in inputs([collection]) if isinstance(report, Report)]
    made = {claim.id: claim for report in coded for claim in pipeline.claims(report)}
    assert made
    assert all(replace(kept[identity], report="") == replace(claim, report="") for identity, claim in made.items())


def test_order_and_parts_do_not_matter(collection: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, collection)
        expected = dump(ledger)
    lines = (collection / "wire.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "rest.jsonl").write_text("".join([*lines[::-1], lines[2]]))
    with Ledger(tmp_path / "b.db", create=True) as ledger:
        for part in (collection / "more.zip", tmp_path / "rest.jsonl", collection / "two.txt", collection, collection / "one.html"):
            take(ledger, part)
        assert dump(ledger) == expected


class Killed(BaseException):
    """As a SIGKILL would end the process: nothing after it is done."""


def dying(ledger: Ledger, after: int, *, committed: bool) -> None:
    """Have the ledger's ``after``-th transaction die, before or just after it was committed."""
    whole, count = ledger.writing, iter(range(10_000))

    @contextmanager
    def writing() -> Iterator[Any]:
        mine = next(count)
        with whole() as connection:
            yield connection
            if mine == after and not committed:
                raise Killed
        if mine == after:
            raise Killed

    ledger.writing = writing  # type: ignore[method-assign]


@pytest.mark.parametrize("committed", [False, True])
def test_a_run_killed_at_any_of_its_writes_goes_on_where_it_was(collection: Path, tmp_path: Path, committed: bool) -> None:
    with Ledger(tmp_path / "whole.db", create=True) as ledger:
        take(ledger, collection)
        expected = dump(ledger)
    kills = 0
    for after in range(100):
        with Ledger(tmp_path / f"{after}.db", create=True) as ledger:
            dying(ledger, after, committed=committed)
            try:
                take(ledger, collection)
            except Killed:
                kills += 1
            else:
                break
        with Ledger(tmp_path / f"{after}.db") as ledger:
            tally, _ = take(ledger, collection)
            assert dump(ledger) == expected
            assert tally.coded <= 7
    assert kills >= 10  # begin, seven items with their reports, two refusals


def test_a_report_under_which_a_process_dies_is_tried_once_more_and_then_left(collection: Path, ledger_url: str) -> None:
    def lose(task: tasks.Task) -> Lost | None:
        deadly = b'"b"' in task.item.data if isinstance(task, tasks.Extract) and task.coding else isinstance(task, tasks.Code)
        return Lost(Why.DIED, "Its process ended under it.") if deadly else None

    with Ledger(ledger_url, create=True) as ledger:
        crew = Inline(lose)
        tally, told = take(ledger, collection, crew=crew)
        assert (tally.coded, tally.quarantined) == (6, 3)
        [row] = [row for row in ledger.quarantined() if row.stage is Stage.CODE]
        assert (row.reason, row.tries) == ("Crashed", 2)
        assert row.message and "ended under it" in row.message
        tally, _ = take(ledger, collection)
        assert tally.coded == 0, "what is in quarantine is left alone"
        told = Silent()
        with Web() as web:
            for quarantined in [row]:
                running._again(ledger, [quarantined])
            run = Run(ledger, Inline(), web, told, "ingest")  # type: ignore[arg-type]
            run.through([])
        assert (run.tally.coded, told.troubles) == (1, [])
        assert not [row for row in ledger.quarantined() if row.stage is Stage.CODE]


def test_a_process_that_died_once_costs_nothing(collection: Path, tmp_path: Path) -> None:
    lost: set[str] = set()

    def lose(task: tasks.Task) -> Lost | None:
        key = task.item.key if isinstance(task, tasks.Extract) else task.key
        if key in lost:
            return None
        lost.add(key)
        return Lost(Why.DIED, "Its process ended under it.")

    with Ledger(tmp_path / "a.db", create=True) as ledger:
        tally, _ = take(ledger, collection, crew=Inline(lose))
        assert (tally.coded, tally.quarantined) == (7, 2)
        found = dump(ledger)
    with Ledger(tmp_path / "b.db", create=True) as ledger:
        take(ledger, collection)
        assert dump(ledger) == found


@pytest.mark.parametrize("why", [Why.TIME, Why.MEMORY])
def test_a_report_over_its_limits_goes_into_quarantine_at_once(collection: Path, tmp_path: Path, why: Why) -> None:
    crew = Inline(lambda task: Lost(why, "Too much.") if isinstance(task, tasks.Extract) and task.item.where.endswith("one.html") else None)
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        tally, _ = take(ledger, collection, crew=crew)
        assert (tally.reports, tally.quarantined) == (6, 3)
        assert "OverLimit" in {row.reason for row in ledger.quarantined()}


def test_a_file_that_was_mended_is_taken_in(collection: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, collection)
        (collection / "empty.txt").write_text(text(2, 3))
        tally, told = take(ledger, collection)
        assert (tally.reports, told.troubles) == (1, [])


def test_a_new_extractor_tries_again_what_the_old_one_refused(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.ingest import booking

    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, collection)
        monkeypatch.setattr(booking, "extracting", lambda: "newer")
        monkeypatch.setattr(running, "extracting", lambda: "newer")
        tally, told = take(ledger, collection)
        assert (tally.reports, len(told.troubles)) == (0, 2)


def test_a_full_disk_stops_the_run_with_a_sentence(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlalchemy as sa

    with Ledger(tmp_path / "a.db", create=True) as ledger:
        with ledger.reading() as connection:
            used = connection.execute(sa.text("PRAGMA page_count")).scalar_one()

        @sa.event.listens_for(ledger.engine, "connect")
        def _small(connection: Any, _: Any) -> None:
            connection.execute(f"PRAGMA max_page_count = {used + 4}")

        ledger.engine.dispose()
        with pytest.raises(LedgerFull, match="no room is left"):
            take(ledger, collection)
    with Ledger(tmp_path / "a.db") as ledger:
        assert not list(ledger.faults())
        take(ledger, collection)
        found = dump(ledger)
    with Ledger(tmp_path / "b.db", create=True) as ledger:
        take(ledger, collection)
        assert dump(ledger) == found


def test_recoding_keeps_what_people_decided_and_tells_what_changed(
    collection: Path, ledger_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        take(ledger, collection)
        monkeypatch.setattr(recoding, "crew_of", lambda jobs: _Entered(Inline()))
        assert list(recoding.recode(ledger, [], Silent())) == [], "this version has coded them all"
        newer = replace(versions.running(), model="newer")
        monkeypatch.setattr(recoding, "running", lambda: newer)
        [first, *_] = [row for row in ledger.claims(Question(reports="b"))]
        ledger.decide(first.claim.id, "accept", report="b", person="mw")
        before = dump(ledger)
        changes = list(recoding.recode(ledger, [], Silent()))
        assert len(changes) == 7
        assert not any(changes)
        assert dump(ledger) == before
        assert list(recoding.recode(ledger, [], Silent())) == []
        monkeypatch.setattr(tasks, "_claims", lambda report, place: ())
        gone = list(recoding.recode(ledger, ["b"], Silent(), dry=True))
        assert len(gone) == 1
        assert gone[0].gone
        assert dump(ledger) == before, "a dry run changes nothing"
        list(recoding.recode(ledger, ["b"], Silent()))
        [kept] = ledger.claims(Question(reports="b", withdrawn=True))
        assert (kept.claim, kept.verdict, kept.withdrawn) == (first.claim, "accept", True)


class _Entered:
    def __init__(self, crew: Inline) -> None:
        self.crew = crew

    def __enter__(self) -> Inline:
        return self.crew

    def __exit__(self, *_: object) -> None: ...


class Site:
    """A web site on loopback: what it has by path, and what was asked of it."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.down = False
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                tag = self.headers.get("If-None-Match")
                site.asked.append((self.path, tag))
                if site.down:
                    self.send_error(503)
                    return
                if self.path not in site.pages:
                    self.send_error(404)
                    return
                media, body = site.pages[self.path]
                etag = f'"{hash(body)}"'
                self.send_response(304 if tag == etag else 200)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", media)
                self.end_headers()
                if tag != etag:
                    self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site()
    monkeypatch.setenv("ACCORDING_FETCH_ALLOW", made.base.removeprefix("http://"))
    items = "".join(f"<item><title>Story {n}</title><link>{made.base}/{n}</link></item>" for n in (1, 2))
    made.pages = {
        "/feed": ("application/rss+xml", f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'),
        "/1": ("text/html", page("Army enters Ostrel", 0, 1, 2)),
        "/2": ("text/html", page("Convoy reaches Corith", 4, 3)),
    }
    yield made
    made.server.shutdown()


def test_a_feed_s_pages_are_fetched_and_asked_for_again_only_if_changed(site: Site, ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        tally, told = take(ledger, f"{site.base}/feed")
        assert (tally.reports, told.troubles) == (2, [])
        assert {row.url for row in ledger.reports(Question())} == {f"{site.base}/1", f"{site.base}/2"}
        site.asked.clear()
        site.pages["/2"] = ("text/html", page("Convoy reaches Corith", 4, 3, 1))
        for path in ("/1", "/2"):
            tally, told = take(ledger, f"{site.base}{path}")
        assert all(tag for path, tag in site.asked if path != "/robots.txt"), "conditional"
        assert (tally.reports, tally.changed) == (1, 1)
        assert len(list(ledger.reports(Question()))) == 2
        assert len(list(ledger.reports(Question(versions=True)))) == 3


@pytest.mark.parametrize("after", range(1, 9))
def test_a_feed_killed_at_any_write_loses_no_page(site: Site, tmp_path: Path, after: int) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        dying(ledger, after, committed=True)
        with pytest.raises(Killed):
            take(ledger, f"{site.base}/feed")
    with Ledger(tmp_path / "a.db") as ledger:
        take(ledger, f"{site.base}/feed")
        assert sorted(row.url or "" for row in ledger.reports(Question())) == [f"{site.base}/1", f"{site.base}/2"]
        assert all(row.claims for row in ledger.reports(Question()))


def test_a_page_that_does_not_come_is_tried_again_and_one_that_is_refused_is_not(site: Site, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        site.pages["/robots.txt"] = ("text/plain", "")
        tally, told = take(ledger, f"{site.base}/missing", "http://10.0.0.1/")
        assert (tally.quarantined, tally.waiting) == (2, 0)
        site.down = True
        tally, told = take(ledger, f"{site.base}/1")
        assert (tally.quarantined, tally.waiting) == (0, 1)
        assert told.troubles[0].later
        site.down = False
        tally, told = take(ledger, f"{site.base}/1")
        assert (tally.reports, told.troubles) == (1, [])


def test_what_was_fetched_and_not_yet_read_when_a_run_was_killed_is_read_without_asking_again(site: Site, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        dying(ledger, 2, committed=True)  # the run, the wish, the page
        with pytest.raises(Killed):
            take(ledger, f"{site.base}/1")
    site.asked.clear()
    with Ledger(tmp_path / "a.db") as ledger:
        tally, _ = take(ledger)
        assert (tally.reports, tally.coded, site.paths()) == (1, 1, [])


def test_real_processes_and_a_task_that_fails_in_one(collection: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        tally = ingest(ledger, [str(collection)], Silent(), jobs=2)
        assert (tally.reports, tally.coded, tally.quarantined) == (7, 7, 2)
        found = dump(ledger)
    with Ledger(tmp_path / "b.db", create=True) as ledger:
        take(ledger, collection)
        assert dump(ledger) == found


def test_a_setup_that_lacks_something_stops_the_run(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from according.errors import ModelMissing

    def lacking(task: tasks.Task) -> Any:
        raise ModelMissing("The model is not there.")

    monkeypatch.setattr(tasks, "do", lacking)
    with Ledger(tmp_path / "a.db", create=True) as ledger, pytest.raises(ModelMissing):
        take(ledger, collection)


def test_a_defect_costs_its_report_only(collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tasks._claims

    def faulty(report: Report, place: str) -> Any:
        if report.id == "b":
            raise ZeroDivisionError("oh")
        return whole(report, place)

    monkeypatch.setattr(tasks, "_claims", faulty)
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        tally, told = take(ledger, collection)
        assert (tally.coded, tally.quarantined) == (6, 3)
        assert any("defect" in trouble.message and "ZeroDivisionError" in trouble.message for trouble in told.troubles)


def test_stages_tell_what_is_done(collection: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger, collection)
        held = ledger.status()
        assert held.stages[Stage.CODE] == {State.DONE: 7}
        assert held.stages[Stage.EXTRACT][State.QUARANTINED] == 2
        assert held.rows["reports"] == 7


def test_errors_have_a_place_in_the_tree() -> None:
    assert all(issubclass(error, AccordingError) for error in running._LOST.values())
