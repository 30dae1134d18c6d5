"""What people do with an alert: once, where it changes something, and said in its thread."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.store.alerts.records import Alert, AlertAction, Press
from db.store.store import Store
from tests.unit.db.store.alerts.samples import RULE, begun, found, later, letters, lines, stand, to


@pytest.fixture
async def alert(store: Store) -> Alert:
    """One that stands in a channel and with a person."""
    times = {"remind_at": later(30), "escalate_at": later(60)}
    [alert] = await begun(store.alerts, found("a"), route=to("C1", "U7", **times))
    await stand(store)
    return alert


def press(alert: Alert, action: AlertAction, minute: float = 1, user: str = "U1", **more: Any) -> Press:
    return Press(alert.alert_id, action, alert.version, user, later(minute), **more)


async def told(store: Store) -> list[str]:
    """The lines of the alert's thread in the channel."""
    return [row.payload["line"] for row in await letters(store, "reply") if row.channel == "C1"]


async def test_a_press_changes_the_alert_and_is_said_in_each_of_its_threads(store: Store, alert: Alert) -> None:
    pressed = await store.alerts.press(press(alert, "acknowledge"))
    expected = replace(alert, state="acknowledged", acknowledged_by="U1", acknowledged_at=later(1), version=2)
    assert (pressed.alert, pressed.is_first, pressed.by) == (expected, True, "U1")
    assert await store.alerts.by_id(alert.alert_id) == expected
    roots, replies = await letters(store, "root"), await letters(store, "reply")
    assert [row.wanted_version for row in roots] == [2, 2]
    assert [(row.channel, row.depends_on) for row in replies] == [
        ("C1", roots[0].outbox_id),
        ("U7", roots[1].outbox_id),
    ]
    assert await lines(store) == [{"line": "acknowledge", "by": "U1"}] * 2


async def test_a_press_is_shown_at_once_and_what_the_catalogue_says_a_little_later(store: Store, alert: Alert) -> None:
    await begun(store.alerts, found("a", 1), at=later(1))
    assert {row.refresh_at for row in await letters(store, "root")} == {later(1) + timedelta(seconds=5)}
    fed = await store.alerts.by_id(alert.alert_id)
    assert fed is not None
    await store.alerts.press(press(fed, "acknowledge", 1.01))
    assert {row.refresh_at for row in await letters(store, "root")} == {later(1.01)}


async def test_a_press_during_an_edit_waits_for_its_end(store: Store, alert: Alert) -> None:
    pressed = (await store.alerts.press(press(alert, "acknowledge"))).alert
    assert pressed is not None
    first = await store.outbox.claim_edit("w", later(1))
    assert first is not None
    await store.alerts.press(press(pressed, "unacknowledge", 1.01))
    (root,) = [row for row in await letters(store, "root") if row.outbox_id == first.outbox_id]
    assert (root.wanted_version, root.refresh_at) == (3, first.refresh_at), "its claim stands"
    assert await store.outbox.edited(first, later(1.02))
    (root,) = [row for row in await letters(store, "root") if row.outbox_id == first.outbox_id]
    assert (root.rendered_version, root.wanted_version, root.lease_owner) == (2, 3, None), "and is edited once more"


async def test_a_press_counts_once_however_often_and_by_whom(store: Store, alert: Alert) -> None:
    users = [f"U{number}" for number in range(6)]
    all_pressed = await asyncio.gather(*(store.alerts.press(press(alert, "acknowledge", user=user)) for user in users))
    [first] = [one for one in all_pressed if one.is_first]
    assert {one.by for one in all_pressed} == {first.by}
    assert [(click.user_id, click.version) for click in await store.alerts.clicks(alert.alert_id)] == [(first.by, 1)]
    assert await told(store) == ["acknowledge"]


async def test_an_old_button_says_who_was_first(store: Store, alert: Alert) -> None:
    acknowledged = (await store.alerts.press(press(alert, "acknowledge"))).alert
    assert acknowledged is not None
    undone = (await store.alerts.press(press(acknowledged, "unacknowledge", user="U2"))).alert
    assert undone is not None
    assert (undone.state, undone.acknowledged_by) == ("open", None)
    late = await store.alerts.press(press(alert, "acknowledge", user="U3"))
    assert (late.is_first, late.by) == (False, "U1"), "the message as it was before"
    again = await store.alerts.press(press(undone, "acknowledge", user="U3"))
    assert (again.is_first, again.by) == (True, "U3")


@pytest.mark.parametrize(
    ("action", "more", "by"),
    [
        ("acknowledge", {}, "U1"),
        ("unmute", {}, None),
        ("wake", {}, None),
        ("assign", {"assignee": None}, None),
    ],
)
async def test_what_is_so_already_is_not_said_again(
    store: Store, alert: Alert, action: AlertAction, more: dict[str, Any], by: str | None
) -> None:
    changed = (await store.alerts.press(press(alert, "acknowledge"))).alert
    assert changed is not None
    pressed = await store.alerts.press(press(changed, action, user="U2", **more))
    assert (pressed.alert, pressed.is_first, pressed.by) == (changed, False, by)
    assert await told(store) == ["acknowledge"]
    assert len(await store.alerts.clicks(alert.alert_id)) == 1


async def test_a_snooze_ends_by_itself_once(store: Store, alert: Alert) -> None:
    snoozed = (await store.alerts.press(press(alert, "snooze", until=later(61)))).alert
    assert snoozed is not None
    assert (snoozed.state, snoozed.snoozed_by, snoozed.snoozed_until) == ("snoozed", "U1", later(61))
    assert await store.alerts.due(later(60)) == []
    assert await store.alerts.wake(alert.alert_id, later(60)) is None
    assert [one.alert_id for one in await store.alerts.due(later(61))] == [alert.alert_id]
    woken = await asyncio.gather(*(store.alerts.wake(alert.alert_id, later(61)) for _ in range(3)))
    [now] = [one for one in woken if one is not None]
    assert (now.state, now.snoozed_by, now.snoozed_until) == ("open", None, None)
    assert now.remind_at == later(91), "as long as it was meant to be from the beginning"
    assert await told(store) == ["snooze", "snooze_over"]


async def test_a_snooze_may_be_changed_and_undone(store: Store, alert: Alert) -> None:
    snoozed = (await store.alerts.press(press(alert, "snooze", until=later(61)))).alert
    assert snoozed is not None
    same = await store.alerts.press(press(snoozed, "snooze", user="U2", until=later(61)))
    assert (same.is_first, same.by) == (False, "U1")
    longer = (await store.alerts.press(press(snoozed, "snooze", user="U2", until=later(600)))).alert
    assert longer is not None
    assert (longer.snoozed_by, longer.snoozed_until) == ("U2", later(600))
    woken = (await store.alerts.press(press(longer, "wake", 2))).alert
    assert woken is not None
    assert (woken.state, woken.remind_at) == ("open", later(30)), "still to come"
    until = [line.get("until") for line in await lines(store)]
    assert until[:1] == [later(61).isoformat()]


@pytest.mark.parametrize("until", [None, later(1), later(0)])
async def test_a_snooze_needs_an_end_that_is_to_come(store: Store, alert: Alert, until: Any) -> None:
    with pytest.raises(ValueError, match="a snooze ends after it has begun"):
        await store.alerts.press(press(alert, "snooze", until=until))
    assert await store.alerts.clicks(alert.alert_id) == []


async def test_another_assignee_is_named(store: Store, alert: Alert) -> None:
    assigned = (await store.alerts.press(press(alert, "assign", assignee="U9"))).alert
    assert assigned is not None
    assert (assigned.assignee, assigned.state) == ("U9", "open")
    assert (await lines(store))[0] == {"line": "assign", "by": "U1", "assignee": "U9"}
    [click] = await store.alerts.clicks(alert.alert_id)
    assert (click.action, click.details, click.at) == ("assign", {"assignee": "U9"}, later(1))


async def test_what_is_muted_reminds_nobody_and_counts_in_silence(store: Store, alert: Alert) -> None:
    muted = (await store.alerts.press(press(alert, "mute", until=later(60)))).alert
    assert muted is not None
    assert muted.is_muted
    assert await store.alerts.due(later(90)) == []
    assert await store.alerts.remind(alert.alert_id, later(90), None) is None
    await store.alerts.record(RULE, [found("a", 5)], later(6), to("C1"))
    assert (await store.alerts.press(press(muted, "mute"))).is_first is False
    heard = (await store.alerts.press(press(muted, "unmute", 7))).alert
    assert heard is not None
    assert (heard.is_muted, heard.count) == (False, 2)
    assert await told(store) == ["mute", "unmute"]


async def test_nothing_can_be_done_with_what_is_over(store: Store, alert: Alert) -> None:
    resolved = (await store.alerts.press(press(alert, "resolve"))).alert
    assert resolved is not None
    assert (resolved.state, resolved.resolved_at, resolved.resolution) == ("resolved", later(1), {"by": "U1"})
    for action in ("acknowledge", "snooze", "mute", "assign"):
        pressed = await store.alerts.press(press(resolved, action))
        assert (pressed.alert, pressed.is_first) == (resolved, False)
    again = await store.alerts.press(press(resolved, "resolve", user="U2"))
    assert (again.is_first, again.by) == (False, "U1")
    assert await store.alerts.resolve(alert.alert_id, later(2), {"run_id": "9"}) is None
    assert await told(store) == ["resolved"]
    assert await store.alerts.open() == []


async def test_what_somebody_called_resolved_is_opened_again(store: Store, alert: Alert) -> None:
    assert not (await store.alerts.press(press(alert, "reopen"))).is_first, "it is open"
    resolved = (await store.alerts.press(press(alert, "resolve"))).alert
    assert resolved is not None
    opened = (await store.alerts.press(press(resolved, "reopen", 2, "U2"))).alert
    assert opened is not None
    assert (opened.state, opened.resolved_at, opened.resolution) == ("open", None, None)
    assert [one.alert_id for one in await store.alerts.open()] == [alert.alert_id]
    again = (await store.alerts.press(press(opened, "resolve", 3))).alert
    assert again is not None
    assert await told(store) == ["resolved", "reopen", "resolved"]
    await store.alerts.record(RULE, [found("a", 5)], later(6), to("C1"))
    assert not (await store.alerts.press(press(again, "reopen", 7))).is_first, "the next one has come"


async def test_what_is_well_by_itself_is_not_opened_again(store: Store, alert: Alert) -> None:
    well = await store.alerts.resolve(alert.alert_id, later(1), {"run_id": "9"})
    assert well is not None
    assert not (await store.alerts.press(press(well, "reopen", 2))).is_first


async def test_a_press_on_an_unknown_alert_does_nothing(store: Store, alert: Alert) -> None:
    pressed = await store.alerts.press(replace(press(alert, "acknowledge"), alert_id="none"))
    assert (pressed.alert, pressed.is_first, pressed.by) == (None, False, None)


async def test_what_was_not_told_before_the_recovery_is_not_told_after_it(store: Store) -> None:
    [alert] = await begun(store.alerts, found("a"))
    resolved = await store.alerts.resolve(alert.alert_id, later(1), {"run_id": "9"})
    assert resolved is not None
    assert (resolved.state, resolved.resolution) == ("resolved", {"run_id": "9"})
    assert [(row.kind, row.state) for row in await letters(store)] == [("root", "dropped")]


async def test_reminders_go_on_until_somebody_acknowledges(store: Store, alert: Alert) -> None:
    assert await store.alerts.due(later(29)) == []
    assert await store.alerts.remind(alert.alert_id, later(29), later(99)) is None
    reminded = await asyncio.gather(*(store.alerts.remind(alert.alert_id, later(30), later(90)) for _ in range(3)))
    [now] = [one for one in reminded if one is not None]
    assert (now.reminders, now.remind_at, now.version) == (1, later(90), 1), "no message shows it"
    assert await store.alerts.by_id(alert.alert_id) == now
    await store.alerts.remind(alert.alert_id, later(90), None)
    assert [line for line in await lines(store) if line["line"] == "reminder"][::2] == [
        {"line": "reminder", "count": 1},
        {"line": "reminder", "count": 2},
    ]
    assert [one.alert_id for one in await store.alerts.due(later(99))] == [alert.alert_id], "it is to escalate"
    acknowledged = await store.alerts.press(press(alert, "acknowledge", 100))
    assert acknowledged.is_first
    assert await store.alerts.due(later(999)) == []


async def test_an_undone_acknowledgement_lets_the_reminder_wait_anew(store: Store, alert: Alert) -> None:
    acknowledged = (await store.alerts.press(press(alert, "acknowledge"))).alert
    assert acknowledged is not None
    open_again = (await store.alerts.press(press(acknowledged, "unacknowledge", 3000))).alert
    assert open_again is not None
    assert (open_again.remind_at, open_again.escalate_at) == (later(3030), later(3060))


async def test_an_alert_escalates_once(store: Store, alert: Alert) -> None:
    [destination] = to("C9", mention=("S1",))(alert).destinations
    assert await store.alerts.escalate(alert.alert_id, later(59), [destination]) is None
    escalated = await asyncio.gather(
        *(store.alerts.escalate(alert.alert_id, later(60), [destination]) for _ in range(3))
    )
    [now] = [one for one in escalated if one is not None]
    assert (now.escalate_at, now.version) == (None, 2)
    *_, root = await letters(store, "root")
    assert (root.channel, root.wanted_version) == ("C9", 2)
    assert root.payload == {"mention": ["S1"], "storm_key": "", "escalated": True}
    assert await told(store) == ["escalated"]
    assert (await lines(store))[0]["to"] == ["C9"]


async def test_a_cause_is_kept_and_said_once(store: Store, alert: Alert) -> None:
    assert await store.alerts.without_cause() == [alert]
    assert await store.alerts.without_cause(since=later(1)) == []
    kept = await store.alerts.keep_cause(alert.alert_id, {"code": "oom", "headline": "메모리 부족"}, later(1))
    assert kept is not None
    assert (kept.cause, kept.version) == ({"code": "oom", "headline": "메모리 부족"}, 2)
    assert await store.alerts.keep_cause(alert.alert_id, {"code": "disk"}, later(2)) is None
    assert await store.alerts.keep_cause("none", {"code": "disk"}, later(2)) is None
    assert await store.alerts.without_cause() == []
    assert await told(store) == ["cause"]


async def test_only_what_was_told_and_is_heard_is_looked_into(store: Store, alert: Alert) -> None:
    await begun(store.alerts, found("not told yet"))
    await begun(store.alerts, found("muted"), route=to("C1", is_muted=True))
    assert await store.alerts.without_cause() == [alert]
    await store.alerts.press(press(alert, "mute"))
    assert await store.alerts.without_cause() == []


async def test_a_thread_knows_its_alert(store: Store, alert: Alert) -> None:
    assert await store.alerts.by_message("C1", "1.5") == [alert]
    assert await store.alerts.by_message("C1", "1.6") == []
    assert await store.alerts.standing("C1", "1.6") == ()
    known = {"rule": RULE, "kind": "failed", "severity": "high", "state": "open", "count": 1}
    assert await store.alerts.standing("C1", "1.5") == ({"id": "a/0", "name": "a", "gpu": None, **known},)
    await store.alerts.keep_cause(alert.alert_id, {"code": "oom", "headline": "메모리 부족"}, later(1))
    [told] = await store.alerts.standing("C1", "1.5")
    assert told == {"id": "a/0", "name": "a", "gpu": None, **known, "cause": "oom"}


async def test_alerts_are_listed_by_rule_project_and_state(store: Store, alert: Alert) -> None:
    [other] = await begun(store.alerts, found("b", project="로그"), at=later(1))
    await store.alerts.record("second", [], later(1), to())
    [second] = (await store.alerts.record("second", [found("c", fingerprint="c2")], later(1), to())).opened
    assert await store.alerts.open(rule="second") == [second]
    assert await store.alerts.open() == [alert, other, second]
    assert await store.alerts.recent(project="로그") == [other]
    await store.alerts.resolve(other.alert_id, later(2), {"run_id": "9"})
    assert [one.alert_id for one in await store.alerts.recent(state="resolved")] == [other.alert_id]
    assert await store.alerts.open() == [alert, second]
