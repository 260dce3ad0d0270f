"""Web addresses: the one way to write them, and which of the machines behind them may be asked. Pure: nothing is looked up or asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

from according.intake import tables
from according.intake.address_url import Url, parsed

IP = IPv4Address | IPv6Address
Door = tuple[IP, int]  # an address and a port

_NAT64 = IPv6Network("64:ff9b::/96")
# Of IPv6 only this part has ever been given out; Python counts others (::127.0.0.1, fec0::1) as global, too.
_GIVEN_OUT = IPv6Network("2000::/3")
_SHOWN = 200  # characters of an address in a message


def canonical(url: str) -> str:
    """The one way to write a page's address, so that a page found by two ways is known again.

    Scheme and host in small letters, a host's name as IDNA has it, no default port, no fragment, percent-escapes only where needed and
    in capitals, an empty path is "/", parameters of the query in their order but without those that only track readers
    (``addresses.toml``). What is no http address is given back as it was, without the white space around it.
    """
    try:
        found = parsed(url)
    except ValueError:
        return url.strip()
    kept = "&".join(row for row in found.query.split("&") if row and not _tracks(row))
    return str(Url(found.scheme, found.host, found.port, found.path, kept))


def shown(url: str) -> str:
    """An address for a message: no password, nothing that a terminal obeys, not too long."""
    bare = re.sub(r"//[^/?#]*@", "//", url.strip())
    safe = "".join(c if c.isprintable() else "\ufffd" for c in bare)
    return safe if len(safe) <= _SHOWN else f"{safe[:_SHOWN]}…"


def is_public(address: IP) -> bool:
    """Whether the address is of the public Internet, and likewise the IPv4 address that it may stand for.

    Not so: loopback, link-local, private, shared (100.64.0.0/10), multicast, reserved and documentation addresses. IPv4-mapped, 6to4,
    Teredo and NAT64 addresses are judged by what they hold as well.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.scope_id is not None:
        return False
    held = list(_held(address))
    if address.ipv4_mapped or address in _NAT64:
        return all(map(is_public, held))
    return address in _GIVEN_OUT and address.is_global and all(map(is_public, held))


def _held(address: IPv6Address) -> Iterator[IPv4Address]:
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFF_FFFF)


def doors(text: str) -> frozenset[Door]:
    """The pairs in "127.0.0.1:8000,[fd00::5]:80". Raises ``ValueError`` with the piece that is none."""
    return frozenset(_door(piece) for piece in map(str.strip, text.split(",")) if piece)


def _door(piece: str) -> Door:
    host, _, port = piece.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        address = ip_address(bare)
    except ValueError:
        raise ValueError(piece) from None
    bracketed = bare != host
    if bracketed != isinstance(address, IPv6Address) or not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError(piece)
    return address, int(port)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names, and beginnings of names."""
    rows = tables.load("addresses.toml")["tracking"]
    return frozenset(r for r in rows if not r.endswith("*")), tuple(r[:-1] for r in rows if r.endswith("*"))


def _tracks(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    names, beginnings = _tracking()
    return name in names or name.startswith(beginnings)
