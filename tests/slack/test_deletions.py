"""A deleted question is taken back: it is not answered, and its reply goes along."""

import asyncio
import re
from pathlib import Path

from agent.llm.protocol import Completion, OnText, Prompt
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import DeliveryFault, Fault
from tests.scripted import says
from tests.slack.bot import TestModel, lose_store, other_writer, running
from tests.slack.workspace import deliver, left


async def test_a_question_deleted_while_it_runs_is_not_answered(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    model.hold("지울 질문")
    root = left(slack, "스레드의 시작")["ts"]
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("지울 질문", thread_ts=root)
        await model.started("지울 질문")
        await slack.journal.until(lambda: slack.workspace.statuses, "a status")
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.workspace.statuses, "no status")
        await slack.deliveries.settled()
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert slack.messages("C1") == []
    assert len(slack.journal.of("assistant.threads.setStatus")) == 2, "the status is cleared by the bot"
    assert turn is not None
    assert (turn.status, turn.question) == ("forgotten", "")


async def test_the_reply_to_a_deleted_question_is_deleted(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
        delivery = await kim.delete(ts)
        assert delivery is not None
        await deliver(slack, delivery.payload, retry=1)
        await slack.journal.until(lambda: not slack.messages("C1"))
        await slack.deliveries.settled()
    assert len(slack.journal.of("chat.delete")) == 1


async def test_a_deletion_that_comes_twice_at_once_is_carried_out_once(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    async with running(tmp_path, slack):
        await slack.deliveries.settled()
        slack.faults.break_next_delivery("events_api", DeliveryFault(duplicates=True))
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.messages("C1"))
    assert len(slack.journal.of("chat.delete")) == 1


async def test_a_question_deleted_while_its_answer_is_sent_takes_the_answer_along(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    sending = asyncio.Event()
    slack.break_next("chat.postMessage", Fault(waits_for=sending))
    root = left(slack, "스레드의 시작")["ts"]
    async with running(tmp_path, slack):
        ts = await kim.mention("질문", thread_ts=root)
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"))
        await kim.delete(ts)
        sending.set()
        await slack.journal.until(lambda: slack.journal.of("chat.delete"))
        await slack.deliveries.settled()
    assert slack.messages("C1") == []


async def test_an_answer_whose_thread_is_gone_when_it_is_sent_is_sent_once(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    sending = asyncio.Event()
    slack.break_next("chat.postMessage", Fault(waits_for=sending))
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"))
        await kim.delete(ts)
        sending.set()
    (call,) = slack.journal.of("chat.postMessage")
    assert call.answer["error"] == "cannot_reply_to_message"
    assert slack.messages("C1") == []


async def test_a_question_with_replies_that_is_deleted_is_taken_back(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
        await kim.bury(ts)
        await slack.journal.until(lambda: not slack.messages("C1"))


async def test_a_deletion_takes_every_part_of_a_long_answer_along(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    text = "\n\n".join(["가나다라" * 1_000] * 3)
    async with running(tmp_path, slack, TestModel(lambda _: text)):
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))  # as text it takes several messages
        ts = await kim.mention("길게")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) > 2)
    async with running(tmp_path, slack):
        await kim.delete(ts)
        await slack.deliveries.settled()
    assert slack.messages("C1") == []


async def test_a_question_deleted_while_it_is_written_down_is_not_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model) as bot:
        with other_writer(tmp_path):
            ts = await kim.mention("지울 질문")
            await kim.delete(ts)
            joined = {"type": "message", "subtype": "channel_join", "user": "U1", "channel": "C1", "ts": "1.0"}
            later = await deliver(slack, body_of(slack.workspace, joined))
            await slack.journal.until(lambda: later.ack is not None, "the deletion was there before")
        await slack.deliveries.settled()
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert turn is not None
    assert turn.status == "forgotten"
    assert slack.messages("C1") == []


class Deaf(TestModel):
    """Goes on when it is told to stop."""

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        try:
            return await super().complete(prompt, on_text)
        except asyncio.CancelledError:
            return says("그래도 답합니다")


async def test_a_withdrawn_turn_that_runs_to_its_end_is_not_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Deaf()
    model.hold("지울 질문")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("지울 질문")
        await model.started("지울 질문")
        await kim.delete(ts)
        await slack.deliveries.settled()
    assert not slack.journal.of("chat.postMessage"), "not even for a moment"


async def test_a_deletion_without_a_store_is_told_where_an_answer_is_left(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
        await lose_store(tmp_path)
        await kim.bury(ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
        await slack.deliveries.settled()
    sentence = slack.messages("C1", ts)[-1]["text"]
    assert "지우지 못했습니다" in sentence
    assert re.search("요청 번호 [0-9a-f]{12}", sentence)


async def test_a_deleted_reply_of_the_bot_is_no_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
        await lose_store(tmp_path)
        await kim.delete(slack.messages("C1", ts)[0]["ts"])
        await slack.deliveries.settled()
    assert slack.messages("C1") == []
