"""Spans of time and times of day, as people write them in alerts.yml and in commands."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_UNITS: Final = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN: Final = re.compile(rf"(\d{{1,6}}) ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY_S: Final = 86_400


def parse_span(text: str) -> timedelta:
    """ "90s", "30m", "2h", "1d". Raises ValueError, whose text says what to write."""
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None or not int(match[1]):
        raise ValueError(f"{text!r} is no span of time; write one like 90s, 30m, 2h or 1d")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def parse_time(text: str) -> time:
    """ "09:00". Raises ValueError, whose text says what to write."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no time of day; write one like 09:00")
    return time(int(match[1]), int(match[2]))


def parse_zone(name: str) -> ZoneInfo:
    """Raises ValueError, whose text says what to write."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}; write one like Asia/Seoul") from error


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Each day from `start` to `end` by the clock of a zone, over midnight where `end` is the earlier one."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> "QuietHours":
        """ "22:00-08:00". Raises ValueError, whose text says what to write."""
        parts = re.split(r"\s*[-–~]\s*", text.strip())
        if len(parts) != 2 or parse_time(parts[0]) == parse_time(parts[1]):
            raise ValueError(f"{text!r} are no quiet hours; write them like 22:00-08:00")
        return cls(parse_time(parts[0]), parse_time(parts[1]))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When they end, in the zone of `now`; None where it is not quiet.

        An end that the change to summer time leaves out comes as much later as the clock is put forward; one that
        comes twice is the first one.
        """
        local = now.astimezone(zone)
        clock = local.time().replace(tzinfo=None)
        if self.start < self.end:
            is_quiet, days = self.start <= clock < self.end, 0
        else:
            is_quiet, days = clock >= self.start or clock < self.end, int(clock >= self.start)
        if not is_quiet:
            return None
        end = datetime.combine(local.date() + timedelta(days=days), self.end, zone)
        return max(end.astimezone(now.tzinfo), now)


def next_time(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next moment, later than `now` and in its zone, at which the clock of `zone` shows `at`."""
    local = now.astimezone(zone)
    days = int(local.time().replace(tzinfo=None) >= at)
    return datetime.combine(local.date() + timedelta(days=days), at, zone).astimezone(now.tzinfo)
