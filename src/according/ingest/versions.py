"""Which According this is: what claims depend on besides their reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from according import __version__
from according.ledger.runs import Versions
from according.places import building

_DIGITS = 12
_TABLES = (".toml", ".tsv")
_MODEL = (".onnx", ".json")
_ROOMS = ("intake", "reading", "coding", "places", "actors")


@cache
def running() -> Versions:
    """The versions of this process's code, reading model, tables of words, and gazetteer with the lists that were added to it."""
    package = resources.files("according")
    model = sorted((package / "reading" / "model").iterdir(), key=lambda file: file.name)
    tables = [file for room in _ROOMS for file in _below(package / room) if file.name.endswith(_TABLES)]
    return Versions(
        __version__, _digest(file for file in model if file.name.endswith(_MODEL)), _digest(tables), building.made_of()[:_DIGITS]
    )


def _below(folder: Traversable) -> list[Traversable]:
    """All files in a folder and those in it, in the order of their names."""
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        found += _below(entry) if entry.is_dir() else [entry]
    return found


def _digest(files: Iterable[Traversable]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_DIGITS]


@cache
def extracting() -> str:
    """The version of what takes reports out of bytes."""
    return f"{__version__}/{version('trafilatura')}/{version('pypdfium2')}"
