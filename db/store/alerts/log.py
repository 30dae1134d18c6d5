"""Alerts from the first failure to the recovery, each change with what is said of it in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeGuard

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts import outbox
from db.store.alerts.changes import Line, again, say, show, storm_lines, touch_storm
from db.store.alerts.presses import already_by, line_of, note, pressed_by, put, values_of, woken
from db.store.alerts.presses import told as told_of
from db.store.alerts.reads import KNOWN, SINCE, AlertReads
from db.store.alerts.recording import Recording, latest_of, reported_of
from db.store.alerts.records import Alert, Destination, Found, Press, Pressed, Recorded, Route, Routed
from db.store.alerts.resolving import resolve_in
from db.store.alerts.rows import (
    ALERT,
    add_new,
    alert_by_id,
    alert_of,
    change_alert,
    in_line,
    pieces,
    roots_of,
    storms_of,
)
from db.store.alerts.storms import Placing
from db.store.alerts.tables import alert_sources, alerts, storm_members
from db.store.records import Json
from db.store.tables import watermarks

__all__ = ["AlertLog", "Press", "Pressed", "Recorded", "Route", "Routed"]

_BEGIN: Final = insert(watermarks)
_MOVE: Final = update(watermarks).where(watermarks.c.rule == bindparam("of"), watermarks.c.since < bindparam("newest"))
_MEMBERS: Final = (
    select(*ALERT)
    .join(storm_members, storm_members.c.alert_id == alerts.c.alert_id)
    .where(storm_members.c.storm_id == bindparam("of"), alerts.c.state != "resolved")
    .order_by(alerts.c.seq)
)
_STORMS: Final = (
    select(storm_members.c.storm_id).where(storm_members.c.alert_id.in_(bindparam("of", expanding=True))).distinct()
)


class AlertLog(AlertReads):
    """One row an episode. All methods raise StoreUnavailable.

    Whatever changes an alert goes in one line, over all processes: what is read there is true until it is written.
    """

    async def record(
        self,
        rule: str,
        found: Sequence[Found],
        at: datetime,
        route: Route,
        *,
        tells_old: datetime | bool = False,
        is_reported: bool = False,
        well: Mapping[str, Json] = MappingProxyType({}),
        is_late: bool = False,
    ) -> Recorded:
        """Writes down what is new of what a rule has found, the oldest first, with the letters that tell it.

        A source counts once. At a rule's first time all is only seen, unless `tells_old`: True all, a time what has
        happened since then. The watermark moves to the newest moment that is a time no later than `at`, and never back.
        `is_reported`: it came by itself, not by the rule's look at the catalogue: told always, the watermark stays.
        `well`: by their ids, runs that are over already, with how: no alarm is told of them (see `resolve_all`).
        """
        async with in_line(self._database) as connection:
            since = await connection.scalar(SINCE, {"of": rule})
            new = await _unknown(connection, found)
            latest = await latest_of(connection, [one.fingerprint for one in new])
            recording = Recording(connection, rule, at, latest, await reported_of(connection, rule, new, at))
            for one in new:
                if since is not None or is_reported or _is_told(one, tells_old, at):
                    recording.take(one)
                else:
                    recording.see(one)
            if is_reported:
                return await recording.finish(route)
            if since is None:
                await connection.execute(_BEGIN, {"rule": rule, "since": "", "began_at": at})
            newest = max((one.moment for one in found if one.at is not None and one.at <= at), default="")
            await connection.execute(_MOVE, {"of": rule, "newest": newest, "since": newest})
            recorded = await recording.finish(route)
            over = {one.alert_id: well[one.run_id] for one in recorded.opened if one.run_id in well}
            await resolve_in(connection, over, at, is_late=is_late)
            return recorded

    async def resolve(self, alert_id: str, at: datetime, resolution: Json) -> Alert | None:
        """The same for one. None: it was resolved."""
        return next(iter(await self.resolve_all({alert_id: resolution}, at)), None)

    async def resolve_all(self, resolutions: Mapping[str, Json], at: datetime, *, is_late: bool = False) -> list[Alert]:
        """Notes that alerts are well again, by their ids, some hundreds a transaction; those that were not before.

        What was not told of them yet is not told any more, but for a failure whose message has waited for a downtime
        (`is_late`: for the bot's own): it is sent once, as one that is well.
        """
        done: list[Alert] = []
        for piece in pieces(list(resolutions)):
            async with in_line(self._database) as connection:
                done += await resolve_in(connection, {one: resolutions[one] for one in piece}, at, is_late=is_late)
        return done

    async def adopt(self, alert_id: str, rule: str, fingerprint: str, source: str, at: datetime) -> Alert | None:
        """Gives an open alert to another rule, by which it was found from that source, and would have that fingerprint.

        None: it is over, or the rule has an alert of the same.
        """
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if alert is None or alert.state == "resolved" or await latest_of(connection, [fingerprint]):
                return None
            seen = {"source": source, "rule": rule, "alert_id": None, "found_at": at}
            await add_new(connection, alert_sources, [seen])
            return await show(connection, alert, at, {"rule": rule, "fingerprint": fingerprint})

    async def run_again(self, since: Mapping[str, datetime | None], at: datetime) -> list[Alert]:
        """Notes of alerts, by their ids, since when their failed runs are running again; None: not any more.

        They stay open, and their threads are told. Those that were not known to before, as they are now.
        """
        changed: list[Alert] = []
        for piece in pieces(list(since)):
            async with in_line(self._database) as connection:
                for alert_id in piece:
                    alert = await alert_by_id(connection, alert_id)
                    if alert is not None and (values := again(alert, since[alert_id])) is not None:
                        line = None if since[alert_id] is None or alert.is_muted else Line("again")
                        changed.append(await show(connection, alert, at, values, line))
        return changed

    async def keep_cause(self, alert_id: str, cause: Json, at: datetime) -> Alert | None:
        """Keeps why it failed, and has its threads told. None where a cause was kept before."""
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if alert is None or alert.cause is not None:
                return None
            return await show(connection, alert, at, {"cause": dict(cause)}, Line("cause", key="cause"))

    async def press(self, press: Press) -> Pressed:
        """Does what somebody has pressed, once for each alert, action and version. Raises ValueError for a snooze
        that ends before it begins."""
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, press.alert_id)
            if alert is None:
                return Pressed(None, is_first=False)
            if before := await pressed_by(connection, press):
                return Pressed(alert, is_first=False, by=before)
            if values_of(alert, press) is None or await _is_past(connection, alert, press):
                return Pressed(alert, is_first=False, by=already_by(alert, press))
            await note(connection, press)
            return Pressed(await put(connection, alert, press), is_first=True, by=press.user)

    async def press_storm(self, storm_id: str, press: Press) -> Pressed:
        """The same for all alerts of a storm; one line in its thread says so."""
        of_storm = replace(press, alert_id=storm_id)
        async with in_line(self._database) as connection:
            if before := await pressed_by(connection, of_storm):
                return Pressed(None, is_first=False, by=before)
            rows = (await connection.execute(_MEMBERS, {"of": storm_id})).mappings()
            members = [(alert, replace(press, alert_id=alert.alert_id)) for alert in map(alert_of, rows)]
            changing = [(alert, each) for alert, each in members if values_of(alert, each) is not None]
            if not changing:
                by = next((by for alert, each in members if (by := already_by(alert, each))), None)
                return Pressed(None, is_first=False, by=by)
            await note(connection, of_storm)
            for alert, each in changing:
                await put(connection, alert, each, touches_storms=False)
            told = {"line": line_of(press), "by": press.user, **told_of(press)}
            key = f"{line_of(press)}:{press.version}"
            await outbox.add(connection, await storm_lines(connection, storm_id, key, told), press.at)
            await _touch_storms(connection, [alert.alert_id for alert, _ in changing], press.at)
        return Pressed(None, is_first=True, by=press.user)

    async def wake(self, alert_id: str, at: datetime) -> Alert | None:
        """Opens an alert again whose snooze is over. None: it is not, or somebody was first."""
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if alert is None or alert.state != "snoozed" or alert.snoozed_until is None or alert.snoozed_until > at:
                return None
            return await show(connection, alert, at, woken(alert, at), Line("snooze_over"))

    async def hear(self, alert_id: str, at: datetime, route: Route) -> Alert | None:
        """Tells an alert again whose mute is over, as new where it never was told. None: not muted, or resolved."""
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if alert is None or not alert.is_muted or alert.state == "resolved":
                return None
            heard = await show(connection, alert, at, {"is_muted": False}, Line("unmuted"))
            if not await roots_of(connection, alert_id) and not await storms_of(connection, alert_id):
                to = route(heard).destinations
                placing = Placing(connection, at, to)
                await placing.place(heard, to)
                await placing.finish()
            return heard

    async def remind(
        self,
        alert_id: str,
        at: datetime,
        next_at: datetime | None,
        held: Callable[[str], datetime | None] = lambda _: None,
    ) -> Alert | None:
        """Reminds of an alert that nobody has acknowledged. None: it is not due, or somebody was first.

        `held`: until when it waits in a channel.
        """
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if not _is_due(alert, None if alert is None else alert.remind_at, at):
                return None
            count = alert.reminders + 1
            await change_alert(connection, alert_id, {"reminders": count, "remind_at": next_at})
            reminded = replace(alert, reminders=count, remind_at=next_at)
            line = Line("reminder", {"count": count}, key=str(count), in_storms=True, held=held)
            await say(connection, reminded, at, line)
            return reminded

    async def escalate(self, alert_id: str, at: datetime, to: Sequence[Destination]) -> Alert | None:
        """Tells an alert that nobody has acknowledged elsewhere, too. None: it is not due, or somebody was first."""
        async with in_line(self._database) as connection:
            alert = await alert_by_id(connection, alert_id)
            if not _is_due(alert, None if alert is None else alert.escalate_at, at):
                return None
            told = {"to": [destination.channel for destination in to]}
            line = Line("escalated", told, key="escalated", in_storms=True)
            escalated = await show(connection, alert, at, {"escalate_at": None}, line if to else None)
            placing = Placing(connection, at, to)
            await placing.place(escalated, to, {"escalated": True})
            await placing.finish()
            return escalated


async def _unknown(connection: AsyncConnection, found: Sequence[Found]) -> list[Found]:
    """Each source once, without those that are recorded."""
    each = {one.source: one for one in reversed(found)}
    known = {source for piece in pieces(list(each)) for source in await connection.scalars(KNOWN, {"of": piece})}
    return [one for one in reversed(each.values()) if one.source not in known]


async def _is_past(connection: AsyncConnection, alert: Alert, press: Press) -> bool:
    """Whether an alert is to be opened again that the next one of the same has followed."""
    if press.action != "reopen":
        return False
    latest = await latest_of(connection, [alert.fingerprint])
    return latest[alert.fingerprint].alert_id != alert.alert_id


def _is_told(one: Found, tells_old: datetime | bool, at: datetime) -> bool:
    """An end that is to come says nothing of when it was."""
    if isinstance(tells_old, bool):
        return tells_old
    return one.at is not None and tells_old <= one.at <= at


def _is_due(alert: Alert | None, due: datetime | None, at: datetime) -> TypeGuard[Alert]:
    return alert is not None and alert.state == "open" and not alert.is_muted and due is not None and due <= at


async def _touch_storms(connection: AsyncConnection, alert_ids: Sequence[str], at: datetime) -> None:
    """Has the storms of all these show what they are now, with their whole lists."""
    found = {storm for piece in pieces(alert_ids) for storm in await connection.scalars(_STORMS, {"of": piece})}
    for storm_id in sorted(found):
        await touch_storm(connection, storm_id, at, is_whole=True, is_pressed=True)
