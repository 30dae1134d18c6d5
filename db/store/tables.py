"""The store's tables as SQLAlchemy knows them; the migrations create them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

PICO: Final = Decimal(10) ** 12
"""Costs are whole pico-dollars: prices of a millionth of a dollar per million tokens add up exactly."""


class Utc(TypeDecorator[datetime]):
    """An aware datetime, in UTC on the way in and out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that people and models wrote: half a character (a lone surrogate) in it is replaced, not refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return value.encode(errors="replace").decode() if value else value


class Usd(TypeDecorator[Decimal]):
    """Dollars, kept as whole pico-dollars so that sums stay exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _: Dialect) -> int | None:
        return None if value is None else int((value * PICO).to_integral_value())

    def process_result_value(self, value: int | None, _: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / PICO


metadata: Final = MetaData()

claims: Final = Table(
    "claims",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("claimed_at", Utc, nullable=False),
    Index("claims_by_time", "claimed_at"),
)

turns: Final = Table(
    "turns",
    metadata,
    # The order in which turns were asked; their times may be equal where the clock is set, as in an evaluation.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("turn_id", String(64), nullable=False, unique=True),
    Column("team", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("thread_ts", String(64), nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("source_ts", String(64)),
    Column("reply_ts", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("question", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("queries", JSON, nullable=False),
    Column("result", JSON(none_as_null=True)),
    Column("focus", JSON, nullable=False),
    Column("frame", JSON(none_as_null=True)),
    Column("engine", String(16)),
    Column("error", String(64)),
    Column("asked_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("prompt_version", String(32)),
    Column("replica", Integer),
    Index("turns_by_thread", "team", "channel", "thread_ts", "seq"),
    Index("turns_by_source", "team", "channel", "source_ts"),
    Index("turns_by_status", "status"),
    Index("turns_by_asker", "team", "channel", "user_id", "seq"),
    Index("turns_by_person", "team", "user_id", "seq"),
)

usage: Final = Table(
    "usage",
    metadata,
    Column("turn_id", String(64), ForeignKey("turns.turn_id"), primary_key=True),
    Column("model", String(128), primary_key=True),
    Column("user_id", String(64), nullable=False),
    Column("spent_at", Utc, nullable=False),
    Column("completions", Integer, nullable=False),
    Column("prompt_tokens", BigInteger, nullable=False),
    Column("cached_tokens", BigInteger, nullable=False),
    Column("completion_tokens", BigInteger, nullable=False),
    Column("cost_usd", Usd),
    Index("usage_by_time", "spent_at"),
)

feedback: Final = Table(
    "feedback",
    metadata,
    Column("turn_id", String(64), ForeignKey("turns.turn_id"), primary_key=True),
    Column("user_id", String(64), primary_key=True),
    Column("rating", String(8), nullable=False),
    Column("reason", String(32)),
    Column("expected", Words),
    Column("rated_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("understanding", Integer),
    Column("source", String(16), nullable=False, server_default="button"),
    Index("feedback_by_time", "updated_at"),
)

replies: Final = Table(
    "replies",
    metadata,
    Column("team", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("ts", String(64), primary_key=True),
    Column("turn_id", String(64), ForeignKey("turns.turn_id"), nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    # No foreign key: what was tried is kept, whatever becomes of the turn.
    Column("turn_id", String(64), nullable=False),
    Column("team", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("thread_ts", String(64), nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Column("engine", String(16), nullable=False),
    Column("sql", Words, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("rule", String(32)),
    Column("rows", Integer, nullable=False),
    Column("ms", Integer, nullable=False),
    Column("roles", JSON, nullable=False, server_default="[]"),
    Index("audit_by_verdict", "team", "verdict", "seq"),
    Index("audit_by_time", "at"),
)

explanations: Final = Table(
    "explanations",
    metadata,
    # Beside the turns, which are read fifty at a time for memory, without them.
    Column("turn_id", String(64), ForeignKey("turns.turn_id"), primary_key=True),
    Column("explanation", JSON, nullable=False),
)

unplaced: Final = Table(
    "unplaced",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("turn_id", String(64), nullable=False),
    Column("team", String(64), nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("word", String(128), nullable=False),
    Column("surface", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    Index("unplaced_by_word", "team", "word", "seq"),
    Index("unplaced_by_turn", "turn_id"),
    Index("unplaced_by_time", "at"),
)

synonyms: Final = Table(
    "synonyms",
    metadata,
    # One row a decision, none is ever changed: of a word's rows the newest one holds.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("word", String(128), nullable=False),
    Column("surface", Words, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("table_name", Words, nullable=False),
    Column("column_name", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("team", String(64), nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Index("synonyms_by_word", "word", "seq"),
)

links: Final = Table(
    "links",
    metadata,
    Column("team", String(64), primary_key=True),
    Column("user_id", String(64), primary_key=True),
    Column("email", String(254), nullable=False),
    Column("linked_at", Utc, nullable=False),
)

examples: Final = Table(
    "examples",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("turn_id", String(64), nullable=False, unique=True),
    Column("question", Words, nullable=False),
    Column("sql", Words, nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("at", Utc, nullable=False),
)

preferences: Final = Table(
    "preferences",
    metadata,
    Column("team", String(64), primary_key=True),
    # A person's id, or a channel's.
    Column("subject", String(64), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("value", String(32), nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Utc, nullable=False),
)

watermarks: Final = Table(
    "watermarks",
    metadata,
    Column("rule", String(64), primary_key=True),
    Column("since", Words, nullable=False),
    Column("began_at", Utc, nullable=False),
)
