"""What Slack sends twice is answered once; what people did not write is not answered."""

from pathlib import Path
from typing import Any

import pytest

from tests.slack.bot import Mode, TestModel, running
from tests.slack.local_slack import BOT, BOT_ID, LocalSlack
from tests.slack.people import Person, body_of

MENTION = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1764.0001", "text": f"<@{BOT}> 질문"}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_retry_of_the_same_event_is_answered_once(tmp_path: Path, slack: LocalSlack, mode: Mode) -> None:
    body = body_of(slack, MENTION)
    async with running(tmp_path, slack, mode=mode):
        for retry in range(3):
            await slack.deliver("events_api", body, retry=retry)
        await slack.acked()
    assert len(slack.messages()) == 1


async def test_the_two_events_of_one_mention_are_answered_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await kim.mention("질문")
        await slack.acked()
    kinds = [delivery.payload["event"]["type"] for delivery in slack.journal.deliveries]
    ids = {delivery.payload["event_id"] for delivery in slack.journal.deliveries}
    assert (kinds, len(ids)) == (["app_mention", "message"], 2)
    assert (len(slack.messages()), model.questions) == (1, ["질문"])


async def test_one_message_under_two_event_ids_is_answered_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        await slack.deliver("events_api", body_of(slack, MENTION, "Ev-a"))
        await slack.deliver("events_api", body_of(slack, MENTION, "Ev-b"))
        await slack.acked()
    assert len(slack.messages()) == 1


async def test_a_retry_after_a_restart_is_not_answered_again(tmp_path: Path, slack: LocalSlack) -> None:
    body = body_of(slack, MENTION)
    for _ in range(2):
        async with running(tmp_path, slack):
            await slack.deliver("events_api", body)
            await slack.acked()
    assert len(slack.messages()) == 1


async def test_an_event_is_acked_once_its_claim_is_kept(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("질문")
        await slack.acked()
        claims = (f"event:{slack.journal.deliveries[0].payload['event_id']}", f"message:T1:C1:{ts}")
        for claim in claims:
            assert not await bot.services.store.claims.first((claim,), bot.services.clock())
        gate.set()


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
async def test_messages_with_files_and_broadcast_replies_are_asked(
    tmp_path: Path, slack: LocalSlack, kim: Person, subtype: str
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await kim.say("이 로그 좀 봐줘", "D1", subtype=subtype)
        await slack.journal.until(lambda: slack.messages("D1"))
    assert model.questions == ["이 로그 좀 봐줘"]


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "bot_message", "bot_id": "BOTHER", "text": "alert"},
        {"user": "UOTHERBOT", "bot_id": "BOTHER", "text": "alert"},
        {"user": BOT, "bot_id": BOT_ID, "text": "own"},
        {"user": BOT, "text": "own"},
        {"user": "USLACKBOT", "text": "reminder"},
        {"subtype": "channel_topic", "user": "U1", "text": "topic"},
        {"subtype": "message_replied", "user": "U1", "text": "x"},
    ],
    ids="-".join,
)
async def test_bots_and_slacks_own_notices_are_ignored(
    tmp_path: Path, slack: LocalSlack, event: dict[str, Any]
) -> None:
    model = TestModel()
    base = {"type": "message", "channel": "D1", "channel_type": "im", "ts": slack.new_ts()}
    async with running(tmp_path, slack, model):
        await slack.deliver("events_api", body_of(slack, base | event))
        await slack.deliver("events_api", body_of(slack, base | event | {"type": "app_mention", "bot_id": "B9"}))
        await slack.acked()
    assert (model.questions, slack.messages("D1")) == ([], [])
