"""What people do with an alert: each press once, and only where it changes something."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.alerts import outbox
from db.store.alerts.changes import Line, show
from db.store.alerts.records import Alert, AlertAction, Press
from db.store.alerts.tables import alert_clicks
from db.store.records import Json

_LEAST_WAIT: Final = timedelta(minutes=5)
_CALM: Final[Mapping[str, Any]] = {"snoozed_by": None, "snoozed_until": None}
_UNSEEN: Final[Mapping[str, Any]] = {"acknowledged_by": None, "acknowledged_at": None}
_CLICK: Final = insert(alert_clicks)
_BY: Final = select(alert_clicks.c.user_id).where(
    alert_clicks.c.alert_id == bindparam("of"),
    alert_clicks.c.action == bindparam("of_action"),
    alert_clicks.c.version == bindparam("of_version"),
)


async def note(connection: AsyncConnection, press: Press) -> None:
    """Writes a press down that has an effect."""
    row = {
        "alert_id": press.alert_id,
        "action": press.action,
        "version": press.version,
        "user_id": press.user,
        "at": press.at,
        "details": told(press),
    }
    await connection.execute(_CLICK, row)


async def pressed_by(connection: AsyncConnection, press: Press) -> str | None:
    """Who has pressed that at that version; None: nobody."""
    key = {"of": press.alert_id, "of_action": press.action, "of_version": press.version}
    by: str | None = await connection.scalar(_BY, key)
    return by


async def put(connection: AsyncConnection, alert: Alert, press: Press, *, touches_storms: bool = True) -> Alert:
    """Does what `values_of` has found to be a change."""
    values = values_of(alert, press)
    if press.action == "resolve":
        await outbox.drop(connection, alert.alert_id, "root")
    line = Line(line_of(press), {"by": press.user, **told(press)})
    return await show(connection, alert, press.at, values or {}, line, touches_storms=touches_storms, is_pressed=True)


def line_of(press: Press) -> str:
    """What the line in the thread is called: a recovery that nobody pressed has the same."""
    return "resolved" if press.action == "resolve" else press.action


def values_of(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    """What a press changes in an alert; None: nothing, it is so already, or is over."""
    if alert.state == "resolved" and press.action != "reopen":
        return None
    return _VALUES[press.action](alert, press)


def already_by(alert: Alert, press: Press) -> str | None:
    """Who has brought about what a press without an effect was meant to; None where it was nobody."""
    if press.action == "acknowledge":
        return alert.acknowledged_by
    if press.action == "snooze":
        return alert.snoozed_by
    if press.action == "resolve":
        by: str | None = (alert.resolution or {}).get("by")
        return by
    return None


def woken(alert: Alert, at: datetime) -> Mapping[str, Any]:
    """An alert that is open again; reminders that nobody waited for come later."""
    waits = {name: _put_off(getattr(alert, name), alert.first_at, at) for name in ("remind_at", "escalate_at")}
    return {"state": "open", **_CALM, **_UNSEEN, **waits}


def resolved(at: datetime, resolution: Json) -> Mapping[str, Any]:
    return {"state": "resolved", "resolved_at": at, "resolution": dict(resolution), **_CALM}


def told(press: Press) -> dict[str, Any]:
    until = None if press.until is None else press.until.isoformat()
    given = {"until": until, "assignee": press.assignee}
    return {name: value for name, value in given.items() if value is not None}


def _put_off(due: datetime | None, first_at: datetime, at: datetime) -> datetime | None:
    if due is None or due > at:
        return due
    return at + max(min(due - first_at, timedelta(days=1)), _LEAST_WAIT)


def _acknowledge(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    if alert.state == "acknowledged":
        return None
    return {"state": "acknowledged", "acknowledged_by": press.user, "acknowledged_at": press.at, **_CALM}


def _unacknowledge(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    return woken(alert, press.at) if alert.state == "acknowledged" else None


def _snooze(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    if press.until is None or press.until <= press.at:
        raise ValueError("a snooze ends after it has begun")
    if alert.state == "snoozed" and alert.snoozed_until == press.until:
        return None
    return {"state": "snoozed", "snoozed_by": press.user, "snoozed_until": press.until, **_UNSEEN}


def _wake(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    return woken(alert, press.at) if alert.state == "snoozed" else None


def _assign(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    return None if alert.assignee == press.assignee else {"assignee": press.assignee}


def _mute(alert: Alert, press: Press) -> Mapping[str, Any] | None:  # noqa: ARG001 - as the others
    return None if alert.is_muted else {"is_muted": True}


def _unmute(alert: Alert, press: Press) -> Mapping[str, Any] | None:  # noqa: ARG001 - as the others
    return {"is_muted": False} if alert.is_muted else None


def _resolve(alert: Alert, press: Press) -> Mapping[str, Any] | None:  # noqa: ARG001 - as the others
    return resolved(press.at, {"by": press.user})


def _reopen(alert: Alert, press: Press) -> Mapping[str, Any] | None:
    """What is well by itself stays so; what somebody has called resolved is open again."""
    if alert.state != "resolved" or "by" not in (alert.resolution or {}):
        return None
    return {**woken(alert, press.at), "resolved_at": None, "resolution": None}


_VALUES: Final[Mapping[AlertAction, Callable[[Alert, Press], Mapping[str, Any] | None]]] = {
    "acknowledge": _acknowledge,
    "unacknowledge": _unacknowledge,
    "snooze": _snooze,
    "wake": _wake,
    "assign": _assign,
    "mute": _mute,
    "unmute": _unmute,
    "resolve": _resolve,
    "reopen": _reopen,
}
