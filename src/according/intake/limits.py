"""How much may come out of a container: what unpacks to far more than it packs is made to harm."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO

from according.errors import IntakeError, Unsafe

MOST_RATIO = 100  # bytes unpacked for one packed: texts and pages stay under 30, a bomb has a thousand
FREE_OF_RATIO = 1_000_000  # bytes of a member that may come whatever the ratio: a page of blanks is no bomb
MOST_UNPACKED = 10_000_000_000  # bytes out of one archive and all that lies in it
MOST_MEMBERS = 100_000  # of one archive
MOST_HELD = 1_000_000_000  # bytes of an archive that lies in another, or comes through a pipe, and must be held to be read
AHEAD = 1 << 16  # bytes
DEEPEST = 2  # an archive in an archive in an archive is the most


class Budget:
    """What may still be unpacked from one archive, with all that lies in it."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_UNPACKED

    def spend(self, size: int, where: str) -> None:
        """Raises :class:`Unsafe` once more came out than may."""
        self.left -= size
        if self.left < 0:
            raise Unsafe(f"{where}: more than {MOST_UNPACKED // 1_000_000_000} GB come out of this archive; unpack it and give its files.")


class _Filled(io.RawIOBase):
    """A stream whose every read is as full as can be, so that a look at its beginning sees that beginning.

    What came before an error is given before the error is raised.
    """

    def __init__(self, more: Callable[[int], bytes]) -> None:
        self._more = more
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        filled, wanted = 0, len(into)
        while filled < wanted and self._error is None:
            try:
                data = self._more(wanted - filled)
            except (IntakeError, OSError) as error:
                self._error = error
                break
            if not data:
                break
            into[filled : filled + len(data)] = data
            filled += len(data)
        if not filled and self._error is not None:
            raise self._error
        return filled


def filled(stream: IO[bytes]) -> io.BufferedReader:
    """``stream``, which may be a pipe, with a look ahead of up to 64 KB."""
    return io.BufferedReader(_Filled(stream.read), AHEAD)


def unpacked(where: str, more: Callable[[int], bytes], packed: Callable[[], int], budget: Budget) -> io.BufferedReader:
    """A stream of unpacked bytes, each reckoned, with a look ahead of up to 64 KB.

    ``more`` gives the next bytes, at most so many, none at the end; ``packed`` tells how many packed ones they came of so far. Raises
    :class:`Unsafe` when read where too much comes.
    """
    given = 0

    def reckoned(size: int) -> bytes:
        nonlocal given
        data = more(min(size, AHEAD))
        given += len(data)
        if given > max(FREE_OF_RATIO, MOST_RATIO * packed()):
            raise Unsafe(f"{where}: it unpacks to more than {MOST_RATIO} times its size, as a bomb does; it was left alone.")
        budget.spend(len(data), where)
        return data

    return io.BufferedReader(_Filled(reckoned), AHEAD)
