"""The commands that let people come, tell what they did, and refuse to open a site to which nobody could come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from according import cli
from according.errors import BadQuestion, NotInLedger, SetupError
from according.ledger.ledger import Ledger
from according.ledger.roles import Role
from according.web import serving
from according.web.site import Site
from hand_ledger import execute, put
from ledger_of_hand import CLAIMS, REPORT

PASSWORD = "seven grey herons at noon"
According = Callable[..., Result]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "according.db", create=True) as ledger:
        put(ledger, REPORT, CLAIMS)
        yield ledger


@pytest.fixture
def according(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> According:
    monkeypatch.setenv("ACCORDING_LEDGER", str(ledger.where))
    monkeypatch.setenv("COLUMNS", "140")

    def run(*arguments: str, input: str = "") -> Result:
        return CliRunner().invoke(cli.cli, arguments, input=input, catch_exceptions=False)

    return run


def typed(password: str = PASSWORD, again: str | None = None) -> str:
    return f"{password}\n{again or password}\n"


# Users.


def test_a_user_is_added_with_a_password_that_is_asked_for_twice_and_not_shown(according: According, ledger: Ledger) -> None:
    done = according("user", "add", "Anna", "--role", "reviewer", input=typed())
    assert done.exit_code == 0 and done.stdout == ""
    assert "Anna may come as reviewer; in the audit he is user" in done.stderr
    assert PASSWORD not in done.output
    assert ledger.people.log_in("Anna", PASSWORD)


def test_two_passwords_that_differ_are_asked_for_again(according: According, ledger: Ledger) -> None:
    according("user", "add", "Anna", "--role", "admin", input=typed("one long password", "another one") + typed())
    assert ledger.people.log_in("Anna", PASSWORD)


@pytest.mark.parametrize("typed", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\n", f"{PASSWORD}\nmore\n"])
def test_a_password_is_read_from_standard_input(according: According, ledger: Ledger, typed: str) -> None:
    assert according("user", "add", "Anna", "--role", "viewer", "--password-stdin", input=typed).exit_code == 0
    assert ledger.people.log_in("Anna", PASSWORD)
    assert according("user", "password", "Anna", "--password-stdin", input=f" {PASSWORD} \n").exit_code == 0
    assert ledger.people.log_in("Anna", f" {PASSWORD} ")


def test_a_user_who_comes_by_token_alone(according: According, ledger: Ledger) -> None:
    assert according("user", "add", "robot", "--role", "viewer", "--no-password").exit_code == 0
    made = according("user", "token", "robot", "--name", "export", "--expires", "90")
    token = made.stdout.strip()
    assert made.stdout == f"{token}\n" and made.stderr == ""
    found = ledger.people.by_token(token)
    assert found and found.name == "robot"
    assert token not in according("user", "list", "--format", "jsonl").output
    assert according("user", "revoke", "robot", "export").exit_code == 0
    assert ledger.people.by_token(token) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Anna"),
        ("add", "Anna", "--role", "king"),
        ("add", "Anna", "--role", "admin", "--password-stdin", "--no-password"),
        ("add", "Anna", "--role", "admin", "--password-stdin"),
        ("role", "Anna"),
        ("token", "Anna"),
        ("token", "Anna", "--name", "x", "--expires", "0"),
        ("token", "Anna", "--name", "x", "--expires", "3661"),
    ],
)
def test_wrong_use_is_told(according: According, ledger: Ledger, arguments: tuple[str, ...]) -> None:
    assert according("user", *arguments).exit_code == 2
    assert ledger.people.all() == []


def test_what_cannot_be_is_told(according: According) -> None:
    with pytest.raises(BadQuestion):
        according("user", "add", "local", "--role", "admin", input=typed())
    with pytest.raises(BadQuestion):
        according("user", "add", "Anna", "--role", "admin", input=typed("short"))
    for arguments in (
        ("role", "Anna", "--role", "admin"),
        ("password", "Anna"),
        ("disable", "Anna"),
        ("enable", "Anna"),
        ("rename", "Anna", "Bo"),
    ):
        with pytest.raises(NotInLedger):
            according("user", *arguments)


def test_what_a_user_may_is_changed(according: According, ledger: Ledger) -> None:
    ledger.people.add("Anna", "viewer", PASSWORD, person="local")
    according("user", "role", "Anna", "--role", "editor")
    assert ledger.people.named("Anna").role is Role.EDITOR
    according("user", "password", "Anna", input=typed("another long password"))
    assert ledger.people.log_in("Anna", "another long password")
    according("user", "disable", "Anna")
    assert ledger.people.log_in("Anna", "another long password") is None
    according("user", "enable", "Anna", "--by", "Bo")
    assert ledger.people.log_in("Anna", "another long password")
    according("user", "rename", "Anna", "reviewer 3")
    assert ledger.people.named("reviewer 3").role is Role.EDITOR
    names = ledger.people.names()
    assert [names.get(row.person) for row in ledger.people.audited() if row.action == "enabled"] == ["Bo"]


def test_users_are_listed(according: According, ledger: Ledger) -> None:
    ledger.people.add("Ánna Ní Dhúill", "editor", PASSWORD, person="local")
    ledger.people.make_token("Ánna Ní Dhúill", "weekly export", 30, person="local")
    ledger.decide(CLAIMS[0].id, "accept", report=REPORT.id, person="A. Analyst")
    told = according("user", "list").output
    assert "Ánna Ní Dhúill" in told and "password, token weekly export" in told and "a name only" in told
    records = {record["name"]: record for record in map(json.loads, according("user", "list", "-f", "jsonl").output.splitlines())}
    anna = records["Ánna Ní Dhúill"]
    assert (anna["role"], anna["password"], anna["disabled"]) == ("editor", True, None)
    assert [(token["name"], token["good"]) for token in anna["tokens"]] == [("weekly export", True)]
    assert records["A. Analyst"]["role"] is None
    assert "argon2" not in json.dumps(records)


# The audit.


def decided(ledger: Ledger, times: int = 3) -> None:
    for n in range(times):
        ledger.decide(CLAIMS[0].id, ("accept", "reject")[n % 2], report=REPORT.id, person="A. Analyst")


def test_the_audit_is_printed_newest_last(according: According, ledger: Ledger) -> None:
    decided(ledger)
    according("user", "add", "Anna", "--role", "viewer", "--no-password")
    told = according("audit").output
    first = told.splitlines()[1]
    assert first.split()[0] == "1" and "A. Analyst" in first and "decided" in first and f"claim {CLAIMS[0].id}" in first
    assert told.count("decided") == 3 and told.rindex("decided") < told.index("user added")
    assert "Anna (user" in told[told.index("user added") :] and "role viewer" in told


def test_the_audit_as_json_lines_can_be_walked_by_anybody(according: According, ledger: Ledger) -> None:
    import hashlib

    decided(ledger)
    before = "0" * 64
    for record in map(json.loads, according("audit", "--format", "jsonl").output.splitlines()):
        said = [record[name] for name in ("n", "at", "person", "action", "subject", "detail")]
        whole = before + "\n" + json.dumps(said, ensure_ascii=True, separators=(",", ":"))
        assert record["before"] == before and record["hash"] == hashlib.sha256(whole.encode()).hexdigest()
        before = record["hash"]
    assert before == ledger.people.head().hash


def test_the_audit_since_a_day(according: According, ledger: Ledger) -> None:
    decided(ledger)
    execute(ledger, "UPDATE audit SET at = '2001-05-04T06:00:00Z' WHERE n = 1", "UPDATE audit SET at = '2001-06-01T00:00:00Z' WHERE n = 2")

    def since(day: str) -> list[int]:
        return [json.loads(line)["n"] for line in according("audit", "-f", "jsonl", "--since", day).output.splitlines()]

    assert since("2001-05") == [1, 2, 3] and since("2001-05-04") == [1, 2, 3] and since("2001-05-05") == [2, 3] and since("2002") == [3]
    assert according("audit", "--since", "yesterday").exit_code == 2


def test_an_audit_that_holds_is_told_with_its_head(according: According, ledger: Ledger) -> None:
    decided(ledger)
    head = ledger.people.head()
    done = according("audit", "verify")
    assert (done.exit_code, done.output) == (0, f"The audit holds: 3 rows, head {head.hash}.\n")
    assert according("audit", "verify", "--head", head.hash, "--count", "3").exit_code == 0


@pytest.mark.parametrize(
    "statement, told",
    [
        ("UPDATE audit SET person = 'user 9' WHERE n = 2", "row 2 was changed"),
        ("DELETE FROM audit WHERE n = 2", "row 2 is missing"),
        ("UPDATE decisions SET verdict = 'unsure' WHERE n = 3", "row 3 tells of decision 3, which was changed since"),
    ],
)
def test_the_first_row_that_does_not_follow_is_named(according: According, ledger: Ledger, statement: str, told: str) -> None:
    decided(ledger)
    execute(ledger, statement)
    done = according("audit", "verify")
    assert done.exit_code == 1 and done.output.startswith(told)
    assert "Up to there: " in done.output


def test_an_audit_cut_off_is_seen_against_a_note(according: According, ledger: Ledger) -> None:
    decided(ledger)
    head = ledger.people.head()
    execute(ledger, "DELETE FROM audit WHERE n = 3", "DELETE FROM decisions WHERE n = 3")
    assert according("audit", "verify").exit_code == 0
    done = according("audit", "verify", "--head", head.hash, "--count", "3")
    assert done.exit_code == 1 and done.output.startswith("row 3 is missing: 3 rows were noted, and there are 2.")
    assert according("audit", "verify", "--head", head.hash).exit_code == 1


# Serving.


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Site]:
    """The sites that would have been opened."""
    sites: list[Site] = []

    def serve(site: Site, host: str, port: int, **more: Any) -> None:
        sites.append(site)

    monkeypatch.setattr(serving, "serve", serve)
    return sites


ELSEWHERE = [
    ("--host", "0.0.0.0"),
    ("--host", "192.0.2.7"),
    ("--host", "::"),
    ("--name", "claims.example.org"),
    ("--login",),
    ("--secure-cookies",),
    ("--name", "127.0.0.1", "--name", "claims.example.org"),
]


@pytest.mark.parametrize("arguments", ELSEWHERE, ids=" ".join)
def test_a_site_for_others_is_not_opened_while_nobody_can_come(
    according: According, ledger: Ledger, served: list[Site], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SetupError, match="according user add NAME --role admin"):
        according("serve", *arguments)
    ledger.people.add("Anna", "admin", PASSWORD, person="local")
    ledger.people.disable("Anna", person="local")
    with pytest.raises(SetupError):
        according("serve", *arguments)
    assert served == []


@pytest.mark.parametrize("arguments", ELSEWHERE, ids=" ".join)
def test_a_site_for_others_is_guarded(according: According, ledger: Ledger, served: list[Site], arguments: tuple[str, ...]) -> None:
    ledger.people.add("Anna", "admin", PASSWORD, person="local")
    done = according("serve", *arguments)
    [site] = served
    assert site.guarded and site.secure is ("--secure-cookies" in arguments)
    assert ("can be read on their way" in done.stderr) is not (site.secure or arguments == ("--login",))


@pytest.mark.parametrize(
    "arguments", [(), ("--host", "127.0.0.2"), ("--host", "::1"), ("--host", "localhost"), ("--name", "localhost")], ids=" ".join
)
def test_a_site_for_this_machine_alone_asks_nobody_who_he_is(according: According, served: list[Site], arguments: tuple[str, ...]) -> None:
    done = according("serve", *arguments)
    assert [site.guarded for site in served] == [False]
    assert "on their way" not in done.stderr


def test_names_are_told_as_browsers_send_them(according: According, ledger: Ledger, served: list[Site]) -> None:
    ledger.people.add("Anna", "admin", PASSWORD, person="local")
    according("serve", "--host", "2001:DB8::7", "--name", "Claims.Example.org")
    assert {"[2001:db8::7]", "claims.example.org", "127.0.0.1"} <= served[0].hosts
