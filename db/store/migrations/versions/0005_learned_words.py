"""Words that were not understood, what was decided of them, and how each turn was read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "explanations",
        sa.Column("turn_id", sa.String(64), sa.ForeignKey("turns.turn_id"), primary_key=True),
        sa.Column("explanation", sa.JSON, nullable=False),
    )
    op.create_index("turns_by_asker", "turns", ["team", "channel", "user_id", "seq"])
    op.create_table(
        "unplaced",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("turn_id", sa.String(64), nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("word", sa.String(128), nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("unplaced_by_word", "unplaced", ["team", "word", "seq"])
    op.create_index("unplaced_by_turn", "unplaced", ["turn_id"])
    op.create_index("unplaced_by_time", "unplaced", ["at"])
    op.create_table(
        "synonyms",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("word", sa.String(128), nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("column_name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("synonyms_by_word", "synonyms", ["word", "seq"])
