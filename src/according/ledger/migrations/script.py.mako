"""${message}"""

from alembic import op

from according.ledger.migrations import run

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    run(op.get_bind(), revision)
