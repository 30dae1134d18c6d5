"""Files of rows hold what the rows hold, and nothing that a spreadsheet would calculate."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.spreadsheet import CELL_CHARS, Fact, csv_bytes, has_long_cells, xlsx_bytes
from bot.messages.gate import clean
from db.catalog.table import Cell

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", "%", " =", "\ufeff="])
ARMED = st.builds(lambda start, text: f"{start}{text}", STARTS, st.text(max_size=30))
CELL: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(max_size=60), ARMED, st.just('=HYPERLINK("http://evil";"x")')
)


def csv_rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets(data: bytes) -> list[list[list[str | float | None]]]:
    """The cells of each sheet; a formula anywhere is a failure."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(part.text or "" for part in one.iter(f"{{{NS['x']}}}t")) for one in shared]
        pages = [ElementTree.fromstring(book.read(name)) for name in names]
        assert not any(name.startswith("xl/externalLinks") for name in book.namelist())
    assert not any(page.findall(".//x:f", NS) for page in pages)
    return [[_cells(row, strings) for row in page.findall(".//x:row", NS)] for page in pages]


def _cells(row: ElementTree.Element, strings: list[str]) -> list[str | float | None]:
    found: list[str | float | None] = []
    for cell in row.findall("x:c", NS):
        value = cell.find("x:v", NS)
        text = "" if value is None else str(value.text)
        found.append(_unescaped(strings[int(text)]) if cell.get("t") == "s" else float(text))
    return found


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=12))
def test_no_text_of_a_csv_begins_as_a_formula(rows: list[tuple[Cell, Cell]]) -> None:
    read = csv_rows(csv_bytes(("=a", "b"), rows))
    assert read[0] == ["'=a", "b"]
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        for cell, text in zip(row, cells, strict=True):
            if isinstance(cell, str):
                is_number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", text) is not None
                assert text.lstrip("'") == clean(cell).lstrip("'")
                assert is_number or not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n|%]", text)
            elif cell is None:
                assert text == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_a_workbook_has_no_formula_and_says_where_it_comes_from(rows: list[tuple[Cell, Cell]]) -> None:
    data = xlsx_bytes(
        ("=a", "b"), rows, sheet="결과[1]", about="정보", facts=[Fact("질문", "=1+1"), Fact("SQL", "SELECT 1")]
    )
    first, second = sheets(data)
    assert first[0] == ["=a", "b"]
    assert second == [["질문", "=1+1"], ["SQL", "SELECT 1"]]


def test_numbers_are_numbers_and_missing_values_are_empty() -> None:
    rows: list[tuple[Cell, ...]] = [(1, -2.5, None, "-5", "=A1"), (2**60, float("inf"), 0, "x" * 40_000, "v1.0")]
    assert csv_rows(csv_bytes(tuple("abcde"), rows))[1] == ["1", "-2.5", "", "-5", "'=A1"]
    first, _ = sheets(xlsx_bytes(tuple("abcde"), rows, sheet="s", about="t", facts=[]))
    assert first[1] == [1.0, -2.5, "-5", "=A1"]
    assert first[2][:3] == [str(2**60), "inf", 0.0]
    assert len(str(first[2][3])) == CELL_CHARS
    assert has_long_cells(rows)
    assert not has_long_cells(rows[:1])


@pytest.mark.parametrize("name", ["", "[]:*?/\\'", "가" * 60])
def test_any_name_does_for_a_sheet(name: str) -> None:
    assert sheets(xlsx_bytes(("a",), [(1,)], sheet=name, about="b", facts=[]))[0] == [["a"], [1.0]]


def test_a_secret_in_a_cell_goes_into_no_file() -> None:
    token = "xoxb-" + "123456789012-123456789012-" + "abcdefghijklmnopqrstuvwx"
    assert token.encode() not in csv_bytes(("a",), [(token,)])
    assert token not in str(sheets(xlsx_bytes(("a",), [(token,)], sheet="s", about="t", facts=[])))
