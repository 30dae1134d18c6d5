"""An answer in the making is stopped by its reader: the work ends, and a message says what was done until then."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from db.store.records import StoredTurn
from tests.llm_server import Hang, Reply, llm_server, sql
from tests.parts import NOW, open_parts
from tests.slack.bot import TestModel, lose_store, running
from tests.slack.live import AT_ONCE, LAST_WORDS, Slow, is_finished, only, shown
from tests.slack.process import process
from tests.slack.workspace import APP, BOT, deliver, emoji, left

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
STOPPED = "중지했습니다"


def stops(slack: LocalSlack, ts: str, channel: str = "C1") -> None:
    """What the page does when somebody presses Stop."""
    streams = [s for s in slack.workspace.streams.values() if (s.channel, s.thread_ts) == (channel, ts)]
    for stream in streams:
        stream.is_stopped_by_user = True
    slack.workspace.tell(
        "session_stopped", channel, user="U1", thread_ts=ts, streaming=[stream.ts for stream in streams]
    )


async def test_the_stop_button_cancels_the_model_and_says_what_was_done(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    model.may_query.set()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and "1행" in shown(only(slack, ts)), "rows")
        assert slack.workspace.sessions["C1", ts]["status"] == "processing"
        stops(slack, ts)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)), "the word that it was stopped")
        await slack.journal.until(lambda: slack.workspace.sessions["C1", ts]["status"] == "active", "rest")
        await slack.deliveries.settled()
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    reply = only(slack, ts)
    assert model.cancelled == 1
    assert "✓ SQL 실행" in shown(reply)
    assert "1행" in shown(reply)
    assert turn is not None
    assert (turn.status, turn.error, turn.reply_ts) == ("failed", "stopped", (reply["ts"],))


async def test_the_stop_button_ends_a_query_without_an_end(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = Slow(ENDLESS)
    model.may_query.set()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and "SQL 실행" in shown(only(slack, ts)), "a query")
        stops(slack, ts)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)))
        tried = await bot.services.store.audit.latest("T1", ["failed"], 5)
    assert [(entry.verdict, entry.rule) for entry in tried] == [("failed", "cut_off")]


async def test_a_stop_that_only_the_stream_tells_of_is_one_all_the_same(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.appendStream", Fault(error="stopped_by_user"))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        model.may_query.set()
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)))
        await slack.deliveries.settled()
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert len(slack.messages("C1", ts)) == 1
    assert turn is not None
    assert (turn.error, turn.answer) == ("stopped", "")


@pytest.mark.parametrize("word", ["그만", "stop", "중지!"])
async def test_a_word_alone_in_the_thread_stops_ones_own_turn(
    tmp_path: Path, slack: LocalSlack, kim: Person, word: str
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        said = await kim.say(word, thread_ts=ts)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)))
        (event,) = (d for d in slack.journal.deliveries if d.payload.get("event", {}).get("ts") == said)
        await deliver(slack, event.payload, retry=1)
        await slack.deliveries.settled()
    assert word not in model.questions, "sent again, the word is no question either"
    assert len(slack.messages("C1", ts)) == 1


async def test_a_word_in_a_mention_or_a_dm_stops_as_well(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        first = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", first))
        await kim.mention("그만", thread_ts=first)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, first)))
        second = await kim.say("질문", "D1")
        await slack.journal.until(lambda: slack.messages("D1", second))
        await kim.say("그만", "D1", thread_ts=second)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, second, "D1")))
    assert model.cancelled == 2


async def test_somebody_elses_word_stops_nothing_and_is_asked(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model):
        ts = await kim.mention("질문")
        await model.started("질문")
        await lee.say("그만", thread_ts=ts)
        model.let_all()
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2)
    assert model.questions == ["질문", "그만"]
    assert model.cancelled == 0


async def test_the_button_stops_what_waits_in_the_thread_too(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    model.hold("첫째")
    async with running(tmp_path, slack, model) as bot:
        ts = await kim.mention("첫째")
        await model.started("첫째")
        second = await kim.say("둘째", thread_ts=ts)
        await slack.journal.until(lambda: emoji(slack, second) == ["eyes"])
        stops(slack, ts)
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2, "a word on each")
        await slack.journal.until(lambda: emoji(slack, second) == [], "no sign any more")
        unfinished = await bot.services.store.turns.unfinished()
    assert model.questions == ["첫째"]
    assert unfinished == []
    assert all(STOPPED in shown(message) for message in slack.messages("C1", ts))


async def test_the_next_question_after_a_stop_is_answered(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        stops(slack, ts)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)))
        model.let_all()
        await kim.say("다시", thread_ts=ts)
        await slack.journal.until(lambda: LAST_WORDS in shown(slack.messages("C1", ts)[-1]))


async def test_a_stop_where_nothing_runs_only_ends_the_session(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(is_finished(slack, ts))
        stops(slack, ts)
        await slack.journal.until(lambda: slack.journal.of("agents.sessions.setStatus"))
    assert len(slack.messages("C1", ts)) == 1
    assert slack.workspace.sessions["C1", ts]["status"] == "active"


async def test_a_stop_without_a_store_is_said_all_the_same(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(tmp_path, slack, Slow(), beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts))
        await lose_store(tmp_path)
        await kim.mention("그만", thread_ts=ts)
        await slack.journal.until(lambda: STOPPED in shown(only(slack, ts)))
    assert "cannot be marked as stopped" in caplog.text
    assert "a word to stop is not claimed" in caplog.text


async def test_a_stop_while_the_answer_is_being_said_changes_nothing(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    sending = asyncio.Event()
    slack.break_next("chat.postMessage", Fault(waits_for=sending))
    async with running(tmp_path, slack):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"))
        stops(slack, ts)
        sending.set()
        await slack.journal.until(is_finished(slack, ts))
        await slack.deliveries.settled()
    assert only(slack, ts)["text"].startswith("3건입니다")


@pytest.mark.parametrize("code", ["unknown_method", "feature_disabled", "channel_not_found"])
async def test_sessions_that_are_not_offered_cost_nothing(
    tmp_path: Path, slack: LocalSlack, kim: Person, code: str
) -> None:
    slack.break_next("agents.sessions.rename", *[Fault(error=code)] * 2)
    async with running(tmp_path, slack):
        for _ in range(2):
            ts = await kim.mention("질문")
            await slack.journal.until(is_finished(slack, ts))
    assert len(slack.journal.of("agents.sessions.rename")) == (2 if code == "channel_not_found" else 1)


async def test_a_session_that_there_is_not_yet_is_opened_with_its_title(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("assistant.threads.setStatus", Fault(error="channel_not_found"))
    async with running(tmp_path, slack):
        ts = await kim.mention("첫 질문")
        await slack.journal.until(lambda: slack.workspace.sessions.get(("C1", ts)), "a session")
        await slack.journal.until(is_finished(slack, ts))
    assert slack.workspace.sessions["C1", ts]["title"] == "첫 질문"


async def test_after_a_kill_in_a_stream_the_apology_takes_its_place(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with llm_server(_queries_then_hangs) as llm:
        async with process(tmp_path, slack, llm.base_url) as first:
            ts = await kim.mention("끝나지 않는 질문")
            await slack.journal.until(
                lambda: any(s.growth.blocks for s in slack.workspace.streams.values()), "a stream"
            )
            await slack.journal.until(
                lambda: "1행" in shown(only(slack, ts)) or "3행" in shown(only(slack, ts)), "rows"
            )
            first.kill()
            await first.wait()
        streamed = only(slack, ts)["ts"]
        await slack.journal.until(lambda: not slack.sockets.connections)
        async with process(tmp_path, slack, llm.base_url):
            await slack.journal.until(lambda: "봇이 다시 시작되어" in only(slack, ts)["text"], "the news")
    reply = only(slack, ts)
    assert (reply["ts"], reply["streaming"]) == (streamed, False)


def _queries_then_hangs(request: dict[str, Any]) -> Reply:
    is_asked = request["messages"][-1]["role"] == "user"
    return sql("SELECT COUNT(*) AS n FROM pipelines") if is_asked else Hang()


async def test_a_stream_whose_place_was_not_kept_before_a_kill_is_found(tmp_path: Path, slack: LocalSlack) -> None:
    left(slack, "옛 질문", ts="9.1")
    tasks = [{"task_id": "old:read:1", "title": "질문 이해", "status": "in_progress"}]
    plan = {"type": "plan", "title": "답을 찾는 과정", "tasks": tasks}
    left(slack, "", ts="9.2", thread_ts="9.1", user=BOT, bot_id=APP.bot_id, blocks=[plan])
    async with open_parts(tmp_path, [TestModel()]) as parts:
        await parts.store.turns.start(StoredTurn("old", "T1", "C1", "9.1", "U1", "옛 질문", NOW))
    async with running(tmp_path, slack):
        pass
    (reply,) = slack.messages("C1", "9.1")
    assert (reply["ts"], "봇이 다시 시작되어" in reply["text"]) == ("9.2", True)
