"""Sources, actors, control, about the method: what the pages show is what the ledger tells."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from according.actors.speakers import SpeakerKind
from according.actors.table import Inter, Role, Years, actor, actors
from according.events.accounts import Citation, Speaker
from according.events.event import Corroboration
from according.events.holdings import Evidence, Grade, Holding, Step, held
from according.events.holdings import Site as Place
from according.events.reconciling import Rule
from according.ledger import cast
from according.ledger.deciding import Verdict
from according.ledger.ledger import Ledger
from according.ledger.question import OWN_VOICE, Question
from according.model import Anchor, Claim, ClaimType, Located, Manner, Measure, Precision, Status
from according.places.folding import plain
from according.web import lanes, named, policy
from according.web.app import application
from according.web.codes import CODES
from according.web.measured import MEASURED, SETS
from according.web.pages import actors as actors_page
from according.web.pages import control as control_page
from according.web.pages import sources as sources_page
from according.web.site import Site
from hand_ledger import fresh, put
from told_events import CORITH, PAPERS, march, page

ROOT = Path(__file__).parent.parent
Get = Callable[..., str]

#: Words of told_events.py that are given actors of the table, as coding would.
_IDS = {
    "residents": "residents", "a nurse": "medics", "people": "civilians", "the ministry of defence": "local-officials",
    "the Velmar army": "local-officials", "Velmar army": "local-officials", "the Sulin Front": "aid-workers",
}  # fmt: skip
_EVIL = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg/onload=alert(1)>", "javascript:alert(1)", "{{ 7*7 }}"]


def _identified(claim: Claim) -> Claim:
    parties = {
        role: tuple(replace(p, actor=_IDS.get(p.span.text)) for p in getattr(claim, role)) for role in ("said_by", "actor", "target")
    }
    return replace(claim, **parties)


def _taken(ledger: Ledger) -> None:
    for name, paper in PAPERS.items():
        put(ledger, paper.report, [_identified(claim) for claim in paper.claims], place=f"/in/{name}", item=name)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh(tmp_path) as opened:
        _taken(opened)
        yield opened


@pytest.fixture
def both(ledger_url: str) -> Iterator[Ledger]:
    """The same on each database."""
    with Ledger(ledger_url, create=True) as opened:
        _taken(opened)
        yield opened


def client(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1", raise_server_exceptions=True)


@pytest.fixture
def get(ledger: Ledger) -> Get:
    asking = client(ledger)

    def got(path: str, status: int = 200) -> str:
        answer = asking.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    return got


def rows(told: str, n: int = 0) -> list[list[str]]:
    """The rows of a page's nth table, cell by cell, without markup."""
    table = re.findall(r"<table>.*?</table>", told, re.DOTALL)[n]
    found = []
    for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL):
        cells = [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for _, cell in re.findall(r"<(t[dh])\b.*?>(.*?)</\1>", row, re.DOTALL)
        ]
        found.append(cells)
    return found


def words(told: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", told)).split())


def following(told: str) -> str | None:
    found = re.search(r'href="([^"]*)" rel="next"', told)
    return html.unescape(found[1]) if found else None


# Sources


def test_each_source_is_shown_with_what_the_ledger_counts(ledger: Ledger, get: Get) -> None:
    shown = {row[0]: row[1:4] for row in rows(get("/sources"))[1:]}
    expected = {s.name or "not told": [f"{s.reports:,}", f"{s.independent:,}", f"{s.claims:,}"] for s in ledger.sources()}
    assert shown == expected
    assert shown["Coast Mirror"] == ["1", "0", "1"] and shown["not told"] == ["1", "1", "1"]


@pytest.mark.parametrize(
    ("sort", "first"), [("name", "Coast Mirror"), ("reports", None), ("claims", None), ("first", "The Hill Gazette"), ("last", "not told")]
)
def test_sources_are_sorted_as_asked(ledger: Ledger, get: Get, sort: str, first: str | None) -> None:
    shown = rows(get(f"/sources?sort={sort}"))[1:]
    if first:
        assert shown[0][0] == first
    else:
        numbers = [int(row[{"reports": 1, "claims": 3}[sort]]) for row in shown]
        assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) > 1


def test_the_filter_narrows_sources_and_stays_in_every_link(get: Get) -> None:
    told = get("/sources?place=Ostrel")
    assert sorted(row[0] for row in rows(told)[1:]) == ["Ostrel Herald", "Radio Lantern"]
    assert "/sources?place=Ostrel&amp;sort=name" in told
    assert "No report in this ledger" in get("/sources?place=Atlantis")


def test_what_cannot_be_understood_is_told_and_not_guessed(get: Get) -> None:
    for path in (
        "/sources?sort=size",
        "/sources?after=x",
        "/sources?colour=red",
        "/source",
        "/source?source=A&source=B",
        "/actors/words?after=x",
    ):
        assert "cannot be answered" in get(path, 400)
    for path in ("/source?source=Nobody", "/reports?after=0123", "/actor/nobody"):
        assert "Nothing there" in get(path, 404)


def test_a_source_shows_whom_it_quotes_and_what_it_copies(ledger: Ledger, get: Get) -> None:
    told = words(get("/source?source=Coast+Mirror"))
    assert (
        "1, of these 0 that copy no other" in told
        and "The Hill Gazette , 1 report" in told
        and "No report here copies one of its own" in told
    )
    told = get("/source?source=The+Hill+Gazette")
    assert "Its reports are copied by Coast Mirror , 1 report" in words(told)
    quoted = Counter(
        p.actor or plain(p.span.text) for row in ledger.claims(Question(sources=("The Hill Gazette",))) for p in row.claim.said_by
    )
    for key, number in quoted.items():
        named_so = actor(key)
        assert f"{named_so.name if named_so else key} {'' if named_so else '” '}{number} claim".replace("  ", " ") in words(told).replace(
            "“ ", ""
        )
    own = sum(not row.claim.said_by for row in ledger.claims(Question(sources=("The Hill Gazette",))))
    assert own and f"of these {own} in its own voice" in words(told)


def test_reports_are_listed_the_newest_first_and_each_once(ledger: Ledger, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources_page, "_ROWS", 4)
    asked: str | None = "/reports"
    found: list[str] = []
    pages = 0
    while asked:
        told = get(asked)
        found += re.findall(r'href="/report/([0-9a-f]+)"><bdi>', told)
        asked, pages = following(told), pages + 1
    dated = sorted(ledger.reports(), key=lambda r: (r.published is None, -(r.published or date.min).toordinal(), r.id, r.key))
    assert found == [r.key for r in dated] and pages == -(-len(found) // 4)


def test_the_order_of_reports_goes_on_after_each_of_them_on_both_databases(both: Ledger) -> None:
    put(both, PAPERS["lamp-bomb"].report.__class__("undated", "No day stands here.\n"), place="/in/undated", item="undated")
    with both.reading() as connection:
        from according.ledger import asking

        for newest in (True, False):
            whole = [row.key for row in asking.reports(connection, Question(), newest=newest)]
            assert len(whole) == len(PAPERS) + 1
            for n, key in enumerate(whole):
                assert [row.key for row in asking.reports(connection, Question(), newest=newest, after=key)] == whole[n + 1 :]


# Actors


def _parts(ledger: Ledger, question: Question) -> dict[tuple[bool, str], tuple[int, int, int]]:
    """Counted claim by claim: in how many somebody acts, suffers, speaks."""
    found: dict[tuple[bool, str], list[set[str]]] = {}
    for row in ledger.claims(question):
        for n, role in enumerate(("actor", "target", "said_by")):
            for p in getattr(row.claim, role):
                key = (True, p.actor) if p.actor else (False, plain(p.span.text))
                found.setdefault(key, [set(), set(), set()])[n].add(f"{row.report.key} {row.claim.id}")
    return {key: (len(a), len(b), len(c)) for key, (a, b, c) in found.items()}


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question(places=("Nadreh",)),
        Question(types=(ClaimType.AIR_STRIKE,)),
        Question(sources=("The Hill Gazette",), independent=True),
        Question(words="aircraft"),
        Question(places=("Atlantis",)),
    ],
)
def test_parties_are_counted_as_the_claims_tell_on_both_databases(both: Ledger, question: Question) -> None:
    expected = _parts(both, question)
    with both.reading() as connection:
        parts = [*cast.known(connection, question), *cast.unknown(connection, question, 1000)]
    assert {(p.known, p.key): (p.actor, p.target, p.speaker) for p in parts} == expected
    assert len(parts) == len(expected)


def test_words_go_on_after_each_of_them_on_both_databases(both: Ledger) -> None:
    with both.reading() as connection:
        whole = cast.unknown(connection, Question(), 1000)
        assert len(whole) > 5 and [p.whole for p in whole] == sorted((p.whole for p in whole), reverse=True)
        for n, part in enumerate(whole):
            assert cast.unknown(connection, Question(), 1000, cast.cursor(part)) == whole[n + 1 :]


def test_who_stands_beside_an_actor_on_both_databases(both: Ledger) -> None:
    with both.reading() as connection:
        part = cast.of(connection, "local-officials")
        assert (part.actor, part.speaker) == (
            _parts(both, Question())[True, "local-officials"][0],
            _parts(both, Question())[True, "local-officials"][2],
        )
        assert {(p.key, p.known, p.claims) for p in cast.partners(connection, "local-officials", "actor", "said_by", 10)} == {
            ("local-officials", True, 2),
            ("a local monitor", False, 1),
        }
        assert cast.wordings(connection, "local-officials", 9) == [
            ("the Velmar army", 2),
            ("the ministry of defence", 2),
            ("Velmar army", 1),
        ]
        assert cast.heard_in(connection, "residents", 10) == [("The Hill Gazette", 1)]
        assert cast.quoted(connection, Question(sources=("Radio Lantern",)), 5)[0].words == "Police"
        assert cast.copied(connection, ["Coast Mirror"]) == [("The Hill Gazette", 1)]
        assert cast.copied(connection, ["The Hill Gazette"], by=True) == [("Coast Mirror", 1)]
        assert cast.of(connection, "nobody").whole == 0


def test_a_rejected_claim_counts_for_nobody(ledger: Ledger) -> None:
    [row] = ledger.claims(Question(types=(ClaimType.BOMBING,), reports=("wire-roundup",)))
    with ledger.reading() as connection:
        assert cast.of(connection, "medics").speaker == 1
    ledger.decide(row.claim.id, Verdict.REJECT, report=row.report.key, person="Amina")
    with ledger.reading() as connection:
        assert cast.of(connection, "medics").speaker == 0


def test_the_page_of_actors_has_known_ones_and_apart_words_as_written(ledger: Ledger, get: Get) -> None:
    told = get("/actors")
    known = {row[0]: row for row in rows(told, 0)[1:]}
    row = actor("local-officials")
    assert row and set(known) == {actors()[id].name for id in ("local-officials", "residents", "medics", "aid-workers", "civilians")}
    acts, suffers, speaks = _parts(ledger, Question())[True, "local-officials"]
    assert [cell.split()[0] for cell in known[row.name][2:5]] == [str(acts), str(suffers), str(speaks)]
    unknown = {re.sub(r"[“” ]+", " ", cells[0]).strip() for cells in rows(told, 1)[1:]}
    assert {"Colonel Brandt", "a local monitor", "weavers"} <= unknown and not unknown & set(_IDS)
    assert "/?actor=local-officials" in told and "/?speaker=colonel+brandt" in told
    assert rows(get("/actors?place=Ostrel"), 0)[1:][0][0] == actors()["civilians"].name


def test_actors_and_words_turn_their_pages(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, path, size in ((actors_page, "/actors", 2), (actors_page, "/actors/words", 3)):
        whole = rows(get(path))[1:]
        monkeypatch.setattr(module, "_ROWS", size)
        found: list[list[str]] = []
        asked: str | None = path
        while asked:
            told = get(asked)
            assert len(rows(told)) <= size + 1
            found += rows(told)[1:]
            asked = following(told)
        assert found == whole and len(whole) > size
        monkeypatch.undo()


def test_an_actor_s_page_tells_its_row_in_words(get: Get) -> None:
    row = next(
        a
        for a in actors().values()
        if a.native and a.labels and a.allies and a.parent and a.backers and any(label.by for label in a.labels)
    )
    told = get(f"/actor/{row.id}")
    shown = words(told)
    for name in (row.name, *row.aliases, *row.native, row.support):
        assert " ".join(name.split()) in shown
    for tie in (*row.allies, *row.backers):
        assert f'href="/actor/{tie.actor}"' in told and named.years(tie.years) in shown
    for label in row.labels:
        assert all(words_ in shown for words_ in label.words)
        assert all(f'href="/actor/{id}"' in told for id in label.by)
    assert f'lang="{named.script(row.native[0])}" dir="auto"' in told and "No claim in this ledger names it" in shown
    told = get("/actor/local-officials")
    assert "the Velmar army" in told and 'href="/?actor=local-officials&amp;speaker=local-officials"' in told


def test_every_row_of_the_table_has_a_page(ledger: Ledger) -> None:
    asking = client(ledger)
    for id in list(actors())[::97]:
        assert asking.get(f"/actor/{id}").status_code == 200, id


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((None, None), ""),
        ((2012, None), "since 2012"),
        ((None, 2016), "until 2016"),
        ((2012, 2016), "2012 to 2016"),
        ((2014, 2014), "2014"),
    ],
)
def test_years_are_told_in_words(years: tuple[int | None, int | None], told: str) -> None:
    assert named.years(Years(*years)) == told


@pytest.mark.parametrize(
    ("name", "tag"), [("القوات", "und-Arab"), ("Вооружённые", "und-Cyrl"), ("တပ်မတော်", "und-Mymr"), ("12", "und"), ("צה״ל", "und-Hebr")]
)
def test_a_name_s_language_is_told_as_far_as_its_letters_tell_it(name: str, tag: str) -> None:
    assert named.script(name) == tag


# Control


def _contested(ledger: Ledger) -> None:
    """Two speakers give Corith to two sides on one day."""
    for id, by, source in (("hold-a", "The Sulin Front", "Front News"), ("hold-b", "The Velmar army", "Army News")):
        p = page(id, source, march(25), f"{by} took Corith on 24 March after the rain.\nNothing more of note was seen there by {source}.\n")
        put(ledger, p.report, [p.claim("took", ClaimType.TAKES_TERRITORY, at=CORITH, on=march(24), by=by)], place=f"/in/{id}", item=id)


def test_the_table_of_a_day_is_what_the_ledger_tells(ledger: Ledger, get: Get) -> None:
    told = get("/control")
    [row] = rows(told, 0)[1:]
    [holding] = held(ledger.holdings(), march(11))
    assert (
        row[0].startswith("Belen Quay")
        and row[1] == f"{holding.name} contested: Our brigades"
        and row[2] == "10 March 2031"
        and row[4] == holding.grade.value
    )
    for evidence in holding.evidence:
        assert f'href="/report/{evidence.cited.key}#claim-{evidence.claim}"' in told
        assert evidence.words in html.unescape(told)


@pytest.mark.parametrize(
    ("asked", "holders"),
    [("as-of=2031-03-09", 0), ("as-of=2031-03-10", 1), ("as-of=2031-03-11&as-known=2031-03-10", 0), ("as-of=2040-01-01", 1)],
)
def test_the_two_clocks_of_control(ledger: Ledger, asked: str, holders: int) -> None:
    asking = client(ledger)
    assert len(asking.get(f"/control/holdings.json?{asked}").json()["holdings"]) == holders
    told = asking.get(f"/control?{asked}").text
    assert told.count("10 March 2031") > 0 if holders else "with a holder told of" not in told or "0 of 1 places" in told


def test_contested_places_show_both_and_the_map_is_told_so(ledger: Ledger, get: Get) -> None:
    _contested(ledger)
    told = get("/control?place=Corith")
    [row] = rows(told, 0)[1:]
    [holding] = [h for h in ledger.holdings(Question(places=("Corith",))) if h.grade is Grade.CONTESTED]
    assert (
        {e.name for e in holding.rivals} == {"The Velmar army"}
        and row[1] == f"{holding.name} contested: The Velmar army"
        and row[4] == "contested"
    )
    assert told.count("#claim-") == 2 and "url(#hatch)" in told
    answer = client(ledger).get("/control/holdings.json?place=Corith").json()
    [corith] = answer["holdings"]
    _, lat, lon = CORITH
    assert corith[:7] == [lon, lat, 2.0, holding.name, 1, "Corith", "2031-03-24"]
    assert f'id="{corith[7]}"' in told
    assert rows(get("/control?place=Belen+Quay"), 0)[1][0].startswith("Belen Quay")


def test_a_day_that_is_none_is_refused(get: Get) -> None:
    for path in ("/control?as-of=tomorrow", "/control?as-known=2031-13-01"):
        assert "is a day as 2020-02-03" in get(path, 400)
    assert "Nothing" in get("/control?place=Atlantis")


def test_of_a_long_history_what_is_around_the_day_is_shown_and_the_rest_counted(
    ledger: Ledger, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        by, day = ("The Sulin Front", "The Velmar army")[n % 2], date(2032, 1 + n, 5)
        p = page(
            f"turn-{n}", f"Paper {n}", day, f"{by} took Corith on 5 {day:%B} after the rain.\nMore of note was seen there by {n} men.\n"
        )
        put(ledger, p.report, [p.claim("took", ClaimType.TAKES_TERRITORY, at=CORITH, on=day, by=by)], place=f"/in/{n}", item=str(n))
    monkeypatch.setattr(control_page, "_BEFORE", 2)
    monkeypatch.setattr(control_page, "_AFTER", 1)
    told = get("/control?place=Corith&as-of=2032-03-20")
    assert rows(told, 0)[1][1:3] == ["The Sulin Front", "5 March 2032"]
    history = rows(told, 1)[1:]
    assert [row[2] for row in history[:-1]] == ["5 February 2032", "5 March 2032", "5 April 2032"]
    assert "3 more spells" in history[-1][0]


def test_places_turn_their_pages(ledger: Ledger, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    _contested(ledger)
    monkeypatch.setattr(control_page, "_PLACES", 1)
    first = get("/control")
    second = get(following(first) or "")
    assert {rows(first, 0)[1][0].split(" ,")[0], rows(second, 0)[1][0].split(" ,")[0]} == {"Belen Quay", "Corith"} and following(
        second
    ) is None


def _held(
    side: str | None, since: int | None, by: int | None, last: int | None, until: int | None, over_by: int | None, over: bool
) -> Holding:
    day = lambda n: None if n is None else date(2031, 1, 1) + timedelta(days=n)  # noqa: E731
    cited = Citation("k", "r", None, None, "k")
    e = Evidence(Step.HOLDS, side, side, day(by), day(by), True, Speaker("s", "s", SpeakerKind.MEDIA), "c", cited, False, "words")
    return Holding(
        Place("p", "P", None, None, None, False),
        side,
        side,
        day(since),
        day(by),
        day(until),
        day(over_by),
        over,
        day(last),
        Grade.SINGLE,
        (e,),
    )


_DAY = st.none() | st.integers(0, 3000)
_SPELL = st.builds(_held, st.none() | st.sampled_from([f"side {n}" for n in range(40)]), _DAY, _DAY, _DAY, _DAY, _DAY, st.booleans())


@given(st.lists(st.lists(_SPELL, max_size=6), min_size=1, max_size=5), _DAY)
def test_bars_stay_on_the_axis_and_never_lie_on_one_another(places: list[list[Holding]], at: int | None) -> None:
    day = None if at is None else date(2031, 1, 1) + timedelta(days=at)
    made = lanes.drawing([(f"place {n}", spells) for n, spells in enumerate(places)], day)
    if made is None:
        assert not any(h.since or h.by or h.last or h.until or h.over_by for spells in places for h in spells)
        return
    assert len(made.lanes) == len(places)
    for lane, spells in zip(made.lanes, places, strict=True):
        dated = [h for h in spells if h.since or h.by or h.last or h.until or h.over_by]
        assert {id(bar.holding) for bar in lane.bars} == {id(h) for h in dated} and len(lane.bars) == len(dated)
        for bar in lane.bars:
            assert lanes.NAMES <= bar.x <= bar.told <= bar.end <= lanes.WIDTH
            assert lane.y <= bar.y and bar.y + lanes.BAR <= lane.bottom
        by_row: dict[int, list[lanes.Bar]] = {}
        for bar in lane.bars:
            by_row.setdefault(bar.y, []).append(bar)
        assert all(a.end <= b.x for row in by_row.values() for a, b in pairwise(row))
    letters = [side.letter for side in made.sides]
    assert len(set(letters)) == len(letters)
    assert all(lanes.NAMES <= tick.x <= lanes.WIDTH for tick in made.ticks)


def test_a_spell_whose_end_nobody_tells_goes_on_thin() -> None:
    made = lanes.drawing([("P", [_held("A", 0, 0, 10, None, None, False)])], date(2031, 12, 31))
    assert made
    [bar] = made.lanes[0].bars
    assert bar.told < bar.end == lanes.WIDTH
    made = lanes.drawing([("P", [_held("A", 0, 0, 10, 20, None, True)])], date(2031, 12, 31))
    assert made and made.lanes[0].bars[0].end < made.at < lanes.WIDTH  # type: ignore[operator]


# About the method

_SHOWN = (
    ClaimType,
    Status,
    Manner,
    Measure,
    Located,
    Precision,
    Anchor,
    Corroboration,
    Rule,
    Grade,
    Step,
    SpeakerKind,
    Inter,
    Role,
    Verdict,
    policy.Role,
)


def test_every_code_is_explained_once_and_on_the_page(get: Get) -> None:
    assert [set(codes.means) for codes in CODES] == [set(kind) for kind in _SHOWN]
    told = get("/about")
    for codes in CODES:
        assert f'id="{codes.key}"' in told and html.escape(codes.about, quote=False) in told.replace("&#39;", "'")
        assert len(set(codes.means.values())) == len(codes.means)
        for code, sentence in codes.means.items():
            assert sentence.endswith(".") and f'id="{codes.key}-{code.value}"' in told
            assert sentence in html.unescape(told)


def test_every_figure_on_the_page_is_one_that_was_measured(get: Get) -> None:
    bench = (ROOT / "bench" / "outside.md").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[str, float]] = {}
    on, reports = "", ""
    for name, count, figure, value in re.findall(r"^\| ([\w-]*) ?\| (\d*) ?\| ([^|]+) \| (\d\.\d+) \|", bench, re.MULTILINE):
        on, reports = (name, count) if name else (on, reports)
        found[on, figure] = (reports, float(value))
    shown = words(get("/about"))
    for one in MEASURED:
        assert found[one.on, one.figure][1] == one.value, f"{one.on}, {one.figure}: bench/outside.md has another"
        assert f"{one.told} {one.value:.3f}" in shown
    for told in SETS:
        assert {count for (name, _), (count, _) in found.items() if name == told.on} == {str(told.reports)}
        assert any(one.on == told.on for one in MEASURED)


def test_versions_and_counts_are_the_ledger_s(ledger: Ledger, get: Get) -> None:
    told = get("/about")
    status = ledger.status()
    [(version, number)] = status.versions.items()
    assert [*version.split("/"), str(number)] in rows(told, 1)
    assert f"Claims {status.rows['claims']:,}" in words(told) and "CC BY 4.0" in told and "Natural Earth" in told
    assert Path(status.name).name in told and str(Path(status.name).parent) not in told  # where it lies is nobody's business


# All of them

_PATHS = (
    *("/sources", "/sources?sort=name", "/reports", "/source?source=Evil", "/actors", "/actors/words", "/actor/residents"),
    *("/control", "/about", "/control/holdings.json"),
)


@pytest.mark.parametrize("evil", _EVIL)
def test_what_reports_bring_is_text_and_nothing_else(tmp_path: Path, evil: str) -> None:
    with fresh(tmp_path) as ledger:
        for n, source in enumerate((evil, "Evil")):
            text = f"{evil} took {evil}-ville on 24 March, {evil} said.\nAnd no more was told by number {n}.\n"
            p = page(f"evil-{n} {evil}", source, march(25), text, evil)
            at = (f"{evil}-ville", -46.2, -26.4)
            claim = p.claim("took", ClaimType.TAKES_TERRITORY, at=at, on=march(24), by=evil, said=f"{evil} said")
            put(ledger, p.report, [claim], place=f"/in/{n}", item=str(n))
        asking = client(ledger)
        shown = 0
        for path in (*_PATHS, f"/source?source={quote(evil)}", "/control?place=x%22%3E%3Cscript%3E"):
            answer = asking.get(path)
            assert answer.status_code in (200, 404)
            if answer.headers["content-type"].startswith("text/html"):
                assert not re.search(r"<(script>|img src=x|svg/onload)|href=\"javascript:", answer.text), path
                shown += evil in html.unescape(answer.text)
        assert shown >= 5


def test_pages_need_no_inline_code_and_no_other_site(ledger: Ledger) -> None:
    asking = client(ledger)
    for path in _PATHS[:3] + _PATHS[4:9]:
        told = asking.get(path).text
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)", told), path
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', told), path
        assert len(re.findall(r"<h1\b", told)) == 1 and '<main id="main"' in told
        ids = re.findall(r'\sid="([^"]+)"', told)
        assert len(ids) == len(set(ids)), path
        for target in re.findall(r'(?:for|aria-labelledby)="([^"]+)"', told):
            assert target in ids, f"{path}: {target}"


def test_own_voice_is_no_party(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        assert all(part.key != OWN_VOICE for part in cast.unknown(connection, Question(), 1000))
