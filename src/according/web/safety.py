"""What every answer carries and no request may do: content policy, hosts, posts from other sites, size."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from according.web import failing

#: No script, style, picture, font or connection from anywhere but here; nothing inline. MapLibre makes pictures of its own as blobs.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_DIGITS = 18  # of a length; more are no number to reckon with


class Safety:
    """Refuses what no page of ours sends, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], most_bytes: int) -> None:
        self.app, self.hosts, self.most_bytes = app, hosts, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        answer = _Answer(scope, send)
        if refused := self._refused(scope["method"], Headers(scope=scope)):
            await failing.refused(Request(scope), *refused)(scope, receive, answer.send)
            return
        capped = _Capped(receive, self.most_bytes)

        async def sending(message: Message) -> None:
            if not capped.over:  # what is then said of half a form is of no use to anybody
                await answer.send(message)

        try:
            await self.app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, capped.receive, sending)
        except Exception:
            if not answer.begun and not capped.over:
                await failing.broken(Request(scope))(scope, receive, answer.send)
            if not capped.over:
                raise
        if capped.over and not answer.begun:
            await failing.refused(Request(scope), 413, self._too_large())(scope, receive, answer.send)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        # A page elsewhere may have its own name point to this machine.
        if _without_port(host) not in self.hosts:
            return 421, f"This site is not asked for as {host}; see `according serve --help` for --name."
        if method not in _READS and not _of_this_site(headers, host):
            return 403, "A form of another site was sent here; open the page on this site and send it there."
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > _DIGITS or int(length) > self.most_bytes:
            return 413, self._too_large()
        return None

    def _too_large(self) -> str:
        return f"More than {self.most_bytes:,} bytes were sent."


class _Answer:
    """An answer on its way, to which the headers are put; of one to HEAD the head alone."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.begun = False
        self._scope, self._send = scope, send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if not self._scope["path"].startswith("/static/"):
                headers.setdefault("cache-control", "no-store")
        elif message["type"] == "http.response.body" and self._scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)


class _Capped:
    """What is sent to us, as long as it is no more than ``most`` bytes: not everybody tells beforehand how many there will be."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.over = False
        self._receive, self._left = receive, most

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.over = self.over or self._left < 0
        return {"type": "http.disconnect"} if self.over else message


def _of_this_site(headers: Headers, host: str) -> bool:
    """Whether a page of ours sent it, or no page at all (as the header of a token shows): browsers tell where a post comes from."""
    fetched = headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()
