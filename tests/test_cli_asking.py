"""The commands that ask the ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import asked_ledger as by_hand
from according.cli import cli
from according.formats import jsonl, rows
from according.formats.result import Coded
from according.ledger.flat import ANSWERS
from asked_ledger import CLASHES, COPIED, FLIGHT, PROTEST, SHELLING, STRIKE, TOLD


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("asking") / "according.db"
    by_hand.made(str(where)).close()
    return where


@pytest.fixture
def according(path, monkeypatch):
    monkeypatch.setenv("ACCORDING_LEDGER", str(path))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)

    return run


def as_coded(claims) -> list[Coded]:
    reports = {one.report.id: one.report for one in by_hand.ALL}
    return [Coded(reports[claim.report], (claim,)) for claim in claims]


def test_claims_as_records_are_what_code_prints(according):
    out = io.StringIO()
    jsonl.write_claims(as_coded(TOLD), out)
    assert according("claims", "-f", "jsonl").stdout == out.getvalue()


def test_claims_as_csv_are_what_code_prints(according):
    out = io.StringIO(newline="")
    told = [Coded(by_hand.NEW.report, (CLASHES,)), *as_coded(TOLD[1:])]
    rows.write_claims(told, out)
    assert according("claims", "-f", "csv").stdout_bytes.decode() == out.getvalue()


def test_claims_as_table_stand_under_their_reports(according):
    printed = according("claims", "--source", "The Wire").stdout
    assert printed.index("Page") < printed.index("Copied") < printed.index("A wire of the day")
    assert "5 claims in 3 reports" in printed


ASKED = [
    (("--type", "shelling", "-c", "SY"), [SHELLING]),
    (("-p", "Saraqib", "--since", "2020-02", "--until", "2020-02"), [STRIKE]),
    (("-p", "Saraqib", "--since", "2021"), []),
    (("--until", "2020-02-02", "--since", "2020-02-03"), None),
    (("--near", "35.87,36.80,5"), [STRIKE]),
    (("--near", "-1.7,29.2,50"), [by_hand.CONTROL]),
    (("--box", "170,-30,-170,0"), [by_hand.SUVA]),
    (("--box", "-20,-30,30,0"), [by_hand.CONTROL]),
    (("--speaker", "-", "--known-until", "2020-01"), [CLASHES]),
    (("--actor", "forces", "--actor", "fighters"), [SHELLING, by_hand.CONTROL]),
    (("--target", "rebels"), [STRIKE]),
    (("-w", '"control of" vill*'), [by_hand.CONTROL]),
    (("--measure", "killed", "-s", "happened"), [STRIKE, FLIGHT]),
    (("--report", "page", "--versions"), [by_hand.CLASH, CLASHES]),
    (("--report", "copy-1"), [COPIED]),
    (("--report", "copy-1", "--independent"), []),
    (("--source", "army", "-n", "1"), [STRIKE]),
    (("--known-since", "2020-04"), [PROTEST]),
]


@pytest.mark.parametrize(("options", "found"), ASKED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_each_option_asks_what_it_says(according, options, found):
    result = according("claims", "-f", "jsonl", *options)
    if found is None:
        assert result.exit_code == 2
    else:
        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [claim.id for claim in found]


@pytest.mark.parametrize("what", ["reports", "sources", "figures"])
def test_csv_has_the_columns_of_the_frame_and_records_hold_the_same(according, what):
    table = [*csv.DictReader(io.StringIO(according(what, "-f", "csv").stdout))]
    records = [json.loads(line) for line in according(what, "-f", "jsonl").stdout.splitlines()]
    assert list(table[0]) == list(ANSWERS[what][0])
    assert len(table) == len(records) == {"reports": 5, "sources": 3, "figures": 4}[what]
    key = {"reports": "key", "sources": "reports", "figures": "min"}[what]
    assert [row[key] for row in table] == [str(record[key]) for record in records]


def test_a_figure_s_record_tells_who_says_it_of_what_in_which_words(according):
    record = json.loads(according("figures", "-f", "jsonl", "-n", "1").stdout)
    assert (record["claim"], record["report"], record["min"], record["max"], record["measure"]) == (STRIKE.id, "army-1", 12, None, "killed")
    assert (record["said_by"][0]["text"], record["place"]["text"], record["time"]["from"]) == ("The army", "Saraqib", "2020-02-03")
    assert record["sentence"]["text"] == STRIKE.sentence.text


def test_tables_of_reports_sources_and_figures_name_what_they_hold(according):
    assert "Strikes" in (printed := according("reports").stdout) and "copy" in printed
    assert [line.split()[0] for line in according("sources").stdout.splitlines()] == ["source", "Army", "The", "(none"]
    printed = according("figures").stdout
    assert "killed ≥ 12" in printed and "The army" in printed and "Saraqib" in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_a_csv_cell_that_a_spreadsheet_would_run_does_not(tmp_path):
    told = by_hand.Told(by_hand.Report("=1+1", "A clash.\n", "=cmd()", source="@outlet"))
    told.claim("clash", by_hand.ClaimType.ARMED_CLASH)
    by_hand.made(str(tmp_path / "l.db"), [told]).close()
    for what in ("reports", "sources", "claims"):
        printed = CliRunner().invoke(cli, [what, "-f", "csv", "--ledger", str(tmp_path / "l.db")]).stdout
        cells = [cell for row in csv.reader(io.StringIO(printed)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_a_table_does_not_let_a_text_act_on_the_terminal(tmp_path):
    told = by_hand.Told(by_hand.Report("one", "A clash.\n", "\x1b[31mred\u202e", source="\x1b]0;x\x07"))
    by_hand.made(str(tmp_path / "l.db"), [told]).close()
    for what in ("reports", "sources"):
        printed = CliRunner().invoke(cli, [what, "--ledger", str(tmp_path / "l.db")]).stdout
        assert "\x1b" not in printed and "\u202e" not in printed and "\x07" not in printed


def test_nothing_found_is_told_and_is_no_failure(according):
    result = according("claims", "-p", "Atlantis")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("according: no claims in ")
    assert according("claims", "-p", "Atlantis", "-f", "jsonl").stderr == ""


WRONG = [
    ("--type", "AIR_STRIKE"),
    ("--since", "2020-13"),
    ("--since", "2020-1"),
    ("--since", ""),
    ("--since", "yesterday"),
    ("--until", "2020-02-30"),
    ("--near", "35,36"),
    ("--near", "35,36,-1"),
    ("--box", "1,2,3"),
    ("--box", "nan,2,3,4"),
    ("--country", "Syria"),
    ("--place", "…"),
    ("--words", "--"),
    ("--limit", "0"),
    ("--output", "/nowhere/at/all.csv"),
]


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_a_wrong_value_is_told_in_a_sentence_and_ends_with_status_2(according, options):
    result = according("claims", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_an_output_file_appears_whole(according, tmp_path):
    according("sources", "-f", "csv", "-o", str(tmp_path / "sources.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["sources.csv"]
    assert len((tmp_path / "sources.csv").read_text().splitlines()) == 4
