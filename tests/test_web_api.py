"""The HTTP API: each of its paths on the eleven reports of five happenings, against what the ledger and the commands give."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from httpx import Response
from starlette.testclient import TestClient

from according import __version__, cli
from according.events.event import Corroboration
from according.events.holdings import held
from according.events.reconciling import Rule
from according.formats.event_records import dossier_record, event_record, holding_record, series_record
from according.ledger.answers import ClaimRow
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.roles import Role
from according.model import ClaimType, Measure
from according.records import claim_record
from according.web.api import ROUTER
from according.web.api.openapi import document
from according.web.app import application
from according.web.policy import ROUTES
from according.web.site import Person, Site
from hand_ledger import ODD_REPORT, put, put_set
from told_events import PAPERS, claim_of, id_of, page, ref, take

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger that no test writes to."""
    with Ledger(tmp_path_factory.mktemp("api") / "according.db", create=True) as ledger:
        take(ledger)
        yield ledger


@pytest.fixture
def mine(ledger_url: str) -> Iterator[Ledger]:
    """One for this test alone, in each database."""
    with Ledger(ledger_url, create=True) as ledger:
        take(ledger)
        yield ledger


class Api:
    """A client that speaks of paths below /api/v1."""

    def __init__(self, ledger: Ledger, **site: Any) -> None:
        self.app = application(Site(ledger, **site))
        self.client = TestClient(self.app, base_url="http://127.0.0.1", follow_redirects=False)

    def get(self, path: str, **query: Any) -> Response:
        return self.client.get(f"/api/v1{path}", params=query)

    def json(self, path: str, **query: Any) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def items(self, path: str, **query: Any) -> list[Any]:
        told = self.json(path, limit=500, **query)
        assert told["next"] is None
        return list(told["items"])

    def post(self, path: str, body: Any = None, **more: Any) -> Response:
        return self.client.post(f"/api/v1{path}", json=body, **more)


@pytest.fixture(scope="module")
def api(full: Ledger) -> Api:
    return Api(full)


def item(row: ClaimRow) -> dict[str, Any]:
    r = row.report
    cited = {"key": r.key, "id": r.id, "title": r.title, "outlet": r.outlet, "source": r.source, "url": r.url}
    standing = {"page": row.page, "verdict": row.verdict, "corrected": row.corrected, "withdrawn": row.withdrawn}
    return {
        "claim": claim_record(row.claim),
        "report": {**cited, "published": r.published and r.published.isoformat(), "replaced": r.replaced, "copy": r.copy},
        **standing,
    }


def problem(answer: Response, status: int, code: str) -> str:
    """The message of an error, which must be of the one shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert {*answer.json()} == {"error"}
    error = answer.json()["error"]
    assert error["code"] == code
    assert {*error} <= {"code", "message", "problems"}
    assert error["message"]
    return str(error["message"])


# Lists


def test_claims_are_the_ledger_s_with_their_reports_and_how_they_stand(mine):
    struck, key = claim_of("gazette-strike", "struck"), PAPERS["gazette-strike"].key
    mine.decide(struck.id, "accept", report=key, person="A")
    rows = list(mine.claims())
    assert Api(mine).items("/claims") == [item(row) for row in rows]
    assert [row.verdict for row in rows if row.claim.id == struck.id and row.report.key == key] == ["accept"]


FILTERED = [
    ({"type": ["air_strike", "bombing"]}, Question(types=(ClaimType.AIR_STRIKE, ClaimType.BOMBING))),
    (
        {"place": "nadreh", "since": "2031-03-01", "until": "2031-03-03"},
        Question(places="Nadreh", since=date(2031, 3, 1), until=date(2031, 3, 3)),
    ),
    ({"country": "vm", "measure": "injured"}, Question(countries="VM", measures=(Measure.INJURED,))),
    ({"box": "-30,-50,-20,-41"}, None),
    ({"near": "-42.3,-22.2,10"}, None),
    ({"actor": "sulin front"}, Question(actors="sulin front")),
    ({"speaker": "-"}, Question(speakers="-")),
    ({"known-since": "2031-03-16", "known-until": "2031-03-17"}, Question(known_since=date(2031, 3, 16), known_until=date(2031, 3, 17))),
    ({"status": "denied"}, Question(statuses="denied")),
    ({"q": '"enemy laid"'}, Question(words='"enemy laid"')),
    ({"source": "The Hill Gazette"}, Question(sources="The Hill Gazette")),
    ({"report": "front-quay"}, Question(reports="front-quay")),
    ({"independent": "true"}, Question(independent=True)),
    ({"independent": "false"}, Question()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "question"), FILTERED)
def test_the_filters_ask_what_a_question_asks(api, full, query, question):
    found = [one["claim"]["id"] for one in api.items("/claims", **query)]
    assert found
    if question is not None:
        assert found == [row.claim.id for row in full.claims(question)]
    else:
        assert len(found) < len(list(full.claims()))


def test_rejected_claims_are_told_where_they_are_asked_for(mine):
    key, claim = ref("lamp-bomb", "exploded")
    mine.decide(claim, "reject", report=key, person="A")
    api = Api(mine)
    assert claim not in [one["claim"]["id"] for one in api.items("/claims", report=key)]
    assert [one["verdict"] for one in api.items("/claims", report=key, rejected="true")] == ["reject"]
    assert [one["verdict"] for one in api.items(f"/reports/{key}/claims", rejected="true")] == ["reject"]
    assert api.items(f"/reports/{key}/claims") == []


LISTS = ("claims", "reports", "figures", "sources", "events", "series", "holdings", "decisions")


def decided(ledger: Ledger) -> None:
    for row in list(ledger.claims(Question(limit=4))):
        ledger.decide(row.claim.id, "accept", report=row.report.key, person="A", note="seen")
    ledger.decide(row.claim.id, "unsure", report=row.report.key, person="B")


def test_cursors_of_every_page_size_give_every_row_once(mine):
    decided(mine)
    put_set(mine)  # odd names and signs, reports without dates, sources and titles
    api = Api(mine)
    for name in LISTS:
        whole = api.items(f"/{name}", **({"history": "true"} if name == "holdings" else {}))
        assert len(whole) > 1 or name == "holdings", name
        for limit in range(1, len(whole) + 2):
            found: list[Any] = []
            path = f"/api/v1/{name}?limit={limit}" + ("&history=true" if name == "holdings" else "")
            while path:
                answer = api.client.get(path)
                assert answer.status_code == 200, answer.text
                told = answer.json()
                assert len(told["items"]) == limit or told["next"] is None
                found += told["items"]
                linked = re.fullmatch(r'<(/api/v1/[!-~]+)>; rel="next"', answer.headers.get("link", ""))
                assert (linked is None) == (told["next"] is None)
                path = linked[1] if linked else ""
                assert not linked or f"after={told['next']}" in path
            assert found == whole, (name, limit)


def test_a_page_s_link_keeps_the_filter(api):
    answer = api.get("/claims", place=["Nadreh", "Corith"], q="bomb* exploded", limit=1)
    [path] = re.findall(r"<(.+)>", answer.headers["link"])
    rest = api.client.get(path).json()["items"]
    assert [one["claim"]["id"] for one in answer.json()["items"] + rest] == [
        one["claim"]["id"] for one in api.items("/claims", place=["Nadreh", "Corith"], q="bomb* exploded")
    ]


def test_a_cursor_outlives_what_is_added_and_is_refused_by_another_list(mine):
    api = Api(mine)
    first = api.json("/claims", limit=15)
    late = page("late", "The Wire", date(2031, 4, 1), "A bomb exploded in Corith on 30 March.\n")
    put(mine, late.report, [late.claim("exploded", ClaimType.BOMBING)], place="/late", item="late")
    rest = api.json("/claims", limit=500, after=first["next"])["items"]
    assert [one["claim"]["report"] for one in rest] == ["lamp-bomb", "late"]
    problem(api.get("/figures", after=first["next"]), 400, "bad_request")
    mine.forget(first["items"][-1]["report"]["key"], "a mistake")
    problem(api.get("/claims", after=first["next"]), 404, "not_found")


@pytest.mark.parametrize("after", ["", "x", "a b", "%", "W10", "WzFd", "WyJjbGFpbXMiXQ", "bnVsbA", "W1tb", "é", "A" * 12_001])
def test_what_is_no_cursor_is_refused(api, after):
    problem(api.get("/claims", after=after), 400, "bad_request")


def test_a_cursor_with_other_parts_is_refused(api):
    import base64

    for told in (["claims", 1, 2], ["claims", "a"], ["claims", "a", "b", "c"], ["claims", None, "b"], {"claims": 1}, "claims"):
        cursor = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
        problem(api.get("/claims", after=cursor), 400, "bad_request")
    huge = base64.urlsafe_b64encode(json.dumps(["decisions on claims", 10**30]).encode()).decode().rstrip("=")
    problem(api.get("/decisions", after=huge), 400, "bad_request")
    truth = base64.urlsafe_b64encode(json.dumps(["series", True]).encode()).decode().rstrip("=")
    problem(api.get("/series", after=truth), 400, "bad_request")


def commanded(ledger: Ledger, *arguments: str) -> bytes:
    result = CliRunner().invoke(cli.cli, [*arguments, "--ledger", ledger.where], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


FILES = [
    ("claims", "claims", {}, ()),
    ("claims", "claims", {"place": "Nadreh", "since": "2031-03-03"}, ("--place", "Nadreh", "--since", "2031-03-03")),
    ("claims", "claims", {"place": "Nowhere"}, ("--place", "Nowhere")),
    ("reports", "reports", {"known-since": "2031-03-10"}, ("--known-since", "2031-03-10")),
    ("figures", "figures", {"measure": "killed"}, ("--measure", "killed")),
    ("sources", "sources", {"country": "VM"}, ("--country", "VM")),
    ("events", "events", {"rule": "widest", "type": "protest"}, ("--rule", "widest", "--type", "protest")),
    ("events", "events", {}, ()),
    ("series", "series", {"measure": "killed"}, ("--measure", "killed")),
    ("holdings", "control", {}, ()),
    ("holdings", "control", {"history": "true", "as-known": "2031-03-11"}, ("--history", "--as-known", "2031-03-11")),
    ("holdings", "control", {"as-of": "2031-03-09"}, ("--as-of", "2031-03-09")),
]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize(("name", "command", "query", "arguments"), FILES)
def test_files_are_those_of_the_commands(api, full, form, name, command, query, arguments):
    answer = api.get(f"/{name}", format=form, **query)
    assert answer.status_code == 200, answer.text
    assert answer.content == commanded(full, command, *arguments, "--format", form)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{form}"'
    kind = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}[form]
    assert answer.headers["content-type"] == kind


def test_a_file_of_many_rows_comes_in_pieces_and_is_the_same(mine, monkeypatch):
    from according.web.api import listing

    api = Api(mine)
    whole = {form: api.get("/claims", format=form).content for form in ("csv", "jsonl")}
    monkeypatch.setattr(listing, "_AT_ONCE", 3)
    assert {form: api.get("/claims", format=form).content for form in ("csv", "jsonl")} == whole


def test_a_file_is_whole_and_takes_no_page(api):
    problem(api.get("/claims", format="csv", limit=3), 400, "bad_request")
    problem(api.get("/claims", format="jsonl", after="x"), 400, "bad_request")
    problem(api.get("/events", format="csv", since="2031-03-04", until="2031-03-01"), 400, "bad_request")


def test_lists_of_the_rest_are_what_the_ledger_gives(api, full):
    assert api.items("/series") == [series_record(one) for one in full.series()]
    assert api.items("/holdings", history="true") == [holding_record(one) for one in full.holdings()]
    assert api.items("/holdings", **{"as-of": "2031-03-10"}) == [holding_record(h) for h in held(full.holdings(), date(2031, 3, 10))]
    assert api.items("/holdings", **{"as-known": "2031-03-10"}) == []
    assert api.items("/events", rule="acled") == [event_record(event, Rule.ACLED) for event in full.events()]
    assert [one["name"] for one in api.items("/sources")] == [row.name for row in full.sources()]
    figures = api.items("/figures", measure="killed")
    assert [(one["figure"]["claim"], one["figure"]["text"]) for one in figures] == [
        (row.claim.id, row.figure.span.text) for row in full.figures(Question(measures=(Measure.KILLED,)))
    ]


def test_events_by_grade(api, full):
    for grade in Corroboration:
        assert [one["id"] for one in api.items("/events", grade=grade.value)] == [e.id for e in full.events() if e.grade is grade]
    first = api.json("/events", grade=["denied", "contested"], limit=1)
    rest = api.items("/events", grade=["denied", "contested"])
    assert first["items"] == rest[:1]


# One by one


def test_a_report_with_its_text_by_key_and_id(mine):
    put_set(mine)
    api = Api(mine)
    paper = PAPERS["gazette-strike"]
    told = api.json(f"/reports/{paper.key}")
    assert (told["text"], told["text_sha256"], told["claims"]) == (paper.report.text, paper.report.text_sha256, 2)
    assert api.json("/reports/gazette-strike") == told
    odd = api.json(f"/reports/{quote(ODD_REPORT.id)}")
    assert odd["text"] == ODD_REPORT.text
    assert [(one["start"], one["end"]) for one in odd["stretches"]] == list(ODD_REPORT.pages)
    assert [(one["start"], one["end"]) for one in odd["furniture"]] == list(ODD_REPORT.furniture)
    for claim in api.items(f"/reports/{odd['key']}/claims"):
        trigger = claim["claim"]["trigger"]
        assert odd["text"][trigger["start"] : trigger["end"]] == trigger["text"]
    problem(api.get("/reports/nothing"), 404, "not_found")
    problem(api.get("/reports/nothing/claims"), 404, "not_found")


def test_a_claim_with_its_event_and_what_was_decided(mine):
    key, id = ref("gazette-strike", "struck")
    mine.decide(id, "unsure", report=key, person="A", note="<b>why</b>")
    told = Api(mine).json(f"/claims/{id}", report="gazette-strike")
    assert {name: told[name] for name in item(mine.claim(id, report=key))} == item(mine.claim(id, report=key))
    assert told["event"] == id_of(mine, "gazette-strike", "struck")
    assert [(one["verdict"], one["person"], one["note"]) for one in told["decisions"]] == [("unsure", "A", "<b>why</b>")]
    assert told["decisions"][0]["seen"] == claim_record(claim_of("gazette-strike", "struck"))
    problem(Api(mine).get(f"/claims/{id}", report="front-quay"), 404, "not_found")
    problem(Api(mine).get(f"/claims/{id}"), 400, "bad_request")


def test_claims_of_one_id_in_two_reports_are_told_apart(api):
    key, id = ref("gazette-strike", "struck")
    other, same = ref("mirror-strike", "struck")
    assert id == same  # a copy's claims bear the ids of the original's
    assert [api.json(f"/claims/{id}", report=one)["report"]["key"] for one in (key, other)] == [key, other]


def test_an_event_s_dossier_by_each_rule(api, full):
    id = id_of(full, "gazette-strike", "struck")
    for rule in Rule:
        assert api.json(f"/events/{id}", rule=rule.value) == json.loads(json.dumps(dossier_record(full.event(id), rule)))
    problem(api.get("/events/e000000000000"), 404, "not_found")
    problem(api.get(f"/events/{id}", rule="best"), 400, "bad_request")


def test_after_a_merge_the_former_id_leads_to_the_event(mine):
    api = Api(mine)
    strike, protest = id_of(mine, "gazette-strike", "struck"), id_of(mine, "herald-protest", "marched")
    answer = api.post(f"/events/{strike}/merge", {"other": protest, "note": "one day"})
    assert answer.status_code == 200, answer.text
    now = answer.json()["id"]
    [former] = {strike, protest} - {now}
    assert api.get(f"/events/{former}", rule="widest").headers["location"] == f"/api/v1/events/{now}?rule=widest"
    assert api.get(f"/events/{former}").status_code == 308
    assert api.client.get(f"/api/v1/events/{former}", follow_redirects=True).json()["id"] == now
    [decision] = api.items("/decisions", of="events")
    assert (decision["verdict"], decision["person"], decision["note"]) == ("merge", "local", "one day")
    assert {(r["report_key"], r["claim"]) for r in decision["one"] + decision["other"]} == {
        (s.cited.key, s.claim.id) for s in mine.event(now).said
    }
    problem(api.post(f"/events/{now}/merge", {"other": former}), 400, "bad_request")
    problem(api.post(f"/events/{now}/merge", {"other": "e000000000000"}), 404, "not_found")


def test_a_split_gives_the_ids_of_both(mine):
    api = Api(mine)
    id = id_of(mine, "gazette-strike", "struck")
    answer = api.post(f"/events/{id}/split", {"told": ["watch-strike"], "note": None})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"rest": id, "parted": id_of(mine, "watch-strike", "bombed")}
    assert mine.event_decisions()[0].person == "local"
    problem(api.post(f"/events/{id}/split", {"told": ["nothing"]}), 400, "bad_request")
    problem(api.post(f"/events/{id}/split", {"told": []}), 400, "bad_request")


# Decisions


def test_a_decision_is_kept_and_another_that_saw_less_is_refused(mine):
    api = Api(mine)
    key, id = ref("watch-strike", "bombed")
    path = f"/claims/{id}/decisions?report={key}"
    answer = api.post(path, {"verdict": "accept", "seen": 0, "note": "“so”"})
    assert answer.status_code == 201, answer.text
    assert (answer.json()["verdict"], answer.json()["decisions"][-1]["person"]) == ("accept", "local")
    assert "local" in problem(api.post(path, {"verdict": "reject", "seen": 0}), 409, "changed_meanwhile")
    last = answer.json()["decisions"][-1]["number"]
    assert api.post(path, {"verdict": "reject", "seen": last}).json()["verdict"] == "reject"
    assert [d.verdict.value for d in mine.decisions(key)] == ["accept", "reject"]
    assert api.items("/decisions", report=key) == api.json(f"/claims/{id}", report=key)["decisions"]
    assert api.items("/decisions", claim="nothing") == []
    problem(api.get("/decisions", report="nothing"), 404, "not_found")
    problem(api.get("/decisions", of="events", report=key), 400, "bad_request")


def test_a_correction_is_a_claim_record(mine):
    api = Api(mine)
    key, id = ref("watch-strike", "bombed")
    path = f"/claims/{id}/decisions?report={key}"
    better = {**claim_record(claim_of("watch-strike", "bombed")), "type": "shelling", "status": "possible"}
    answer = api.post(path, {"verdict": "correct", "seen": 0, "correction": better})
    assert answer.status_code == 201, answer.text
    assert answer.json()["claim"] == better
    assert answer.json()["corrected"] is True
    assert claim_record(mine.claim(id, report=key).claim) == better
    last = answer.json()["decisions"][-1]["number"]
    for wrong in (
        {**better, "id": "0" * 16},
        {**better, "trigger": {"start": 0, "end": 3, "text": "Abc"}},
        {**better, "trigger": {"start": 3, "end": 0, "text": "Abc"}},
        {**better, "type": "nothing"},
        {**better, "more": 1},
        {**better, "event": 2**40},
        {**better, "confidence": 2},
        {**better, "evidence": ["a\0b"]},
        {**better, "figures": [{**better["figures"][0], "min": 18, "max": 17}]},
        {name: value for name, value in better.items() if name != "status"},
    ):
        problem(api.post(path, {"verdict": "correct", "seen": last, "correction": wrong}), 400, "bad_request")
    problem(api.post(path, {"verdict": "correct", "seen": last}), 400, "bad_request")
    problem(api.post(path, {"verdict": "accept", "seen": last, "correction": better}), 400, "bad_request")


# Errors


def test_errors_have_one_shape_whatever_is_wrong(api):
    problem(api.get("/nothing"), 404, "not_found")
    problem(api.client.get("/api/v2/claims"), 404, "not_found")
    wrong = api.client.delete("/api/v1/claims")
    problem(wrong, 405, "wrong_method")
    assert wrong.headers["allow"] == "GET"
    assert api.client.get("/api/v1/code").headers["allow"] == "POST"
    assert "bogus" in problem(api.get("/claims", bogus="1"), 400, "bad_request")
    assert "bogus" in problem(api.get("/status", bogus="1"), 400, "bad_request")
    assert "since" in problem(api.get("/claims", since=["2031-03-01", "2031-03-02"]), 400, "bad_request")
    problem(api.get("/claims", sort="day"), 400, "bad_request")  # a page's, and no list's
    problem(api.client.get("/api/v1/claims", headers={"host": "elsewhere.example"}), 421, "wrong_host")
    problem(api.post("/code", {"text": "x"}, headers={"sec-fetch-site": "cross-site"}), 403, "not_allowed")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"), ("limit", "501"), ("limit", "-1"), ("limit", "1" * 5000), ("limit", "x"), ("limit", ""), ("type", "war"),
        ("type", ""),
        ("since", "2031-02-30"), ("since", "0000-01-01"), ("since", "20310203"), ("since", "2031"), ("box", "1,2,3"), ("box", "0,9,1,-9"),
        ("box", "999,0,1,1"), ("near", "0,0,0"), ("near", "nan,0,1"), ("near", "1e400,0,1"), ("country", "SYR"), ("place", "\0"),
        ("place", "—"),
        ("place", "x" * 501), ("q", "…"), ("q", "\0"), ("independent", "perhaps"), ("format", "xml"), ("status", "so"), ("measure", "many"),
        ("report", "\0"), ("source", "\0"), ("known-since", "now"), ("place", ["a"] * 101),
    ],
)  # fmt: skip
def test_values_that_cannot_be_understood_are_told(api, name, value):
    assert problem(api.get("/claims", **{name: value}), 400, "bad_request")


def test_odd_signs_in_paths_and_bodies_are_no_fault_of_ours(mine):
    api = Api(mine)
    key, id = ref("watch-strike", "bombed")
    for odd in ("%00", "%ED%A0%80", "%FF", "..%2F..", "'%3B--", "%F0%9F%98%80", "x" * 3000):
        status, code = (400, "bad_request") if odd == "%00" and "postgresql" in mine.where else (404, "not_found")
        for path in (f"/reports/{odd}", f"/events/{odd}", f"/claims/{odd}?report={key}"):
            problem(api.client.get(f"/api/v1{path}"), status, code)
    path = f"/api/v1/claims/{id}/decisions?report={key}"
    for body in (
        b"", b"nope", b"[" * 100_000, b"[]", b"null", b"1", b'{"verdict": "accept"', b'{"\\ud800": 1}', b"\xff",
        b'{"verdict": "accept", "seen": NaN}',
        b'{"verdict": "accept", "seen": 0, "note": "\\ud800"}', b'{"verdict": "accept", "seen": 0, "note": "\\u0000"}',
        b'{"verdict": "accept", "seen": ' + b"9" * 5000 + b"}", b'{"verdict": "accept", "seen": ' + b"9" * 30 + b"}",
        b'{"verdict": "accept", "seen": true}', b'{"verdict": "accept", "seen": "0"}', b'{"verdict": "accept"}',
        b'{"verdict": "so", "seen": 0}',
        b'{"verdict": "accept", "seen": 0, "more": 1}',
    ):  # fmt: skip
        problem(api.client.post(path, content=body, headers={"content-type": "application/json"}), 400, "bad_request")
    problem(api.client.post(path, content=b" " * 3_000_000, headers={"content-type": "application/json"}), 413, "too_large")
    assert not list(mine.decisions(key))


# Reading, coding, versions


TEXT = "The army said on 3 February that air strikes hit Saraqib, in Idlib, killing at least 12 rebels."


def test_a_text_is_coded_and_not_kept(api, full):
    from according import intake, pipeline

    before = full.status().rows
    answer = api.client.post("/api/v1/code", content=TEXT, headers={"content-type": "text/plain; charset=utf-8"})
    assert answer.status_code == 200, answer.text
    made = pipeline.claims(intake.from_text(TEXT))
    assert made
    assert answer.json()["claims"] == [claim_record(claim) for claim in made]
    known = {"id": "x1", "title": "Strikes", "published": "2020-02-04", "source": "SANA", "url": "https://e.example/1"}
    answer = api.post("/code", {"text": TEXT, **known})
    assert {name: answer.json()["report"][name] for name in known} == known
    assert answer.json()["claims"][0]["time"]["from"] == "2020-02-03"
    assert full.status().rows == before


def test_what_is_no_report_is_told(api):
    def sent(content: bytes, kind: str) -> Response:
        return api.client.post("/api/v1/code", content=content, headers={"content-type": kind})

    for content in (
        b"",
        b"  ",
        b"12",
        b"\xff\xfe",
        b"a\0b",
        b"Die Armee hat gestern mit der Artillerie die Stadt und das Dorf angegriffen.",
    ):
        problem(sent(content, "text/plain"), 400, "bad_request")
    for charset in ("nothing", "undefined", "hex", "utf-7"):
        assert sent(b"\xff+AGE", f"text/plain; charset={charset}").status_code == 400
    for content in (
        b"",
        b"{}",
        b"[]",
        b'{"text": 1}',
        b'{"text": "\\ud800"}',
        b'{"text": "a b", "published": "2020-02-30"}',
        b'{"text": "a", "titel": "b"}',
    ):
        problem(sent(content, "application/json"), 400, "bad_request")
    problem(sent(b"<p>x</p>", "text/html"), 415, "wrong_type")
    problem(sent(b"word " * 41_000, "text/plain"), 413, "too_large")
    problem(sent(b"word " * 330_000, "text/plain"), 413, "too_large")


def test_many_who_wait_for_the_model_are_asked_to_come_again(api, monkeypatch):
    import threading

    from according.web.api import coding

    monkeypatch.setattr(coding, "_places", threading.BoundedSemaphore(1))
    with coding._places:
        answer = api.post("/code", {"text": TEXT})
    problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "60"
    assert api.post("/code", {"text": TEXT}).status_code == 200


def test_actors_of_words(api):
    told = api.json("/actors", q=["Syrian army", "nobody at all"])["items"]
    assert [one["words"] for one in told] == ["Syrian army", "nobody at all"]
    assert told[0]["matches"][0]["id"] == "sy-army"
    assert told[1]["matches"] == []
    [by_id] = api.json("/actors", q="sy-army")["items"]
    assert (by_id["matches"][0]["by"], by_id["matches"][0]["sure"]) == ("id", True)
    problem(api.get("/actors"), 400, "bad_request")
    problem(api.get("/actors", q="army", year=99), 400, "bad_request")


def test_the_status_has_versions_and_counts(mine):
    decided(mine)
    told = Api(mine).json("/status")
    assert told["versions"]["according"] == __version__
    assert told["counts"] == {"reports": 11, "replaced": 0, "copies": 1, "sources": 8, "claims": 16, "figures": 11, "decisions": 5}
    assert mine.name not in json.dumps(told)  # where the ledger lies is nobody's business


# Who may


def test_every_route_of_the_api_is_in_the_policy(full):
    names = [operation["operationId"] for path in document(Api(full).app)["paths"].values() for operation in path.values()]
    assert names
    assert {*names, "api_openapi"} == {name for name in ROUTES if name.startswith("api_")}
    writing = {"api_decide": Role.REVIEWER, "api_merge": Role.EDITOR, "api_split": Role.EDITOR}
    assert {name: ROUTES[name] for name in names} == {name: writing.get(name, Role.VIEWER) for name in names}
    assert ROUTER.prefix == "/api/v1"


def test_whoever_did_not_say_who_he_is_gets_nothing(full):
    api = Api(full, guarded=True)
    for path, methods in document(api.app)["paths"].items():
        for method in methods:
            problem(api.client.request(method.upper(), re.sub(r"\{\w+\}", "x", path)), 401, "who_are_you")
    problem(api.get("/openapi.json"), 401, "who_are_you")


def test_a_viewer_reads_and_does_not_decide(full, monkeypatch):
    from according.web import entering

    monkeypatch.setattr(entering, "known", lambda request: Person("V", Role.VIEWER))
    api = Api(full)
    assert api.get("/claims").status_code == 200
    for path in ("/claims/x/decisions?report=y", "/events/x/merge", "/events/x/split"):
        problem(api.post(path, {}), 403, "not_allowed")


# What is told of it


def test_the_page_of_the_api_has_every_operation_and_record(full):
    api = Api(full)
    told = api.client.get("/api").text
    for path, methods in document(api.app)["paths"].items():
        assert path in told
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in told
    for name in document(api.app)["components"]["schemas"]:
        assert f'id="{name}"' in told
    assert "built-in" not in told
    assert all(f'id="{target}"' in told for target in re.findall(r'href="#([^"]+)"', told))


def test_every_path_and_parameter_stands_in_the_docs(full):
    docs = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    made = document(Api(full).app)
    assert made["openapi"].startswith("3.1")
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            assert f"`{method.upper()} {path.removeprefix('/api/v1')}`" in docs
            for parameter in operation.get("parameters", ()):
                assert f"`{parameter['name']}`" in docs or f"{{{parameter['name']}}}" in docs
                assert parameter["in"] == "path" or parameter["description"]
            assert operation["description"]
    for status in {status for methods in made["paths"].values() for operation in methods.values() for status in operation["responses"]}:
        assert f"| {status} |" in docs or status == "200"
    assert "HTTPValidationError" not in json.dumps(made)
    assert all("422" not in operation["responses"] for methods in made["paths"].values() for operation in methods.values())
