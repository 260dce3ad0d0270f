"""People: summaries of events for pages, users, sessions, tokens, the audit, second opinions, flags."""

from alembic import op

from according.ledger.migrations import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run(op.get_bind(), revision)
