"""Summaries come at their time of the day, once, also where clocks change; what was missed is caught up or let go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.telling.daybook import Daybook
from bot.alerts.telling.digests import Digests
from bot.messages.alerts.report import Report, load
from db.catalog.alerts.rules import AlertRules
from db.store.store import Store
from tests.unit.bot.alerts.desk import SEOUL, Desk, open_desk, posting
from tests.unit.bot.messages.alerts.samples import problem, shown
from tests.unit.db.store.alerts.samples import letters
from tests.unit.db.store.conftest import copied_url, file_url, server, template, url

__all__ = ["copied_url", "file_url", "server", "template", "url"]

MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
"""09:00 in Seoul."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


class Woken:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def ruled(desk: Desk, *digests: dict[str, Any], **more: Any) -> AlertRules:
    return desk.rules.model_validate({**desk.rules.model_dump(), "digests": list(digests), **more})


def digests(desk: Desk, wake: Any = lambda: None, channel: str | None = "C1") -> Digests:
    daybook = Daybook(desk.store, desk.catalog, desk.rules, SEOUL)
    return Digests(desk.store, desk.rules, daybook, desk.voices, channel, desk.clock, wake)


async def ticking(desk: Desk, *times: datetime, **more: Any) -> None:
    """A new process at each time: nothing of it is in memory."""
    for now in times:
        desk.now = now
        await digests(desk, **more).tick()


async def sent(store: Store) -> list[tuple[str, Report]]:
    """The summaries in the outbox with their channels."""
    rows = await letters(store, "digest")
    return [(row.channel, report) for row in rows if (report := load(row.payload)) is not None]


async def test_a_summary_is_put_at_its_time_and_once(desk: Desk) -> None:
    woken = Woken()
    await ticking(desk, MORNING - timedelta(hours=1), wake=woken)
    assert await sent(desk.store) == []
    await ticking(desk, *(MORNING + timedelta(seconds=30 * at) for at in range(4)), wake=woken)
    ((channel, report),) = await sent(desk.store)
    assert channel == "C1"
    assert (report.since, report.until) == (MORNING - timedelta(days=1), MORNING)
    assert not report.is_delayed
    assert woken.times == 1
    await ticking(desk, MORNING + timedelta(days=1))
    assert len(await sent(desk.store)) == 2


async def test_what_was_due_before_anybody_wanted_it_is_not_told(desk: Desk) -> None:
    await ticking(desk, MORNING + timedelta(minutes=5), MORNING + timedelta(minutes=6))
    assert await sent(desk.store) == []


async def test_two_bots_at_once_put_one(desk: Desk) -> None:
    await ticking(desk, MORNING - timedelta(hours=1))
    desk.now = MORNING
    await asyncio.gather(*(digests(desk).tick() for _ in range(5)))
    assert len(await sent(desk.store)) == 1


@pytest.mark.parametrize(
    ("hours", "told"),
    [(0.1, "done"), (0.5, "delayed"), (5.9, "delayed"), (6.0, "skipped"), (7.0, "skipped"), (23.0, "skipped")],
)
async def test_a_missed_summary_is_caught_up_within_six_hours(desk: Desk, hours: float, told: str) -> None:
    await ticking(desk, MORNING - timedelta(hours=1), MORNING + timedelta(hours=hours))
    found = await sent(desk.store)
    assert [report.is_delayed for _, report in found] == {"done": [False], "delayed": [True], "skipped": []}[told]
    (run, _) = await desk.store.schedule.history()
    assert (run.outcome, run.slot) == (told, "2026-11-21T09:00")
    await ticking(desk, MORNING + timedelta(days=1))
    assert len(await sent(desk.store)) == len(found) + 1, "the next one comes at its time"


async def test_of_many_missed_ones_the_last_is_told(desk: Desk) -> None:
    await ticking(desk, MORNING - timedelta(days=4, hours=1), MORNING + timedelta(hours=2))
    ((_, report),) = await sent(desk.store)
    assert report.until == MORNING
    assert report.is_delayed


async def test_a_clock_that_jumps_a_year_ahead_and_back_leaves_the_next_summary_in_its_place(desk: Desk) -> None:
    await ticking(desk, MORNING - timedelta(hours=1), MORNING + timedelta(days=365), MORNING + timedelta(seconds=30))
    assert [report.until for _, report in await sent(desk.store)] == [MORNING + timedelta(days=365), MORNING]


SPRING = {
    "America/New_York": datetime(2026, 3, 8, 5, 0, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 3, 28, 23, 0, tzinfo=UTC),
}
"""Midnight of the day on which the hour from 02:00 is left out, by zone."""
AUTUMN = {
    "America/New_York": datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
}
"""Midnight of the day on which an hour comes twice, by zone."""


async def whole_days(desk: Desk, begin: datetime, at: str, zone: str, days: int = 2) -> list[datetime]:
    """When summaries were put, looking each ten minutes for so many days."""
    desk.rules = ruled(desk, {"name": "d", "at": at}, channels={"C1": {"timezone": zone}})
    daily = digests(desk)
    for ten_minutes in range(days * 144 + 12):
        desk.now = begin - timedelta(hours=2) + timedelta(minutes=10 * ten_minutes)
        await daily.tick()
    return [report.until for _, report in await sent(desk.store)]


@pytest.mark.parametrize("zone", SPRING)
async def test_where_the_hour_is_left_out_the_summary_comes_once(desk: Desk, zone: str) -> None:
    told = await whole_days(desk, SPRING[zone], "02:30", zone)
    local = [at.astimezone(ZoneInfo(zone)) for at in told]
    assert len({at.date() for at in local}) == len(local) == 2
    assert f"{local[1]:%H:%M}" == "02:30"


@pytest.mark.parametrize("zone", AUTUMN)
@pytest.mark.parametrize("at", ["01:30", "02:30"])
async def test_where_the_hour_comes_twice_the_summary_comes_once(desk: Desk, zone: str, at: str) -> None:
    told = await whole_days(desk, AUTUMN[zone], at, zone)
    local = [each.astimezone(ZoneInfo(zone)) for each in told]
    assert [f"{each:%H:%M}" for each in local] == [at, at]
    assert len({each.date() for each in local}) == 2


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
async def test_at_nine_it_comes_at_nine_on_both_sides_of_the_change(desk: Desk, zone: str) -> None:
    told = await whole_days(desk, AUTUMN[zone] - timedelta(days=1), "09:00", zone)
    assert [f"{at.astimezone(ZoneInfo(zone)):%d %H:%M}" for at in told] == [
        f"{at:%d} 09:00" for at in (told[0].astimezone(ZoneInfo(zone)), told[1].astimezone(ZoneInfo(zone)))
    ]
    assert (told[1] - told[0]) == timedelta(hours=25)


async def test_a_channel_sets_its_own_time_or_wants_none(desk: Desk) -> None:
    desk.rules = ruled(desk, {"name": "one", "channel": "C1"}, {"name": "two", "channel": "C2"})
    await desk.store.alert_channels.set("C1", "U1", desk.now, digest="10:30")
    await desk.store.alert_channels.set("C2", "U1", desk.now, digest="off")
    await desk.store.alert_channels.set("C3", "U1", desk.now, digest="08:00", timezone="UTC")
    await desk.store.alert_channels.set("C4", "U1", desk.now, quiet="22:00-08:00")
    plans = await digests(desk, channel=None).plans()
    assert [(plan.channel, f"{plan.digest.at:%H:%M}", plan.zone.key) for plan in plans] == [
        ("C1", "10:30", "Asia/Seoul"),
        ("C3", "08:00", "UTC"),
    ]
    desk.now = MORNING
    assert await digests(desk, channel=None).upcoming() == [
        ("digest:one", MORNING + timedelta(hours=1, minutes=30)),
        ("digest:daily", MORNING + timedelta(hours=8)),
    ]


async def test_a_summary_for_no_channel_is_none(desk: Desk) -> None:
    assert await digests(desk, channel=None).plans() == []


async def test_on_working_days_alone_the_weekend_is_told_on_monday(desk: Desk) -> None:
    desk.rules = ruled(desk, {"name": "work", "days": "mon-fri"})
    monday = MORNING + timedelta(days=2)
    await ticking(desk, MORNING - timedelta(hours=1), MORNING, MORNING + timedelta(days=1), monday)
    ((_, report),) = await sent(desk.store)
    assert (report.since, report.until) == (MORNING - timedelta(days=1), monday)


async def test_what_waits_in_the_outbox_is_told_as_it_was_reckoned(desk: Desk) -> None:
    await ticking(desk, MORNING - timedelta(hours=1), MORNING)
    (row,) = await letters(desk.store, "digest")
    message = await desk.told(posting("digest", payload=row.payload))
    assert "☀️ 11월 21일(토) 요약" in shown(message)
    assert problem(message) is None


async def test_on_either_store_a_slot_is_claimed_once(tmp_path: Path, url: str) -> None:
    async with open_desk(tmp_path, store_url=url) as desk:
        await ticking(desk, MORNING - timedelta(hours=1))
        desk.now = MORNING
        await asyncio.gather(*(digests(desk).tick() for _ in range(3)))
        assert len(await sent(desk.store)) == 1
