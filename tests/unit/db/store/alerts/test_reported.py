"""A hook and a scan that tell of the same failure make one alert."""

from datetime import timedelta
from typing import Any

import pytest

from db.store.alerts.records import Found
from db.store.store import Store
from tests.unit.db.store.alerts.samples import RULE, begun, found, later, letters, lines, stand, to


def reported(minute: float = 0, **more: Any) -> Found:
    given = {
        "source": f"hook {minute}",
        "run_id": "7",
        "kind": "reported",
        "moment": "",
        "details": {"name": "a", "url": "u", "gpu": None},
    }
    return found("a", minute, **given | more)


def scanned(minute: float = 1, **more: Any) -> Found:
    details = {"id": "7", "name": "a", "gpu": "A100", "url": None}
    return found("a", minute, **{"run_id": "7", "details": details} | more)


async def test_what_is_reported_is_told_before_a_rule_has_ever_run(store: Store) -> None:
    recorded = await store.alerts.record(RULE, [reported()], later(1), to("C1"), is_reported=True)
    assert [alert.kind for alert in recorded.opened] == ["reported"]
    assert await store.alerts.watermark(RULE) is None, "the rule's first look is still to come"
    assert len(await letters(store, "root")) == 1


async def test_a_scan_that_finds_what_was_reported_confirms_it(store: Store) -> None:
    [alert] = await begun(store.alerts, reported())
    await stand(store)
    confirmed = await store.alerts.record(RULE, [scanned()], later(2), to("C1"))
    assert confirmed.opened == ()
    now = await store.alerts.by_id(alert.alert_id)
    assert now is not None
    assert (now.kind, now.count, now.version) == ("failed", 1, 2)
    assert now.details == {"id": "7", "name": "a", "gpu": "A100", "url": "u"}
    assert await lines(store) == []


async def test_a_report_of_what_a_scan_has_found_adds_what_it_knows(store: Store) -> None:
    [alert] = await begun(store.alerts, scanned())
    await store.alerts.record(RULE, [reported(2)], later(3), to("C1"), is_reported=True)
    now = await store.alerts.by_id(alert.alert_id)
    assert now is not None
    assert (now.kind, now.count, now.details["gpu"], now.details["url"]) == ("failed", 1, "A100", "u")


async def test_a_report_that_knew_less_of_the_run_is_the_same_failure(store: Store) -> None:
    [alert] = await begun(store.alerts, reported(fingerprint="of a without its dataset"))
    confirmed = await store.alerts.record(RULE, [scanned()], later(2), to("C1"))
    assert confirmed.opened == ()
    now = await store.alerts.by_id(alert.alert_id)
    assert now is not None
    assert (now.fingerprint, now.count) == ("of a", 1)
    fed = await store.alerts.record(RULE, [scanned(90)], later(91), to("C1"))
    assert [one.count for one in fed.fed] == [2], "what fails of the group later belongs to it"


@pytest.mark.parametrize(("second", "count"), [(reported(60), 2), (scanned(60), 2), (scanned(15), 1)])
async def test_a_failure_of_the_same_run_much_later_is_another_one(store: Store, second: Found, count: int) -> None:
    [alert] = await begun(store.alerts, reported())
    await store.alerts.record(RULE, [second], later(61), to("C1"), is_reported=second.kind == "reported")
    now = await store.alerts.by_id(alert.alert_id)
    assert now is not None
    assert now.count == count


async def test_a_report_from_long_ago_is_no_more_looked_for(store: Store) -> None:
    await begun(store.alerts, reported(fingerprint="of another"))
    late = later(60 * 25)
    opened = await store.alerts.record(RULE, [scanned(60 * 25)], late + timedelta(minutes=1), to("C1"))
    assert len(opened.opened) == 1
