"""Ranges of days, and how years and months are cut into them."""

from dataclasses import dataclass
from datetime import date, timedelta

EARLY, MIDDLE, LATE = (1, 3), (5, 4), (10, 3)
"""The months people call a year's beginning, middle and end: the first and how many."""


@dataclass(frozen=True, slots=True)
class Dates:
    """From `start` up to, without, `end` (ISO dates); None where open."""

    start: str | None
    end: str | None

    def since(self) -> "Dates":
        return Dates(self.start, None)

    def before(self) -> "Dates":
        return Dates(None, self.start)

    def until(self) -> "Dates":
        return Dates(None, self.end)


def months_on(day: date, count: int) -> date:
    """The same day `count` months away, or the last of that month."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def range_of(start: date, end: date) -> Dates:
    return Dates(start.isoformat(), end.isoformat())


def whole_year(year: int) -> Dates:
    return range_of(date(year, 1, 1), date(year + 1, 1, 1))


def whole_month(first: date) -> Dates:
    return range_of(first, months_on(first, 1))


def months_of(year: int, first: int, count: int) -> Dates:
    start = date(year, first, 1)
    return range_of(start, months_on(start, count))


def whole_week(monday: date) -> Dates:
    return range_of(monday, monday + timedelta(days=7))


def part_of(dates: Dates, word: str) -> Dates | None:
    """The first, middle or last days of a month, or months of a year; None of any other range."""
    if dates.start is None or dates.end is None:
        return None
    first, last = date.fromisoformat(dates.start), date.fromisoformat(dates.end)
    third = 0 if word[0] in "초상" else 1 if word[0] == "중" else 2
    if last == months_on(first, 12):
        return months_of(first.year, *(EARLY, MIDDLE, LATE)[third])
    if last == months_on(first, 1):
        starts = (first, first + timedelta(days=10), first + timedelta(days=20), last)
        return range_of(starts[third], starts[third + 1])
    return None
