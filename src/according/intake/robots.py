"""What a site's robots.txt asks of us (RFC 9309). Pure.

Python's own reader is not used: it takes the first rule that fits and not the longest, knows no ``*`` and ``$`` in a path, and loses the
rules after an empty line.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from according.intake.address_url import encoded

AGENT = "according"
MOST_BYTES = 500_000  # the rest of a longer file is not read
LONGEST_DELAY = 30.0  # seconds; a site that asks for more gets this

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"\*|[A-Za-z_-]+")
_IN_PATTERN = "/:@!$&'()*+,;=?"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks of one reader."""

    lines: tuple[tuple[str, bool], ...] = ()  # a path's pattern, and whether it may be asked
    delay: float = 0.0  # seconds between two requests, 0–30

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be asked: the longest pattern that fits says so, of two as long the one that allows."""
        fitting = [(len(pattern), allowed) for pattern, allowed in self.lines if _fits(pattern, target)]
        return max(fitting, default=(0, True))[1]


def read(data: bytes) -> Rules:
    """The rules for us in a robots.txt: those of the groups that name us, else those of the groups for all. Never raises."""
    ours, others = _Group(), _Group()
    current: list[_Group] = []
    naming = named = False
    for key, value in _pairs(data):
        if key == "user-agent":
            current = current if naming else []
            naming = True
            token = _TOKEN.match(value)
            if token and token.group().lower() == AGENT:
                current.append(ours)
                named = True
            elif token and token.group() == "*":
                current.append(others)
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for group in current:
                group.add(key, value)
    return (ours if named else others).rules()


class _Group:
    """The lines of all groups for one reader."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, bool], None] = {}
        self._delay = 0.0

    def add(self, key: str, value: str) -> None:
        if key == "crawl-delay":
            self._delay = max(self._delay, _seconds(value))
        elif value:
            pattern = value if value[0] in "/*" else f"/{value}"
            self._lines[encoded(pattern, _IN_PATTERN), key == "allow"] = None

    def rules(self) -> Rules:
        return Rules(tuple(self._lines), self._delay)


def _pairs(data: bytes) -> list[tuple[str, str]]:
    lines = _LINE_END.split(data[:MOST_BYTES].decode("utf-8-sig", "replace"))
    split = [line.partition("#")[0].partition(":") for line in lines]
    return [(key.strip().lower(), value.strip()) for key, _, value in split]


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), LONGEST_DELAY) if math.isfinite(value) else 0.0


def _fits(pattern: str, target: str) -> bool:
    """``*`` stands for anything, a final ``$`` for the end. No part is tried twice, so that no pattern takes long."""
    to_end = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not to_end or at == len(target)
    *middle, last = rest
    for piece in middle:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return target.endswith(last) and len(target) - len(last) >= at if to_end else target.find(last, at) >= 0
