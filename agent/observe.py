"""How rows are written for the model: compact, capped, fenced as data."""

import csv
import io
import re

from agent.limits import Limits
from db.catalog.table import Cell, Row, Table

# Also what reads like the mark: in wide letters, with something invisible in it.
_MARK = re.compile(r"([<＜﹤])(?=[\W_]{0,8}[dｄ][\W_]{0,4}[aａ][\W_]{0,4}[tｔ][\W_]{0,4}[aａ])", re.IGNORECASE)
_FLOAT_DIGITS = 10
"""42.50000000372529 is told as 42.5: the noise of binary fractions is no figure."""


def fenced(text: str) -> str:
    """Text from the catalogue between marks it cannot close itself."""
    return "<data>\n" + _MARK.sub(r"\1\\", text) + "\n</data>"


def as_csv(table: Table, *, rows: int, chars: int) -> str:
    """A header and at most `rows` rows and `chars` characters; whole rows only, NULL as NULL."""
    return _written(table, rows, chars)[0]


def described(table: Table, limits: Limits) -> str:
    """The rows as the model reads them, with a line that says how many there are."""
    text, shown = _written(table, limits.rows_for_model, limits.chars_for_model)
    total = len(table.rows)
    count = f"{total} row{'' if total == 1 else 's'}"
    if table.truncated:
        count = f"the first {shown} of more than {total} rows; aggregate or filter to see all"
    elif shown < total:
        count += f", the first {shown} shown"
    return f"{count}\n{fenced(text)}"


def _written(table: Table, rows: int, chars: int) -> tuple[str, int]:
    """The CSV text and how many rows are in it; a first row that is too wide by itself gets its cells cut."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_cut(table.columns, chars))
    for written, row in enumerate(table.rows[:rows]):
        before = out.tell()
        writer.writerow([_cell(cell) for cell in row])
        if out.tell() > chars:
            out.seek(before)
            out.truncate()
            if written:
                return out.getvalue().rstrip("\n"), written
            writer.writerow(_cut([str(_cell(cell)) for cell in row], chars - before))
    return out.getvalue().rstrip("\n"), min(rows, len(table.rows))


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return float(f"{cell:.{_FLOAT_DIGITS}g}")
    return "NULL" if cell is None else cell


def _cut(cells: "Row | list[str] | tuple[str, ...]", chars: int) -> list[str]:
    """Each cell cut so that all of them, quoted at worst, stay within `chars`."""
    each = max(1, (chars - 4 * len(cells)) // (2 * max(1, len(cells))))
    return [text if len(text) <= each else text[: each - 1] + "…" for text in map(str, cells)]
