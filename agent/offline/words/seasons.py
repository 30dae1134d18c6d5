"""Seasons, and parts of a month, as people say them in English or Korean, as ranges of ISO dates."""

import re
from datetime import date, timedelta
from typing import Final

from agent.offline.words.days import Dates, months_of, months_on, range_of

SEASONS: Final = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12,
                  "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # fmt: skip
"""The first of each season's three months."""
SEASONS_EN: Final = "|".join(name for name in SEASONS if name.isascii())


def season(match: re.Match[str], today: date) -> Dates:
    """A season of a year that is named, else the newest that has begun; a winter goes on into the next year."""
    month = SEASONS[match["s"].lower()]
    year = int(match["y"]) if match["y"] else today.year - (month > today.month)
    year += 2000 if year < 100 else 0
    return months_of(year, month, 3)


def season_since(match: re.Match[str], today: date) -> Dates:
    """As in "since summer", which is over: from its end on; one that still goes on, from its beginning."""
    dates = season(match, today)
    over = dates.end is not None and dates.end <= today.isoformat()
    return Dates(dates.end if over else dates.start, None)


def part_of_month(part: str, month: Dates) -> Dates:
    """As in "the second half of November", "early November"."""
    first = date.fromisoformat(month.start or "")
    found = {"first half": (0, 15), "second half": (15, 0)}.get(part.lower())
    since, until = found or next(days for name, days in _THIRDS.items() if part.lower().startswith(name))
    return range_of(first + timedelta(days=since), first + timedelta(days=until) if until else months_on(first, 1))


_THIRDS: Final = {"early": (0, 10), "beginning": (0, 10), "start": (0, 10), "mid": (10, 20), "middle": (10, 20),
                  "late": (20, 0), "end": (20, 0)}  # fmt: skip
"""From which day of a month, counted from 0, to which; 0 is its end."""
PARTS: Final = "|".join(("first half", "second half", *_THIRDS))
