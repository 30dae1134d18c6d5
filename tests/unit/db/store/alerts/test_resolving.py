"""What is well again is written down for many at once; what nobody was told of is told as what it is, or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from db.store.alerts.records import AGAIN, Alert
from db.store.store import Store
from tests.unit.db.store.alerts.samples import begun, found, later, letters, lines, stand, to
from tests.unit.db.store.samples import NOON

WELL = {"run_id": "9", "finished_at": later(1).isoformat()}


async def failed(store: Store, count: int, **route: Any) -> list[Alert]:
    return await begun(store.alerts, *(found(f"run {number:04}") for number in range(count)), route=to("C1", **route))


async def test_many_recover_together_as_each_would_alone(store: Store) -> None:
    opened = await failed(store, 1_203)
    await stand(store)
    over = {alert.alert_id: WELL for alert in opened} | {"none": WELL}
    done = await store.alerts.resolve_all(over, later(2))
    assert sorted(alert.alert_id for alert in done) == sorted(alert.alert_id for alert in opened)
    for alert in (done[0], done[-1]):
        assert await store.alerts.by_id(alert.alert_id) == alert
        assert (alert.state, alert.version, alert.resolved_at, alert.resolution) == ("resolved", 2, later(2), WELL)
    roots = await letters(store, "root")
    assert {(row.wanted_version, row.refresh_at) for row in roots} == {(2, later(2) + timedelta(seconds=5))}
    replies = await letters(store, "reply")
    assert {row.depends_on for row in replies} == {row.outbox_id for row in roots}
    assert [row.payload for row in replies] == [{"line": "resolved"}] * 1_203
    assert await store.alerts.resolve_all(over, later(3)) == []


async def test_a_storm_is_touched_once_for_all_of_it_that_recovers(store: Store) -> None:
    opened = await failed(store, 45, storm_key="failed", storm_after=5)
    await stand(store)
    await store.alerts.resolve_all({alert.alert_id: WELL for alert in opened[:30]}, later(2))
    told = [(row.kind, row.wanted_version) for row in await letters(store, "storm", "storm_list")]
    assert told == [("storm", 2)] + [("storm_list", 2)] * 3
    await store.alerts.resolve_all({opened[44].alert_id: WELL}, later(3))
    assert [row.wanted_version for row in await letters(store, "storm_list")] == [2, 2, 3]


@pytest.mark.parametrize(
    ("minutes", "is_late", "held", "kind", "state"),
    [
        (1, False, None, "failed", "dropped"),
        (1, True, None, "failed", "pending"),
        (30, False, None, "failed", "pending"),
        (30, True, later(600), "failed", "dropped"),
        (30, True, None, "stuck", "dropped"),
    ],
    ids=["at once", "the bot was down", "slack was down", "quiet hours", "it took too long"],
)
async def test_what_is_well_before_it_was_told_is_told_after_a_downtime_alone(
    store: Store, minutes: float, is_late: bool, held: Any, kind: Any, state: str
) -> None:
    [alert] = await begun(store.alerts, found("a", kind=kind), route=to("C1", not_before=held))
    await begun(store.alerts, found("a", 0.5, kind=kind), at=later(0.5))
    assert len(await lines(store)) == 1, "it has failed again"
    [well] = await store.alerts.resolve_all({alert.alert_id: WELL}, later(minutes), is_late=is_late)
    assert [row.state for row in await letters(store, "root")] == [state]
    assert [row.state for row in await letters(store, "reply")] == ["dropped"], "nothing is said below it"
    assert well.resolution == (WELL | {"untold": True} if state == "pending" else WELL)


async def test_a_message_that_slack_would_not_take_yet_has_waited(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a"))
    posting = await store.outbox.claim("w", NOON)
    assert posting is not None
    await store.outbox.later(posting, NOON, timedelta(minutes=20), "ratelimited")
    await store.alerts.resolve(alert.alert_id, later(3), WELL)
    assert [(row.state, row.wanted_version) for row in await letters(store, "root")] == [("pending", 2)]


async def test_what_is_over_when_it_is_found_never_waits_as_an_alarm(store: Store) -> None:
    await begun(store.alerts)
    for name, is_late, state in (("a", True, "pending"), ("b", False, "dropped")):
        failure = found(name)
        well = {failure.run_id: WELL}
        await store.alerts.record("failed-pipelines", [failure], later(9), to("C1"), well=well, is_late=is_late)
        [letter] = [row for row in await letters(store, "root") if row.alert_id == (await newest(store)).alert_id]
        assert (letter.state, (await newest(store)).state) == (state, "resolved")


async def newest(store: Store) -> Alert:
    return (await store.alerts.recent(limit=1))[0]


async def test_a_run_that_runs_again_is_noted_once_and_its_alert_stays_open(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a"))
    [again] = await store.alerts.run_again({alert.alert_id: later(1), "none": later(1)}, later(2))
    assert (again.state, again.version, again.details[AGAIN]) == ("open", 2, later(1).isoformat())
    assert await store.alerts.run_again({alert.alert_id: later(3)}, later(3)) == []
    [no_longer] = await store.alerts.run_again({alert.alert_id: None}, later(4))
    assert no_longer.details == alert.details
    assert await lines(store) == [{"line": "again"}]
    await store.alerts.resolve(alert.alert_id, later(5), WELL)
    assert await store.alerts.run_again({alert.alert_id: later(6)}, later(6)) == []
