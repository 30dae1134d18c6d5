"""What feedback says beside the thumb, which message is which turn's, and the questions that serve as examples."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("feedback", sa.Column("understanding", sa.Integer))
    op.add_column("feedback", sa.Column("source", sa.String(16), nullable=False, server_default="button"))
    op.create_index("feedback_by_time", "feedback", ["updated_at"])
    op.add_column("turns", sa.Column("prompt_version", sa.String(32)))
    op.create_table(
        "replies",
        sa.Column("team", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("ts", sa.String(64), primary_key=True),
        sa.Column("turn_id", sa.String(64), sa.ForeignKey("turns.turn_id"), nullable=False),
    )
    op.create_table(
        "examples",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("turn_id", sa.String(64), nullable=False, unique=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("sql", sa.Text, nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
