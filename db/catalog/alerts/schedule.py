"""When something is due: every so often, by a cron line, or at a time of the day, daylight saving minded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # has no types

_MOST: Final = 10_100
"""So many slots are looked through at a time: a week of minutes has 10,080."""
_WEEK: Final = timedelta(days=7)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which something is due. `name`: as the clock of its zone shows it, `at`: in UTC.

    The hour that comes twice in autumn has one name for both of its times.
    """

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """Made by `every`, `cron` or `daily`."""

    zone: ZoneInfo
    interval: timedelta | None = None
    trigger: Any = None

    @classmethod
    def every(cls, interval: timedelta, zone: ZoneInfo) -> "Schedule":
        """Due at the multiples of `interval` since 1970."""
        return cls(zone, interval=interval)

    @classmethod
    def cron(cls, line: str, zone: ZoneInfo) -> "Schedule":
        """Five fields. Raises ValueError, whose text says what to write."""
        try:
            return cls(zone, trigger=CronTrigger.from_crontab(line, timezone=zone))
        except ValueError as error:
            raise ValueError(f"{line!r} is no cron line ({error}); write five fields, like */5 * * * *") from error

    @classmethod
    def daily(cls, at: time, days: str, zone: ZoneInfo) -> "Schedule":
        """`days` of the week as in cron: *, mon-fri, sat,sun. Raises ValueError, whose text says what to write."""
        try:
            return cls(zone, trigger=CronTrigger(hour=at.hour, minute=at.minute, day_of_week=days, timezone=zone))
        except ValueError as error:
            raise ValueError(f"{days!r} are no days of the week; write * or mon-fri or sat,sun") from error

    def due(self, after: datetime, until: datetime) -> Slot | None:
        """The last slot later than `after`, and not later than `until`; None where there is none."""
        if self.interval is not None:
            last = self._multiple((until - _EPOCH) // self.interval)
            return last if last.at > after else None
        for start in (max(after, until - _WEEK), after):
            if found := self.missed(start, until):
                return found[-1]
        return None

    def next(self, after: datetime, count: int = 1) -> list[Slot]:
        """The next slots later than `after`; an hour that comes twice counts once."""
        named: dict[str, Slot] = {}
        for slot in islice(self._slots(after), 2 * count):
            named.setdefault(slot.name, slot)
        return list(named.values())[:count]

    def missed(self, after: datetime, until: datetime) -> list[Slot]:
        """The slots later than `after`, not later than `until`, each once by its name: a week of minutes at most."""
        named: dict[str, Slot] = {}
        for slot in self._slots(after):
            if slot.at > until:
                break
            named.setdefault(slot.name, slot)
        return list(named.values())

    def _multiple(self, count: int) -> Slot:
        at = _EPOCH + count * (self.interval or timedelta())
        return Slot(f"{at:%Y-%m-%dT%H:%M:%SZ}", at)

    def _slots(self, after: datetime) -> Iterator[Slot]:
        if self.interval is not None:
            passed = (after - _EPOCH) // self.interval
            for count in range(1, _MOST):
                yield self._multiple(passed + count)
            return
        now = after.astimezone(self.zone) + timedelta(microseconds=1)
        previous = None
        for _ in range(_MOST):
            found = self.trigger.get_next_fire_time(previous, now)
            if found is None:
                return
            yield Slot(f"{found:%Y-%m-%dT%H:%M}", found.astimezone(UTC))
            previous = now = found
