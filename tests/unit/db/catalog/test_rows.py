"""Rows cut to size."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from db.catalog.limits import QueryLimits
from db.catalog.rows import take

cells = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text(max_size=60), st.binary(max_size=60))
tables = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=12))
limits = st.builds(QueryLimits, rows=st.integers(1, 8), bytes=st.integers(1, 300), cell_chars=st.integers(1, 40))


def size(row: tuple[object, ...]) -> int:
    return sum(len(cell.encode()) if isinstance(cell, str) else 8 for cell in row)


@given(tables, limits)
def test_no_limit_is_ever_passed_and_what_is_cut_is_said(table: list[list[object]], limits: QueryLimits) -> None:
    rows, truncated = take(table, limits)
    assert len(rows) <= limits.rows
    assert all(len(cell) <= limits.cell_chars for row in rows for cell in row if isinstance(cell, str))
    assert len(rows) <= 1 or sum(map(size, rows)) <= limits.bytes
    if not truncated:
        assert len(rows) == len(table)
        assert all(
            shown == stored
            for row, raw in zip(rows, table, strict=True)
            for shown, stored in zip(row, raw, strict=True)
            if not isinstance(stored, bytes)
        )


@given(tables)
def test_rows_within_the_limits_come_back_whole_and_in_order(table: list[list[object]]) -> None:
    rows, truncated = take(table, QueryLimits())
    assert (len(rows), truncated) == (len(table), False)


def test_only_one_row_more_than_asked_for_is_read() -> None:
    read = []

    def endless() -> Iterator[tuple[int]]:
        for number in range(1_000):
            read.append(number)
            yield (number,)

    rows, truncated = take(endless(), QueryLimits(rows=3))
    assert (rows, truncated, len(read)) == (((0,), (1,), (2,)), True, 4)


def test_a_first_row_over_the_byte_limit_is_shown_cut_down() -> None:
    rows, truncated = take([("가" * 1000, "나" * 1000, 7)], QueryLimits(bytes=600))
    assert truncated
    assert size(rows[0]) <= 600
    assert rows[0][0] == "가" * 49 + "…"
    assert rows[0][2] == 7


def test_a_long_cell_ends_in_an_ellipsis() -> None:
    assert take([("x" * 50,)], QueryLimits(cell_chars=10)) == ((("x" * 9 + "…",),), True)


def test_values_of_other_kinds_are_shown_as_text() -> None:
    assert take([(b"12", memoryview)], QueryLimits())[0][0] == ("<blob 2 bytes>", str(memoryview))
