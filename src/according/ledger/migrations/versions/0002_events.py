"""Events: which claims speak of one happening, and what people decided of that. All reports wait to be grouped."""

from alembic import op

from according.ledger.migrations import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run(op.get_bind(), revision)
