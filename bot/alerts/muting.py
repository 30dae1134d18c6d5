"""Mutes put on and lifted, with the alerts that are open then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.alerts.conditions import covers
from db.store.alert_records import Alert, Mute, Press
from db.store.store import Store

_TWICE: Final = timedelta(minutes=1)


async def put_on(store: Store, mute: Mute) -> None:
    """Mutes what is open, and what comes until it ends; the same within a minute is one. Raises StoreUnavailable."""
    held = await store.mutes.holding(mute.set_at)
    if not any(_is_same(mute, one) for one in held):
        await store.mutes.add(mute)
    for alert in await store.alerts.open():
        if covers(mute, alert) and not alert.is_muted:
            press = Press(alert.alert_id, "mute", alert.version, mute.set_by, mute.set_at, mute.until)
            await store.alerts.press(press)


async def lift(store: Store, found: Sequence[Mute], by: str, at: datetime) -> None:
    """Ends mutes; what is open and muted by no other is told again. Raises StoreUnavailable."""
    for one in found:
        await store.mutes.lift(one.scope, one.value, by, at)
    held = await store.mutes.holding(at)
    for alert in await store.alerts.open():
        if alert.is_muted and _is_among(alert, found) and not _is_among(alert, held):
            await store.alerts.press(Press(alert.alert_id, "unmute", alert.version, by, at))


def _is_among(alert: Alert, mutes: Sequence[Mute]) -> bool:
    return any(covers(mute, alert) for mute in mutes)


def _is_same(mute: Mute, other: Mute) -> bool:
    """Whether it is one wish, delivered twice."""
    if (mute.scope, mute.value, mute.set_by) != (other.scope, other.value, other.set_by):
        return False
    if mute.until is None or other.until is None:
        return mute.until is other.until
    return abs(mute.until - other.until) < _TWICE
