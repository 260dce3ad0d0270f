"""How often a password may be tried, by name and by address. Kept in memory, for so many of them as there is room for."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

#: Seconds after which tries are forgotten.
WINDOW = 600.0
#: Tries within them: at one name from wherever, and from one address at whatever names.
PER_NAME, PER_ADDRESS = 10, 50
#: Names and addresses that are remembered; whoever tried longest ago is forgotten first.
_MOST = 10_000
_Key = tuple[str, str]


class Throttle:
    """Tries of passwords. ``clock`` tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._tries: OrderedDict[_Key, tuple[int, float]] = OrderedDict()  # how many, and when the first was

    def wait(self, name: str, address: str) -> int:
        """Seconds until it may be tried again: 0 for now, and then it counts as a try."""
        with self._lock:
            now = self._clock()
            limits = ((_by_name(name), PER_NAME), (_by_address(address), PER_ADDRESS))
            waits = [left for key, most in limits if (left := self._left(key, most, now)) > 0]
            if waits:
                return int(max(waits)) + 1
            for key, _ in limits:
                count, since = self._tries.pop(key, (0, now))
                self._tries[key] = (count + 1, since) if now - since < WINDOW else (1, now)
            while len(self._tries) > _MOST:
                self._tries.popitem(last=False)
            return 0

    def forgive(self, name: str, address: str) -> None:
        """The password was right: the name's tries are forgotten, and of the address's this one, for it may have tried other names too."""
        with self._lock:
            self._tries.pop(_by_name(name), None)
            count, since = self._tries.get(_by_address(address), (0, 0.0))
            if count:
                self._tries[_by_address(address)] = (count - 1, since)

    def _left(self, key: _Key, most: int, now: float) -> float:
        count, since = self._tries.get(key, (0, now))
        return since + WINDOW - now if count >= most else 0.0


def _by_name(name: str) -> _Key:
    return "name", name[:100].casefold()


def _by_address(address: str) -> _Key:
    """Whoever has one address of IPv6 has 2**64 of them."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "address", address
    return "address", str(known if known.version == 4 else ipaddress.ip_network((int(known) >> 64 << 64, 64)))
