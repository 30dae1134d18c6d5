"""Alerts that are well again, many in one transaction: their rows, their messages, the lines of their threads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts import outbox
from db.store.alerts.changes import line_in, touch_storm
from db.store.alerts.letters import touch_all
from db.store.alerts.presses import resolved
from db.store.alerts.records import Alert, Letter
from db.store.alerts.rows import ALERT, alert_of, pieces
from db.store.alerts.tables import alerts, storm_members
from db.store.alerts.tables import outbox as letters
from db.store.records import Json

WAITED: Final = timedelta(minutes=2)
"""A letter that could have gone out so long ago has waited for Slack, or for the bot."""
_SOON: Final = timedelta(minutes=1)
_MEANT: Final = select(*ALERT).where(
    alerts.c.alert_id.in_(bindparam("of", expanding=True)), alerts.c.state != "resolved"
)
_NAMES: Final = ("outbox_id", "alert_id", "channel", "state", "created_at", "next_at", "attempts")
_ROOTS: Final = (
    select(*(letters.c[name] for name in _NAMES))
    .where(
        letters.c.alert_id.in_(bindparam("of", expanding=True)),
        letters.c.kind == "root",
        letters.c.state.not_in(("dead", "dropped")),
    )
    .order_by(letters.c.seq)
)
_CHANGED: Final = (*resolved(datetime.min, {}), "version")
_WRITE: Final = (
    update(alerts)
    .where(alerts.c.alert_id == bindparam("of_alert"))
    .values({name: bindparam(name) for name in _CHANGED})
)
_DROP: Final = update(letters).where(letters.c.state == "pending").values(state="dropped")
_DROP_ROOTS: Final = _DROP.where(letters.c.outbox_id.in_(bindparam("of", expanding=True)))
_DROP_BELOW: Final = _DROP.where(letters.c.depends_on.in_(bindparam("of", expanding=True)))
_STORMS: Final = select(storm_members.c.storm_id, storm_members.c.alert_id).where(
    storm_members.c.alert_id.in_(bindparam("of", expanding=True))
)


@dataclass(frozen=True, slots=True)
class _Root:
    """An alert's own message as the outbox has it."""

    outbox_id: str
    alert_id: str
    channel: str
    state: str
    created_at: datetime
    next_at: datetime
    attempts: int


async def resolve_in(
    connection: AsyncConnection, resolutions: Mapping[str, Json], at: datetime, *, is_late: bool = False
) -> list[Alert]:
    """Notes that alerts are over, by their ids; those that were not before, as they are now.

    What was not told of them yet is not told any more, but for a failure whose message has waited for a downtime
    (`is_late`: for the bot's own): it is sent once, as what it is now, with `untold` in the resolution.
    """
    done: list[Alert] = []
    for piece in pieces(list(resolutions)):
        done += await _resolve(connection, {one: resolutions[one] for one in piece}, at, is_late=is_late)
    return done


async def _resolve(
    connection: AsyncConnection, resolutions: Mapping[str, Json], at: datetime, *, is_late: bool
) -> list[Alert]:
    of = {"of": list(resolutions)}
    found = [alert_of(row) for row in (await connection.execute(_MEANT, of)).mappings()]
    if not found:
        return []
    roots = [_Root(**row) for row in (await connection.execute(_ROOTS, of)).mappings()]
    mine = {alert.alert_id: alert for alert in found}
    waiting = [root for root in roots if root.state == "pending" and root.alert_id in mine]
    is_told = {root.outbox_id: _is_told(root, mine[root.alert_id], at, is_late=is_late) for root in waiting}
    untold = {root.alert_id for root in waiting if is_told[root.outbox_id]}
    changed = [_over(alert, at, resolutions[alert.alert_id], alert.alert_id in untold) for alert in found]
    await connection.execute(_WRITE, [_values(alert) for alert in changed])
    if is_told:
        await connection.execute(_DROP_ROOTS, {"of": [outbox_id for outbox_id, told in is_told.items() if not told]})
        await connection.execute(_DROP_BELOW, {"of": list(is_told)})
    await touch_all(connection, [alert.alert_id for alert in changed], at)
    standing = {(root.alert_id, root.channel): root for root in roots if root.outbox_id not in is_told}
    await outbox.add(connection, list(_lines(changed, standing.values())), at)
    await _touch_storms(connection, [alert.alert_id for alert in changed], at)
    return changed


def _is_told(root: _Root, alert: Alert, at: datetime, *, is_late: bool) -> bool:
    """Whether a message is still to be sent, of what is over: it waited for a downtime, and not for quiet hours."""
    is_due = root.attempts > 0 or root.next_at <= at + _SOON
    return alert.kind != "stuck" and is_due and (is_late or root.created_at <= at - WAITED)


def _over(alert: Alert, at: datetime, resolution: Json, is_untold: bool) -> Alert:
    how = {**resolution, "untold": True} if is_untold else resolution
    return replace(alert, **resolved(at, how), version=alert.version + 1)


def _values(alert: Alert) -> dict[str, Any]:
    return {"of_alert": alert.alert_id, **{name: getattr(alert, name) for name in _CHANGED}}


def _lines(changed: Sequence[Alert], standing: Iterable[_Root]) -> Iterable[Letter]:
    """One in the thread of each message that stands, or may."""
    by_id = {alert.alert_id: alert for alert in changed}
    for root in standing:
        if root.alert_id in by_id:
            alert = by_id[root.alert_id]
            yield line_in(alert, "resolved", str(alert.version), {"line": "resolved"}, root.outbox_id, root.channel)


async def _touch_storms(connection: AsyncConnection, alert_ids: Sequence[str], at: datetime) -> None:
    """Has their storms show what they are now, each once."""
    of_storm: dict[str, list[str]] = {}
    for storm_id, alert_id in await connection.execute(_STORMS, {"of": list(alert_ids)}):
        of_storm.setdefault(storm_id, []).append(alert_id)
    for storm_id, members in sorted(of_storm.items()):
        await touch_storm(connection, storm_id, at, members[0], is_whole=len(members) > 1)
