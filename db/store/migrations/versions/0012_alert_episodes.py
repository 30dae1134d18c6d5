"""Alerts as episodes, with an outbox, storms, clicks, mutes, subscriptions, schedules and heartbeats."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    first = _first_alerts()
    op.drop_table("alerts")
    _alerts()
    _outbox()
    _receipts()
    _storms()
    _people()
    _clock()
    _carry_over(first)


def _seq() -> "sa.Column[int]":
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


def _time(name: str, *, is_needed: bool = False) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_needed)


def _id(name: str, length: int = 64, *, is_needed: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=not is_needed)


def _alerts() -> None:
    op.create_table(
        "alerts",
        _seq(),
        sa.Column("alert_id", sa.String(32), nullable=False, unique=True),
        _id("fingerprint", is_needed=True),
        sa.Column("episode", sa.Integer, nullable=False),
        _id("rule", is_needed=True),
        _id("kind", 16, is_needed=True),
        _id("severity", 16, is_needed=True),
        _id("state", 16, is_needed=True),
        sa.Column("is_muted", sa.Boolean, nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("project", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        _time("first_at", is_needed=True),
        _time("last_at", is_needed=True),
        _id("acknowledged_by"),
        _time("acknowledged_at"),
        _id("assignee"),
        _id("snoozed_by"),
        _time("snoozed_until"),
        _time("resolved_at"),
        sa.Column("resolution", sa.JSON),
        sa.Column("cause", sa.JSON),
        sa.Column("reminders", sa.Integer, nullable=False),
        _time("remind_at"),
        _time("escalate_at"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("fingerprint", "episode", name="alerts_once"),
    )
    op.create_index("alerts_by_state", "alerts", ["state", "seq"])
    op.create_index("alerts_by_time", "alerts", ["last_at"])
    op.create_table(
        "alert_sources",
        sa.Column("source", sa.String(64), primary_key=True),
        _id("rule", is_needed=True),
        _id("alert_id", 32),
        _time("found_at", is_needed=True),
    )
    op.create_index("alert_sources_by_alert", "alert_sources", ["alert_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        _seq(),
        sa.Column("outbox_id", sa.String(32), nullable=False, unique=True),
        sa.Column("dedupe_key", sa.String(255), nullable=False, unique=True),
        _id("kind", 16, is_needed=True),
        _id("alert_id", 32),
        _id("storm_id", 32),
        sa.Column("payload", sa.JSON, nullable=False),
        _id("channel", is_needed=True),
        _id("conversation"),
        _id("depends_on", 32),
        _id("state", 16, is_needed=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        _time("created_at", is_needed=True),
        _time("first_attempt_at"),
        _time("next_at", is_needed=True),
        _id("lease_owner"),
        _time("lease_until"),
        _id("ts"),
        _time("sent_at"),
        _id("error", 128),
        sa.Column("is_repeat", sa.Boolean, nullable=False),
        sa.Column("wanted_version", sa.Integer, nullable=False),
        sa.Column("rendered_version", sa.Integer, nullable=False),
        _time("refresh_at"),
        _time("sweep_at"),
    )
    for name, *columns in (
        ("outbox_by_state", "state", "next_at"),
        ("outbox_by_refresh", "refresh_at"),
        ("outbox_by_sweep", "sweep_at"),
        ("outbox_by_alert", "alert_id"),
        ("outbox_by_storm", "storm_id"),
        ("outbox_by_message", "conversation", "ts"),
        ("outbox_by_created", "channel", "created_at"),
    ):
        op.create_index(name, "outbox", list(columns))
    sending = sa.text("state = 'sending'")
    op.create_index(
        "outbox_one_a_channel", "outbox", ["channel"], unique=True, sqlite_where=sending, postgresql_where=sending
    )


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("outbox_id", sa.String(32), primary_key=True),
        sa.Column("ts", sa.String(64), primary_key=True),
        _id("conversation", is_needed=True),
        _id("via", 16, is_needed=True),
        _time("seen_at", is_needed=True),
    )


def _storms() -> None:
    op.create_table(
        "storms",
        sa.Column("storm_id", sa.String(32), primary_key=True),
        _id("channel", is_needed=True),
        _id("key", 255, is_needed=True),
        _time("opened_at", is_needed=True),
        _time("last_at", is_needed=True),
        _time("closed_at"),
        sa.Column("quiet_s", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("storms_by_channel", "storms", ["channel", "key", "opened_at"])
    op.create_table(
        "storm_members",
        sa.Column("storm_id", sa.String(32), primary_key=True),
        sa.Column("alert_id", sa.String(32), primary_key=True),
    )
    op.create_index("storm_members_by_alert", "storm_members", ["alert_id"])


def _people() -> None:
    op.create_table(
        "alert_clicks",
        _seq(),
        _id("alert_id", 32, is_needed=True),
        _id("action", 32, is_needed=True),
        sa.Column("version", sa.Integer, nullable=False),
        _id("user_id", is_needed=True),
        _time("at", is_needed=True),
        sa.Column("details", sa.JSON, nullable=False),
        sa.UniqueConstraint("alert_id", "action", "version", name="alert_clicks_once"),
    )
    op.create_table(
        "mutes",
        _seq(),
        _id("scope", 16, is_needed=True),
        sa.Column("value", sa.Text, nullable=False),
        _time("until"),
        _id("set_by", is_needed=True),
        _time("set_at", is_needed=True),
        _id("lifted_by"),
        _time("lifted_at"),
    )
    op.create_table(
        "subscriptions",
        _seq(),
        _id("target", is_needed=True),
        _id("key", 255, is_needed=True),
        sa.Column("conditions", sa.JSON, nullable=False),
        _id("set_by", is_needed=True),
        _time("set_at", is_needed=True),
        sa.UniqueConstraint("target", "key", name="subscriptions_once"),
    )
    op.create_table(
        "alert_channels",
        sa.Column("channel", sa.String(64), primary_key=True),
        _id("quiet", 16),
        _id("timezone"),
        _id("digest", 16),
        _id("set_by", is_needed=True),
        _time("set_at", is_needed=True),
    )


def _clock() -> None:
    op.create_table(
        "schedule_runs",
        sa.Column("job_key", sa.String(128), primary_key=True),
        sa.Column("slot", sa.String(32), primary_key=True),
        _time("scheduled_for", is_needed=True),
        _id("outcome", 16, is_needed=True),
        _time("at", is_needed=True),
    )
    op.create_index("schedule_runs_by_time", "schedule_runs", ["job_key", "scheduled_for"])
    op.create_table("heartbeats", sa.Column("name", sa.String(128), primary_key=True), _time("at", is_needed=True))
    op.create_table(
        "hook_events",
        sa.Column("key", sa.String(255), primary_key=True),
        _id("digest", is_needed=True),
        _time("at", is_needed=True),
        _id("alert_id", 32),
    )
    op.create_index("hook_events_by_time", "hook_events", ["at"])


_OLD = sa.table(
    "alerts",
    *map(sa.column, ("fingerprint", "rule", "state", "channel", "ts")),
    sa.column("details", sa.JSON),
    sa.column("found_at", sa.DateTime(timezone=True)),
    sa.column("posted_at", sa.DateTime(timezone=True)),
)
_SOURCES = sa.table(
    "alert_sources",
    *map(sa.column, ("source", "rule", "alert_id")),
    sa.column("found_at", sa.DateTime(timezone=True)),
)
_TIMES = ("first_at", "last_at")
_NEW = sa.table(
    "alerts",
    *map(sa.column, ("alert_id", "fingerprint", "episode", "rule", "kind", "severity", "state", "run_id", "name")),
    *map(sa.column, ("project", "count", "reminders", "version")),
    sa.column("is_muted", sa.Boolean),
    sa.column("details", sa.JSON),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in _TIMES),
)
_BOX = sa.table(
    "outbox",
    *map(sa.column, ("outbox_id", "dedupe_key", "kind", "alert_id", "channel", "conversation", "state", "ts")),
    *map(sa.column, ("attempts", "wanted_version", "rendered_version")),
    sa.column("payload", sa.JSON),
    sa.column("is_repeat", sa.Boolean),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("created_at", "next_at", "sent_at")),
)


_WATERMARKS = sa.table("watermarks", sa.column("rule"), sa.column("since"))


def _first_alerts() -> list[Any]:
    columns = (column for column in _OLD.c)
    return list(op.get_bind().execute(sa.select(*columns)).mappings())


def _carry_over(first: list[Any]) -> None:
    """What stands in Slack stays answerable, and what was never told stays known; what was pending is found anew."""
    newest: dict[str, str] = {}
    for old in first:
        moment = str(dict(old["details"] or {}).get("finished_at") or "")
        newest[old["rule"]] = max(newest.get(old["rule"], ""), moment)
    for rule, moment in newest.items():
        moved = sa.update(_WATERMARKS).where(_WATERMARKS.c.rule == rule, _WATERMARKS.c.since < moment)
        op.get_bind().execute(moved.values(since=moment))
    for old in (each for each in first if each["state"] != "pending"):
        is_told = old["state"] == "posted" and old["ts"]
        alert_id = uuid4().hex if is_told else None
        source = {
            "source": old["fingerprint"],
            "rule": old["rule"],
            "alert_id": alert_id,
            "found_at": _utc(old["found_at"]),
        }
        op.bulk_insert(_SOURCES, [source])
        if is_told:
            op.bulk_insert(_NEW, [_episode(old, alert_id)])
            op.bulk_insert(_BOX, [_message(old, alert_id)])


def _episode(old: Any, alert_id: str | None) -> dict[str, Any]:
    details = dict(old["details"] or {})
    return {
        "alert_id": alert_id,
        "fingerprint": old["fingerprint"],
        "episode": 1,
        "rule": old["rule"],
        "kind": "failed",
        "severity": "high",
        "state": "open",
        "run_id": str(details.get("id") or ""),
        "name": str(details.get("name") or ""),
        "project": str(details.get("project") or ""),
        "count": 1,
        "reminders": 0,
        "version": 1,
        "is_muted": False,
        "details": details,
        "first_at": _utc(old["found_at"]),
        "last_at": _utc(old["found_at"]),
    }


def _message(old: Any, alert_id: str | None) -> dict[str, Any]:
    at = _utc(old["posted_at"] or old["found_at"])
    return {
        "outbox_id": uuid4().hex,
        "dedupe_key": f"{alert_id}:root:{old['channel']}",
        "kind": "root",
        "alert_id": alert_id,
        "channel": old["channel"],
        "conversation": old["channel"],
        "state": "sent",
        "ts": old["ts"],
        "attempts": 1,
        "wanted_version": 1,
        "rendered_version": 1,
        "payload": {},
        "is_repeat": False,
        "created_at": at,
        "next_at": at,
        "sent_at": at,
    }


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
