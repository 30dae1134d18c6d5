"""A question becomes one answer, in the right place."""

import asyncio
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from agent.llm.protocol import Prompt
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from tests.slack.bot import Mode, TestModel, running
from tests.slack.workspace import BOT, called, deliver, emoji

BOTH: tuple[Mode, ...] = ("socket", "http")


@pytest.mark.parametrize("mode", BOTH)
async def test_a_mention_is_answered_once_in_its_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        ts = await kim.mention("김민준이 몇 번의 실험을 했어?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
        await slack.deliveries.settled()
    (reply,) = slack.messages("C1")
    assert reply["thread_ts"] == ts
    assert reply["text"].startswith("3건입니다: 김민준이 몇 번의 실험을 했어?")
    assert called(reply) == []


async def test_the_answer_shows_text_rows_and_what_is_behind_them(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    sql = "SELECT name, map50 FROM models JOIN metrics ON models.id = metrics.model_id ORDER BY map50"
    async with running(tmp_path, slack, TestModel(sql=sql)):
        ts = await kim.mention("모델의 mAP는?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    async with running(tmp_path, slack) as bot:
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    (reply,) = slack.messages("C1")
    kinds = [block["type"] for block in reply["blocks"]]
    assert kinds == ["rich_text", "table", "context", "actions", "context", "context_actions"]
    bold = reply["blocks"][0]["elements"][0]["elements"][0]
    assert bold == {"type": "text", "text": "3건", "style": {"bold": True}}
    table = reply["blocks"][1]
    assert [cell["text"] for cell in table["rows"][0]] == ["모델 이름", "mAP50"]
    assert "–" in [row[1]["text"] for row in table["rows"]], "a NULL is shown as a dash"
    assert next(texts(reply["blocks"][2])).startswith("“–”: mAP50은 객체 탐지 모델에만 있는 지표라")
    assert [column["align"] for column in table["column_settings"]] == ["left", "right"]
    offered = [button["action_id"] for button in reply["blocks"][3]["elements"]]
    assert [one for one in offered if "chart" not in one] == ["evidence:sql", "evidence:csv", "evidence:xlsx"]
    assert turn is not None
    assert reply["blocks"][4]["block_id"] == f"turn:{turn.turn_id}"
    assert turn.reply_ts == (reply["ts"],)


async def test_a_reply_in_a_thread_the_bot_is_in_needs_no_mention(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    def recall(prompt: Prompt) -> str:
        return " | ".join(turn.question for turn in prompt.memory.turns) or "none"

    async with running(tmp_path, slack, TestModel(text=recall)):
        ts = await kim.mention("첫 질문")
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 1)
        await kim.say("그 모델의 deploy_note 알려줘", thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
    assert [reply["text"] for reply in slack.messages("C1")] == ["none", "첫 질문"]


async def test_talk_that_is_not_for_the_bot_is_left_alone(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await kim.say("<@U2> 이거 봤어?", thread_ts=ts, raw=True)
        await kim.say("채널에서 하는 말")
        elsewhere = await kim.say("다른 스레드")
        await kim.say("답글", thread_ts=elsewhere)
        await slack.deliveries.settled()
    assert model.questions == ["질문"]


async def test_a_direct_message_is_a_conversation(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.say("내 프로젝트는?", "D1")
        await slack.journal.until(lambda: slack.messages("D1", ts))
        await kim.say("<@U2>이 만든 것은?", "D1", ts, raw=True)
        await slack.journal.until(lambda: len(slack.messages("D1", ts)) == 2)
    assert [reply["thread_ts"] for reply in slack.messages("D1")] == [ts, ts]


async def test_a_mention_in_a_direct_message_is_asked_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        ts = await kim.say(f"<@{BOT}> 안녕?", "D1", raw=True)
        await slack.journal.until(lambda: slack.messages("D1", ts))
    assert model.questions == ["안녕?"]


async def test_threads_run_side_by_side_and_one_thread_in_order(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    model = TestModel()
    gate = model.hold("느린 질문")
    async with running(tmp_path, slack, model):
        slow = await kim.mention("느린 질문")
        await model.started("느린 질문")
        await kim.mention("같은 스레드의 둘째", thread_ts=slow)
        await kim.mention("같은 스레드의 셋째", thread_ts=slow)
        quick = await lee.mention("다른 스레드")
        await slack.journal.until(lambda: slack.messages("C1", quick), "the other thread's answer")
        assert model.questions == ["느린 질문", "다른 스레드"]
        gate.set()
        await slack.journal.until(lambda: len(slack.messages("C1", slow)) == 3)
    said = [reply["text"].split(": ")[1].split("\n")[0] for reply in slack.messages("C1", slow)]
    assert said == ["느린 질문", "같은 스레드의 둘째", "같은 스레드의 셋째"]


async def test_the_asker_sees_a_status_before_the_model_answers(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("오래 걸리는 질문")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("오래 걸리는 질문")
        await slack.journal.until(lambda: slack.journal.of("assistant.threads.setStatus"), "a status")
        gate.set()
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (status,) = slack.journal.of("assistant.threads.setStatus")
    assert status.ok
    assert (status.args["channel_id"], status.args["thread_ts"]) == ("C1", ts)
    assert status.args["loading_messages"]
    assert status.at - slack.journal.deliveries[0].at < 0.3
    assert not slack.journal.of("reactions.add")


async def test_the_status_speaks_the_askers_language(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("which models are in production?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    assert slack.journal.of("assistant.threads.setStatus")[0].args["status"].startswith("is looking")


async def test_without_a_status_the_question_gets_eyes_until_it_is_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("assistant.threads.setStatus", Fault(error="unknown_method"))
    model = TestModel()
    gate = model.hold("질문")
    async with running(tmp_path, slack, model):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: emoji(slack, ts) == ["eyes"])
        gate.set()
        await slack.journal.until(lambda: slack.journal.of("reactions.remove"))
        second = await kim.mention("둘째 질문")
        await slack.journal.until(lambda: slack.messages("C1", second))
    assert emoji(slack, ts) == []
    assert len(slack.journal.of("assistant.threads.setStatus")) == 1, "what Slack does not offer is not tried again"


async def test_a_question_that_waits_for_its_turn_gets_eyes(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("첫째")
    async with running(tmp_path, slack, model):
        first = await kim.mention("첫째")
        await model.started("첫째")
        second = await kim.mention("둘째", thread_ts=first)
        await slack.journal.until(lambda: emoji(slack, second) == ["eyes"])
        gate.set()
        await slack.journal.until(lambda: len(slack.messages("C1", first)) == 2)
    assert emoji(slack, second) == []


async def test_no_sign_of_life_costs_no_answer(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    slack.break_next("assistant.threads.setStatus", Fault(error="internal_error"))
    slack.break_next("reactions.add", Fault(drops=True))
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))


async def test_events_nobody_listens_to_are_acked(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        for event in (
            {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"},
            {"type": "message", "subtype": "channel_join", "user": "U1", "channel": "C1", "ts": "1.0"},
            {"type": "member_joined_channel", "user": "U1", "channel": "C1"},
        ):
            await deliver(slack, body_of(slack.workspace, event))
        await slack.deliveries.settled()


async def test_all_calls_share_one_session(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        for number in range(5):
            ts = await kim.mention(f"질문 {number}")
            await slack.journal.until(partial(slack.messages, "C1", ts))
    peers = {call.peer for call in slack.journal.calls}
    assert len(slack.journal.calls) > 10
    assert len(peers) <= 2, "a status and a reply may overlap, no more"


@pytest.mark.parametrize("mode", BOTH)
async def test_healthz_says_whether_the_bot_hears_slack(tmp_path: Path, slack: LocalSlack, mode: Mode) -> None:
    async with running(tmp_path, slack, mode=mode) as bot, aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{bot.port}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"ok": True, "troubles": []})
        if mode == "socket":
            await slack.sockets.drop()
            async with asyncio.timeout(5):
                while (await _status(session, bot.port)) != 503:
                    pass


async def _status(session: aiohttp.ClientSession, port: int | None) -> int:
    async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
        return response.status


async def test_a_taken_port_does_not_keep_socket_mode_from_starting(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    server = await asyncio.start_server(lambda *_: None, "0.0.0.0", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, running(tmp_path, slack, port=port) as bot:
        assert bot.port is None
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))


async def test_an_unsigned_request_is_turned_away(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, mode="http") as bot, aiohttp.ClientSession() as session:
        event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.0", "text": "x"}
        body = body_of(slack.workspace, event)
        async with session.post(f"http://127.0.0.1:{bot.port}/slack/events", json=body) as response:
            assert response.status == 401
    assert not slack.messages("C1")
