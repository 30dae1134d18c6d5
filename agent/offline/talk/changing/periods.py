"""Puts the time of the last question into one that says a part of it, or the same: 하반기는?, 같은 기간에."""

import re
from datetime import date, timedelta
from typing import Final

from agent.offline.query.query import Filter
from agent.offline.talk.frames import Frame
from db.hangul import is_hangul

_DATED: Final = re.compile(
    r"\d{4}|올해|올 ?상|올 ?하|작년|재작년|지난|이번|다음|저번|내년|전년|금년|금월|최근|전달|그해|동안"
    r"|매월|매달|월별|분기별"
    r"|\b(?:last|this|next|past|previous|years|ago|recent|recently|each|every|per|by|may i|since|may be)\b",
    re.IGNORECASE,
)
_PART_KO: Final = re.compile(
    r"(?<![가-힣\w.])(?=(?:상반기|하반기|[1-4] ?분기|[일이삼사]사?분기|1?\d ?월)(?![가-힣]*별))"
)
_MONTHS: Final = (
    "january|february|march|april|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|may"
)
_PART_EN: Final = re.compile(
    rf"(?<![\w-])(?P<part>[QH][1-4]|(?:first|second) half|(?:first|second|third|fourth|last) quarter"
    rf"|(?<=in )(?:{_MONTHS})"
    rf"|(?:{_MONTHS})(?= ?(?:\?|only|$|ones\b)))(?![\w-])(?: of (?:the|that) (?:same )?year)?(?! (?:was|were|of)\b)",
    re.IGNORECASE,
)
_SAME_KO: Final = re.compile(
    r"(?<![가-힣])(?:그|같은|동일한?|동|이) ?(?:기간|시기|기간대|구간)(?: ?(?:동안|내))?"
    r"(?:에|엔|에는|에도|으로|로)?(?![가-힣])"
)
_SPAN_EN: Final = r"(?:window|period|timeframe|time frame|time range|range|time span|stretch|time period|dates)"
_SAME_EN: Final = re.compile(
    rf"\b(?:(?:in|over|during|for|from|within) )?(?:the |that )?(?:same|that) {_SPAN_EN}\b", re.IGNORECASE
)
_OPENS_EN: Final = re.compile(
    rf"^(?:and |but |ok,? |now )?(?:(?:in|over|during|for|from|within) )?(?:the )?same {_SPAN_EN}\W*(?:and |but )?"
    r"(?:with |for |now |this time )?(.+?)(?: instead)?[?.!]*$",
    re.IGNORECASE,
)


def with_period(text: str, frames: tuple[Frame, ...]) -> str:
    """The question with the year, or the whole time, that the last one was of; as it is where it needs none."""
    time = _time(frames[0]) if frames else None
    if time is None:
        return text
    if any(map(is_hangul, text)):
        text = _SAME_KO.sub(_said_ko(time), text, count=1)
    elif match := _OPENS_EN.match(text):
        return f"{match.group(1)} {_said_en(time)}"
    else:
        text = _SAME_EN.sub(_said_en(time), text, count=1)
    year = _year(time)
    if year is None or _DATED.search(text):
        return text
    text = _PART_KO.sub(f"{year}년 ", text, count=1)
    return _PART_EN.sub(lambda part: _of_year(part["part"], year), text, count=1)


def _of_year(part: str, year: int) -> str:
    return f"{part} of {year}" if "half" in part or "quarter" in part else f"{part} {year}"


def _time(frame: Frame) -> Filter | None:
    """The one time that the last question was of."""
    filters = frame.query.filters if frame.query is not None else ()
    times = [one for one in filters if one.op == "between" and not one.negated and _is_day(one.values[0])]
    return times[0] if len(times) == 1 else None


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d\d-\d\d", value))


def _last_day(time: Filter) -> str | None:
    end = time.values[1]
    return (date.fromisoformat(str(end)[:10]) - timedelta(days=1)).isoformat() if _is_day(end) else None


def _year(time: Filter) -> int | None:
    """The year that the whole time lies in."""
    first, last = str(time.values[0])[:4], (_last_day(time) or "")[:4]
    return int(first) if first == last else None


def _said_ko(time: Filter) -> str:
    first, last = str(time.values[0])[:10], _last_day(time)
    return f"{first}부터 {last}까지" if last else f"{first} 이후"


def _said_en(time: Filter) -> str:
    first, last = str(time.values[0])[:10], _last_day(time)
    return f"from {first} to {last}" if last else f"since {first}"
