"""Logging in and out, one's account, the people and the audit as pages; by cookie and by token."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.web.app import application
from according.web.entering import local_path
from according.web.site import Site
from according.web.throttle import PER_ADDRESS, PER_NAME, WINDOW, Throttle
from guarded import ADMIN, NAMES, PASSWORD, VIEWER, client_of, guarded, log_in, peopled
from told_events import PAPERS, take

COOKIE = "according"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("people") / "according.db"
    with Ledger(where, create=True) as ledger:
        take(ledger)
        peopled(ledger)
    return where


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(made) as whole:
        whole.backup(tmp_path / "according.db")
    with Ledger(tmp_path / "according.db") as copy:
        yield copy


@pytest.fixture
def site(ledger: Ledger) -> Site:
    return guarded(ledger)


@pytest.fixture
def client(site: Site) -> TestClient:
    return client_of(site)


def as_(site: Site, role: Role) -> TestClient:
    client = client_of(site)
    assert log_in(client, NAMES[role]).status_code == 303
    return client


def actions(ledger: Ledger) -> list[str]:
    return [row.action for row in ledger.people.audited() if row.action != "user_added"]


# Logging in.


def test_whoever_is_not_known_is_led_to_the_form_and_back(client: TestClient) -> None:
    led = client.get("/account?done=revoked")
    assert led.status_code == 303
    form = client.get(led.headers["location"])
    assert form.status_code == 200
    assert 'name="next" value="/account?done=revoked"' in form.text
    entered = log_in(client, VIEWER, next="/account?done=revoked")
    assert (entered.status_code, entered.headers["location"]) == (303, "/account?done=revoked")
    assert client.get("/account").status_code == 200


def test_what_was_to_be_posted_is_not_gone_back_to(client: TestClient) -> None:
    assert client.post("/account/tokens", data={"called": "x"}).headers["location"] == "/login?next=%2F"


def test_a_part_of_a_page_sends_the_whole_page_to_the_form(client: TestClient) -> None:
    answer = client.get("/account", headers={"hx-request": "true", "hx-current-url": "http://127.0.0.1/people?x=1"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login?next=%2Fpeople%3Fx%3D1")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    [(name, cookie)] = SimpleCookie(log_in(client, VIEWER).headers["set-cookie"]).items()
    assert name == COOKIE
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"], cookie["domain"]) == (True, "lax", "/", "")
    assert not cookie["secure"] and not cookie["max-age"] and not cookie["expires"]


def test_the_cookie_of_a_site_behind_https_goes_by_https_alone(ledger: Ledger) -> None:
    client = client_of(guarded(ledger, secure=True))
    [(name, cookie)] = SimpleCookie(log_in(client, VIEWER).headers["set-cookie"]).items()
    assert name == "__Host-according"
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    client.cookies.clear()
    assert client.get("/account", headers={"cookie": f"according={cookie.value}"}).status_code == 303
    assert client.get("/account", headers={"cookie": f"__Host-according={cookie.value}"}).status_code == 200


def test_each_login_begins_a_session_of_its_own(client: TestClient) -> None:
    """A cookie that somebody else put there before is not made his session."""
    client.cookies.set(COOKIE, "chosen by somebody else")
    first = SimpleCookie(log_in(client, VIEWER).headers["set-cookie"])[COOKIE].value
    second = SimpleCookie(log_in(client, VIEWER).headers["set-cookie"])[COOKIE].value
    assert len({first, second, "chosen by somebody else"}) == 3


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(client: TestClient) -> None:
    wrong, unknown = log_in(client, VIEWER, "wrong"), log_in(client, "nobody", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text == unknown.text
    assert "set-cookie" not in wrong.headers and "wrong</" not in wrong.text
    assert "nobody" not in unknown.text and PASSWORD not in unknown.text


def test_a_form_without_a_name_or_password_and_one_of_files_are_refused(client: TestClient) -> None:
    assert client.post("/login").status_code == 401
    assert client.post("/login", files={"password": ("x", b"secret words")}).status_code in (400, 401)
    assert "secret words" not in client.post("/login", files={"password": ("x", b"secret words")}).text


EVIL = [
    "//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "https:/evil.example", "javascript:alert(1)",
    "data:text/html,x", "\\\\evil.example", "/\\evil.example", "/\\/evil.example", "\\/evil.example", "/a\\..\\..\\evil.example",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil", "/\x00/evil", "evil.example", "@evil.example",
    "", "?x", "#x", "/x\r\nset-cookie: a=b", "/%0d%0a\x7f",
]  # fmt: skip


@pytest.mark.parametrize("next", EVIL)
def test_a_login_leads_to_no_other_site(client: TestClient, next: str) -> None:
    assert local_path(next) == "/"
    assert client.get("/login", params={"next": next}).text.count('name="next" value="/"') == 1
    assert log_in(client, VIEWER, next=next).headers["location"] == "/"
    assert client.get("/login", params={"next": next}).headers["location"] == "/"  # for who is in already


@pytest.mark.parametrize("next", ["/", "/people", "/?q=a%20b&place=Homs#x", "/a//b", "/event/e1?x=https://evil.example"])
def test_a_login_leads_to_pages_of_this_site(client: TestClient, next: str) -> None:
    assert log_in(client, VIEWER, next=next).headers["location"] == next


def test_next_is_escaped(client: TestClient) -> None:
    text = client.get("/login", params={"next": '/"><script>alert(1)</script>'}).text
    assert "<script" not in text and 'value="/&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in text


def test_logging_out_ends_the_session_and_not_the_cookie_alone(ledger: Ledger, client: TestClient) -> None:
    log_in(client, VIEWER)
    kept = client.cookies[COOKIE]
    left = client.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert 'according=""' in left.headers["set-cookie"] and COOKIE not in client.cookies
    client.cookies.set(COOKIE, kept)
    assert client.get("/account").status_code == 303
    assert actions(ledger) == ["login", "logout"]


def test_a_link_does_not_log_out(client: TestClient) -> None:
    log_in(client, VIEWER)
    assert client.get("/logout").status_code == 405
    assert client.get("/account").status_code == 200


# Tries.


def test_too_many_tries_at_a_name_are_refused_in_words_also_with_the_right_password(ledger: Ledger, client: TestClient) -> None:
    for _ in range(PER_NAME):
        assert log_in(client, VIEWER, "wrong").status_code == 401
    refused = log_in(client, VIEWER)
    assert refused.status_code == 429
    assert "Too many tries; try again in 10 minutes." in html.unescape(refused.text)
    assert 590 <= int(refused.headers["retry-after"]) <= WINDOW + 1
    assert log_in(client, VIEWER.upper()).status_code == 429
    assert log_in(client, ADMIN).status_code == 303
    assert actions(ledger) == ["login_failed"] * PER_NAME + ["login"]


def test_too_many_tries_at_many_names_are_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.ledger.people.People.log_in", lambda *_: None)
    client = client_of(site)
    answers = [log_in(client, f"name {n}", "wrong").status_code for n in range(PER_ADDRESS + 2)]
    assert answers == [401] * PER_ADDRESS + [429] * 2


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_tries_are_forgotten_after_a_while() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    assert [throttle.wait("a", "1.1.1.1") for _ in range(PER_NAME)] == [0] * PER_NAME
    assert throttle.wait("a", "2.2.2.2") == WINDOW + 1
    clock.now = WINDOW - 1
    assert throttle.wait("A", "2.2.2.2") == 2
    clock.now = WINDOW
    assert throttle.wait("a", "2.2.2.2") == 0


def test_a_right_password_takes_back_its_own_tries_and_not_those_at_other_names() -> None:
    throttle = Throttle(Clock())
    for n in range(PER_ADDRESS - 1):
        throttle.wait(f"name {n}", "1.1.1.1")
    assert throttle.wait("own", "1.1.1.1") == 0
    throttle.forgive("own", "1.1.1.1")
    assert throttle.wait("own", "1.1.1.1") == 0
    assert throttle.wait("own", "1.1.1.1") > 0


def test_one_network_of_ipv6_is_one_address() -> None:
    throttle = Throttle(Clock())
    for n in range(PER_ADDRESS):
        throttle.wait(f"name {n}", f"2001:db8::{n:x}")
    assert throttle.wait("x", "2001:db8::ffff:0:0:1") > 0
    assert throttle.wait("x", "2001:db8:0:1::1") == 0


def test_there_is_room_for_so_many_names_and_no_more() -> None:
    throttle = Throttle(Clock())
    for n in range(30_000):
        throttle.wait(f"name {n}", f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(throttle._tries) == 10_000


# Tokens.


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_token_opens_what_its_user_may(ledger: Ledger, client: TestClient) -> None:
    token = ledger.people.make_token(VIEWER, "x", person="local")
    assert client.get("/account", headers=bearer(token)).status_code == 200
    assert client.get("/account", headers={"authorization": f"bearer  {token} "}).status_code == 200
    assert client.get("/people", headers=bearer(token)).status_code == 403
    assert client.get("/api/v1/claims", headers=bearer(token)).status_code == 200
    ledger.people.revoke_token(VIEWER, "x", person="local")
    assert client.get("/api/v1/claims", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize("told", ["", "Bearer", "Bearer ", "Bearer acc_wrong", "Basic YTpi", "acc_x", "Bearer \x00", "Token x"])
def test_who_sends_a_token_comes_by_it_alone(site: Site, told: str) -> None:
    """A cookie beside it does not count: neither a page that makes a browser send both, nor a wrong token, comes in by the cookie."""
    client = as_(site, Role.ADMIN)
    assert client.get("/people").status_code == 200
    assert client.get("/people", headers={"authorization": told}).status_code == 303
    assert client.get("/api/v1/claims", headers={"authorization": told}).status_code == 401


def test_a_token_with_anothers_cookie_is_its_users(ledger: Ledger, site: Site) -> None:
    client, token = as_(site, Role.ADMIN), ledger.people.make_token(VIEWER, "x", person="local")
    assert client.get("/people", headers=bearer(token)).status_code == 403


def test_a_session_is_no_token_and_a_token_no_session(ledger: Ledger, client: TestClient) -> None:
    log_in(client, VIEWER)
    session, token = client.cookies[COOKIE], ledger.people.make_token(VIEWER, "x", person="local")
    client.cookies.clear()
    assert client.get("/account", headers=bearer(session)).status_code == 303
    assert client.get("/account", headers={"cookie": f"{COOKIE}={token}"}).status_code == 303


@pytest.mark.parametrize("path", ["/account/password", "/account/tokens", "/account/tokens/1/revoke"])
def test_a_token_makes_no_others_and_changes_no_password(ledger: Ledger, client: TestClient, path: str) -> None:
    token = ledger.people.make_token(VIEWER, "x", person="local")
    form = {"current": PASSWORD, "new": "another long password", "again": "another long password", "called": "y"}
    assert client.post(path, data=form, headers=bearer(token)).status_code == 403
    assert actions(ledger) == ["token_made"]


def test_a_post_of_another_site_with_a_token_is_refused_too(ledger: Ledger, client: TestClient) -> None:
    token = ledger.people.make_token(ADMIN, "x", person="local")
    path = f"/people/{number(ledger, Role.VIEWER)}/disable"
    assert client.post(path, headers=bearer(token) | {"sec-fetch-site": "cross-site"}).status_code == 403
    assert not ledger.people.named(VIEWER).disabled
    assert client.post(path, headers=bearer(token)).status_code == 303
    assert ledger.people.named(VIEWER).disabled


def test_who_is_disabled_is_out_at_once(ledger: Ledger, site: Site) -> None:
    client = as_(site, Role.VIEWER)
    assert client.get("/account").status_code == 200
    ledger.people.disable(VIEWER, person="local")
    assert client.get("/account").status_code == 303
    assert log_in(client, VIEWER).status_code == 401


# The account.


def test_an_account_shows_who_one_is(site: Site) -> None:
    text = as_(site, Role.EDITOR).get("/account").text
    assert f"<dd><bdi>{NAMES[Role.EDITOR]}</bdi></dd>" in text and "<dd>editor</dd>" in text
    assert "Log out" in text and 'href="/people"' not in text and 'href="/audit"' not in text


def test_a_token_is_shown_once(ledger: Ledger, site: Site) -> None:
    client = as_(site, Role.REVIEWER)
    shown = client.post("/account/tokens", data={"called": "<b>export</b>", "days": "30"})
    found = re.search(r'value="(acc_[\w-]{43})"', shown.text)
    assert found and (user := ledger.people.by_token(found[1])) and user.name == NAMES[Role.REVIEWER]
    assert shown.headers["cache-control"] == "no-store"
    again = client.get("/account").text
    assert "acc_" not in again and "&lt;b&gt;export&lt;/b&gt;" in again and "<b>export" not in again
    [token] = ledger.people.tokens(NAMES[Role.REVIEWER])
    assert client.post(f"/account/tokens/{token.number}/revoke").headers["location"] == "/account?done=revoked"
    assert "The token was revoked." in client.get("/account?done=revoked").text
    assert ledger.people.by_token(found[1]) is None


@pytest.mark.parametrize(
    "form", [{}, {"called": ""}, {"called": "x", "days": "-1"}, {"called": "x", "days": "²"}, {"called": "x", "days": "9" * 99}]
)
def test_a_token_that_cannot_be_made_is_told_of(site: Site, form: dict[str, str]) -> None:
    answer = as_(site, Role.VIEWER).post("/account/tokens", data=form)
    assert answer.status_code == 400 and 'role="alert"' in answer.text and "acc_" not in answer.text


def test_nobody_revokes_anothers_token(ledger: Ledger, site: Site) -> None:
    ledger.people.make_token(ADMIN, "x", person="local")
    [token] = ledger.people.tokens(ADMIN)
    assert as_(site, Role.VIEWER).post(f"/account/tokens/{token.number}/revoke").status_code == 404
    assert ledger.people.tokens(ADMIN) == [token]


def test_a_new_password_ends_all_other_sessions(site: Site) -> None:
    here, elsewhere = as_(site, Role.VIEWER), as_(site, Role.VIEWER)
    new = "another long password"
    changed = here.post("/account/password", data={"current": PASSWORD, "new": new, "again": new})
    assert changed.headers["location"] == "/account?done=password"
    assert "Your password was changed." in here.get("/account?done=password").text
    assert elsewhere.get("/account").status_code == 303
    assert log_in(elsewhere, VIEWER).status_code == 401
    assert log_in(elsewhere, VIEWER, new).status_code == 303


@pytest.mark.parametrize(
    "form, told",
    [
        ({"current": "wrong", "new": "another long password", "again": "another long password"}, "not your password of now"),
        ({"current": PASSWORD, "new": "another long password", "again": "another"}, "not typed the same twice"),
        ({"current": PASSWORD, "new": "short", "again": "short"}, "12 to 1,024 characters"),
        ({}, "not your password of now"),
    ],
)
def test_a_password_that_cannot_be_changed_is_told_of(ledger: Ledger, site: Site, form: dict[str, str], told: str) -> None:
    client = as_(site, Role.VIEWER)
    answer = client.post("/account/password", data=form)
    assert answer.status_code == 400 and told in answer.text
    assert not [word for word in ("another long", "short", PASSWORD) if word in answer.text]
    assert client.get("/account").status_code == 200
    assert "password" not in actions(ledger)


def test_the_password_of_now_is_not_tried_for_ever(site: Site) -> None:
    client = as_(site, Role.VIEWER)
    answers = [client.post("/account/password", data={"current": "wrong"}).status_code for _ in range(PER_NAME + 1)]
    assert answers == [400] * PER_NAME + [429]


def test_only_what_we_say_is_told_as_done(site: Site) -> None:
    assert "evil" not in as_(site, Role.VIEWER).get("/account?done=evil").text


def test_where_nobody_logs_in_there_is_no_account(ledger: Ledger) -> None:
    client = client_of(Site(ledger))
    assert "Nobody has to log in here" in client.get("/account").text
    assert client.post("/account/tokens", data={"called": "x"}).status_code == 403
    assert client.post("/account/password", data={"current": "", "new": "x" * 12, "again": "x" * 12}).status_code == 403
    assert client.post("/login", data={"name": VIEWER, "password": PASSWORD}).headers["location"] == "/"
    assert actions(ledger) == []


# The people and the audit.


def number(ledger: Ledger, role: Role) -> int:
    return ledger.people.named(NAMES[role]).number


def test_an_admin_sees_everybody_and_changes_them(ledger: Ledger, site: Site) -> None:
    client, n = as_(site, Role.ADMIN), number(ledger, Role.VIEWER)
    text = client.get("/people").text
    assert all(f"<bdi>{name}</bdi>" in text for name in NAMES.values())
    assert client.post(f"/people/{n}/role", data={"role": "editor"}).headers["location"] == "/people"
    assert ledger.people.named(VIEWER).role is Role.EDITOR
    client.post(f"/people/{n}/disable")
    assert ledger.people.named(VIEWER).disabled
    assert f"/people/{n}/enable" in client.get("/people").text
    client.post(f"/people/{n}/enable")
    assert not ledger.people.named(VIEWER).disabled
    told = [(ledger.people.names()[row.person], row.action) for row in ledger.people.audited()][-3:]
    assert told == [(ADMIN, "role"), (ADMIN, "disabled"), (ADMIN, "enabled")]


@pytest.mark.parametrize("doing, form", [("role", {"role": "viewer"}), ("disable", {}), ("enable", {})])
def test_nobody_changes_himself(ledger: Ledger, site: Site, doing: str, form: dict[str, str]) -> None:
    before = ledger.people.named(ADMIN)
    assert as_(site, Role.ADMIN).post(f"/people/{before.number}/{doing}", data=form).status_code == 403
    assert ledger.people.named(ADMIN) == before


@pytest.mark.parametrize("n, status", [("999", 404), ("0", 400), ("-1", 400), ("x", 400), ("9" * 30, 400)])
def test_nobody_of_that_number(site: Site, n: str, status: int) -> None:
    assert as_(site, Role.ADMIN).post(f"/people/{n}/disable").status_code == status


def test_there_are_four_roles(ledger: Ledger, site: Site) -> None:
    assert as_(site, Role.ADMIN).post(f"/people/{number(ledger, Role.VIEWER)}/role", data={"role": "king"}).status_code == 400


def test_names_are_escaped(ledger: Ledger, site: Site) -> None:
    name = '<img src=x onerror="alert(1)">'
    ledger.people.add(name, "viewer", PASSWORD, person="local")
    client = as_(site, Role.ADMIN)
    for path in ("/people", "/audit"):
        assert html.escape(name).replace("&quot;", "&#34;") in client.get(path).text
        assert "<img" not in client.get(path).text
    entered = client_of(site)
    log_in(entered, name)
    assert "<img" not in entered.get("/account").text


def test_who_did_something_by_name_alone_is_told_apart(ledger: Ledger, site: Site) -> None:
    paper = PAPERS["gazette-strike"]
    ledger.decide(paper.claims[0].id, "accept", report=paper.report.id, person="A. Analyst")
    text = as_(site, Role.ADMIN).get("/people").text
    row = text[text.index("<bdi>A. Analyst</bdi>") :].split("</tr>")[0]
    assert "cannot come" in row and "<form" not in row


def test_the_audit_shows_who_did_what(ledger: Ledger, site: Site) -> None:
    paper = PAPERS["gazette-strike"]
    ledger.decide(paper.claims[0].id, "accept", report=paper.report.id, person=NAMES[Role.REVIEWER], note="secret note")
    client = as_(site, Role.ADMIN)
    text = client.get("/audit").text
    assert f"<bdi>{NAMES[Role.REVIEWER]}</bdi>" in text and f"claim {paper.claims[0].id}" in text and "verdict: accept" in text
    assert ledger.people.head().hash in text and "secret note" not in text
    assert text.index("login") < text.index("decided")


def test_the_audit_is_turned_over_page_by_page(ledger: Ledger, site: Site) -> None:
    paper = PAPERS["gazette-strike"]
    for n in range(120):
        ledger.decide(paper.claims[0].id, ("accept", "reject")[n % 2], report=paper.report.id, person="A. Analyst")
    client = as_(site, Role.ADMIN)
    count = ledger.people.head().count
    first = client.get("/audit").text
    assert first.count("<time ") == 100
    older = re.search(r'href="(/audit\?before=\d+)"', first)
    assert older
    assert client.get(older[1]).text.count("<time ") == count - 100
    for wrong in ("x", "0", "-1", "9" * 30):
        assert client.get(f"/audit?before={wrong}").status_code == 400


def test_an_audit_that_was_tampered_with_can_still_be_looked_at(ledger: Ledger, site: Site) -> None:
    client = as_(site, Role.ADMIN)
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET detail = '<b>no JSON'")
    assert "&lt;b&gt;no JSON" in client.get("/audit").text


def test_pages_say_which_they_are(site: Site) -> None:
    client = as_(site, Role.ADMIN)
    for path in ("/people", "/audit"):
        assert f'<a href="{path}" aria-current="page">' in client.get(path).text


@pytest.mark.parametrize("path", ["/login", "/account", "/people", "/audit"])
def test_no_page_has_anything_inline_or_from_elsewhere(site: Site, path: str) -> None:
    text = (client_of(site) if path == "/login" else as_(site, Role.ADMIN)).get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://", text)
    assert text.count("<h1>") == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for field in re.findall(r"<(?:input|select)\b(?![^>]*type=\"hidden\")[^>]*>", text):
        found = re.search(r'\sid="([^"]+)"', field)
        assert found and f'for="{found[1]}"' in text, field


def test_an_application_keeps_its_own_tries(ledger: Ledger) -> None:
    one, other = Site(ledger), Site(ledger)
    assert one.throttle is not other.throttle
    assert application(one).state.site is one
