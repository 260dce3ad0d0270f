"""Who may do what: one table, route by role. A route that is not in it is open to nobody."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Role(enum.StrEnum):
    """What a person may do; each may do what those before may."""

    VIEWER = "viewer"  # read
    REVIEWER = "reviewer"  # decide on claims
    EDITOR = "editor"  # merge and split events
    ADMIN = "admin"  # see the audit and the people


_RANK = {role: n for n, role in enumerate(Role)}

#: The least role for each route, by the route's name; ``None``: also for whoever has not said who he is.
ROUTES: Mapping[str, Role | None] = {
    "login": None,
    "log_in": None,
    "log_out": None,
    "static": None,
    "explore": Role.VIEWER,
}


def allowed(role: Role | None, route: str) -> bool:
    """Whether somebody of this role, or ``None`` for one who has not said who he is, may ask for a route."""
    if route not in ROUTES:
        return False
    least = ROUTES[route]
    return least is None or (role is not None and _RANK[role] >= _RANK[least])
