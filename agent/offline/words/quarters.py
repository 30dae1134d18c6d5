"""Quarters and halves of a year as people say them, as ranges of ISO dates."""

import re
from datetime import date

from agent.offline.words.days import Dates, months_on, range_of


def quarter(match: re.Match[str], today: date) -> Dates:
    first = date(int(match["y"]) if match["y"] else today.year, int(match["q"]) * 3 - 2, 1)
    return range_of(first, months_on(first, 3))


def relative_part(match: re.Match[str], today: date) -> Dates:
    """As in "이번 분기", "지난 상반기", "last quarter"."""
    word = match["w"].lower()
    back = 0 if word.startswith(("이번", "당", "this", "금")) else 2 if word.startswith("지지난") else 1
    months = 3 if match["p"].lower() in ("분기", "quarter") else 6
    first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
    start = months_on(first, -months * back)
    return range_of(start, months_on(start, months))


def half_of(match: re.Match[str], today: date) -> Dates:
    """A half of a year that is named, else the newest that has begun."""
    later = match["h"].lower() in ("하반기", "second half", "h2", "2h")
    year = int(match["y"]) if match["y"] else today.year
    year += 2000 if year < 100 else 0
    if not match["y"] and later and today.month < 7:
        year -= 1
    first = date(year, 7 if later else 1, 1)
    return range_of(first, months_on(first, 6))


def quarter_en(match: re.Match[str], today: date) -> Dates:
    year = match["y"] or match["y2"]
    first = date(int(year) if year else today.year, int(match["q"]) * 3 - 2, 1)
    return range_of(first, months_on(first, 3))
