"""Who asks, and whether he may: before every route."""

from __future__ import annotations

import re

from fastapi import HTTPException, Request
from starlette.responses import Response

from according.ledger.roles import LOCAL, Role
from according.web.policy import allowed
from according.web.site import Person, Site, person_of, site_of

#: What proxies add to a request.
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
#: A path of this site, as a browser reads it: two slashes or a backslash at its beginning would be another site's name.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def let_in(request: Request) -> None:
    """Find out who asks and refuse what the policy does not open to him. Raises 401 or 403."""
    request.state.person = known(request)
    route = getattr(request.scope.get("route"), "name", "")
    person = person_of(request)
    if not allowed(person.role if person else None, route):
        if person is None:
            raise HTTPException(401, "Say who you are: log in, or send a token.", {"www-authenticate": "Bearer"})
        raise HTTPException(403, f"As {person.role} you may not do that; ask an admin for another role.")


def known(request: Request) -> Person | None:
    """Who asks: by session or token; on loopback whoever sits at the machine. Raises 403 for what came to loopback by a proxy."""
    site = site_of(request)
    if not site.guarded:
        if any(name in request.headers for name in _PROXIED):
            raise HTTPException(
                403, "This came by a proxy to a site where nobody has to log in; start it with --login, and --name for the proxy's name."
            )
        return Person(LOCAL, Role.ADMIN)
    people = site.ledger.people
    if (told := request.headers.get("authorization")) is not None:  # a page elsewhere can send cookies along, and never this
        token = _bearer(told)
        user = people.by_token(token) if token else None
    else:
        session = session_of(request)
        user = people.by_session(session) if session else None
    return Person(user.name, user.role) if user else None


def session_of(request: Request) -> str | None:
    """What the cookie of a login holds; ``None`` without one, and where a token is sent."""
    return None if "authorization" in request.headers else request.cookies.get(_cookie(site_of(request)))


def remember(site: Site, answer: Response, session: str) -> None:
    """Have the browser keep the session until it is closed."""
    answer.set_cookie(_cookie(site), session, path="/", secure=site.secure, httponly=True, samesite="lax")


def forget(site: Site, answer: Response) -> None:
    answer.delete_cookie(_cookie(site), path="/", secure=site.secure, httponly=True, samesite="lax")


def local_path(told: str) -> str:
    """Where to go after a login: a path of this site, else its first page."""
    return told if _LOCAL_PATH.fullmatch(told) else "/"


def _cookie(site: Site) -> str:
    """Browsers take a cookie called ``__Host-`` by https and from this very host alone."""
    return "__Host-according" if site.secure else "according"


def _bearer(told: str) -> str | None:
    scheme, _, token = told.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
