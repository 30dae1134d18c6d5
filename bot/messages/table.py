"""A query's result as a Block Kit table, as one with pages, or as monospaced text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from agent.headings import Heading
from agent.messages import say
from bot.messages.cells import is_numeric, writer
from bot.messages.columns import WIDE, chosen, headings_of, labels
from bot.messages.text import clip, pad, width
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table

Block = dict[str, Any]

# docs.slack.dev, table block: 100 rows with the heading's, 10,000 characters in a message; data_table block: 201 rows,
# 20,000 characters, of which a message as a whole takes fewer.
MAX_ROWS: Final = 99
MAX_PAGED_ROWS: Final = 200
MAX_CHARS: Final = 9_500
PAGED: Final = 12
"""More rows than this are shown in pages, where Slack has them."""
PAGE_ROWS: Final = 10
_CELL_CHARS: Final = (500, 160, 60, 24)
"""How much of each cell is shown; the less, the more rows would not fit otherwise."""
_WORTH: Final = 8
"""For so many rows cells are cut shorter."""
_TEXT_CELL_CHARS: Final = 60
_WHY_CHARS: Final = 600
_LINE_CHARS: Final = 40
"""A longer text is set in several lines, a shorter one never: dates and names would be torn apart."""
_WIDE_CELL_CHARS: Final = 60
"""Beside many other columns a long text would make its row as high as a screen."""
_EXACT: Final = 2**53
"""Whole numbers beyond it are no numbers in JSON."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A result as it is shown: the heads, the texts of each row, what stands to the right, and the cells behind.

    `notes` are sentences on the columns left out, `why_null` the columns with a dash and what it means there, "" where
    nobody knows. `is_long` says of each column whether it holds texts that want several lines.
    """

    heads: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    is_right: tuple[bool, ...]
    is_long: tuple[bool, ...] = ()
    notes: tuple[str, ...] = ()
    why_null: tuple[tuple[str, str], ...] = ()


def grid(table: Table, headings: Sequence[Heading], language: Language, first: int, most: int) -> Grid:
    """The columns worth showing of the rows from place `first` on, `most` at most."""
    columns = chosen(table, headings, language)
    heads, names = headings_of(table, headings), labels(table, headings)
    rows = table.rows[first : first + most]
    cells = tuple(tuple(row[at] for at in columns.places) for row in rows)
    whole = [[row[at] for row in table.rows] for at in columns.places]
    writers = [writer(heads[at], column, language) for at, column in zip(columns.places, whole, strict=True)]
    texts = tuple(tuple(write(cell) for write, cell in zip(writers, row, strict=True)) for row in cells)
    empty = [at for place, at in enumerate(columns.places) if any(row[place] is None for row in cells)]
    why = tuple((names[at], heads[at].why_null) for at in empty)
    is_right = tuple(map(is_numeric, whole))
    is_long = tuple(any(len(row[place]) > _LINE_CHARS for row in texts) for place in range(len(columns.places)))
    return Grid(tuple(names[at] for at in columns.places), texts, cells, is_right, is_long, columns.notes, why)


def table_block(shown: Grid, language: Language, room: int, *, is_paged: bool = True) -> tuple[Block | None, int]:
    """The block with as many rows as fit into `room` characters, and how many those are; None where there is none.

    `is_paged`: many rows are shown in pages.
    """
    paged = is_paged and len(shown.texts) > PAGED
    most = MAX_PAGED_ROWS if paged else MAX_ROWS
    texts = shown.texts[:most]
    if len(shown.heads) > WIDE:
        texts = tuple(tuple(clip(text, _WIDE_CELL_CHARS) for text in row) for row in texts)
    heads, rows = _fitting(shown.heads, texts, room if paged else min(room, MAX_CHARS))
    if not rows or not heads:
        return None, 0
    return (_pages(heads, rows, shown, language) if paged else _table(heads, rows, shown)), len(rows)


def text_table(table: Table, headings: Sequence[Heading], language: Language, max_chars: int) -> tuple[str, int]:
    """The table drawn in a monospaced font, at most `max_chars` long, and how many rows are in it."""
    shown = grid(table, headings, language, 0, MAX_ROWS)
    drawn = [shown.heads, *shown.texts]
    lines = [
        [clip(" ".join(text.split()) or text.strip("\n") or "-", _TEXT_CELL_CHARS) for text in row] for row in drawn
    ]
    widths = [max(width(row[at]) for row in lines) for at in range(len(shown.heads))]
    found: list[str] = []
    room = max_chars
    for row in lines:
        line = "  ".join(pad(text, widths[at], right=shown.is_right[at]) for at, text in enumerate(row)).rstrip()
        room -= len(line) + 1
        if room < 0:
            break
        found.append(line)
    return "\n".join(found), max(len(found) - 1, 0)


def null_note(shown: Grid, text: str, language: Language) -> str:
    """What a dash in the rows means, as far as the answer's text does not say it itself; "" where nothing is to say."""
    if not shown.why_null or "NULL" in text:
        return ""
    known = [(name, why) for name, why in shown.why_null if why]
    told = {why: name for name, why in known if why not in text}
    if known and not told:
        return ""
    if len(told) == 1:
        (why,) = told
        return say("table-null-why", language, why=clip(why, _WHY_CHARS))
    why = " · ".join(f"{name}: {why}" for why, name in told.items())
    return say("table-null-why", language, why=clip(why, _WHY_CHARS)) if why else say("table-null", language)


def _fitting(heads: Sequence[str], texts: Sequence[Sequence[str]], room: int) -> tuple[list[str], list[list[str]]]:
    """Heads and rows with cells cut to the most characters with which enough rows fit."""
    found: tuple[list[str], list[list[str]]] = ([], [])
    for chars in _CELL_CHARS:
        named = [clip(head, max(chars // 2, 24)) for head in heads]
        left = room - sum(map(len, named))
        rows: list[list[str]] = []
        for row in texts:
            cells = [clip(text, chars) for text in row]
            left -= sum(map(len, cells))
            if left < 0:
                break
            rows.append(cells)
        found = (named, rows) if len(rows) > len(found[1]) else found
        if len(rows) >= min(len(texts), _WORTH):
            break
    return found


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], shown: Grid) -> Block:
    sides = zip(shown.is_right, shown.is_long, strict=True)
    settings = [{"align": "right" if is_right else "left", "is_wrapped": is_long} for is_right, is_long in sides]
    return {
        "type": "table",
        "column_settings": settings,
        "rows": [[_raw(text) for text in row] for row in (heads, *rows)],
    }


def _pages(heads: Sequence[str], rows: Sequence[Sequence[str]], shown: Grid, language: Language) -> Block:
    body = [
        [_cell(text, cell) for text, cell in zip(row, cells, strict=True)]
        for row, cells in zip(rows, shown.cells, strict=False)
    ]
    return {
        "type": "data_table",
        "caption": say("table-caption", language),
        "rows": [[_raw(head) for head in heads], *body],
        "page_size": PAGE_ROWS,
    }


def _cell(text: str, cell: Cell) -> Block:
    """Numbers as numbers, so that Slack puts them to the right and can sort them."""
    is_number = isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) <= _EXACT
    return {"type": "raw_number", "value": cell, "text": text} if is_number else _raw(text)


def _raw(text: str) -> Block:
    return {"type": "raw_text", "text": text}
