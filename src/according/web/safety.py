"""What every answer carries and no request may do: content policy, hosts, posts from other sites, size."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class Safety:
    """Refuses what no page of ours sends, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], most_bytes: int) -> None:
        self.app, self.hosts, self.most_bytes = app, hosts, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if refused := self._refused(scope["method"], headers):
            status, why = refused
            await PlainTextResponse(why + "\n", status)(scope, receive, sending)
            return
        await self.app(scope, _capped(receive, self.most_bytes), sending)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        # A page elsewhere may have its own name point to this machine.
        if _without_port(host) not in self.hosts:
            return 421, f"This site is not asked for as {host}; see `according serve --help` for --name."
        if method not in _READS and not _of_this_site(headers, host):
            return 403, "A form of another site was sent here; open the page on this site and send it there."
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > self.most_bytes:
            return 413, f"More than {self.most_bytes:,} bytes were sent."
        return None


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


def _capped(receive: Receive, most: int) -> Receive:
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > most:  # whoever tells no length beforehand
                return {"type": "http.disconnect"}
        return message

    return receiving
