"""Pages fetched while others are read: a few threads, each with the hosts that fell to it, so that every host is asked politely."""

from __future__ import annotations

import queue
import threading
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from according.errors import NotFetched
from according.intake.fetching import Fetched, Fetcher, Unchanged, fetcher

_THREADS = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """A page wanted; ``etag`` and ``modified`` as they were told when it came before; ``origin`` what led to it."""

    url: str
    origin: str
    etag: str | None = None
    modified: str | None = None


Answer = Fetched | Unchanged | NotFetched


class Web:
    """Fetches what it is asked for in the background. For use in a ``with`` statement, which ends it at once."""

    def __init__(self) -> None:
        self._wishes = [queue.SimpleQueue[Wish | None]() for _ in range(_THREADS)]
        self._answers: queue.SimpleQueue[tuple[Wish, Answer | BaseException]] = queue.SimpleQueue()
        self._open = 0
        self._started = False

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        for wishes in self._wishes:
            wishes.put(None)

    @property
    def busy(self) -> bool:
        return self._open > 0

    def ask(self, wish: Wish) -> None:
        if not self._started:
            self._started = True
            for wishes in self._wishes:  # daemons: a page that hangs must not keep a stopped run alive
                threading.Thread(target=self._fetch, args=(fetcher(), wishes), daemon=True).start()
        self._open += 1
        host = urlsplit(wish.url).hostname or ""
        self._wishes[zlib.crc32(host.encode()) % _THREADS].put(wish)

    def come(self, timeout: float) -> list[tuple[Wish, Answer]]:
        """What has come; waits up to ``timeout`` seconds for the first where nothing has, if anything is awaited."""
        found: list[tuple[Wish, Answer]] = []
        while self._open:
            try:
                wish, answer = self._answers.get(block=not found and timeout > 0, timeout=timeout or None)
            except queue.Empty:
                break
            self._open -= 1
            if isinstance(answer, BaseException) and not isinstance(answer, NotFetched):
                raise answer
            found.append((wish, answer))
        return found

    def _fetch(self, one: Fetcher, wishes: queue.SimpleQueue[Wish | None]) -> None:
        with one:
            while (wish := wishes.get()) is not None:
                try:
                    self._answers.put((wish, one.fetch(wish.url, etag=wish.etag, modified=wish.modified)))
                except BaseException as error:
                    self._answers.put((wish, error))
