"""When things are due, daylight saving both ways."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.catalog.alerts.schedule import Schedule

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_an_interval_is_due_at_its_multiples() -> None:
    minute = Schedule.every(timedelta(minutes=1), SEOUL)
    assert minute.due(NOON, NOON + timedelta(seconds=59)) is None
    slot = minute.due(NOON, NOON + timedelta(minutes=3, seconds=5))
    assert slot is not None
    assert slot.at == NOON + timedelta(minutes=3)
    assert slot.name == "2026-11-21T12:03:00Z"


def test_after_months_of_downtime_the_last_slot_is_due() -> None:
    slot = Schedule.every(timedelta(minutes=1), SEOUL).due(NOON - timedelta(days=90), NOON)
    assert slot is not None
    assert slot.at == NOON
    slot = Schedule.cron("0 9 1 * *", SEOUL).due(NOON - timedelta(days=90), NOON)
    assert slot is not None
    assert slot.name == "2026-11-01T09:00"


def test_a_daily_slot_has_the_wall_clocks_name() -> None:
    (slot,) = Schedule.daily(time(9), "*", SEOUL).next(NOON)
    assert (slot.name, slot.at) == ("2026-11-22T09:00", datetime(2026, 11, 22, tzinfo=UTC))


def test_weekends_may_be_left_out() -> None:
    names = [slot.name[:10] for slot in Schedule.daily(time(9), "mon-fri", SEOUL).next(NOON, 2)]
    assert names == ["2026-11-23", "2026-11-24"]


@pytest.mark.parametrize(("zone", "spring"), [(NEW_YORK, datetime(2026, 3, 8)), (LONDON, datetime(2026, 3, 29))])
def test_an_hour_that_spring_leaves_out_is_due_at_the_next_valid_instant(zone: ZoneInfo, spring: datetime) -> None:
    hour = 2 if zone is NEW_YORK else 1
    schedule = Schedule.daily(time(hour, 30), "*", zone)
    before = (spring - timedelta(hours=6)).replace(tzinfo=zone)
    slots = schedule.missed(before, before + timedelta(days=2))
    assert [slot.name[:10] for slot in slots] == [f"{spring:%Y-%m-%d}", f"{spring + timedelta(days=1):%Y-%m-%d}"]
    assert slots[0].at.astimezone(zone).hour == hour + 1


@pytest.mark.parametrize(("zone", "autumn"), [(NEW_YORK, datetime(2026, 11, 1)), (LONDON, datetime(2026, 10, 25))])
def test_an_hour_that_autumn_repeats_is_due_once(zone: ZoneInfo, autumn: datetime) -> None:
    schedule = Schedule.daily(time(1, 30), "*", zone)
    before = (autumn - timedelta(hours=6)).replace(tzinfo=zone)
    assert [slot.name for slot in schedule.missed(before, before + timedelta(days=2))] == [
        f"{autumn:%Y-%m-%d}T01:30",
        f"{autumn + timedelta(days=1):%Y-%m-%d}T01:30",
    ]
    assert len({slot.name for slot in schedule.next(before, 3)}) == 3


@pytest.mark.parametrize("line", ["", "* * * *", "61 * * * *", "a b c d e"])
def test_what_is_no_cron_line_is_told_how_to_be_written(line: str) -> None:
    with pytest.raises(ValueError, match="write five fields"):
        Schedule.cron(line, SEOUL)


def test_what_is_no_day_is_told_how_to_be_written() -> None:
    with pytest.raises(ValueError, match="write \\* or mon-fri"):
        Schedule.daily(time(9), "someday", SEOUL)


def test_a_date_that_never_comes_is_never_due() -> None:
    never = Schedule.cron("0 0 31 2 *", SEOUL)
    assert never.due(NOON - timedelta(days=800), NOON) is None
    assert never.next(NOON) == []
