"""A report's page: its text as it is with every claim's words marked, its claims beside it, and nothing of it that acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import ClaimType, Party, Report, Span
from according.web.app import application
from according.web.marking import marks
from according.web.site import Site
from hand_ledger import ODD, ODD_CLAIMS, ODD_REPORT, claim, fresh, machine, put
from ledger_of_hand import CLAIMS, REPORT
from seen_pages import TRIES, find, hostile, inert, marked, own, put_hostile, read, text
from told_events import PAPERS, claim_of, id_of, take

GAZETTE = PAPERS["gazette-strike"]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh(tmp_path) as ledger:
        yield ledger


def client_of(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1", follow_redirects=False)


def page(ledger: Ledger, told: str) -> Any:
    answer = client_of(ledger).get(f"/report/{told}", follow_redirects=True)
    assert answer.status_code == 200
    return read(answer.text)


def cards(tree: Any) -> list[Any]:
    return list(find(tree, "#cards > .card"))


def fields(card: Any) -> dict[str, str]:
    return {term.text_content(): text(term.getnext()) for term in find(card, "dl > dt")}


# --- words in the text -----------------------------------------------------------------------------------------------------


def test_every_claims_words_are_marked_exactly_and_the_text_is_whole(ledger: Ledger) -> None:
    take(ledger)
    for paper in PAPERS.values():
        body = find(page(ledger, paper.key), "#text")[0]
        paragraphs = find(body, "p[dir]")
        assert "".join(own(p, "ref") for p in paragraphs) == paper.report.text
        expected = {(c.id, m.part): paper.report.text[m.start : m.end] for c in paper.claims for m in marks(c)}
        assert marked(body) == expected


def test_astral_letters_and_letters_from_right_to_left_keep_their_marks(ledger: Ledger) -> None:
    put(ledger, ODD_REPORT, ODD_CLAIMS)
    body = find(page(ledger, ODD_REPORT.id), "#text")[0]
    told = {(c.id, m.part): ODD[m.start : m.end].replace("\u202e", "RLO").replace("\u202c", "PDF") for c in ODD_CLAIMS for m in marks(c)}
    assert marked(body) == told
    assert [sign.text for sign in find(body, "bdi.sign")] == ["RLO", "PDF"]


def test_each_paragraph_has_the_direction_of_its_own_letters(ledger: Ledger) -> None:
    lines = "قال الجيش إن 12 شخصا قتلوا في سراقب.\n\nThe army said so.\n"
    report = Report("both", lines, title="سراقب", language="ar")
    start = lines.index("سراقب")
    made = replace(claim(report, "قتلوا"), actor=(Party(Span.of(lines, start, start + 5)),))
    put(ledger, report, [made])
    tree = page(ledger, "both")
    assert [p.get("dir") for p in find(tree, "#text p")] == ["auto", "auto"]
    assert find(tree, "#text")[0].get("lang") == "ar"
    assert find(tree, "h1")[0].get("dir") == "auto"
    assert [text(w) for w in find(tree, "#text .actor")] == ["سراقب"]
    assert {b.tag for b in find(tree, "#cards .fact > *")} == {"bdi"}


def test_words_and_fields_lead_to_one_another(ledger: Ledger) -> None:
    take(ledger)
    tree = page(ledger, GAZETTE.key)
    ids = [element.get("id") for element in find(tree, "[id]")]
    assert len(ids) == len(set(ids))
    links = [a.get("href") for a in find(tree, "#text a, #cards a") if a.get("href").startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    for made in GAZETTE.claims:
        assert f"#claim-{made.id}" in links and f"#words-{made.id}-trigger" in links
        # What stands under a field's link is what the mark says.
        for fact in find(tree, f"#claim-{made.id} .fact"):
            words = "".join(own(w) for w in find(tree, ".w[data-claim]") if (made.id, fact.get("data-field")) in pairs(w))
            assert own(fact) == words


def pairs(word: Any) -> list[tuple[str, str]]:
    return list(zip(word.get("data-claim").split(), word.get("data-field").split(), strict=True))


def test_pages_of_a_report_are_told(ledger: Ledger) -> None:
    lines = "First page.\nStill the first.\nSecond page.\n"
    put(ledger, Report("paged", lines, pages=((0, 29), (29, len(lines)))), [])
    tree = page(ledger, "paged")
    body = find(tree, "#text")[0]
    assert [text(p) for p in find(body, "p")] == ["page 1", "First page.", "Still the first.", "page 2", "Second page."]
    assert "No claim was found" in text(tree)


# --- cards -----------------------------------------------------------------------------------------------------------------


def test_a_card_tells_each_field_with_what_it_was_taken_for(ledger: Ledger) -> None:
    take(ledger)
    strike, burned = cards(page(ledger, GAZETTE.key))
    assert text(find(strike, "h3")[0]) == "1 air strike told as fact"
    assert fields(strike) == {
        "what": "struck",
        "said by": "the ministry of defence reported; not in the table of actors",
        "done by": "the Velmar army not in the table of actors",
        "where": "Nadreh Nadreh, VM: a settlement, good to 2 km, 40.100° S, 20.100° W",
        "when": "3 March 3 March 2031, to the day",
        "how many": "12 traders killed: 12",
    }
    assert fields(burned) == {"what": "burned", "said by": "the warden of the quarter reported; not in the table of actors"}
    event = id_of(ledger, "gazette-strike", "struck")
    assert find(strike, f'a[href="/event/{event}#claim-{claim_of("gazette-strike", "struck").id}"]')


def test_what_is_not_told_is_said_so_and_never_made_up(ledger: Ledger) -> None:
    take(ledger)
    cost = next(c for c in cards(page(ledger, PAPERS["wire-roundup"].key)) if "cost" in fields(c)["what"])
    assert fields(cost)["how many"] == "300 lives killed: 300, a total over several happenings or a span of time"
    assert "where" not in fields(cost)
    assert "Of no event" in text(cost)
    [took] = cards(page(ledger, PAPERS["front-quay"].key))
    assert fields(took)["said by"] == "the report in its own voice"
    tree = page(ledger, PAPERS["lamp-bomb"].key)
    assert [text(dd) for dd in find(tree, "header .pairs dd")][:4] == ["not told", "not told", "22 March 2031", "not told"]


def test_bounds_stay_open_where_the_words_leave_them_open(ledger: Ledger) -> None:
    take(ledger)
    [bombed] = cards(page(ledger, PAPERS["watch-strike"].key))
    assert fields(bombed)["how many"] == "17 people killed: at least 17"


def test_claims_stand_in_the_order_of_the_text_with_their_numbers(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    tree = page(ledger, REPORT.id)
    order = [c.id for c in sorted(CLAIMS, key=lambda c: (c.trigger.start, c.id))]
    assert [c.get("data-claim") for c in cards(tree)] == order
    refs = {a.get("data-claim"): text(a) for a in find(tree, "#text .ref")}
    assert refs == {id: f"claim {n}" for n, id in enumerate(order, 1)}


def test_what_people_decided_stands_on_the_claim(ledger: Ledger) -> None:
    take(ledger)
    strike, burned = GAZETTE.claims
    ledger.decide(strike.id, "accept", report=GAZETTE.key, person="Amina", note="seen")
    ledger.decide(strike.id, "correct", report=GAZETTE.key, person="Bilal", correction=replace(strike, type=ClaimType.SHELLING))
    ledger.decide(burned.id, "reject", report=GAZETTE.key, person="Amina")
    one, other = cards(page(ledger, GAZETTE.key))
    told = [text(p) for p in find(one, ".verdict")]
    assert told[0].startswith("Accepted by Amina, ") and told[0].endswith(": seen") and told[1].startswith("Corrected by Bilal, ")
    assert "shelling" in text(find(one, "h3")[0]) and "this is the correction" in text(one)
    assert "out" in other.get("class").split() and "Rejected by Amina" in text(other)
    machine(ledger, GAZETTE.report, [])
    assert "makes this claim no more" in text(cards(page(ledger, GAZETTE.key))[0])


# --- which report it is -------------------------------------------------------------------------------------------------------


def test_an_id_leads_to_the_newest_version_and_the_old_one_stays(ledger: Ledger) -> None:
    old = Report("told twice", "Guns fired at dawn.", "Old", date(2031, 1, 1), "The Wire", url="https://wire.example/a")
    new = Report("told twice", "Guns fired at dusk.", "New", date(2031, 1, 2), "The Wire", url="https://wire.example/a")
    put(ledger, old, [claim(old, "fired", ClaimType.SHELLING)])
    put(ledger, new, [claim(new, "fired", ClaimType.SHELLING)])
    keys = {row.title: row.key for row in ledger.reports(Question(versions=True))}
    answer = client_of(ledger).get("/report/told%20twice")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/report/{keys['New']}")
    before, after = page(ledger, keys["Old"]), page(ledger, keys["New"])
    assert find(before, f'.notice a[href="/report/{keys["New"]}"]') and not find(after, ".notice")
    assert "at dawn" in text(find(before, "#text")[0]) and cards(before)
    assert "at dusk" in text(find(after, "#text")[0])
    for tree in (before, after):
        assert "2 versions of it" in text(tree)
    assert find(after, f'details a[href="/report/{keys["Old"]}"]')


def test_copies_and_what_they_copy_name_one_another(ledger: Ledger) -> None:
    take(ledger)
    mirror = PAPERS["mirror-strike"]
    assert find(page(ledger, mirror.key), f'.notice a[href="/report/{GAZETTE.key}"]')
    original = page(ledger, GAZETTE.key)
    assert "1 report copies it" in text(original) and find(original, f'details a[href="/report/{mirror.key}"]')


def test_how_it_was_taken_and_kept_is_told(ledger: Ledger) -> None:
    report = Report(
        "kept", "Guns fired.", "T", date(2031, 1, 1), "The Wire", "A. Writer", "https://wire.example/x?a=1&b=2", "en", "a" * 64,
        "by hand 1", dropped=("Share this",), notes=("the page is cut off",),
    )  # fmt: skip
    put(ledger, report, [])
    tree = page(ledger, "kept")
    shown_ = text(find(tree, "header")[1])
    for fact in ("A. Writer", "a" * 64, report.text_sha256, "by hand 1", "Share this", "the page is cut off", "11 characters"):
        assert fact in shown_
    [link] = find(tree, 'a[href^="https://"]')
    assert (link.get("href"), link.get("rel")) == (report.url, "noreferrer noopener")


@pytest.mark.parametrize("told", ["nothing", "e128daa467a17", "%2e%2e%2fetc", "a%2Fb"])
def test_a_report_that_is_not_there_is_not_found(ledger: Ledger, told: str) -> None:
    assert client_of(ledger).get(f"/report/{told}").status_code == 404


def test_an_id_with_slashes_leads_to_its_report(ledger: Ledger) -> None:
    put(ledger, Report("https://wire.example/a?b=c", "Guns fired."), [])
    answer = client_of(ledger).get("/report/https%3A%2F%2Fwire.example%2Fa%3Fb%3Dc")
    assert answer.status_code == 307


def test_the_ledger_knows_a_report_beside_others(ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        take(ledger)
        beside = ledger.beside("gazette-strike")
        assert (beside.report.key, beside.original) == (GAZETTE.key, None)
        assert [row.id for row in beside.versions] == ["gazette-strike"]
        assert [row.id for row in beside.copies] == ["mirror-strike"]
        copy = ledger.beside("mirror-strike")
        assert copy.original is not None and copy.original.key == GAZETTE.key
        found = ledger.events_of("wire-roundup")
        exploded, strike = (claim_of("wire-roundup", words).id for words in ("exploded", "strike"))
        assert set(found) == {exploded, strike}
        assert (found[exploded].claims, found[exploded].reports) == (2, 2)
        assert found[strike].event == id_of(ledger, "gazette-strike", "struck")


# --- nothing of it acts -------------------------------------------------------------------------------------------------------


def test_nothing_of_a_report_becomes_markup(ledger: Ledger) -> None:
    key = put_hostile(ledger)
    answer = client_of(ledger).get(f"/report/{key}")
    inert(answer.text)
    tree = read(answer.text)
    said = tree.text_content()
    for words in TRIES:
        assert words in said
    assert "".join(own(p, "ref") for p in find(tree, "#text p[dir]")) == hostile()[0].text
    assert not find(tree, '[href^="javascript"], main svg, main script, #text[lang]')


def test_turned_words_are_shown_in_the_order_in_which_they_are_kept(ledger: Ledger) -> None:
    report = Report(
        "turned", "He took the file gpj\u202eexe away.", title="A \u2066title\u2069\u200b", byline="B\u202eeb", source="S\u200fource"
    )
    put(ledger, report, [claim(report, "took")])
    answer = client_of(ledger).get("/report/turned", follow_redirects=True)
    assert not set("\u202e\u2066\u2069\u200b\u200f") & set(answer.text.replace("%E2%80%8F", ""))
    tree = read(answer.text)
    assert text(find(tree, "h1")[0]) == "A [LRI]title[PDI][ZWSP]"
    assert "gpjRLOexe" in text(find(tree, "#text")[0])
