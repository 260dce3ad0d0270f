"""One function over many reports, on one process or several, results in the order of the reports.

A report whose reading fails, or takes its process down with it, costs only itself: its place is taken by a ``Failure``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from according.crew import Crew, Failed, Lost
from according.errors import SetupError
from according.model import Report

R = TypeVar("R")

#: Reports in flight for each process: enough that none waits, few enough that memory does not grow with the collection.
AHEAD = 4
#: Loaded once, their pages are shared by all processes. The model is not: its threads would not survive the fork.
SHARED = ("according.coding", "according.reading")


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be read, and one sentence that says why."""

    report: str
    message: str


def each(task: Callable[[Report], R], reports: Iterable[Report], jobs: int = 1) -> Iterator[R | Failure]:
    """``task`` of each report, in order. ``task`` must be a module's own function; with ``jobs`` > 1 it runs in that many processes.

    Raises ``SetupError`` where the installation is at fault: every report would fail alike.
    """
    if jobs <= 1:
        yield from (_tried(task, report) for report in reports)
        return
    todo = enumerate(reports)
    names: dict[int, str] = {}  # ids of the reports in flight, by number
    done: dict[int, R | Failure] = {}
    turn = 0
    with Crew[int, Report, R | Failure](partial(_tried, task), jobs, preload=SHARED) as crew:
        while True:
            while crew.hungry and len(names) < jobs * AHEAD and (next_one := next(todo, None)):
                number, report = next_one
                names[number] = report.id
                crew.give(number, report)
            if not names:
                return
            for number, outcome in crew.back(0 if turn in done else None):
                done[number] = _told(names[number], outcome)
            if turn in done:
                del names[turn]
                yield done.pop(turn)
                turn += 1


def _tried(task: Callable[[Report], R], report: Report) -> R | Failure:
    try:
        return task(report)
    except SetupError:
        raise
    except Exception as error:  # one report's defect must not cost the others
        return _defect(report.id, f"{type(error).__name__}: {error}")


def _told(report: str, outcome: R | Failure | Failed | Lost) -> R | Failure:
    if isinstance(outcome, Lost):
        return Failure(report, f"{report}: reading it ended its process (out of memory?); it was left out.")
    if not isinstance(outcome, Failed):
        return outcome
    if isinstance(outcome.error, SetupError):
        raise outcome.error
    return _defect(report, outcome.text)


def _defect(report: str, cause: str) -> Failure:
    return Failure(report, f"{report}: a defect in According stopped its reading ({cause}); please tell us.")
