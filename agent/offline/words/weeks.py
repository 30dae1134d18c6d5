"""The weeks of a month as people count them: 9월 셋째 주, "the last week of May"."""

import re
from datetime import date, timedelta
from typing import Final

from agent.offline.words.days import Dates, months_on, whole_week

_KOREAN: Final = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "마지막": -1}
_ENGLISH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
NUMBERED: Final = rf"(?:{'|'.join(_KOREAN)}|[1-5]) ?(?:번째|째)? ?주(?:차)?"
NUMBERED_EN: Final = "|".join(_ENGLISH)
_BEHIND: Final = re.compile(rf"(?:의|중)? ?({NUMBERED})(?=[에의이부까인 ]|$)")


def week_behind(text: str, place: int, dates: Dates) -> tuple[int, Dates] | None:
    """The week that a month before it is narrowed down to, and where that ends; None where none is named."""
    found = _BEHIND.match(text, place)
    week = week_of(dates, found.group(1)) if found else None
    return (found.end(), week) if found and week else None


def week_of(dates: Dates, word: str) -> Dates | None:
    """A week of a whole month, from Monday on; a week belongs to the month that most of its days are in."""
    if dates.start is None or dates.end is None:
        return None
    first, end = date.fromisoformat(dates.start), date.fromisoformat(dates.end)
    number = _number(word)
    if end != months_on(first, 1) or not number:
        return None
    middle = first + timedelta(days=3) if number > 0 else end - timedelta(days=4)
    monday = middle - timedelta(days=middle.weekday()) + timedelta(days=7 * max(0, number - 1))
    return whole_week(monday) if monday + timedelta(days=3) < end else None


def _number(word: str) -> int:
    digit = re.match(r"[1-5]", word)
    if digit:
        return int(digit.group())
    return next((number for name, number in {**_KOREAN, **_ENGLISH}.items() if word.lower().startswith(name)), 0)
