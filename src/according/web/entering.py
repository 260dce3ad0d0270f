"""Who asks, and whether he may: before every route."""

from __future__ import annotations

from fastapi import HTTPException, Request

from according.web.policy import Role, allowed
from according.web.site import LOCAL, Person, person_of, site_of


def let_in(request: Request) -> None:
    """Find out who asks and refuse what the policy does not open to him. Raises 401 or 403."""
    request.state.person = known(request)
    route = getattr(request.scope.get("route"), "name", "")
    person = person_of(request)
    if not allowed(person.role if person else None, route):
        if person is None:
            raise HTTPException(401, "Say who you are: log in, or send a token.")
        raise HTTPException(403, f"As {person.role} you may not do that; ask an admin for another role.")


def known(request: Request) -> Person | None:
    """Who asks: by session or token; on loopback whoever sits at the machine."""
    if not site_of(request).guarded:
        return Person(LOCAL, Role.ADMIN)
    return None
