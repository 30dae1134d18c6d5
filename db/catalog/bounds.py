"""Bounds on a number, as a word may stand for one: high performing is ">= 0.9"."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

BoundOp: TypeAlias = Literal[">=", "<=", ">", "<", "="]

_NUMBER: Final = r"(?P<number>[-+]?\d+(?:\.\d+)?)\s*(?P<percent>%)?"
_SIGN: Final = re.compile(rf"(?P<op>>=|<=|≥|≤|>|<|=)\s*{_NUMBER}")
_KOREAN: Final = re.compile(rf"{_NUMBER}\s*(?P<op>이상|이하|초과|미만)")
_ENGLISH: Final = re.compile(
    rf"(?P<op>at least|at most|more than|less than|over|above|under|below)\s+{_NUMBER}", re.IGNORECASE
)
_OPS: Final[dict[str, BoundOp]] = {
    ">=": ">=", "≥": ">=", "이상": ">=", "at least": ">=",
    "<=": "<=", "≤": "<=", "이하": "<=", "at most": "<=",
    ">": ">", "초과": ">", "more than": ">", "over": ">", "above": ">",
    "<": "<", "미만": "<", "less than": "<", "under": "<", "below": "<",
    "=": "=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number is held against; written as in a query, always in the same form."""

    op: BoundOp
    number: float

    def __str__(self) -> str:
        return f"{self.op} {self.number:.12g}"


def read_bound(text: str, *, ratio: bool = False) -> Bound | None:
    """The bound in ">= 0.9", "0.9 이상" or "at least 0.9"; None for any other text. `ratio`: 90% is stored as 0.9."""
    for form in (_SIGN, _KOREAN, _ENGLISH):
        if match := form.fullmatch(text.strip()):
            number = float(match["number"])
            return Bound(_OPS[match["op"].lower()], number / 100 if match["percent"] and ratio else number)
    return None
