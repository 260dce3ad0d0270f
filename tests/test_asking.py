"""What a ledger answers, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

import asked_ledger as by_hand
from according.errors import BadQuestion
from according.ledger import deciding
from according.ledger.deciding import Verdict
from according.ledger.dialects import around
from according.ledger.ledger import Ledger
from according.ledger.question import Box, Near, Question
from according.ledger.sought import Term, terms
from according.model import ClaimType, Measure, Status
from according.places.entries import moved
from asked_ledger import (
    CLASH,
    CLASHES,
    CONTROL,
    COPIED,
    FLIGHT,
    PROTEST,
    SHELLING,
    STRIKE,
    SUVA,
    TOLD,
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger a database, for all tests that only read."""
    if request.param == "sqlite":
        with by_hand.made(str(tmp_path_factory.mktemp("asking") / "according.db")) as made:
            yield made
        return
    with request.getfixturevalue("postgresql_server").database() as url, by_hand.made(url) as made:
        yield made


@pytest.fixture
def own(ledger_url: str) -> Iterator[Ledger]:
    """A ledger for a test that writes."""
    with by_hand.made(ledger_url) as made:
        yield made


def asked(ledger: Ledger, **filters: object) -> set[str]:
    return {row.claim.id for row in ledger.claims(Question(**filters))}  # type: ignore[arg-type]


FILTERS = [
    ({"types": ClaimType.SHELLING}, {SHELLING, SUVA}),
    ({"types": ["air_strike", "protest"]}, {STRIKE, PROTEST}),
    ({"statuses": Status.DENIED}, {CONTROL}),
    ({"places": "saraqib"}, {STRIKE, COPIED}),  # the gazetteer's Sarāqib, and the bare word
    ({"places": "Tall Abyad"}, {SHELLING}),
    ({"places": "Tell-Abyad"}, {SHELLING}),  # as the report has it
    ({"places": ("Goma", "Suva")}, {CONTROL, SUVA}),
    ({"places": "Idlib"}, {STRIKE}),  # around it
    ({"places": "idlib governorate"}, {STRIKE}),
    ({"places": "Sara"}, set()),
    ({"countries": "sy"}, {STRIKE, SHELLING}),
    ({"countries": ["CD", "FJ"]}, {CONTROL, FLIGHT, SUVA}),
    ({"box": Box(36, 35, 37, 36)}, {STRIKE}),
    ({"box": Box(36.8058, 35.8686, 36.8058, 35.8686)}, {STRIKE}),  # edges included, to the last digit
    ({"box": Box(36.80581, 35.8, 37, 36)}, set()),
    ({"box": Box(29, -2, 30, -1)}, {CONTROL}),  # not the point that stands for all of Congo
    ({"box": Box(170, -30, -170, 0)}, {SUVA}),
    ({"box": Box(-180, -90, 180, 90)}, {STRIKE, SHELLING, CONTROL, SUVA}),
    ({"near": Near(35.8686, 36.8058, 0.1)}, {STRIKE}),
    ({"near": Near(36, 38, 150)}, {STRIKE, SHELLING}),
    ({"near": Near(-17, -179.5, 300)}, {SUVA}),  # over the 180th meridian
    ({"actors": "forces"}, {SHELLING}),
    ({"actors": "force"}, set()),  # whole words
    ({"actors": "Our-Forces"}, {SHELLING}),
    ({"actors": ("fighters", "forces")}, {SHELLING, CONTROL}),
    ({"targets": "rebels"}, {STRIKE}),
    ({"targets": "army"}, set()),
    ({"speakers": "actor:army"}, {STRIKE}),
    ({"speakers": "army"}, {STRIKE}),
    ({"speakers": "-"}, {CLASHES, COPIED, FLIGHT, SUVA, PROTEST}),
    ({"speakers": ("-", "spokesman")}, {CLASHES, COPIED, FLIGHT, SUVA, PROTEST, SHELLING}),
    ({"since": date(2020, 2, 3), "until": date(2020, 2, 3)}, {STRIKE, CONTROL}),  # "since January" goes on
    ({"until": date(2020, 2, 2)}, {CONTROL}),
    ({"since": date(2020, 2, 4)}, {CONTROL}),
    ({"until": date(2019, 12, 31)}, set()),
    ({"known_since": date(2020, 2, 5), "known_until": date(2020, 3, 1)}, {COPIED, CONTROL, FLIGHT, SUVA}),
    ({"known_since": date(2024, 1, 1)}, {PROTEST}),  # never dated, so known since it was seen
    ({"measures": "killed"}, {STRIKE, FLIGHT}),
    ({"words": "regained"}, {CONTROL}),
    ({"words": "REGAINED cafe"}, {CONTROL}),
    ({"words": '"control of" villages'}, {CONTROL}),
    ({"words": '"of control"'}, set()),
    ({"words": "al-Qaeda"}, {CONTROL}),
    ({"words": "strik*"}, {STRIKE}),
    ({"words": "strik"}, set()),
    ({"words": "regained Saraqib"}, set()),
    ({"reports": "army-1"}, {STRIKE, SHELLING}),
    ({"reports": ("army-1", "note")}, {STRIKE, SHELLING, PROTEST}),
    ({"reports": "page"}, {CLASHES}),
    ({"sources": "the wire"}, {CLASHES, COPIED, CONTROL, FLIGHT, SUVA}),
    ({"sources": "Nobody"}, set()),
    ({"independent": True}, {*TOLD} - {COPIED}),
    ({"versions": True}, {*TOLD, CLASH}),
    ({"countries": "SY", "types": "shelling"}, {SHELLING}),
    ({"places": "Saraqib", "since": date(2020, 2, 1), "until": date(2020, 2, 29)}, {STRIKE}),
]


@pytest.mark.parametrize(("filters", "found"), FILTERS, ids=lambda value: None)
def test_each_filter_finds_what_it_says(ledger, filters, found):
    assert asked(ledger, **filters) == {claim.id for claim in found}


def test_claims_come_back_as_they_were_made_and_in_the_order_of_publication_and_text(ledger):
    assert tuple(row.claim for row in ledger.claims()) == TOLD


@pytest.mark.parametrize("seed", range(3))
def test_the_order_is_the_same_whatever_came_first(ledger_url, seed):
    shuffled = random.Random(seed).sample(by_hand.ALL, len(by_hand.ALL))
    with by_hand.made(ledger_url, shuffled) as ledger:
        assert tuple(row.claim for row in ledger.claims()) == TOLD
        assert [row.id for row in ledger.reports()] == ["page", "army-1", "copy-1", "wire-1", "note"]


def test_a_limit_takes_the_first(ledger):
    assert tuple(row.claim for row in ledger.claims(Question(limit=3))) == TOLD[:3]


def test_a_claim_tells_its_report(ledger):
    [row] = ledger.claims(Question(types="attack"))
    assert (row.report.id, row.report.source, row.report.outlet, row.report.published) == (
        "copy-1",
        "The Wire",
        "The Wire",
        date(2020, 2, 5),
    )
    assert row.report.copy and not row.report.replaced


def test_an_older_version_is_told_when_asked_for_by_its_key(ledger):
    [old] = [row.report for row in ledger.claims(Question(versions=True)) if row.report.replaced]
    assert [row.claim for row in ledger.claims(Question(reports=old.key))] == [CLASH]


@pytest.mark.parametrize(("verdict", "there"), [(Verdict.REJECT, False), (Verdict.ACCEPT, True), (Verdict.UNSURE, True)])
def test_rejected_claims_are_left_out_unless_asked_for(own, verdict, there):
    with own.writing() as connection:
        number = connection.exec_driver_sql("SELECT n FROM reports WHERE id = 'army-1'").scalar()
        deciding.decide(connection, number, by_hand.ARMY.report, STRIKE.id, verdict, "P. Person", None, None)
    assert (STRIKE.id in asked(own)) is there
    [row] = own.claims(Question(types="air_strike", rejected=True))
    assert (row.claim, row.verdict, row.corrected) == (STRIKE, verdict, False)


def test_withdrawn_claims_are_left_out_unless_asked_for(own):
    with own.writing() as connection:
        number = connection.exec_driver_sql("SELECT n FROM reports WHERE id = 'army-1'").scalar()
        run = connection.exec_driver_sql("SELECT n FROM runs").scalar()
        deciding.decide(connection, number, by_hand.ARMY.report, STRIKE.id, Verdict.ACCEPT, "P. Person", None, None)
        deciding.replace(connection, number, by_hand.ARMY.report, [SHELLING], run)
    assert STRIKE.id not in asked(own) and SHELLING.id in asked(own)
    assert [row.withdrawn for row in own.claims(Question(types="air_strike", withdrawn=True))] == [True]


HOSTILE = [
    '"',
    '""',
    '"q',
    "q\"x'z",
    "q AND OR NOT (",
    "q:x",
    "q & | ! <-> x:*",
    "^q +x -z",
    "'; DROP TABLE claims; --",
    "q\\",
    "q\x00x",
    "NEAR(q x)",
    "*q",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_sign_in_the_words_reaches_the_database_s_own_language(ledger, words):
    if not terms(words):
        with pytest.raises(BadQuestion):
            Question(words=words)
        return
    assert asked(ledger, words=words) == set()
    assert not [*ledger.reports(Question(words=f"{words} zebra"))]


def test_words_are_taken_apart_into_terms():
    assert terms('regained "control  of" al-Qaeda shell* "air str"* "open end') == (
        Term(("regained",)),
        Term(("control", "of")),
        Term(("al", "Qaeda")),
        Term(("shell",), begins=True),
        Term(("air", "str"), begins=True),
        Term(("open", "end")),
    )
    assert terms(" -- ") == ()


@pytest.mark.parametrize("name", ["100%", "a_b", "%", "_"])
def test_no_sign_in_a_name_is_a_wildcard(ledger, name):
    if name in "%_":
        with pytest.raises(BadQuestion):
            Question(actors=name)
        return
    assert asked(ledger, actors=name) == asked(ledger, places=name) == asked(ledger, sources=name) == set()


def test_reports_are_told_with_how_many_of_their_claims_are_asked_for(ledger):
    rows = {row.id: row for row in ledger.reports()}
    assert {name: row.claims for name, row in rows.items()} == {"army-1": 2, "copy-1": 1, "wire-1": 3, "page": 1, "note": 1}
    assert rows["copy-1"].copy_of == rows["army-1"].key
    assert rows["army-1"].characters == len(by_hand.ARMY.report.text)
    [army] = ledger.reports(Question(types="air_strike"))
    assert (army.id, army.claims) == ("army-1", 1)


def test_words_look_in_a_report_s_title_and_text(ledger):
    assert [row.id for row in ledger.reports(Question(words="spokesman forces strikes"))] == ["army-1"]
    assert [row.id for row in ledger.reports(Question(words="Copied outlet"))] == ["copy-1"]


def test_versions_of_a_report_are_told_when_asked_for(ledger):
    old, new = ledger.reports(Question(reports="page", versions=True))
    assert (old.published, old.replaced_by, new.replaced_by) == (date(2020, 1, 1), new.key, None)


def test_sources_are_told_with_what_is_theirs(ledger):
    told = [(row.name, row.reports, row.independent, row.claims, row.first, row.last) for row in ledger.sources()]
    assert told == [
        ("Army", 1, 1, 2, date(2020, 2, 4), date(2020, 2, 4)),
        ("The Wire", 3, 2, 5, date(2020, 1, 2), date(2020, 3, 1)),
        (None, 1, 1, 1, None, None),
    ]


def test_sources_count_only_what_is_asked_for(ledger):
    told = [(row.name, row.reports, row.claims) for row in ledger.sources(Question(types=("shelling", "attack"), until=None))]
    assert told == [("Army", 1, 1), ("The Wire", 2, 2)]


def test_figures_are_told_one_by_one_with_their_claim(ledger):
    told = [(row.figure.min, row.figure.max, row.claim.id) for row in ledger.figures()]
    assert told == [(12, None, STRIKE.id), (30, 40, FLIGHT.id), (5, 5, FLIGHT.id), (3, 3, FLIGHT.id)]
    assert [row.figure.min for row in ledger.figures(Question(measures=Measure.KILLED))] == [12, 3]
    assert [row.figure.min for row in ledger.figures(Question(limit=2))] == [12, 30]


BAD = [
    {"types": "airstrike"},
    {"statuses": "maybe"},
    {"measures": "dead"},
    {"countries": "SYR"},
    {"places": "—"},
    {"places": "-"},
    {"words": "…"},
    {"limit": 0},
    {"since": date(2020, 2, 2), "until": date(2020, 2, 1)},
    {"known_since": date(2020, 2, 2), "known_until": date(2020, 2, 1)},
]


@pytest.mark.parametrize("filters", BAD, ids=str)
def test_a_filter_that_cannot_be_understood_is_refused(filters):
    with pytest.raises(BadQuestion):
        Question(**filters)


@pytest.mark.parametrize("edges", [(0, 1, 1, 0), (0, -91, 1, 0), (181, 0, 0, 1), (float("nan"), 0, 1, 1)])
def test_a_box_that_is_none_is_refused(edges):
    with pytest.raises(BadQuestion):
        Box(*edges)


@pytest.mark.parametrize("lat", [-89.9, -60, 0, 35.9, 80, 89.99])
@pytest.mark.parametrize("km", [0.1, 50, 3000, 12000])
def test_the_box_around_a_circle_holds_all_of_it(lat, km):
    box = around(Near(lat, 179.9, km))
    for bearing in range(0, 360, 15):
        at, along = moved(lat, 179.9, bearing, km)
        inside = box.west <= along <= box.east if box.west <= box.east else along >= box.west or along <= box.east
        assert box.south - 1e-9 <= at <= box.north + 1e-9 and inside


def test_many_more_claims_than_one_batch_come_whole_and_once(ledger_url):
    text = "".join(f"Clash {n} in Goma.\n" for n in range(1201))
    told = by_hand.Told(by_hand.Report("long", text, published=date(2020, 1, 1)))
    for n in range(1201):
        told.claim(f"Clash {n} ", ClaimType.ARMED_CLASH)
    with by_hand.made(ledger_url, [told]) as ledger:
        assert [row.claim.trigger.start for row in ledger.claims()] == sorted(claim.trigger.start for claim in told.claims)


def test_a_report_with_more_words_than_a_database_lists_is_kept_and_found_by_its_first(ledger_url):
    text = " ".join(f"w{n:06x}" for n in range(150_000)) + "\n"
    with by_hand.made(ledger_url, [by_hand.Told(by_hand.Report("long", text))]) as ledger:
        assert [row.id for row in ledger.reports(Question(words="w000001 w0000ff"))] == ["long"]
