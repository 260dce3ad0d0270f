"""The edge: files, folders and standard input, one item a document, so that a bad one never stops the others."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from according.errors import IntakeError, Unsafe
from according.intake import contents, limits
from according.intake.contents import Source
from according.intake.items import Item, Refusal, shown

STDIN = "-"
_STANDARD_INPUT = "standard input"
_PEEK = 4096


@dataclass(frozen=True, slots=True)
class _File:
    """A file to look into."""

    path: str | None  # None is standard input
    named: bool = True  # by the user; one met in a folder is opened only if its name or its beginning says that it can be a report


def items(paths: Iterable[str | Path]) -> Iterator[Item | Refusal]:
    """The documents in ``paths``, and a refusal for each thing that gives none. Raises nothing; holds one document at a time.

    Folders are walked in the order of the names; hidden files and those of other kinds (pictures, style sheets) are left out, pipes and
    devices are never opened. A link in a folder counts as the file that it leads to, which is read once; one that leads out of the
    folder is refused, since who gave the folder may not know of it. ``-`` is standard input. Containers (zip, gzip, web archives, lines
    of JSON) are told by their content, wherever they lie, and each document in them is an item.
    """
    for file in _files(paths):
        if isinstance(file, Refusal):
            yield file
        else:
            yield from _opened(file)


def count(paths: Iterable[str | Path]) -> int:
    """How many files :func:`items` looks into; those in archives are not counted."""
    return sum(isinstance(file, _File) for file in _files(paths))


def _files(paths: Iterable[str | Path]) -> Iterator[_File | Refusal]:
    for given in map(str, paths):
        if given == STDIN:
            yield _File(None)
        elif os.path.isdir(given):
            yield from _in_folder(str(Path(given)))
        else:
            yield _File(given)


def _in_folder(folder: str) -> Iterator[_File | Refusal]:
    """The files under a folder in the order of their paths' names, however deep the tree."""
    followed: set[str] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = os.stat(path, follow_symlinks=path == folder).st_mode
            if stat.S_ISDIR(mode):
                waiting.extend(os.path.join(path, name) for name in sorted(filter(contents.is_meant, os.listdir(path)), reverse=True))
        except OSError as error:
            yield _refused(path, error)
            continue
        if stat.S_ISREG(mode):
            yield _File(path, named=False)
        elif stat.S_ISLNK(mode):
            yield from _of_link(path, folder, followed)


def _of_link(path: str, folder: str, followed: set[str]) -> Iterator[_File | Refusal]:
    where = shown(path)
    target, root = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    if not target.is_relative_to(root):
        yield Refusal(where, Unsafe(f"{where}: it is a link that leads out of the folder; if it is meant, name what it leads to."))
    elif target == root or (contents.is_meant(str(target.relative_to(root))) and target.exists()):
        return  # it is met under its own name
    elif not target.is_file():
        yield Refusal(where, IntakeError(f"{where}: it is a link that leads to no file; name what it is to lead to."))
    elif str(target) not in followed:
        followed.add(str(target))
        yield _File(path, named=False)


def _opened(file: _File) -> Iterator[Item | Refusal]:
    if file.path is None:
        yield from contents.items(Source(_STANDARD_INPUT, limits.filled(sys.stdin.buffer), ""))
        return
    try:
        with open(file.path, "rb") as stream:
            known = os.fstat(stream.fileno())
            whole = stat.S_ISREG(known.st_mode)
            if file.named or contents.is_known(file.path) or contents.is_page(stream.peek(_PEEK)):
                inner = stream if whole else limits.filled(stream)
                yield from contents.items(Source(shown(file.path), inner, file.path, _time(known.st_mtime) if whole else None, whole))
    except (OSError, ValueError) as error:
        yield _refused(file.path, error)


def _refused(path: str, error: OSError | ValueError) -> Refusal:
    where = shown(path)
    return Refusal(where, IntakeError(f"{where}: {getattr(error, 'strerror', None) or error}."))


def _time(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
