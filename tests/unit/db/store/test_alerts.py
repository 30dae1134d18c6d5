"""Alerts in the store: recorded once, pending until they are posted."""

import asyncio
from datetime import timedelta

from db.store.records import Alert, Found
from db.store.store import Store
from tests.unit.db.store.samples import NOON

LATER = NOON + timedelta(minutes=1)


def found(*moments: str) -> list[Found]:
    return [Found(f"f{moment}", moment, {"name": f"run {moment}", "gpu": None}) for moment in moments]


async def pending(store: Store) -> list[str]:
    return [alert.fingerprint for alert in await store.alerts.pending()]


async def test_what_is_there_at_the_first_time_is_never_told(store: Store) -> None:
    assert await store.alerts.record("r", found("2", "1"), NOON) == 0
    assert await store.alerts.record("r", found("2", "1"), LATER) == 0
    assert await pending(store) == []


async def test_the_first_time_may_find_nothing(store: Store) -> None:
    assert await store.alerts.record("r", [], NOON) == 0
    assert await store.alerts.record("r", found("1"), LATER) == 1
    assert await pending(store) == ["f1"]


async def test_the_same_is_recorded_once_however_often_it_is_found(store: Store) -> None:
    await store.alerts.record("r", [], NOON)
    assert await store.alerts.record("r", found("1", "1"), LATER) == 1
    assert await store.alerts.record("r", found("1"), LATER) == 0
    counts = await asyncio.gather(*(store.alerts.record("r", found("2", "1"), LATER) for _ in range(5)))
    assert sorted(counts) == [0, 0, 0, 0, 1]
    assert await pending(store) == ["f1", "f2"]


async def test_the_earliest_is_told_first(store: Store) -> None:
    await store.alerts.record("r", [], NOON)
    await store.alerts.record("r", found("3", "2", "1"), LATER)
    await store.alerts.record("r", found("4", "3", "2", "1"), LATER)
    assert await pending(store) == ["f1", "f2", "f3", "f4"]


async def test_what_was_cut_off_at_the_first_time_is_not_told_when_it_slides_in(store: Store) -> None:
    await store.alerts.record("r", found("9", "8"), NOON, is_cut=True)
    assert await store.alerts.record("r", found("9", "7"), LATER, is_cut=True) == 0
    assert await store.alerts.record("r", found("9", "85", ""), LATER) == 2, "a row without a time may be new"


async def test_rules_begin_each_at_its_own_time(store: Store) -> None:
    await store.alerts.record("r", [], NOON)
    assert await store.alerts.record("other", found("1"), LATER) == 0
    assert await store.alerts.record("r", found("2"), LATER) == 1


async def test_an_alert_is_pending_until_it_is_posted(store: Store) -> None:
    await store.alerts.record("r", [], NOON)
    await store.alerts.record("r", found("1"), NOON)
    details = {"name": "run 1", "gpu": None}
    assert await store.alerts.pending() == [Alert("f1", "r", details)]
    await store.alerts.attempt("f1", NOON)
    await store.alerts.attempt("f1", LATER)
    assert await store.alerts.pending() == [Alert("f1", "r", details, NOON)], "the first attempt counts"
    await store.alerts.mark_posted("f1", "C1", "1.5", LATER)
    assert await store.alerts.pending() == []
    assert await store.alerts.record("r", found("1"), LATER) == 0
