"""What a site is served from: the ledger, and how it was started. And who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from starlette.requests import HTTPConnection

from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.web.throttle import Throttle

#: Names of this machine for itself.
OF_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a user, or on loopback whoever sits at the machine."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Site:
    """How a site was started."""

    ledger: Ledger
    hosts: frozenset[str] = OF_THIS_MACHINE  # names by which it may be asked, without ports
    guarded: bool = False  # people must say who they are: everywhere but on loopback
    secure: bool = False  # it is reached by https alone, so cookies are not sent by http
    base_map: Path | None = None  # the user's own GeoJSON or PMTiles in the place of the one that is shipped
    most_bytes: int = 2_000_000  # of what may be posted
    throttle: Throttle = field(default_factory=Throttle)  # of those who try passwords
    second_share: float = 0.1  # of the claims that were decided on, those that go to a second reviewer who does not see what was decided


def site_of(connection: HTTPConnection) -> Site:
    return cast(Site, connection.app.state.site)


def ledger_of(connection: HTTPConnection) -> Ledger:
    return site_of(connection).ledger


def person_of(connection: HTTPConnection) -> Person | None:
    """Who asks; ``None`` for somebody who did not say. Known once ``entering.known`` has run, which it does before every route."""
    return cast(Person | None, getattr(connection.state, "person", None))
