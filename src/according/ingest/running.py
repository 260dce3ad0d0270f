"""A run: what is to be taken in is read by a crew of processes and written here, by the one writer.

What a run was doing when it was killed stands in the ledger as not done, and the next run begins with it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from according.crew import Crew, Failed, Limits, Lost, Why
from according.errors import AccordingError, Crashed, Defect, NotFetched, OverLimit, SetupError
from according.ingest import booking, readying, tasks
from according.ingest.tasks import Code, Done, Extract, Extracted, Task
from according.ingest.told import Tally, Told, Trouble
from according.ingest.versions import extracting, running
from according.ingest.web import Web, Wish
from according.intake import contents, walk
from according.intake.fetching import Fetched, Unchanged
from according.intake.items import Item, Refusal
from according.ledger import runs, stages, storing
from according.ledger.ledger import Ledger
from according.ledger.stages import Stage, StageRow, State
from according.ledger.storing import Sighting
from according.model import Claim

#: What one task may take of a worker beyond the model; a worker that kept 300 MB of it makes room for a fresh one. The seconds are told
#: with each task.
LIMITS = Limits(megabytes=400, written_megabytes=300, files=256)  # telling languages unpacks its model to a temporary file
#: How often a process may die under one task.
MOST_DEATHS = 2
#: Items that were taken in before are noted together.
_NOTED_AT_ONCE = 200
#: Items of which the ledger is asked together, and the bytes of them that are held meanwhile.
_ASKED_AT_ONCE = 50
_MOST_HELD = 4_000_000


def ingest(ledger: Ledger, origins: Sequence[str], told: Told, *, jobs: int = 1) -> Tally:
    """Take in files, folders, archives, feeds and pages: paths and http(s) addresses. What is there already is only seen again.

    Raises ``LedgerError`` and ``SetupError``. All else that goes wrong is told, stands in the ledger's stages, and stops nothing.
    """
    with crew_of(jobs) as crew, Web() as web:
        run = Run(ledger, crew, web, told, "ingest")
        run.through([_absolute(origin) for origin in origins])
    return run.tally


def retry(ledger: Ledger, rows: Sequence[StageRow], told: Told, *, jobs: int = 1) -> Tally:
    """Try again what is in quarantine: what led to these rows is taken in once more, but for what is done already."""
    _again(ledger, rows)
    origins = list(dict.fromkeys(row.origin for row in rows if row.stage is not Stage.CODE))
    return ingest(ledger, origins, told, jobs=jobs)


def _again(ledger: Ledger, rows: Sequence[StageRow]) -> None:
    with ledger.writing() as connection:
        for row in rows:
            stages.mark(connection, replace(row, state=State.RETRY, tries=0))


def crew_of(jobs: int) -> Crew[int, Task, Done]:
    return Crew(tasks.do, jobs, limits=LIMITS, prepare=tasks.prepare, preload=readying.MODULES)


def _absolute(origin: str) -> str:
    """An origin as it can be gone back to from any folder."""
    return origin if is_address(origin) or origin == walk.STDIN else os.path.abspath(origin)


def _subject(found: Item | Refusal) -> str:
    return found.key if isinstance(found, Item) else found.where


def _few(found: Iterable[Item | Refusal]) -> Iterator[list[Item | Refusal]]:
    """Some at a time, so that the ledger is asked once for all of them; not so many that they fill the memory."""
    some: list[Item | Refusal] = []
    size = 0
    for one in found:
        some.append(one)
        size += len(one.data) if isinstance(one, Item) else 0
        if len(some) >= _ASKED_AT_ONCE or size > _MOST_HELD:
            yield some
            some, size = [], 0
    if some:
        yield some


def is_address(origin: str) -> bool:
    return origin.lower().startswith(("http://", "https://"))


class Run:
    """A run under way: what waits, what the crew has, and what was done."""

    def __init__(self, ledger: Ledger, crew: Crew[int, Task, Done], web: Web, told: Told, command: str) -> None:
        self.ledger, self.crew, self.web, self.told = ledger, crew, web, told
        self.tally = Tally()
        self.version = str(running())
        self._waiting: deque[tuple[Task, str]] = deque()  # each with the origin that led to it
        self._sources: deque[tuple[Iterator[list[Item | Refusal]], str]] = deque()  # items as they come, likewise
        self._given: dict[int, tuple[Task, str]] = {}
        self._numbers = count()
        self._seen: list[Sighting] = []
        self._met: set[str] = set()  # items of this run: the same bytes twice are one task
        with ledger.writing() as connection:
            self._number = runs.begin(connection, command, running())

    def through(self, origins: Sequence[str]) -> None:
        """Take in all that the origins lead to, after what an earlier run left undone."""
        self._resume(origins)
        for origin in filter(is_address, origins):
            self._want(origin)
        self._sources.extend((_few(walk.items([origin])), origin) for origin in origins if not is_address(origin))
        while self._turn():
            self.tally.left = sum(isinstance(task, Extract) for task, _ in (*self._waiting, *self._given.values()))
            self.told.progress(self.tally)
        self._note_seen()
        with self.ledger.writing() as connection:
            runs.end(connection, self._number)

    def _resume(self, origins: Sequence[str]) -> None:
        with self.ledger.reading() as connection:
            self._waiting.extend((code, code.origin) for code in booking.left_to_code(connection))
            left = list(booking.left_to_extract(connection))
            wishes = booking.left_to_fetch(connection, origins)
        self._sources.extend((_few(contents.within(item)), origin) for item, origin in left)
        for wish in wishes:
            if wish.url not in origins:
                self.web.ask(wish)

    def _want(self, url: str) -> None:
        with self.ledger.writing() as connection:
            booking.wanted(connection, url, url)
            wish = booking.wish(connection, url, url)
        self.web.ask(wish)

    def _turn(self) -> bool:
        """One round: work is given out, and what comes back is written. Whether there is more to do."""
        more = True
        while more and self.crew.hungry:
            if self._waiting:
                self._give(*self._waiting.popleft())
            elif more := self._more():
                break  # they may all be known: see what has come back before the next
        for number, result in self.crew.back(timeout=0 if more and self.crew.hungry else 0.5 if self.crew.busy else 0):
            self._back(*self._given.pop(number), result)
        for wish, answer in self.web.come(timeout=0 if more or self.crew.busy else 0.5):
            self._came(wish, answer)
        return more or self.crew.busy or self.web.busy or bool(self._waiting or self._sources)

    def _more(self) -> bool:
        """Take some more items from where they come from; whether there were any."""
        while self._sources:
            found, origin = self._sources[0]
            some = next(found, None)
            if some is not None:
                with self.ledger.reading() as connection:
                    states = booking.standing(connection, map(_subject, some))
                for one in some:
                    self._take(one, origin, states.get(_subject(one)))
                return True
            self._sources.popleft()
        return False

    def _take(self, found: Item | Refusal, origin: str, state: State | None) -> None:
        """What was not met before becomes a task."""
        self.tally.items += 1
        if state is State.QUARANTINED:
            self.tally.known += 1
        elif isinstance(found, Refusal):
            self._refused(found, origin)
        elif state is State.DONE or found.key in self._met:
            self._see(Sighting(found.where, found.key, found.taken))
        else:
            self._met.add(found.key)
            self._waiting.append((Extract(found), origin))

    def _refused(self, found: Refusal, origin: str) -> None:
        with self.ledger.writing() as connection:
            booking.undone(connection, Stage.EXTRACT, found.where, extracting(), found.where, origin, found.error)
        self._trouble(found.where, found.error, State.QUARANTINED)

    def _see(self, sighting: Sighting) -> None:
        self.tally.known += 1
        self._seen.append(sighting)
        if len(self._seen) >= _NOTED_AT_ONCE:
            self._note_seen()

    def _note_seen(self) -> None:
        with self.ledger.writing() as connection:
            storing.seen_again(connection, self._seen)
        self._seen.clear()

    def _give(self, task: Task, origin: str) -> None:
        number = next(self._numbers)
        self._given[number] = (task, origin)
        most = tasks.seconds(task)
        self.crew.give(number, task, tasks.CLOCK * most, most)

    def _back(self, task: Task, origin: str, result: Done | Failed | Lost) -> None:
        if isinstance(result, Lost) and isinstance(task, Extract) and task.coding and result.why is not Why.DIED:
            self._waiting.append((replace(task, coding=False), origin))  # the coding may have been too much
        elif isinstance(result, Lost | Failed):
            self._undone(task, origin, error_of(task, result), again=isinstance(result, Lost) and result.why is Why.DIED)
        elif isinstance(task, Extract):
            assert isinstance(result, Extracted)
            self._extracted(task.item, origin, result)
        else:
            assert not isinstance(result, Extracted)
            self._coded(task, result)

    def _extracted(self, item: Item, origin: str, found: Extracted) -> None:
        with self.ledger.writing() as connection:
            booked = booking.extracted(connection, item, origin, found, self._number, self.version)
            wishes = [booking.wish(connection, link.url, origin) for link in found.links]
        for error in found.refused:
            self._trouble(item.where, error, State.QUARANTINED)
        self.tally.reports += len(booked.new)
        self.tally.changed += booked.changed
        self.tally.copies += booked.copies
        self.tally.forgotten += booked.forgotten
        if found.claims is not None and booked.new:
            self.tally.coded += 1
            self.tally.claims += len(found.claims)
        else:
            self._waiting.extendleft((code, origin) for code in reversed(booked.new))
        for wish in wishes:
            self.web.ask(wish)

    def _coded(self, task: Code, claims: Sequence[Claim]) -> None:
        with self.ledger.writing() as connection:
            new = booking.coded(connection, task, claims, self._number, self.version)
        if new:
            self.tally.coded += 1
            self.tally.claims += len(claims)

    def _undone(self, task: Task, origin: str, error: AccordingError, *, again: bool) -> None:
        stage, subject, version, place = (
            (Stage.EXTRACT, task.item.key, extracting(), task.item.where)
            if isinstance(task, Extract)
            else (Stage.CODE, task.key, self.version, task.place)
        )
        with self.ledger.writing() as connection:
            state = booking.undone(connection, stage, subject, version, place, origin, error, most=MOST_DEATHS if again else 1)
        if state is State.RETRY:
            self._waiting.append((replace(task, coding=False) if isinstance(task, Extract) else task, origin))
        else:
            self._trouble(place, error, state)

    def _came(self, wish: Wish, answer: Fetched | Unchanged | NotFetched) -> None:
        with self.ledger.writing() as connection:
            if isinstance(answer, Unchanged):
                booking.unchanged(connection, wish)
                self.tally.items += 1
                self.tally.known += 1
            elif isinstance(answer, NotFetched):
                self._trouble(wish.url, answer, booking.not_fetched(connection, wish, answer))
            else:
                item = booking.fetched(connection, wish, answer)
        if isinstance(answer, Fetched):
            self._sources.appendleft((_few(contents.within(item)), wish.origin))

    def _trouble(self, place: str, error: AccordingError, state: State) -> None:
        if state is State.RETRY:
            self.tally.waiting += 1
        else:
            self.tally.quarantined += 1
        self.told.trouble(Trouble(place, str(error), later=state is State.RETRY))


_LOST = {Why.DIED: Crashed, Why.TIME: OverLimit, Why.MEMORY: OverLimit}


def error_of(task: Task, result: Lost | Failed) -> AccordingError:
    """What a lost or failed task is to be called in the ledger. Raises ``SetupError`` where every task would fail alike."""
    place = task.item.where if isinstance(task, Extract) else task.place
    if isinstance(result, Lost):
        return _LOST[result.why](f"{place}: {result.message}")
    if isinstance(result.error, SetupError):
        raise result.error
    if isinstance(result.error, AccordingError):
        return result.error
    return Defect(f"{place}: a defect in According stopped its reading ({result.text}); please tell us.")
