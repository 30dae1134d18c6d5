"""Reads a question for another time by the last one's: 그 전달은?, the year before, 작년 같은 달은?"""

import re
from dataclasses import replace
from datetime import date

from agent.offline.query.query import Filter
from agent.offline.reading.reading import Reading, Style
from agent.offline.talk.frames import Frame

_TAIL = r"(?: ?(?:은|는|에|엔|에는|에도|도|거|건|꺼|거는|이랑)?(?:요)?)?[? ]*$"
_LEAD = r"^(?:그럼 |그러면 |그리고 |and |what about |how about |so |then )*"
_MONTHS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(_LEAD + pattern + _TAIL, re.IGNORECASE), months)
    for pattern, months in (
        (r"(?:작년|전년|지난해)(?:도)? ?(?:의 ?)?(?:같은 ?(?:달|월|기간|분기|때|시기)|이맘때|동기|동월)", -12),
        (
            r"(?:the )?same (?:month|period|quarter|time|week)(?: of)? (?:last|the previous|the prior|a) year(?: ago)?",
            -12,
        ),
        (r"(?:그|바로) ?(?:전|이전|앞) ?(?:해|년도|연도)", -12),
        (r"(?:the )?(?:year before|previous year)(?: that)?", -12),
        (r"(?:그|바로) ?(?:다음|이듬) ?(?:해|년도|연도)|이듬해", 12),
        (r"(?:the )?(?:year after|following year|next year)(?: that)?", 12),
        (r"(?:그|바로) ?(?:전|이전|앞) ?(?:달|월)|전월", -1),
        (r"(?:the )?(?:month before|previous month)(?: that)?", -1),
        (r"(?:그|바로) ?다음 ?(?:달|월)|익월", 1),
        (r"(?:the )?(?:month after|following month)(?: that)?", 1),
    )
)
_STYLES: tuple[Style, ...] = ("list", "count", "compare", "recommend", "exists", "best")


def shifted(text: str, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question of the time so many months away; None where it was of none, or more is said."""
    months = next((months for pattern, months in _MONTHS if pattern.match(text)), None)
    query = frames[0].query if frames else None
    if months is None or query is None:
        return None
    times = [one for one in query.filters if one.op == "between" and None not in one.values]
    if len(times) != 1 or (abs(months) == 1 and _length(times[0]) != 1) or _length(times[0]) > 12:
        return None
    moved = replace(times[0], values=tuple(months_away(str(value), months) for value in times[0].values))
    filters = tuple(moved if one == times[0] else one for one in query.filters)
    style: Style = next((style for style in _STYLES if style == frames[0].style), _STYLES[0])
    return Reading("query", replace(query, filters=filters), style)


def _length(one: Filter) -> int:
    """How many months it lasts, whole or begun."""
    start, end = (date.fromisoformat(str(value)[:10]) for value in one.values)
    return (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)


def months_away(day: str, months: int) -> str:
    """The day so many months away, the last of its month where that is shorter."""
    start = date.fromisoformat(day[:10])
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for last in range(start.day, 0, -1):
        try:
            return date(year, month + 1, last).isoformat()
        except ValueError:
            continue
    return day
