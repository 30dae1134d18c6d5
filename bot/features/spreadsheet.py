"""Rows as files that spreadsheets open: CSV and XLSX, in which no cell is a formula."""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # annotated, but without py.typed

from bot.messages.gate import clean
from bot.messages.text import clip
from db.catalog.table import Cell, Row

# What spreadsheets take for the beginning of a formula, in wide letters too (owasp.org, CSV injection).
_FORMULA: Final = re.compile("^[\\s\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n|%]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# support.microsoft.com, Excel specifications and limits.
CELL_CHARS: Final = 32_767
MOST_ROWS: Final = 1_048_575
_SHEET_CHARS: Final = 31
_NOT_IN_SHEETS: Final = re.compile(r"[\[\]:*?/\\']")
_EXACT: Final = 2**53
"""A spreadsheet's numbers are floats: whole ones beyond it would change."""
_WIDEST: Final = 60
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the sheet that tells where the rows come from."""

    name: str
    value: str


def csv_bytes(headings: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The rows below their headings: UTF-8 with the mark that Excel wants, texts in quotes, no text a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_disarmed(heading) for heading in headings])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_bytes(headings: Sequence[str], rows: Sequence[Row], *, sheet: str, about: str, facts: Sequence[Fact]) -> bytes:
    """A workbook of two sheets: the rows, and the facts about them. Texts are written as texts, whatever they hold."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(_sheet_name(sheet))
        page.freeze_panes(1, 0)
        for at, heading in enumerate(headings):
            page.write_string(0, at, _text(heading), bold)
            page.set_column(at, at, _width(heading, [row[at] for row in rows[:_LOOKED_AT]]))
        for place, row in enumerate(rows[:MOST_ROWS], start=1):
            for at, cell in enumerate(row):
                _write(page, place, at, cell)
        told = book.add_worksheet(_sheet_name(about))
        told.set_column(0, 0, 14)
        told.set_column(1, 1, 100)
        for place, fact in enumerate(facts):
            told.write_string(place, 0, _text(fact.name), bold)
            told.write_string(place, 1, _text(fact.value), wrapped)
    return out.getvalue()


def has_long_cells(rows: Sequence[Row]) -> bool:
    """Whether a text is longer than Excel's cells, and so is cut in `xlsx_bytes`."""
    return any(isinstance(cell, str) and len(cell) > CELL_CHARS for row in rows for cell in row)


def _csv_cell(cell: Cell) -> Cell:
    if cell is None:
        return ""
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return _disarmed(cell) if isinstance(cell, str) else cell


def _disarmed(text: str) -> str:
    """Text that a spreadsheet would calculate, behind an apostrophe, which makes it text; a plain number stays."""
    shown = clean(text)
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


def _write(page: Any, place: int, at: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(place, at, _text(cell))
    elif math.isfinite(cell) and abs(cell) <= _EXACT:
        page.write_number(place, at, cell)
    else:
        page.write_string(place, at, str(cell))


def _text(text: str) -> str:
    return clip(clean(text), CELL_CHARS)


def _sheet_name(name: str) -> str:
    return clip(_NOT_IN_SHEETS.sub(" ", name).strip() or "1", _SHEET_CHARS)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    """In characters, where Hangul takes about two."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(max(longest + 2, 2 * len(heading) + 2, 8), _WIDEST)
