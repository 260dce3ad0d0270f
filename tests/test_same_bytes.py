"""The same reports give the same bytes: in any order, beside any others, on one process or two."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from according import batch, pipeline
from according.formats.jsonl import line
from according.model import Report
from according.records import claim_record

ROOT = Path(__file__).parent.parent
TEXTS = {
    "army": "The army said on Friday that its forces had recaptured Tal Varin after clashes in which 12 rebels were killed.",
    "rival": "The Sulin Front denied that it had lost Tal Varin, and said shelling by government forces had killed two women in Ostrel.",
    "relief": "About 300 families fled Ostrel on Monday. A convoy with flour was due to arrive next week, a relief official said. " * 6,
    "short": "Talks collapsed.",
    "quoted": "“We destroyed nearly 1,000 positions,” a spokesman told reporters. “We will not stop there.”",
}
REPORTS = [Report(id=name, text=text) for name, text in TEXTS.items()]


def coded(reports: list[Report]) -> dict[str, list[str]]:
    return {report.id: [line(claim_record(claim)) for claim in pipeline.claims(report)] for report in reports}


def test_a_report_s_claims_do_not_depend_on_those_read_before_it():
    there = coded(REPORTS)
    assert any(there.values())
    assert coded(REPORTS[::-1]) == there
    assert coded(REPORTS[2:3]) == {"relief": there["relief"]}


@pytest.mark.parametrize("task", [pipeline.coded, pipeline.heard])
def test_one_process_and_two_give_the_same_results(task):
    one = list(batch.each(task, REPORTS, 1))
    assert len(one) == len(REPORTS) and list(batch.each(task, REPORTS, 2)) == one


def test_two_processes_print_what_is_coded_here_whatever_the_locale(tmp_path):
    reports = tmp_path / "reports.jsonl"
    reports.write_text("".join(json.dumps({"id": report.id, "text": report.text}) + "\n" for report in REPORTS), encoding="utf-8")
    arguments = [sys.executable, "-m", "according", "code", reports, "--format", "jsonl", "--jobs", "2"]
    run = subprocess.run(arguments, capture_output=True, check=True, env={"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C"})
    assert run.stdout.decode("utf-8").splitlines() == [row for rows in coded(REPORTS).values() for row in rows]


def test_files_are_coded_in_the_order_of_the_arguments(tmp_path):
    names = ["army", "rival", "quoted"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")

    def printed(order: list[str]) -> list[str]:
        paths = [tmp_path / f"{name}.txt" for name in order]
        arguments = [sys.executable, "-m", "according", "code", *paths, "--format", "jsonl"]
        run = subprocess.run(arguments, capture_output=True, check=True, env={"PYTHONPATH": str(ROOT / "src")})
        return run.stdout.decode().splitlines()

    forth, back = printed(names), printed(names[::-1])
    assert forth != back and sorted(forth) == sorted(back)
    first = {row["report"]: row["sentence"]["text"] for row in map(json.loads, reversed(forth))}
    told = [
        next(name for name in names if first[report] in TEXTS[name]) for report in dict.fromkeys(json.loads(row)["report"] for row in forth)
    ]
    assert told == names
