"""An event's page: who tells what of it, with figures by a rule, pictures that say what the tables say, and forms that merge and split."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from according.actors.speakers import SpeakerKind
from according.events.accounts import Reading, Speaker
from according.events.event import event_id
from according.events.reconciling import Rule, reconciled, rests_on
from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.model import Measure
from according.web import charts
from according.web.app import application
from according.web.site import Site
from guarded import NAMES, PASSWORD, guarded, peopled
from guarded import client_of as guarded_client
from hand_ledger import fresh, put
from seen_pages import TRIES, find, hostile, inert, own, put_hostile, read, text
from told_events import PAPERS, claim_of, id_of, march, ref, take


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh(tmp_path) as ledger:
        take(ledger)
        yield ledger


def client_of(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1", follow_redirects=False)


def page(ledger: Ledger, id: str, **query: str) -> Any:
    answer = client_of(ledger).get(f"/event/{id}", params=query)
    assert answer.status_code == 200
    return read(answer.text)


def strike(ledger: Ledger) -> str:
    return id_of(ledger, "gazette-strike", "struck")


def section(tree: Any, id: str) -> Any:
    return find(tree, f'section[aria-labelledby="{id}"]')[0]


# --- what is told ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "trigger", "headline", "grade"),
    [
        ("gazette-strike", "struck", "Air strike at Nadreh, VM, on 3 March 2031, according to the ministry of defence, the warden of the "
         "quarter, a local monitor and 1 other; denied by The general staff.", "denied"),
        ("gazette-quay", "captured", "Taking of ground at Belen Quay, VM, on 10 March 2031, according to residents "
         "and Sulin Front.", "several"),
        ("herald-protest", "marched", "Protest at Ostrel, VM, on 15 March 2031, according to Ostrel Herald and Police.", "several"),
        ("staff-plan", "storm", "Planned: taking of ground at Corith, VM, on 28 March 2031, according to Colonel Brandt.", "single"),
    ],
)  # fmt: skip
def test_a_sentence_says_what_where_when_and_according_to_whom(ledger: Ledger, paper: str, trigger: str, headline: str, grade: str) -> None:
    id = id_of(ledger, paper, trigger)
    tree = page(ledger, id)
    assert text(find(tree, "h1")[0]) == headline
    assert text(find(tree, ".verdict .grade")[0]) == grade
    for name in find(tree, "h1 > bdi"):
        assert name.text in headline


def test_what_is_not_told_is_said_so(tmp_path: Path) -> None:
    with fresh(tmp_path) as ledger:
        paper = PAPERS["wire-roundup"]
        put(ledger, paper.report, [replace(paper.claims[0], place=None, time=None, figures=())])
        [found] = ledger.events()
        tree = page(ledger, found.id)
        assert text(find(tree, "h1")[0]) == "Bombing at a place that is not told on a day that is not told, according to a nurse."
        facts = {dt.text_content(): text(dt.getnext()) for dt in find(section(tree, "facts"), "dt")}
        assert (facts["Where"], facts["When"], facts["Done by, as told"]) == ("not told", "not told", "not told")
        assert "Nobody gives a number." in text(section(tree, "figures"))
        assert not find(tree, ".map")


def test_each_account_stands_with_its_kind_its_days_and_its_words(ledger: Ledger) -> None:
    accounts = find(section(page(ledger, strike(ledger)), "accounts"), ".account")
    heads = [text(find(a, "h3")[0]) for a in accounts]
    assert heads == [
        "1 the ministry of defence (a party to the fighting)",
        "2 the warden of the quarter (of no known kind)",
        "3 The general staff (of no known kind) denies it",
        "4 a local monitor (monitor)",
        "5 The Wire (the report in its own voice)",
    ]
    assert "First said on 4 March 2031, last on 6 March 2031, in 2 reports, 1 of them a copy. Says: killed 12." in text(accounts[0])
    assert "Says: killed at least 17." in text(accounts[3])
    sentence = claim_of("watch-strike", "bombed").sentence.text
    [quoted] = find(accounts[3], "blockquote")
    assert own(quoted) == sentence and quoted.get("dir") == "auto"
    assert {w.get("class").split()[-1]: own(w) for w in find(quoted, ".w") if w.get("class") != "w sentence"} == {
        "figure": "17 people", "actor": "Velmar army", "trigger": "bombed", "place": "Nadreh", "time": "3 March",
        "said_by": "a local monitor",
    }  # fmt: skip


def test_copies_are_folded_under_what_they_copy(ledger: Ledger) -> None:
    first = find(page(ledger, strike(ledger)), "#account-1")[0]
    assert len(find(first, "blockquote")) == 1
    [folded] = find(first, "details")
    assert [a.get("href") for a in find(folded, "a")] == [
        f"/report/{PAPERS['mirror-strike'].key}#claim-{ref('mirror-strike', 'struck')[1]}"
    ]


def test_every_quotation_leads_to_its_claim_in_its_report(ledger: Ledger) -> None:
    id = strike(ledger)
    tree = page(ledger, id)
    links = {a.get("href") for a in find(section(tree, "accounts"), "a")}
    assert links == {f"/report/{said.cited.key}#claim-{said.claim.id}" for said in ledger.event(id).said}
    ids = [element.get("id") for element in find(tree, "*[id]")]
    assert len(ids) == len(set(ids))
    assert {f"claim-{said.claim.id}" for said in ledger.event(id).said} <= set(ids)
    assert {a.get("href")[1:] for a in find(tree, "a") if a.get("href").startswith("#")} <= set(ids)


def test_where_it_was_is_told_with_how_precisely_that_is_known(ledger: Ledger) -> None:
    id = strike(ledger)
    tree = page(ledger, id)
    assert "Nadreh, VM: a settlement, good to 2 km, 40.100° S, 20.100° W" in text(section(tree, "facts"))
    answer = client_of(ledger).get(f"/event/{id}/points.json")
    assert answer.json() == {
        "events": 1, "types": ["air_strike"], "points": [[-20.1, -40.1, 2.0, 0, id, "2031-03-03", 17, "Nadreh"]], "unplaced": 0,
        "countries": [],
    }  # fmt: skip


def test_the_days_of_the_picture_are_those_of_the_table(ledger: Ledger) -> None:
    days = section(page(ledger, strike(ledger)), "days")
    rows = [[text(td) for td in find(tr, "td")] for tr in find(days, "tbody tr")]
    assert [row[0] for row in rows] == [f"{day} March 2031" for day in (4, 4, 5, 5, 6, 21)]
    assert rows[2][1:] == ["3 The general staff", "air strike, denied", "army-denial, Velmar Army, 5 March 2031"]
    assert rows[4][3] == "From our correspondents, Coast Mirror, 6 March 2031 (a copy)"
    assert (len(find(days, "circle.stop")), len(find(days, "path.denial")), len(find(days, ".stop.idle"))) == (5, 1, 1)


def test_the_reasons_for_standing_together_have_points_and_words(ledger: Ledger) -> None:
    id = strike(ledger)
    ties = section(page(ledger, id), "ties")
    found = ledger.event(id).ties
    shown = [text(li) for li in find(ties, ".ties > li")]
    assert len(shown) == len({frozenset((tie.one, tie.other)) for tie in found})
    assert shown[0].startswith(f"{found[0].points:+.1f} “struck” in The Hill Gazette and “struck” in Coast Mirror (a copy)")
    assert "the same day +3.0" in shown[0] and "both by velmar army" in shown[0]
    assert "nothing was put to it" in text(section(page(ledger, id_of(ledger, "staff-plan", "storm")), "ties"))


def test_the_citation_says_version_day_and_address(ledger: Ledger) -> None:
    id = strike(ledger)
    told = text(find(page(ledger, id), "#citation")[0])
    assert told.startswith(
        f"“Air strike at Nadreh, VM, on 3 March 2031”, event {id}; 5 accounts in 5 reports, denied, figures by the rule ucdp."
    )
    assert told.endswith(f", http://127.0.0.1/event/{id}") and "Retrieved on " in told


# --- how many --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(Rule))
def test_figures_are_by_the_rule_that_is_asked_for_and_rest_on_the_accounts(ledger: Ledger, rule: Rule) -> None:
    id = strike(ledger)
    tree = page(ledger, id, rule=rule.value)
    [found] = ledger.event(id).ranges(rule)
    [counted] = find(tree, ".counted")
    told = {Rule.UCDP: "12–17, best 17", Rule.ACLED: "12", Rule.AIRWARS: "12–17, best 12", Rule.WIDEST: "12 or more, best 12"}[rule]
    assert text(find(counted, "h3")[0]) == f"Killed: {told}"
    assert [a.text for a in find(tree, ".rules a[aria-current]")] == [rule.value]
    assert bool(find(counted, "path.open")) == (found.high is None)
    rows = [[text(td) for td in find(tr, "td")] for tr in find(counted, "tbody tr")]
    assert [row[:3] for row in rows] == [
        ["1 the ministry of defence (a party to the fighting)", "12", "“12 traders”"],
        ["4 a local monitor (monitor)", "at least 17", "“17 people”"],
        ["5 The Wire (the report in its own voice)", "12", "“12 graves”"],
    ]
    assert len(find(counted, ".dot")) == len(rows) == len(ledger.event(id).readings)
    assert [text(t) for t in find(counted, "text.no")] == ["1", "5", "4"]
    assert (len(find(counted, "rect.dot")), len(find(counted, "circle.dot"))) == (1, 2)  # one of them is a party


def test_a_rule_that_is_none_is_refused(ledger: Ledger) -> None:
    answer = client_of(ledger).get(f"/event/{strike(ledger)}", params={"rule": "<b>"})
    assert answer.status_code == 400 and "&lt;b&gt; is no rule" in answer.text


def _speaker(name: str, party: bool) -> Speaker:
    return Speaker(f"words {name}", name, SpeakerKind.OTHER, None, party)


@st.composite
def numbers(draw: st.DrawFn) -> list[Reading]:
    found = []
    for n in range(draw(st.integers(1, 12))):
        low, high = draw(st.one_of(st.none(), st.integers(0, 10**7))), draw(st.one_of(st.none(), st.integers(0, 10**7)))
        if low is not None and high is not None and low > high:
            low, high = high, low
        found.append(
            Reading(Measure.KILLED, draw(st.sampled_from(["people", "civilian"])), low, high, _speaker(str(n), draw(st.booleans())),
                    "", "", "", None, None, None, part=draw(st.booleans()), superseded=draw(st.booleans()))
        )  # fmt: skip
    return found


@given(numbers(), st.sampled_from(Rule))
def test_a_bar_has_a_dot_for_each_number_where_the_number_is(told: list[Reading], rule: Rule) -> None:
    for found in reconciled(told, rule):
        rows = list(enumerate(told, 1))
        bar = charts.bar(found, rows)
        numbered = {n: r for n, r in rows if r.number is not None}
        assert sorted(dot.number for dot in bar.dots) == sorted(numbered)
        assert 0 <= bar.low <= bar.best <= bar.high <= 100 and bar.open == (found.high is None)
        for dot in bar.dots:
            reading = numbered[dot.number]
            assert 0 <= dot.x <= 100 and dot.counts == reading.counts and dot.party == reading.speaker.party
            assert (dot.since is None) == (reading.low == reading.high)
            assert dot.since is None or dot.until is None or dot.since <= dot.x <= dot.until
            assert dot.y < bar.height - 20
        for one in bar.dots:
            for other in bar.dots:
                if one is not other:
                    assert one.y != other.y or abs(one.x - other.x) >= 8
                if (numbered[one.number].number or 0) <= (numbered[other.number].number or 0):
                    assert one.x <= other.x
        assert {id(r) for r in rests_on(told, found)} <= {id(r) for r in told if r.counts}


@given(st.lists(st.lists(st.integers(0, 4000), max_size=5), max_size=60), st.integers(0, 400))
def test_days_are_drawn_in_their_order_within_the_picture(told: list[list[int]], length: int) -> None:
    first = date(2020, 1, 1)
    voices = [charts.Voice(n, False, tuple(charts.Published(first + timedelta(d)) for d in days)) for n, days in enumerate(told, 1)]
    drawn = charts.days(voices, (first, first + timedelta(length)))
    if not any(told):
        assert drawn is None
        return
    assert drawn is not None and drawn.since is not None and drawn.until is not None
    assert [line.number for line in drawn.lines] == [n for n, days in enumerate(told, 1) if days][: charts.MOST_LINES]
    assert len(drawn.lines) + drawn.left_out == len(voices)
    stops = sorted((stop.day, stop.x) for line in drawn.lines for stop in line.stops)
    assert [x for _, x in stops] == sorted(x for _, x in stops)
    assert all(8 < x <= 100 for _, x in stops) and 8 < drawn.since <= drawn.until <= 100
    assert [[stop.day for stop in line.stops] for line in drawn.lines] == [
        sorted({first + timedelta(d) for d in told[line.number - 1]}) for line in drawn.lines
    ]


# --- merging and splitting -------------------------------------------------------------------------------------------------


def hidden(tree: Any, name: str) -> list[str]:
    return [field.get("value") for field in find(tree, f'form[method="post"] input[name="{name}"]')]


def merge(client: TestClient, one: str, other: str, note: str = "") -> Any:
    asked = client.get(f"/event/{one}/merge", params={"other": other, "note": note})
    assert asked.status_code == 200
    tree = read(asked.text)
    data = {"other": hidden(tree, "other")[0], "seen": hidden(tree, "seen")[0], "note": text(find(tree, "textarea")[0])}
    return client.post(f"/event/{one}/merge", data=data)


def split(client: TestClient, event: str, claims: list[str], note: str = "") -> Any:
    asked = client.get(f"/event/{event}/split", params={"claim": claims, "note": note})
    assert asked.status_code == 200
    tree = read(asked.text)
    data = {"claim": hidden(tree, "claim"), "seen": hidden(tree, "seen")[0], "note": text(find(tree, "textarea")[0])}
    return client.post(f"/event/{event}/split", data=data)


def test_two_events_are_merged_by_form_and_split_again(ledger_url: str) -> None:
    with Ledger(ledger_url, create=True) as ledger:
        take(ledger)
        client = client_of(ledger)
        protest, bomb = id_of(ledger, "herald-protest", "marched"), id_of(ledger, "lamp-bomb", "exploded")
        both = read(client.get(f"/event/{protest}/merge", params={"other": bomb}).text)
        assert [text(find(s, "p")[0]).split(" at ")[0] for s in find(both, ".two > section")] == ["Protest", "Bombing"]
        answer = merge(client, protest, f"http://127.0.0.1:8765/event/{bomb}?rule=acled#figures", "one day")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/event/{protest}")
        assert client.get(f"/event/{bomb}?rule=widest").headers["location"] == f"/event/{protest}?rule=widest"
        assert client.get(f"/event/{bomb}").status_code == 308
        tree = read(client.get(f"/event/{protest}").text)
        assert len(find(tree, ".account")) == 4
        told = text(section(tree, "decided"))
        assert "Merged by local on " in told and "“one day”" in told

        out = [claim for key, claim in (ref("wire-roundup", "exploded"), ref("lamp-bomb", "exploded"))]
        answer = split(client, protest, out)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/event/{protest}")
        assert len(find(read(client.get(f"/event/{protest}").text), ".account")) == 2
        tree = read(client.get(f"/event/{bomb}").text)
        decided = [text(li) for li in find(section(tree, "decided"), "li")]
        assert [line.split()[0] for line in decided] == ["Split", "Merged"]
        [link] = find(section(tree, "decided"), "li > a")[:1]
        assert client.get(link.get("href"), follow_redirects=True).url.path == f"/event/{protest}"
        assert {d.person for d in ledger.event_decisions()} == {"local"}


def test_a_claim_goes_with_its_copies_and_any_claims_id_leads_to_its_event(ledger: Ledger) -> None:
    client = client_of(ledger)
    id, (key, claim) = strike(ledger), ref("gazette-strike", "struck")
    asked = read(client.get(f"/event/{id}/split", params={"claim": claim}).text)
    assert [text(h) for h in find(asked, "h2")] == ["Stays: 4 claims", "Goes, as an event of its own: 2 claims"]
    assert split(client, id, [claim]).status_code == 303
    out = client.get(f"/event/{event_id(key, claim)}", follow_redirects=True)
    assert [text(b) for b in find(read(out.text), ".account h3 > bdi")] == ["the ministry of defence"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("merge?other={id}", 400, "are one event already"),
        ("merge?other=nothing", 404, "There is no event nothing"),
        ("merge?other=%20", 400, "Name the other event"),
        ("merge", 400, "other"),
        ("split", 400, "A split leaves claims on both sides"),
        ("split?claim=0000", 400, "has no claim or report 0000"),
    ],
)
def test_what_can_be_no_merge_and_no_split_is_refused_in_words(ledger: Ledger, path: str, status: int, said: str) -> None:
    id = strike(ledger)
    answer = client_of(ledger).get(f"/event/{id}/{path.format(id=id)}")
    assert answer.status_code == status and said in text(read(answer.text))


def test_what_changed_meanwhile_is_not_decided_on(ledger: Ledger) -> None:
    client = client_of(ledger)
    protest, bomb = id_of(ledger, "herald-protest", "marched"), id_of(ledger, "lamp-bomb", "exploded")
    seen = hidden(read(client.get(f"/event/{protest}/merge", params={"other": bomb}).text), "seen")[0]
    ledger.split(bomb, [PAPERS["lamp-bomb"].key], person="Amina")
    answer = client.post(f"/event/{protest}/merge", data={"other": bomb, "seen": seen})
    assert answer.status_code == 409 and "meanwhile" in answer.text
    found = client.post(f"/event/{strike(ledger)}/split", data={"claim": [ref("watch-strike", "bombed")[1]], "seen": "old"})
    assert found.status_code == 409
    assert len(ledger.event_decisions()) == 1


def test_editors_merge_and_split_and_others_are_not_offered_it(ledger: Ledger) -> None:
    peopled(ledger)
    protest, bomb = id_of(ledger, "herald-protest", "marched"), id_of(ledger, "lamp-bomb", "exploded")
    site = application(guarded(ledger))
    for role in (Role.VIEWER, Role.REVIEWER, Role.EDITOR):
        client = guarded_client(site, cookies={"according": ledger.people.log_in(NAMES[role], PASSWORD)})
        tree = read(client.get(f"/event/{protest}").text)
        assert bool(find(tree, 'form[method="get"]')) == (role is Role.EDITOR)
        if role is Role.EDITOR:
            assert merge(client, protest, bomb).status_code == 303
        else:
            assert client.get(f"/event/{protest}/merge", params={"other": bomb}).status_code == 403
            assert client.post(f"/event/{protest}/merge", data={"other": bomb, "seen": ""}).status_code == 403
            assert client.post(f"/event/{protest}/split", data={"claim": "x", "seen": ""}).status_code == 403
    [decision] = ledger.event_decisions()
    assert decision.person == NAMES[Role.EDITOR]


def test_an_event_that_never_was_is_not_found(ledger: Ledger) -> None:
    for path in ("", "/points.json", "/merge?other=x", "/split?claim=x"):
        assert client_of(ledger).get(f"/event/e000000000000{path}").status_code == 404


# --- nothing of it acts ----------------------------------------------------------------------------------------------------


def test_nothing_that_is_told_becomes_markup(tmp_path: Path) -> None:
    with fresh(tmp_path) as ledger:
        put_hostile(ledger)
        report, [claim] = hostile("hostile 2")
        put(ledger, replace(report, published=march(20)), [replace(claim, report="hostile 2")], place="/in/2", item="second")
        take(ledger, "staff-plan")
        client = client_of(ledger)
        id = next(e.id for e in ledger.events() if e.type == "air_strike")
        plan = id_of(ledger, "staff-plan", "storm")
        assert merge(client, id, plan, TRIES[0]).status_code == 303
        out = claim_of("staff-plan", "storm").id
        for path in ("", "?rule=widest", f"/split?claim={out}&note={TRIES[1]}"):
            answer = client.get(f"/event/{id}{path}", follow_redirects=True)
            assert answer.status_code == 200
            inert(answer.text)
        tree = page(ledger, id)
        assert TRIES[0] in text(section(tree, "decided"))
        quoted = "".join(own(q) for q in find(tree, "blockquote"))
        for words in TRIES[:-1]:
            assert words in quoted
        assert find(tree, "main svg") and not find(tree, "main script")
        client.post(f"/event/{id}/split", data={"claim": out, "seen": hidden(read(answer.text), "seen")[0], "note": TRIES[2]})
        again = client.get(f"/event/{id}", follow_redirects=True)
        inert(again.text)
        inert(client.get(f"/event/{id}/merge", params={"other": plan, "note": TRIES[3]}).text)
        assert client.get(f"/event/{id}/points.json").headers["content-type"] == "application/json"


def test_names_from_right_to_left_stand_apart_from_our_words(tmp_path: Path) -> None:
    with fresh(tmp_path) as ledger:
        lines = "قال المرصد إن 12 شخصا قتلوا في سراقب.\n"
        paper = PAPERS["watch-strike"]
        report = replace(paper.report, id="arabic", text=lines, title="سراقب", source="المرصد\u202e")
        made = paper.claims[0]

        def moved(words: str) -> dict[str, Any]:
            start = lines.index(words)
            return {"start": start, "end": start + len(words), "text": words}

        def span(old: Any, words: str) -> Any:
            return replace(old, span=replace(old.span, **moved(words)))

        told = replace(
            made, report="arabic", sentence=replace(made.sentence, **moved(lines.strip())), trigger=replace(made.trigger, **moved("قتلوا")),
            said_by=(span(made.said_by[0], "المرصد"),), actor=(), place=replace(span(made.place, "سراقب"), name="سراقب"), time=None,
            figures=(span(made.figures[0], "12 شخصا"),),
        )  # fmt: skip
        put(ledger, report, [told])
        [found] = ledger.events()
        answer = client_of(ledger).get(f"/event/{found.id}")
        tree = read(answer.text)
        assert [b.text for b in find(tree, "h1 > bdi")] == ["سراقب", "المرصد"]
        [quoted] = find(tree, "blockquote")
        assert quoted.get("dir") == "auto" and own(quoted) == lines.strip()
        assert "\u202e" not in answer.text and "[RLO]" in answer.text
