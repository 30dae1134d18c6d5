"""One change of an alert: its row, its messages and the line in their threads, in the caller's transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts import outbox
from db.store.alerts.records import AGAIN, Alert, Letter
from db.store.alerts.rows import change_alert, roots_of, storm_roots_of, storms_of
from db.store.alerts.tables import alerts, storm_members, storms
from db.store.records import Json

LISTED: Final = 20
"""So many alerts of a storm stand in one message of its thread."""
_RISE: Final = (
    update(storms)
    .where(storms.c.storm_id == bindparam("of"))
    .values(version=storms.c.version + 1)
    .returning(storms.c.version)
)
_SEQ: Final = select(alerts.c.seq).where(alerts.c.alert_id == bindparam("alert")).scalar_subquery()
_PLACE: Final = (
    select(func.count())
    .select_from(storm_members.join(alerts, alerts.c.alert_id == storm_members.c.alert_id))
    .where(storm_members.c.storm_id == bindparam("of"), alerts.c.seq <= _SEQ)
)
"""The how manieth of a storm an alert is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the thread of each of an alert's messages. `key`: the same line is written once; "": each is new.

    `in_storms`: in the thread of its storms, too, once for all alerts of a storm that have the same key.
    `held`: until when in a channel; None at once.
    """

    name: str
    told: Json = field(default_factory=dict)
    key: str = ""
    in_storms: bool = False
    held: Callable[[str], datetime | None] = lambda _: None


async def show(
    connection: AsyncConnection,
    alert: Alert,
    at: datetime,
    values: Mapping[str, Any],
    line: Line | None = None,
    *,
    touches_storms: bool = True,
    is_pressed: bool = False,
) -> Alert:
    """Writes new values and has all its messages show them; at once where somebody has pressed for it."""
    changed: Alert = replace(alert, **values, version=alert.version + 1)
    await change_alert(connection, alert.alert_id, {**values, "version": changed.version})
    await outbox.touch(connection, at, alert_id=alert.alert_id, version=changed.version, is_pressed=is_pressed)
    if line is not None:
        await say(connection, changed, at, line)
    if touches_storms:
        for storm in await storms_of(connection, alert.alert_id):
            await touch_storm(connection, storm.storm_id, at, alert.alert_id, is_pressed=is_pressed)
    return changed


def again(alert: Alert, since: datetime | None) -> Mapping[str, Any] | None:
    """What changes in an alert whose run is running again; None: nothing, it is known, or the alert is over."""
    if alert.state == "resolved" or (AGAIN in alert.details) == (since is not None):
        return None
    details = {name: value for name, value in alert.details.items() if name != AGAIN}
    return {"details": details if since is None else {**details, AGAIN: since.isoformat()}}


async def say(connection: AsyncConnection, alert: Alert, at: datetime, line: Line) -> None:
    """Puts the line into the outbox, behind the messages in whose threads it goes."""
    key, payload = line.key or str(alert.version), {"line": line.name, **line.told}
    letters = [
        replace(
            line_in(alert, line.name, key, payload, root.outbox_id, root.channel), not_before=line.held(root.channel)
        )
        for root in await roots_of(connection, alert.alert_id)
    ]
    if line.in_storms:
        for storm in await storms_of(connection, alert.alert_id):
            told = await storm_lines(connection, storm.storm_id, f"{line.name}:{key}", payload)
            letters += [replace(letter, not_before=line.held(letter.channel)) for letter in told]
    await outbox.add(connection, letters, at)


def line_in(alert: Alert, name: str, key: str, payload: Json, root: str, channel: str) -> Letter:
    """A line in the thread of that message."""
    written = f"{alert.alert_id}:{name}:{key}:{root}"
    return Letter(written, "reply", channel, alert_id=alert.alert_id, payload=payload, depends_on=root)


async def storm_lines(connection: AsyncConnection, storm_id: str, key: str, payload: Json) -> list[Letter]:
    """A line in the thread of a storm's message."""
    return [
        Letter(
            f"storm:{storm_id}:{key}:{root.outbox_id}",
            "reply",
            root.channel,
            storm_id=storm_id,
            payload=payload,
            depends_on=root.outbox_id,
        )
        for root in await storm_roots_of(connection, storm_id)
    ]


async def touch_storm(
    connection: AsyncConnection,
    storm_id: str,
    at: datetime,
    alert_id: str | None = None,
    *,
    is_whole: bool = False,
    is_pressed: bool = False,
) -> int:
    """Has a storm's message show what it is now, and of its list the page of an alert, or all; its new version."""
    version: int = (await connection.execute(_RISE, {"of": storm_id})).scalar_one()
    await outbox.touch(connection, at, storm_id=storm_id, version=version, with_list=is_whole, is_pressed=is_pressed)
    if alert_id is not None and not is_whole:
        place: int = (await connection.execute(_PLACE, {"of": storm_id, "alert": alert_id})).scalar_one()
        await outbox.touch(connection, at, dedupe_key=list_key(storm_id, page_of(place)), version=version)
    return version


def page_of(place: int) -> int:
    """The page of a storm's list on which its so manieth alert stands; both count from 1."""
    return ceil(place / LISTED)


def list_key(storm_id: str, page: int) -> str:
    return f"storm:{storm_id}:list:{page}"
