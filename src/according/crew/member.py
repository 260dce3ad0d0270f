"""One process of a crew, as the first process sees it."""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from according.crew.limits import Limits
from according.crew.outcome import Failed, Lost, Why
from according.crew.worker import Done, Ready, Taken, Unready, live, with_seconds

Key = TypeVar("Key")

#: Tasks that a process has at once: one at work, one waiting in its pipe, so that it need not wait for the first process.
ROOM = 2


@dataclass(frozen=True, slots=True, eq=False)
class Given(Generic[Key]):
    """A task on its way."""

    key: Key
    message: bytes  # the task, pickled
    seconds: float | None  # by the clock
    cpu_seconds: float | None  # of the processor


class Member(Generic[Key]):
    """A process, its pipe, and what it was given, first the one at work."""

    def __init__(
        self,
        context: ForkServerContext | SpawnContext,
        work: Callable[[Any], Any],
        prepare: Callable[[], None] | None,
        limits: Limits,
    ) -> None:
        self._pipe, theirs = context.Pipe()
        end, self._lifeline = context.Pipe(duplex=False)
        self._process = context.Process(target=live, args=(theirs, end, work, prepare, limits), daemon=True)
        self._process.start()
        theirs.close()
        end.close()
        self.given: deque[Given[Key]] = deque()
        self.ready = False
        self.ended = False  # the process, or its end of the pipe
        self.deadline: float | None = None  # when the task at work is to be over, by time.monotonic
        self._at_work = False
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        # A task larger than the pipe holds is taken only when the one before is done: the first process must not wait for that.
        self._sender = Thread(target=_send, args=(self._pipe, self._outbox), daemon=True)
        self._sender.start()

    @property
    def signs(self) -> tuple[Connection, int]:
        """What ``multiprocessing.connection.wait`` is to wait on: something has come back, or the process has ended."""
        return self._pipe, self._process.sentinel

    @property
    def room(self) -> bool:
        return len(self.given) < ROOM

    @property
    def late(self) -> bool:
        """Whether the task at work is over its time."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def give(self, given: Given[Key]) -> None:
        self.given.append(given)
        self._outbox.put(with_seconds(given.cpu_seconds, given.message))

    def back(self) -> Iterator[tuple[Key, Any]]:
        """What has come back by now. Raises the error that kept the process from being prepared."""
        while (message := self._received()) is not None:
            yield from self._told(_loaded(message))
        self.ended = self.ended or not self._process.is_alive()

    def _received(self) -> bytes | None:
        try:
            return self._pipe.recv_bytes() if self._pipe.poll() else None
        except (EOFError, OSError):
            self.ended = True
            return None

    def _told(self, told: object) -> Iterator[tuple[Key, Any]]:
        if isinstance(told, Ready):
            self.ready = True
        elif isinstance(told, Unready):
            raise told.failed.error or RuntimeError(told.failed.text)
        elif isinstance(told, Taken):
            self._at_work = True
            seconds = self.given[0].seconds
            self.deadline = None if seconds is None else told.at + seconds
        else:
            self._at_work, self.deadline = False, None
            yield self.given.popleft().key, told.result if isinstance(told, Done) else told

    def end(self) -> Iterator[tuple[Key, Any]]:
        """End the process where it has not ended by itself; what had come back, and what is lost. Left in ``given``: what only waited."""
        stopped = None if self.ended else self.given[0]
        self._kill()
        yield from self.back()
        if self._at_work and stopped in (None, self.given[0]):  # else it came through at the last moment, and the next was hit
            given = self.given.popleft()
            yield (
                given.key,
                Lost(Why.TIME, f"It took longer than {given.seconds:g} seconds.") if stopped else self._death(given.cpu_seconds),
            )
        self._close()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._kill()
        self._close()

    def _kill(self) -> None:
        if self._process.is_alive():
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        self._process.join()

    def _close(self) -> None:
        self._lifeline.close()
        self._outbox.put(None)
        self._sender.join()
        self._pipe.close()
        self._process.close()

    def _death(self, most: float | None) -> Lost:
        status = self._process.exitcode or 0
        if most is not None and sys.platform != "win32" and status == -signal.SIGXCPU:
            return Lost(Why.TIME, f"It took more than {most:g} seconds of the processor's time.")
        return Lost(Why.DIED, f"Its process ended under it ({_ending(status)}).")


def pickled(task: object) -> bytes:
    """What goes down the pipe."""
    return pickle.dumps(task, pickle.HIGHEST_PROTOCOL)


def _send(pipe: Connection, outbox: SimpleQueue[bytes | None]) -> None:
    with contextlib.suppress(OSError):  # the process has ended: what it was given is given to another
        while (message := outbox.get()) is not None:
            pipe.send_bytes(message)


def _loaded(message: bytes) -> object:
    try:
        return pickle.loads(message)
    except Exception as error:  # a result that can be taken apart, but not put together again
        return Failed.by(error)


def _ending(status: int) -> str:
    if status >= 0:
        return f"status {status}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal {-status}"
