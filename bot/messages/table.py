"""A query's result as a Block Kit table, or as monospaced text."""

from typing import Any, Final

from bot.messages.gate import clean
from bot.messages.text import clip, pad, width
from db.catalog.table import Cell, Table

# docs.slack.dev, table block: 100 rows with the heading's, 20 columns, 10,000 characters in a message.
MAX_ROWS: Final = 99
MAX_COLUMNS: Final = 20
MAX_CHARS: Final = 9_500
_CELL_CHARS: Final = 500
NULL: Final = "–"


def cell_text(cell: Cell) -> str:
    """A cell as people read it; never empty, because Slack refuses an empty cell."""
    if cell is None:
        return NULL
    if isinstance(cell, float):
        return f"{cell:.10g}"
    text = clean(str(cell))
    return text if text.strip() else '""'


def table_block(table: Table, max_chars: int = MAX_CHARS) -> tuple[dict[str, Any] | None, int]:
    """The table block with as many rows as fit, and how many those are; None where not even one does."""
    if table.is_empty or not table.columns or len(table.columns) > MAX_COLUMNS:
        return None, 0
    rows = [[_name(name) for name in table.columns]]
    room = min(max_chars, MAX_CHARS) - sum(map(len, rows[0]))
    for row in table.rows[:MAX_ROWS]:
        cells = [clip(cell_text(cell), _CELL_CHARS) for cell in row]
        room -= sum(map(len, cells))
        if room < 0:
            break
        rows.append(cells)
    if len(rows) == 1:
        return None, 0
    return _block(rows, table), len(rows) - 1


def text_table(table: Table, max_chars: int) -> tuple[str, int]:
    """The table drawn in a monospaced font, at most `max_chars` long, and how many rows are in it."""
    drawn = [[_name(name) for name in table.columns]]
    drawn += [[clip(cell_text(cell).replace("\n", " "), 60) for cell in row] for row in table.rows[:MAX_ROWS]]
    widths = [max(width(row[at]) for row in drawn) for at in range(len(table.columns))]
    right = [_is_numeric(table, at) for at in range(len(table.columns))]
    lines: list[str] = []
    room = max_chars
    for row in drawn:
        line = "  ".join(pad(cell, widths[at], right=right[at]) for at, cell in enumerate(row)).rstrip()
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines), max(len(lines) - 1, 0)


def _name(column: str) -> str:
    name = clean(column)
    return clip(name, 100) if name.strip() else '""'


def _block(rows: list[list[str]], table: Table) -> dict[str, Any]:
    sides = ["right" if _is_numeric(table, at) else "left" for at in range(len(table.columns))]
    return {
        "type": "table",
        "column_settings": [{"align": side, "is_wrapped": True} for side in sides],
        "rows": [[{"type": "raw_text", "text": text} for text in row] for row in rows],
    }


def _is_numeric(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.rows if row[column] is not None]
    return bool(cells) and all(isinstance(cell, int | float) for cell in cells)
