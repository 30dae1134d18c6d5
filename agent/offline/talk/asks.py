"""Takes a question that asks several things one after another apart, and lets the later ones go on from the first."""

import re
from dataclasses import replace

from agent.offline.reading.reading import Reading
from agent.offline.words.normalise import clauses

_ASKED = r"(?:몇 ?(?:개|명|건|번|가지|종류|대|시간)|얼마|누구|어디|언제|무엇|뭔데|뭐|뭔지|인지|는지)"
_ENDING = r"(?:이|인지|야|예요|인가요|씩|나)?(?: ?(?:되|돼|있|했|썼|걸렸))?"
_KOREAN = re.compile(rf"({_ASKED}{_ENDING})(?:이고|이며|고|며|,|;| 그리고)\s+(?=.*(?:{_ASKED}|알려|보여|\?))")
_ENGLISH = re.compile(
    r"\b((?:how|who|what|which|where|when)\b.{6,}?),?\s+and\s+(?=(?:how|who|what|which|where|when)\b)", re.IGNORECASE
)
_BOTH_ENDS = re.compile(r"(\S+)(?:과|와|이랑|랑|하고|,)\s+(?=(?:가장|제일)\s)|\s+and (?:the )?(?=\w+est\b)")
_END_ALONE = re.compile(r"\b\w+est$", re.IGNORECASE)
"""As in "smallest and largest dataset": of what is told behind the other end."""
_RANKED = re.compile(r"가장|제일|\w+est\b", re.IGNORECASE)
_ENDED = re.compile(rf"(?<=[?？])\s+(?=.*(?:{_ASKED}|알려|보여|\?|show|tell|list))", re.IGNORECASE)


def asks(text: str) -> tuple[str, ...]:
    """The single questions in a clean text, at most three."""
    parts = [one for part in _ENDED.split(text) for one in _joined(part)]
    return tuple(clause for part in parts[:3] for clause in clauses(part))


def _joined(text: str) -> list[str]:
    for pattern in (_KOREAN, _ENGLISH):
        if match := pattern.search(text):
            return [text[: match.end(1)].strip(), *_joined(text[match.end() :].strip())]
    if (match := _BOTH_ENDS.search(text)) and _RANKED.search(text[: match.start()]):
        first = text[: match.end(1)] if match.group(1) else text[: match.start()]
        if not match.group(1) and _END_ALONE.search(first):
            first = f"{first} {text[match.end() :].partition(' ')[2]}"
        return [first.strip(), *_joined(text[match.end() :].strip())]
    return [text]


def carried_on(first: Reading | None, later: Reading) -> Reading:
    """A later ask that names nothing itself, about the rows of the first: "모델이 몇 개고 평균 F1은 얼마야"."""
    if first is None or first.query is None or later.query is None or later.intent != "query":
        return later
    counted = first.query.measure == "count" and later.query.measure in ("avg", "sum", "min", "max")
    if counted and (later.query.head, later.query.filters) == (first.query.head, first.query.filters):
        return replace(later, query=replace(later.query, tallied=not later.query.groups))
    same = later.query.head == first.query.head and not later.query.filters and not later.query.groups
    says = later.query.measure != "rows" or later.query.columns or later.query.order
    if not same or not says or first.query.groups:
        return later
    carried = replace(later.query, filters=first.query.filters, present=first.query.present)
    both = first.query.measure == "count" and carried.measure in ("avg", "sum", "min", "max")
    return replace(later, query=replace(carried, tallied=both))
