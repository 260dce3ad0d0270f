"""Pages from the web: only public addresses, politely, within limits on bytes and time. What is asked and refused: docs/fetching.md."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from according import __version__
from according.errors import FetchRefused, NotFetched, SetupError
from according.intake import address_url, addresses, fetch_wire, robots
from according.intake.address_url import Url
from according.intake.addresses import IP, Door
from according.intake.fetch_asking import Asker, Gate, Patience, Resolve, system
from according.intake.fetch_wire import Answer
from according.intake.guard import MOST_BYTES

MOST_SECONDS = 60.0
MOST_REDIRECTS = 5
ALLOW = "ACCORDING_FETCH_ALLOW"

_HEADERS = {
    "User-Agent": f"{robots.AGENT}/{__version__} (+reads published reports; see docs)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_TAG = 1_000  # characters of an ETag or Last-Modified that are kept
_WHY = {
    401: "the page asks for a login (401); save it and give its file",
    402: "the page is to be paid for (402); save it and give its file",
    403: "the server forbids it (403); save the page and give its file",
    404: "there is no such page (404); look for it in a web archive",
    410: "the page is gone (410); look for it in a web archive",
    451: "the page is withheld by law (451); look for it in a web archive",
}
_LATER = (408, 421, 425, 429)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that came."""

    url: str  # as asked
    at: str  # where it was after redirects
    data: bytes
    media: str | None  # its Content-Type as told: "text/html; charset=utf-8"
    etag: str | None
    modified: str | None  # its Last-Modified as told, to be sent back
    taken: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that is still what it was when the ``etag`` or ``modified`` sent along was told (HTTP 304)."""

    url: str
    taken: datetime  # UTC


def fetcher(environment: Mapping[str, str] = os.environ) -> Fetcher:
    """A fetcher as the environment wants it. Raises ``SetupError`` for an ACCORDING_FETCH_ALLOW that cannot be understood."""
    try:
        return Fetcher(allowed=addresses.doors(environment.get(ALLOW, "")))
    except ValueError as error:
        raise SetupError(f'{ALLOW}: "{error}" is no IP address and port; write it as 10.0.0.5:80 or [fd00::5]:80.') from error


class Fetcher:
    """Fetches page after page and keeps, for a run, when each host was asked and what its robots.txt says. One request at a time.

    ``allowed`` are pairs of an address and a port that may be asked although ``permitted`` or ``ports`` would not let them. ``pause`` is
    in seconds between two requests to one host; ``seconds`` is how long servers may take for one page, over all its redirects.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = system,
        permitted: Callable[[IP], bool] = addresses.is_public,
        ports: frozenset[int] = frozenset({80, 443}),
        allowed: Collection[Door] = (),
        pause: float = 1.0,
        seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._asker = Asker(Gate(resolve, permitted, ports, frozenset(allowed)), pause, clock, sleep, now)
        self._seconds = seconds
        self._now = now
        self._rules: dict[str, robots.Rules | NotFetched] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._rules.clear()

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched | Unchanged:
        """The page at ``url``, or that it is unchanged since ``etag`` and ``modified`` were told.

        Raises :class:`~according.errors.NotFetched`, or :class:`~according.errors.FetchRefused` where it is of no use to try again.
        """
        try:
            return self._fetch(url, {"If-None-Match": _kept(etag), "If-Modified-Since": _kept(modified)})
        except NotFetched as error:
            raise type(error)(f"{addresses.shown(url)}: {error}.") from error

    def _fetch(self, url: str, conditions: Mapping[str, str | None]) -> Fetched | Unchanged:
        sent = {name: value for name, value in conditions.items() if value is not None}
        patience = Patience(self._seconds)
        at, answer = _followed(_parsed(url), lambda at: self._mannerly(at, sent, patience))
        if answer.status == 304 and sent:
            return Unchanged(url, self._now())
        if answer.status not in fetch_wire.WITH_BODY:
            raise _failure(answer.status)
        told = answer.headers
        etag, modified = _kept(told.get("ETag")), _kept(told.get("Last-Modified"))
        return Fetched(url, str(at), answer.data, _kept(told.get("Content-Type")), etag, modified, self._now())

    def _mannerly(self, url: Url, sent: Mapping[str, str], patience: Patience) -> Answer:
        """The answer to a request that the site's robots.txt allows."""
        rules = self._rules_of(url)
        if not rules.allow(url.target):
            raise FetchRefused(f"{url.origin}/robots.txt asks readers like According not to fetch it; save the page and give its file")
        return self._asker.ask(url, {**_HEADERS, **sent}, patience, MOST_BYTES, delay=rules.delay)

    def _rules_of(self, url: Url) -> robots.Rules:
        """What the site's robots.txt asks, fetched once in a run. A failure is kept as well: not each page is to wait for it anew."""
        if url.origin not in self._rules:
            try:
                self._rules[url.origin] = self._robots(Url(url.scheme, url.host, url.port, "/robots.txt"))
            except NotFetched as error:
                self._rules[url.origin] = error
        found = self._rules[url.origin]
        if isinstance(found, NotFetched):
            raise type(found)(*found.args) from found
        return found

    def _robots(self, url: Url) -> robots.Rules:
        patience = Patience(self._seconds)
        _, answer = _followed(url, lambda at: self._asker.ask(at, _HEADERS, patience, robots.MOST_BYTES, cut=True))
        if answer.status in fetch_wire.WITH_BODY:
            return robots.read(answer.data)
        if 400 <= answer.status < 500 and answer.status not in _LATER:
            return robots.Rules()
        raise NotFetched(f"what the site's robots.txt asks could not be learnt (status {answer.status}); try again later")


def _followed(url: Url, ask: Callable[[Url], Answer]) -> tuple[Url, Answer]:
    """What is at the end of the redirects from ``url``, and where that is."""
    for _ in range(MOST_REDIRECTS + 1):
        answer = ask(url)
        if answer.status not in _REDIRECTS:
            return url, answer
        url = _next(url, answer)
    raise FetchRefused(f"it leads on more than {MOST_REDIRECTS} times; open it in a browser, save the page and give its file")


def _parsed(url: str) -> Url:
    try:
        return address_url.parsed(url)
    except ValueError as error:
        raise FetchRefused(str(error)) from error


def _next(url: Url, answer: Answer) -> Url:
    location = answer.headers.get("Location", "")
    if not location:
        raise NotFetched(f"the server redirects ({answer.status}) without telling where; try again later")
    target = address_url.joined(url, location)
    try:
        return address_url.parsed(target)
    except ValueError as error:
        raise FetchRefused(f"it leads to {addresses.shown(target)}, and {error}") from error


def _failure(status: int) -> NotFetched:
    if 400 <= status < 500 and status not in _LATER:
        return FetchRefused(_WHY.get(status, f"the server refuses it (status {status}); save the page and give its file"))
    busy = "is busy" if status in (429, 503) else "failed"
    return NotFetched(f"the server {busy} (status {status}); try again later")


def _kept(value: str | None) -> str | None:
    """A header's value, where it is one that may be kept and sent back."""
    return value if value and len(value) <= _LONGEST_TAG and value.isascii() and value.isprintable() else None
