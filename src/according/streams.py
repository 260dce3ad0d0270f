"""Where output goes: standard output as UTF-8, or a file that appears whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeVar

T = TypeVar("T")

#: A bar for no more files than these would come and go unread.
FEW = 5


@contextmanager
def opened(path: str | None) -> Iterator[TextIO]:
    """A stream to write to: ``path``, or standard output for ``None`` and ``-``. Raises ``OSError`` where it cannot be written."""
    if path is None or path == "-":
        yield standard_output()
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # a pipe or a device cannot be replaced
        with target.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def standard_output() -> TextIO:
    """``sys.stdout``, in UTF-8 and with bare line feeds, whatever the locale: the same claims are the same bytes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return sys.stdout


def abandon() -> None:
    """After a broken pipe: nothing more can be written, and the interpreter must not try to at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def counted(items: Iterable[tuple[str, T]], files: int) -> Iterator[tuple[str, T]]:
    """The items, each with the name of its file, with a bar over the files and a count of items on standard error.

    For a few of both there is no bar.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=files if files > 1 else None)
    last = None
    try:
        for number, (place, item) in enumerate(items, 1):
            name = place.partition("!/")[0]  # the file, of all that lies in it
            if number > FEW or files > FEW:
                bar.start()
            bar.update(task, description=f"{number:,} reports", advance=0 if name == last else 1)
            last = name
            yield place, item
    finally:
        bar.stop()


def watched(items: Iterable[T], total: int | None, told: str) -> Iterator[T]:
    """The items, with a bar over them on standard error where that is a terminal. ``total``: how many, if that is known."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, total=total, description=told)


@contextmanager
def downloads() -> Iterator[Callable[[str, int, int | None], None]]:
    """What is to be told of downloads, by name: the bytes that are there, and how many there will be; a bar each on a terminal."""
    if not sys.stderr.isatty():
        yield lambda name, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def watch(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name)
            bar.update(tasks[name], completed=done, total=total)

        yield watch
