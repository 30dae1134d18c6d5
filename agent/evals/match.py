"""Whether a predicted result is the gold result: cells, rows, sets of rows."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

Value: TypeAlias = Any
"""A cell as JSON or the database gives it: str, int, float, bool, None."""
Values: TypeAlias = Sequence[Value]
Mode: TypeAlias = Literal["set", "prefix", "subset"]

_NUMBER = re.compile(r"\s*(-?[\d,]*\.?\d+)\s*(%|ms|gb|mb|m|시간|개|건|명|일)?\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NO_VALUE = frozenset({"", "-", "null", "none", "n/a", "없음"})
_DATE_CHARS = 10


def as_number(value: Value) -> float | None:
    """The number a cell holds, units and thousands separators set aside; None where it holds none."""
    if isinstance(value, int | float):
        return float(value)
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return None if found is None else float(found.group(1).replace(",", ""))


def is_same_value(gold: Value, predicted: Value, *, is_ratio: bool = False) -> bool:
    """Whether the predicted cell says what the gold cell says.

    Numbers may be rounded; with `is_ratio` 0.5 may stand for a gold 50. Text differs only in letter case and
    spacing, and a date may carry its time of day or not.
    """
    if gold is None:
        return predicted is None or (isinstance(predicted, str) and predicted.strip().lower() in _NO_VALUE)
    left, right = as_number(gold), as_number(predicted)
    if left is not None and right is not None:
        if _is_close(left, right):
            return True
        return is_ratio and (_is_close(left / 100, right) or _is_close(left, right * 100))
    return isinstance(gold, str) and isinstance(predicted, str) and _is_same_text(gold, predicted)


def _is_close(gold: float, predicted: float) -> bool:
    if gold.is_integer() and abs(gold) < 1e6:
        return abs(gold - predicted) < 1e-6
    if abs(gold - predicted) <= 1e-9 + abs(gold) * 2e-3:
        return True
    places = 0 if predicted.is_integer() or "." not in repr(predicted) else len(repr(predicted).split(".")[1])
    if places:
        return round(gold, places) == predicted
    return abs(gold) >= 10 and round(gold) == predicted


def _is_same_text(gold: str, predicted: str) -> bool:
    left, right = _folded(gold), _folded(predicted)
    if left == right:
        return True
    if not (_DATE.match(gold) and _DATE.match(predicted)):
        return False
    return (left.startswith(right) or right.startswith(left)) and min(len(left), len(right)) >= _DATE_CHARS


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().casefold())


def row_values(row: object) -> list[Value]:
    """The cells of a predicted row, which may be a list, an object or a single cell."""
    if isinstance(row, Mapping):
        return list(row.values())
    return list(row) if isinstance(row, list | tuple) else [row]


def row_matches(gold: Values, predicted: Values, *, is_ratio: bool = False) -> bool:
    """Whether each gold cell has a predicted cell of its own; further columns are free."""
    left = list(predicted)
    for value in gold:
        place = next((i for i, other in enumerate(left) if is_same_value(value, other, is_ratio=is_ratio)), None)
        if place is None:
            return False
        del left[place]
    return True


def every_row_matches(gold: Sequence[Values], predicted: Sequence[Values], *, is_ratio: bool = False) -> bool:
    """Whether each gold row has a predicted row of its own, in any order (a bipartite matching)."""
    fits = [[j for j, p in enumerate(predicted) if row_matches(g, p, is_ratio=is_ratio)] for g in gold]
    owner: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for seat in fits[row]:
            if seat in tried:
                continue
            tried.add(seat)
            if seat not in owner or place(owner[seat], tried):
                owner[seat] = row
                return True
        return False

    return all(place(row, set()) for row in range(len(gold)))


def is_ordered(sql: str) -> bool:
    """Whether the statement itself has an ORDER BY; one inside parentheses does not count."""
    inner = re.compile(r"\([^()]*\)")
    while inner.search(sql):
        sql = inner.sub("", sql)
    return re.search(r"\border\s+by\b", sql, re.IGNORECASE) is not None


def is_same_result(
    gold: Sequence[Values],
    predicted: Sequence[Values],
    *,
    mode: Mode = "set",
    ordered: bool = False,
    is_ratio: bool = False,
) -> bool:
    """Whether the predicted rows are the gold rows.

    set: the same rows, repeats aside; in the same order if `ordered`. prefix: the gold rows come first.
    subset: the gold rows are among not too many others.
    """
    if mode == "subset":
        return len(predicted) <= max(50, 5 * len(gold)) and every_row_matches(gold, predicted, is_ratio=is_ratio)
    if mode == "prefix":
        return len(predicted) >= len(gold) > 0 and _pairwise(gold, predicted, is_ratio)
    rows = predicted if len(predicted) == len(gold) else _distinct(predicted)
    if len(rows) != len(gold):
        return False
    if ordered and len(gold) > 1:
        return _pairwise(gold, rows, is_ratio)
    return every_row_matches(gold, rows, is_ratio=is_ratio)


def _pairwise(gold: Sequence[Values], predicted: Sequence[Values], is_ratio: bool) -> bool:
    return all(row_matches(g, p, is_ratio=is_ratio) for g, p in zip(gold, predicted, strict=False))


def _distinct(rows: Sequence[Values]) -> list[Values]:
    first: dict[str, Values] = {}
    for row in rows:
        first.setdefault(json.dumps(list(row), ensure_ascii=False, default=str), row)
    return list(first.values())
