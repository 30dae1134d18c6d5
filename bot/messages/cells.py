"""Cells as people read them: numbers with separators, dates without noise, a dash for no value."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from agent.headings import Heading, Kind
from agent.messages import say
from bot.messages.gate import clean
from db.catalog.meaning import Language
from db.catalog.table import Cell

NULL: Final = "–"
Write: TypeAlias = Callable[[Cell], str]

_READ_CHARS: Final = 4_000
"""Nobody is shown more of a cell; what is beyond is not even read."""
_DECIMALS: Final = 4
_MOST_DECIMALS: Final = 12
_EXACT: Final = 10**15
"""Whole numbers of a float beyond it have digits that nobody measured."""
_YEARS: Final = range(1900, 2101)
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?")


def writer(heading: Heading, cells: Sequence[Cell], language: Language) -> Write:
    """How the cells of a column are written; `cells` are all of them, for what holds for the column as a whole."""
    whole_days = all(_is_midnight(cell) for cell in cells if cell is not None)
    kind = "code" if heading.kind == "plain" and _are_years(cells) else heading.kind

    def write(cell: Cell) -> str:
        if cell is None:
            return NULL
        if isinstance(cell, str):
            return _text(cell, whole_days=whole_days)
        return _number(cell, kind, language)

    return write


def is_numeric(cells: Sequence[Cell]) -> bool:
    """Whether a column's values are numbers, and so stand to the right."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float) for cell in known)


def number(value: int | float) -> str:
    """Thousands separated; at most four decimals, of a small number four digits."""
    if isinstance(value, int):
        return f"{value:,}"
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= _EXACT:
        return f"{value:.4g}"
    if value.is_integer():
        return f"{int(value):,}"
    if abs(value) < 10.0**-_MOST_DECIMALS:
        return f"{value:.{_DECIMALS}g}"
    decimals = _DECIMALS if abs(value) >= 1 else _DECIMALS - 1 - math.floor(math.log10(abs(value)))
    return f"{value:,.{min(decimals, _MOST_DECIMALS + _DECIMALS)}f}".rstrip("0").rstrip(".")


def _number(value: int | float, kind: Kind, language: Language) -> str:
    if kind == "code":
        return str(value)
    if kind == "flag" and value in (0, 1):
        return say("table-yes" if value else "table-no", language)
    if kind == "ratio" and math.isfinite(value):
        return f"{number(round(value * 100, 2))}%"
    return number(value)


def _text(text: str, *, whole_days: bool) -> str:
    """Never empty, because Slack refuses an empty cell."""
    shown = clean(text[:_READ_CHARS])
    if not shown.strip():
        return '""'
    moment = _MOMENT.fullmatch(shown)
    if moment is None:
        return shown
    day, clock, seconds, _, zone = moment.groups()
    if whole_days:
        return str(day)
    return f"{day} {clock}{seconds if seconds not in (None, ':00') else ''}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if zone is None:
        return ""
    return " UTC" if zone == "Z" or not zone.strip("+-:0") else f" {zone}"


def _is_midnight(cell: Cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[T ]00:00(:00(\.0+)?)?", cell) is not None


def _are_years(cells: Sequence[Cell]) -> bool:
    """Whether the numbers could all be years: nobody writes those with a separator."""
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int) and cell in _YEARS for cell in known)
