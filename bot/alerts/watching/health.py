"""Whether alerting itself works: each rule has looked, and what was to be sent is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from db.catalog.alerts.rules import AlertRules, Rule
from db.catalog.alerts.schedule import Schedule
from db.store.alerts.heartbeats import HeartbeatLog
from db.store.alerts.outbox import Outbox
from db.store.errors import StoreUnavailable

DELIVERY: Final = "delivery"
STORE: Final = "store"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that should have happened by now. `since`: when it last did, None where it never has."""

    what: str
    since: datetime | None
    error: str = ""


def scan_beat(rule: str) -> str:
    """The name of a rule's heartbeat."""
    return f"scan:{rule}"


def schedule_of(rule: Rule, every_s: float, zone: ZoneInfo) -> Schedule:
    """When a rule looks; every `every_s` seconds where it doesn't say."""
    if rule.cron is not None:
        return Schedule.cron(rule.cron, zone)
    return Schedule.every(rule.every or timedelta(seconds=every_s), zone)


class Health:
    """`silent_s`: what should have happened so long ago, and has not, is trouble. A start is as good as a beat."""

    def __init__(
        self,
        rules: AlertRules,
        heartbeats: HeartbeatLog,
        outbox: Outbox,
        *,
        every_s: float,
        silent_s: float,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._schedules = {rule.name: schedule_of(rule, every_s, zone) for rule in rules.rules}
        self._heartbeats = heartbeats
        self._outbox = outbox
        self._silent = timedelta(seconds=silent_s)
        self._clock = clock
        self._started_at = clock()

    async def troubles(self) -> Sequence[Trouble]:
        """What stands still, the rules first. Never raises: a store that is gone is trouble itself."""
        now = self._clock()
        try:
            beats = await self._heartbeats.all()
            outbox = await self._outbox.health(now)
        except StoreUnavailable as error:
            return (Trouble(STORE, None, str(error)),)
        found = [
            Trouble(scan_beat(name), beats.get(scan_beat(name)))
            for name, schedule in self._schedules.items()
            if self._is_overdue(schedule, beats.get(scan_beat(name)), now)
        ]
        oldest = outbox.oldest_pending
        if oldest is not None and now - max(oldest, self._started_at) >= self._silent:
            found.append(Trouble(DELIVERY, oldest, ", ".join(outbox.held)))
        return tuple(found)

    def _is_overdue(self, schedule: Schedule, beat: datetime | None, now: datetime) -> bool:
        last = max(beat or self._started_at, self._started_at)
        return schedule.due(last, now - self._silent) is not None
