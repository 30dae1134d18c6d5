"""Writes dates, times and how long something lasted, the way people say them."""

from datetime import date, datetime, time, timedelta

from db.catalog.meaning import Language
from db.catalog.table import Cell

_DAY = timedelta(days=1)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def parsed(value: Cell) -> datetime | None:
    """An ISO date or time without its zone; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None


def moment(value: Cell, language: Language) -> str:
    """A date, with its time of day where it has one; what is no date stays as it is."""
    at = parsed(value)
    if at is None:
        return str(value)
    clock = f" {at:%H:%M}" if ":" in str(value) else ""
    return f"{_day(at.date(), language)}{clock if language == 'ko' or not clock else ',' + clock}"


def _day(day: date, language: Language) -> str:
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def whole(low: Cell, high: Cell, language: Language) -> str:
    """The year, month or day that a half-open range of dates is; "" when it is none."""
    start, end = parsed(low), parsed(high)
    if start is None or end is None or start.time() != time() or end.time() != time():
        return ""
    first, last = start.date(), end.date()
    if last - first == _DAY:
        return _day(first, language)
    if first.day == 1 and last == date(first.year + first.month // 12, first.month % 12 + 1, 1):
        return f"{first.year}년 {first.month}월" if language == "ko" else f"{_MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day) == (1, 1) and last == date(first.year + 1, 1, 1):
        return f"{first.year}년" if language == "ko" else str(first.year)
    return ""


def through(low: Cell, high: Cell, language: Language) -> str:
    """A half-open range of whole days by its first and its last one; "" when it is none."""
    start, end = parsed(low), parsed(high)
    if start is None or end is None or start.time() != time() or end.time() != time():
        return ""
    first, last = _day(start.date(), language), _day(end.date() - _DAY, language)
    return f"{first}부터 {last}까지" if language == "ko" else f"from {first} to {last}"


def lasted(start: datetime, end: datetime, language: Language) -> str:
    """How long it is from `start` to `end`, in the two largest units that say enough; "" when it is negative."""
    minutes = int((end - start).total_seconds() // 60)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if minutes < 0:
        return ""
    if minutes < 48 * 60:
        return _joined(((minutes // 60, 0), (minutes % 60, 1)), language)
    if months < 2:
        return _joined(((minutes // 1440, 2),), language)
    about = "약 " if language == "ko" else "about "
    return about + _joined(((months // 12, 3), (months % 12, 4)), language)


_KO = ("시간", "분", "일", "년", "개월")
_EN = ("hour", "minute", "day", "year", "month")


def _joined(parts: tuple[tuple[int, int], ...], language: Language) -> str:
    if language == "ko":
        return " ".join(f"{count}{_KO[unit]}" for count, unit in parts if count) or "1분 미만"
    told = [f"{count} {_EN[unit]}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " and ".join(told) or "less than a minute"
