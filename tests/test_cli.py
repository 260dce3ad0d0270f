"""The command as a user meets it: through ``main``, with its streams and exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from according import __version__, cli
from according.records import claim_from

ROOT = Path(__file__).parent.parent
STATEMENT = (
    "The army said on Friday that its forces had recaptured Tal Varin. Residents said shelling killed at least three people in Ostrel.\n"
)
RIVAL = "The Sulin Front denied that it had lost Tal Varin. At least 40 families fled the town of Ostrel on Monday.\n"
FRENCH = (
    "Le ministère a déclaré vendredi que les forces gouvernementales avaient repris la ville après deux jours de combats avec "
    "les rebelles, qui ont fait une douzaine de morts parmi les habitants selon les responsables de l'hôpital."
)


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def claims(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: object, stdin: bytes | None = None) -> Ran:
        monkeypatch.setattr(sys, "argv", ["according", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin or b"")))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ran(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "reports"
    inside.mkdir()
    (inside / "statement.txt").write_text(STATEMENT, encoding="utf-8")
    (inside / "rival.txt").write_text(RIVAL, encoding="utf-8")
    return inside


def test_code_prints_a_plain_table_in_a_pipe(run, folder):
    ran = run("code", folder / "statement.txt")
    assert (ran.status, ran.err) == (0, "")
    assert "takes territory  “recaptured”" in ran.out and "said by: " in ran.out and "killed ≥ 3" in ran.out
    assert "\x1b" not in ran.out


def test_each_line_of_jsonl_is_a_claim_whose_words_stand_in_its_sentence(run, folder):
    ran = run("code", folder / "statement.txt", "--format", "jsonl")
    claims = [claim_from(record) for record in ran.claims]
    assert {"takes_territory", "shelling"} <= {claim.type for claim in claims}
    assert all(claim.sentence.holds(claim.trigger) for claim in claims)


def test_json_and_csv_tell_the_same_claims(run, folder):
    lines = run("code", folder, "-f", "jsonl").claims
    assert json.loads(run("code", folder, "-f", "json").out) == lines
    rows = list(csv.DictReader(io.StringIO(run("code", folder, "-f", "csv").out, newline="")))
    assert [row["id"] for row in rows] == [claim["id"] for claim in lines]


def test_read_prints_one_record_a_report(run, folder):
    records = run("read", folder, "--format", "jsonl").claims
    assert len(records) == 2
    for record in records:
        for kind in ("names", "places", "times", "figures"):
            assert all(record["text"][m["start"] : m["end"]] == m["text"] for m in record[kind])
    assert any(record["attributions"] for record in records)


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_is_read(run, arguments):
    assert "recaptured" in run("code", *arguments, stdin=STATEMENT.encode()).out


def test_bad_inputs_are_told_one_sentence_each_and_the_rest_is_coded(run, folder):
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (folder / "french.txt").write_text(FRENCH, encoding="utf-8")
    names = ["empty.txt", "picture.txt", "absent.txt", "french.txt"]
    ran = run("code", *(folder / name for name in names), folder / "statement.txt", "--format", "jsonl")
    assert ran.status == 1
    told = ran.err.splitlines()
    assert len(told) == len(names)
    for line, name in zip(told, names, strict=True):
        assert line.startswith("according: ") and name in line and line.endswith(".")
    assert any(claim["type"] == "takes_territory" for claim in ran.claims)


@pytest.mark.parametrize("arguments", [("code", "--format", "xml"), ("code", "--jobs", "0"), ("sing",), ("code", "x.txt", "--loud")])
def test_wrong_use_has_status_2(run, arguments):
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "") and "Error: " in ran.err


def test_an_output_that_cannot_be_written_is_told(run, folder):
    ran = run("code", folder / "statement.txt", "--output", folder / "no" / "such" / "claims.jsonl")
    assert ran.status == 2 and "cannot be written" in ran.err and "Traceback" not in ran.err


def test_version_and_help(run):
    assert run("--version").out == f"according {__version__}\n"
    ran = run("--help")
    assert ran.status == 0 and "Examples:" in ran.out and "Exit status" in ran.out


def test_an_output_file_holds_what_the_stream_would_and_replaces_the_old_one(run, folder):
    target = folder.parent / "claims.jsonl"
    target.write_text("old")
    ran = run("code", folder, "-f", "jsonl", "-o", target)
    assert ran.out == "" and target.read_bytes().decode() == run("code", folder, "-f", "jsonl").out
    assert [path.name for path in folder.parent.glob(".*")] == []


def test_a_run_that_fails_leaves_the_old_output_alone(run, folder, monkeypatch):
    target = folder.parent / "claims.jsonl"
    target.write_text("old")

    def stop(results, out):
        out.write("half")
        raise KeyboardInterrupt

    monkeypatch.setattr("according.formats.jsonl.write_claims", stop)
    from according import formats

    monkeypatch.setitem(formats.FORMATS, "jsonl", formats.Format("jsonl", "", stop, stop))
    ran = run("code", folder, "-f", "jsonl", "-o", target)
    assert ran.status == 130 and "Traceback" not in ran.err
    assert target.read_text() == "old" and [path.name for path in folder.parent.glob(".*")] == []


def test_explain_shows_the_tree_and_the_decisions(run, folder):
    ran = run("explain", folder / "statement.txt", "--match", "RECAPTURED")
    assert ran.status == 0
    assert "recaptured  " in ran.out and "nsubj" in ran.out and "└─ " in ran.out and "root" in ran.out
    assert "made    " in ran.out and "“recaptured”" in ran.out
    assert "Residents" not in ran.out
    assert run("explain", folder / "statement.txt", "--sentence", "1").out == ran.out


def test_explain_lists_the_sentences_when_none_is_named(run, folder):
    lines = run("explain", folder / "statement.txt").out
    assert "   1  The army said" in lines and "   2  Residents said" in lines


def test_explain_says_when_there_is_no_such_sentence(run, folder):
    ran = run("explain", folder / "statement.txt", "--sentence", "99")
    assert (ran.status, ran.out) == (1, "") and "no such sentence" in ran.err


def test_places_shows_what_a_name_may_mean_and_why(run):
    ran = run("places", "Tripoli", "Springfield Junction 9", "--with", "Lebanon", "--most", "1")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("Tripoli: Tripoli, sure to 0.")
    assert "LB" in lines[1] and "km" in lines[1] and "settlement" in lines[1]
    assert "bears the name" in lines[2] and "its country is spoken of" in lines[2]
    assert lines[-1] == "Springfield Junction 9: no match"


def test_a_claim_s_place_is_located_in_every_format(run, tmp_path):
    (tmp_path / "t.txt").write_text("Shelling killed at least four people near Pokrovsk, Ukraine, officials said.\n", encoding="utf-8")
    place = run("code", tmp_path / "t.txt", "-f", "jsonl").claims[0]["place"]
    assert (place["country"], place["precision"], place["derived"]) == ("UA", "area", "near Pokrovsk")
    assert abs(place["lat"] - 48.3) < 0.2 and abs(place["lon"] - 37.2) < 0.2
    assert "Pokrovsk (near Pokrovsk, UA, ±" in run("code", tmp_path / "t.txt").out
    row = next(csv.DictReader(io.StringIO(run("code", tmp_path / "t.txt", "-f", "csv").out)))
    assert (row["place_country"], row["place_precision"]) == ("UA", "area")


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


def test_a_reader_that_closes_the_pipe_ends_the_run_quietly(tmp_path):
    reports = tmp_path / "many.jsonl"
    reports.write_text("".join(json.dumps({"id": str(n), "text": STATEMENT * 20}) + "\n" for n in range(40)))
    command = [sys.executable, "-m", "according", "code", reports, "-f", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_ctrl_c_ends_two_processes_cleanly(tmp_path):
    reports = tmp_path / "many.jsonl"
    reports.write_text("".join(json.dumps({"id": str(n), "text": STATEMENT * 20}) + "\n" for n in range(400)))
    command = [sys.executable, "-m", "according", "code", reports, "-f", "jsonl", "-j", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        assert process.wait(60) == 130
        assert b"Traceback" not in process.stderr.read()
    for _ in range(50):
        if not living(process.pid):
            return
        time.sleep(0.1)
    raise AssertionError(f"left running: {living(process.pid)}")


def living(group: int) -> list[str]:
    """The processes of a group that still run."""
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat")]
    fields = [stat.rsplit(")", 1)[1].split() for stat in stats]
    return [stat for stat, (state, _, member, *_) in zip(stats, fields, strict=True) if member == str(group) and state != "Z"]
