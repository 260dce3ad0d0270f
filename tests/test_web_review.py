"""Review by HTTP: the queue, what is decided and taken back, corrections and their faults, two people on one claim, second looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from according.ledger.deciding import Verdict
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.reviewing import Queue
from according.ledger.roles import LOCAL, Role
from according.model import Claim, ClaimType, Measure, Status
from according.web.app import application
from according.web.correcting import corrected, written
from according.web.site import Site
from told_events import PAPERS, claim_of, march, ref, take

XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>javascript:alert(3)\u202e"
KEY, ID = ref("gazette-strike", "struck")
STRIKE = claim_of("gazette-strike", "struck")
HERE = f"/review/{KEY}/{ID}"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "a.db", create=True) as ledger:
        take(ledger)
        yield ledger


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1", follow_redirects=False)


def comes_as(ledger: Ledger, name: str, role: Role = Role.REVIEWER, share: float = 1.0) -> TestClient:
    """A client of somebody who comes to a guarded site by a token."""
    ledger.people.add(name, role, None, person=LOCAL)
    token = ledger.people.make_token(name, "tests", person=LOCAL)
    app = application(Site(ledger, guarded=True, second_share=share))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, headers={"authorization": f"Bearer {token}"})


def stands(ledger: Ledger, key: str = KEY, claim: str = ID) -> tuple[str | None, Claim]:
    asked = Question(reports=(key,), rejected=True, withdrawn=True)
    return next((row.verdict, row.claim) for row in ledger.claims(asked) if row.claim.id == claim)


def path(answer: Response) -> str:
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]
    return urlsplit(answer.headers["location"]).path


def post(client: TestClient, verdict: str, where: str = HERE, last: int = 0, **more: str) -> Response:
    return client.post(where, data={"verdict": verdict, "last": str(last), **more})


def form(claim: Claim = STRIKE, **changed: str) -> dict[str, str]:
    """The form of a correction as a browser sends it."""
    return written(claim) | {name.replace("__", "-"): value for name, value in changed.items()}


# The queue.


def test_the_queue_leads_to_its_first_claim_and_from_there_on(client: TestClient, ledger: Ledger) -> None:
    review = ledger.review(Queue(LOCAL))
    first = review.next()
    assert first is not None
    second = review.next(first)
    assert second is not None
    answer = client.get("/review")
    assert path(answer) == f"/review/{first.report}/{first.claim}"
    text = client.get(answer.headers["location"]).text
    skip = re.search(r'href="([^"]+)" data-key="n"', text)
    assert skip
    answer = client.get(skip[1].replace("&amp;", "&"))
    assert path(answer) == f"/review/{second.report}/{second.claim}"
    text = client.get(answer.headers["location"]).text
    back = re.search(r'href="([^"]+)" data-key="p"', text)
    assert back
    assert path(client.get(back[1].replace("&amp;", "&"))) == f"/review/{first.report}/{first.claim}"


def test_a_claim_is_shown_with_its_words_marked_and_what_others_say(client: TestClient) -> None:
    text = client.get(HERE).text
    start = STRIKE.place.span.start  # type: ignore[union-attr]
    assert f'<span data-start="{start}" class="w sentence place" data-field="sentence place">Nadreh</span>' in text
    assert "At least 17 people" not in text and "a local monitor" in text  # another account of the event, by who says it
    assert f'href="/report/{KEY}#claim-{ID}"' in text
    assert re.search(r'href="/event/e[0-9a-f]{12}"', text)
    assert "accounts contradict or deny it" in text


def test_the_segments_of_the_source_are_the_text_itself(client: TestClient) -> None:
    text = client.get(HERE).text
    report = PAPERS["gazette-strike"].report.text
    for start, words in re.findall(r'<span data-start="(\d+)"[^>]*>([^<]*)</span>', text):
        assert report[int(start) : int(start) + len(words)] == words


def test_filters_of_the_address_stay_on_the_way(client: TestClient) -> None:
    answer = client.get("/review?place=Ostrel&type=protest")
    text = client.get(answer.headers["location"]).text
    assert path(answer).split("/")[2] in (PAPERS["herald-protest"].key, PAPERS["radio-protest"].key)
    [action] = set(re.findall(r'action="(/review/[0-9a-f]{16}/[^"]+)"', text))
    assert "place=Ostrel" in action and "type=protest" in action
    answer = post(client, "accept", action.replace("&amp;", "&"))
    assert "place=Ostrel" in answer.headers["location"]
    assert path(client.get(answer.headers["location"])) != path(client.get("/review"))


@pytest.mark.parametrize("query", ["after=nowhere", "which=all", "colour=red", "came=x", "grade=golden"])
def test_an_address_that_cannot_be_understood_is_told_so(client: TestClient, query: str) -> None:
    assert client.get(f"/review?{query}").status_code == 400


@pytest.mark.parametrize("where", [f"/review/{KEY}/{'0' * 16}", f"/review/{'0' * 16}/{ID}"])
def test_a_claim_that_is_not_there_is_not_found(client: TestClient, where: str) -> None:
    assert client.get(where).status_code == 404
    assert post(client, "accept", where).status_code == 404  # type: ignore[attr-defined]


def test_when_all_is_decided_the_page_says_so_and_skipped_ones_can_be_had_again(client: TestClient, ledger: Ledger) -> None:
    skipped = ledger.review(Queue(LOCAL)).next()
    assert skipped is not None
    at, decided = str(skipped), 0
    while client.get(f"/review?after={at}").status_code == 303:
        where = path(client.get(f"/review?after={at}"))
        assert path(post(client, "accept", f"{where}?after={at}")) == "/review"
        decided += 1
    assert "The end of the queue" in client.get(f"/review?after={at}").text
    assert path(client.get("/review")) == f"/review/{skipped.report}/{skipped.claim}"
    post(client, "accept", f"/review/{skipped.report}/{skipped.claim}")
    text = client.get("/review").text
    assert "Nothing is left to review" in text
    assert f"<strong>{decided + 1}</strong> of {decided + 1} claims" in text


# What is decided.


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_verdict_is_kept_with_its_person_and_note(client: TestClient, ledger: Ledger, verdict: str) -> None:
    answer = post(client, verdict, note=" seen on film ")
    assert path(answer) == "/review"
    assert stands(ledger) == (verdict, STRIKE)
    [decision] = ledger.decisions(KEY)
    assert (decision.verdict, decision.person, decision.note) == (Verdict(verdict), LOCAL, "seen on film")
    assert path(client.get(answer.headers["location"])) != HERE


def test_a_decision_is_taken_back_from_the_next_claim(client: TestClient, ledger: Ledger) -> None:
    post(client, "reject")
    [decision] = ledger.decisions(KEY)
    text = client.get(client.get("/review").headers["location"]).text
    assert "Your last decision: rejected" in text and f'value="{KEY}:{ID}"' in text
    answer = client.post("/review/undo", data={"claim": f"{KEY}:{ID}", "last": str(decision.number)})
    assert path(answer) == HERE
    assert stands(ledger) == (None, STRIKE)
    assert [d.verdict for d in ledger.decisions(KEY)] == ["reject", "undo"]
    assert "(taken back)" in client.get(HERE).text


def test_undo_pressed_twice_takes_back_one(client: TestClient, ledger: Ledger) -> None:
    post(client, "unsure")
    [first] = ledger.decisions(KEY)
    post(client, "reject", last=first.number)
    last = ledger.decisions(KEY)[-1].number
    data = {"claim": f"{KEY}:{ID}", "last": str(last)}
    assert client.post("/review/undo", data=data).status_code == 303
    assert client.post("/review/undo", data=data).status_code == 409
    assert stands(ledger)[0] == "unsure"


def test_nothing_to_take_back_is_told(client: TestClient) -> None:
    assert post(client, "undo").status_code == 400  # type: ignore[attr-defined]
    assert client.post("/review/undo", data={"claim": "x", "last": "1"}).status_code == 400


def test_a_flag_is_shown_with_its_note_and_settled_by_a_decision(client: TestClient) -> None:
    assert path(post(client, "flag", note="whose aircraft?")) == "/review"
    assert "whose aircraft?" in client.get(HERE).text
    assert path(client.get("/review?which=flagged")) == HERE
    post(client, "accept")
    assert "whose aircraft?" not in client.get(HERE).text
    assert client.get("/review?which=flagged").status_code == 200


def test_what_is_left_unsure_comes_again_last_and_once(client: TestClient) -> None:
    post(client, "unsure")
    where = client.get("/review?which=unsure").headers["location"]
    assert urlsplit(where).path == HERE
    text = client.get(where).text
    last = re.search(r'name="last" value="(\d+)"', text)
    assert last
    answer = post(client, "unsure", where, last=int(last[1]))
    assert client.get(answer.headers["location"]).status_code == 200  # the end: it does not come back at once


@pytest.mark.parametrize("data", [{"verdict": "perhaps"}, {}, {"verdict": "accept", "note": "x" * 2001}])
def test_what_is_no_verdict_is_refused(client: TestClient, ledger: Ledger, data: dict[str, str]) -> None:
    assert client.post(HERE, data=data).status_code == 400
    assert ledger.decisions(KEY) == []


# Corrections.


def test_a_correction_is_kept_with_the_words_that_it_rests_on(client: TestClient, ledger: Ledger) -> None:
    changed = {
        "type": "bombing", "status": "possible", "manner": "quoted", "said_by__0": "the warden of the quarter", "said_by__0__at": "",
        "actor__0": "Velmar army", "actor__0__at": "", "place": "Pellar Street", "place__at": "", "time__from": "2031-03-02",
        "figure__0__min": "10", "figure__0__max": "1,200", "figure__0__cumulative": "on", "figure__1": "the wounded",
        "figure__1__measure": "injured", "figure__1__min": "", "figure__1__at": "",
    }  # fmt: skip
    answer = post(client, **(form(**changed) | {"verdict": "correct", "note": "read again"}))
    assert path(answer) == "/review"
    verdict, claim = stands(ledger)
    text = PAPERS["gazette-strike"].report.text
    assert (verdict, claim.type, claim.status, claim.manner) == ("correct", ClaimType.BOMBING, Status.POSSIBLE, "quoted")
    assert [p.span.text for p in claim.said_by] == ["the warden of the quarter"]
    assert [p.span.text for p in claim.actor] == ["Velmar army"]
    assert claim.place and (claim.place.span.text, claim.place.lat) == ("Pellar Street", None)
    assert claim.time and (claim.time.start, claim.time.end) == (march(2), march(3))
    killed, injured = claim.figures
    assert (killed.min, killed.max, killed.cumulative, killed.of) == (10, 1200, True, "traders")
    assert (injured.measure, injured.span.text, injured.min) == (Measure.INJURED, "the wounded", None)
    assert all(text[s.start : s.end] == s.text for s in (claim.said_by[0].span, claim.actor[0].span, claim.place.span, injured.span))
    assert [d.note for d in ledger.decisions(KEY)] == ["read again"]
    shown = client.get(HERE).text
    assert "as a person corrected it" in shown and "read again" in shown


def test_the_form_of_a_claim_sent_back_as_it_is_changes_nothing_and_says_so(client: TestClient, ledger: Ledger) -> None:
    answer = post(client, **(form() | {"verdict": "correct"}))
    assert answer.status_code == 400 and "Nothing is told otherwise here" in answer.text  # type: ignore[attr-defined]
    assert ledger.decisions(KEY) == []


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"place": "Atlantis", "place__at": ""}, "place", "“Atlantis” do not stand in the report"),
        ({"actor__1": "nobody at all"}, "actor-1", "do not stand in the report"),
        ({"type": "miracle"}, "type", "“miracle” is none of"),
        ({"time__from": "3 March"}, "time-from", "A day is written 2020-02-03"),
        ({"time__from": "2031-03-09"}, "time-to", "cannot end on 2031-03-03 and begin on 2031-03-09"),
        ({"time": "", "time__at": ""}, "time", "Days rest on words"),
        ({"figure__0__min": "twelve"}, "figure-0-min", "a whole number"),
        ({"figure__0__min": "-1"}, "figure-0-min", "a whole number"),
        ({"figure__0__max": "9" * 19}, "figure-0-max", "a whole number"),
        ({"figure__0__min": "20"}, "figure-0-max", "The most cannot be 12 where the least is 20"),
        ({"figure__1__min": "4"}, "figure-1", "A number rests on words"),
        ({"figure__0__measure": "souls"}, "figure-0-measure", "“souls” is none of"),
        ({"figure__0__of": "dragons"}, "figure-0-of", "“dragons” do not stand"),
    ],
)
def test_a_fault_is_told_by_its_field_and_nothing_is_kept(
    client: TestClient, ledger: Ledger, changed: dict[str, str], field: str, said: str
) -> None:
    answer = post(client, **(form(**changed) | {"verdict": "correct", "note": "as typed"}))
    assert answer.status_code == 400  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert said in text and f'id="{field}-fault"' in text
    assert re.search(rf'id="{field}" [^>]*aria-invalid="true" aria-describedby="{field}-fault"', text)
    assert 'value="as typed"' in text and '<details id="edit" class="no-print" open>' in text
    assert ledger.decisions(KEY) == []


def test_words_are_taken_at_their_offsets_else_in_the_sentence_else_nearest() -> None:
    report = PAPERS["wire-roundup"].report
    claim = claim_of("wire-roundup", "strike")
    twice = [m.start() for m in re.finditer("the", report.text)]

    def target(words: str, at: str = "") -> int:
        made = corrected(claim, report, written(claim) | {"target-0": words, "target-0-at": at})
        assert made.claim is not None, made.problems
        return made.claim.target[0].span.start

    assert target("the", f"{twice[0]}-{twice[0] + 3}") == twice[0]
    assert claim.sentence.start <= target("the") < claim.sentence.end
    assert target("the", "0-3") == target("the")  # other words stand there
    assert target("a nurse") == report.text.index("a nurse")
    assert target("whole  quarters") == report.text.index("whole quarters")


def test_a_place_of_words_that_the_report_has_placed_elsewhere_is_placed_as_there() -> None:
    report, claim = PAPERS["wire-roundup"].report, claim_of("wire-roundup", "strike")
    corith = claim_of("wire-roundup", "exploded").place
    assert corith is not None
    made = corrected(claim, report, written(claim) | {"place": "Corith", "place-at": ""}, [corith])
    assert made.claim is not None and made.claim.place == corith
    alone = corrected(claim, report, written(claim) | {"place": "Corith", "place-at": ""})
    assert alone.claim is not None and alone.claim.place is not None and alone.claim.place.lat is None


def test_new_parties_are_named_by_the_table_and_old_ones_keep_what_they_bear() -> None:
    from according.model import Report, Span, claim_id

    text = "Hezbollah fighters shelled the town, Reuters said."
    report = Report("r", text, published=march(3))
    trigger, whole = Span.of(text, 19, 26), Span.of(text, 0, len(text))
    claim = Claim(claim_id(report.text_sha256, trigger, ClaimType.SHELLING), "r", whole, trigger, ClaimType.SHELLING)
    made = corrected(claim, report, written(claim) | {"said_by-0": "Reuters", "actor-0": "the town"})
    assert made.claim is not None
    assert made.claim.said_by[0].actor is not None and made.claim.actor[0].actor is None


# Two people.


def test_the_second_of_two_sees_what_the_first_changed_and_overwrites_nothing(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    assert rashid.get(HERE).status_code == 200
    post(amina, **(form(status="possible", figure__0__max="15") | {"verdict": "correct", "note": "reportedly"}))
    made = ledger.decisions(KEY)
    answer = post(rashid, "reject", note="it was elsewhere")
    text = answer.text  # type: ignore[attr-defined]
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert ledger.decisions(KEY) == made
    assert "amina</bdi></strong> corrected" in text and "reportedly" in text
    assert "<bdi>happened</bdi></del>" in text and "<bdi>possible</bdi></ins>" in text
    assert "“12 traders”: killed: 12–15" in text
    assert 'value="it was elsewhere"' in text
    assert f'name="last" value="{made[-1].number}"' in text
    assert path(post(rashid, "reject", last=made[-1].number)) == "/review"
    assert [(d.person, d.verdict) for d in ledger.decisions(KEY)] == [("amina", "correct"), ("rashid", "reject")]


def test_a_correction_that_comes_second_keeps_what_was_typed(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    post(amina, "accept")
    answer = post(rashid, **(form(place="Pellar Street", place__at="") | {"verdict": "correct"}))
    assert answer.status_code == 409 and 'value="Pellar Street"' in answer.text  # type: ignore[attr-defined]
    assert stands(ledger) == ("accept", STRIKE)


def test_nobody_takes_back_what_another_decided(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    post(amina, "accept")
    [made] = ledger.decisions(KEY)
    assert post(rashid, "undo", last=made.number).status_code == 400  # type: ignore[attr-defined]
    assert stands(ledger)[0] == "accept"


# Second looks.


def test_a_second_look_is_blind_changes_nothing_and_is_compared(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    post(amina, **(form(status="possible", figure__0__max="8888", figure__0__min="7777") | {"verdict": "correct", "note": "amina's note"}))
    before = stands(ledger)
    answer = rashid.get("/review")
    assert path(answer) == f"{HERE}/second"
    text = rashid.get(answer.headers["location"]).text
    assert "You see it as that person saw it" in text
    for told in ("amina", "7,777", "7777", "corrected", "possible, "):
        assert told not in re.sub(r"(?s)<select.*?</select>", "", text), told
    assert path(post(rashid, "accept", f"{HERE}/second", note="rashid's note")) == "/review"
    assert stands(ledger) == before
    assert path(rashid.get("/review")) != f"{HERE}/second"
    assert post(rashid, "accept", f"{HERE}/second").status_code == 400  # type: ignore[attr-defined]
    shown = rashid.get("/review/agreement").text
    assert "1 claim was looked at by two people" in shown
    assert re.search(r'status</th>\s*<td class="number">1</td>\s*<td class="number">0 %</td>', shown)
    assert re.search(r'type</th>\s*<td class="number">1</td>\s*<td class="number">100 %</td>', shown)
    assert "rashid&#39;s note" in shown


def test_a_second_look_may_correct_and_is_told_its_faults(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    post(amina, "accept")
    answer = post(rashid, where=f"{HERE}/second", **(form(place="Atlantis", place__at="") | {"verdict": "correct"}))
    assert answer.status_code == 400 and 'id="place-fault"' in answer.text  # type: ignore[attr-defined]
    post(rashid, where=f"{HERE}/second", **(form(status="denied") | {"verdict": "correct"}))
    [twice] = ledger.review(Queue("zoya")).twice()
    assert twice.seconds[0].correction == replace(STRIKE, status=Status.DENIED)
    assert stands(ledger) == ("accept", STRIKE)


def test_without_a_share_nobody_looks_twice(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina", share=0.0), comes_as(ledger, "rashid", share=0.0)
    post(amina, "accept")
    assert not path(rashid.get("/review")).endswith("/second")
    assert rashid.get(f"{HERE}/second").status_code == 400


def test_alone_on_the_machine_the_page_says_that_another_person_is_needed(client: TestClient) -> None:
    post(client, "accept")
    assert "a second person is needed" in client.get("/review/agreement").text
    assert "everybody is one person" in client.get("/review?which=second").text


def test_agreement_over_several_claims_has_alpha_with_its_interval(ledger: Ledger) -> None:
    amina, rashid = comes_as(ledger, "amina"), comes_as(ledger, "rashid")
    for n, spot in enumerate(iter(lambda: ledger.review(Queue("amina")).next(), None)):
        where = f"/review/{spot.report}/{spot.claim}"
        assert path(post(amina, "accept" if n % 2 else "reject", where)) == "/review"
        assert path(post(rashid, "accept" if n % 4 else "reject", f"{where}/second")) == "/review"
    text = rashid.get("/review/agreement").text
    assert re.search(
        r'verdict</th>\s*<td class="number">\d+</td>\s*<td class="number">\d+ %</td>\s*<td class="number">−?0\.\d\d</td>', text
    )
    assert re.search(r"−?\d\.\d\d to \d\.\d\d</td>", text)
    assert "Too few to build upon" in text


# Who may, and what is shown of what people wrote.


@pytest.mark.parametrize("where", ["/review", HERE, f"{HERE}/second", "/review/agreement", f"/review/previous?of={KEY}:{ID}"])
def test_a_viewer_reviews_nothing(ledger: Ledger, where: str) -> None:
    assert comes_as(ledger, "viewer", Role.VIEWER).get(where).status_code == 403


@pytest.mark.parametrize("where", [HERE, f"{HERE}/second", "/review/undo"])
def test_a_viewer_decides_nothing(ledger: Ledger, where: str) -> None:
    viewer = comes_as(ledger, "viewer", Role.VIEWER)
    assert post(viewer, "accept", where).status_code == 403  # type: ignore[attr-defined]
    assert ledger.decisions(KEY) == []


def test_notes_names_and_fields_are_inert(ledger: Ledger) -> None:
    amina = comes_as(ledger, "<b>amina</b>")
    post(amina, "flag", note=XSS)
    shown = [amina.get(HERE).text]
    post(amina, "reject", note=XSS)
    answer = post(
        amina, last=ledger.decisions(KEY)[-1].number, **(form(place=XSS, place__at=XSS, type=XSS) | {"verdict": "correct", "note": XSS})
    )
    shown += [
        amina.get(HERE).text,
        answer.text,
        amina.get("/review/agreement").text,
        amina.get(f"/review?q={'<script>alert(1)</script>'}").text,
    ]  # type: ignore[attr-defined]
    for text in shown:
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>amina" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown[0] and "&lt;script&gt;" in shown[1] and "&lt;script&gt;" in shown[2]
    assert "\u202e" not in shown[0]  # it is named, and turns nothing


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    for where in (HERE, "/review/agreement", "/review?which=flagged"):
        text = client.get(where).text
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=", text)


def test_enter_in_a_note_decides_nothing(client: TestClient) -> None:
    """The first button of a form is the one that Enter presses: here it is one that does nothing."""
    text = client.get(HERE).text
    start = text.index('aria-label="Decide"')
    assert re.match(r'aria-label="Decide">\s*<button disabled hidden>', text[start:])
