"""Summaries at their time of day: each once a channel, caught up after a short absence, never told twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.alerts.routing import OFF
from bot.alerts.telling.daybook import Daybook
from bot.alerts.telling.voices import Voices
from bot.messages.alerts.report import dump
from db.catalog.alerts.rules import AlertRules, Digest
from db.catalog.alerts.schedule import Schedule, Slot
from db.catalog.alerts.spans import parse_time
from db.store.alerts.records import AlertChannel, Letter, ScheduledRun
from db.store.store import Store

log = logging.getLogger(__name__)

LATE: Final = timedelta(minutes=15)
"""What is told later than this says that it is late."""
TOO_LATE: Final = timedelta(hours=6)
"""What is later than this is told no more: the next one comes."""
OWN: Final = "daily"
"""What the summary is called that people have asked for where alerts.yml has none."""
_LOOK_BACK: Final = timedelta(days=8)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A summary for a channel, by whose clock it comes."""

    digest: Digest
    channel: str
    zone: ZoneInfo

    @property
    def job_key(self) -> str:
        """Another time of day is another job: it begins with its next time."""
        return f"digest:{self.digest.name}:{self.channel}:{self.digest.at:%H:%M}"

    @property
    def schedule(self) -> Schedule:
        return Schedule.daily(self.digest.at, self.digest.days, self.zone)

    def before(self, slot: Slot) -> datetime:
        """From when on a summary tells: its own last time."""
        earlier = self.schedule.missed(slot.at - _LOOK_BACK, slot.at - timedelta(hours=2))
        return earlier[-1].at if earlier else slot.at - _DAY


class Digests:
    """`default_channel` is told what names no channel; `wake` is called when there is something to send.

    A summary tells of all rows: of the places that people have set one for, those are told which `may_be_told`.
    """

    def __init__(
        self,
        store: Store,
        rules: AlertRules,
        daybook: Daybook,
        voices: Voices,
        default_channel: str | None,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        may_be_told: Callable[[str], bool] | None = None,
    ) -> None:
        self._store = store
        self._rules = rules
        self._daybook = daybook
        self._voices = voices
        self._default_channel = default_channel
        self._clock = clock
        self._wake = wake
        self._may_be_told = may_be_told

    async def tick(self) -> None:
        """Puts what is due into the outbox. Raises StoreUnavailable; the next tick goes on."""
        for plan in await self.plans():
            await self._run(plan, self._clock())

    async def plans(self) -> list[Plan]:
        """What is told where: as people have set it, else as alerts.yml has it. Raises StoreUnavailable."""
        return await planned(self._store, self._rules, self._voices, self._default_channel, self._may_be_told)

    async def upcoming(self) -> list[tuple[str, datetime]]:
        """Each summary with its next time. Raises StoreUnavailable."""
        now = self._clock()
        slots = [(plan.digest.name, plan.schedule.next(now)) for plan in await self.plans()]
        return [(f"digest:{name}", next_[0].at) for name, next_ in slots if next_]

    async def _run(self, plan: Plan, now: datetime) -> None:
        last = await self._store.schedule.last(plan.job_key, now)
        if last is None:
            # From now on: what was due before anybody wanted a summary is none.
            begun = f"{now.astimezone(plan.zone):%Y-%m-%dT%H:%M:%S}"
            await self._store.schedule.claim(ScheduledRun(plan.job_key, begun, now, "skipped", now))
            return
        slot = plan.schedule.due(last.scheduled_for, now)
        if slot is None or slot.name == last.slot:
            return
        late = now - slot.at
        if late >= TOO_LATE:
            log.warning("a summary is not told any more", extra={"job": plan.job_key, "slot": slot.name})
            await self._store.schedule.claim(ScheduledRun(plan.job_key, slot.name, slot.at, "skipped", now))
            return
        is_delayed = late > LATE
        report = await self._daybook.report(plan.digest, plan.before(slot), slot.at, is_delayed=is_delayed)
        run = ScheduledRun(plan.job_key, slot.name, slot.at, "delayed" if is_delayed else "done", now)
        letter = Letter(f"{plan.job_key}:{slot.name}", "digest", plan.channel, payload=dump(report))
        if await self._store.schedule.claim(run, [letter]):
            self._wake()


async def planned(
    store: Store,
    rules: AlertRules,
    voices: Voices,
    default_channel: str | None,
    may_be_told: Callable[[str], bool] | None = None,
) -> list[Plan]:
    """As `Digests.plans`, for who tells of summaries and sends none. Raises StoreUnavailable."""
    own = await store.alert_channels.all()
    found = []
    for digest in rules.digests:
        channel = digest.channel or default_channel
        if channel is not None and (told := _as_set(digest, own.get(channel))) is not None:
            found.append((told, channel))
    ruled = {channel for _, channel in found}
    for channel, wish in own.items():
        may = may_be_told is None or may_be_told(channel)
        if channel not in ruled and wish.digest and wish.digest != OFF and may:
            found.append((Digest(name=OWN, at=parse_time(wish.digest)), channel))
    return [Plan(digest, channel, (await voices.of(channel)).zone) for digest, channel in found]


def _as_set(digest: Digest, own: AlertChannel | None) -> Digest | None:
    """With the time that people have set for the channel; None where they have turned it off."""
    wish = None if own is None else own.digest
    if wish == OFF:
        return None
    return digest if wish is None else digest.model_copy(update={"at": parse_time(wish)})
