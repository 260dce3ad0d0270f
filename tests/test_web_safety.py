"""What stands before every route: who may, from where, how much; and what every answer carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.web.app import application
from according.web.policy import ROUTES, allowed
from according.web.safety import POLICY
from according.web.site import Site
from guarded import NAMES, PASSWORD, client_of, guarded, peopled
from told_events import take

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class Asked:
    """A route as it is asked for: its name, one of its methods, a path with something in the place of each parameter."""

    name: str
    method: str
    path: str


def routes(found: Iterable[Any], prefix: str = "") -> Iterator[Asked]:
    """All that an application answers to. Newer versions of FastAPI keep the routes of a router that was included inside it."""
    for route in found:
        if isinstance(route, Mount):
            yield Asked(str(route.name), "GET", f"{prefix}{route.path}/css/site.css")
        elif hasattr(route, "effective_candidates"):
            yield from routes([*route.effective_candidates(), *route.effective_low_priority_routes()], prefix)
        else:
            path = re.sub(r"\{[^}]*\}", "7", prefix + route.path)
            yield from (Asked(route.name, method, path) for method in sorted(route.methods - {"HEAD", "OPTIONS"}))


def _all() -> list[Asked]:
    return list(routes(application(Site(None)).routes))  # type: ignore[arg-type]


ALL = _all()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("safety") / "according.db", create=True) as ledger:
        take(ledger)
        ledger.group()
        yield peopled(ledger)


@pytest.fixture(scope="module")
def app(ledger: Ledger) -> FastAPI:
    return application(guarded(ledger))


@pytest.fixture(scope="module")
def cookies(ledger: Ledger) -> dict[Role, str]:
    found = {role: ledger.people.log_in(name, PASSWORD) for role, name in NAMES.items()}
    return {role: cookie for role, cookie in found.items() if cookie}


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    """One where nobody has to log in."""
    return client_of(Site(ledger), raise_server_exceptions=False)


def test_every_route_stands_in_the_policy_and_the_other_way_round() -> None:
    assert {asked.name for asked in ALL} == set(ROUTES)


def test_each_name_is_of_one_path_and_one_method() -> None:
    assert len({asked.name for asked in ALL}) == len(ALL)


def test_a_route_that_is_in_no_policy_is_open_to_nobody(ledger: Ledger) -> None:
    app = application(Site(ledger))
    app.add_api_route("/forgotten", lambda: "secret", name="forgotten")
    assert client_of(app).get("/forgotten").status_code == 403
    assert not any(allowed(role, "forgotten") for role in (None, *Role))


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("asked", ALL, ids=lambda asked: f"{asked.method} {asked.name}")
def test_each_route_answers_each_role_as_the_policy_says(
    app: FastAPI, ledger: Ledger, cookies: dict[Role, str], asked: Asked, role: Role | None
) -> None:
    cookie = cookies[role] if role else None
    if asked.name == "log_out" and role:
        cookie = ledger.people.log_in(NAMES[role], PASSWORD)
    client = client_of(app, cookies={"according": cookie} if cookie else {})
    answer = client.request(asked.method, asked.path, **({} if asked.method == "GET" else {"json": {}} if is_api(asked) else {"data": {}}))
    least = ROUTES[asked.name]
    if least is None or (role is not None and list(Role).index(role) >= list(Role).index(least)):
        assert answer.status_code not in (403, 500)
        assert answer.status_code != 401 or asked.name == "log_in"
        assert not answer.headers.get("location", "").startswith("/login") or asked.name == "log_out"
    elif role is not None:
        assert answer.status_code == 403
        assert f"As {role} you may not do that" in answer.text
    elif is_api(asked):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "who_are_you"
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=%2F")


def is_api(asked: Asked) -> bool:
    return asked.path.startswith("/api/")


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("GET", "/audit", 200),
        ("GET", "/nothing/here", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/static/css/site.css", 200),
        ("GET", "/static/css/../../../policy.py", 404),
        ("GET", "/static/no.css", 404),
        ("POST", "/audit", 405),
        ("OPTIONS", "/audit", 405),
        ("HEAD", "/audit", 200),
        ("HEAD", "/static/css/site.css", 200),
        ("POST", "/people/x/role", 400),
        ("GET", "/broken/x", 500),
        ("GET", "/api/broken/x", 500),
    ],
)
def test_every_answer_carries_the_headers(ledger: Ledger, method: str, path: str, status: int) -> None:
    app = application(Site(ledger))

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("not to be told")

    app.mount("/broken", broken)
    app.mount("/api/broken", broken)
    answer = client_of(app, raise_server_exceptions=False).request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "not to be told" not in answer.text
    assert ("no-store" in answer.headers.get("cache-control", "")) or path.startswith("/static/")
    if status == 500:
        assert "Something went wrong here" in answer.text
        assert not path.startswith("/api/") or answer.json()["error"]["code"] == "failed"


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline() -> None:
    sources = {word for directive in POLICY.split("; ") for word in directive.split()[1:]}
    assert sources == {"'self'", "'none'", "data:", "blob:"}
    assert "default-src 'self'" in POLICY and "script-src" not in POLICY and "style-src" not in POLICY


def test_head_is_get_without_a_body(client: TestClient) -> None:
    head, got = client.head("/audit"), client.get("/audit")
    assert head.content == b"" and got.content
    assert (head.status_code, head.headers["content-type"]) == (got.status_code, got.headers["content-type"])


def test_who_asks_by_another_method_is_told_which_there_are(client: TestClient) -> None:
    answer = client.options("/people")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "127.0.0.2", "", "[::2]:80", "localhost:x"]
)
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    """A page of evil.example whose name leads to this machine reads nothing (DNS rebinding)."""
    for path in ("/audit", "/static/css/site.css", "/api/v1/claims"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "LOCALHOST:1", "[::1]", "[::1]:8765"])
def test_the_names_of_this_machine_are_ours(client: TestClient, host: str) -> None:
    assert client.get("/audit", headers={"host": host}).status_code == 200


def test_a_name_that_was_given_is_ours(ledger: Ledger) -> None:
    client = client_of(guarded(ledger, hosts=frozenset({"claims.example.org"})))
    assert client.get("/login", headers={"host": "claims.example.org"}).status_code == 200
    assert client.get("/login", headers={"host": "127.0.0.1"}).status_code == 421


ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://evil.example@127.0.0.1"},
    {"origin": "null"},
    {"origin": ""},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_another_site_sends_is_refused(client: TestClient, method: str, headers: dict[str, str]) -> None:
    for path in ("/people/1/disable", "/api/v1/code", "/login"):
        answer = client.request(method, path, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
    ids=str,
)
def test_what_our_pages_and_programs_send_comes_through(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/logout", headers=headers).status_code == 303


def test_links_from_other_sites_lead_here(client: TestClient) -> None:
    assert client.get("/audit", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("path", ["/login", "/api/v1/code", "/nothing/here"])
@pytest.mark.parametrize("told", [True, False])
def test_more_than_may_be_sent_is_refused(ledger: Ledger, path: str, told: bool) -> None:
    """Whether the length is told beforehand or not."""
    client = client_of(guarded(ledger, most_bytes=10_000))
    content: Any = b"a" * 10_001 if told else (b"a" * 1_000 for _ in range(11))
    answer = client.post(path, content=content, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in ((413,) if told or path == "/login" else (401, 404, 413))
    assert answer.headers["content-security-policy"] == POLICY
    if answer.status_code == 413:
        assert "More than 10,000 bytes were sent." in answer.text


@pytest.mark.parametrize("told", [True, False])
def test_as_much_as_may_be_sent_comes_through(ledger: Ledger, told: bool) -> None:
    client = client_of(guarded(ledger, most_bytes=10_000))
    body = b"name=" + b"a" * 9_995
    content: Any = body if told else (body[at : at + 1_000] for at in range(0, 10_000, 1_000))
    assert client.post("/login", content=content, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 401


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "9" * 5_000, "²"])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/login", headers={"content-length": length.encode()}).status_code == 413  # type: ignore[dict-item]


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"])
def test_what_comes_by_a_proxy_to_a_site_without_logins_is_refused(client: TestClient, ledger: Ledger, header: str) -> None:
    """A proxy that tells our own name as the one asked for would make everybody whoever sits at the machine."""
    for path in ("/audit", "/api/v1/claims"):
        assert client.get(path, headers={header: "198.51.100.7"}).status_code == 403
    assert client_of(guarded(ledger)).get("/login", headers={header: "198.51.100.7"}).status_code == 200


def test_where_nobody_has_to_log_in_whoever_asks_is_an_admin_of_this_machine(client: TestClient) -> None:
    assert client.get("/people").status_code == 200
    assert client.get("/login").headers["location"] == "/"
    assert "Log out" not in client.get("/audit").text
