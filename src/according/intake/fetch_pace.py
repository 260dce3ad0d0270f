"""When a host may be asked again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0  # seconds that a busy server may ask us to wait
_WAIT_UNTOLD = 10.0
TRIES = 3


class Pace:
    """The times of a run's requests to each host."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}

    def wait(self, host: str, pause: float) -> None:
        """Until ``pause`` seconds have gone by since the last answer of ``host``."""
        if host in self._last:
            rest = self._last[host] + pause - self._clock()
            if rest > 0:
                self._sleep(rest)

    def done(self, host: str) -> None:
        self._last[host] = self._clock()


def wait_told(status: int, retry_after: str | None, now: datetime) -> float | None:
    """Seconds after which a busy server (429, 503) wants to be asked again; ``None`` where it is not busy, or does not tell with 503."""
    if status not in (429, 503):
        return None
    told = _seconds(retry_after.strip(), now) if retry_after else None
    return _WAIT_UNTOLD if told is None and status == 429 else told


def _seconds(text: str, now: datetime) -> float | None:
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
        return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return None
