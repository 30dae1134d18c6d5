"""Which of the bots that serve on one store has a turn."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("turns", sa.Column("replica", sa.Integer))
