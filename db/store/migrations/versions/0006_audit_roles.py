"""Which roles of the policy somebody had who tried a query."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("audit", sa.Column("roles", sa.JSON, nullable=False, server_default="[]"))
