"""The tables of alerts: what failed, what was sent of it, what people did with it."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from db.store.tables import Utc, Words, metadata


def _seq() -> "Column[int]":
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


alerts: Final = Table(
    "alerts",
    metadata,
    _seq(),
    Column("alert_id", String(32), nullable=False, unique=True),
    # What has failed (rule and group), and the how manieth time that it was well in between.
    Column("fingerprint", String(64), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("is_muted", Boolean, nullable=False),
    Column("run_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("project", Words, nullable=False),
    Column("details", JSON, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("acknowledged_by", String(64)),
    Column("acknowledged_at", Utc),
    Column("assignee", String(64)),
    Column("snoozed_by", String(64)),
    Column("snoozed_until", Utc),
    Column("resolved_at", Utc),
    Column("resolution", JSON(none_as_null=True)),
    Column("cause", JSON(none_as_null=True)),
    Column("reminders", Integer, nullable=False),
    Column("remind_at", Utc),
    Column("escalate_at", Utc),
    # Rises with every change that a message shows.
    Column("version", Integer, nullable=False),
    UniqueConstraint("fingerprint", "episode", name="alerts_once"),
    Index("alerts_by_state", "state", "seq"),
    Index("alerts_by_time", "last_at"),
)

alert_sources: Final = Table(
    "alert_sources",
    metadata,
    # One row of the catalogue, counted once however often it is found: rule, id and moment.
    Column("source", String(64), primary_key=True),
    Column("rule", String(64), nullable=False),
    # NULL: it was there before the rule's first tick.
    Column("alert_id", String(32)),
    Column("found_at", Utc, nullable=False),
    Index("alert_sources_by_alert", "alert_id"),
)

outbox: Final = Table(
    "outbox",
    metadata,
    _seq(),
    Column("outbox_id", String(32), nullable=False, unique=True),
    Column("dedupe_key", String(255), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("alert_id", String(32)),
    Column("storm_id", String(32)),
    Column("payload", JSON, nullable=False),
    # A channel's id, or a person's: `conversation` is then the direct channel that was opened.
    Column("channel", String(64), nullable=False),
    Column("conversation", String(64)),
    # The outbox_id of the message in whose thread it goes.
    Column("depends_on", String(32)),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("first_attempt_at", Utc),
    Column("next_at", Utc, nullable=False),
    Column("lease_owner", String(64)),
    Column("lease_until", Utc),
    Column("ts", String(64)),
    Column("sent_at", Utc),
    Column("error", String(128)),
    Column("is_repeat", Boolean, nullable=False),
    # What the message should show, and what it shows.
    Column("wanted_version", Integer, nullable=False),
    Column("rendered_version", Integer, nullable=False),
    Column("refresh_at", Utc),
    # When the second copies of it are looked for.
    Column("sweep_at", Utc),
    Index("outbox_by_state", "state", "next_at"),
    Index("outbox_by_refresh", "refresh_at"),
    Index("outbox_by_sweep", "sweep_at"),
    Index("outbox_by_alert", "alert_id"),
    Index("outbox_by_storm", "storm_id"),
    Index("outbox_by_message", "conversation", "ts"),
    Index("outbox_by_created", "channel", "created_at"),
    Index(
        "outbox_one_a_channel",
        "channel",
        unique=True,
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
)

receipts: Final = Table(
    "receipts",
    metadata,
    Column("outbox_id", String(32), primary_key=True),
    Column("ts", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("via", String(16), nullable=False),
    Column("seen_at", Utc, nullable=False),
)

storms: Final = Table(
    "storms",
    metadata,
    Column("storm_id", String(32), primary_key=True),
    Column("channel", String(64), nullable=False),
    # Of which group of alerts: the rule and the values it is told by.
    Column("key", String(255), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    # NULL while it takes in more.
    Column("closed_at", Utc),
    # After so long without another one it takes in no more.
    Column("quiet_s", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Index("storms_by_channel", "channel", "key", "opened_at"),
)

storm_members: Final = Table(
    "storm_members",
    metadata,
    Column("storm_id", String(32), primary_key=True),
    Column("alert_id", String(32), primary_key=True),
    Index("storm_members_by_alert", "alert_id"),
)

alert_clicks: Final = Table(
    "alert_clicks",
    metadata,
    _seq(),
    Column("alert_id", String(32), nullable=False),
    Column("action", String(32), nullable=False),
    # The version of the alert that the person saw.
    Column("version", Integer, nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Column("details", JSON, nullable=False),
    UniqueConstraint("alert_id", "action", "version", name="alert_clicks_once"),
)

mutes: Final = Table(
    "mutes",
    metadata,
    _seq(),
    Column("scope", String(16), nullable=False),
    Column("value", Words, nullable=False),
    Column("until", Utc),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Utc, nullable=False),
    Column("lifted_by", String(64)),
    Column("lifted_at", Utc),
)

subscriptions: Final = Table(
    "subscriptions",
    metadata,
    _seq(),
    # A channel's id, or a person's, who is then told directly.
    Column("target", String(64), nullable=False),
    # The conditions in one spelling, so that the same is not subscribed to twice.
    Column("key", String(255), nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Utc, nullable=False),
    UniqueConstraint("target", "key", name="subscriptions_once"),
)

alert_channels: Final = Table(
    "alert_channels",
    metadata,
    Column("channel", String(64), primary_key=True),
    # "22:00-08:00" by that zone's clock; when the day's summary comes, "09:00". "off": none; NULL: as in alerts.yml.
    Column("quiet", String(16)),
    Column("timezone", String(64)),
    Column("digest", String(16)),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Utc, nullable=False),
)

schedule_runs: Final = Table(
    "schedule_runs",
    metadata,
    Column("job_key", String(128), primary_key=True),
    # The wall clock's time of the run in the job's zone, as in 2026-11-01T09:00: an hour that comes twice runs once.
    Column("slot", String(32), primary_key=True),
    Column("scheduled_for", Utc, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Index("schedule_runs_by_time", "job_key", "scheduled_for"),
)

heartbeats: Final = Table(
    "heartbeats",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("at", Utc, nullable=False),
)

hook_events: Final = Table(
    "hook_events",
    metadata,
    Column("key", String(255), primary_key=True),
    # Of the body: the same key with another body is a mistake.
    Column("digest", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Column("alert_id", String(32)),
    Index("hook_events_by_time", "at"),
)
