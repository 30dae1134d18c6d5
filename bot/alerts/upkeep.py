"""What time alone brings about: snoozes that end, reminders, escalations, storms that are over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.alerts.alerting import Alerting
from bot.alerts.conditions import covers
from bot.alerts.routing import Router
from db.catalog.alerts.rules import Reminder
from db.severity import is_at_least
from db.store.alerts.records import Alert

EVERY_S: Final = 15.0
RUNS_KEPT: Final = timedelta(days=14)
HOOKS_KEPT: Final = timedelta(days=7)
_LOOK_BACK: Final = timedelta(days=90)
_LONGEST_S: Final = 7 * 86_400.0


class Upkeep:
    """Every replica may do it: what was done is not done again."""

    def __init__(self, alerting: Alerting) -> None:
        self._alerting = alerting
        self._store = alerting.store

    async def tick(self) -> None:
        """Raises StoreUnavailable; the next tick goes on."""
        now = self._alerting.clock()
        done = await self._see_to(await self._store.alerts.due(now), now)
        done += await self._hear_again(now)
        done += await self._store.storms.close_quiet(now)
        if done:
            self._alerting.wake.set()
        await self._store.schedule.prune(now - RUNS_KEPT)
        await self._store.hooks.prune(now - HOOKS_KEPT)

    async def _see_to(self, due: Sequence[Alert], now: datetime) -> int:
        if not due:
            return 0
        router = await self._alerting.router()
        for alert in due:
            if alert.state == "snoozed":
                await self._store.alerts.wake(alert.alert_id, now)
                continue
            if alert.escalate_at is not None and alert.escalate_at <= now:
                await self._store.alerts.escalate(alert.alert_id, now, router.escalated(alert))
            if alert.remind_at is not None and alert.remind_at <= now:
                await self._remind(alert, now, router)
        return len(due)

    async def _remind(self, alert: Alert, now: datetime, router: Router) -> None:
        """A channel's quiet hours hold the reminder, unless the alert is one that they don't hold."""
        rule = self._alerting.rules.rule(alert.rule)
        if rule is None:
            await self._store.alerts.remind(alert.alert_id, now, None)
            return
        is_urgent = is_at_least(alert.severity, rule.quiet_unless)
        next_at = next_reminder(rule.remind, alert.reminders + 1, now)
        await self._store.alerts.remind(
            alert.alert_id, now, next_at, lambda channel: None if is_urgent else router.quiet_until(channel, rule)
        )

    async def _hear_again(self, now: datetime) -> int:
        """What a mute has covered that has ended by itself is told again, where no other covers it."""
        ended = await self._store.mutes.ended(now - _LOOK_BACK, now)
        muted = await self._store.alerts.open(is_muted=True) if ended else []
        heard = [alert for alert in muted if any(covers(mute, alert) for mute in ended)]
        if not heard:
            return 0
        router = await self._alerting.router()
        left = [alert for alert in heard if not any(covers(mute, alert) for mute in router.mutes)]
        for alert in left:
            await self._store.alerts.hear(alert.alert_id, now, router.route)
        return len(left)


def next_reminder(remind: Reminder | None, done: int, now: datetime) -> datetime | None:
    """When to remind again after so many reminders; None: not any more."""
    if remind is None or done >= remind.times:
        return None
    seconds = remind.after.total_seconds() * remind.backoff**done
    return now + timedelta(seconds=min(seconds, _LONGEST_S))
