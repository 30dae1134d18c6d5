"""Dates as people say them, as half-open ranges of ISO dates."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from agent.offline.words.days import (
    EARLY,
    LATE,
    Dates,
    months_of,
    months_on,
    part_of,
    range_of,
    whole_month,
    whole_week,
    whole_year,
)
from agent.offline.words.quarters import half_of, quarter, quarter_en, relative_part
from agent.offline.words.seasons import PARTS, SEASONS, SEASONS_EN, part_of_month, season, season_since
from agent.offline.words.weeks import NUMBERED, NUMBERED_EN, week_behind, week_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COUNTS = {
    **{"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10},
    **{"석": 3, "넉": 4},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "": 1},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "an": 1, "a": 1},
}
_UNITS = (
    ("day", "일|days?"),
    ("week", "일주일|주일|주간|주|weeks?"),
    ("month", "개월|달|months?"),
    ("year", "년간|년|years?|해"),
)

_TWICE = ("지지난", "저저번")
_DAYS_BACK = {"오늘": 0, "today": 0, "어제": 1, "어저께": 1, "yesterday": 1, "그제": 2, "그저께": 2, "엊그제": 2,
              "그끄저께": 3, "그그저께": 3}  # fmt: skip
_DAYS_LONG = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
_FEW_DAYS = 7


def _absolute(match: re.Match[str], _: date) -> Dates:
    year = int(match["y"])
    year += 2000 if year < 100 else 0
    if not match["m"]:
        return whole_year(year)
    if not match["d"]:
        return whole_month(date(year, int(match["m"]), 1))
    day = date(year, int(match["m"]), int(match["d"]))
    return range_of(day, day + timedelta(days=1))


def _month_only(match: re.Match[str], today: date) -> Dates:
    month = int(match["m"]) if match["m"].isdigit() else _MONTHS.index(match["m"][:3].lower()) + 1
    given = match.groupdict().get("y")
    year = int(given) if given else today.year - (month > today.month)
    if match.groupdict().get("d"):
        day = date(year, month, int(match["d"]))
        return range_of(day, day + timedelta(days=1))
    return whole_month(date(year, month, 1))


def _relative_year(match: re.Match[str], today: date) -> Dates:
    word = match["w"].lower().replace(" ", "")
    back = {"올해": 0, "금년": 0, "이번해": 0, "thisyear": 0, "작년": 1, "지난해": 1, "lastyear": 1, "재작년": 2}[word]
    year = today.year - back
    part = match["q"] or ""
    if part in SEASONS:
        first = date(year, SEASONS[part], 1)
        return range_of(first, months_on(first, 3))
    if digit := re.search(r"[1-4]", part):
        first = date(year, int(digit.group()) * 3 - 2, 1)
        return range_of(first, months_on(first, 3))
    if part:
        first = date(year, 1 if "상" in part or "first" in part else 7, 1)
        return range_of(first, months_on(first, 6))
    return whole_year(year)


def _month_of_year(match: re.Match[str], today: date) -> Dates:
    """As in "작년 9월", "올해 3월 2일"."""
    back = {"올해": 0, "올": 0, "금년": 0, "이번해": 0, "재작년": 2}.get(match["w"].replace(" ", ""), 1)
    first = date(today.year - back, int(match["m"]), int(match["d"] or 1))
    return range_of(first, first + timedelta(days=1)) if match["d"] else whole_month(first)


def _part_of_month(match: re.Match[str], today: date) -> Dates:
    return part_of_month(match["part"], _month_only(match, today))


def _week_of(match: re.Match[str], today: date) -> Dates:
    """As in "the week of October 19": from its Monday on."""
    day = date.fromisoformat(_whole_date(match["a"], today).start or "")
    return whole_week(day - timedelta(days=day.weekday()))


def _relative_month(match: re.Match[str], today: date) -> Dates:
    word = match["w"].lower().replace(" ", "")
    back = 0 if word.startswith(("이번", "이달", "this", "금월", "당월")) else 2 if word.startswith(_TWICE) else 1
    return whole_month(months_on(today.replace(day=1), -back))


def _relative_week(match: re.Match[str], today: date) -> Dates:
    word = match["w"].lower().replace(" ", "")
    back = 0 if word.startswith(("이번", "this", "금주")) else 2 if word.startswith(_TWICE) else 1
    return whole_week(today - timedelta(days=today.weekday() + 7 * back))


def _next(match: re.Match[str], today: date) -> Dates:
    """As in "다음 주", "내년", "tomorrow"."""
    word = match["w"].lower().replace(" ", "")
    if word in ("내일", "tomorrow", "모레"):
        day = today + timedelta(days=2 if word == "모레" else 1)
        return range_of(day, day + timedelta(days=1))
    if word in ("다음주", "nextweek", "차주"):
        return whole_week(today - timedelta(days=today.weekday()) + timedelta(days=7))
    if word in ("다음달", "nextmonth", "익월"):
        return whole_month(months_on(today.replace(day=1), 1))
    return whole_year(today.year + 1)


def _near_day(match: re.Match[str], today: date) -> Dates:
    day = today - timedelta(days=_DAYS_BACK[match["w"].lower()])
    return range_of(day, day + timedelta(days=1))


def _days_long(match: re.Match[str], today: date) -> Dates:
    """As in "사흘 전", one day, and "보름 동안", all days since."""
    day = today - timedelta(days=_DAYS_LONG[match["w"]])
    return range_of(day, day + timedelta(days=1)) if match["e"].startswith("전") else Dates(day.isoformat(), None)


def _few_days(_: re.Match[str], today: date) -> Dates:
    return Dates((today - timedelta(days=_FEW_DAYS)).isoformat(), None)


def _weekend(match: re.Match[str], today: date) -> Dates:
    """The Saturday and Sunday of this week where it has begun or is named so, else of the week before."""
    saturday = today - timedelta(days=today.weekday() - 5)
    before = not match["w"].startswith("이번") and (saturday >= today or not match["w"].startswith("주말"))
    saturday -= timedelta(days=7 * before)
    return range_of(saturday, saturday + timedelta(days=2))


def _end_of_year(match: re.Match[str], today: date) -> Dates:
    """The first months of this year; the last ones of the year that has got so far."""
    late = match["w"] == "연말"
    year = today.year - (late and today.month < LATE[0])
    return months_of(year, *(LATE if late else EARLY))


def _recent(match: re.Match[str], today: date) -> Dates:
    count = int(match["n"]) if match["n"].isdigit() else COUNTS[match["n"].strip().lower()]
    unit = next(name for name, pattern in _UNITS if re.fullmatch(pattern, match["u"], re.IGNORECASE))
    days = {"day": 1, "week": 7}.get(unit)
    months = {"month": 1, "year": 12}.get(unit, 0)
    start = today - timedelta(days=days * count) if days else months_on(today, -months * count)
    return Dates(start.isoformat(), None)


def _ago(match: re.Match[str], today: date) -> Dates:
    """The day that is so long ago; the month or year where it is told in those."""
    count = int(match["n"]) if match["n"].isdigit() else COUNTS[match["n"].strip().lower()]
    unit = next(name for name, pattern in _UNITS if re.fullmatch(pattern, match["u"], re.IGNORECASE))
    if unit in ("day", "week"):
        day = today - timedelta(days=count * (7 if unit == "week" else 1))
        return range_of(day, day + timedelta(days=1))
    return whole_month(months_on(today.replace(day=1), -count)) if unit == "month" else whole_year(today.year - count)


def _old(match: re.Match[str], today: date) -> Dates:
    """As in "2년 넘은": before the day that is so long ago."""
    return Dates(None, _recent(match, today).start)


def _between_days(match: re.Match[str], today: date) -> Dates:
    """As in "6월 1일부터 6월 10일까지", "from 2024-06-01 to 2024-06-10"."""
    later = match["b"].strip()
    year = re.search(r" (?:19|20)\d\d$", later)
    named = match["a"].strip()
    if year and named[-4:-3] not in ("1", "2") and re.search("[A-Za-z]", named):
        named += year.group()
    first = _whole_date(named, today)
    if "월" in later and not re.match(r"\d{4}", later):
        later = f"{first.start[:4] if first.start else ''}년 {later}"
    return Dates(first.start, _whole_date(later, today).end)


def _whole_date(text: str, today: date) -> Dates:
    """The date that the whole text is. Raises ValueError where it is more or less than one."""
    found = date_at(text, 0, today)
    if found is None or found[0] < len(text) or found[1].start is None or found[1].end is None:
        raise ValueError(text)
    return found[1]


def _half_year(_: re.Match[str], today: date) -> Dates:
    return Dates(months_on(today, -6).isoformat(), None)


def _between_months(match: re.Match[str], today: date) -> Dates:
    """As in "between May and July 2024", "from June to August": both months whole."""
    last = _MONTHS.index(match["b"][:3].lower()) + 1
    first = _MONTHS.index(match["a"][:3].lower()) + 1
    until = int(match["y2"]) if match["y2"] else today.year - (last > today.month)
    since = int(match["y1"]) if match["y1"] else until - (first > last)
    return Dates(date(since, first, 1).isoformat(), months_on(date(until, last, 1), 1).isoformat())


def _week_in(match: re.Match[str], today: date) -> Dates:
    """As in "the second week of April 2024". Raises ValueError of a month without a fifth."""
    week = week_of(_month_only(match, today), match["n"])
    if week is None:
        raise ValueError(match.group())
    return week


_UNIT = "|".join(pattern for _, pattern in _UNITS)
_COUNT = rf"\d{{1,3}}|{'|'.join(word for word in COUNTS if word)}|"
_HALVES = r"[1-4] ?분기|상반기|하반기|봄|여름|가을|겨울|q[1-4]|first half|second half"
_MONTH_NAMES = "|".join(f"{name}[a-z]*" for name in _MONTHS)
_ISO = r"(?P<y>(?:19|20)\d\d)[-./](?P<m>0?[1-9]|1[0-2])(?:[-./](?P<d>3[01]|[12]\d|0?[1-9]))?(?!\d)"
_ONE_DAY = r"[\d][\d\-./년월일 ]{0,12}[\d년월일]"
_NTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_A_DAY = (
    rf"(?:(?:{_MONTH_NAMES})\.? {_NTH}(?:,? (?:19|20)\d\d)?|{_NTH} (?:{_MONTH_NAMES})(?: (?:19|20)\d\d)?|{_ONE_DAY})"
)
_TURN = r"(?:(?:since|before|after|until|from|on) )?(?:the )?"
_DAY_EN = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ONWARDS = re.compile(r",? (?:on|onwards?|upwards?|and later|forward|till now|until now|to now)\b", re.IGNORECASE)
_THE = "(?:the |this |last )"
_YEAR_EN = r"(?: (?:of )?(?P<y>(?:19|20)\d\d))?"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], date], Dates]], ...] = (
    (
        r"(?:(?:in|during|for|on|from|over) )?(?:the )?week (?:of|beginning|starting|commencing)(?: on)?(?: the)? "
        rf"(?P<a>{_A_DAY})(?![\w-])",
        _week_of,
    ),
    (rf"(?:(?:in|during) )?(?:the )?(?P<part>{PARTS})[ -](?:of )?(?P<m>{_MONTH_NAMES})\.?{_YEAR_EN}\b", _part_of_month),
    (rf"(?:since|after) (?:the |this |last )?(?P<s>{SEASONS_EN}){_YEAR_EN}\b", season_since),
    (rf"(?:(?:in|during|over|before|until) {_THE}?|{_THE})(?P<s>{SEASONS_EN}){_YEAR_EN}\b", season),
    (rf"(?P<a>{_ONE_DAY}) ?(?:부터|에서|~) ?(?P<b>{_ONE_DAY}) ?(?:까지)?(?: ?사이)?(?=[ 에의가-힣]|$)", _between_days),
    (
        rf"(?:between |from )?(?P<a>{_A_DAY}) ?(?:and|to|until|till|through|-|–) ?(?P<b>{_A_DAY})(?![\w-])",
        _between_days,
    ),
    (
        r"(?P<w>이번|당|금|지난|저번|지지난|직전|this|last|previous|the last) ?(?P<p>분기|반기|quarter)(?! ?\d)",
        relative_part,
    ),
    (r"(?:(?P<y>(?:19|20)\d\d|\d\d)년?도? ?)?(?P<h>상반기|하반기)", half_of),
    (r"(?:(?P<y>(?:19|20)\d\d|\d\d)년 ?)?(?P<s>봄|여름|가을|겨울)(?=[에철의 ]|$)", season),
    (r"(?:the )?(?P<h>first half|second half)(?: of (?P<y>(?:19|20)\d\d))?", half_of),
    (r"(?:(?P<y>(?:19|20)\d\d)[ -]?)?q(?P<q>[1-4])(?: (?:of )?(?P<y2>(?:19|20)\d\d))?(?![a-z\d]|-[a-z])", quarter_en),
    (
        r"(?P<w>내일|모레|tomorrow|다음 ?주|차주|next week|다음 ?달|익월|next month|내년|next year)(?![가-힣a-z]{3})",
        _next,
    ),
    (rf"(?P<n>{_COUNT}) ?(?P<u>{_UNIT}) ?(?:전|ago)(?![가-힣a-z]{{2}})", _ago),
    (rf"(?P<n>{_COUNT}) ?(?P<u>주|개월|달|년) ?(?:이상 ?)?(?:넘은|넘게 된|된|지난|더 된)", _old),
    (rf"(?:older than|more than|over) (?P<n>{_COUNT}) ?(?P<u>{_UNIT}) ?(?:ago|old|back)(?![a-z])", _old),
    (rf"older than (?P<n>{_COUNT}) ?(?P<u>{_UNIT})(?![a-z])", _old),
    (rf"(?:newer|younger|more recent|less) than (?P<n>{_COUNT}) ?(?P<u>{_UNIT}) (?:ago|old|back)(?![a-z])", _recent),
    (rf"(?:newer|younger|more recent) than (?P<n>{_COUNT}) ?(?P<u>{_UNIT})(?![a-z])", _recent),
    (
        rf"(?P<n>{_COUNT}) ?(?P<u>일주일|주|개월|달|년) ?(?:안에|이내에?|내에|새에?(?![가-힣])|사이에(?![가-힣]))",
        _recent,
    ),
    (r"반년 ?(?:안에|이내에?|내에|전부터)", _half_year),
    (_ISO, _absolute),
    (r"(?:(?P<y>(?:19|20)\d\d)년? ?)?(?P<q>[1-4]) ?분기", quarter),
    (r"(?P<y>(?:19|20)\d\d|\d\d)년(?: ?(?P<m>1[0-2]|[1-9])월(?: ?(?P<d>\d{1,2})일)?)?도?", _absolute),
    (
        r"(?P<w>올해?|금년|이번 ?해|작년|지난 ?해|재작년)(?:의|도)? ?(?P<m>1[0-2]|[1-9])월(?: ?(?P<d>\d{1,2})일)?",
        _month_of_year,
    ),
    (
        r"(?P<w>올해|금년|이번 ?해|작년|지난 ?해|재작년|this year|last year)(?: 들어(?![가-힣]))? ?(?P<q>(?:"
        + _HALVES
        + "))?",
        _relative_year,
    ),
    (r"(?P<m>1[0-2]|[1-9])월(?: ?(?P<d>\d{1,2})일)?", _month_only),
    (
        rf"(?:between |from )?(?P<a>{_MONTH_NAMES})\.?(?: (?P<y1>(?:19|20)\d\d))? ?(?:and|to|until|till|through|-|–) ?"
        rf"(?P<b>{_MONTH_NAMES})\.?(?: (?P<y2>(?:19|20)\d\d))?\b(?! ?\d)",
        _between_months,
    ),
    (
        rf"(?:in )?(?:the )?(?P<n>{NUMBERED_EN}) week (?:of|in) (?P<m>{_MONTH_NAMES})\.?(?:,? (?P<y>(?:19|20)\d\d))?\b",
        _week_in,
    ),
    (_TURN + rf"(?P<m>{_MONTH_NAMES})\.? {_DAY_EN}(?:,? (?P<y>(?:19|20)\d\d))?(?![\w:])", _month_only),
    (_TURN + rf"{_DAY_EN} (?:of )?(?P<m>{_MONTH_NAMES})\.?(?:,? (?P<y>(?:19|20)\d\d))?(?![\w-])", _month_only),
    (r"(?P<m>" + _MONTH_NAMES + r")\.? (?P<y>(?:19|20)\d\d)\b", _month_only),
    (
        r"(?:in|since|before|after|until|during) (?P<m>" + _MONTH_NAMES + r")\.?(?: (?P<y>(?:19|20)\d\d))?\b",
        _month_only,
    ),
    (r"(?:since|before|after|until) " + _ISO, _absolute),
    (
        r"(?P<w>이번 ?달|이달|금월|당월|(?:지지난|저저번|지난|저번) ?달|전월|전달(?=에| )|this month|last month)",
        _relative_month,
    ),
    (
        r"(?P<w>이번 ?주|금주|지지난 ?주|저저번 ?주|지난 ?주|저번 ?주|전주(?=에| )|this week|last week)(?! ?\d)(?!말)",
        _relative_week,
    ),
    (r"(?P<w>이번 ?주말|지난 ?주말|저번 ?주말|주말(?=에))", _weekend),
    (rf"(?P<w>{'|'.join(_DAYS_BACK)})", _near_day),
    (rf"(?P<w>{'|'.join(_DAYS_LONG)}) ?(?P<e>전에?|동안|간|사이에?|새에?|안에|이내에?|내에?)(?![가-힣])", _days_long),
    (r"(?:요|최근|요새|근) ?며칠(?: ?(?:새|사이|동안|간))?에?(?![가-힣])", _few_days),
    (r"(?P<w>연초|올 ?초|연말)(?=에|부터| |$)", _end_of_year),
    (r"(?:최근|지난|last|past|the last|the past) ?(?:반년|half year|half a year)(?: ?동안| ?간)?", _half_year),
    (
        rf"(?:최근|지난|last|past) ?(?P<n>{_COUNT}) ?(?P<u>{_UNIT})(?: ?(?:동안|간|내|사이|새(?![가-힣])))?(?![a-z])",
        _recent,
    ),
    (r"(?:in|during|from|since|of|before|after|until) (?P<y>(?:19|20)\d\d)(?P<m>)(?P<d>)\b", _absolute),
)
_PART = re.compile(r" ?(초순|초반|초|상순|중순|중반|하순|후반|말)(?:경|쯤|께)?(?=[에의이부까인 ]|$)")
"""As in "10월 초", "작년 말": a part of the month or year before it."""
_ANY = re.compile(
    "|".join(f"(?:{re.sub(r'[?]P<[a-z0-9]+>', '?:', pattern)})" for pattern, _ in _PATTERNS), re.IGNORECASE
)
"""All of them at once: most words begin no date, and one look says so."""
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in _PATTERNS)
_AFTER = re.compile(r" ?(?:년)?(?:에|의)? ?(이후로?|부터|이래|이전|전에|까지|전|후)(?:에|의|로)?", re.IGNORECASE)
_SYLLABLES = frozenset(
    re.findall("[가-힣]", "".join((*(pattern for pattern, _ in _PATTERNS), _PART.pattern, _AFTER.pattern, NUMBERED)))
)
_BEFORE_WORD = re.compile(r"(since|after|from|before|until|till|up to) (?:in )?$", re.IGNORECASE)


def may_be_of_date(piece: str) -> bool:
    """Whether each syllable is one that dates are told with: no others stand in what `date_at` finds."""
    return all(char in _SYLLABLES or not "가" <= char <= "힣" for char in piece)


def date_at(text: str, place: int, today: date) -> tuple[int, Dates] | None:
    """The date expression that starts at `place`: where it ends, and its range. None when there is none."""
    for pattern, read in _COMPILED if _ANY.match(text, place) else ():
        if match := pattern.match(text, place):
            try:
                dates = read(match, today)
            except ValueError:  # the 31st of a month without one
                continue
            return (match.end(), dates) if read is _between_days else _turned(text, match, dates)
    return None


def _goes_on(text: str, place: int, dates: Dates) -> bool:
    """Whether "from" begins a time without end: from a day, from June on; "runs from June" are those of June."""
    one_day = dates.start is not None and dates.end == (date.fromisoformat(dates.start) + timedelta(days=1)).isoformat()
    return one_day or _ONWARDS.match(text, place) is not None


def _turned(text: str, match: re.Match[str], dates: Dates) -> tuple[int, Dates]:
    """The range, or the part of it that follows (초, 말), as the word after (이후) or before (since) it turns it."""
    part = _PART.match(text, match.end())
    cut = part_of(dates, part.group(1)) if part else None
    end = part.end() if part and cut else match.end()
    dates = cut or dates
    end, dates = week_behind(text, end, dates) or (end, dates)
    after = _AFTER.match(text, end)
    if after:
        word = after.group(1)
        turn = dates.since if word.startswith(("이후", "부터", "이래", "후")) else dates.before
        return after.end(), (dates.until() if word == "까지" else turn())
    head = match.group().split(" ")[0].lower()
    before = _BEFORE_WORD.search(text, 0, match.start())
    word = before.group(1).lower() if before else head
    if word in ("since", "after") or (word == "from" and _goes_on(text, end, dates)):
        onwards = _ONWARDS.match(text, end)
        return onwards.end() if onwards else end, dates.since()
    if word in ("before", "until", "till", "up to"):
        return end, dates.before() if word == "before" else dates.until()
    return end, dates
