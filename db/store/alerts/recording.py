"""What was found becomes alerts: each failure opens one, or is taken in by the one that is open."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.severity import SEVERITIES
from db.store.alerts.changes import Line, show
from db.store.alerts.records import Alert, Found, Recorded, Route, begun
from db.store.alerts.rows import ALERT, alert_of, pieces
from db.store.alerts.storms import Placing
from db.store.alerts.tables import alert_sources, alerts
from db.store.records import Json

_NEWEST: Final = select(func.max(alerts.c.seq)).where(alerts.c.fingerprint.in_(bindparam("of", expanding=True)))
_LATEST: Final = select(*ALERT).where(alerts.c.seq.in_(_NEWEST.group_by(alerts.c.fingerprint)))
_REPORTED: Final = select(*ALERT).where(
    alerts.c.rule == bindparam("in_rule"),
    alerts.c.kind == "reported",
    alerts.c.run_id.in_(bindparam("of", expanding=True)),
    alerts.c.last_at >= bindparam("since"),
)
_SHOWN: Final = (
    "fingerprint",
    "run_id",
    "name",
    "project",
    "details",
    "severity",
    "kind",
    "count",
    "first_at",
    "last_at",
)

SAME_FAILURE: Final = timedelta(minutes=15)
"""A report and the catalogue's row of one run that are no further apart tell of one failure."""
_REPORTED_FOR: Final = timedelta(days=1)


class Recording:
    """One batch of a rule's, in one transaction: `take` each failure in order, then `finish`."""

    def __init__(
        self,
        connection: AsyncConnection,
        rule: str,
        at: datetime,
        latest: Mapping[str, Alert],
        reported: Mapping[str, Alert],
    ) -> None:
        self._connection = connection
        self._rule = rule
        self._at = at
        self._latest = dict(latest)
        self._reported = dict(reported)
        self._opened: dict[str, Alert] = {}
        self._fed: dict[str, tuple[Alert, Alert]] = {}
        self._sources: list[dict[str, Any]] = []

    def see(self, one: Found) -> None:
        """Notes a failure that is not to be told."""
        self._note(one, None)

    def take(self, one: Found) -> None:
        """Takes in one failure that is to be told."""
        alert = self._latest.get(one.fingerprint) or self._reported.pop(one.run_id, None)
        if alert is not None and _is_told_already(alert, one):
            alert = self._take_in(alert, _confirmed(alert, one))
        elif alert is None or (alert.state == "resolved" and not _was_before(alert, one)):
            alert = _begun(self._rule, one, 1 if alert is None else alert.episode + 1, self._at)
            self._opened[alert.alert_id] = alert
        else:
            alert = self._take_in(alert, _fed(alert, one, self._at))
        self._latest[one.fingerprint] = alert
        self._note(one, alert.alert_id)

    async def finish(self, route: Route) -> Recorded:
        """Writes it all, and the letters that tell it."""
        fed = [await self._feed(before, now) for before, now in self._fed.values()]
        opened = await self._open(list(self._opened.values()), route)
        if self._sources:
            await self._connection.execute(insert(alert_sources), self._sources)
        return Recorded(opened, tuple(fed))

    def _take_in(self, alert: Alert, fed: Alert) -> Alert:
        if alert.alert_id in self._opened:
            self._opened[alert.alert_id] = fed
        else:
            before, _ = self._fed.get(alert.alert_id, (alert, alert))
            self._fed[alert.alert_id] = (before, fed)
        return fed

    def _note(self, one: Found, alert_id: str | None) -> None:
        row = {"source": one.source, "rule": self._rule, "alert_id": alert_id, "found_at": self._at}
        self._sources.append(row)

    async def _feed(self, before: Alert, now: Alert) -> Alert:
        values = {name: getattr(now, name) for name in _SHOWN}
        is_quiet = now.is_muted or now.state == "resolved" or now.count == before.count
        line = None if is_quiet else Line("fed", {"count": now.count})
        return await show(self._connection, before, self._at, values, line)

    async def _open(self, begun: Sequence[Alert], route: Route) -> tuple[Alert, ...]:
        ways = [(alert, route(alert)) for alert in begun]
        coming = [one for _, routed in ways if not routed.is_muted for one in routed.destinations]
        placing, opened = Placing(self._connection, self._at, coming), []
        for alert, routed in ways:
            told = replace(alert, is_muted=routed.is_muted, remind_at=routed.remind_at, escalate_at=routed.escalate_at)
            opened.append(told)
            if not told.is_muted:
                await placing.place(told, routed.destinations)
        if opened:
            await self._connection.execute(insert(alerts), [_row(alert) for alert in opened])
        await placing.finish()
        return tuple(opened)


async def latest_of(connection: AsyncConnection, fingerprints: Sequence[str]) -> dict[str, Alert]:
    """The newest episode of each."""
    found: dict[str, Alert] = {}
    for piece in pieces(fingerprints):
        rows = (await connection.execute(_LATEST, {"of": piece})).mappings()
        found |= {row["fingerprint"]: alert_of(row) for row in rows}
    return found


async def reported_of(connection: AsyncConnection, rule: str, found: Sequence[Found], at: datetime) -> dict[str, Alert]:
    """By run, what a hook has lately reported of it: maybe with less than what decides where it belongs."""
    reported: dict[str, Alert] = {}
    values = {"in_rule": rule, "since": at - _REPORTED_FOR}
    for piece in pieces([one.run_id for one in found if one.kind != "reported"]):
        rows = (await connection.execute(_REPORTED, {**values, "of": piece})).mappings()
        reported |= {row["run_id"]: alert_of(row) for row in rows}
    return reported


def _was_before(alert: Alert, one: Found) -> bool:
    """Whether a failure that comes to light late happened before the run by which the alert was resolved."""
    recovered = (alert.resolution or {}).get("finished_at")
    if not recovered or one.at is None:
        return False
    at = datetime.fromisoformat(recovered)
    return one.at <= (at.replace(tzinfo=UTC) if at.tzinfo is None else at)


def _begun(rule: str, one: Found, episode: int, now: datetime) -> Alert:
    named = hashlib.sha256(f"{one.fingerprint}\0{episode}".encode()).hexdigest()[:32]
    return begun(named, rule, one, now, episode)


def _fed(alert: Alert, one: Found, now: datetime) -> Alert:
    at = one.at or now
    worse = max(alert.severity, one.severity, key=SEVERITIES.index)
    counted = replace(alert, count=alert.count + 1, severity=worse, first_at=min(alert.first_at, at))
    if at < alert.last_at:
        return counted
    return replace(counted, run_id=one.run_id, name=one.name, project=one.project, details=one.details, last_at=at)


def _is_told_already(alert: Alert, one: Found) -> bool:
    """Whether a hook and a scan tell of the same failure."""
    is_same_run = alert.run_id == one.run_id and (alert.kind == "reported") != (one.kind == "reported")
    return is_same_run and (one.at is None or abs(one.at - alert.last_at) <= SAME_FAILURE)


def _confirmed(alert: Alert, one: Found) -> Alert:
    """With what either of the two knows; the catalogue's word goes before the report's."""
    if one.kind == "reported":
        return replace(alert, details={**one.details, **_known(alert.details)})
    details = {**alert.details, **_known(one.details)}
    return replace(alert, kind=one.kind, fingerprint=one.fingerprint, project=one.project, details=details)


def _known(details: Json) -> Json:
    return {name: value for name, value in details.items() if value is not None}


def _row(alert: Alert) -> dict[str, Any]:
    return {column.name: getattr(alert, column.name) for column in ALERT}
