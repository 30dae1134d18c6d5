"""What is known of alerts, for everybody who tells or asks of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select

from db.store.alerts.records import Alert, AlertState, Click
from db.store.alerts.rows import ALERT, alert_by_id, alert_of, pieces
from db.store.alerts.tables import alert_clicks, alert_sources, alerts, outbox, receipts, storm_members
from db.store.database import Database
from db.store.records import Json
from db.store.tables import watermarks

SINCE: Final = select(watermarks.c.since).where(watermarks.c.rule == bindparam("of"))
KNOWN: Final = select(alert_sources.c.source).where(alert_sources.c.source.in_(bindparam("of", expanding=True)))
_THERE: Final = and_(outbox.c.conversation == bindparam("in_channel"), outbox.c.ts == bindparam("at_ts"))
_RECEIVED: Final = select(receipts.c.outbox_id).where(
    receipts.c.conversation == bindparam("in_channel"), receipts.c.ts == bindparam("at_ts")
)
_BY_MESSAGE: Final = (
    select(*ALERT)
    .join(outbox, outbox.c.alert_id == alerts.c.alert_id)
    .where(outbox.c.kind == "root", or_(_THERE, outbox.c.outbox_id.in_(_RECEIVED)))
    .limit(1)
)
MOST_TOLD: Final = 300
"""So many alerts that one message tells are read for whoever asks below it, and one more where there are more."""
_BY_STORM: Final = (
    select(*ALERT)
    .join(storm_members, storm_members.c.alert_id == alerts.c.alert_id)
    .join(outbox, outbox.c.storm_id == storm_members.c.storm_id)
    .where(outbox.c.kind == "storm", or_(_THERE, outbox.c.outbox_id.in_(_RECEIVED)))
    .order_by(alerts.c.seq)
    .limit(MOST_TOLD + 1)
)
_FAILURES: Final = (
    select(func.count())
    .select_from(alert_sources.join(alerts, alerts.c.alert_id == alert_sources.c.alert_id))
    .where(alerts.c.fingerprint == bindparam("of"), alert_sources.c.found_at >= bindparam("after"))
)
_CLICKS: Final = (
    select(*(alert_clicks.c[name] for name in ("alert_id", "action", "version", "user_id", "at", "details")))
    .where(alert_clicks.c.alert_id == bindparam("of"))
    .order_by(alert_clicks.c.seq)
)
_DUE: Final = (
    select(*ALERT)
    .where(
        or_(
            and_(alerts.c.state == "snoozed", alerts.c.snoozed_until <= bindparam("now")),
            and_(
                alerts.c.state == "open",
                alerts.c.is_muted.is_(False),
                or_(alerts.c.remind_at <= bindparam("now"), alerts.c.escalate_at <= bindparam("now")),
            ),
        )
    )
    .order_by(alerts.c.seq)
)
_SENT: Final = and_(outbox.c.state == "sent", outbox.c.kind.in_(("root", "storm")))
_TOLD: Final = or_(
    exists().where(_SENT, outbox.c.alert_id == alerts.c.alert_id),
    exists().where(_SENT, outbox.c.storm_id == storm_members.c.storm_id, storm_members.c.alert_id == alerts.c.alert_id),
)
_CAUSELESS: Final = select(*ALERT).where(alerts.c.cause.is_(None), alerts.c.is_muted.is_(False), _TOLD)


class AlertReads:
    """Reads only. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def watermark(self, rule: str) -> str | None:
        """The newest moment that a rule has seen; "" where it has seen none, None where it has never run."""
        async with self._database.reading() as connection:
            since: str | None = await connection.scalar(SINCE, {"of": rule})
        return since

    async def known(self, sources: Sequence[str]) -> set[str]:
        """Those of the sources that are recorded already."""
        async with self._database.reading() as connection:
            return {source for piece in pieces(sources) for source in await connection.scalars(KNOWN, {"of": piece})}

    async def by_id(self, alert_id: str) -> Alert | None:
        async with self._database.reading() as connection:
            return await alert_by_id(connection, alert_id)

    async def by_message(self, channel: str, ts: str) -> list[Alert]:
        """The alerts that a message tells, or told: one as its own, or those that came at once, the oldest first.

        `channel` is the conversation's id. Of very many not all (MOST_TOLD).
        """
        place = {"in_channel": channel, "at_ts": ts}
        async with self._database.reading() as connection:
            own = (await connection.execute(_BY_MESSAGE, place)).mappings().all()
            rows = own or (await connection.execute(_BY_STORM, place)).mappings().all()
        return [alert_of(row) for row in rows]

    async def standing(self, channel: str, ts: str) -> tuple[Json, ...]:
        """The details of the alerts that a message tells, and how each stands; none where it tells no alert.

        Beside the columns of the run: rule, kind, severity, state, count and cause, a code, where it is known.
        """
        return tuple(map(standing_of, await self.by_message(channel, ts)))

    async def open(self, *, rule: str | None = None, limit: int = 500, is_muted: bool | None = None) -> list[Alert]:
        """What is not resolved, the oldest first."""
        found = select(*ALERT).where(alerts.c.state != "resolved").order_by(alerts.c.seq).limit(limit)
        if is_muted is not None:
            found = found.where(alerts.c.is_muted.is_(is_muted))
        return await self._alerts(found if rule is None else found.where(alerts.c.rule == rule))

    async def recent(
        self, *, limit: int = 20, project: str | None = None, state: AlertState | None = None
    ) -> list[Alert]:
        """The newest first."""
        found = select(*ALERT).order_by(alerts.c.seq.desc()).limit(limit)
        if project is not None:
            found = found.where(alerts.c.project == project)
        return await self._alerts(found if state is None else found.where(alerts.c.state == state))

    async def failures_since(self, fingerprint: str, since: datetime) -> int:
        """How many failures of the same were found from then on, over all its episodes."""
        async with self._database.reading() as connection:
            found: int = (await connection.execute(_FAILURES, {"of": fingerprint, "after": since})).scalar_one()
        return found

    async def without_cause(self, limit: int = 5, *, since: datetime | None = None) -> list[Alert]:
        """What was told, is not muted and has no cause yet, the oldest first; `since`: without what failed before."""
        found = _CAUSELESS.order_by(alerts.c.seq).limit(limit)
        return await self._alerts(found if since is None else found.where(alerts.c.last_at >= since))

    async def clicks(self, alert_id: str) -> list[Click]:
        """What people did with an alert, or a storm, in order."""
        async with self._database.reading() as connection:
            return [Click(**row) for row in (await connection.execute(_CLICKS, {"of": alert_id})).mappings()]

    async def due(self, at: datetime) -> list[Alert]:
        """Snoozes that are over, and what nobody has acknowledged whose reminder or escalation has come."""
        async with self._database.reading() as connection:
            return [alert_of(row) for row in (await connection.execute(_DUE, {"now": at})).mappings()]

    async def _alerts(self, found: Select[tuple[object, ...]]) -> list[Alert]:
        async with self._database.reading() as connection:
            return [alert_of(row) for row in (await connection.execute(found)).mappings()]


def standing_of(alert: Alert) -> Json:
    """The details of an alert, and how it stands, as `standing` has them."""
    names = ("rule", "kind", "severity", "state", "count")
    cause = (alert.cause or {}).get("code")
    known = {} if cause is None else {"cause": cause}
    return {**alert.details, **{name: getattr(alert, name) for name in names}, **known}
