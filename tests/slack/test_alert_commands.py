"""/mlops subscribe, unsubscribe and alerts, and the Home, by the whole bot."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.records import User
from db.catalog.sample.play import fail_a_pipeline
from db.store.alerts.records import Mute
from tests.slack.alerting import ALERTS, Desk, alerting, drop, offered, press, rules, said, whispers
from tests.slack.bot import running
from tests.slack.workspace import BOT, KIM, LEE

pytestmark = pytest.mark.unpaced


@pytest.fixture
async def desk(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Desk]:
    async with alerting(tmp_path, slack) as opened:
        yield opened


async def asked(slack: LocalSlack, text: str, user: str = KIM, channel: str = ALERTS) -> str:
    """What the person reads who has sent the command."""
    before = len(whispers(slack, user))
    await slack.person(user).slash(text, channel)
    found: list[str] = await slack.journal.until(lambda: whispers(slack, user)[before:], f"an answer to {text}")
    return found[-1]


def newest(slack: LocalSlack, user: str = KIM) -> dict[str, Any]:
    """The last message that the person alone sees."""
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user][-1]


def newest_with(slack: LocalSlack, text: str, user: str = KIM) -> dict[str, Any]:
    """The last message that the person alone sees, with that text and with buttons."""
    mine = [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]
    return [message for message in mine if text in said(message) and offered(message)][-1]


async def test_who_has_subscribed_is_told_directly_and_drops_it_again(desk: Desk) -> None:
    slack = desk.slack
    told = await asked(slack, "subscribe rule:failed 심각도 높음 이상")
    assert "구독했습니다" in told
    assert "심각도 높음 이상" in told
    assert "이미 구독하고 있습니다" in await asked(slack, "subscribe severity>=high rule:failed")
    await desk.failed()
    await slack.journal.until(lambda: slack.messages("D1"), "a direct message")
    assert "*failed*" in await asked(slack, "subscribe")
    await press(slack, newest(slack), "drop:0")
    await desk.whispered("구독을 끊었습니다")
    await press(slack, newest_with(slack, "*failed*"), "drop:0")
    await desk.whispered("이미 끊긴 구독입니다")
    assert await desk.bot.services.store.subscriptions.all() == []
    await asked(slack, "subscribe all", channel="D1")
    assert "1개를 모두 끊었습니다" in await asked(slack, "unsubscribe all", channel="D1")


async def test_a_subscription_is_dropped_by_its_words_and_only_once(desk: Desk) -> None:
    slack = desk.slack
    await asked(slack, "subscribe owner:나 pipeline:yolo*")
    assert "카탈로그의 누구인지" in whispers(slack)[-1], "Slack tells no address of them"
    await asked(slack, "subscribe 팀:비전 파이프라인:yolo* 그래도")
    assert "구독을 끊었습니다" in await asked(slack, "unsubscribe pipeline:YOLO* team:비전")
    assert "그런 구독은 없습니다" in await asked(slack, "unsubscribe pipeline:yolo* team:비전")
    assert "무엇을 끊을지" in await asked(slack, "unsubscribe")


async def test_a_subscription_is_dropped_by_a_part_of_its_words_where_that_is_plain(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    await asked(slack, "subscribe project:웨이퍼 severity>=high 그래도")
    assert "심각도 높음 이상" in await asked(slack, "unsubscribe project:웨이퍼")
    assert await store.subscriptions.all() == []
    await asked(slack, "subscribe project:웨이퍼 severity>=high 그래도")
    await asked(slack, "subscribe project:웨이퍼 team:비전 그래도")
    told = await asked(slack, "unsubscribe project:웨이퍼")
    assert "여럿입니다" in told
    assert "*비전*" in told
    told = await asked(slack, "unsubscribe project:나무")
    assert "그런 구독은 없습니다" in told
    assert "*비전*" in told
    await asked(slack, "subscribe project:웨이퍼 그래도")
    await asked(slack, "unsubscribe project:웨이퍼")
    assert len(await store.subscriptions.all()) == 2, "the one that is written counts before what has more"


async def test_a_subscription_to_what_there_is_not_is_made_when_they_say_it_again(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    told = await asked(slack, "subscribe project:solder-join-inspektion severity>=high")
    assert "카탈로그에 아직 없습니다: 프로젝트 *solder-join-inspektion*" in told
    assert "비슷한 이름: solder-joint-inspection" in told
    assert "/mlops subscribe project:solder-join-inspektion severity&gt;=high 그래도" in told
    assert await store.subscriptions.all() == []
    assert "비슷한 이름" not in await asked(slack, "subscribe dataset:zzzzzz")
    assert "구독했습니다" in await asked(slack, "subscribe project:solder-join-inspektion severity>=high 그래도")
    assert "구독했습니다" in await asked(slack, "subscribe project:solder*")
    assert len(await store.subscriptions.all()) == 2


async def test_people_of_slack_are_known_by_their_addresses(tmp_path: Path, slack: LocalSlack) -> None:
    slack.workspace.users[LEE] = User(LEE, "lee", "이서연", email="lee@example.com")
    async with alerting(tmp_path, slack) as desk:
        assert "lee@example.com" in await asked(slack, "subscribe owner:me", LEE)
        assert "lee@example.com" in await asked(slack, f"subscribe 담당:<@{LEE}>")
        (first, second) = await desk.bot.services.store.subscriptions.all()
        assert first.conditions == second.conditions == {"owner": ["lee@example.com"]}


async def test_a_channel_is_subscribed_by_admins_alone(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack, admins=LEE):
        refused = await asked(slack, "subscribe all here", channel="C2")
        assert f"<@{LEE}>" in refused
        assert "이 채널에" in await asked(slack, "subscribe all here", LEE, "C2")
        listed = await asked(slack, "subscribe", channel="C2")
        assert "모든 알림" in listed
        await press(slack, newest(slack), "drop:0", channel="C2")
        await slack.journal.until(lambda: "관리자만" in whispers(slack)[-1], "a refusal")
        assert "관리자만" in await asked(slack, "unsubscribe all here", channel="C2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subscribe projct:웨이퍼", "혹시 project?"),
        ("subscribe 웨이퍼", "project:"),
        ("subscribe severity>=hihg", "혹시 high?"),
        ("unsubscribe project:", "값이 없습니다"),
        ("alerts quiet 밤에", "22:00-08:00"),
        ("alerts quiet 22:00-08:00 Mars/Base", "Mars/Base"),
        ("alerts digest 아침", "09:00"),
        ("alerts mute 2h", "pipeline:yolo* 2h"),
        ("alerts mute pipeline:x", "pipeline:yolo* 2h"),
        ("alerts unmute", "alerts mutes"),
        ("alerts unmute pipeline:없음", "그런 음소거는 없습니다"),
        ("alerts test", "failed-pipelines"),
        ("alerts history 3 5", "history 20"),
        ("alerts history projct:x", "혹시 project?"),
        ("alerts retry", "다시 보낼 메시지가 없습니다"),
        ("alerts mutes", "음소거된 것이 없습니다"),
    ],
)
async def test_what_is_not_understood_is_answered_with_an_example(desk: Desk, text: str, expected: str) -> None:
    assert expected in await asked(desk.slack, text)


@pytest.mark.parametrize("text", ["alerts foo", "alerts help", "alerts 도움말", "알림 foo"])
async def test_a_word_that_is_none_is_answered_privately_with_those_that_are(desk: Desk, text: str) -> None:
    told = await asked(desk.slack, text)
    assert "/mlops alerts history" in told
    assert "unmute" in told
    assert "열린 알림이 없습니다" in await asked(desk.slack, "알림")
    assert desk.bot.model.questions == []


async def test_open_alerts_are_listed_with_buttons_that_work(desk: Desk) -> None:
    slack = desk.slack
    assert "열린 알림이 없습니다" in await asked(slack, "alerts")
    await desk.failed()
    alert = await desk.alert()
    listed = await asked(slack, "alerts")
    assert alert.name in listed
    assert "acknowledge" in offered(newest(slack))
    await press(slack, newest(slack), "acknowledge")
    await desk.whispered("확인했습니다.")
    await desk.stands(lambda one: one.acknowledged_by == KIM)
    assert alert.name in await asked(slack, "alerts history 5 severity>=high")
    assert alert.name not in await asked(slack, "alerts 기록 project:없는프로젝트")
    assert "김민준 님이 확인함" in await asked(slack, "alerts 목록")


async def test_what_was_sent_and_what_comes_next_are_told(desk: Desk) -> None:
    slack = desk.slack
    await desk.failed()
    sent = await asked(slack, "alerts log")
    assert "보냄" in sent
    assert (await desk.alert()).name in sent
    assert "보냄" not in await asked(slack, "alerts log", channel="C2")
    coming = await asked(slack, "alerts next")
    assert "failed-pipelines" in coming
    assert "morning" in coming
    await asked(slack, "alerts digest 오전 8시", channel="C2")
    assert "08:00" in whispers(slack)[-1]
    await asked(slack, "alerts next")
    assert "'channel_id': 'C2'" in str(newest(slack)["blocks"])
    assert "failed-pipelines" in await asked(slack, "alerts health")


async def test_a_rule_is_tried_out_and_nothing_is_recorded(desk: Desk) -> None:
    slack = desk.slack
    await asked(slack, "alerts test failed-pipelines")
    await desk.whispered("🧪")
    await asked(slack, "alerts test stuck-pipelines")
    await slack.journal.until(lambda: sum("stuck-pipelines" in one for one in whispers(slack)) > 1, "what it finds")
    assert await desk.bot.services.store.alerts.recent() == []
    assert desk.roots() == []


async def test_a_rule_is_tried_by_admins_alone(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack, admins=LEE):
        for text in ("alerts test failed-pipelines", "alerts retry", "alerts quiet 22-8", "alerts digest 9"):
            assert f"<@{LEE}>" in await asked(slack, text), text
        assert "22:00-08:00" in await asked(slack, "alerts quiet 22-8", channel="D1"), "for oneself"


async def test_quiet_hours_hold_alerts_of_a_channel_until_they_end(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    told = await asked(slack, "alerts quiet 9:00~12:00 Asia/Seoul")
    assert "09:00-12:00(Asia/Seoul)" in told
    assert (await store.alert_channels.all())[ALERTS].quiet == "09:00-12:00"
    assert "껐습니다" in await asked(slack, "alerts quiet off")
    assert "껐습니다" in await asked(slack, "alerts digest off")
    own = (await store.alert_channels.all())[ALERTS]
    assert (own.quiet, own.digest, own.timezone) == ("off", "off", "Asia/Seoul")


async def test_what_is_set_is_shown_where_no_time_is_given(desk: Desk) -> None:
    slack = desk.slack
    for text, of_file, time in (
        ("alerts digest", "morning: 09:00(Asia/Seoul), alerts.yml", "10:30"),
        ("alerts quiet", "조용한 시간이 없습니다 (alerts.yml", "22:00-08:00"),
    ):
        told = await asked(slack, text)
        assert of_file in told
        assert "이렇게 적어 주세요" in told
        await asked(slack, f"{text} {time}")
        told = await asked(slack, text)
        assert f"{time}(Asia/Seoul), 명령으로 정함" in told
        await asked(slack, f"{text} off")
        assert "없습니다 (명령으로 정함)" in await asked(slack, text)


async def test_quiet_hours_of_the_file_are_shown_for_what_they_hold(tmp_path: Path, slack: LocalSlack) -> None:
    path = rules(tmp_path, quiet='"22:00-07:00"')
    path.write_text(path.read_text(encoding="utf-8") + '\nchannels:\n  C2: {quiet: "23:00-06:00"}\n', encoding="utf-8")
    async with alerting(tmp_path, slack, alert_rules=path):
        assert "규칙 failed-pipelines의 조용한 시간: 22:00-07:00" in await asked(slack, "alerts quiet")
        assert "여기의 조용한 시간: 23:00-06:00" in await asked(slack, "alerts quiet", channel="C2")


async def test_a_summary_by_command_says_that_it_takes_the_place_of_the_files(desk: Desk) -> None:
    slack = desk.slack
    assert "요약(morning)을 대신합니다" in await asked(slack, "alerts digest 10:30")
    assert "요약(morning)도 오지 않습니다" in await asked(slack, "alerts digest off")
    assert "대신" not in await asked(slack, "alerts digest 10:30", channel="C2")
    assert "alerts.yml" not in await asked(slack, "alerts digest off", channel="C2")


async def test_a_mute_by_command_is_put_on_listed_and_lifted(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    await desk.failed()
    alert = await desk.alert()
    told = await asked(slack, f"alerts mute pipeline={alert.name} 2시간 동안")
    assert alert.name in told
    await desk.stands(lambda one: one.is_muted)
    (mute,) = await store.mutes.holding(desk.clock.now)
    assert mute.until is not None
    assert (mute.until - desk.clock.now).total_seconds() == 7_200
    assert alert.name in await asked(slack, "alerts mutes")
    await press(slack, newest(slack), "lift:0")
    await desk.whispered("음소거를 풀었습니다")
    await desk.stands(lambda one: not one.is_muted)
    assert "해제할 때까지" in await asked(slack, "alerts 음소거 project:* forever")
    await desk.stands(lambda one: one.is_muted)
    assert "음소거를 풀었습니다" in await asked(slack, "alerts 음소거 해제 project:*")
    await desk.stands(lambda one: not one.is_muted)


async def test_an_alert_that_is_muted_by_itself_is_listed_and_lifted_by_its_name(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    await desk.failed()
    alert = await desk.alert()
    for value in (alert.alert_id, "gone"):
        await store.mutes.add(Mute("alert", value, None, KIM, desk.clock.now))
    listed = await asked(slack, "alerts mutes")
    assert f"알림 {alert.name}" in listed
    assert alert.alert_id not in listed
    assert "알림 gone" in listed
    await press(slack, newest(slack), "lift:0")
    await desk.whispered(f"음소거를 풀었습니다: 알림 {alert.name}")


async def test_what_an_admin_muted_for_all_is_lifted_by_admins(tmp_path: Path, slack: LocalSlack) -> None:
    async with alerting(tmp_path, slack, admins=LEE) as desk:
        await desk.bot.services.store.mutes.add(Mute("project", "웨이퍼", None, LEE, desk.clock.now))
        for text in ("alerts unmute project=웨이퍼", "alerts mute project:웨이퍼 2h"):
            assert "관리자만" in await asked(slack, text)
        assert "음소거를 풀었습니다" in await asked(slack, "alerts unmute project=웨이퍼", LEE)


async def test_where_alerts_are_off_it_is_said(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        for text in ("alerts", "subscribe all", "unsubscribe all"):
            assert "ALERT_CHANNEL" in await asked(slack, text)


async def test_a_question_that_begins_with_the_word_is_a_question(desk: Desk) -> None:
    await desk.slack.person(KIM).slash("alerts 말고 실패한 파이프라인 보여줘", ALERTS)
    await desk.slack.journal.until(lambda: desk.bot.model.questions, "a question")
    assert desk.bot.model.questions == ["alerts 말고 실패한 파이프라인 보여줘"]


async def test_the_home_shows_what_is_mine_and_drops_it(desk: Desk) -> None:
    slack = desk.slack
    message = await desk.failed()
    await desk.press(message, "assign", selected_user=KIM)
    alert = await desk.stands(lambda one: one.assignee == KIM)
    await asked(slack, "subscribe team:비전")
    slack.workspace.tell("home_opened", "D1", user=KIM, tab="home")
    home = await slack.journal.until(lambda: slack.workspace.homes.get(KIM), "a home")
    shown = said(home.view)
    assert "내가 맡은 열린 알림" in shown
    assert alert.name in shown
    assert "*비전*" in shown
    action = next(
        {"block_id": block["block_id"], "action_id": block["accessory"]["action_id"], "type": "button"}
        for block in home.view["blocks"]
        if str(block.get("accessory", {}).get("action_id")).startswith("home_drop")
    )
    await slack.interactions.click(KIM, action=action, view_id=home.view["id"])
    await slack.journal.until(lambda: "*비전*" not in said(slack.workspace.homes[KIM].view), "a home without it")
    assert await desk.bot.services.store.subscriptions.of(KIM) == []


async def test_what_slack_would_not_take_is_sent_again_when_somebody_says_so(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    members = slack.workspace.channels[ALERTS].members
    members.discard(BOT)
    desk.clock.passes(seconds=1)
    await asyncio.to_thread(fail_a_pipeline, desk.folder / "catalog.db", desk.clock.now)
    async with asyncio.timeout(30):
        while not any(one.state == "dead" for one in await store.outbox.deliveries()):
            await store.ping()
    members.add(BOT)
    assert "다시 보냅니다" in await asked(slack, "alerts retry", channel="D1")
    await slack.journal.until(desk.roots, "the alert")


async def test_what_cannot_be_looked_up_is_said(desk: Desk) -> None:
    slack = desk.slack
    await asked(slack, "subscribe team:비전")
    await asyncio.to_thread(drop, desk.folder / "catalog.db", "metrics", "artifacts", "models", "pipelines")
    await asked(slack, "alerts test failed-pipelines")
    await desk.whispered("시험하지 못했습니다")
    await asked(slack, "subscribe")
    listed = newest(slack)
    await asyncio.to_thread(drop, desk.folder / "store.db", "subscriptions")
    await press(slack, listed, "drop:0")
    await desk.whispered("저장소를 쓸 수 없어")
