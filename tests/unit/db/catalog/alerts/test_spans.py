"""Spans, times of day and quiet hours as people write them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.alerts.spans import QuietHours, next_time, parse_span, parse_time, parse_zone

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
NIGHT = QuietHours(time(22), time(8))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("2 h", timedelta(hours=2)),
        ("1D", timedelta(days=1)),
        ("3w", timedelta(weeks=3)),
    ],
)
def test_a_span_has_a_number_and_a_unit(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "h", "0m", "-5m", "1.5h", "5 parsecs", "99999999d"])
def test_what_is_no_span_is_told_how_to_be_written(text: str) -> None:
    with pytest.raises(ValueError, match="write one like 90s, 30m, 2h or 1d"):
        parse_span(text)


def test_a_time_of_day_is_a_clocks() -> None:
    assert parse_time("9:05") == time(9, 5)
    for wrong in ("24:00", "9", "09:60", "nine"):
        with pytest.raises(ValueError, match="write one like 09:00"):
            parse_time(wrong)


def test_a_zone_that_there_is_not_is_told() -> None:
    assert parse_zone("Asia/Seoul") == SEOUL
    with pytest.raises(ValueError, match="write one like Asia/Seoul"):
        parse_zone("Asia/Pyeongchang")


def test_quiet_hours_are_read_and_written_alike() -> None:
    assert str(QuietHours.parse("22:00 ~ 8:00")) == "22:00-08:00"
    for wrong in ("22:00", "08:00-08:00", "22-8", "a-b-c"):
        with pytest.raises(ValueError, match=r"write (them|one) like"):
            QuietHours.parse(wrong)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-21T21:59", None),
        ("2026-11-21T22:00", "2026-11-22T08:00"),
        ("2026-11-22T03:00", "2026-11-22T08:00"),
        ("2026-11-22T08:00", None),
    ],
)
def test_a_night_goes_over_midnight(now: str, end: str | None) -> None:
    until = NIGHT.until(datetime.fromisoformat(now).replace(tzinfo=SEOUL), SEOUL)
    assert until == (None if end is None else datetime.fromisoformat(end).replace(tzinfo=SEOUL))


def test_quiet_hours_within_a_day_end_that_day() -> None:
    noon = QuietHours(time(12), time(13))
    now = datetime(2026, 11, 21, 3, 30, tzinfo=UTC)
    assert noon.until(now, SEOUL) == datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    for evening, hours in (
        (datetime(2026, 3, 7, 22, tzinfo=NEW_YORK), 9),
        (datetime(2026, 10, 31, 22, tzinfo=NEW_YORK), 11),
    ):
        now = evening.astimezone(UTC)
        end = NIGHT.until(now, NEW_YORK)
        assert end is not None
        assert end - now == timedelta(hours=hours)


def test_an_end_that_spring_leaves_out_comes_all_the_same() -> None:
    quiet = QuietHours(time(1), time(2, 30))
    now = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 01:30 in New York; 02:30 is no time of that day
    end = quiet.until(now, NEW_YORK)
    assert end is not None
    assert now < end <= datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.times(),
    st.times(),
    st.sampled_from([SEOUL, NEW_YORK, ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")]),
)
def test_quiet_hours_always_end_within_about_a_day(now: datetime, start: time, end: time, zone: ZoneInfo) -> None:
    until = QuietHours(start, end).until(now, zone)
    assert until is None or now <= until <= now + timedelta(hours=26)


def test_the_next_time_of_day_is_today_or_tomorrow() -> None:
    now = datetime(2026, 11, 21, 8, 59, tzinfo=SEOUL)
    assert next_time(now, time(9), SEOUL) == now + timedelta(minutes=1)
    assert next_time(now + timedelta(minutes=1), time(9), SEOUL) == now + timedelta(days=1, minutes=1)
