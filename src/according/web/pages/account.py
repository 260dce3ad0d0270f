"""One's own account: the password, and the tokens by which programs come in one's name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from starlette.responses import RedirectResponse, Response

from according.errors import BadQuestion
from according.ledger.credentials import SHORTEST
from according.web.entering import remember, session_of
from according.web.rendering import page
from according.web.site import Person, ledger_of, person_of, site_of

router = APIRouter()
#: What was done, as the address tells it after it was.
_DONE = {
    "password": "Your password was changed. Wherever else you were logged in, you are not any more.",
    "revoked": "The token was revoked.",
}


@router.get("/account", name="account")
def account(request: Request, done: str = "") -> Response:
    return _account(request, done=_DONE.get(done))


@router.post("/account/password", name="change_password")
def change_password(
    request: Request, current: Annotated[str, Form()] = "", new: Annotated[str, Form()] = "", again: Annotated[str, Form()] = ""
) -> Response:
    """Needs the password of now. All sessions end, and this browser gets a new one."""
    person, site = _logged_in(request), site_of(request)
    people, address = site.ledger.people, request.client.host if request.client else ""
    if wait := site.throttle.wait(person.name, address):
        return _account(request, 429, wrong=f"Too many tries; try again in {wait // 60 + 1} minutes.")
    if not people.fits(person.name, current):
        return _account(request, 400, wrong="That is not your password of now.")
    site.throttle.forgive(person.name, address)
    if new != again:
        return _account(request, 400, wrong="The new password was not typed the same twice.")
    try:
        people.change_password(person.name, new, person=person.name)
    except BadQuestion as error:
        return _account(request, 400, wrong=str(error))
    went = RedirectResponse("/account?done=password", 303)
    if session := people.log_in(person.name, new):
        remember(site, went, session)
    return went


@router.post("/account/tokens", name="make_token")
def make_token(request: Request, called: Annotated[str, Form()] = "", days: Annotated[str, Form()] = "") -> Response:
    """The one page that ever shows the token."""
    person = _logged_in(request)
    if days.strip() and not (days.strip().isascii() and days.strip().isdigit() and len(days.strip()) < 7):
        return _account(request, 400, wrong="Days are a number, or nothing for a token that is good until it is revoked.")
    try:
        made = ledger_of(request).people.make_token(person.name, called, int(days) if days.strip() else None, person=person.name)
    except BadQuestion as error:
        return _account(request, 400, wrong=str(error))
    return _account(request, made=made)


@router.post("/account/tokens/{number}/revoke", name="revoke_token")
def revoke_token(request: Request, number: Annotated[int, Path(ge=1, le=2**53)]) -> Response:
    person = _logged_in(request)
    ledger_of(request).people.revoke_token(person.name, number, person=person.name)
    return RedirectResponse("/account?done=revoked", 303)


def _logged_in(request: Request) -> Person:
    """Who asks, if he logged in: somebody else's token, once found, shall not make itself others. Raises 403."""
    person = person_of(request)
    if person is None or session_of(request) is None or not site_of(request).guarded:
        raise HTTPException(403, "This is for those who logged in with a password: neither a token nor sitting at the machine is enough.")
    return person


def _account(
    request: Request, status: int = 200, *, done: str | None = None, wrong: str | None = None, made: str | None = None
) -> Response:
    person, site = person_of(request), site_of(request)
    assert person is not None  # the policy has it so
    tokens = site.ledger.people.tokens(person.name) if site.guarded else []
    return page(request, "account.html", status, tokens=tokens, done=done, wrong=wrong, made=made, shortest=SHORTEST)
