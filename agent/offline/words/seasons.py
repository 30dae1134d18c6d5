"""Seasons of the northern year as people say them, as ranges of ISO dates."""

import re
from datetime import date
from typing import Final

from agent.offline.words.days import Dates, months_of

SEASONS: Final = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12,
                  "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # fmt: skip
"""The first of each season's three months."""


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
