"""A site where people must say who they are, with one of each role, for tests."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.web.app import application
from according.web.site import Site

PASSWORD = "seven grey herons at noon"
#: One of each role, by name.
NAMES = {role: f"{role.value.title()} Ní Dhúill" for role in Role}
ADMIN, VIEWER = NAMES[Role.ADMIN], NAMES[Role.VIEWER]


def peopled(ledger: Ledger) -> Ledger:
    for role, name in NAMES.items():
        ledger.people.add(name, role, PASSWORD, person="local")
    return ledger


def guarded(ledger: Ledger, **more: Any) -> Site:
    return Site(ledger, guarded=True, **more)


def client_of(site: Site | FastAPI, **more: Any) -> TestClient:
    app = application(site) if isinstance(site, Site) else site
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, **more)


def log_in(client: TestClient, name: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/login", data={"name": name, "password": password, **more})
