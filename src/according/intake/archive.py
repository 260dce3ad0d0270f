"""Zip archives and gzip streams, read as they lie: nothing is written where a member's name says, and nothing unpacks without a limit."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, cast

from according.errors import IntakeError, NotText, TooLarge, Truncated, Unsafe
from according.intake import limits
from according.intake.items import Refusal, shown
from according.intake.limits import AHEAD, Budget

_ENTRY = b"PK\x01\x02"  # begins each member's row in an archive's list
_LONGEST_LIST = 40_000_000  # bytes of that list
_ENCRYPTED = 0x1
_OFFICE = ("[Content_Types].xml", "mimetype")  # members that office documents and books have
_IN_MEMORY = 16_000_000  # bytes of a held archive beyond which it goes to a nameless file


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a zip archive: its name there, where it lies, its date, and a way to its bytes."""

    name: str
    where: str
    taken: datetime | None
    opened: Callable[[], io.BufferedReader]


def members(file: IO[bytes], where: str, budget: Budget, meant: Callable[[str], bool]) -> Iterator[Member | Refusal]:
    """The members of a zip archive whose names are ``meant``, sorted by name; a refusal for each that cannot or must not be read.

    A member is to be read before the next is asked for. Raises :class:`~according.errors.IntakeError` where the whole cannot be read.
    """
    with _archive(file, where) as archive:
        found = archive.infolist()
        if any(info.filename in _OFFICE for info in found):
            raise NotText(f"{where}: this is an office document or a book, not text; save it as PDF or as text.")
        if sum(info.compress_size for info in found) > _length(file):
            raise Unsafe(f"{where}: members of this archive lie upon each other, as in a bomb; it was left alone.")
        named = sorted(((_name(info), n, info) for n, info in enumerate(found)), key=lambda row: row[:2])
        for name, _, info in named:
            if info.is_dir() or not meant(name.replace("\\", "/")):
                continue
            place = f"{where}!/{shown(name)}"
            error = _unfit(info, name, place)
            yield Refusal(place, error) if error else Member(name, place, _date(info), _opener(archive, info, place, budget))


@contextmanager
def _archive(file: IO[bytes], where: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], _Listed(file, where)))
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError) as error:
        raise Truncated(f"{where}: the archive is cut off or damaged, its list of files is not there; get it again ({error}).") from None
    with archive:
        yield archive


class _Listed:
    """A file whose archive's list is looked at before it is taken in: a hostile one has room for a hundred million rows."""

    def __init__(self, file: IO[bytes], where: str) -> None:
        self._file, self._where = file, where
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, _LONGEST_LIST + 1) if size >= 0 else _LONGEST_LIST + 1)
        if len(data) > _LONGEST_LIST or data.count(_ENTRY) > limits.MOST_MEMBERS:
            raise TooLarge(f"{self._where}: the archive holds more than {limits.MOST_MEMBERS:,} files; split it.")
        return data


def _unfit(info: zipfile.ZipInfo, name: str, place: str) -> IntakeError | None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return Unsafe(f"{place}: its name leads out of the archive; it was left alone.")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Unsafe(f"{place}: it is a link or a device and no file; it was left alone.")
    if info.flag_bits & _ENCRYPTED:
        return IntakeError(f"{place}: it is encrypted; unpack the archive with its password and give the files.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return IntakeError(f"{place}: it is packed in an unusual way (method {info.compress_type}); unpack the archive and give the files.")
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; where its encoding is not told, it is UTF-8 if it can be."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _date(info: zipfile.ZipInfo) -> datetime | None:
    """When a member was last written. The zone is not told and taken as UTC; the first day that a zip can tell means none."""
    try:
        found = datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return found if info.date_time[:3] != (1980, 1, 1) else None


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, budget: Budget) -> Callable[[], io.BufferedReader]:
    def opened() -> io.BufferedReader:
        with _damage(place):
            stream = archive.open(info)

        def more(size: int) -> bytes:
            with _damage(place):
                return stream.read(size)

        return limits.unpacked(place, more, lambda: info.compress_size, budget)

    return opened


@contextmanager
def _damage(place: str) -> Iterator[None]:
    try:
        yield
    except EOFError:
        raise Truncated(f"{place}: it is cut off in its archive; get the archive again.") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, RuntimeError) as error:
        raise Truncated(f"{place}: it is damaged in its archive ({error}); get the archive again.") from None


def gunzipped(packed: IO[bytes], where: str, budget: Budget) -> io.BufferedReader:
    """The stream in a gzip file, also of several put one after the other. What is damaged is told after what is good was read."""
    gunzip = _Gunzip(packed, where)
    return limits.unpacked(where, gunzip.more, lambda: gunzip.taken, budget)


class _Gunzip:
    """A gzip stream, a piece at a time, with the number of packed bytes taken in."""

    def __init__(self, packed: IO[bytes], where: str) -> None:
        self._packed, self._where = packed, where
        self._stream = zlib.decompressobj(wbits=31)
        self._rest = b""
        self.taken = 0

    def more(self, size: int) -> bytes:
        while True:
            if self._stream.eof and not self._next():
                return b""
            ended = not self._rest and not self._take()
            try:
                data = self._stream.decompress(self._rest, size)  # at the end there may still be something in it
            except zlib.error:
                raise Truncated(f"{self._where}: the gzip is damaged; get it again.") from None
            self._rest = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if data:
                return data
            if ended and not self._stream.eof:
                raise Truncated(f"{self._where}: the gzip is cut off before its end; get it again.")

    def _take(self) -> bool:
        self._rest = self._packed.read(AHEAD)
        self.taken += len(self._rest)
        return bool(self._rest)

    def _next(self) -> bool:
        """Whether another stream follows the one that ended; zeros that fill up a block are passed over."""
        self._rest = self._rest.lstrip(b"\0")
        while not self._rest:
            if not self._take():
                return False
            self._rest = self._rest.lstrip(b"\0")
        if not b"\x1f\x8b".startswith(self._rest[:2]):
            raise IntakeError(f"{self._where}: what follows the end of the gzip is no gzip; it was left out.")
        self._stream = zlib.decompressobj(wbits=31)
        return True


@contextmanager
def held(stream: IO[bytes], where: str) -> Iterator[IO[bytes]]:
    """All of a stream in a place where it can be read in any order: memory, or a file without a name that ends with this process."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        size = 0
        while data := stream.read(AHEAD):
            size += len(data)
            if size > limits.MOST_HELD:
                raise TooLarge(
                    f"{where}: an archive within another, or from a pipe, may have {limits.MOST_HELD // 1_000_000} MB; give it as a file."
                )
            file.write(data)
        file.seek(0)
        yield cast(IO[bytes], file)


def _length(file: IO[bytes]) -> int:
    return file.seek(0, io.SEEK_END)
