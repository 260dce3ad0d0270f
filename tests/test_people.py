"""Who may come to a ledger: users, passwords, sessions and tokens, of which nothing is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.errors import BadQuestion, LedgerError, NotInLedger
from according.ledger import credentials
from according.ledger.ledger import Ledger
from according.ledger.moments import stamp
from according.ledger.people import People
from according.ledger.roles import Role
from according.ledger.schema import metadata, users
from according.ledger.schema import sessions as session_table
from according.ledger.schema import tokens as token_table
from according.ledger.sessions import Session
from according.ledger.tokens import Token
from according.ledger.users import User
from hand_ledger import put
from ledger_of_hand import CLAIMS, REPORT

PASSWORD = "seven grey herons at noon"
BY = "local"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url, create=True) as ledger:
        yield ledger


@pytest.fixture
def people(ledger: Ledger) -> People:
    """One user, Anna, a reviewer."""
    ledger.people.add("Anna", "reviewer", PASSWORD, person=BY)
    return ledger.people


def after(**time: float) -> str:
    return stamp(datetime.now(UTC) + timedelta(**time))


def everything(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        return repr([row for table in metadata.sorted_tables for row in connection.execute(sa.select(table))])


# Users.


def test_a_user_is_what_he_was_made(people: People) -> None:
    anna = people.named("Anna")
    assert (anna.name, anna.role, anna.disabled, anna.has_password, anna.has_token) == ("Anna", Role.REVIEWER, None, True, False)
    assert people.numbered(anna.number) == anna and anna in people.all()
    assert anna.called == f"user {anna.number}"


def test_who_is_nobody_is_told_so(people: People) -> None:
    for asking in (
        lambda: people.named("Bo"),
        lambda: people.numbered(99),
        lambda: people.change_role("Bo", "admin", person=BY),
        lambda: people.change_password("Bo", PASSWORD, person=BY),
        lambda: people.disable("Bo", person=BY),
        lambda: people.enable("Bo", person=BY),
        lambda: people.rename("Bo", "Cem", person=BY),
        lambda: people.tokens("Bo"),
        lambda: people.make_token("Bo", "x", person=BY),
        lambda: people.revoke_token("Bo", "x", person=BY),
        lambda: people.revoke_token("Anna", "x", person=BY),
    ):
        with pytest.raises(NotInLedger):
            asking()


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " Anna",
        "Bo ",
        "Bo  Li",
        "a\nb",
        "a\tb",
        "Bo\u202eil",
        "a\x00b",
        "Bo\u200b",
        "x" * 65,
        "local",
        "LOCAL",
        "user 7",
        "User 7",
        "\ud800",
    ],
)
def test_a_name_that_cannot_be_told_from_others_is_refused(people: People, name: str) -> None:
    for doing in (lambda: people.add(name, "viewer", None, person=BY), lambda: people.rename("Anna", name, person=BY)):
        with pytest.raises(BadQuestion):
            doing()
    assert people.named("Anna")


@pytest.mark.parametrize("name", ["Anna", "anna", "ANNA"])
def test_a_name_that_is_taken_is_refused(people: People, name: str) -> None:
    with pytest.raises(BadQuestion):
        people.add(name, "admin", None, person=BY)
    people.add("Bo", "viewer", None, person=BY)
    with pytest.raises(BadQuestion):
        people.rename("Bo", name, person=BY)


def test_one_name_written_in_two_ways_is_one_user(people: People) -> None:
    people.add("Zoe\u0301", "viewer", PASSWORD, person=BY)
    assert people.named("Zo\u00e9") == people.named("Zoe\u0301")
    assert people.log_in("Zoe\u0301", PASSWORD)


def test_whoever_did_something_by_name_stands_among_the_people_and_cannot_come(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(CLAIMS[0].id, "accept", report=REPORT.id, person="A. Analyst")
    analyst = ledger.people.named("A. Analyst")
    assert analyst.only_named and analyst.disabled
    assert not ledger.people.anybody()
    assert ledger.people.log_in("A. Analyst", "") is None
    with pytest.raises(BadQuestion):
        ledger.people.make_token("A. Analyst", "x", person=BY)


def test_he_is_taken_for_the_same_when_he_is_let_in(ledger: Ledger) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(CLAIMS[0].id, "accept", report=REPORT.id, person="A. Analyst")
    before = ledger.people.named("A. Analyst")
    made = ledger.people.add("A. Analyst", "editor", PASSWORD, person=BY)
    assert (made.number, made.role, made.only_named) == (before.number, Role.EDITOR, False)
    assert ledger.people.log_in("A. Analyst", PASSWORD)


def test_somebody_can_come_by_password_or_by_a_good_token_and_not_while_disabled(ledger: Ledger) -> None:
    people = ledger.people
    assert not people.anybody()
    people.add("robot", "viewer", None, person=BY)
    assert not people.anybody()
    people.make_token("robot", "export", person=BY)
    assert people.anybody()
    people.revoke_token("robot", "export", person=BY)
    assert not people.anybody()
    people.add("Anna", "admin", PASSWORD, person=BY)
    assert people.anybody()
    people.disable("Anna", person=BY)
    assert not people.anybody()


def test_a_role_holds_at_once(people: People) -> None:
    session = people.log_in("Anna", PASSWORD)
    assert session
    people.change_role("Anna", "viewer", person=BY)
    found = people.by_session(session)
    assert found and found.role is Role.VIEWER


def test_a_new_name_stands_wherever_the_old_one_did(ledger: Ledger, people: People) -> None:
    put(ledger, REPORT, CLAIMS)
    ledger.decide(CLAIMS[0].id, "accept", report=REPORT.id, person="Anna")
    session = people.log_in("Anna", PASSWORD)
    people.rename("Anna", "reviewer 3", person="Anna")
    assert "Anna" not in everything(ledger)
    assert [d.person for d in ledger.decisions(REPORT.id)] == ["reviewer 3"]
    assert session and (user := people.by_session(session)) and user.name == "reviewer 3"
    people.rename("reviewer 3", people.named("reviewer 3").called, person=BY)  # as the audit calls him, if one will


# Passwords.


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 1025])
def test_a_password_too_short_or_too_long_is_refused_without_being_told(people: People, password: str) -> None:
    for doing in (
        lambda: people.add("Bo", "viewer", password, person=BY),
        lambda: people.change_password("Anna", password, person=BY),
    ):
        with pytest.raises(BadQuestion) as refused:
            doing()
        assert not password or password not in str(refused.value)


@pytest.mark.parametrize("password", ["x" * 12, "x" * 1024, "\0" * 12, "𐤀" * 12, "a b c d e f g h", "\ud800" * 12])
def test_passwords_of_any_signs_hold(people: People, password: str) -> None:
    people.change_password("Anna", password, person=BY)
    assert people.log_in("Anna", password)
    assert people.log_in("Anna", password[:-1]) is None
    assert people.log_in("Anna", password + "x") is None


def test_what_another_keyboard_writes_is_the_same_password(people: People) -> None:
    people.change_password("Anna", "Ångström café", person=BY)
    assert people.log_in("Anna", "A\u030angstro\u0308m cafe\u0301")


@pytest.mark.parametrize(
    "name, password", [("Anna", "wrong"), ("Anna", ""), ("Bo", PASSWORD), ("", ""), ("anna", PASSWORD), ("Anna", "x" * 9999)]
)
def test_name_and_password_that_do_not_belong_together_open_nothing(people: People, name: str, password: str) -> None:
    assert people.log_in(name, password) is None
    assert not people.fits(name, password)


def test_passwords_are_kept_by_argon2id(ledger: Ledger, people: People) -> None:
    with ledger.reading() as connection:
        [kept] = connection.execute(sa.select(users.c.password).where(users.c.password.is_not(None))).scalars()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_unknown_name_costs_as_much_as_a_wrong_password(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        tried.append(kept.rsplit("$", 2)[0])
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    people.add("robot", "viewer", None, person=BY)
    people.add("gone", "viewer", PASSWORD, person=BY)
    people.disable("gone", person=BY)
    for name in ("Anna", "nobody", "robot", "gone"):
        assert people.log_in(name, "wrong password") is None
    assert tried == ["$argon2id$v=19$m=65536,t=3,p=4"] * 4


def test_a_password_kept_by_older_parameters_is_kept_anew_at_the_next_login(ledger: Ledger, people: People) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with ledger.writing() as connection:
        connection.execute(sa.update(users).where(users.c.name == "Anna").values(password=weak))
    session = people.log_in("Anna", PASSWORD)
    with ledger.reading() as connection:
        kept = connection.execute(sa.select(users.c.password).where(users.c.name == "Anna")).scalar_one()
    assert kept != weak and not credentials.stale(kept)
    assert session and people.by_session(session)
    assert people.log_in("Anna", PASSWORD)


def test_what_is_kept_in_the_place_of_a_password_and_is_none_opens_nothing(ledger: Ledger, people: People) -> None:
    for kept in ("", "x", PASSWORD, "$argon2id$v=19$m=65536,t=3,p=4$x$y"):
        with ledger.writing() as connection:
            connection.execute(sa.update(users).where(users.c.name == "Anna").values(password=kept))
        assert people.log_in("Anna", PASSWORD) is None
        assert people.log_in("Anna", kept) is None


def test_who_is_disabled_while_he_logs_in_does_not_come_in(ledger: Ledger, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    fits = credentials.fits

    def meanwhile(password: str, kept: str | None) -> bool:
        fitted = fits(password, kept)
        people.disable("Anna", person=BY)
        return fitted

    monkeypatch.setattr(credentials, "fits", meanwhile)
    assert people.log_in("Anna", PASSWORD) is None


# Sessions.


def expiry(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        return str(connection.execute(sa.select(session_table.c.expires)).scalar_one())


def change_session(ledger: Ledger, **values: str) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.update(session_table).values(**values))


def test_a_session_is_whose_it_is_and_nobody_elses(people: People) -> None:
    one, other = people.log_in("Anna", PASSWORD), people.log_in("Anna", PASSWORD)
    assert one and other and one != other
    found = people.by_session(one)
    assert found and found.name == "Anna"
    for wrong in ("", one[:-1], one + "x", one.swapcase(), credentials.digest(one), "\ud800"):
        assert people.by_session(wrong) is None
    people.log_out(one)
    assert people.by_session(one) is None and people.by_session(other)


def test_a_session_ends_twelve_hours_after_it_was_last_used(ledger: Ledger, people: People) -> None:
    session = people.log_in("Anna", PASSWORD)
    assert session
    assert after(hours=11.9) < expiry(ledger) < after(hours=12.1)
    change_session(ledger, expires=after(seconds=-1))
    assert people.by_session(session) is None
    people.log_in("Anna", PASSWORD)
    assert expiry(ledger) > after(hours=11)  # the one that ended has left the table


def test_use_is_noted_every_ten_minutes_at_most(ledger: Ledger, people: People) -> None:
    session = people.log_in("Anna", PASSWORD)
    assert session
    change_session(ledger, expires=(still := after(hours=11, minutes=52)))
    assert people.by_session(session) and expiry(ledger) == still
    change_session(ledger, expires=after(hours=11, minutes=48))
    assert people.by_session(session) and expiry(ledger) > after(hours=11, minutes=59)


def test_a_session_that_is_always_used_ends_a_week_after_the_login(ledger: Ledger, people: People) -> None:
    session = people.log_in("Anna", PASSWORD)
    assert session
    change_session(ledger, created=after(days=-6, hours=-20), expires=after(hours=2))
    assert people.by_session(session)
    assert after(hours=3.9) < expiry(ledger) < after(hours=4.1)
    at = expiry(ledger)
    assert people.by_session(session) and expiry(ledger) == at


@pytest.mark.parametrize("doing", ["disable", "password"])
def test_all_sessions_end_when_the_user_is_disabled_or_has_a_new_password(people: People, doing: str) -> None:
    mine = [people.log_in("Anna", PASSWORD) for _ in range(2)]
    people.add("Bo", "viewer", PASSWORD, person=BY)
    other = people.log_in("Bo", PASSWORD)
    if doing == "disable":
        people.disable("Anna", person=BY)
        people.enable("Anna", person=BY)
    else:
        people.change_password("Anna", PASSWORD + "!", person="Anna")
    assert [people.by_session(session) for session in mine if session] == [None, None]
    assert other and people.by_session(other)


def test_who_reads_does_not_wait_for_who_writes(ledger: Ledger, people: People) -> None:
    """Noting that a session and a token are used is left for another time where somebody is writing."""
    session, token = people.log_in("Anna", PASSWORD), people.make_token("Anna", "x", person=BY)
    assert session
    change_session(ledger, expires=(at := after(hours=3)))
    writing, done = Event(), Event()

    def write() -> None:
        with ledger.writing():
            writing.set()
            done.wait(30)

    other = Thread(target=write)
    other.start()
    writing.wait(30)
    try:
        assert people.by_session(session) and people.by_token(token)
        with pytest.raises(LedgerError), ledger.writing(patience=0.05):
            pass
    finally:
        done.set()
        other.join()
    assert expiry(ledger) == at and people.tokens("Anna")[0].used is None
    assert people.by_session(session) and expiry(ledger) > at
    with ledger.writing():  # and whoever writes afterwards has all the patience there is
        pass


# Tokens.


def change_token(ledger: Ledger, **values: str | None) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.update(token_table).values(**values))


def test_a_token_is_its_users_until_it_is_revoked(people: People) -> None:
    token = people.make_token("Anna", "weekly export", person=BY)
    assert token.startswith("acc_") and len(token) == 4 + 43
    found = people.by_token(token)
    assert found and (found.name, found.role) == ("Anna", Role.REVIEWER)
    for wrong in ("", "acc_", token[:-1], token + "x", token[4:], token.swapcase(), credentials.digest(token), "acc_\ud800"):
        assert people.by_token(wrong) is None
    people.revoke_token("Anna", "weekly export", person=BY)
    assert people.by_token(token) is None
    [kept] = people.tokens("Anna")
    assert kept.revoked and not kept.good


def test_a_token_is_good_for_so_many_days(ledger: Ledger, people: People) -> None:
    token = people.make_token("Anna", "x", 90, person=BY)
    [kept] = people.tokens("Anna")
    assert kept.expires and after(days=89.9) < kept.expires < after(days=90.1)
    change_token(ledger, expires=after(seconds=-1))
    assert people.by_token(token) is None
    assert people.make_token("Anna", "x", 1, person=BY)  # its name is free again


@pytest.mark.parametrize("name, days", [("", 1), (" ", 1), ("x" * 65, 1), ("a\x00", 1), ("a\u202eb", 1), ("x", 0), ("x", -1), ("x", 3_661)])
def test_a_token_that_cannot_be_is_refused(people: People, name: str, days: int) -> None:
    with pytest.raises(BadQuestion):
        people.make_token("Anna", name, days, person=BY)


def test_two_good_tokens_of_a_user_have_two_names(people: People) -> None:
    people.make_token("Anna", "x", person=BY)
    people.add("Bo", "viewer", None, person=BY)
    assert people.make_token("Bo", "x", person=BY)
    with pytest.raises(BadQuestion):
        people.make_token("Anna", "x", person=BY)
    people.revoke_token("Anna", people.tokens("Anna")[0].number, person=BY)
    assert people.make_token("Anna", "x", person=BY)


def test_nobody_revokes_anothers_token(people: People) -> None:
    people.make_token("Anna", "x", person=BY)
    people.add("Bo", "viewer", None, person=BY)
    with pytest.raises(NotInLedger):
        people.revoke_token("Bo", people.tokens("Anna")[0].number, person="Bo")


def test_the_tokens_of_who_is_disabled_lead_nowhere_until_he_is_enabled(people: People) -> None:
    token = people.make_token("Anna", "x", person=BY)
    people.disable("Anna", person=BY)
    assert people.by_token(token) is None
    with pytest.raises(BadQuestion):
        people.make_token("Anna", "y", person=BY)
    people.enable("Anna", person=BY)
    assert people.by_token(token)


def test_it_is_noted_once_a_minute_that_a_token_is_used(ledger: Ledger, people: People) -> None:
    token = people.make_token("Anna", "x", person=BY)
    people.by_token(token)
    assert (first := people.tokens("Anna")[0].used)
    change_token(ledger, used=(still := after(seconds=-50)))
    people.by_token(token)
    assert people.tokens("Anna")[0].used == still
    change_token(ledger, used=after(seconds=-61))
    people.by_token(token)
    assert (people.tokens("Anna")[0].used or "") >= first


# Secrets.


def test_no_secret_is_kept_as_it_is(ledger: Ledger, people: People) -> None:
    session, token = people.log_in("Anna", PASSWORD), people.make_token("Anna", "x", person=BY)
    kept = everything(ledger)
    for secret in (PASSWORD, str(session), token, token.removeprefix("acc_")):
        assert secret not in kept


def test_no_hash_of_a_secret_is_told(people: People) -> None:
    people.make_token("Anna", "x", person=BY)
    people.log_in("Anna", PASSWORD)
    told = repr((people.all(), people.tokens(), people.named("Anna"), list(people.audited())))
    assert "argon2" not in told and credentials.PREFIX not in told
    assert not {"password", "hash"} & {field.name for kind in (User, Token, Session) for field in fields(kind)}


def test_an_error_of_the_database_tells_no_values(ledger: Ledger) -> None:
    row = {"name": "Anna", "role": "king", "password": "$argon2id$secret", "created": after()}
    with pytest.raises(LedgerError) as failed, ledger.writing() as connection:
        connection.execute(sa.insert(users).values(row))
    assert "secret" not in str(failed.value)
    assert "SQL parameters hidden" in str(failed.value.__cause__)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=12, max_size=40), st.text(max_size=40))
def test_only_the_password_fits(password: str, other: str) -> None:
    kept = credentials.kept_password("x" * 12 + password)
    assert credentials.fits("x" * 12 + password, kept)
    if credentials._normal(other) != credentials._normal("x" * 12 + password):
        assert not credentials.fits(other, kept)
    assert not credentials.fits("x" * 12 + password, None)
