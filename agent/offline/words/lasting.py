"""Puts how long something has been going on as when it began: 6개월 넘게 돌고 있는, running for over 2 weeks."""

import re
from typing import Final

from agent.offline.words.when import COUNTS

_NUMBER: Final = r"\d{1,3}|" + "|".join(sorted((word for word in COUNTS if word), key=len, reverse=True))
_HOURS_A_DAY: Final = 24
_DAYS: Final = {"하루": "1", "이틀": "2", "사흘": "3", "나흘": "4", "닷새": "5", "일주일": "7", "보름": "15"}
_LATIN: Final = r"[A-Za-z]{4,}(?:인|이|으로)"
_DOING: Final = r"(?:(?!걸|소요|끝)[가-힣A-Za-z ]){0,8}?(?:중|고 ?있|[여져춰] ?있|상태)"
_GOING_ON: Final = rf"(?=(?:아직도? |계속 |여전히 )?(?:{_LATIN}|{_DOING}))"
_KOREAN: Final = re.compile(
    rf"(?P<n>{_NUMBER}|{'|'.join(_DAYS)}) ?(?P<u>시간|일|주일|주|개월|달|년)? ?"
    rf"(?:(?:을|를)? ?(?:넘게|넘도록|이상|초과)|째) ?{_GOING_ON}"
)
_ENGLISH: Final = re.compile(
    r"\b(?P<s>[a-z]{3,}ing|paused|active|queued|stuck|in [a-z]+|open) for "
    r"(?:more than|over|longer than|at least|upwards of) "
    rf"(?P<n>{_NUMBER}|an?) (?P<u>hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def begun_before(text: str) -> str:
    """The text with such a length of time as a day that it began before; of hours only whole days are."""
    return _ENGLISH.sub(_in_english, _KOREAN.sub(_in_korean, text))


def _in_korean(match: re.Match[str]) -> str:
    number, unit = match["n"], match["u"]
    if number in _DAYS and unit is None:
        return f"{_DAYS[number]}일 전 이전에 시작한 "
    if unit is None:
        return match.group()
    if unit in ("시간", "일"):
        days = _days(number, 1 if unit == "일" else _HOURS_A_DAY)
        return f"{days}일 전 이전에 시작한 " if days else match.group()
    return f"{number}{unit.removesuffix('일')} 넘은 "


def _in_english(match: re.Match[str]) -> str:
    number, unit = match["n"].lower(), match["u"].lower().rstrip("s")
    number = "1" if number in ("a", "an") else number
    if unit == "hour":
        days = _days(number, _HOURS_A_DAY)
        return f"{match['s']} more than {days} days ago" if days else match.group()
    return f"{match['s']} more than {number} {unit}s ago"


def _days(number: str, in_a_day: int) -> int:
    """Whole days; 0 where it is less, or no whole number of them."""
    count = int(number) if number.isdigit() else COUNTS.get(number.strip(), 0)
    return count // in_a_day if count % in_a_day == 0 else 0
