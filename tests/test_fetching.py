"""Fetching: which machines are asked, how politely, and that no server gets more of us than a page's worth of bytes and time.

The server is on loopback; a resolver of our own gives the names, and says for the length of a test that loopback may be asked.
"""

from __future__ import annotations

import contextlib
import gzip
import random
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest

from according import __version__
from according.errors import FetchRefused, NotFetched, SetupError
from according.intake import fetch_wire, fetching, guard, robots
from according.intake.fetching import Fetched, Fetcher, Unchanged

LOOPBACK = ip_address("127.0.0.1")
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def answer(body: bytes = b"<p>A report.</p>", status: str = "200 OK", **headers: str) -> bytes:
    told = {"Content-Type": "text/html", "Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}
    return f"HTTP/1.1 {status}\r\n".encode() + b"".join(f"{k}: {v}\r\n".encode() for k, v in told.items()) + b"\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


class Site:
    """A server whose every byte is chosen: a path gives the bytes to send, or is called with the connection."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | list[bytes] | Callable[[socket.socket], object]] = {"/robots.txt": answer(status="404 Not Found")}
        self.heads: list[str] = []
        self.tls: ssl.SSLContext | None = None
        self.names: list[str] = []  # that TLS clients asked for
        site = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    site.serve(self.request)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        self.url = f"http://reports.example:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(65536) or b"\r\n\r\n"
        self.heads.append(head.decode())
        page = self.pages.get(head.split()[1].decode(), answer(status="404 Not Found"))
        if isinstance(page, list):
            page = page.pop(0)
        if callable(page):
            page(connection)
        else:
            connection.sendall(page)
        connection.close()

    @property
    def asked(self) -> list[str]:
        return [head.split()[1] for head in self.heads]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Names:
    """A resolver that counts: each name has the addresses of each call in turn, the last for ever."""

    def __init__(self, **names: list[str]) -> None:
        self.left = {name.replace("_", "."): list(calls) for name, calls in names.items()}
        self.calls: list[str] = []

    def __call__(self, host: str) -> list:
        self.calls.append(host)
        turns = self.left.get(host, ["127.0.0.1"])
        now = turns.pop(0) if len(turns) > 1 else turns[0]
        if not now:
            raise socket.gaierror(-2, "Name or service not known")
        return [ip_address(text) for text in now.split()]


def fetcher(site: Site, **more) -> Fetcher:
    told = {"resolve": Names(), "permitted": lambda address: address == LOOPBACK, "ports": frozenset({80, 443, site.port}), "pause": 0.0}
    return Fetcher(**{**told, **more})


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


# What comes


def test_a_page_comes_with_what_is_told_of_it(site):
    site.pages["/a?x=1"] = answer(
        b"<p>1</p>", ETag='"v1"', Last_Modified="Sun, 04 May 2031 10:00:00 GMT", Content_Type="text/html; charset=utf-8"
    )
    with fetcher(site, now=lambda: NOON) as fetch:
        got = fetch.fetch(f"{site.url}/a?x=1#part")
    assert got == Fetched(
        url=f"{site.url}/a?x=1#part",
        at=f"{site.url}/a?x=1",
        data=b"<p>1</p>",
        media="text/html; charset=utf-8",
        etag='"v1"',
        modified="Sun, 04 May 2031 10:00:00 GMT",
        taken=NOON,
    )


def test_the_request_says_who_asks_and_holds_nothing_else(site):
    site.pages["/a"] = answer()
    fetcher(site).fetch(f"{site.url}/a")
    first, *lines = site.heads[-1].strip().split("\r\n")
    assert first == "GET /a HTTP/1.1"
    assert dict(line.split(": ", 1) for line in lines) == {
        "Host": f"reports.example:{site.port}",
        "User-Agent": f"according/{__version__} (+reads published reports; see docs)",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def test_a_page_that_did_not_change_is_not_sent_again(site):
    site.pages["/a"] = answer(b"", "304 Not Modified")
    got = fetcher(site, now=lambda: NOON).fetch(f"{site.url}/a", etag='"v1"', modified="Sun, 04 May 2031 10:00:00 GMT")
    assert got == Unchanged(f"{site.url}/a", NOON)
    assert 'If-None-Match: "v1"\r\n' in site.heads[-1] and "If-Modified-Since: Sun, 04 May 2031 10:00:00 GMT\r\n" in site.heads[-1]
    assert "If-" not in site.heads[0]  # of robots.txt nothing is known


def test_unchanged_is_no_answer_to_a_question_that_was_not_asked(site):
    site.pages["/a"] = answer(b"", "304 Not Modified")
    with pytest.raises(NotFetched, match="304"):
        fetcher(site).fetch(f"{site.url}/a")


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', '"ü"', "x" * 1001])
def test_an_etag_that_could_be_more_than_one_is_not_sent(site, etag):
    site.pages["/a"] = answer()
    fetcher(site).fetch(f"{site.url}/a", etag=etag)
    assert "If-None-Match" not in site.heads[-1] and "X-Evil" not in site.heads[-1]


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)])
def test_packed_pages_are_unpacked(site, coding, pack):
    site.pages["/a"] = answer(pack(b"word " * 1000), Content_Encoding=coding)
    assert fetcher(site).fetch(f"{site.url}/a").data == b"word " * 1000


def test_the_page_on_fetching_tells_the_limits_as_they_are():
    page = (Path(__file__).parent.parent / "docs" / "fetching.md").read_text(encoding="utf-8")
    limits = [
        f"more than {guard.MOST_BYTES // 1_000_000} MB, counted",
        f"more than {fetch_wire.RATIO} times",
        f"beyond {fetch_wire.RATIO_FROM // 1_000_000} MB",
        f"{fetching.MOST_SECONDS:.0f} seconds in all",
        f"{fetch_wire.CONNECT_SECONDS:.0f} to connect; {fetch_wire.READ_SECONDS:.0f} without",
        f"up to {robots.LONGEST_DELAY:.0f} seconds",
        f"more than {robots.MOST_BYTES // 1000} kB",
        f"`{robots.AGENT}`",
        fetching.ALLOW,
    ]
    assert [limit for limit in limits if limit not in page] == []
    assert fetching.MOST_REDIRECTS == 5 and "the sixth" in page


# Which machines


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "0177.0.0.1",
            "127.0.0.1.",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::1]",
            "[::]",
        ),
        *("169.254.169.254", "100.64.0.1", "0.0.0.0", "10.0.0.1", "192.168.0.1", "172.16.0.1", "224.0.0.1", "255.255.255.255"),
        *("[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[::127.0.0.1]"),
        "１２７.0.0.1",
    ],
)
def test_a_host_that_is_no_public_address_is_refused_without_asking_the_resolver(host):
    names = Names()
    with pytest.raises(FetchRefused, match=r"^http://.*\.$"):
        Fetcher(resolve=names).fetch(f"http://{host}/")
    assert names.calls == []


@pytest.mark.parametrize(
    "addresses",
    ["127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "fe80::1", "::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:a00:1::"],
)
def test_a_name_of_an_address_that_is_not_public_is_refused(addresses):
    with pytest.raises(FetchRefused, match="no public web server"):
        Fetcher(resolve=Names(intranet_example=[addresses])).fetch("http://intranet.example/")


@pytest.mark.parametrize("name", ["localhost", "localhost.", "LOCALHOST"])
def test_localhost_as_the_system_has_it_is_refused(name):
    with pytest.raises(FetchRefused, match="no public web server"):
        Fetcher().fetch(f"http://{name}/")


def test_one_private_address_among_public_ones_refuses_the_name(site):
    names = Names(mixed_example=["127.0.0.1 10.0.0.1"])
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1"):
        fetcher(site, resolve=names).fetch(f"http://mixed.example:{site.port}/a")
    assert site.heads == []


def test_a_name_that_is_public_first_and_private_then_is_refused_then(site):
    site.pages["/a"] = answer()
    names = Names(rebinding_example=["127.0.0.1", "10.0.0.1"])
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1"):
        fetcher(site, resolve=names).fetch(f"http://rebinding.example:{site.port}/a")
    assert site.asked == ["/robots.txt"]


def test_a_name_is_resolved_once_a_hop_and_the_connection_goes_to_what_was_checked(site, monkeypatch):
    """Were the name looked up again for the connection, the system would be asked for it; it is asked for numbers alone."""
    looked_up = []
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: looked_up.append(host) or real(host, *more, **named))
    site.pages |= {"/a": redirect("/b"), "/b": answer(), "/c": answer()}
    names = Names()
    fetch = fetcher(site, resolve=names)
    fetch.fetch(f"{site.url}/a")
    assert names.calls == ["reports.example"] * 3  # robots.txt, /a, /b
    fetch.fetch(f"{site.url}/c")
    assert names.calls == ["reports.example"] * 4
    assert set(looked_up) == {"127.0.0.1"}


def test_of_several_checked_addresses_the_next_is_tried_where_one_takes_no_connection(site):
    site.pages["/a"] = answer()
    names = Names(reports_example=["::1 127.0.0.1"])  # the server is not on ::1
    got = fetcher(site, resolve=names, permitted=lambda address: address.is_loopback).fetch(f"{site.url}/a")
    assert isinstance(got, Fetched)


@pytest.mark.parametrize("port", [22, 25, 6379, 8080, 5432])
def test_other_ports_than_those_of_the_web_are_refused(port):
    with pytest.raises(FetchRefused, match=f"port {port}"):
        Fetcher(resolve=Names(reports_example=["8.8.8.8"])).fetch(f"http://reports.example:{port}/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://reports.example/", "http://user:hunter2@reports.example/", "http://a/\r\nX: 1", ""]
)
def test_what_is_no_plain_web_address_is_refused_and_no_password_is_repeated(url):
    with pytest.raises(FetchRefused) as refused:
        Fetcher(resolve=Names()).fetch(url)
    assert "hunter2" not in str(refused.value) and "\n" not in str(refused.value)


def test_a_name_that_is_not_found_may_be_found_another_time(site):
    with pytest.raises(NotFetched, match="not found") as failed:
        fetcher(site, resolve=Names(gone_example=[""])).fetch(f"http://gone.example:{site.port}/")
    assert not isinstance(failed.value, FetchRefused)


# Servers that the user allows


def test_a_pair_in_the_environment_may_be_asked_and_no_other_address_or_port(site):
    site.pages["/a"] = answer()
    allowing = fetching.fetcher({"ACCORDING_FETCH_ALLOW": f"127.0.0.1:{site.port}"})
    assert isinstance(allowing.fetch(f"http://127.0.0.1:{site.port}/a"), Fetched)
    for other in (f"http://[::1]:{site.port}/", f"http://127.0.0.2:{site.port}/", "http://127.0.0.1/"):
        with pytest.raises(FetchRefused):
            allowing.fetch(other)
    with pytest.raises(FetchRefused):
        fetching.fetcher({}).fetch(f"http://127.0.0.1:{site.port}/a")


def test_an_allowance_that_cannot_be_understood_is_told():
    with pytest.raises(SetupError, match=r'ACCORDING_FETCH_ALLOW: "intranet:80"'):
        fetching.fetcher({"ACCORDING_FETCH_ALLOW": "10.0.0.5:80,intranet:80"})


def test_a_server_of_the_users_own_is_asked_without_a_pause(site):
    site.pages |= {"/a": answer(), "/b": answer()}
    times = Time()
    fetch = fetcher(site, ports=frozenset(), allowed={(LOOPBACK, site.port)}, pause=1.0, clock=times.clock, sleep=times.sleep)
    fetch.fetch(f"{site.url}/a")
    fetch.fetch(f"{site.url}/b")
    assert times.slept == []


# Redirects


def test_redirects_are_followed_and_the_last_address_is_told(site):
    site.pages |= {"/a": redirect("/b", "301 Moved Permanently"), "/b": redirect(f"http://other.example:{site.port}/c"), "/c": answer()}
    got = fetcher(site).fetch(f"{site.url}/a")
    assert (got.url, got.at) == (f"{site.url}/a", f"http://other.example:{site.port}/c")
    assert f"Host: other.example:{site.port}" in site.heads[-1]


@pytest.mark.parametrize(
    "to",
    [
        *("file:///etc/passwd", "ftp://reports.example/", "gopher://x/", "javascript:alert(1)", "http://10.0.0.1/", "http://127.1/"),
        *("http://127.0.0.1:22/", "//169.254.169.254/latest/meta-data/", "http://[::1]/", "http://user:pass@reports.example/", "http://["),
    ],
)
def test_a_redirect_to_what_may_not_be_asked_is_refused(site, to):
    site.pages["/a"] = redirect(to)
    with pytest.raises(FetchRefused, match=f"^{site.url}/a: "):
        fetcher(site).fetch(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a"]


def test_a_redirect_to_a_name_of_a_private_address_is_refused(site):
    site.pages["/a"] = redirect(f"http://inside.example:{site.port}/")
    with pytest.raises(FetchRefused, match=r"inside\.example"):
        fetcher(site, resolve=Names(inside_example=["192.168.1.1"])).fetch(f"{site.url}/a")


def test_five_redirects_are_followed_and_no_sixth(site):
    site.pages |= {f"/{i}": redirect(f"/{i + 1}") for i in range(6)} | {"/6": answer()}
    assert isinstance(fetcher(site).fetch(f"{site.url}/1"), Fetched)
    site.heads.clear()
    with pytest.raises(FetchRefused, match="more than 5 times"):
        fetcher(site).fetch(f"{site.url}/0")
    assert site.asked == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5"]


def test_a_redirect_in_a_circle_ends(site):
    site.pages["/a"] = redirect("/a")
    with pytest.raises(FetchRefused, match="more than 5 times"):
        fetcher(site).fetch(f"{site.url}/a")
    assert len(site.heads) == 7


def test_a_redirect_that_does_not_say_where_is_told(site):
    site.pages["/a"] = answer(b"", "302 Found")
    with pytest.raises(NotFetched, match="without telling where"):
        fetcher(site).fetch(f"{site.url}/a")


# What servers say instead of a page


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_will_not_be_otherwise_at_another_time_is_refused(site, status):
    site.pages["/a"] = answer(status=f"{status} No")
    with pytest.raises(FetchRefused, match=f"{status}"):
        fetcher(site).fetch(f"{site.url}/a")


@pytest.mark.parametrize("status", [202, 206, 300, 408, 500, 502, 503, 504])
def test_what_may_be_otherwise_at_another_time_is_not_refused(site, status):
    site.pages["/a"] = answer(status=f"{status} No")
    with pytest.raises(NotFetched, match=f"{status}") as failed:
        fetcher(site).fetch(f"{site.url}/a")
    assert not isinstance(failed.value, FetchRefused)


@pytest.mark.parametrize(("told", "slept"), [("7", 7.0), ("Sun, 04 May 2031 12:00:09 GMT", 9.0), ("soon", 10.0), ("-1", 10.0)])
@pytest.mark.parametrize("status", ["429 Too Many Requests"])
def test_a_busy_server_is_asked_again_when_it_wants(site, status, told, slept):
    site.pages["/a"] = [answer(b"", status, Retry_After=told), answer()]
    times = Time()
    assert isinstance(fetcher(site, clock=times.clock, sleep=times.sleep, now=lambda: NOON).fetch(f"{site.url}/a"), Fetched)
    assert times.slept == [slept]


def test_a_busy_server_is_asked_three_times_in_all(site):
    site.pages["/a"] = answer(b"", "429 Too Many Requests", Retry_After="1")
    times = Time()
    with pytest.raises(NotFetched, match="busy"):
        fetcher(site, clock=times.clock, sleep=times.sleep).fetch(f"{site.url}/a")
    assert site.asked.count("/a") == 3 and times.slept == [1.0, 1.0]


def test_a_server_that_wants_a_longer_wait_is_left_alone(site):
    site.pages["/a"] = answer(b"", "503 Busy", Retry_After="61")
    times = Time()
    with pytest.raises(NotFetched):
        fetcher(site, clock=times.clock, sleep=times.sleep).fetch(f"{site.url}/a")
    assert site.asked.count("/a") == 1 and times.slept == []


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_an_answer_that_is_cut_off_or_no_http_is_told(site, sent):
    site.pages["/a"] = sent
    with pytest.raises(NotFetched, match=f"^{site.url}/a: ") as failed:
        fetcher(site).fetch(f"{site.url}/a")
    assert len(str(failed.value)) < 500


def test_a_connection_that_is_reset_or_refused_is_told(site):
    def reset(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    site.pages["/a"] = reset
    with pytest.raises(NotFetched):
        fetcher(site).fetch(f"{site.url}/a")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(NotFetched, match="refused"):
            fetcher(site, ports=frozenset({port})).fetch(f"http://reports.example:{port}/a")


# Bytes and time


def unsized(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body


def test_a_page_of_twenty_megabytes_comes_and_one_byte_more_does_not(site):
    site.pages |= {"/most": answer(bytes(20_000_000)), "/more": answer(bytes(20_000_001)), "/untold": unsized(bytes(20_000_001))}
    fetch = fetcher(site)
    assert len(fetch.fetch(f"{site.url}/most").data) == 20_000_000
    for path in ("/more", "/untold"):
        with pytest.raises(FetchRefused, match="20 MB"):
            fetch.fetch(site.url + path)


def test_a_page_that_says_it_is_too_large_is_not_waited_for(site):
    site.pages["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n"
    with pytest.raises(FetchRefused, match="20 MB"):
        fetcher(site).fetch(f"{site.url}/a")


def test_bytes_are_counted_unpacked(site):
    chance = random.Random(1)
    body = b"".join(chance.randbytes(2000) * 20 for _ in range(501))
    packed = gzip.compress(body, 1)
    assert len(packed) * 100 > len(body) > 20_000_000 > len(packed)
    site.pages["/a"] = answer(packed, Content_Encoding="gzip")
    with pytest.raises(FetchRefused, match="20 MB"):
        fetcher(site).fetch(f"{site.url}/a")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_is_refused(site, coding):
    bomb = zlib.compress(bytes(15_000_000)) if coding == "deflate" else gzip.compress(bytes(15_000_000))
    site.pages["/a"] = answer(gzip.compress(bomb) if coding == "gzip, gzip" else bomb, Content_Encoding=coding)
    with pytest.raises(FetchRefused, match="bomb"):
        fetcher(site).fetch(f"{site.url}/a")


def test_a_small_page_may_be_packed_as_well_as_it_can_be(site):
    site.pages["/a"] = answer(gzip.compress(b" " * 900_000), Content_Encoding="gzip")
    assert len(fetcher(site).fetch(f"{site.url}/a").data) == 900_000


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br"])
def test_a_packing_that_was_not_asked_for_is_refused(site, coding):
    site.pages["/a"] = answer(b"\x0b\x02\x80abc\x03", Content_Encoding=coding)
    with pytest.raises(FetchRefused, match="packed"):
        fetcher(site).fetch(f"{site.url}/a")


def drip(start: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """A byte or two at a time, so that no wait for the next one is long; it ends after a while, and then well."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(100):
            time.sleep(0.1)
            connection.sendall(piece)
        connection.sendall(b"\r\n")

    return send


@pytest.mark.parametrize(
    "slow",
    [
        drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"word "),
        drip(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff"),
    ],
    ids=["headers", "early hints", "body", "empty blocks of a packed body"],
)
def test_a_server_that_never_stops_is_left_at_the_end_of_the_time_in_all(site, slow):
    site.pages["/a"] = slow
    with pytest.raises(NotFetched, match="longer in all"):
        fetcher(site, seconds=0.5).fetch(f"{site.url}/a")


def test_a_silent_server_is_left_at_the_end_of_the_time_in_all(site):
    site.pages["/a"] = lambda connection: connection.recv(1)
    with pytest.raises(NotFetched, match="longer in all"):
        fetcher(site, seconds=0.3).fetch(f"{site.url}/a")


def test_the_time_is_that_of_all_redirects_together(site):
    def slowly(to: bytes) -> Callable[[socket.socket], None]:
        return lambda connection: (time.sleep(0.4), connection.sendall(to))

    site.pages |= {"/a": slowly(redirect("/b")), "/b": slowly(redirect("/c")), "/c": slowly(answer())}
    with pytest.raises(NotFetched, match="longer in all"):
        fetcher(site, seconds=1.1).fetch(f"{site.url}/a")
    assert isinstance(fetcher(site, seconds=1.1).fetch(f"{site.url}/c"), Fetched)


# Manners


def test_nothing_of_the_user_goes_along_and_cookies_are_not_kept(site, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine reports.example login me password hunter2\ndefault login me password hunter2\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://me:hunter2@127.0.0.1:9/")
    cookie = {"Set_Cookie": "session=1; Path=/"}
    site.pages |= {
        "/robots.txt": answer(b"", **cookie),
        "/a": answer(b"", "302 Found", Location="/b", **cookie),
        "/b": answer(**cookie),
        "/c": answer(b"", "401 Unauthorized", WWW_Authenticate='Basic realm="x"', **cookie),
    }
    fetch = fetcher(site)
    fetch.fetch(f"{site.url}/a")
    fetch.fetch(f"{site.url}/b")
    with pytest.raises(FetchRefused, match="login"):
        fetch.fetch(f"{site.url}/c")
    assert site.asked == ["/robots.txt", "/a", "/b", "/b", "/c"]
    sent = {line.partition(":")[0].lower() for head in site.heads for line in head.strip().split("\r\n")[1:]}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_a_host_has_its_pause_and_others_do_not_wait_for_it(site):
    site.pages |= {"/a": answer(), "/b": answer()}
    times = Time()
    fetch = fetcher(site, pause=1.0, clock=times.clock, sleep=times.sleep)
    fetch.fetch(f"{site.url}/a")
    assert times.slept == [1.0]  # between robots.txt and the page
    times.now += 0.25
    fetch.fetch(f"{site.url}/b")
    assert times.slept == [1.0, 0.75]
    fetch.fetch(f"http://other.example:{site.port}/a")
    assert times.slept == [1.0, 0.75, 1.0]
    times.now += 5
    fetch.fetch(f"{site.url}/a")
    assert times.slept == [1.0, 0.75, 1.0]


@pytest.mark.parametrize(("told", "slept"), [("5", 5.0), ("0.1", 1.0), ("3600", 30.0), ("nan", 1.0), ("much", 1.0)])
def test_a_site_gets_the_pause_that_its_robots_txt_wants_up_to_half_a_minute(site, told, slept):
    site.pages |= {"/robots.txt": answer(f"User-agent: *\nCrawl-delay: {told}\n".encode()), "/a": answer()}
    times = Time()
    fetcher(site, pause=1.0, clock=times.clock, sleep=times.sleep).fetch(f"{site.url}/a")
    assert times.slept == [slept]


def test_what_robots_txt_forbids_is_not_asked_and_robots_txt_is_asked_once(site):
    site.pages |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /private/\n"), "/a": answer(), "/private/b": answer()}
    fetch = fetcher(site)
    fetch.fetch(f"{site.url}/a")
    for path in ("/private/b", "/x/../private/b", "/%70rivate/b"):
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetch.fetch(site.url + path)
    assert site.asked == ["/robots.txt", "/a"]


def test_a_redirect_does_not_lead_around_robots_txt(site):
    site.pages |= {"/robots.txt": answer(b"User-agent: according\nDisallow: /b\n"), "/a": redirect("/b"), "/b": answer()}
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher(site).fetch(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Unauthorized", "410 Gone"])
def test_a_site_without_robots_txt_may_be_asked(site, status):
    site.pages |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /\n", status), "/a": answer()}
    assert isinstance(fetcher(site).fetch(f"{site.url}/a"), Fetched)


@pytest.mark.parametrize("failing", [answer(status="500 Oops"), b"", answer(status="429 Too Many Requests", Retry_After="99")])
def test_a_site_whose_robots_txt_cannot_be_learnt_is_left_alone_for_this_run(site, failing):
    site.pages |= {"/robots.txt": failing, "/a": answer()}
    fetch = fetcher(site)
    for _ in range(2):
        with pytest.raises(NotFetched, match=f"^{site.url}/a: ") as failed:
            fetch.fetch(f"{site.url}/a")
        assert not isinstance(failed.value, FetchRefused)
    assert site.asked == ["/robots.txt"]


def test_a_redirect_of_robots_txt_is_checked_like_any_other(site):
    site.pages |= {"/robots.txt": redirect("http://10.0.0.1/robots.txt"), "/a": answer()}
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1"):
        fetcher(site).fetch(f"{site.url}/a")
    site.pages |= {"/robots.txt": redirect("/rules"), "/rules": answer(b"User-agent: *\nDisallow: /a\n")}
    with pytest.raises(FetchRefused, match=r"robots\.txt asks"):
        fetcher(site).fetch(f"{site.url}/a")


def test_of_an_endless_robots_txt_the_beginning_counts(site):
    site.pages |= {
        "/robots.txt": unsized(b"User-agent: *\nDisallow: /a\n" + b"#" * 700_000 + b"\nDisallow: /b\n"),
        "/a": answer(),
        "/b": answer(),
    }
    fetch = fetcher(site)
    assert isinstance(fetch.fetch(f"{site.url}/b"), Fetched)
    with pytest.raises(FetchRefused):
        fetch.fetch(f"{site.url}/a")


RULES = [
    ("", "/a", True),
    ("User-agent: *\nDisallow:\n", "/a", True),
    ("User-agent: *\nDisallow: /\n", "/a", False),
    ("User-agent: *\nDisallow: /a\n", "/abc", False),
    ("User-agent: *\nDisallow: /a\n", "/b/a", True),
    ("User-agent: *\nDisallow: a/\n", "/a/b", False),
    ("User-agent: other\nDisallow: /\n", "/a", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: According\nAllow: /\n", "/a", True),
    ("User-agent: according/2.0\nDisallow: /\nUser-agent: *\nAllow: /\n", "/a", False),
    ("User-agent: accordingly\nDisallow: /\n", "/a", True),
    ("User-agent: x\nUser-agent: according\nDisallow: /a\nUser-agent: y\nDisallow: /b\n", "/a", False),
    ("User-agent: x\nUser-agent: according\nDisallow: /a\nUser-agent: y\nDisallow: /b\n", "/b", True),
    ("User-agent: according\nDisallow: /a\n\nUser-agent: according\nDisallow: /b\n", "/b", False),
    ("User-agent: *\n\nDisallow: /a\n\n\nDisallow: /b\n", "/b", False),
    ("User-agent: *\nDisallow: /a/\nAllow: /a/b\n", "/a/b", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", True),
    ("User-agent: *\nAllow: /\nDisallow: /a/b\n", "/a/b", False),
    ("User-agent: *\nDisallow: /*?print=\n", "/a?print=1", False),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/x/a.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/x/a.pdf?x", True),
    ("User-agent: *\nDisallow: /a$\n", "/a", False),
    ("User-agent: *\nDisallow: /a$\n", "/ab", True),
    ("User-agent: *\nDisallow: /a*b*c\n", "/a1c1b", True),
    ("User-agent: *\nDisallow: /a*b*c\n", "/a1b1c1", False),
    ("User-agent: *\nDisallow: *b$\n", "/ab/b", False),
    ("User-agent: *\nDisallow: /ab*ba$\n", "/aba", True),
    ("User-agent: *\nDisallow: /caf\u00e9\n", "/caf%C3%A9", False),
    ("User-agent: *\nDisallow: /%7ea\n", "/~a", False),
    ("\ufeffuser-AGENT : *\r\ndisallow : /a # all of it\r\n", "/a", False),
    ("User-agent: *\rDisallow: /a\r", "/a", False),
    ("Disallow: /\nUser-agent: *\nSitemap: /s\nDisallow: /a\n", "/b", True),
    ("<!DOCTYPE html><p>Not found: sorry</p>", "/a", True),
]


@pytest.mark.parametrize(("text", "target", "allowed"), RULES)
def test_robots_txt_is_read_as_rfc_9309_has_it(text, target, allowed):
    assert robots.read(text.encode()).allow(target) is allowed


def test_no_pattern_of_robots_txt_takes_long():
    rules = robots.read(b"User-agent: *\nDisallow: /" + b"*a" * 4000 + b"*b$\n" + b"Disallow: /*a\n" * 30_000)
    assert rules.allow("/" + "a" * 3000 + "c") is False
    assert robots.read(bytes(range(256)) * 2000).allow("/a")


# TLS


def _certificate(file: Path) -> Path:
    """A fresh key and its certificate for reports.example."""
    if not shutil.which("openssl"):
        pytest.skip("The openssl command is not installed; it makes the test server's certificate.")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=reports.example", "-addext", "subjectAltName=DNS:reports.example"]
    subprocess.run([*command, *name, "-keyout", file, "-out", file.with_suffix(".crt")], check=True, capture_output=True)
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


@pytest.fixture
def certified(site, tmp_path, monkeypatch) -> Site:
    """The site behind TLS, with a certificate for reports.example that the system trusts."""
    file = _certificate(tmp_path / "reports.pem")
    site.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    site.tls.load_cert_chain(file)
    site.tls.sni_callback = lambda connection, name, context: site.names.append(name)
    site.pages["/a"] = answer()
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return site


def test_the_name_and_not_the_address_is_told_and_checked_in_tls(certified):
    got = fetcher(certified).fetch(f"https://reports.example:{certified.port}/a")
    assert isinstance(got, Fetched) and set(certified.names) == {"reports.example"}
    assert f"Host: reports.example:{certified.port}" in certified.heads[-1]


def test_a_certificate_for_another_name_is_not_taken(certified):
    with pytest.raises(NotFetched, match="certificate"):
        fetcher(certified).fetch(f"https://other.example:{certified.port}/a")
    assert certified.heads == []


def test_a_certificate_that_nobody_vouches_for_is_not_taken(certified, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotFetched, match="certificate"):
        fetcher(certified).fetch(f"https://reports.example:{certified.port}/a")
    assert certified.heads == []
