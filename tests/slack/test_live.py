"""An answer in the making: its steps and its text are shown in one message, and the finished answer takes its place."""

import asyncio
from pathlib import Path

import pytest

from agent.llm.protocol import Completion, OnText, Prompt
from agent.offer import Choice, Offer
from bot.live.live import Beat
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from tests.slack.bot import TestModel, running
from tests.slack.live import AT_ONCE, LAST_WORDS, TEXT, Slow, cards, is_finished, only, refused, shown
from tests.slack.workspace import BOT, called


async def test_steps_and_text_are_streamed_and_the_finished_answer_takes_their_place(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("실험이 몇 건이야?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = only(slack, ts)["ts"]
        assert cards(only(slack, ts))["질문 이해"]["status"] == "in_progress"
        model.may_query.set()
        await slack.journal.until(lambda: cards(only(slack, ts)).get("SQL 실행", {}).get("status") == "complete")
        assert "1행" in shown(only(slack, ts))
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
        model.may_write.set()
        await slack.journal.until(lambda: "모두" in only(slack, ts)["text"], "text")
        assert cards(only(slack, ts))["답변 작성"]["status"] == "in_progress"
        model.may_end.set()
        await slack.journal.until(is_finished(slack, ts), "the answer")
    reply = only(slack, ts)
    assert turn is not None
    assert turn.reply_ts == (streamed,), "its place is known before it is finished"
    assert (reply["ts"], reply["streaming"], cards(reply)) == (streamed, False, {})
    assert LAST_WORDS in shown(reply)
    assert refused(slack) == []


async def test_an_error_and_its_repair_are_seen_while_it_is_mended(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow("SELECT wrong FROM pipelines", "SELECT COUNT(*) AS n FROM pipelines")
    model.may_query.set()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and "SQL 실행 · 고친 SQL" in cards(only(slack, ts)))
        await slack.journal.until(lambda: cards(only(slack, ts))["SQL 실행 · 고친 SQL"]["status"] == "complete")
        failed = cards(only(slack, ts))["SQL 실행 · 오류를 고쳐 다시 실행함"]
        assert failed["status"] == "error"
        assert "wrong" in str(failed["output"])
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert LAST_WORDS in shown(only(slack, ts))


async def test_an_answer_that_comes_at_once_is_one_post_and_nothing_before(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(), beat=Beat(quiet_s=30)):
        ts = await kim.mention("질문")
        await slack.journal.until(is_finished(slack, ts))
    assert slack.journal.of("chat.startStream") == []
    assert slack.journal.of("chat.update") == []
    assert len(slack.journal.of("chat.postMessage")) == 1


async def test_a_dm_is_streamed_as_a_mention_is(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.say("실험이 몇 건이야?", "D1")
        await slack.journal.until(lambda: slack.messages("D1", ts), "a stream")
        assert cards(only(slack, ts, "D1"))
        model.let_all()
        await slack.journal.until(is_finished(slack, ts, "D1"))
    assert LAST_WORDS in shown(only(slack, ts, "D1"))
    assert slack.workspace.sessions["D1", ts] == {"status": "active", "title": "실험이 몇 건이야?"}


async def test_a_slash_command_is_streamed_in_the_thread_of_its_question(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        await kim.slash("실험이 몇 건이야?")
        await slack.journal.until(lambda: slack.journal.of("chat.startStream"), "a stream")
        root = slack.messages("C1")[0]["ts"]
        model.let_all()
        await slack.journal.until(is_finished(slack, root))
    question, reply = slack.messages("C1")
    assert (reply["thread_ts"], LAST_WORDS in shown(reply)) == (question["ts"], True)


class AsksBack(Slow):
    """Asks the first question back, and takes its time over the chosen one."""

    async def _complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        if prompt.question == "그 사람 실험은?":
            return Completion("누구요?", offer=Offer("asked_back", (Choice("김민준", "김민준의 실험은?"),)))
        return await super()._complete(prompt, on_text)


async def test_a_choice_that_is_clicked_is_streamed_as_a_question_is(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = AsksBack()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("그 사람 실험은?")
        await slack.journal.until(is_finished(slack, ts))
        asked_back = only(slack, ts)
        (block,) = (b for b in asked_back["blocks"] if b["type"] == "actions" and b["block_id"].startswith("choices:"))
        button = block["elements"][0]
        action = {"block_id": block["block_id"], **{name: button[name] for name in ("action_id", "type", "value")}}
        await slack.interactions.click("U1", action=action, channel="C1", ts=asked_back["ts"])
        await slack.journal.until(lambda: len(slack.messages("C1", ts)) == 2, "a stream")
        assert cards(slack.messages("C1", ts)[1])
        model.let_all()
        await slack.journal.until(
            lambda: LAST_WORDS in shown(slack.messages("C1", ts)[1]) and not slack.workspace.streams
        )
    assert len(slack.messages("C1", ts)) == 2


async def test_where_only_the_asker_can_be_answered_nothing_is_streamed(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    model.let_all()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        await kim.slash("실험이 몇 건이야?", "CX")
        await slack.journal.until(lambda: slack.journal.responses, "a private answer")
    assert slack.journal.of("chat.startStream") == []


async def test_an_edited_question_shows_its_steps_in_the_place_of_the_old_answer(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    model.let_all()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("하나")
        await slack.journal.until(is_finished(slack, ts))
        first = only(slack, ts)["ts"]
        model.may_write.clear()
        await kim.edit(ts, f"<@{BOT}> 둘")
        await slack.journal.until(lambda: "✓ SQL 실행" in shown(only(slack, ts)), "its steps")
        assert LAST_WORDS not in shown(only(slack, ts))
        model.may_write.set()
        await slack.journal.until(lambda: LAST_WORDS in shown(only(slack, ts)), "the new answer")
    assert only(slack, ts)["ts"] == first


async def test_a_question_edited_while_it_streams_is_answered_in_the_same_message(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = only(slack, ts)["ts"]
        await model.started("하나")
        await kim.edit(ts, f"<@{BOT}> 둘")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert (only(slack, ts)["ts"], LAST_WORDS in shown(only(slack, ts))) == (streamed, True)
    assert model.questions == ["하나", "둘"]


async def test_a_question_deleted_while_it_streams_takes_the_stream_along(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, Slow(), beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.messages("C1"), "nothing")
        await slack.deliveries.settled()
    assert not slack.workspace.streams


async def test_a_stream_that_is_cut_off_at_the_stop_gives_its_place_to_the_apology(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, Slow(), beat=AT_ONCE, drain_s=0.05):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
    assert "봇이 다시 시작되어" in only(slack, ts)["text"]
    assert cards(only(slack, ts)) == {}


async def test_an_error_takes_the_place_of_the_stream(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        (tmp_path / "catalog.db").unlink()
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert "CATALOG_URL" in only(slack, ts)["text"]


async def test_nothing_a_model_writes_calls_anybody_while_it_streams(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    bait = f"<!channel> <@U2> [go](https://evil.com) https://evil.com {'xoxb' + '-123456-abcdef'} <!here> 끝 "
    model = Slow(f"SELECT '{bait}' AS x", text=bait + TEXT)
    model.may_query.set()
    model.may_write.set()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and "evil" in only(slack, ts)["text"], "the bait")
        streamed = only(slack, ts)
        assert called(streamed) == []
        assert "xoxb" not in str(streamed)
        model.may_end.set()
        await slack.journal.until(is_finished(slack, ts))
    assert called(only(slack, ts)) == []
    assert slack.journal.broadcasts == []


async def test_two_threads_stream_side_by_side(tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        asked = [await kim.mention("하나"), await lee.mention("둘")]
        await slack.journal.until(lambda: len(slack.workspace.streams) == 2, "two streams")
        model.let_all()
        for ts in asked:
            await slack.journal.until(is_finished(slack, ts))
    assert [LAST_WORDS in shown(only(slack, ts)) for ts in asked] == [True, True]


@pytest.mark.parametrize("place", ["C1", "D1"])
async def test_a_session_is_named_after_the_first_question_in_its_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person, place: str
) -> None:
    model = Slow()
    model.let_all()
    async with running(tmp_path, slack, model):
        ts = await kim.say(f"<@{BOT}> 첫 질문" if place == "C1" else "첫 질문", place, raw=True)
        await slack.journal.until(is_finished(slack, ts, place))
    async with running(tmp_path, slack, model):
        await kim.say("둘째 질문", place, thread_ts=ts)
        await slack.journal.until(lambda: len(slack.messages(place, ts)) == 2)
        await asyncio.wait_for(slack.deliveries.settled(), 5)
    assert slack.workspace.sessions[place, ts]["title"] == "첫 질문"
    assert len(slack.journal.of("agents.sessions.rename")) == 1
