"""An edited question is asked again; its reply gives way to the new one."""

import asyncio
import re
from pathlib import Path

import pytest

from agent.llm.protocol import Prompt
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from tests.slack.bot import TestModel, lose_store, running
from tests.slack.workspace import BOT, deliver, emoji


def edits(slack: LocalSlack) -> int:
    """How often the bot has overwritten a message."""
    return len([call for call in slack.journal.of("chat.update") if call.ok])


async def test_an_edited_question_is_asked_again_and_its_reply_overwritten(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack) as bot:
        ts = await kim.mention("v2.0의 recall은?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        first = await bot.services.store.turns.by_source("T1", "C1", ts)
        await kim.edit(ts, f"<@{BOT}> v2.1의 recall은?")
        await slack.journal.until(lambda: edits(slack), "an update")
    (reply,) = slack.messages("C1")
    assert "v2.1의 recall은?" in reply["text"]
    assert first is not None
    async with running(tmp_path, slack) as bot:
        latest = await bot.services.store.turns.by_source("T1", "C1", ts)
        history = await bot.services.store.turns.history("T1", "C1", ts, 10)
    assert latest is not None
    assert latest.reply_ts == (reply["ts"],)
    assert [turn.question for turn in history] == ["v2.1의 recall은?"], "the old question is forgotten"


async def test_an_edit_sent_twice_is_asked_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        delivery = await kim.edit(ts, f"<@{BOT}> 둘")
        assert delivery is not None
        await deliver(slack, delivery.payload, retry=1)
        await slack.deliveries.settled()
    assert model.questions == ["하나", "둘"]


async def test_an_unfurled_link_is_no_edit(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("https://wiki 참고해서 답해줘")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await kim.edit(ts, slack.workspace.channels["C1"].messages[ts]["text"], unfurls=True)
        await slack.deliveries.settled()
    assert len(model.questions) == 1
    assert edits(slack) == 0


async def test_an_edit_while_the_turn_runs_stops_it_and_asks_anew(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    model.hold("끝나지 않는 질문")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("끝나지 않는 질문")
        await model.started("끝나지 않는 질문")
        await kim.edit(ts, f"<@{BOT}> 고친 질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1")
    assert "고친 질문" in reply["text"]


async def test_an_edit_that_adds_the_mention_is_a_new_ask(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.say("김민준의 프로젝트는?")
        await kim.edit(ts, f"<@{BOT}> 김민준의 프로젝트는?")
        mention = slack.workspace.channels["C1"].messages[ts] | {"type": "app_mention", "channel": "C1"}
        await deliver(slack, body_of(slack.workspace, mention))  # Slack may tell of the mention as well
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
    assert len(slack.messages("C1")) == 1


async def test_a_question_added_to_an_empty_mention_is_answered(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await kim.edit(ts, f"<@{BOT}> 프로젝트는?")
        await slack.journal.until(lambda: "프로젝트는?" in slack.messages("C1", ts)[-1]["text"])


async def test_edits_of_other_peoples_talk_are_ignored(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.say("우리끼리 하는 말")
        await kim.edit(ts, "우리끼리 고친 말")
        await kim.delete(ts)
        await slack.deliveries.settled()
    assert (model.questions, slack.messages("C1")) == ([], [])


async def test_a_reply_that_is_gone_is_posted_again_after_an_edit(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await slack.deliveries.settled()
        slack.workspace.channels["C1"].messages.pop(slack.messages("C1")[0]["ts"])
        await kim.edit(ts, f"<@{BOT}> 둘")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert "둘" in slack.messages("C1")[0]["text"]


async def test_an_edit_of_a_reply_that_was_not_for_the_bot_stays_unasked(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        aside = await kim.say("<@U2> 봤어?", thread_ts=ts, raw=True)
        await kim.edit(aside, "<@U2> 이거 봤어?")
        await slack.deliveries.settled()
    assert model.questions == ["질문"]


async def test_a_follow_up_edited_while_it_waits_is_asked_as_edited(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    gate = model.hold("첫째")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("첫째")
        await model.started("첫째")
        second = await kim.say("둘쨰", thread_ts=ts)
        await slack.journal.until(lambda: emoji(slack, second) == ["eyes"])
        await kim.edit(second, "둘째")
        await slack.deliveries.settled()
        gate.set()
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
    assert model.questions == ["첫째", "둘째"]


async def test_a_store_lost_during_the_turn_costs_no_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    sending = asyncio.Event()
    slack.break_next("chat.postMessage", Fault(waits_for=sending))
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"))
        await lose_store(tmp_path)
        sending.set()
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert "its reply is not kept" in caplog.text


LONG = "\n\n".join(["가나다라" * 1_000] * 3)


def long_first(prompt: Prompt) -> str:
    return LONG if "길게" in prompt.question else "짧은 답"


async def test_an_edit_overwrites_the_first_part_of_a_long_answer_and_deletes_the_others(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(long_first)):
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))  # as text it takes several messages
        ts = await kim.mention("길게")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) > 2)
        await slack.deliveries.settled()
        await kim.edit(ts, f"<@{BOT}> 간단히")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 1)
    assert edits(slack) == 1
    async with running(tmp_path, slack) as again:
        turn = await again.services.store.turns.by_source("T1", "C1", ts)
    assert turn is not None
    assert list(turn.reply_ts) == [message["ts"] for message in slack.messages("C1", ts)]


async def test_an_edited_question_that_is_cut_off_says_so_in_place_of_the_old_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel(long_first)
    model.hold("끝나지 않는 질문")
    async with running(tmp_path, slack, model):
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))  # as text it takes several messages
        ts = await kim.mention("길게")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) > 2)
    parts = len(slack.messages("C1", ts))
    async with running(tmp_path, slack, model, drain_s=0.05) as bot:
        await kim.edit(ts, f"<@{BOT}> 끝나지 않는 질문")
        await model.started("끝나지 않는 질문")
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert turn is not None
    assert len(turn.reply_ts) == parts, "also a kill leaves them known"
    (reply,) = slack.messages("C1", ts)
    assert "봇이 다시 시작되어" in reply["text"]


@pytest.mark.parametrize("knows", [True, False], ids=["mention", "mention taken away"])
async def test_an_edit_without_a_store_is_told_in_the_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person, knows: bool
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await lose_store(tmp_path)
        await kim.edit(ts, f"<@{BOT}> 둘" if knows else "둘")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
        await slack.deliveries.settled()
    sentence = slack.messages("C1", ts)[-1]["text"]
    assert "STORE_URL" in sentence
    assert re.search("요청 번호 [0-9a-f]{12}", sentence)


async def test_edits_of_other_peoples_talk_are_ignored_without_a_store_too(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        ts = await kim.say("우리끼리 하는 말")
        await lose_store(tmp_path)
        await kim.edit(ts, "우리끼리 고친 말")
        await kim.delete(ts)
        await slack.deliveries.settled()
    assert slack.messages("C1") == []


async def test_an_edit_while_the_turn_runs_and_the_store_is_gone_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    gate = model.hold("하나")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("하나")
        await model.started("하나")
        await lose_store(tmp_path)
        await kim.edit(ts, "둘")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        gate.set()
    assert "STORE_URL" in slack.messages("C1", ts)[0]["text"]
