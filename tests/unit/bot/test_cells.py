"""Cells are written for people, and nothing in them is changed that somebody might look up."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.headings import Heading
from bot.messages.cells import number, writer
from bot.messages.columns import MAX_COLUMNS, chosen
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table


def written(cells: Sequence[Cell], heading: Heading = Heading("x"), language: Language = "ko") -> list[str]:
    write = writer(heading, cells, language)
    return [write(cell) for cell in cells]


def test_numbers_have_separators_and_no_noise() -> None:
    values: list[Cell] = [1234567, 0.1 + 0.2, 1234.56789, -45.0, 0.00012345, 1e300, 3e-20, 2.5e15, math.inf]
    assert written(values) == [
        "1,234,567",
        "0.3",
        "1,234.5679",
        "-45",
        "0.0001234",
        "1e+300",
        "3e-20",
        "2.5e+15",
        "inf",
    ]


def test_ids_versions_and_years_stay_as_they_are() -> None:
    assert written([123456, 7], Heading("모델 번호", "code")) == ["123456", "7"]
    assert written([2024, 2026, None]) == ["2024", "2026", "–"]
    assert written([2024, 12]) == ["2,024", "12"]
    assert written(["v2.1", "000123"]) == ["v2.1", "000123"]


def test_shares_are_told_in_percent_and_flags_in_words() -> None:
    assert written([0.9266666, 1.0, None, math.nan], Heading("mAP50", "ratio")) == ["92.67%", "100%", "–", "nan"]
    assert written([1, 0, 7], Heading("배포", "flag")) == ["예", "아니요", "7"]
    assert written([1, 0], Heading("deployed", "flag"), "en") == ["yes", "no"]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["2024-06-15 08:00:00", None], ["2024-06-15 08:00", "–"]),
        (["2024-06-15T08:00:07.123Z"], ["2024-06-15 08:00:07 UTC"]),
        (["2024-06-15 08:00:00+09:00"], ["2024-06-15 08:00 +09:00"]),
        (["2024-06-15 00:00:00", "2024-06-16T00:00"], ["2024-06-15", "2024-06-16"]),
        (["2024-06-15 00:00:00", "2024-06-16 10:00:00"], ["2024-06-15 00:00", "2024-06-16 10:00"]),
        (["2024-06-15", "언젠가", "", " "], ["2024-06-15", "언젠가", '""', '""']),
    ],
)
def test_times_are_told_to_the_minute_and_whole_days_as_days(cells: list[Cell], shown: list[str]) -> None:
    assert written(cells) == shown


@given(st.floats(-1e300, 1e300))
def test_a_number_is_told_within_its_last_shown_digit(value: float) -> None:
    told = float(number(value).replace(",", ""))
    assert math.isclose(told, value, rel_tol=1e-3, abs_tol=1e-12)


NAMED = (
    Heading("모델 번호", "code", table="models", is_key=True),
    Heading("모델 이름", table="models", is_name=True),
    *(Heading(f"열 {at}") for at in range(8)),
)


def test_a_narrow_result_is_shown_as_it_is() -> None:
    table = Table(("id", "name", "n"), ((1, "a", 5), (2, "b", 5)))
    assert chosen(table, NAMED[:3], "ko").places == (0, 1, 2)


def test_a_wide_result_leaves_out_ids_and_what_is_the_same_everywhere_and_says_so() -> None:
    rows = tuple((at, f"m{at}", "실패", None, *range(at, at + 6)) for at in range(3))
    columns = chosen(Table(tuple("abcdefghij"), rows), NAMED, "ko")
    assert columns.places == (1, 4, 5, 6, 7, 8, 9)
    assert columns.notes == (
        "번호 열은 뺐습니다: 모델 번호",
        "모든 행이 같은 열은 뺐습니다: 열 0 실패 · 열 1 –",
    )


def test_of_one_row_and_of_rows_that_are_all_the_same_nothing_is_left_out_for_it() -> None:
    assert len(chosen(Table(tuple("abcdefgh"), (tuple(range(8)),)), (), "ko").places) == 8
    assert len(chosen(Table(tuple("abcdefgh"), (tuple(range(8)),) * 3), (), "ko").places) == 8


def test_more_columns_than_slack_takes_are_counted() -> None:
    columns = chosen(Table(tuple(map(str, range(60))), (tuple(range(60)),)), (), "en")
    assert len(columns.places) == MAX_COLUMNS
    assert columns.notes == ("20 of 60 columns are shown.",)
