"""Mutes put on and lifted, with the alerts that are open then."""

from collections.abc import Sequence
from datetime import datetime

from bot.alerts.conditions import covers
from db.store.alerts.records import Alert, Mute, Press
from db.store.store import Store


async def put_on(store: Store, mute: Mute) -> None:
    """Mutes what is open, and what comes until it ends. Raises StoreUnavailable."""
    if not any(_holds(one, mute) for one in await store.mutes.holding(mute.set_at)):
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


def _holds(held: Mute, mute: Mute) -> bool:
    """Whether one that holds already is as good: of the same, and at least as long."""
    if (held.scope, held.value) != (mute.scope, mute.value):
        return False
    return held.until is None or (mute.until is not None and held.until >= mute.until)
