"""The first schema: reports, claims and all that hangs on them."""

from alembic import op

from according.ledger.migrations import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    run(op.get_bind(), revision)
