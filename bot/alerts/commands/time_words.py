"""Spans and times of day as people write them in commands: pure."""

import re
import unicodedata
from datetime import time, timedelta
from typing import Final

from db.catalog.alerts.spans import QuietHours, parse_span

LONGEST: Final = timedelta(days=365)

_OFF: Final = frozenset({"off", "none", "no", "끄기", "꺼", "끔", "없음", "해제"})
_FOR_GOOD: Final = frozenset({"forever", "always", "permanently", "계속", "영구", "무기한", "영원히", "쭉"})
_SPANS: Final = {
    **dict.fromkeys(("하루", "하루동안", "day"), timedelta(days=1)),
    **dict.fromkeys(("반나절",), timedelta(hours=12)),
    **dict.fromkeys(("일주일", "일주일간", "week"), timedelta(days=7)),
    **dict.fromkeys(("한시간", "hour"), timedelta(hours=1)),
}
_PIECE: Final = re.compile(
    r"(?P<number>\d{1,6})\s*"
    r"(?:(?P<w>weeks?|w|주일?)|(?P<d>days?|d|일)|(?P<h>hours?|hrs?|h|시간)|(?P<m>minutes?|mins?|m|분))\s*(?:간|동안)?\s*"
)
_HALF: Final = r"(?P<half>오전|오후|am|pm)?\s*"
_CLOCK: Final = re.compile(
    rf"{_HALF}(?P<hour>\d{{1,2}})\s*(?:[:시]\s*(?:(?P<minute>\d{{1,2}})\s*분?)?)?\s*(?P<after>am|pm)?"
)
_NOON: Final = 12
_DAY_HOURS: Final = 24


def is_off(text: str) -> bool:
    """Whether something is to be switched off."""
    return _folded(text) in _OFF


def is_for_good(text: str) -> bool:
    """Whether something is to hold without an end."""
    return _folded(text) in _FOR_GOOD


def span(text: str) -> timedelta | None:
    """ "2h", "1시간 30분", "하루": up to a year; None for what is none."""
    folded = _folded(text)
    if folded in _SPANS:
        return _SPANS[folded]
    at, total = 0, timedelta()
    while piece := _PIECE.match(folded, at):
        unit = next(name for name in "wdhm" if piece[name])
        total += parse_span(f"{piece['number']}{unit}") if int(piece["number"]) else timedelta()
        at = piece.end()
    return total if at and at == len(folded) and timedelta() < total <= LONGEST else None


def clock(text: str) -> time | None:
    """ "09:00", "9", "9시 30분", "오후 9시", "9pm"; None for what is no time of day."""
    found = _CLOCK.fullmatch(_folded(text))
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = {"오전": "am", "오후": "pm"}.get(found["half"] or "", found["half"]) or found["after"]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    hour = 0 if hour == _DAY_HOURS and not minute else hour
    return time(hour, minute) if hour < _DAY_HOURS and minute < 60 else None


def quiet(text: str) -> QuietHours | None:
    """ "22:00-08:00", "22시~8시"; None for what are no two different times."""
    ends = [clock(part) for part in re.split(r"[-–—~∼〜]|부터|to", _folded(text).removesuffix("까지"))]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    return QuietHours(ends[0], ends[1])


def _folded(text: str) -> str:
    """One spelling, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
