"""`according user`, `audit`: who may come to a ledger's site, and what everybody did."""

from __future__ import annotations

import sys
from datetime import date

import click

from according.cli_filters import day_option
from according.cli_options import ledger_option, output_option, written
from according.ledger.roles import LOCAL, Role

_ROLE = click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What he may do.")
_BY = click.option("--by", "person", default=LOCAL, show_default=True, metavar="NAME", help="Who does so, for the audit.")
_STDIN = click.option("--password-stdin", "stdin", is_flag=True, help="Read the password from standard input: its first line.")
_FORM = click.option(
    "-f", "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
_name = click.argument("name", metavar="NAME")

EPILOG = """\b
Examples:
  according user add anna --role reviewer
  according user token anna --name "weekly export" --expires 90
  according user list
"""


@click.group(epilog=EPILOG)
def user() -> None:
    """Let people come to a ledger's site, as viewer, reviewer, editor or admin; change that; take it back.

    A viewer reads, a reviewer decides on claims, an editor merges and splits events too, an admin sees the people and the audit.
    """


@user.command(epilog="\b\nExamples:\n  according user add anna --role admin\n  according user add robot --role viewer --no-password")
@_name
@_ROLE
@_STDIN
@click.option("--no-password", is_flag=True, help="He comes by token alone.")
@_BY
@ledger_option
def add(name: str, role: str, stdin: bool, no_password: bool, person: str, ledger: str) -> None:
    """Let somebody come. The password is asked for twice, and not shown."""
    from according.ledger.ledger import Ledger
    from according.ledger.users import checked

    if stdin and no_password:
        raise click.UsageError("--password-stdin and --no-password do not go together.")
    with Ledger(ledger) as opened:
        checked(name)
        made = opened.people.add(name, role, None if no_password else _password(stdin), person=person)
    click.echo(f"according: {made.name} may come as {made.role}; in the audit he is {made.called}.", err=True)


@user.command("list", epilog="\b\nExample:\n  according user list --format jsonl")
@_FORM
@output_option
@ledger_option
def list_(form: str, output: str | None, ledger: str) -> None:
    """Print everybody: role, what he comes by, since when; also those who only did something by name."""
    from according.formats.people import write_users
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, written(output) as out:
        write_users(opened.people.all(), opened.people.tokens(), form, out)


@user.command(epilog="\b\nExample:\n  according user role anna --role editor")
@_name
@_ROLE
@_BY
@ledger_option
def role(name: str, role: str, person: str, ledger: str) -> None:
    """Give somebody another role. It holds from his next request on."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.change_role(name, role, person=person)


@user.command(epilog="\b\nExample:\n  according user password anna")
@_name
@_STDIN
@_BY
@ledger_option
def password(name: str, stdin: bool, person: str, ledger: str) -> None:
    """Give somebody a new password. Wherever he is logged in, he is not any more; his tokens stay."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.named(name)
        opened.people.change_password(name, _password(stdin), person=person)


@user.command(epilog="\b\nExample:\n  according user disable anna")
@_name
@_BY
@ledger_option
def disable(name: str, person: str, ledger: str) -> None:
    """Let somebody come no more: his sessions end at once, his tokens lead nowhere. What he decided stays."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.disable(name, person=person)


@user.command(epilog="\b\nExample:\n  according user enable anna")
@_name
@_BY
@ledger_option
def enable(name: str, person: str, ledger: str) -> None:
    """Let somebody come again, with the password and the tokens that he had."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.enable(name, person=person)


@user.command(epilog='\b\nExample:\n  according user rename anna "reviewer 3"')
@_name
@click.argument("new", metavar="NEW")
@_BY
@ledger_option
def rename(name: str, new: str, person: str, ledger: str) -> None:
    """Give somebody another name wherever his stands, also to take it out of the ledger. The audit, which has no names, still holds."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.rename(name, new, person=person)


@user.command(epilog='\b\nExample:\n  according user token anna --name "weekly export" --expires 90')
@_name
@click.option("--name", "called", required=True, metavar="TEXT", help="What the token is for.")
@click.option("--expires", "days", type=click.IntRange(1, 3660), metavar="DAYS", help="Good for so many days; else until it is revoked.")
@_BY
@ledger_option
def token(name: str, called: str, days: int | None, person: str, ledger: str) -> None:
    """Make a token, by which a program comes as that user, and print it. It is not kept, and never shown again."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        click.echo(opened.people.make_token(name, called, days, person=person))


@user.command(epilog='\b\nExample:\n  according user revoke anna "weekly export"')
@_name
@click.argument("token", metavar="TOKEN")
@_BY
@ledger_option
def revoke(name: str, token: str, person: str, ledger: str) -> None:
    """Revoke a token, told by the name that it was given."""
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        opened.people.revoke_token(name, token, person=person)


@click.group(invoke_without_command=True, epilog="\b\nExamples:\n  according audit --since 2031-05\n  according audit verify")
@day_option("--since", "What was done on this day or later; of a month or year from its first day on. Days are in UTC.", last=False)
@_FORM
@output_option
@ledger_option
@click.pass_context
def audit(context: click.Context, since: date | None, form: str, output: str | None, ledger: str) -> None:
    """Print who did what and when, the newest last: decisions, merges, splits, what was forgotten, users, tokens, logins.

    Rows are only ever added, and each is bound by a hash to all before it.
    """
    if context.invoked_subcommand:
        return
    from according.formats.people import write_audit
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened, written(output) as out:
        write_audit(opened.people.audited(since.isoformat() if since else None), opened.people.names(), form, out)


@audit.command(epilog="\b\nExamples:\n  according audit verify\n  according audit verify --head 5bcd4e03… --count 1204")
@click.option("--head", metavar="HASH", help="The last row's hash, as it was noted before.")
@click.option("--count", type=click.IntRange(0), metavar="N", help="How many rows there were then.")
@ledger_option
def verify(head: str | None, count: int | None, ledger: str) -> None:
    """Walk the chain of the audit, and see that every decision stands in the ledger as it tells.

    Prints how many rows there are and the last one's hash: note them elsewhere, and give them the next time, for an audit that was cut off
    at its end, or written anew from its beginning, looks whole by itself. The exit status is 1 where a row does not follow: it is named.
    """
    from according.ledger.ledger import Ledger

    with Ledger(ledger) as opened:
        walked = opened.people.verified(head, count)
    rows = f"{walked.head.count:,} {'row' if walked.head.count == 1 else 'rows'}, head {walked.head.hash}"
    if walked.broken:
        click.echo(f"{walked.broken.why}.\nUp to there: {rows}.")
        sys.exit(1)
    click.echo(f"The audit holds: {rows}.")


def _password(stdin: bool) -> str:
    if not stdin:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True))
    told = sys.stdin.readline().rstrip("\r\n")
    if not told:
        raise click.UsageError("No password on standard input.")
    return told
