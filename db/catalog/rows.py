"""Rows cut to size: what leaves the catalogue is bounded, whatever was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from db.catalog.limits import QueryLimits
from db.catalog.table import Cell, Row

NUMBER_BYTES = 8
_UTF8_MOST = 4
"""Bytes of the widest character in UTF-8."""
_PLAIN = frozenset((str, int, float, type(None)))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A result's columns and rows; `truncated` if rows or cells were left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool


def take(source: Iterable[Sequence[object]], limits: QueryLimits) -> tuple[tuple[Row, ...], bool]:
    """As many rows as the limits allow, and whether anything was left out.

    Reads at most one row more than it returns. A first row that alone is over
    the byte limit is kept with its cells cut down.
    """
    rows: list[Row] = []
    used, cut_any = 0, False
    for raw in source:
        if len(rows) == limits.rows:
            return tuple(rows), True
        row, size, cut = _fit(raw, limits.cell_chars)
        used += size
        if used > limits.bytes:
            if not rows:
                rows.append(_fit(raw, min(limits.cell_chars, limits.bytes // (_UTF8_MOST * len(raw))))[0])
            return tuple(rows), True
        rows.append(row)
        cut_any = cut_any or cut
    return tuple(rows), cut_any


def text_bytes(texts: Iterable[str]) -> int:
    """Bytes in UTF-8. Raises UnicodeEncodeError for half a character."""
    return len("".join(texts).encode())


def _fit(raw: Sequence[object], chars: int) -> tuple[Row, int, bool]:
    """The row with its cells cut, its bytes, and whether any was cut."""
    cells = cast(Row, tuple(raw)) if _PLAIN.issuperset(map(type, raw)) else tuple(map(_cell, raw))
    texts = [cell for cell in cells if isinstance(cell, str)]
    cut = max(map(len, texts), default=0) > chars
    if cut:
        cells = tuple(_shorten(cell, chars) for cell in cells)
        texts = [cell for cell in cells if isinstance(cell, str)]
    return cells, text_bytes(texts) + NUMBER_BYTES * (len(cells) - len(texts)), cut


def _shorten(cell: Cell, chars: int) -> Cell:
    if not isinstance(cell, str) or len(cell) <= chars:
        return cell
    return cell[: chars - 1] + "…" if chars > 0 else ""


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return f"<blob {len(value)} bytes>"
    return str(value)
