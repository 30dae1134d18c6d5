"""Numbers as people say them: with Korean numerals, counting words and units."""

import re
from dataclasses import dataclass

_KOREAN = {"하나": 1, "둘": 2, "셋": 3, "넷": 4, "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6,
           "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "첫": 1, "열한": 11, "열두": 12, "열세": 13, "열네": 14,
           "열다섯": 15, "열여섯": 16, "열일곱": 17, "열여덟": 18, "열아홉": 19, "스무": 20, "스물": 20, "서른": 30,
           "마흔": 40, "쉰": 50}  # fmt: skip
_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_FIRST_TEN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINALS = {word: place for place, word in enumerate(_FIRST_TEN, start=1)}
_PLACES = {**_KOREAN, **{f"열{word}": 10 + ones for word, ones in _KOREAN.items() if ones < 10}}
"""How places are counted in Korean: 열일곱 번째 is no 일곱 번째."""
_SCALES = {"백": 1e2, "천": 1e3, "만": 1e4, "백만": 1e6, "천만": 1e7, "억": 1e8, "조": 1e12, "k": 1e3, "m": 1e6,
           "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}  # fmt: skip
_UNITS: dict[str, tuple[str, float]] = {
    **{"%": ("%", 1), "퍼센트": ("%", 1), "프로": ("%", 1), "percent": ("%", 1), "퍼": ("%", 1)},
    **{
        "ms": ("s", 1e-3),
        "밀리초": ("s", 1e-3),
        "초": ("s", 1),
        "seconds": ("s", 1),
        "분": ("s", 60),
        "minutes": ("s", 60),
    },
    **{"시간": ("s", 3600), "hours": ("s", 3600), "hour": ("s", 3600), "일": ("s", 86400), "days": ("s", 86400)},
    **{"tb": ("byte", 1e12), "테라바이트": ("byte", 1e12), "테라": ("byte", 1e12), "gb": ("byte", 1e9)},
    **{"기가바이트": ("byte", 1e9), "기가": ("byte", 1e9), "mb": ("byte", 1e6), "메가바이트": ("byte", 1e6)},
    **{"메가": ("byte", 1e6), "kb": ("byte", 1e3), "킬로바이트": ("byte", 1e3)},
}
_COLUMN_UNITS = {"초": ("s", 1), "분": ("s", 60), "시간": ("s", 3600), "일": ("s", 86400),
                 "ms": ("s", 1e-3), "s": ("s", 1), "min": ("s", 60), "hours": ("s", 3600), "days": ("s", 86400),
                 "GB": ("byte", 1e9), "MB": ("byte", 1e6), "KB": ("byte", 1e3), "TB": ("byte", 1e12)}  # fmt: skip
_COUNTERS = "개|건|명|번|가지|장|대|편|곳|군데|위|등|원|달러|점|회|그램|kg|g"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what was said around it. `unit` is "%", "s", "byte", "count", "ordinal" or ""."""

    value: float
    unit: str = ""
    scaled: bool = False

    def in_column(self, unit: str | None, scale: float, *, ratio: bool) -> float:
        """The number in the units the column is stored in."""
        if self.unit == "%" or (ratio and self.value > 1):
            return self.value / 100 if ratio else self.value
        if self.unit in ("s", "byte") and unit in _COLUMN_UNITS:
            return self.value / _COLUMN_UNITS[unit][1]
        return self.value / scale if self.scaled and scale != 1 else self.value


def is_a_unit(word: str) -> bool:
    return word.lower() in _UNITS


def unit_kind(unit: str | None) -> str:
    """The kind of a column's unit: "s", "byte", or "" for anything else."""
    return _COLUMN_UNITS.get(unit or "", ("", 1))[0]


def _either(words: dict[str, int] | dict[str, float] | dict[str, tuple[str, float]]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ORDINAL = re.compile(
    rf"(?:(\d+|{_either(_PLACES)}) ?(?:번째|째)|\b(\d+)(?:st|nd|rd|th)\b|\b({_either(_ORDINALS)})\b)", re.IGNORECASE
)
_DIGITS = re.compile(
    rf"(\d[\d,]*(?:\.\d+)?)(?: ?({_either(_SCALES)})(?![a-z]))?(?: ?({_either(_UNITS)})(?![a-z])(?!(?<=초)과))?",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf" ?(?:{_COUNTERS})(?![가-힣]*어)")
_DAY_WORDS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "일주일": 7, "반나절": 0.5}
_DAYS = re.compile(rf"({_either(_DAY_WORDS)})(?=[ 을를이가도만]|$| ?(?:넘|이상|이하|이내|초과|미만))")
_ROUND = re.compile(
    rf"(?:({_either(_KOREAN)}) ?)?(백만|천만|백|천|만|억)(?: ?({_either(_UNITS)})(?![a-z])|(?=[개건명장회원 ]))",
    re.IGNORECASE,
)
_SINO_ONES = {word: place for place, word in enumerate("일이삼사오육칠팔구", start=1)}
_SINO_TENS = {"십": 10, "백": 100, "천": 1_000}
_SINO_HIGH = {"만": 10_000, "억": 100_000_000}
_SINO = re.compile(
    rf"([일이삼사오육칠팔구십백천만억]{{2,9}}|십)(?: ?({_either(_UNITS)})(?![a-z])|(?= ?(?:{_COUNTERS}))"
    r"|(?= ?(?:이상|이하|이내|넘|미만|초과|안 ?되|못 ?미)))",
    re.IGNORECASE,
)
"""Numbers in words, which a unit, a counting word or a bound follows: 이십만 개, 삼십 분, 오백 넘는."""
_ONLY = re.compile(r"(?:탑|톱|상위|하위|최대|top|bottom) ?\d+만", re.IGNORECASE)
"""Where 만 says "only": 탑3만."""
_TIMES = {"hour": 3600, "day": 86400, "week": 604800, "minute": 60, "second": 1}
_SPOKEN_TIME = re.compile(
    rf"(?:\b(?:(half) )?(?:(an?|{_either(_ENGLISH)})) (?:full |whole |single )?({'|'.join(_TIMES)})s?\b"
    rf"|({_either(_KOREAN)}) ?(시간|초(?!기|과)|기가|테라|메가))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?:({_either(_KOREAN)}) ?(?:{_COUNTERS})|(두|세|네|다섯|여섯) (?=[가-힣])|({_either(_ENGLISH)})\b"
    r"|(하나|둘)(?= ?(?:뿐|밖에))|(?<= )(셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?=[만을이은]? |[만을이은]?[.?!]*$))",
    re.IGNORECASE,
)


def amount_at(text: str, place: int) -> tuple[int, Amount] | None:
    """The amount that starts at `place` and where it ends; None when there is none."""
    if match := _ORDINAL.match(text, place):
        word = (match.group(1) or match.group(2) or match.group(3)).lower()
        number = int(word) if word.isdigit() else (_PLACES.get(word) or _ORDINALS[word])
        return match.end(), Amount(number, "ordinal")
    if match := _DIGITS.match(text, place):
        return _digits(text, match)
    if (match := _SINO.match(text, place)) and (spoken := _sino(match.group(1))):
        unit, factor = _UNITS.get((match.group(2) or "").lower(), ("", 1.0))
        if unit:
            return match.end(), Amount(spoken * factor, unit)
        counted = _COUNTED.match(text, match.end())
        return (counted or match).end(), Amount(spoken, "count" if counted else "", scaled=True)
    if match := _ROUND.match(text, place):
        value = _KOREAN.get(match.group(1) or "한", 1) * _SCALES[match.group(2)]
        unit, factor = _UNITS.get((match.group(3) or "").lower(), ("", 1.0))
        if unit:
            return match.end(), Amount(value * factor, unit)
        counted = _COUNTED.match(text, match.end())
        return (counted or match).end(), Amount(value, "count" if counted else "", scaled=True)
    if match := _DAYS.match(text, place):
        return match.end(), Amount(_DAY_WORDS[match.group(1)] * 86400, "s")
    if match := _SPOKEN_TIME.match(text, place):
        return match.end(), _spoken_time(match)
    if match := _SPOKEN.match(text, place):
        korean = match.group(1) or match.group(2) or match.group(4) or match.group(5)
        number = _KOREAN[korean] if korean else _ENGLISH[match.group(3).lower()]
        return match.end(), Amount(number, "count")
    return None


def _sino(word: str) -> int:
    """The number that 이십삼만 is; 0 for syllables in no order of a number's."""
    total = part = ones = 0
    last = 10_000
    for char in word:
        if char in _SINO_ONES and not ones:
            ones = _SINO_ONES[char]
        elif (ten := _SINO_TENS.get(char, 0)) and ten < last:
            part, ones, last = part + (ones or 1) * ten, 0, ten
        elif high := _SINO_HIGH.get(char, 0):
            total, part, ones, last = total + (part + ones or 1) * high, 0, 0, 10_000
        else:
            return 0
    return total + part + ones


def _spoken_time(match: re.Match[str]) -> Amount:
    """As in "한 시간", "a full day", "half an hour"."""
    half, english, time, korean, unit = match.groups()
    if korean:
        kind, factor = _UNITS[unit]
        return Amount(_KOREAN[korean] * factor, kind)
    number = _ENGLISH.get(english.lower(), 1) * (0.5 if half else 1)
    return Amount(number * _TIMES[time.lower()], "s")


def _digits(text: str, match: re.Match[str]) -> tuple[int, Amount] | None:
    value = float(match.group(1).replace(",", ""))
    scale = (match.group(2) or "").lower()
    if scale == "만" and any(match.start() < only.end() <= match.end() for only in _ONLY.finditer(text)):
        return match.end() - 1, Amount(value, "count")
    unit, factor = _UNITS.get((match.group(3) or "").lower(), ("", 1.0))
    if unit:
        return match.end(), Amount(value * _SCALES.get(scale, 1) * factor, unit)
    if text[match.end() : match.end() + 1].isascii() and text[match.end() : match.end() + 1].isalpha():
        return None
    amount = value * _SCALES.get(scale, 1)
    if counted := _COUNTED.match(text, match.end()):
        return counted.end(), Amount(amount, "id" if counted.group().strip() == "번" else "count", bool(scale))
    return match.end(), Amount(amount, "", bool(scale))
