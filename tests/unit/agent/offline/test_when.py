"""Times people say of another day than today's, as ranges of days."""

from datetime import date

import pytest

from agent.offline.words.when import date_at, may_be_of_date

TODAY = date(2026, 11, 21)
TIMES = [
    ("내일", "2026-11-22", "2026-11-23"),
    ("모레", "2026-11-23", "2026-11-24"),
    ("다음 주", "2026-11-23", "2026-11-30"),
    ("다음 달", "2026-12-01", "2027-01-01"),
    ("내년", "2027-01-01", "2028-01-01"),
    ("3일 전", "2026-11-18", "2026-11-19"),
    ("2주 전", "2026-11-07", "2026-11-08"),
    ("3개월 전", "2026-08-01", "2026-09-01"),
    ("2년 전", "2024-01-01", "2025-01-01"),
    ("2024년 6월 1일부터 6월 10일까지", "2024-06-01", "2024-06-11"),
    ("from 2024-06-01 to 2024-06-10", "2024-06-01", "2024-06-11"),
    ("10월 초", "2026-10-01", "2026-10-11"),
    ("지난달 중순", "2026-10-11", "2026-10-21"),
    ("작년 말", "2025-10-01", "2026-01-01"),
    ("2024년 초", "2024-01-01", "2024-04-01"),
    ("올 9월", "2026-09-01", "2026-10-01"),
    ("올 초", "2026-01-01", "2026-04-01"),
    ("연말", "2026-10-01", "2027-01-01"),
    ("사흘 전", "2026-11-18", "2026-11-19"),
    ("저저번주", "2026-11-02", "2026-11-09"),
    ("지난 주말", "2026-11-14", "2026-11-16"),
    ("2024년 5월부터 7월까지", "2024-05-01", "2024-08-01"),
    ("작년 여름", "2025-06-01", "2025-09-01"),
    ("24년 겨울", "2024-12-01", "2025-03-01"),
    ("봄", "2026-03-01", "2026-06-01"),
    ("일주일 전", "2026-11-14", "2026-11-15"),
]
SINCE = [
    ("보름 동안", "2026-11-06"),
    ("요 며칠", "2026-11-14"),
    ("한 달 새", "2026-10-21"),
    ("3월 말부터", "2026-03-21"),
]


@pytest.mark.parametrize(("said", "start", "end"), TIMES)
def test_a_time_is_a_range_of_days(said: str, start: str, end: str) -> None:
    found = date_at(said, 0, TODAY)
    assert found is not None
    assert (found[0], found[1].start, found[1].end) == (len(said), start, end)


@pytest.mark.parametrize(("said", "start"), SINCE)
def test_a_time_that_goes_on_has_no_end(said: str, start: str) -> None:
    found = date_at(said, 0, TODAY)
    assert found is not None
    assert (found[0], found[1].start, found[1].end) == (len(said), start, None)


def test_seconds_are_no_part_of_a_day() -> None:
    found = date_at("2024-06-03 말", 0, TODAY)
    assert found is not None
    assert (found[0], found[1].start) == (10, "2024-06-03")


def test_what_is_told_of_days_passes_the_quick_look_and_other_words_do_not() -> None:
    assert all(may_be_of_date(said) for said, *_ in (*TIMES, *SINCE))
    assert not may_be_of_date("파이프라인")
    assert date_at("파이프라인", 0, TODAY) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9월 셋째 주에", "2026-09-14", "2026-09-21"),
        ("2024년 4월 2주차", "2024-04-08", "2024-04-15"),
        ("2024년 3월 첫째 주", "2024-03-04", "2024-03-11"),
        ("10월 마지막 주에", "2026-10-26", "2026-11-02"),
        ("the second week of April 2024", "2024-04-08", "2024-04-15"),
        ("9월 둘째 주 이후", "2026-09-07", None),
        ("2월 다섯째 주", "2026-02-01", "2026-03-01"),
    ],
)
def test_a_week_of_a_month_begins_on_monday(text: str, start: str, end: str | None) -> None:
    found = date_at(text, 0, date(2026, 11, 21))
    assert found is not None
    assert (found[1].start, found[1].end) == (start, end)


def test_no_month_has_a_fifth_week_that_is_mostly_the_next_ones() -> None:
    assert date_at("the fifth week of February 2026", 0, date(2026, 11, 21)) is None
