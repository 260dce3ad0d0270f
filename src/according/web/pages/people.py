"""The people who may come, for those who let them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from starlette.responses import RedirectResponse, Response

from according.errors import BadQuestion
from according.ledger.roles import Role
from according.ledger.users import User
from according.web.rendering import page
from according.web.site import ledger_of, person_of

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/people", name="people")
def people(request: Request) -> Response:
    """Everybody, with what may be changed of him; oneself excepted."""
    known = ledger_of(request).people
    good = [token for token in known.tokens() if token.good]
    users = known.all()
    by_user = {user.number: sum(token.user == user.number for token in good) for user in users}
    return page(request, "people.html", users=users, tokens=by_user, roles=list(Role))


@router.post("/people/{number}/role", name="change_role")
def change_role(request: Request, number: Number, role: Annotated[str, Form()] = "") -> Response:
    if role not in list(Role):
        raise BadQuestion(f"There is no such role; there are {', '.join(Role)}.")
    by, user = _another(request, number)
    ledger_of(request).people.change_role(user.name, role, person=by)
    return RedirectResponse("/people", 303)


@router.post("/people/{number}/disable", name="disable_user")
def disable_user(request: Request, number: Number) -> Response:
    """His sessions end."""
    by, user = _another(request, number)
    ledger_of(request).people.disable(user.name, person=by)
    return RedirectResponse("/people", 303)


@router.post("/people/{number}/enable", name="enable_user")
def enable_user(request: Request, number: Number) -> Response:
    by, user = _another(request, number)
    ledger_of(request).people.enable(user.name, person=by)
    return RedirectResponse("/people", 303)


def _another(request: Request, number: int) -> tuple[str, User]:
    """The name of who asks, and whom it is about: not himself, so that there is always an admin left. Raises 403, ``NotInLedger``."""
    person, user = person_of(request), ledger_of(request).people.numbered(number)
    assert person is not None  # the policy has it so
    if user.name == person.name:
        raise HTTPException(403, "Nobody changes his own role, or whether he may come; another admin does, or `according user`.")
    return person.name, user
