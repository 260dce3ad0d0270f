"""Web addresses taken apart, strictly. Pure: nothing is looked up or asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

import idna

LONGEST = 8_000  # characters
DEFAULT_PORTS = {"http": 80, "https": 443}

_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_IN_PATH = "/:@!$&'()*+,;="
_IN_QUERY = _IN_PATH + "?"
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # what IDNA takes for a dot


@dataclass(frozen=True, slots=True)
class Url:
    """An http or https address in printable ASCII: case, escapes and dots in the path in their one normal form, no fragment."""

    scheme: str
    host: str  # a name without a final dot, or an IP address (an IPv6 one without brackets)
    port: int
    path: str  # begins with "/"
    query: str = ""

    @property
    def literal(self) -> IPv4Address | IPv6Address | None:
        """The host as an IP address, where it is one."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def target(self) -> str:
        """What is asked of the host: path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def __str__(self) -> str:
        return self.origin + self.target


def parsed(url: str) -> Url:
    """``url`` taken apart. Raises ``ValueError`` that says, without the address, what is wrong and what to do."""
    url = url.strip()
    if len(url) > LONGEST:
        raise ValueError(f"an address of more than {LONGEST:,} characters is not asked; look for the page's shorter address")
    if any(c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in url):
        raise ValueError("there is a control character in the address; copy it again")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ValueError(f"this is no proper address ({error}); copy it again") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.netloc:
        raise ValueError("only addresses that begin with http:// or https:// are fetched; save the page and give its file")
    if "@" in parts.netloc:
        raise ValueError("an address with a user name or password in it is not asked; take them out, or save the page and give its file")
    host, port = _authority(parts.netloc, DEFAULT_PORTS[parts.scheme])
    path = _without_dots(encoded(parts.path, _IN_PATH) or "/")
    return Url(parts.scheme, host, port, path, encoded(parts.query, _IN_QUERY))


def joined(base: Url, location: str) -> str:
    """Where ``location``, as a page at ``base`` has it, leads to: absolute, not yet checked."""
    try:
        return urljoin(str(base), location)
    except ValueError:
        return location


def encoded(text: str, kept: str) -> str:
    """``text`` with each character escaped that is neither unreserved nor in ``kept``, and no others; its own escapes are understood."""
    pieces = _ESCAPE.split(text)  # every second one is the two digits of an escape
    return "".join(_escape(piece) if i % 2 else quote(piece, safe=kept) for i, piece in enumerate(pieces))


def _escape(digits: str) -> str:
    char = chr(int(digits, 16))
    return char if _UNRESERVED.fullmatch(char) else f"%{digits.upper()}"


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: servers and robots.txt are to mean the same page."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _authority(netloc: str, default: int) -> tuple[str, int]:
    bracketed = re.fullmatch(r"\[([^\[\]]*)\](?::(.*))?", netloc)
    if bracketed:
        return _ipv6(bracketed.group(1)), _port(bracketed.group(2), default)
    host, _, port = netloc.partition(":")
    return _host(host), _port(port, default)


def _port(text: str | None, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) < 65_536):
        raise ValueError("the port in the address is no number from 1 to 65535; copy the address again")
    return int(text)


def _ipv6(text: str) -> str:
    try:
        if "%" not in text:  # a zone names an interface of this machine
            return str(IPv6Address(text))
    except AddressValueError:
        pass
    raise ValueError("what stands in brackets in the address is no IPv6 address; copy it again")


def _host(text: str) -> str:
    host = text.lower()
    if not host.isascii():
        try:
            host = idna.encode(_DOTS.sub(".", host).removesuffix("."), uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValueError("the host's name has characters that no name may have; copy the address again") from error
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError("the host's name is no proper one; copy the address again")
    # Systems read "127.1", "2130706433" and "0x7f000001" as IP addresses, each in its own way.
    if _NUMBER.fullmatch(labels[-1]) and not _is_ipv4(host):
        raise ValueError("the host is a number that is no full IPv4 address; write it as four numbers with dots, or by name")
    return host


def _is_ipv4(host: str) -> bool:
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True
