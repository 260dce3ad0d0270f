"""One request over one connection, made to addresses that were checked, with limits on bytes and time.

There is no client, cookie jar, proxy or credential here that would have to be turned off.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2

from according.errors import FetchRefused, NotFetched
from according.intake.address_url import Url
from according.intake.addresses import IP

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0  # without a byte
RATIO = 100  # unpacked to packed bytes, looked at once more than this is unpacked:
RATIO_FROM = 1_000_000
WITH_BODY = (200, 203)

_CODINGS = {"gzip", "deflate", "identity", ""}
_TIMEOUTS = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
_BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. ``data`` is unpacked, and empty where the status is not one of ``WITH_BODY``."""

    status: int
    headers: httpx2.Headers
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When, by ``clock``, all must be there."""

    at: float
    clock: Callable[[], float]

    @property
    def passed(self) -> bool:
        return self.clock() >= self.at

    def left(self, timeout: float | None) -> float:
        """``timeout``, or the seconds that are left where these are fewer."""
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if timeout is None else min(timeout, left)


def ask(
    url: Url, to: Sequence[IP], headers: dict[str, str], deadline: Deadline, tls: ssl.SSLContext | None, most: int, *, cut: bool = False
) -> Answer:
    """The answer to one GET. Of a body of more than ``most`` bytes the beginning is given if ``cut``, else it is refused.

    The first of the addresses ``to`` that takes the connection is asked; the host's name is not looked up. Raises ``NotFetched`` or
    ``FetchRefused``, with a message that lacks the address.
    """
    request = httpcore2.Request(
        "GET",
        httpcore2.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target),
        headers=[("Host", url.authority), *headers.items(), ("Accept-Encoding", "gzip, deflate"), ("Connection", "close")],
        extensions={"timeout": _TIMEOUTS},
    )
    try:
        with httpcore2.ConnectionPool(ssl_context=tls, network_backend=_Pinned(to, deadline)) as pool:
            got = pool.handle_request(request)
            with closing(httpx2.Response(got.status, headers=got.headers, stream=_Body(got))) as response:
                data = _body(response, most, cut) if got.status in WITH_BODY else b""
                return Answer(got.status, response.headers, data)
    except httpcore2.TimeoutException as error:
        late = "it took longer in all than a page may take" if deadline.passed else f"nothing for {READ_SECONDS:.0f} seconds"
        raise NotFetched(f"no answer came ({late}); try again later") from error
    except _BROKEN as error:
        raise NotFetched(
            f"no answer came ({str(error)[:200] or type(error).__name__}); check the connection and try again later"
        ) from error


def _body(response: httpx2.Response, most: int, cut: bool) -> bytes:
    codings = {coding.strip().lower() for coding in response.headers.get("Content-Encoding", "").split(",")}
    if not codings <= _CODINGS:
        raise FetchRefused("the answer is packed in a way that was not asked for; save the page and give its file")
    told = response.headers.get("Content-Length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > most and not cut:
        raise _too_large(most)
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > RATIO_FROM and len(data) > RATIO * response.num_bytes_downloaded:
            raise FetchRefused(f"the answer unpacks to more than {RATIO} times its size, as a bomb does; save the page and give its file")
        if len(data) > most and cut:
            break
        if len(data) > most:
            raise _too_large(most)
    return bytes(data[:most])


def _too_large(most: int) -> FetchRefused:
    return FetchRefused(f"there are more than the {most / 1_000_000:g} MB that one page may have; save what is needed and give its file")


class _Body(httpx2.SyncByteStream):
    """A body as it comes over the wire."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Pinned(httpcore2.NetworkBackend):
    """Connects to the checked addresses, whatever the host is called; TLS still asks for, and checks, the host's name."""

    def __init__(self, addresses: Sequence[IP], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._system = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore2.NetworkStream:
        failed: Exception = httpcore2.ConnectError("no address to connect to")
        for address in self._addresses:
            try:
                stream = self._system.connect_tcp(str(address), port, self._deadline.left(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self._deadline)
        raise failed


class _Timed(httpcore2.NetworkStream):
    """A connection that ends at the deadline, however often a byte comes."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
