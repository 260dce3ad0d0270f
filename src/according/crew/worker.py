"""The life of one process of a crew: it takes a task from its pipe, does it under limits, and puts the answer back.

Down the pipe come pickled tasks. Up it go, pickled too: ``Ready`` once; for each task ``Taken`` and then what became of it; or, in place
of ``Ready``, ``Unready``.
"""

from __future__ import annotations

import math
import pickle
import signal
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from according.crew.limits import Limits, data_megabytes
from according.crew.outcome import Failed, Lost, Why

if sys.platform == "linux":
    import fcntl
    import os

_SECONDS = struct.Struct("<d")
#: A process that has kept so many megabytes more than it began with makes room for a fresh one, which costs about a second.
GROWN = 300


@dataclass(frozen=True, slots=True)
class Ready:
    """The process is prepared."""


@dataclass(frozen=True, slots=True)
class Unready:
    """The process cannot be prepared, nor, it must be thought, can another."""

    failed: Failed


@dataclass(frozen=True, slots=True)
class Taken:
    """A task has begun."""

    at: float  # by time.monotonic, which is one clock for all processes


@dataclass(frozen=True, slots=True)
class Done:
    """A task has ended well."""

    result: Any


def with_seconds(cpu_seconds: float | None, task: bytes) -> bytes:
    """A task as it goes down the pipe: before it the seconds that it may take of the processor."""
    return _SECONDS.pack(math.inf if cpu_seconds is None else cpu_seconds) + task


def live(pipe: Connection, lifeline: Connection, work: Callable[[Any], Any], prepare: Callable[[], None] | None, limits: Limits) -> None:
    """Work until the pipe is closed, or until the process has grown too large."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends the others
    _die_with(lifeline)
    limits.settle()
    try:
        if _prepared(pipe, prepare):
            _work(pipe, work, limits)
    except (EOFError, OSError):
        return  # the first process has gone


def _die_with(lifeline: Connection) -> None:
    """End at once when the other end of ``lifeline`` is closed, as it is when the first process dies, whatever is at work here.

    Nothing is ever sent down it, so that the only SIGIO is that of its end; not caught, it is fatal. Where the kernel does not do this, a
    process ends when next it turns to its pipe. (To die with the parent is not enough: that is the fork server, which outlives the first
    process for as long as a process of the crew is alive.)
    """
    if sys.platform == "linux":
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(lifeline.fileno(), fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline.fileno(), fcntl.F_SETFL, fcntl.fcntl(lifeline.fileno(), fcntl.F_GETFL) | os.O_ASYNC)


def _prepared(pipe: Connection, prepare: Callable[[], None] | None) -> bool:
    try:
        if prepare:
            prepare()
    except BaseException as error:  # told to the first process, whatever it is
        pipe.send(Unready(Failed.by(error)))
        return False
    pipe.send(Ready())
    return True


def _work(pipe: Connection, work: Callable[[Any], Any], limits: Limits) -> None:
    if sys.platform != "win32":
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    level = data_megabytes()
    while limits.megabytes is None or data_megabytes() <= level + GROWN:
        pipe.poll(None)
        pipe.send(Taken(time.monotonic()))  # before the task is read: it may be too large to be
        pipe.send_bytes(_answer(work, pipe.recv_bytes(), limits))


def _answer(work: Callable[[Any], Any], task: bytes, limits: Limits) -> bytes:
    try:
        [seconds] = _SECONDS.unpack_from(task)
        with limits.on_a_task(None if seconds == math.inf else seconds):
            return pickle.dumps(Done(work(pickle.loads(memoryview(task)[_SECONDS.size :]))), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        more = "memory than there is" if limits.megabytes is None else f"than {limits.megabytes:g} MB of memory"
        return pickle.dumps(Lost(Why.MEMORY, f"It needed more {more}."))
    except BaseException as error:  # told to the first process, whatever it is: native code has its own kinds
        return pickle.dumps(Failed.by(error))
