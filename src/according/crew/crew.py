"""Processes that do tasks for the first one, each under limits; one that hangs or dies costs the task that it was at, and is replaced."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, SpawnContext
from types import TracebackType
from typing import Generic, Self, TypeVar

from according.crew.limits import FREE, Limits
from according.crew.member import Given, Member, pickled
from according.crew.outcome import Failed, Lost
from according.errors import SetupError

Key = TypeVar("Key")
Task = TypeVar("Task")
Result = TypeVar("Result")

#: So many processes in a row that end before they are ready: none ever will be.
STILLBORN = 3


class Crew(Generic[Key, Task, Result]):
    """Up to ``jobs`` processes, each started when there is something for it to do. For use in a ``with`` statement, which ends them all.

    ``work`` does a task; it must be a module's own function, or a ``partial`` of one. ``prepare`` is run once in each process before it
    is held to anything: load there what every task needs. ``preload`` names modules that all processes share, where they can.

    A process whose data have outgrown what it began with, where ``limits`` tell of memory, is replaced between two tasks.
    When the first process is killed, the others end: at once on Linux, elsewhere when they are done with their task.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        jobs: int,
        *,
        limits: Limits = FREE,
        prepare: Callable[[], None] | None = None,
        preload: Sequence[str] = (),
    ) -> None:
        self._context = _context(preload)
        self._work, self._prepare, self._limits, self._jobs = work, prepare, limits, jobs
        self._members: list[Member[Key]] = []
        self._stillborn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._members:
            self._members.pop().stop()

    @property
    def hungry(self) -> bool:
        """Whether some process has room: it can be given one task to work at and one that waits."""
        return len(self._members) < self._jobs or any(member.room for member in self._members)

    @property
    def busy(self) -> bool:
        """Whether something was given and has not come back."""
        return any(member.given for member in self._members)

    def give(self, key: Key, task: Task, seconds: float | None = None, cpu_seconds: float | None = None) -> None:
        """Have ``task`` done, in ``seconds`` by the clock and ``cpu_seconds`` of the processor at most, else in those of the limits.
        ``key`` comes back with its result.

        Raises ``RuntimeError`` where the crew is not hungry, and what pickling raises where ``task`` cannot go to another process.
        """
        if not self.hungry:
            raise RuntimeError("every process of the crew has all the tasks that it can have")
        seconds = self._limits.seconds if seconds is None else seconds
        cpu_seconds = self._limits.cpu_seconds if cpu_seconds is None else cpu_seconds
        self._hand(Given(key, pickled(task), seconds, cpu_seconds))

    def back(self, timeout: float | None = None) -> list[tuple[Key, Result | Failed | Lost]]:
        """What has come back: at least one, unless ``timeout`` seconds pass or nothing was given.

        Tasks over their time are stopped here and only here: call it often. Raises what ``prepare`` raised, and ``SetupError`` where
        processes end before they are ready.
        """
        until = None if timeout is None else time.monotonic() + timeout
        found: list[tuple[Key, Result | Failed | Lost]] = []
        while self.busy and not found:
            left = _left([until, *(member.deadline for member in self._members)])
            signs = set(wait([sign for member in self._members for sign in member.signs], left))
            for member in list(self._members):
                if signs.intersection(member.signs):
                    found += member.back()
                if member.ended or member.late:
                    found += self._without(member)
            if until is not None and time.monotonic() >= until:
                break
        return found

    def _without(self, member: Member[Key]) -> list[tuple[Key, Result | Failed | Lost]]:
        self._members.remove(member)
        found = list(member.end())
        self._stillborn = 0 if member.ready else self._stillborn + 1
        if self._stillborn == STILLBORN:
            raise SetupError("The processes that should do the work end as soon as they begin: see what is told above, or try one process.")
        for given in member.given:
            self._hand(given)
        return found

    def _hand(self, given: Given[Key]) -> None:
        idlest = min(self._members, key=lambda member: len(member.given), default=None)
        if idlest is None or (idlest.given and len(self._members) < self._jobs):
            idlest = Member(self._context, self._work, self._prepare, self._limits)
            self._members.append(idlest)
        idlest.give(given)


def preload(modules: Sequence[str]) -> None:
    """Begin to load what all processes of the crews to come share, where they can, beside whatever is done here next."""
    _context(modules)


def _context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    forkserver.ensure_running()  # it loads while the first process gets ready itself
    return context


def _left(moments: list[float | None]) -> float | None:
    """Seconds to the first of the moments."""
    soonest = min((moment for moment in moments if moment is not None), default=None)
    return None if soonest is None else max(0.0, soonest - time.monotonic())
