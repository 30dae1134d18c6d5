"""Buttons of alerts, by the whole bot: what each does, once, for whom, and what shows of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import DeliveryFault, Fault
from bot.playground.workspace.records import User
from db.catalog.sample.play import stick_a_pipeline, storm
from db.store.alerts.records import Alert, Subscription
from tests.slack.alerting import ALERTS, Desk, alerting, drop, is_now, offered, press, rules, said, whispers
from tests.slack.bot import Mode
from tests.slack.workspace import BOT, KIM, LEE, called

pytestmark = pytest.mark.unpaced


@pytest.fixture
async def desk(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Desk]:
    async with alerting(tmp_path, slack) as opened:
        yield opened


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_an_alert_is_acknowledged_and_shows_by_whom(tmp_path: Path, slack: LocalSlack, mode: Mode) -> None:
    async with alerting(tmp_path, slack, mode=mode) as desk:
        message = await desk.failed()
        await desk.press(message, "acknowledge")
        assert "김민준" in await desk.line(message, "확인")
        shown = await desk.shows(message, "김민준 님이 확인했습니다")
        assert shown.startswith("🟠")
        assert "unacknowledge" in offered(desk.root(message))
        assert whispers(slack) == []
        (click,) = await desk.bot.services.store.alerts.clicks((await desk.alert()).alert_id)
        assert (click.action, click.user_id) == ("acknowledge", KIM)


async def test_each_press_can_be_taken_back(desk: Desk) -> None:
    message = await desk.failed()
    steps = (
        ("acknowledge", "🟠", "acknowledged"),
        ("unacknowledge", "🔴", "open"),
        ("snooze_hour", "⚪", "snoozed"),
        ("wake", "🔴", "open"),
        ("snooze_tomorrow", "⚪", "snoozed"),
        ("acknowledge", "🟠", "acknowledged"),
        ("resolve", "🟢", "resolved"),
        ("reopen", "🔴", "open"),
        ("resolve", "🟢", "resolved"),
    )
    for action, mark, state in steps:
        await desk.press(message, action, LEE)
        await desk.stands(is_now(state))
        await desk.shows(message, mark)
    assert offered(desk.root(message)) <= {"runs", "cause", "reopen"}
    assert whispers(desk.slack, LEE) == []


async def test_a_snooze_lasts_an_hour_or_until_nine_by_the_channels_clock(desk: Desk) -> None:
    message = await desk.failed()
    await desk.bot.services.store.alert_channels.set(ALERTS, KIM, desk.clock.now, timezone="America/New_York")
    await desk.press(message, "snooze_hour")
    hour = await desk.stands(lambda alert: alert.state == "snoozed")
    assert hour.snoozed_until is not None
    assert (hour.snoozed_until - desk.clock.now).total_seconds() == 3_600
    await desk.shows(message, "⚪")
    await desk.press(message, "snooze_tomorrow")
    morning = await desk.stands(lambda alert: alert.snoozed_until != hour.snoozed_until)
    assert f"{morning.snoozed_until:%d %H:%M}" == "21 14:00", "09:00 in New York"


async def test_a_click_delivered_twice_and_two_people_at_once_are_one_press(desk: Desk) -> None:
    message = await desk.failed()
    desk.slack.faults.break_next_delivery("interactive", DeliveryFault(duplicates=True))
    await desk.press(message, "acknowledge")
    twice = await desk.whispered("이미 확인했습니다")
    assert f"<@{KIM}>" in twice
    await press(desk.slack, message, "acknowledge", LEE)
    late = await desk.whispered("이미 확인했습니다", LEE)
    assert f"(<@{KIM}>, " in late, "who was first, and when"
    alert = await desk.alert()
    assert len(await desk.bot.services.store.alerts.clicks(alert.alert_id)) == 1
    await desk.line(message, "확인")
    assert [line for line in desk.lines(message) if "확인" in line and "원인" not in line] == desk.lines(message)[:1]


async def test_an_old_button_changes_nothing_that_came_after(desk: Desk) -> None:
    message = dict(await desk.failed())
    await desk.press(message, "acknowledge")
    await desk.shows(message, "🟠")
    await desk.press(message, "unacknowledge", LEE)
    await desk.shows(message, "🔴")
    channel = desk.slack.workspace.channels[ALERTS]
    channel.messages[message["ts"]] = {**channel.messages[message["ts"]], "blocks": message["blocks"]}
    await desk.press(message, "acknowledge", LEE)
    await desk.whispered("이미 확인했습니다", LEE)
    assert (await desk.alert()).state == "open"


async def test_who_may_press_is_named_to_who_may_not(tmp_path: Path, slack: LocalSlack) -> None:
    path = rules(tmp_path, may_press=f"[{LEE}]")
    async with alerting(tmp_path, slack, alert_rules=path, admins="U9") as desk:
        message = await desk.failed()
        await desk.press(message, "acknowledge")
        assert f"<@{LEE}>" in await desk.whispered("누를 수 있습니다")
        assert (await desk.alert()).state == "open"
        await desk.press(message, "runs")
        await slack.journal.until(lambda: slack.workspace.modals.get(KIM), "a window: reading is for everybody")
        await desk.press(message, "acknowledge", LEE)
        await desk.stands(lambda alert: alert.acknowledged_by == LEE)


async def test_the_members_of_a_group_may_press_where_it_is_named(tmp_path: Path, slack: LocalSlack) -> None:
    slack.workspace.groups["S1"] = (LEE,)
    async with alerting(tmp_path, slack, alert_rules=rules(tmp_path, may_press="[S404, S1]")) as desk:
        message = await desk.failed()
        await desk.press(message, "acknowledge")
        assert "<!subteam^S1>" in await desk.whispered("누를 수 있습니다")
        await desk.press(message, "acknowledge", LEE)
        await desk.stands(lambda alert: alert.acknowledged_by == LEE)


async def test_an_admin_the_owner_and_the_assignee_may_always(tmp_path: Path, slack: LocalSlack) -> None:
    path = rules(tmp_path, may_press="[U7]")
    async with alerting(tmp_path, slack, alert_rules=path, admins=KIM) as desk:
        message = await desk.failed()
        await desk.press(message, "assign", selected_user=LEE)
        await desk.stands(lambda alert: alert.assignee == LEE)
        await desk.press(message, "acknowledge", LEE)
        await desk.stands(lambda alert: alert.acknowledged_by == LEE)
        await desk.shows(message, "🟠")
        owner = str((await desk.alert()).details["owner_email"])
        slack.workspace.users["U5"] = User("U5", "owner", "담당자", email=owner)
        slack.workspace.channels[ALERTS].members.add("U5")
    async with alerting(tmp_path, slack, alert_rules=path, admins=KIM, clock=desk.clock) as again:
        await again.press(message, "resolve", "U5")
        await again.stands(lambda alert: alert.state == "resolved")


async def test_the_new_assignee_is_called_in_the_thread_once(desk: Desk) -> None:
    message = await desk.failed()
    await desk.press(message, "assign", selected_user=LEE)
    await desk.line(message, "맡")
    await desk.shows(message, "맡은 사람: 이서연")
    replies = desk.slack.messages(ALERTS, message["ts"])[1:]
    assert sum(f"user:{LEE}" in called(reply) for reply in replies) == 1
    assert f"user:{LEE}" not in called(desk.root(message)), "an edit calls nobody"


async def test_bots_and_strangers_take_nothing_on(desk: Desk) -> None:
    message = await desk.failed()
    desk.slack.workspace.users["UB"] = User("UB", "helper", "Helper", is_bot=True)
    for user in (BOT, "UB", "U404"):
        desk.slack.workspace.ephemerals.clear()
        await desk.press(message, "assign", selected_user=user)
        await desk.whispered("맡길 수 없습니다")
    assert (await desk.alert()).assignee is None


async def test_where_slack_does_not_say_who_it_is_nobody_is_assigned(desk: Desk) -> None:
    message = await desk.failed()
    for _ in range(2):
        desk.slack.break_next("users.info", Fault(error="internal_error"))
    await desk.press(message, "assign", selected_user=LEE)
    await desk.whispered("확인하지 못했습니다")
    assert (await desk.alert()).assignee is None


async def test_related_runs_open_in_a_window(desk: Desk) -> None:
    message = await desk.failed()
    await desk.press(message, "runs")
    opened = await desk.slack.journal.until(lambda: desk.slack.workspace.modals.get(KIM), "a window")
    shown = said(opened[-1].view)
    assert "같은 파이프라인" in shown
    assert "이 알림의 실행" in shown
    assert "같은 데이터셋" in shown


async def test_a_catalogue_that_is_gone_is_said_in_the_window(desk: Desk) -> None:
    message = await desk.failed()
    await asyncio.to_thread(drop, desk.folder / "catalog.db", "metrics", "artifacts", "models", "pipelines")
    await desk.press(message, "runs")
    await desk.slack.journal.until(
        lambda: any("읽지 못했습니다" in said(one.view) for one in desk.slack.workspace.modals.get(KIM, ())), "a word"
    )


async def test_a_window_that_slack_does_not_open_is_said(desk: Desk) -> None:
    message = await desk.failed()
    for action in ("runs", "mute"):
        desk.slack.break_next("views.open", Fault(error="internal_error"))
        desk.slack.workspace.ephemerals.clear()
        await desk.press(message, action)
        await desk.whispered("창을 열지 못했습니다")


async def muted(desk: Desk, message: Any, scope: str, lasts: str, user: str = KIM) -> dict[str, str] | None:
    """Sends the form behind the button."""
    await desk.press(message, "mute", user)
    opened = await desk.slack.journal.until(lambda: desk.slack.workspace.modals.get(user), "the form")
    chosen = {name: {name: {"selected_option": {"value": value}}} for name, value in (("scope", scope), ("for", lasts))}
    return await desk.slack.interactions.submit(user, opened[-1].view["id"], {"values": chosen})


@pytest.mark.parametrize(("scope", "lasts"), [("alert", "hour"), ("pipeline", "day"), ("project", "good")])
async def test_a_mute_is_asked_for_holds_and_is_lifted(desk: Desk, scope: str, lasts: str) -> None:
    message = await desk.failed()
    assert await muted(desk, message, scope, lasts) is None
    alert = await desk.stands(lambda alert: alert.is_muted)
    await desk.shows(message, "🔇")
    store = desk.bot.services.store
    (mute,) = await store.mutes.holding(desk.clock.now)
    value = {"alert": alert.alert_id, "pipeline": alert.name, "project": alert.project}[scope]
    assert (mute.scope, mute.value, mute.set_by) == (scope, value, KIM)
    assert (mute.until is None) == (lasts == "good")
    await desk.press(message, "unmute", LEE)
    await desk.stands(lambda alert: not alert.is_muted)
    await desk.shows(message, "🔴")
    assert await store.mutes.holding(desk.clock.now) == []


async def test_a_whole_project_is_muted_by_admins_and_the_owner_alone(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack, admins=LEE) as desk:
        message = await desk.failed()
        refused = await muted(desk, message, "project", "day")
        assert refused is not None
        assert "관리자나 담당자만" in refused["scope"]
        assert await muted(desk, message, "project", "day", LEE) is None
        await desk.stands(lambda alert: alert.is_muted)
        await desk.shows(message, "🔇")
        await desk.press(message, "unmute")
        await desk.stands(lambda alert: not alert.is_muted)
        held = await desk.bot.services.store.mutes.holding(desk.clock.now)
        assert [mute.scope for mute in held] == ["project"], "what an admin has set for all stays"


async def test_a_cause_is_found_by_itself_and_the_button_leads_to_it(desk: Desk) -> None:
    message = await desk.failed()
    await desk.line(message, "🔎")
    await press(desk.slack, message, "cause")
    await desk.whispered("이미 이 알림의 스레드에 있습니다")
    (link,) = called(list(desk.slack.workspace.ephemerals.values())[-1])
    assert f"{desk.slack.workspace.base}/archives/{ALERTS}/p" in link
    assert sum("🔎" in line for line in desk.lines(message)) == 1


async def test_a_lost_store_is_said_and_nothing_is_claimed_to_be_done(desk: Desk) -> None:
    message = await desk.failed()
    await asyncio.to_thread(drop, desk.folder / "store.db", "alerts")
    await desk.press(message, "acknowledge")
    await desk.whispered("저장소를 쓸 수 없어")


async def stormed(desk: Desk, count: int) -> tuple[Any, list[Alert]]:
    """So many fail at once: the message that tells it, and the alerts that it tells."""
    desk.clock.passes(seconds=1)
    await asyncio.to_thread(storm, desk.folder / "catalog.db", desk.clock.now, count)
    found = await desk.slack.journal.until(
        lambda: [(root, block) for root in desk.roots() for block in root["blocks"] if ":storm:" in block["block_id"]],
        "a summary",
    )
    message, block = found[-1]
    return message, await desk.bot.services.store.storms.members(block["block_id"].split(":")[3])


async def test_a_press_on_many_at_once_is_a_press_on_each(desk: Desk) -> None:
    message, members = await stormed(desk, 9)
    store = desk.bot.services.store
    of = {alert.alert_id for alert in members}
    await desk.press(message, "acknowledge")
    async with asyncio.timeout(30):
        while {alert.alert_id for alert in await store.alerts.open() if alert.acknowledged_by == KIM} != of:
            await store.ping()
    await press(desk.slack, message, "acknowledge", LEE)
    assert f"<@{KIM}>" in await desk.whispered("이미 확인했습니다", LEE)
    await desk.shows(message, "🟠")
    assert await muted(desk, message, "alert", "day") is None
    async with asyncio.timeout(30):
        while {alert.alert_id for alert in await store.alerts.open() if alert.is_muted} != of:
            await store.ping()
    held = await store.mutes.holding(desk.clock.now)
    assert {(mute.scope, mute.value) for mute in held} == {("alert", alert_id) for alert_id in of}


async def test_causes_in_a_storm_are_shared_and_say_so(desk: Desk) -> None:
    await stormed(desk, 9)
    store = desk.bot.services.store
    async with asyncio.timeout(20):
        while len([alert for alert in await store.alerts.open() if alert.cause]) < 9:
            await store.ping()
    causes = [alert.cause or {} for alert in await store.alerts.open()]
    assert sum("shared" not in cause for cause in causes) == len({cause["signature"] for cause in causes})


async def test_a_form_delivered_twice_mutes_once(desk: Desk) -> None:
    message = await desk.failed()
    await desk.press(message, "mute")
    opened = await desk.slack.journal.until(lambda: desk.slack.workspace.modals.get(KIM), "the form")
    desk.slack.faults.break_next_delivery("interactive", DeliveryFault(duplicates=True))
    chosen = {
        name: {name: {"selected_option": {"value": value}}} for name, value in (("scope", "pipeline"), ("for", "day"))
    }
    await desk.slack.interactions.submit(KIM, opened[-1].view["id"], {"values": chosen})
    await desk.stands(lambda alert: alert.is_muted)
    await desk.whispered("이미 음소거되어 있습니다")
    store = desk.bot.services.store
    async with asyncio.timeout(30):
        while not (held := await store.mutes.holding(desk.clock.now)):
            await store.ping()
    assert len(held) == 1


async def test_who_is_told_directly_presses_there_by_their_own_clock(desk: Desk) -> None:
    store, now = desk.bot.services.store, desk.clock.now
    await store.subscriptions.add(Subscription(KIM, "{}", {}, KIM, now))
    await store.alert_channels.set(KIM, KIM, now, timezone="America/New_York")
    await desk.failed()
    direct = (await desk.slack.journal.until(lambda: desk.slack.messages("D1"), "a direct message"))[-1]
    await press(desk.slack, direct, "snooze_tomorrow", channel="D1")
    alert = await desk.stands(is_now("snoozed"))
    assert f"{alert.snoozed_until:%d %H:%M}" == "21 14:00", "09:00 in New York"


async def test_a_form_whose_alert_nobody_may_press_any_more_says_so(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack) as desk:
        message = await desk.failed()
        await desk.press(message, "mute")
        await slack.journal.until(lambda: slack.workspace.modals.get(KIM), "the form")
    view = slack.workspace.modals[KIM][-1].view
    chosen = {
        name: {name: {"selected_option": {"value": value}}} for name, value in (("scope", "alert"), ("for", "day"))
    }
    async with alerting(tmp_path, slack, alert_rules=rules(tmp_path, may_press="[U7]"), clock=desk.clock) as again:
        refused = await slack.interactions.submit(KIM, view["id"], {"values": chosen})
        assert refused is not None
        assert "규칙에 정해진 사람" in refused["scope"]
        await asyncio.to_thread(drop, tmp_path / "store.db", "alerts")
        lost = await slack.interactions.submit(KIM, view["id"], {"values": chosen})
        assert lost is not None
        assert "저장소" in lost["scope"]
        assert again.slack is slack


async def test_the_cause_of_what_is_stuck_is_looked_for_where_somebody_asks(desk: Desk) -> None:
    desk.clock.passes(seconds=1)
    await asyncio.to_thread(stick_a_pipeline, desk.folder / "catalog.db", desk.clock.now)
    await desk.slack.journal.until(desk.roots, "an alert")
    message = desk.roots()[-1]
    await desk.press(message, "cause")
    await desk.whispered("원인 분석을 시작했습니다")
    await desk.stands(lambda alert: alert.cause is not None)


async def test_old_buttons_say_that_it_is_over_or_gone(desk: Desk) -> None:
    message = await desk.failed()
    first = message["blocks"]
    await desk.press(message, "resolve")
    await desk.stands(is_now("resolved"))
    await desk.shows(message, "🟢")
    await shown_again(desk, message, first, "acknowledge")
    await desk.whispered("이미 해결된 알림이라")
    alert = await desk.alert()
    await shown_again(desk, message, json.loads(json.dumps(first).replace(alert.alert_id, "gone")), "acknowledge")
    await desk.whispered("이 알림은 더 이상 없습니다")
    other = json.loads(json.dumps(first).replace(f"mute:{alert.alert_id}", f"dance:{alert.alert_id}"))
    await shown_again(desk, message, other, "dance")
    await desk.whispered("그 사이에 알림이 바뀌었습니다")


async def shown_again(desk: Desk, message: Any, blocks: Any, action: str) -> None:
    """Presses what stood there before, as somebody may whose client has not seen the edit yet."""
    messages = desk.slack.workspace.channels[ALERTS].messages
    messages[message["ts"]] = {**messages[message["ts"]], "blocks": blocks}
    await desk.press(message, action)
