"""What Slack sends twice is answered once; what people did not write is not answered."""

from pathlib import Path
from typing import Any

import pytest

from bot.playground.delivery.deliveries import Timings
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import DeliveryFault
from bot.transport import PING_S
from tests.slack.bot import Mode, TestModel, running
from tests.slack.workspace import APP, BOT, KIM, deliver, left, peoples, small_slack


def mention(slack: LocalSlack) -> dict[str, Any]:
    """The event of a mention that stands in C1, for the test to send."""
    return {**left(slack, f"<@{BOT}> 질문"), "type": "app_mention", "channel": "C1"}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_retry_of_the_same_event_is_answered_once(tmp_path: Path, slack: LocalSlack, mode: Mode) -> None:
    body = body_of(slack.workspace, mention(slack))
    async with running(tmp_path, slack, mode=mode):
        for retry in range(3):
            await deliver(slack, body, retry=retry)
        await slack.deliveries.settled()
    assert len(slack.messages("C1")) == 1


@pytest.mark.parametrize(
    ("mode", "fault"),
    [
        ("socket", DeliveryFault(duplicates=True)),
        ("socket", DeliveryFault(loses_ack=True)),
        ("http", DeliveryFault(duplicates=True)),
        ("http", DeliveryFault(loses_ack=True)),
        ("http", DeliveryFault(drops_connection=True)),
    ],
    ids=["socket-comes twice", "socket-ack is lost", "http-comes twice", "http-ack is lost", "http-connection is lost"],
)
async def test_what_goes_wrong_on_the_way_to_the_bot_gives_one_answer(
    tmp_path: Path, mode: Mode, fault: DeliveryFault
) -> None:
    async with small_slack(timings=Timings(ack_s=0.5, retry_after_s=(0.0, 0.0))).serving() as slack:
        async with running(tmp_path, slack, mode=mode):
            slack.faults.break_next_delivery("events_api", fault, fault)
            ts = await slack.person(KIM).mention("질문")
            await slack.journal.until(lambda: all(d.attempts > 1 for d in peoples(slack)), "both events once more")
            await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
            await slack.deliveries.settled()
        assert len(slack.messages("C1")) == 1


async def test_a_question_after_a_restart_of_everything_is_another_question(tmp_path: Path) -> None:
    for _ in range(2):
        async with small_slack().serving() as slack, running(tmp_path, slack):
            ts = await slack.person(KIM).mention("질문")
            await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")  # noqa: B023 - awaited within its round
            await slack.person(KIM).slash("질문 있어요")
            await slack.journal.until(lambda: len(slack.messages("C1")) == 3, "root and answer")


async def test_a_cut_line_costs_a_moment_and_no_question(tmp_path: Path) -> None:
    async with small_slack(timings=Timings(ack_s=PING_S, retry_after_s=(PING_S,) * 3)).serving() as slack:
        async with running(tmp_path, slack):
            await slack.sockets.drop()
            ts = await slack.person(KIM).mention("질문")
            await slack.journal.until(lambda: slack.messages("C1", ts), "an answer over a new connection")
            await slack.deliveries.settled()
        assert len(slack.messages("C1")) == 1


async def test_the_two_events_of_one_mention_are_answered_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await kim.mention("질문")
        await slack.deliveries.settled()
    kinds = [delivery.payload["event"]["type"] for delivery in peoples(slack)]
    ids = {delivery.payload["event_id"] for delivery in peoples(slack)}
    assert (kinds, len(ids)) == (["app_mention", "message"], 2)
    assert (len(slack.messages("C1")), model.questions) == (1, ["질문"])


async def test_one_message_under_two_event_ids_is_answered_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        event = mention(slack)
        await deliver(slack, body_of(slack.workspace, event, "Ev-a"))
        await deliver(slack, body_of(slack.workspace, event, "Ev-b"))
        await slack.deliveries.settled()
    assert len(slack.messages("C1")) == 1


async def test_a_retry_after_a_restart_is_not_answered_again(tmp_path: Path, slack: LocalSlack) -> None:
    body = body_of(slack.workspace, mention(slack))
    for _ in range(2):
        async with running(tmp_path, slack):
            await deliver(slack, body)
            await slack.deliveries.settled()
    assert len(slack.messages("C1")) == 1


async def test_an_event_is_acked_once_its_claim_is_kept(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("질문")
        await slack.deliveries.settled()
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
        {"user": BOT, "bot_id": APP.bot_id, "text": "own"},
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
    base = {"type": "message", "channel": "D1", "channel_type": "im", "ts": slack.workspace.new_ts()}
    async with running(tmp_path, slack, model):
        await deliver(slack, body_of(slack.workspace, base | event))
        await deliver(slack, body_of(slack.workspace, base | event | {"type": "app_mention", "bot_id": "B9"}))
        await slack.deliveries.settled()
    assert (model.questions, slack.messages("D1")) == ([], [])
