"""The parts of time between two of them: years, quarters, months, days."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

MOST: Final = 60
"""Where more than these lie between the first and the last, the empty ones are left out."""


def between(parts: Sequence[str]) -> list[str]:
    """The parts (sorted, as 2024, 2024-Q2, 2024-06 or 2024-06-03) with those that are missing among them.

    As they were where they are of any other kind, or too far apart.
    """
    if len(parts) < 2:
        return list(parts)
    for read, write in _KINDS:
        try:
            places = [read(part) for part in parts]
        except ValueError:
            continue
        if places[-1] - places[0] < MOST:
            return [write(place) for place in range(places[0], places[-1] + 1)]
    return list(parts)


def _year(text: str) -> int:
    if len(text) != 4:
        raise ValueError(text)
    return int(text)


def _quarter(text: str) -> int:
    year, quarter = text.split("-Q")
    return _year(year) * 4 + int(quarter) - 1


def _month(text: str) -> int:
    if len(text) != 7:
        raise ValueError(text)
    at = date.fromisoformat(f"{text}-01")
    return at.year * 12 + at.month - 1


def _day(text: str) -> int:
    if "W" in text:
        raise ValueError(text)
    return date.fromisoformat(text).toordinal()


_EPOCH: Final = date(1, 1, 1)
_KINDS: Final[tuple[tuple[Callable[[str], int], Callable[[int], str]], ...]] = (
    (_year, lambda place: f"{place:04d}"),
    (_quarter, lambda place: f"{place // 4:04d}-Q{place % 4 + 1}"),
    (_month, lambda place: f"{place // 12:04d}-{place % 12 + 1:02d}"),
    (_day, lambda place: (_EPOCH + timedelta(place - 1)).isoformat()),
)
