"""What people set for alerts: mutes, subscriptions, channels; and what the clock has run."""

import asyncio

from db.store.alerts.records import AlertChannel, Letter, Mute, ScheduledRun, Subscription
from db.store.store import Store
from tests.unit.db.store.alerts.samples import later, letters
from tests.unit.db.store.samples import NOON


async def test_a_mute_holds_until_its_time_or_until_somebody_lifts_it(store: Store) -> None:
    hour = Mute("pipeline", "unet*", later(60), "U1", NOON)
    for_good = Mute("project", "웨이퍼", None, "U2", NOON)
    await store.mutes.add(hour)
    await store.mutes.add(for_good)
    assert await store.mutes.holding(later(59)) == [hour, for_good]
    assert await store.mutes.holding(later(60)) == [for_good]
    assert not await store.mutes.lift("project", "wafer", "U3", later(61))
    assert not await store.mutes.lift("pipeline", "unet*", "U3", later(61)), "it is over"
    assert await store.mutes.lift("project", "웨이퍼", "U3", later(61))
    assert not await store.mutes.lift("project", "웨이퍼", "U3", later(62))
    assert await store.mutes.holding(later(62)) == []


async def test_the_same_is_not_subscribed_to_twice(store: Store) -> None:
    wafer = Subscription("C1", "project:웨이퍼", {"project": ["웨이퍼"]}, "U1", NOON)
    own = Subscription("U1", "project:웨이퍼", {"project": ["웨이퍼"]}, "U1", NOON)
    added = await asyncio.gather(*(store.subscriptions.add(wafer) for _ in range(3)))
    assert sorted(added) == [False, False, True]
    assert await store.subscriptions.add(own)
    assert await store.subscriptions.of("C1") == [wafer]
    assert await store.subscriptions.all() == [wafer, own]
    assert await store.subscriptions.drop("C1", "project:웨이퍼")
    assert not await store.subscriptions.drop("C1", "project:웨이퍼")
    assert await store.subscriptions.all() == [own]


async def test_what_is_not_named_of_a_channel_stays(store: Store) -> None:
    await store.alert_channels.set("C1", "U1", NOON, quiet="22:00-08:00", timezone="Asia/Seoul")
    await store.alert_channels.set("C1", "U2", NOON, digest="off")
    await store.alert_channels.set("C2", "U2", NOON, digest="09:00")
    assert await store.alert_channels.all() == {
        "C1": AlertChannel("C1", "22:00-08:00", "Asia/Seoul", "off"),
        "C2": AlertChannel("C2", digest="09:00"),
    }
    await store.alert_channels.set("C1", "U2", NOON, quiet=None)
    assert (await store.alert_channels.all())["C1"].quiet is None


def run_of(slot: str, minute: float, key: str = "digest:daily") -> ScheduledRun:
    return ScheduledRun(key, slot, later(minute), "done", later(minute))


async def test_a_run_is_claimed_once_and_only_its_claim_brings_letters(store: Store) -> None:
    run, letter = run_of("2026-11-21T09:00", 0), Letter("digest:C1:2026-11-21", "digest", "C1")
    claims = await asyncio.gather(*(store.schedule.claim(run, [letter]) for _ in range(4)))
    assert sorted(claims) == [False, False, False, True]
    assert [row.dedupe_key for row in await letters(store)] == ["digest:C1:2026-11-21"]
    other = Letter("digest:C1:other", "digest", "C1")
    assert not await store.schedule.claim(run, [other])
    assert len(await letters(store)) == 1


async def test_the_last_run_of_a_job_is_kept_however_old_it_is(store: Store) -> None:
    assert await store.schedule.last("digest:daily") is None
    first, second, other = run_of("1", 0), run_of("2", 1), run_of("1", 0, "rule:r")
    for run in (first, second, other):
        assert await store.schedule.claim(run)
    assert await store.schedule.last("digest:daily") == second
    assert await store.schedule.last("digest:daily", later(0.5)) == first
    assert (await store.schedule.history())[0] == second
    assert len(await store.schedule.history()) == 3
    assert await store.schedule.history("digest:daily", 1) == [second]
    await store.schedule.prune(later(60))
    assert await store.schedule.history("digest:daily") == [second]
    assert await store.schedule.last("rule:r") == other


async def test_a_heartbeat_is_the_last_one(store: Store) -> None:
    assert await store.heartbeats.all() == {}
    await store.heartbeats.beat("scan:r", NOON)
    await store.heartbeats.beat("scan:r", later(1))
    await store.heartbeats.beat("delivery", NOON)
    assert await store.heartbeats.all() == {"scan:r": later(1), "delivery": NOON}


async def test_when_something_was_first_to_be_done_is_kept_for_good(store: Store) -> None:
    assert await store.heartbeats.first("scan:r", NOON) == NOON
    assert await store.heartbeats.first("scan:r", later(1)) == NOON
    assert await store.heartbeats.first("scan:s", later(1)) == later(1)
    assert await store.heartbeats.all() == {}, "it is no beat"
