"""What a task may take of the machine, held by the kernel, so that it holds in native code too.

Wall clock: everywhere, kept by the first process, not here. Processor time, files: where there is ``resource`` (Linux, macOS). Memory:
Linux only, the one system that tells how much of what it limits a process has already. Elsewhere a limit that cannot be held is none.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """``None``: as much as there is."""

    seconds: float | None = None  # by the clock, for a task
    cpu_seconds: float | None = None  # of the processor, for a task, unless it is given with others; rounded up to whole ones
    megabytes: float | None = None  # of data, for a task, above what its process has when the task begins
    written_megabytes: float | None = None  # the length of any file that a process writes
    files: int | None = None  # open at once in a process, its pipes and libraries counted: not under 64

    def settle(self) -> None:
        """Hold what holds for the life of this process. It also leaves no image of its memory behind when it crashes."""
        if sys.platform != "win32":
            _lower(resource.RLIMIT_CORE, 0)
            _lower(resource.RLIMIT_NOFILE, self.files)
            _lower(resource.RLIMIT_FSIZE, None if self.written_megabytes is None else int(self.written_megabytes * MB))

    @contextmanager
    def on_a_task(self, cpu_seconds: float | None) -> Iterator[None]:
        """Hold this process to the limits of a task; afterwards it is free again.

        Over ``cpu_seconds`` the process dies of SIGXCPU; over ``megabytes`` what asks for memory does not get it: Python's own code
        raises ``MemoryError``, native code fails in its own way.
        """
        if sys.platform == "win32":
            yield
            return
        kinds = [resource.RLIMIT_CPU, resource.RLIMIT_DATA]
        before = [resource.getrlimit(kind) for kind in kinds]
        try:
            _soften(resource.RLIMIT_CPU, None if cpu_seconds is None else math.ceil(_cpu_seconds() + cpu_seconds))
            if sys.platform == "linux":
                _soften(resource.RLIMIT_DATA, None if self.megabytes is None else int((data_megabytes() + self.megabytes) * MB))
            yield
        finally:
            for kind, limit in zip(kinds, before, strict=True):
                resource.setrlimit(kind, limit)


FREE = Limits()


def data_megabytes() -> float:
    """The memory that this process has for data, touched or not; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    status = Path("/proc/self/status").read_bytes()
    return int(status.partition(b"VmData:")[2].split(maxsplit=1)[0]) * 1024 / MB


if sys.platform != "win32":

    def _cpu_seconds() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    def _lower(kind: int, limit: int | None) -> None:
        """For good."""
        if limit is not None:
            _, hard = resource.getrlimit(kind)
            limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (limit, limit))

    def _soften(kind: int, limit: int | None) -> None:
        """In a way that can be taken back."""
        if limit is not None:
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
