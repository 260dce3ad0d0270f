"""One function over many reports, on one process or several, results in the order of the reports.

A report whose reading fails, or takes its process down with it, costs only itself: its place is taken by a ``Failure``.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from according.errors import SetupError
from according.model import Report

R = TypeVar("R")

#: Reports in flight for each process: enough that none waits, few enough that memory does not grow with the collection.
AHEAD = 4


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
    todo = iter(reports)
    waiting: deque[Report] = deque()
    while True:
        # Reports that a dead pool left undone are tried alone, each in a pool of its own, so that the guilty one is found.
        try:
            yield from _pooled(task, todo, waiting, jobs)
            return
        except BrokenExecutor:
            while waiting:
                yield _alone(task, waiting.popleft())


def _pooled(task: Callable[[Report], R], todo: Iterator[Report], waiting: deque[Report], jobs: int) -> Iterator[R | Failure]:
    pool = _pool(jobs)
    futures: deque[Future[R | Failure]] = deque()
    try:
        for report in todo:
            waiting.append(report)
            futures.append(pool.submit(_tried, task, report))
            if len(futures) >= jobs * AHEAD:
                done = futures.popleft().result()
                waiting.popleft()
                yield done
        while futures:
            done = futures.popleft().result()
            waiting.popleft()
            yield done
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(task: Callable[[Report], R], report: Report) -> R | Failure:
    with _pool(1) as pool:
        try:
            return pool.submit(_tried, task, report).result()
        except BrokenExecutor:
            return Failure(report.id, f"{report.id}: reading it ended its process (out of memory?); it was left out.")


def _tried(task: Callable[[Report], R], report: Report) -> R | Failure:
    try:
        return task(report)
    except SetupError:
        raise
    except Exception as error:  # one report's defect must not cost the others
        cause = f"{type(error).__name__}: {error}"
        return Failure(report.id, f"{report.id}: a defect in According stopped its reading ({cause}); please tell us.")


def _pool(jobs: int) -> ProcessPoolExecutor:
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    if kind == "forkserver":
        # Loaded once in the server, its pages are shared by all workers. The model is not: its threads would not survive the fork.
        context.set_forkserver_preload(["according.coding", "according.reading"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Leave Ctrl-C to the first process, which ends the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
