"""`run --since`: the time that people mean."""

import argparse
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.terminal.since import moment_of, parse_since
from tests.unit.bot.alerts.runs_world import START

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("6h", datetime(2026, 11, 21, 6, tzinfo=UTC)),
        ("2d", datetime(2026, 11, 19, 12, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 19, 15, tzinfo=UTC)),
        ("2026-11-20T18:00", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        (" 2026-11-20 18:00+01:00 ", datetime(2026, 11, 20, 17, tzinfo=UTC)),
    ],
)
def test_a_time_is_meant_by_the_bots_clock(text: str, at: datetime) -> None:
    assert moment_of(parse_since(text), START, SEOUL) == at


def test_nothing_said_is_no_time() -> None:
    assert moment_of(None, START, SEOUL) is None


@pytest.mark.parametrize("text", ["yesterday", "", "6 parsecs", "2026-13-01"])
def test_what_is_no_time_is_told_with_an_example(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="write one like 6h, 2d, 2026-11-20"):
        parse_since(text)
