"""One request, checked and polite: where to, when, and again where a busy server wants that."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from ipaddress import ip_address

import httpx2

from according.errors import FetchRefused, NotFetched
from according.intake import fetch_pace, fetch_wire
from according.intake.address_url import Url
from according.intake.addresses import IP, Door
from according.intake.fetch_wire import Answer, Deadline

_IF_YOURS = "name it in ACCORDING_FETCH_ALLOW if it is an archive of yours"

#: A host's name to its addresses, the preferred one first. Raises ``OSError`` where there are none.
Resolve = Callable[[str], Sequence[IP]]


def system(host: str) -> list[IP]:
    """The addresses that the system knows for a host, each once."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(row[4][0]) for row in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Which machines may be asked."""

    resolve: Resolve
    permitted: Callable[[IP], bool]
    ports: frozenset[int]
    allowed: Collection[Door]  # may be asked although permitted or ports would not let them

    def addresses(self, url: Url) -> Sequence[IP]:
        """The addresses to connect to, every one of them checked; a name is resolved once. Raises ``NotFetched`` or ``FetchRefused``."""
        if url.port not in self.ports and all(url.port != port for _, port in self.allowed):
            raise FetchRefused(f"port {url.port} is not one that pages are asked at; {_IF_YOURS}")
        found = [url.literal] if url.literal else self._resolved(url.host)
        for address in found:
            if not self._may(address, url.port):
                named = "" if url.literal else f"{url.host} is at {address}, and "
                raise FetchRefused(f"{named}{address} port {url.port} is no public web server; {_IF_YOURS}")
        return found

    def is_own(self, address: IP, port: int) -> bool:
        """Whether it is a server that the user named: their archive, which they may ask as fast as they like."""
        return (address, port) in self.allowed

    def _may(self, address: IP, port: int) -> bool:
        return self.is_own(address, port) or (port in self.ports and self.permitted(address))

    def _resolved(self, host: str) -> Sequence[IP]:
        try:
            found = self.resolve(host)
        except (OSError, UnicodeError) as error:
            raise NotFetched(f"the name {host} was not found; check it and the connection, then try again") from error
        if not found:
            raise NotFetched(f"the name {host} has no address; check it and the connection, then try again")
        return found


@dataclass(slots=True)
class Patience:
    """How long servers may still take for one page, over all its redirects; our own pauses do not count."""

    left: float  # seconds


class Asker:
    """Asks hosts in a run, each with a pause between two requests."""

    def __init__(
        self, gate: Gate, pause: float, clock: Callable[[], float], sleep: Callable[[float], None], now: Callable[[], datetime]
    ) -> None:
        self._gate = gate
        self._pace = fetch_pace.Pace(clock, sleep)
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._now = now

    def ask(self, url: Url, headers: dict[str, str], patience: Patience, most: int, *, delay: float = 0.0, cut: bool = False) -> Answer:
        """The answer to a GET; arguments as for ``fetch_wire.ask``, ``delay`` as the site's robots.txt wants it."""
        for _ in range(fetch_pace.TRIES - 1):
            answer = self._once(url, headers, patience, most, delay, cut)
            wait = fetch_pace.wait_told(answer.status, answer.headers.get("Retry-After"), self._now())
            if wait is None or wait > fetch_pace.LONGEST_WAIT:
                return answer
            self._sleep(wait)
        return self._once(url, headers, patience, most, delay, cut)

    def _once(self, url: Url, headers: dict[str, str], patience: Patience, most: int, delay: float, cut: bool) -> Answer:
        to = self._gate.addresses(url)
        self._pace.wait(url.host, delay if self._gate.is_own(to[0], url.port) else max(delay, self._pause))
        tls = self._tls if url.scheme == "https" else None
        began = self._clock()
        try:
            return fetch_wire.ask(url, to, headers, Deadline(began + patience.left, self._clock), tls, most, cut=cut)
        finally:
            patience.left -= self._clock() - began
            self._pace.done(url.host)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context()
