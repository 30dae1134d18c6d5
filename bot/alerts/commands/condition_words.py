"""Conditions as people write them, `project:웨이퍼 severity>=high`: pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from rapidfuzz.distance import OSA

from bot.alerts.conditions import KEYS
from db.severity import SEVERITIES, Severity

Place: TypeAlias = Literal["here", "me"]

MOST: Final = 20
"""So many values may be named at once."""
LONGEST: Final = 80

_KEY_WORDS: Final[Mapping[str, str]] = {
    **{key: key for key in KEYS},
    **dict.fromkeys(("proj", "projects", "프로젝트", "과제"), "project"),
    **dict.fromkeys(("pipelines", "name", "run", "파이프라인", "실험", "이름"), "pipeline"),
    **dict.fromkeys(("assignee", "담당", "담당자", "소유자"), "owner"),
    **dict.fromkeys(("teams", "팀"), "team"),
    **dict.fromkeys(("rules", "규칙"), "rule"),
    **dict.fromkeys(("type", "종류", "유형"), "kind"),
    **dict.fromkeys(("data", "데이터셋", "데이터"), "dataset"),
    **dict.fromkeys(("sev", "level", "심각도", "중요도", "등급"), "severity"),
}
_SEVERITY_WORDS: Final[Mapping[str, str]] = {
    **{severity: severity for severity in SEVERITIES},
    **dict.fromkeys(("낮음", "낮은"), "low"),
    **dict.fromkeys(("mid", "normal", "보통", "중간"), "medium"),
    **dict.fromkeys(("높음", "높은"), "high"),
    **dict.fromkeys(("crit", "urgent", "치명", "치명적", "심각", "긴급"), "critical"),
}
_KIND_WORDS: Final[Mapping[str, str]] = {
    **{kind: kind for kind in ("failed", "stuck", "found", "reported")},
    **dict.fromkeys(("failure", "fail", "실패"), "failed"),
    **dict.fromkeys(("slow", "멈춤", "지연"), "stuck"),
    **dict.fromkeys(("발견",), "found"),
    **dict.fromkeys(("hook", "신고", "보고"), "reported"),
}
_PLACE_WORDS: Final[Mapping[str, Place]] = {
    **dict.fromkeys(("here", "channel", "여기", "여기에", "이채널", "채널", "채널에", "채널로"), "here"),
    **dict.fromkeys(("me", "dm", "나", "나에게", "내게", "저에게"), "me"),
}
_SELF_WORDS: Final = frozenset({"me", "my", "mine", "나", "내", "나의", "저", "제", "본인"})
_ALL_WORDS: Final = frozenset({"all", "everything", "any", "전체", "전부", "모두", "모든"})
_SURE_WORDS: Final = frozenset({"anyway", "sure", "그래도"})
_FILLERS: Final = frozenset({"alert", "alerts", "알림", "알림을", "and", "이", "to"})
_WORDS: Final = frozenset({*_PLACE_WORDS, *_ALL_WORDS, *_SURE_WORDS, *_FILLERS})
_BOUNDS: Final[Mapping[str, str]] = {"이상": ">=", "이하": "<=", "초과": ">", "미만": "<", "만": "=", "+": ">="}
_OPERATORS: Final[Mapping[str, str]] = {"=>": ">=", "=<": "<=", "==": "="}
_MARKS: Final = ":=<>!"

_VALUE: Final = r"""(?:"[^"]*"?|'[^']*'?|(?![:=>]|<(?![@\#!]))[^\s,]+)"""
_NO_KEY: Final = r"""(?![^\s:=<>!,"']+\s*(?:[:=>]|!=|<(?![@\#!])))"""
_TOKEN: Final = re.compile(
    rf"""(?P<key>[^\s:=<>!,"']+)\s*(?P<operator>>=|<=|=>|=<|==|!=|[:=>]|<(?![@\#!]))\s*"""
    rf"""(?P<values>{_VALUE}(?:\s*,\s*{_NO_KEY}{_VALUE})*)|(?P<word>{_VALUE}|[:=<>]+)|,"""
)
_EACH: Final = re.compile(_VALUE)
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


class MisreadError(Exception):
    """What was written is no condition. `code` names its sentence, `word` what was not read, `near` what was meant."""

    def __init__(self, code: str, word: str = "", near: str = "") -> None:
        super().__init__(f"{code}: {word}")
        self.code = code
        self.word = word
        self.near = near


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be told of. `place`: where, None where they didn't say; `is_all`: they said all.

    `is_sure`: they want it though nothing is like that by now.
    """

    conditions: Mapping[str, tuple[str, ...]]
    place: Place | None = None
    is_all: bool = False
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    """A key with an operator and values, or a word alone (no key)."""

    key: str
    operator: str
    values: tuple[str, ...]


def wanted(text: str) -> Wanted:
    """The conditions in a text, each key with all that is said of it. Raises MisreadError."""
    conditions: dict[str, tuple[str, ...]] = {}
    place: Place | None = None
    is_all = is_sure = False
    for term in _joined(list(_terms(_normal(text)))):
        if term.key:
            key, patterns = _condition(term)
            conditions[key] = tuple(dict.fromkeys((*conditions.get(key, ()), *patterns)))
            continue
        word = term.values[0].casefold()
        place = _PLACE_WORDS.get(word, place)
        is_all = is_all or word in _ALL_WORDS
        is_sure = is_sure or word in _SURE_WORDS
        if word.rstrip(_MARKS) in _KEY_WORDS or not word.strip(_MARKS):
            raise MisreadError("no-value", term.values[0])
        if word not in _WORDS:
            raise MisreadError("bare", term.values[0])
    if sum(map(len, conditions.values())) > MOST:
        raise MisreadError("too-many", str(MOST))
    return Wanted(conditions, place, is_all, is_sure)


def is_self(pattern: str) -> bool:
    """Whether a value stands for whoever has written it."""
    return pattern.strip("*").casefold() in _SELF_WORDS


def _normal(text: str) -> str:
    """One spelling of widths and quotes."""
    return unicodedata.normalize("NFKC", text.replace("≥", ">=").replace("≤", "<=")).translate(_QUOTES)


def _terms(text: str) -> Iterator[_Term]:
    for found in _TOKEN.finditer(text):
        if found["key"] is not None:
            values = tuple(_bare(value) for value in _EACH.findall(found["values"]))
            yield _Term(found["key"], _OPERATORS.get(found["operator"], found["operator"]), values)
        elif found["word"] is not None:
            yield _Term("", "", (_bare(found["word"]),))


def _joined(terms: list[_Term]) -> Iterator[_Term]:
    """The terms with a lone key joined to the word behind it, and a lone bound (이상) to the severity before it."""
    at = 0
    while at < len(terms):
        term, rest = terms[at], terms[at + 1 :]
        word = "" if term.key else term.values[0].casefold()
        if word in _KEY_WORDS and word not in _FILLERS and rest and not rest[0].key:
            term, rest, at = _Term(word, ":", rest[0].values), rest[1:], at + 1
        elif _severity(word):
            term = _Term("severity", ":", term.values)
        if term.key and rest and not rest[0].key and rest[0].values[0] in _BOUNDS:
            term, at = _Term(term.key, _BOUNDS[rest[0].values[0]], term.values), at + 1
        yield term
        at += 1


def _condition(term: _Term) -> tuple[str, tuple[str, ...]]:
    key = _KEY_WORDS.get(term.key.casefold())
    if key is None:
        raise MisreadError("unknown-key", term.key, _nearest(term.key.casefold(), _KEY_WORDS))
    values = [value for value in term.values if value.strip(_MARKS)]
    if not values:
        raise MisreadError("no-value", term.key)
    if any(len(value) > LONGEST for value in values):
        raise MisreadError("too-long", str(LONGEST))
    if key == "severity":
        return key, _severities(values, term.operator)
    if term.operator not in (":", "="):
        raise MisreadError("operator", f"{term.key}{term.operator}")
    if key == "kind":
        return key, tuple(_kind(value) for value in values)
    return key, tuple(_pattern(value, term.operator) for value in values)


def _pattern(value: str, operator: str) -> str:
    """`:` finds the value anywhere in a name, `=` is the whole name; where there is a `*`, it says so itself."""
    return value if "*" in value or operator == "=" else f"*{value}*"


def _kind(value: str) -> str:
    kind = _KIND_WORDS.get(value.casefold())
    if kind is None:
        raise MisreadError("unknown-kind", value, _nearest(value.casefold(), _KIND_WORDS))
    return kind


def _severities(values: list[str], operator: str) -> tuple[str, ...]:
    found: set[str] = set()
    for value in values:
        word, bound = _bounded(value.casefold())
        severity = _severity(word)
        if not severity:
            raise MisreadError("unknown-severity", value, _nearest(word, _SEVERITY_WORDS))
        place = SEVERITIES.index(_known(severity))
        found |= {one for at, one in enumerate(SEVERITIES) if _holds(at - place, bound or operator)}
    if not found:
        raise MisreadError("no-severity", f"{operator}{values[0]}")
    return tuple(one for one in SEVERITIES if one in found)


def _holds(beyond: int, operator: str) -> bool:
    match operator:
        case ">=":
            return beyond >= 0
        case ">":
            return beyond > 0
        case "<=":
            return beyond <= 0
        case "<":
            return beyond < 0
        case "!=":
            return beyond != 0
        case _:
            return beyond == 0


def _bounded(word: str) -> tuple[str, str]:
    """A severity without the bound that is written behind it: 높음이상, high+."""
    for ending, operator in _BOUNDS.items():
        if word.endswith(ending) and word != ending:
            return word.removesuffix(ending).strip(), operator
    return word, ""


def _severity(word: str) -> str:
    """The severity that a word stands for; "" for none."""
    return _SEVERITY_WORDS.get(_bounded(word)[0] if word else "", "")


def _known(severity: str) -> Severity:
    return next(one for one in SEVERITIES if one == severity)


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """What a word of ours it was probably meant to be; "" where none is near."""
    distances = {one: OSA.distance(word, one) for one in known}
    nearest = min(distances, key=lambda one: distances[one])
    return known[nearest] if distances[nearest] <= max(1, len(word) // 3) else ""


def _bare(value: str) -> str:
    """A value without the quotes around it."""
    for quote in "\"'":
        if value.startswith(quote):
            return value.removeprefix(quote).removesuffix(quote).strip()
    return value.strip()
