"""Log in and out, where people must say who they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from according.web.entering import forget, local_path, remember, session_of
from according.web.rendering import page
from according.web.site import person_of, site_of

router = APIRouter()
_WRONG = "This name and password do not belong together."


@router.get("/login", name="login")
def login(request: Request, next: str = "/") -> Response:
    """The form; whoever is known already goes on."""
    if person_of(request):
        return RedirectResponse(local_path(next), 303)
    return _form(request, next)


@router.post("/login", name="log_in")
def log_in(
    request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Begin a session. What is wrong, the name or the password, is not told; nor is what was typed."""
    site = site_of(request)
    if not site.guarded:
        return RedirectResponse("/", 303)
    address = request.client.host if request.client else ""
    if wait := site.throttle.wait(name, address):
        message = f"Too many tries; try again in {wait // 60 + 1} minutes. Whoever runs the site can set a new password."
        answer = _form(request, next, 429, message)
        answer.headers["retry-after"] = str(wait)
        return answer
    session = site.ledger.people.log_in(name, password)
    if session is None:
        return _form(request, next, 401, _WRONG)
    site.throttle.forgive(name, address)
    went = RedirectResponse(local_path(next), 303)
    remember(site, went, session)
    return went


@router.post("/logout", name="log_out")
def log_out(request: Request) -> Response:
    """End the session."""
    site = site_of(request)
    if session := session_of(request):
        site.ledger.people.log_out(session)
    left = RedirectResponse("/login" if site.guarded else "/", 303)
    forget(site, left)
    return left


def _form(request: Request, next: str, status: int = 200, message: str | None = None) -> Response:
    return page(request, "login.html", status, next=local_path(next), message=message)
