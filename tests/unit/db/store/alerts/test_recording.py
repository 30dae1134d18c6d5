"""What is found becomes an alert once, and each change is told once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from db.store.alerts.records import Alert
from db.store.store import Store
from tests.unit.db.store.alerts.samples import RULE, begun, found, later, letters, lines, stand, to
from tests.unit.db.store.samples import NOON


async def test_what_is_there_at_the_first_time_is_never_told(store: Store) -> None:
    assert await store.alerts.watermark(RULE) is None
    first = await store.alerts.record(RULE, [found("a"), found("b", 1)], later(2), to("C1"))
    assert (first.opened, first.fed) == ((), ())
    assert await store.alerts.watermark(RULE) == "2026-11-21 12:01:00"
    again = await store.alerts.record(RULE, [found("a"), found("b", 1)], later(3), to("C1"))
    assert (again.opened, again.fed) == ((), ())
    assert await letters(store) == []


@pytest.mark.parametrize(("tells_old", "told"), [(True, ["a", "b"]), (later(1), ["b"]), (later(5), [])])
async def test_what_was_there_before_is_told_where_somebody_asks(
    store: Store, tells_old: datetime | bool, told: list[str]
) -> None:
    both = [found("a"), found("b", 1)]
    first = await store.alerts.record(RULE, both, later(9), to("C1"), tells_old=tells_old)
    assert [alert.name for alert in first.opened] == told
    again = await store.alerts.record(RULE, both, later(9), to("C1"), tells_old=tells_old)
    assert again.opened == ()


async def test_a_failure_opens_an_alert_with_a_message_for_each_destination(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a", 1, severity="critical"), at=later(2), route=to("C1", "U7"))
    expected = Alert(
        alert_id=alert.alert_id,
        fingerprint="of a",
        episode=1,
        rule=RULE,
        kind="failed",
        severity="critical",
        state="open",
        run_id="a/1",
        name="a",
        project="웨이퍼",
        details={"id": "a/1", "name": "a", "gpu": None},
        count=1,
        first_at=later(1),
        last_at=later(1),
    )
    assert alert == expected
    assert await store.alerts.by_id(alert.alert_id) == expected
    assert [(row.kind, row.channel, row.state, row.next_at) for row in await letters(store)] == [
        ("root", "C1", "pending", later(2)),
        ("root", "U7", "pending", later(2)),
    ]


async def test_the_same_row_counts_once_however_often_and_by_whom_it_is_found(store: Store) -> None:
    await begun(store.alerts)
    twice = [found("a"), found("a")]
    all_found = await asyncio.gather(*(store.alerts.record(RULE, twice, NOON, to("C1")) for _ in range(5)))
    assert sorted(len(one.opened) for one in all_found) == [0, 0, 0, 0, 1]
    assert [one.fed for one in all_found] == [()] * 5
    assert len(await letters(store)) == 1


async def test_a_failure_within_an_episode_is_counted_in_and_said_in_the_thread(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a", 1), at=later(1))
    await stand(store)
    fed = await store.alerts.record(RULE, [found("a", 2), found("a", 3)], later(4), to("C1"))
    assert fed.opened == ()
    [now] = fed.fed
    assert (now.alert_id, now.count, now.version, now.run_id) == (alert.alert_id, 3, 2, "a/3")
    assert (now.first_at, now.last_at, now.details["id"]) == (later(1), later(3), "a/3")
    assert await store.alerts.by_id(alert.alert_id) == now
    root, reply = await letters(store)
    assert (root.wanted_version, root.refresh_at) == (2, later(4) + timedelta(seconds=5))
    assert (reply.kind, reply.depends_on, reply.payload) == ("reply", root.outbox_id, {"line": "fed", "count": 3})
    assert (reply.channel, reply.alert_id) == ("C1", alert.alert_id)


async def test_an_older_failure_that_comes_late_leaves_the_newest_shown(store: Store) -> None:
    await begun(store.alerts, found("a", 5, severity="low"), at=later(6))
    [now] = (await store.alerts.record(RULE, [found("a", 2, severity="critical")], later(7), to("C1"))).fed
    assert (now.run_id, now.count, now.first_at, now.last_at) == ("a/5", 2, later(2), later(5))
    assert now.severity == "critical", "the worst of them"


async def test_failures_of_one_batch_belong_to_one_alert(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a", 1), found("a", 2), at=later(3))
    assert (alert.count, alert.version, alert.run_id) == (2, 1, "a/2")
    assert await lines(store) == []


async def test_after_the_recovery_the_next_failure_is_a_new_alert(store: Store) -> None:
    [first] = await begun(store.alerts, found("a", 1), at=later(1))
    await store.alerts.resolve(first.alert_id, later(2), {"run_id": "9", "finished_at": later(2).isoformat()})
    [second] = await begun(store.alerts, found("a", 3), at=later(3))
    assert (second.episode, second.count) == (2, 1)
    assert second.alert_id != first.alert_id
    assert await store.alerts.failures_since("of a", later(0)) == 2
    assert await store.alerts.failures_since("of a", later(2)) == 1


@pytest.mark.parametrize("finished_at", [later(4).isoformat(), "2026-11-21 12:04:00"])
async def test_a_failure_from_before_the_recovery_belongs_to_what_is_over(store: Store, finished_at: str) -> None:
    [first] = await begun(store.alerts, found("a", 1), at=later(1))
    await stand(store)
    await store.alerts.resolve(first.alert_id, later(5), {"run_id": "9", "finished_at": finished_at})
    late = await store.alerts.record(RULE, [found("a", 3), found("a", 6)], later(7), to("C1"))
    assert [(alert.episode, alert.count) for alert in late.opened] == [(2, 1)]
    assert [(alert.episode, alert.count, alert.state) for alert in late.fed] == [(1, 2, "resolved")]
    assert [line["line"] for line in await lines(store)] == ["resolved"]


async def test_after_somebody_resolved_it_any_other_failure_is_a_new_alert(store: Store) -> None:
    [first] = await begun(store.alerts, found("a", 3), at=later(3))
    await store.alerts.resolve(first.alert_id, later(4), {"by": "U1"})
    assert [alert.episode for alert in await begun(store.alerts, found("a", 2), at=later(5))] == [2]
    [second] = await store.alerts.open()
    await store.alerts.resolve(second.alert_id, later(6), {"finished_at": later(6).isoformat()})
    nobody_knows_when = found("a", 7, at=None, moment="")
    assert [alert.episode for alert in await begun(store.alerts, nobody_knows_when, at=later(8))] == [3]


async def test_what_is_muted_is_recorded_and_not_told(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a"), route=to("C1", is_muted=True))
    assert alert.is_muted
    assert (await store.alerts.record(RULE, [found("a", 1)], later(1), to("C1"))).fed[0].count == 2
    assert await letters(store) == []


async def test_a_letter_may_be_held_and_an_alert_has_its_times(store: Store) -> None:
    times = {"remind_at": later(30), "escalate_at": later(60)}
    [alert] = await begun(store.alerts, found("a"), route=to("C1", mention=("U1",), not_before=later(480), **times))
    assert (alert.remind_at, alert.escalate_at) == (later(30), later(60))
    [root] = await letters(store)
    assert (root.next_at, root.payload["mention"]) == (later(480), ["U1"])


async def test_the_watermark_never_goes_back_and_never_beyond_now(store: Store) -> None:
    await begun(store.alerts, found("a", 5), at=later(6))
    await begun(store.alerts, found("b", 3), at=later(7))
    assert await store.alerts.watermark(RULE) == "2026-11-21 12:05:00"
    await begun(store.alerts, found("c", 99_999), at=later(8))
    assert await store.alerts.watermark(RULE) == "2026-11-21 12:05:00", "a row with a mistyped year"
    await begun(store.alerts, found("d", at=None, moment=""), at=later(8))
    assert await store.alerts.watermark(RULE) == "2026-11-21 12:05:00"


async def test_rules_begin_each_at_its_own_time(store: Store) -> None:
    await begun(store.alerts)
    assert (await store.alerts.record("other", [found("a")], later(1), to("C1"))).opened == ()
    assert len(await begun(store.alerts, found("b"))) == 1


async def test_sources_by_the_thousand_are_recorded_in_one_go(store: Store) -> None:
    many = [found(f"run {number}") for number in range(1200)]
    assert len(await begun(store.alerts, *many)) == 1200
    assert await store.alerts.known([one.source for one in many]) == {one.source for one in many}
    assert [alert.name for alert in await store.alerts.open(limit=2)] == ["run 0", "run 1"]
    assert [alert.name for alert in await store.alerts.recent(limit=2)] == ["run 1199", "run 1198"]
