from __future__ import annotations

import os
import time

import pytest

from according import batch
from according.errors import ModelMissing
from according.model import Report

REPORTS = [Report(id=name, text=name) for name in ("slow", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")]


def length(report: Report) -> tuple[str, int]:
    if report.id == "slow":
        time.sleep(0.2)
    return report.id, len(report.text)


def stumbling(report: Report) -> tuple[str, int]:
    if report.id == "two":
        raise ValueError("no such word")
    return length(report)


def dying(report: Report) -> tuple[str, int]:
    if report.id == "two":
        os._exit(9)
    return length(report)


def unready(report: Report) -> None:
    raise ModelMissing("the model is not there.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_reports(jobs):
    assert list(batch.each(length, REPORTS, jobs)) == [length(report) for report in REPORTS]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_report_that_fails_costs_only_itself(jobs):
    results = list(batch.each(stumbling, REPORTS, jobs))
    (failure,) = [r for r in results if isinstance(r, batch.Failure)]
    assert results[2] is failure and failure.report == "two" and "no such word" in failure.message
    assert len(results) == len(REPORTS)


def test_a_report_that_kills_its_process_costs_only_itself():
    results = list(batch.each(dying, REPORTS, 2))
    assert [r if isinstance(r, tuple) else r.report for r in results] == [length(r) if r.id != "two" else "two" for r in REPORTS]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_faulty_installation_is_no_report_s_fault(jobs):
    with pytest.raises(ModelMissing):
        list(batch.each(unready, REPORTS, jobs))


def test_reports_are_taken_as_they_are_needed():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield REPORTS[1]

    results = batch.each(length, endless(), 2)
    assert next(results) == ("one", 3)
    assert taken <= 2 * batch.AHEAD + 1
    results.close()
