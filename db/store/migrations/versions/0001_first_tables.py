"""Claims, turns, usage."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("claims_by_time", "claims", ["claimed_at"])
    _create_turns()
    op.create_table(
        "usage",
        sa.Column("turn_id", sa.String(64), sa.ForeignKey("turns.turn_id"), primary_key=True),
        sa.Column("model", sa.String(128), primary_key=True),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completions", sa.Integer, nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger, nullable=False),
        sa.Column("cached_tokens", sa.BigInteger, nullable=False),
        sa.Column("completion_tokens", sa.BigInteger, nullable=False),
        sa.Column("cost_usd", sa.BigInteger),
    )
    op.create_index("usage_by_time", "usage", ["spent_at"])


def _create_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("turn_id", sa.String(64), nullable=False, unique=True),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("thread_ts", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("source_ts", sa.String(64)),
        sa.Column("reply_ts", sa.JSON, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("queries", sa.JSON, nullable=False),
        sa.Column("result", sa.JSON),
        sa.Column("focus", sa.JSON, nullable=False),
        sa.Column("frame", sa.JSON),
        sa.Column("engine", sa.String(16)),
        sa.Column("error", sa.String(64)),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
    )
    op.create_index("turns_by_thread", "turns", ["team", "channel", "thread_ts", "seq"])
    op.create_index("turns_by_source", "turns", ["team", "channel", "source_ts"])
    op.create_index("turns_by_status", "turns", ["status"])
