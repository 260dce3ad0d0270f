"""The commands that ask for events, series and holdings, that merge and split, and that show the table of actors."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from according import cli
from according.actors.table import actors
from according.events.reconciling import Rule
from according.formats.event_records import COLUMNS, dossier_record, event_record
from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.model import ClaimType, Measure
from hand_ledger import put
from told_events import BELEN, EVENTS, PAPERS, claim_of, id_of, march, page, ref, take, told

According = Callable[..., Result]
#: The events in the order of their days.
ORDER = ("strike", "quay", "protest", "bomb", "plan")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with all reports, of which the last still waits."""
    where = tmp_path_factory.mktemp("events") / "according.db"
    with Ledger(where, create=True) as ledger:
        take(ledger, *(name for name in PAPERS if name != "lamp-bomb"))
        ledger.group()
        take(ledger, "lamp-bomb")
    return where


@pytest.fixture
def path(full: Path, tmp_path: Path) -> Path:
    """A copy for one test alone."""
    return Path(shutil.copy(full, tmp_path / "according.db"))


@pytest.fixture
def according(path: Path, monkeypatch: pytest.MonkeyPatch) -> According:
    monkeypatch.setenv("ACCORDING_LEDGER", str(path))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.cli, arguments, catch_exceptions=False)

    return run


@pytest.fixture
def ids(path: Path) -> dict[str, str]:
    """The id of each event, in the order of their days."""
    with Ledger(path) as ledger:
        return {name: id_of(ledger, *EVENTS[name][0]) for name in ORDER}


@pytest.fixture
def refused(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[Any, str]]:
    """The exit status of the whole command, and what it says on standard error; it may print nothing."""
    monkeypatch.setenv("ACCORDING_LEDGER", str(path))

    def run(*arguments: str) -> tuple[Any, str]:
        monkeypatch.setattr(sys, "argv", ["according", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert out == ""
        return ended.value.code, err

    return run


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0
    return [*csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline=""))]


# events


def test_events_as_table_are_a_line_each_in_the_order_of_their_days(according: According, ids: dict[str, str]) -> None:
    printed = according("events").stdout.splitlines()
    assert printed[0].split() == ["when", "where", "what", "killed", "injured", "told", "by", "grade", "event"]
    assert [line.split()[-1] for line in printed[1:] if line[0] != " "] == list(ids.values())
    strike = printed[1]
    assert (
        strike.startswith("2031-03-03") and "Nadreh, VM" in strike and "air strike" in strike and "12–17" in strike and "denied" in strike
    )
    assert "(planned)" in "".join(printed[-2:])
    assert max(map(len, printed)) <= 120


def test_events_as_records_are_those_of_the_ledger(according: According, path: Path) -> None:
    with Ledger(path) as ledger:
        expected = [json.loads(json.dumps(event_record(event, Rule.UCDP))) for event in ledger.events()]
    found = records(according("events", "-f", "jsonl"))
    assert found == expected
    strike = found[0]
    assert (strike["type"], strike["status"], strike["grade"], strike["first_told"]) == ("air_strike", "happened", "denied", "2031-03-04")
    assert strike["place"]["name"] == "Nadreh" and strike["time"] == {
        "text": "3 March", "from": "2031-03-03", "to": "2031-03-03", "precision": "day"
    }  # fmt: skip
    assert [account["speaker"] for account in strike["accounts"] if account["denies"]] == ["The general staff"]
    assert set(strike["reports"]) == {report for report, _ in EVENTS["strike"]}
    assert set(strike["claims"]) == {ref(*pair)[1] for pair in EVENTS["strike"]}


def test_events_as_csv_have_a_row_each_with_the_same_facts(according: According, ids: dict[str, str]) -> None:
    rows = table(according("events", "-f", "csv"))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == list(ids.values())
    strike, _, protest, bomb, plan = rows
    assert (strike["killed_low"], strike["killed_best"], strike["killed_high"], strike["injured_low"]) == ("12", "17", "17", "")
    assert (bomb["injured_low"], bomb["injured_high"], bomb["country"], bomb["from"]) == ("9", "15", "VM", "2031-03-20")
    assert (strike["accounts"], strike["parties_to_it"], plan["status"], protest["killed_low"]) == ("5", "1", "planned", "")
    assert "a local monitor: killed ≥ 17" in strike["figures"]
    assert strike["reports"].split("; ")[0] == "gazette-strike"


@pytest.mark.parametrize(
    ("rule", "low", "best", "high"), [("ucdp", 12, 17, 17), ("acled", 12, 12, 12), ("airwars", 12, 12, 17), ("widest", 12, 12, None)]
)
def test_a_rule_makes_one_range_of_rival_figures(
    according: According, ids: dict[str, str], rule: str, low: int, best: int, high: int | None
) -> None:
    row = table(according("events", "--type", "air_strike", "-f", "csv", "--rule", rule))[0]
    assert (row["rule"], row["killed_low"], row["killed_best"], row["killed_high"]) == (rule, str(low), str(best), str(high or ""))
    for command in (("events", "--type", "air_strike"), ("event", ids["strike"])):
        [record] = records(according(*command, "-f", "jsonl", "--rule", rule))
        [figures] = [figures for figures in record["figures"] if figures["measure"] == "killed"]
        assert [figures[key] for key in ("low", "best", "high", "rule", "accounts")] == [low, best, high, rule, 3]
    assert f"by the rule “{rule}”" in according("event", ids["strike"], "--rule", rule).stdout


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ORDER),
        (("--place", "Corith"), ("bomb", "plan")),
        (("--type", "protest", "--type", "bombing"), ("protest", "bomb")),
        (("--since", "2031-03-10", "--until", "2031-03-15"), ("quay", "protest")),
        (("--status", "denied"), ("strike",)),
        (("--measure", "participants"), ("protest",)),
        (("-w", "tannery"), ("bomb",)),
        (("--source", "Coast Mirror"), ("strike",)),
        (("--source", "Coast Mirror", "--independent"), ()),
        (("-n", "2"), ("strike", "quay")),
        (("--place", "Atlantis"), ()),
    ],
)
def test_each_filter_asks_what_it_says(according: According, ids: dict[str, str], options: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert [record["id"] for record in records(according("events", "-f", "jsonl", *options))] == [ids[name] for name in found]


def test_each_report_is_printed_with_the_one_event_that_it_tells_most_of(according: According, path: Path) -> None:
    with Ledger(path) as ledger:
        expected = list(ledger.told_by())
    assert [(row["report"], row["event"]) for row in table(according("events", "--reports", "-f", "csv"))] == expected
    assert [(record["report"], record["event"]) for record in records(according("events", "--reports", "-f", "jsonl"))] == expected
    lines = [line.split() for line in according("events", "--reports").stdout.splitlines()]
    assert lines == [["report", "event"], *(list(pair) for pair in expected)]
    assert [row["report"] for row in table(according("events", "--reports", "-f", "csv", "--source", "Velmar Army"))] == [
        "army-denial",
        "staff-plan",
    ]


def test_a_report_that_tells_of_no_event_is_printed_with_none(according: According, path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.decide(claim_of("staff-plan", "storm").id, "reject", report="staff-plan", person="Amina")
    asked = ("events", "--reports", "--report", "staff-plan")
    assert records(according(*asked, "-f", "jsonl")) == [{"report": "staff-plan", "event": None}]
    assert table(according(*asked, "-f", "csv")) == [{"report": "staff-plan", "event": ""}]
    assert according(*asked).stdout.splitlines()[1].split() == ["staff-plan", "–"]


def test_a_csv_cell_that_a_spreadsheet_would_run_does_not(tmp_path: Path) -> None:
    bad = page("=1+1", "@outlet", march(4), "=Shells fell on Nadreh, and 3 people died.\n")
    claim = bad.claim(
        "fell", ClaimType.SHELLING, at=("Nadreh", 1.0, 1.0), said="=Shells", by="=Shells", figures=[("3 people", Measure.KILLED, 3, 3)]
    )
    with Ledger(tmp_path / "l.db", create=True) as ledger:
        put(ledger, bad.report, [claim])
    for command in (["events"], ["events", "--reports"], ["control"], ["series"]):
        printed = CliRunner().invoke(cli.cli, [*command, "-f", "csv", "--ledger", str(tmp_path / "l.db")]).stdout
        cells = [cell for row in csv.reader(io.StringIO(printed)) for cell in row]
        assert cells and not [cell for cell in cells if cell.startswith(("=", "@"))], command


def test_no_text_acts_on_the_terminal(tmp_path: Path) -> None:
    text = "The \x1b[31mred\u202e men took Nadreh on 3 March and held Nadreh; since May 90 lives were lost.\n"
    bad = page("r\x1b[2J", "\x1b]0;x\x07Post", march(4), text, "\x1b[1mTitle")
    since = ("since May", date(2030, 5, 1), march(3))
    told = [
        bad.claim("took", ClaimType.TAKES_TERRITORY, at=("Nadreh", 1.0, 1.0), on=march(3), by="\x1b[31mred\u202e men"),
        bad.claim(
            "lost", ClaimType.CASUALTIES, on=since, said="\x1b[31mred\u202e men", total=True, figures=[("90 lives", Measure.KILLED, 90, 90)]
        ),
    ]
    with Ledger(tmp_path / "l.db", create=True) as ledger:
        put(ledger, bad.report, told)
        [event] = ledger.events()
    for command in (["events"], ["events", "--reports"], ["event", event.id], ["control"], ["series"]):
        printed = CliRunner().invoke(cli.cli, [*command, "--ledger", str(tmp_path / "l.db")]).stdout
        assert printed and not set(printed) & set("\x1b\u202e\x07"), command


# event


def test_an_event_as_text_tells_who_says_what_in_which_words_and_why_they_stand_together(according: According, ids: dict[str, str]) -> None:
    printed = " ".join(according("event", ids["strike"]).stdout.split())
    assert printed.startswith(f"Air strike, Nadreh, VM, 2031-03-03 {ids['strike']} · 5 accounts in 5 reports · grade: denied")
    assert "killed: 12–17, best 17" in printed
    assert "≥ 17 a local monitor (monitor) “17 people” · said 2031-03-05" in printed
    assert "The general staff (other) denies it" in printed
    assert "the ministry of defence (a party to the fighting) 2 reports · 1 of them copies · said 2031-03-04 to 2031-03-06" in printed
    for paper, trigger in EVENTS["strike"]:
        claim = claim_of(paper, trigger)
        assert f"“{claim.sentence.text}”" in printed and f"claim {claim.id}" in printed
    assert "[denial]" in printed and "Why they stand together" in printed and "the same day +" in printed
    assert max(map(len, according("event", ids["strike"]).stdout.splitlines())) <= 120


def test_an_event_of_one_account_has_no_ties_and_says_that_it_is_planned(according: According, ids: dict[str, str]) -> None:
    printed = according("event", ids["plan"]).stdout
    assert printed.startswith("Takes territory (planned), Corith, VM, 2031-03-28\n")
    assert "Why they stand together" not in printed and "How many" not in printed and "[plan]" in printed


def test_an_event_as_a_record_holds_all_that_the_ledger_tells_of_it(according: According, path: Path, ids: dict[str, str]) -> None:
    with Ledger(path) as ledger:
        expected = json.loads(json.dumps(dossier_record(ledger.event(ids["strike"]), Rule.UCDP)))
    [found] = records(according("event", ids["strike"], "-f", "jsonl"))
    assert found == expected
    assert [(told["as"], told["report"]) for told in found["told"]][-1] == ("denial", "army-denial")
    assert {reading["words"] for reading in found["readings"]} == {"12 traders", "17 people", "12 graves"}
    for tie in found["ties"]:
        assert tie["points"] == pytest.approx(sum(why["points"] for why in tie["why"]), abs=0.002)


# merge and split


def test_merge_prints_the_id_that_both_lead_to_and_split_both_ids(according: According, path: Path, ids: dict[str, str]) -> None:
    with Ledger(path) as ledger:
        before = told(ledger)
    merged = according("merge", ids["protest"], ids["quay"], "--by", "A. Analyst", "--note", "one day")
    assert (merged.exit_code, merged.stdout) == (0, ids["quay"] + "\n")
    assert according("event", ids["protest"]).stdout == according("event", ids["quay"]).stdout
    assert len(records(according("events", "-f", "jsonl"))) == 4
    apart = according("split", ids["quay"], "herald-protest", PAPERS["radio-protest"].key, "--by", "B. Analyst")
    assert (apart.exit_code, apart.stdout) == (0, f"{ids['quay']}\n{ids['protest']}\n")
    with Ledger(path) as ledger:
        assert told(ledger) == before
        assert [(d.verdict, d.person, d.note) for d in ledger.event_decisions()] == [
            ("merge", "A. Analyst", "one day"),
            ("split", "B. Analyst", None),
        ]


def test_a_split_takes_a_claim_by_its_id(according: According, ids: dict[str, str]) -> None:
    burned = claim_of("gazette-strike", "burned").id
    rest, out = according("split", ids["strike"], burned, "--by", "A. Analyst").stdout.split()
    assert rest == ids["strike"]
    assert [record["claims"] for record in records(according("event", out, "-f", "jsonl"))] == [[burned]]


def test_an_id_or_claim_that_is_not_there_is_told_in_a_sentence(
    refused: Callable[..., tuple[Any, str]], path: Path, ids: dict[str, str]
) -> None:
    by = ("--by", "A. Analyst")
    none = "according: There is no event e000 in this ledger; `according events` lists those there are.\n"
    assert refused("event", "e000") == (1, none)
    assert refused("merge", ids["quay"], "e000", *by) == (1, none)
    assert refused("split", "e000", "front-quay", *by) == (1, none)
    code, said = refused("merge", ids["quay"], ids["quay"], *by)
    assert code == 1 and said == f"according: {ids['quay']} and {ids['quay']} are one event already.\n"
    code, said = refused("split", ids["quay"], "nobody", *by)
    assert code == 1 and said.startswith(f"according: Event {ids['quay']} has no claim or report nobody; `according event ")
    code, said = refused("split", ids["quay"], "front-quay", "gazette-quay", *by)
    assert code == 1 and "not none and not all" in said
    with Ledger(path) as ledger:
        assert ledger.event_decisions() == []
        ledger.forget("staff-plan", "as asked")
    code, said = refused("event", ids["plan"])
    assert code == 1 and said.startswith(f"according: Nothing in this ledger tells of event {ids['plan']} any more")


# series


def test_tolls_are_printed_as_series(according: According) -> None:
    printed = according("series").stdout
    assert "killed, since 2031-01-01  1 reading" in printed
    assert "“300 lives”  Since January  the Bureau of Records (other) · 2031-03-21 · wire-roundup" in printed
    rows = table(according("series", "-f", "csv"))
    assert sorted((row["min"], row["max"], row["window"], row["from"], row["to"], row["report"], row["claim"]) for row in rows) == [
        ("300", "300", "Since January", "2031-01-01", "2031-03-21", "wire-roundup", ref("wire-roundup", "cost")[1]),
        ("450", "450", "Since January", "2031-01-01", "2031-03-19", "staff-plan", ref("staff-plan", "lost")[1]),
    ]
    assert {row["measure"] for row in rows} == {"killed"} and {row["published"] for row in rows} == {"2031-03-21", "2031-03-19"}
    [series] = records(according("series", "-f", "jsonl", "--source", "The Wire"))
    assert (series["since"], [reading["words"] for reading in series["readings"]]) == ("2031-01-01", ["300 lives"])
    assert records(according("series", "-f", "jsonl", "--measure", "injured")) == []


# control


@pytest.fixture
def lost(path: Path) -> Path:
    """The Front leaves Belen Quay on 18 March, as is published on the 19th, and the army takes it on the 24th."""
    leaves = page("gazette-leaves", "The Hill Gazette", march(19), "The Sulin Front left Belen Quay on 18 March, boatmen said.\n")
    left = leaves.claim("left", ClaimType.LEAVES_TERRITORY, at=BELEN, on=march(18), said="boatmen", by="The Sulin Front")
    retaken = page("army-quay", "Velmar Army", march(25), "The Velmar army entered Belen Quay on 24 March.\n")
    entered = retaken.claim("entered", ClaimType.TAKES_TERRITORY, at=BELEN, on=march(24), by="The Velmar army")
    with Ledger(path) as ledger:
        put(ledger, leaves.report, [left], place="/in/leaves", item="leaves")
        put(ledger, retaken.report, [entered], place="/in/army", item="army")
    return path


FRONT, ARMY = ("the Sulin Front", "2031-03-10", "2031-03-18"), ("The Velmar army", "2031-03-24", "")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), [ARMY]),
        (("--as-of", "2031-03-09"), []),
        (("--as-of", "2031-03-10"), [FRONT]),
        (("--as-of", "2031-03-17"), [FRONT]),
        (("--as-of", "2031-03-18"), []),
        (("--as-of", "2031-03"), [ARMY]),
        (("--history",), [FRONT, ARMY]),
        (("--history", "--place", "Ostrel"), []),
        (("--history", "--source", "Velmar Army"), [ARMY]),
        (("--as-known", "2031-03-10"), []),
        (("--as-known", "2031-03-12"), [(*FRONT[:2], "")]),
        (("--as-known", "2031-03-12", "--as-of", "2031-03-20"), [(*FRONT[:2], "")]),
        (("--as-known", "2031-03-19"), []),
        (("--as-known", "2031-03-19", "--history"), [FRONT]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_who_holds_a_place_on_a_day_as_was_known_then(
    according: According, lost: Path, options: tuple[str, ...], found: list[tuple[str, ...]]
) -> None:
    rows = table(according("control", "-f", "csv", *options))
    assert [(row["holder_name"], row["since"], row["until"]) for row in rows] == found
    kept = records(according("control", "-f", "jsonl", *options))
    assert [(record["holder_name"], record["since"], record["until"] or "") for record in kept] == found
    lines = according("control", *options).stdout.splitlines()
    assert sum(line.startswith("Belen Quay") for line in lines) == len(found)


def test_a_holding_tells_the_place_the_claims_and_who_says_otherwise(according: According) -> None:
    [row] = table(according("control", "-f", "csv"))
    assert (row["place"], row["country"], row["lat"], row["area"], row["grade"]) == ("Belen Quay", "VM", "-42.3", "false", "contested")
    assert row["claims"].split("; ") == [ref("gazette-quay", "captured")[1], ref("gazette-quay", "hung")[1]]
    assert (row["said_by"], row["contested_by"]) == ("residents; The Hill Gazette", "Sulin Front")
    [record] = records(according("control", "-f", "jsonl"))
    assert [(e["step"], e["from"], e["dated"]) for e in record["evidence"]] == [
        ("takes", "2031-03-10", True),
        ("holds", "2031-03-11", False),
    ]
    assert record["rivals"][0]["sentence"] == claim_of("front-quay", "took").sentence.text
    printed = " ".join(according("control").stdout.split())
    assert printed.startswith("place held by since until last told grade according to Belen Quay, VM the Sulin Front 2031-03-10 2031-03-11")


# actors


def test_an_actor_s_id_shows_its_row_and_other_words_those_that_they_may_name(according: According) -> None:
    row = next(one for one in actors().values() if one.countries and one.parent)
    printed = " ".join(according("actors", row.id).stdout.split())
    assert row.name in printed and f"{row.id} · 1.00 by id" in printed
    assert f"rests on: {' '.join(row.support.split())}" in printed and "part of:" in printed
    named = according("actors", row.name, "--country", row.countries[0].lower()).stdout
    assert f"{row.id} · " in named and "by name" in named


def test_words_that_name_no_actor_are_told_so_each_in_its_turn(according: According) -> None:
    printed = according("actors", "the weavers of Ostrel", "a man").stdout
    assert printed.count("no actor of the table, or several of which none is surer") == 2
    assert printed.index("the weavers of Ostrel") < printed.index("a man")


# Wrong use


WRONG = [
    ("events", "--rule", "best"),
    ("events", "--format", "text"),
    ("events", "--type", "AIR_STRIKE"),
    ("events", "--country", "Syria"),
    ("events", "--since", "2031-13"),
    ("events", "--limit", "0"),
    ("events", "--output", "/nowhere/at/all.csv"),
    ("event",),
    ("event", "e000", "--format", "csv"),
    ("merge", "e000", "--by", "A. Analyst"),
    ("merge", "e000", "e001"),
    ("split", "e000", "--by", "A. Analyst"),
    ("split", "e000", "front-quay"),
    ("series", "--measure", "dead"),
    ("control", "--as-of", "yesterday"),
    ("control", "--as-of", "2031-02-30"),
    ("control", "--as-known", ""),
    ("control", "--near", "1,2"),
    ("actors",),
    ("actors", "x", "--year", "19"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_is_told_in_a_sentence_and_ends_with_status_2(according: According, arguments: tuple[str, ...]) -> None:
    result = according(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("Error: ") and result.stderr.rstrip().endswith((".", "?"))


def test_an_output_file_appears_whole(according: According, ids: dict[str, str], tmp_path: Path) -> None:
    for name, command in {
        "events.csv": ("events", "-f", "csv"),
        "event.txt": ("event", ids["strike"]),
        "series.jsonl": ("series", "-f", "jsonl"),
        "control.csv": ("control", "-f", "csv"),
    }.items():
        wanted = according(*command).stdout_bytes
        result = according(*command, "-o", str(tmp_path / name))
        assert (result.exit_code, result.stdout) == (0, "")
        assert (tmp_path / name).read_bytes() == wanted, name


def test_a_ledger_that_is_not_there_is_told(refused: Callable[..., tuple[Any, str]], tmp_path: Path) -> None:
    for command in (["events"], ["event", "e000"], ["series"], ["control"], ["merge", "a", "b", "--by", "x"]):
        code, said = refused(*command, "--ledger", str(tmp_path / "none.db"))
        assert code == 1 and said.startswith(f"according: There is no ledger at {tmp_path / 'none.db'}; ")
    assert not (tmp_path / "none.db").exists()


def test_a_question_of_the_ledger_and_the_options_of_the_command_ask_the_same(according: According, path: Path) -> None:
    with Ledger(path) as ledger:
        asked = [event.id for event in ledger.events(Question(countries="VM", known_until=march(11)))]
    assert [record["id"] for record in records(according("events", "-c", "vm", "--known-until", "2031-03-11", "-f", "jsonl"))] == asked
