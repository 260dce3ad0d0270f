"""Explore: summaries say what events say, filters find what the ledger finds, pages show each event once, nothing of a report is run."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from according import cli_serving
from according.errors import BadQuestion
from according.events.event import Corroboration, event_id
from according.ledger import copying, reading, schema, summaries
from according.ledger.exploring import Days, Order, Paging, Stretch
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.ledger.summaries import Summary
from according.model import ClaimType, Located, Measure, Place, Report, Status
from according.web.app import application
from according.web.asked import asked
from according.web.bars import HEIGHT, MOST, WIDTH, timeline
from according.web.site import Site
from hand_ledger import PERSON, machine, put
from told_events import BELEN, COUNTRY, PAPERS, Page, id_of, march, page, ref, take

SPEAKER = "'javascript:alert(3)//</title></textarea><svg/onload=alert(4)>"
EVIL = f'<script>alert(1)</script> bombed "><img src=x onerror=alert(2)> on 5 April, said {SPEAKER}.\nNothing else.\n'


def evil() -> Page:
    return Page(
        Report("evil\" onclick='x", EVIL, "</title><script>alert(5)</script>", date(2031, 4, 6), "<b onmouseover=alert(6)>Outlet</b>")
    )


def strange(ledger: Ledger) -> None:
    """More than the eleven reports have: a country for a place, a province around it, no day, words that a browser could run."""
    p = page("country", "The Wire", march(25), "Planes bombed targets all over Velmaria on 24 March.\nIt rained.\n")
    wide = Place(p.span("Velmaria"), "Velmaria", 7, -41.0, -21.0, "PCLI", None, None, COUNTRY, Located.COUNTRY, 400.0, 0.9)
    put(ledger, p.report, [replace(p.claim("bombed", ClaimType.AIR_STRIKE, on=march(24)), place=wide)], place="/in/country", item="country")
    p = page("around", "The Wire", march(26), "Shells fell in a hamlet of Upper Sulin, killing at least 5.\nNobody wrote of it again.\n")
    around = Place(p.span("Upper Sulin"), "Upper Sulin", 8, -43.0, -23.0, "ADM1", "01", None, COUNTRY, Located.ADMIN1, 80.0, 0.9)
    claim = p.claim("fell", ClaimType.SHELLING, figures=[("at least 5", Measure.KILLED, 5, None)], within=(around,))
    put(ledger, p.report, [claim], place="/in/around", item="around")
    p = evil()
    told = p.claim(
        "bombed", ClaimType.BOMBING, on=("5 April", date(2031, 4, 5), date(2031, 4, 5)), by="<script>alert(1)</script>",
        said=SPEAKER, against="\"><img src=x onerror=alert(2)>",
    )  # fmt: skip
    put(ledger, p.report, [replace(told, place=Place(p.span('"><img src=x onerror=alert(2)>')))], place="/in/evil", item="evil")


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    take(ledger)
    strange(ledger)
    return ledger


def client(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1")


def every(ledger: Ledger, question: Question | None = None) -> tuple[Summary, ...]:
    return ledger.explore(question, paging=Paging(size=500))[0].rows


def by_id(rows: tuple[Summary, ...]) -> dict[str, Summary]:
    return {row.event: row for row in rows}


def told(ledger: Ledger) -> dict[str, Summary]:
    """What the events themselves say."""
    return {event.id: summaries.of(event) for event in ledger.events()}


def ids_on(html: str) -> list[str]:
    return re.findall(r'<tr id="(e[0-9a-f]{12})">', html)


def test_a_summary_says_what_the_event_says(full):
    rows = by_id(every(full))
    assert rows == told(full)
    strike = rows[id_of(full, "gazette-strike", "struck")]
    assert (strike.type, strike.status, strike.grade) == (ClaimType.AIR_STRIKE, Status.HAPPENED, Corroboration.DENIED)
    assert (strike.first, strike.last, strike.place, strike.country) == (march(3), march(3), "Nadreh", COUNTRY)
    assert (strike.lat, strike.lon, strike.radius_km, strike.located) == (-40.1, -20.1, 2.0, Located.SETTLEMENT)
    assert (strike.claims, strike.reports, strike.told_first, strike.told_last) == (6, 5, march(4), march(21))
    assert (strike.figures[Measure.KILLED][0], strike.figures[Measure.KILLED][2]) == (12, 17)
    assert strike.killed == strike.figures[Measure.KILLED][1]
    assert {"the ministry of defence", "a local monitor", "The general staff"} <= set(strike.speakers)


def test_what_is_not_told_is_nothing_and_no_zero(full):
    [around] = [row for row in every(full) if row.type is ClaimType.SHELLING]
    assert (around.first, around.last, around.place, around.lat, around.located) == (None, None, None, None, None)
    assert around.country == COUNTRY, "that of the places around it"
    assert around.figures == {Measure.KILLED: (5, 5, 5)}
    [protest] = [row for row in every(full) if row.type is ClaimType.PROTEST]
    assert protest.killed is None
    assert Measure.KILLED not in protest.figures


def merged(ledger: Ledger) -> None:
    ledger.merge(id_of(ledger, "gazette-quay", "captured"), id_of(ledger, "lamp-bomb", "exploded"), person=PERSON)


def parted(ledger: Ledger) -> None:
    ledger.split(id_of(ledger, "gazette-strike", "struck"), ["watch-strike"], person=PERSON)


def recoded(ledger: Ledger) -> None:
    paper = PAPERS["lamp-bomb"]
    machine(ledger, paper.report, [replace(paper.claims[0], figures=())])


def rejected(ledger: Ledger) -> None:
    _, claim = ref("watch-strike", "bombed")
    ledger.decide(claim, "reject", report="watch-strike", person=PERSON)


def forgotten(ledger: Ledger) -> None:
    ledger.forget("front-quay", "asked for")


@pytest.mark.parametrize("change", [merged, parted, recoded, rejected, forgotten])
def test_summaries_are_made_anew_where_events_change(full, change):
    before = by_id(every(full))
    page_before = client(full).get("/explore/points.json").json()
    change(full)
    after = by_id(every(full))
    assert after == told(full)
    assert after != before
    assert client(full).get("/explore/points.json").json()["events"] == len(after)
    assert page_before["events"] == len(before)


def test_a_summary_is_made_anew_when_a_report_turns_out_to_copy_another_or_none(full):
    every(full)
    strike = id_of(full, "gazette-strike", "struck")
    with full.writing() as connection:
        number = reading.number_of(connection, "mirror-strike")
        connection.execute(sa.delete(schema.likenesses).where(schema.likenesses.c.copy == number))
        copying.settle(connection, [number])
        there = connection.execute(sa.select(schema.summaries.c.event)).scalars().all()
        assert strike not in there
        assert summaries.missing(connection) == 1
    assert by_id(every(full)) == told(full)


def test_what_another_process_wrote_is_seen_at_once(full, ledger_url):
    site = client(full)
    before = site.get("/explore/points.json").json()["events"]
    assert site.get("/explore/points.json").json()["events"] == before
    with Ledger(ledger_url) as other:
        forgotten(other)
        parted(other)
    assert site.get("/explore/points.json").json()["events"] == before + 1
    assert len(ids_on(site.get("/").text)) == before + 1


def test_making_ready_tells_how_far_it_has_come(full, monkeypatch, capsys):
    monkeypatch.setattr(cli_serving, "_PATIENCE", 0)
    monkeypatch.setattr(summaries, "_AT_ONCE", 3)
    cli_serving._make_ready(full)
    assert "events are still to be summed up." in capsys.readouterr().err
    with full.reading() as connection:
        assert summaries.missing(connection) == 0
    assert list(full.readying()) == []


FILTERS = [
    "", "type=air_strike", "type=air_strike&type=bombing", "country=VM", "country=XX", "place=Nadreh", "place=nadreh&place=Ostrel",
    "actor=Velmar+army", "actor=the", "target=img", "speaker=a+nurse", "speaker=-", "since=2031-03-10", "until=2031-03-10",
    "since=2031-03-10&until=2031-03-15", "known-since=2031-03-12", "known-until=2031-03-05", "status=planned",
    "status=denied&status=happened", "q=tannery", "q=%22fish+market%22", "q=bomb*", "measure=killed",
    "source=The+Wire", "report=wire-roundup", "independent=1",
    "box=-23,-43,-20,-40", "near=-40.1,-20.1,300", "grade=single", "grade=several&grade=denied", "grade=several&type=protest",
    "type=air_strike&country=VM&since=2031-03-01&until=2031-03-31&q=market&speaker=ministry&grade=denied", "type=siege&q=tannery",
]  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_finds_what_the_ledger_finds(full, query):
    given = asked(QueryParams(query))
    wanted = {event.id for event in full.events(given.question) if not given.grades or event.grade in given.grades}
    listed, overview = full.explore(given.question, given.grades, Paging(size=500))
    assert {row.event for row in listed.rows} == wanted
    assert overview.events == len(wanted)
    answer = client(full).get(f"/?{query}")
    assert answer.status_code == 200
    assert set(ids_on(answer.text)) == wanted
    assert f"{len(wanted):,} event" in answer.text
    points = client(full).get(f"/explore/points.json?{query}").json()
    assert {point[4] for point in points["points"]} == {row.event for row in listed.rows if row.mapped}
    assert (points["events"], points["unplaced"]) == (len(wanted), len(wanted) - len(points["points"]))


def test_the_filters_of_these_tests_do_find_something_and_leave_something_out(full):
    site, all_ids = client(full), len(every(full))
    found = {query: len(ids_on(site.get(f"/?{query}").text)) for query in FILTERS}
    assert found.pop("") == all_ids
    assert found.pop("country=XX") == found.pop("type=siege&q=tannery") == 0
    assert all(found.values()), [query for query, n in found.items() if not n]
    assert sum(n < all_ids for n in found.values()) > 20


def test_events_that_only_an_older_version_tells_of_are_left_out_where_nothing_is_asked(full):
    before = len(every(full))
    old = PAPERS["herald-protest"].report
    for name in ("herald-protest", "radio-protest"):
        report = PAPERS[name].report
        newer = replace(report, text="Nothing happened.\n", published=march(28), url=None)
        put(full, newer, (), place=f"/in/newer-{name}", item=f"newer-{name}")
    assert old.text not in {r.text for r in (full.report("herald-protest"),)}
    assert {row.event for row in every(full)} == {event.id for event in full.events()}
    assert len(every(full)) == before - 1
    assert len(every(full, Question(versions=True))) == before


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_paging_shows_every_event_once_in_the_order_asked_for(full, order, size):
    rows: list[Summary] = []
    after = None
    while True:
        listed, overview = full.explore(paging=Paging(order, size, after))
        rows += listed.rows
        after = listed.next
        if after is None:
            break
        assert len(listed.rows) == size
    assert len(rows) == len({row.event for row in rows}) == overview.events == len(told(full))
    column = {"day": "first"}.get(order.column, order.column)
    values = [getattr(row, column) for row in rows]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known, "what has nothing there comes last"
    assert known == sorted(known, reverse=order.falls)
    for value in {None, *known}:
        same = [row.event for row in rows if getattr(row, column) == value]
        assert same == sorted(same)


def test_the_page_leads_to_the_next_until_every_event_was_shown_once(full):
    site, address, shown = client(full), "/?limit=3&sort=-killed", []
    while address:
        answer = site.get(address)
        shown += ids_on(answer.text)
        onward = re.search(r'<a class="button" href="([^"]+)" rel="next">', answer.text)
        address = onward[1].replace("&amp;", "&").partition("#")[0] if onward else ""
    assert sorted(shown) == sorted(told(full))


@pytest.mark.parametrize(
    "query",
    [
        "colour=red", "type=party", "status=so", "grade=sure", "since=yesterday", "country=Syria", "sort=size", "after=nonsense", "limit=0",
        "limit=all", "limit=501", "layer=holdings&as-of=soon", "box=1,2", "sort=-day&after=WyJkYXkiLCBudWxsLCAieCJd",
        "known-since=2031-01-02&known-until=2031-01-01",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_and_named(full, query):
    answer = client(full).get(f"/?{query}")
    assert answer.status_code == 400
    name, _, value = query.split("&")[-1].partition("=")
    assert any(word in answer.text for word in (name, value))


def test_a_cursor_of_one_order_is_none_of_another(full):
    listed, _ = full.explore(paging=Paging(Order.NEWEST, 2))
    with pytest.raises(BadQuestion, match="where no page"):
        full.explore(paging=Paging(Order.PLACE, 2, listed.next))


def test_points_are_only_where_something_is_known_to_be(full):
    answer = client(full).get("/explore/points.json").json()
    rows = by_id(every(full))
    placed = {point[4]: point for point in answer["points"]}
    strike = rows[id_of(full, "gazette-strike", "struck")]
    point = placed[strike.event]
    assert point == [-20.1, -40.1, 2.0, answer["types"].index("air_strike"), strike.event, "2031-03-03", strike.killed, "Nadreh"]
    wide = next(row for row in rows.values() if row.located is Located.COUNTRY)
    assert wide.lat is not None
    assert wide.event not in placed, "the middle of a country is no place"
    assert answer["events"] == len(rows) == len(placed) + answer["unplaced"]
    assert dict(answer["countries"]) == {COUNTRY: 2}
    html = client(full).get("/").text
    unmapped = html[html.index('class="unmapped"') : html.index("</details>", html.index('class="unmapped"'))]
    assert all(f"/event/{row.event}" in unmapped for row in rows.values() if not row.mapped)


def test_points_are_the_same_whichever_way_they_are_sent(full):
    site = client(full)
    plain = site.get("/explore/points.json", headers={"accept-encoding": "identity"})
    packed = site.get("/explore/points.json", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.json() == packed.json()
    assert json.loads(gzip.decompress(gzip.compress(plain.content))) == plain.json()


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("query", ["", "?q=bombed", "?actor=script", "?target=img&speaker=javascript&place=img", "?limit=1&sort=place"])
def test_words_of_a_report_are_words_on_the_page(full, query):
    for headers in ({}, {"hx-request": "true"}):
        html = client(full).get(f"/{query}", headers=headers).text
        tags = Tags()
        tags.feed(html)
        for tag, attributes in tags.found:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
            assert tag not in ("img", "iframe", "object", "embed", "base")
            assert not (attributes.get("href") or "").lower().startswith("javascript")
            assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
    whole = client(full).get("/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in whole
    assert "<script>alert" not in whole


def test_words_in_the_address_are_words_on_the_page(full):
    html = client(full).get("/", params={"q": '"><script>alert(7)</script>', "actor": "<img src=x onerror=alert(8)>"}).text
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(8)&gt;" in html


def test_htmx_is_given_the_part_that_changes_and_the_address_of_it(full):
    part = client(full).get("/?type=bombing&q=&actor=+", headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert part.headers["hx-push-url"] == "/?type=bombing"
    assert "HX-Request" in part.headers["vary"]
    whole = client(full).get("/?type=bombing", headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert "<html" in whole.text
    assert ids_on(part.text) == ids_on(whole.text)


def test_each_thing_asked_for_can_be_taken_out(full):
    html = client(full).get("/?type=bombing&type=protest&q=salt").text
    chips = re.findall(r'<a class="chip" href="([^"]+)">', html)
    assert sorted(chip.replace("&amp;", "&") for chip in chips) == [
        "/",
        "/?q=salt&type=bombing",
        "/?q=salt&type=protest",
        "/?type=bombing&type=protest",
    ]


def test_what_is_taken_away_and_linked_to_is_of_the_same_filter(full):
    html = client(full).get("/?type=bombing&since=2031-03-01&sort=-killed&limit=1").text.replace("&amp;", "&")
    for path in ("events", "claims"):
        for form in ("csv", "jsonl"):
            assert f'href="/api/v1/{path}?format={form}&since=2031-03-01&type=bombing"' in html
    assert 'href="http://127.0.0.1/?limit=1&since=2031-03-01&sort=-killed&type=bombing"' in html


def test_the_form_keeps_all_that_is_asked_for(full):
    query = "type=bombing&country=VM&q=salt&actor=army&actor=front&since=2031-03-01&known-until=2031-04-01"
    query += "&grade=single&sort=place&near=-40,-20,500&measure=killed"
    html = client(full).get(f"/?{query}").text
    form = Tags()
    form.feed(html[html.index("<form id") : html.index("</form>", html.index("<form id"))])
    sent = [
        (a["name"], a.get("value") or "") for tag, a in form.found
        if tag == "input" and a.get("name") and (a.get("type") != "checkbox" or "checked" in a) and a.get("value")
    ]  # fmt: skip
    assert sorted(sent) == sorted(QueryParams(query).multi_items())


def test_holdings_are_a_layer_of_the_map_for_the_day_asked_for(full):
    html = client(full).get("/?layer=holdings&as-of=2031-03-12&as-known=2031-03-20&type=bombing&country=VM").text.replace("&amp;", "&")
    address = "/control/holdings.json?as-known=2031-03-20&as-of=2031-03-12&country=VM"
    assert f'data-holdings="{address}"' in html
    held = client(full).get(address).json()["holdings"]
    assert BELEN[0] in str(held)
    assert "data-holdings" not in client(full).get("/?as-of=2031-03-12").text


def test_an_empty_ledger_has_a_page_too(ledger):
    answer = client(ledger).get("/")
    assert answer.status_code == 200
    assert "0 events in this ledger." in answer.text
    assert client(ledger).get("/explore/points.json").json() == {"events": 0, "types": [], "points": [], "unplaced": 0, "countries": []}


def days_of(*stretches: Stretch, undated: int = 0) -> Days:
    return Days(tuple(stretches), undated)


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
STRETCHES = st.lists(
    st.builds(
        lambda day, length, events: Stretch(day, min(date.max, day + timedelta(days=min(length, (date.max - day).days))), events),
        DAYS | st.dates(date(2019, 1, 1), date(2020, 12, 31)), st.integers(0, 900) | st.just(0), st.integers(1, 50),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(STRETCHES, st.none() | DAYS, st.none() | DAYS, st.integers(0, 9))
def test_a_timeline_counts_each_event_on_the_bars_of_its_days(stretches, since, until, undated):
    if since and until and since > until:
        since, until = until, since
    shown = [s for s in stretches if (not until or s.first <= until) and (not since or s.last >= since)]
    made = timeline(days_of(*stretches, undated=undated), since, until)
    if made is None:
        assert not shown
        return
    assert 1 <= len(made.bars) <= MOST
    assert (made.bars[0].first, made.bars[-1].last) == (made.first, made.last)
    assert all(one.last + timedelta(days=1) == other.first for one, other in zip(made.bars, made.bars[1:], strict=False))
    for bar in made.bars:
        meeting = [s for s in shown if s.first <= bar.last and s.last >= bar.first]
        within = [s for s in meeting if s.first >= bar.first and s.last <= bar.last]
        assert bar.told == sum(s.events for s in within)
        assert bar.told + bar.maybe == sum(s.events for s in meeting)
        assert bar.x + bar.width <= WIDTH + 0.02
        assert bar.solid + bar.faint <= HEIGHT + 0.02
    assert made.undated == undated
    assert made.beside == sum(s.events for s in stretches) - sum(s.events for s in shown)


@pytest.mark.parametrize(
    ("days", "unit"), [(0, "day"), (149, "day"), (150, "week"), (1000, "week"), (1500, "month"), (6000, "year"), (80_000, "10 years")]
)
def test_bars_are_as_narrow_as_there_is_room_for(days, unit):
    first = date(1900, 1, 1)
    made = timeline(days_of(Stretch(first, first, 1), Stretch(first + timedelta(days=days), first + timedelta(days=days), 1)))
    assert made is not None
    assert made.unit == unit


def test_the_timeline_is_a_picture_and_a_table_of_the_same(full):
    html = client(full).get("/?since=2031-03-10&until=2031-03-20").text
    figure = html[html.index('<figure class="bars timeline"') : html.index("</figure>")]
    assert 'data-from="2031-03-03" data-to="2031-04-05"' in figure, "of all days, for others to be chosen"
    bars = re.findall(r"<title>([^<:]+): (\d+)", figure)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td>', figure)
    assert bars == rows != []
    assert "The days asked for" in html


def test_ids_of_events_are_of_their_first_claims(full):
    key, claim = ref("gazette-strike", "struck")
    assert event_id(key, claim) in ids_on(client(full).get("/").text)
