"""Whatever becomes of a stream, there is one finished message in the end, and it has the whole answer."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from agent.errors import AskError
from bot.live.live import Beat
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from tests.slack.bot import lose_store, running
from tests.slack.live import AT_ONCE, LAST_WORDS, Slow, cards, is_finished, only, refused, shown
from tests.slack.workspace import BOT

LIMITED = Fault(status=429, error="ratelimited", retry_after="0")
MANY = 50
"""More faults than calls."""


async def finished(slack: LocalSlack, kim: Person, model: Slow, *, until_sees: str = "") -> str:
    """A question with an answer in the making, which is shown if at all, and then finished. Returns its ts."""
    ts = await kim.mention("질문")
    await model.started("질문")
    if until_sees:
        await slack.journal.until(lambda: any(until_sees in str(m) for m in slack.messages("C1", ts)), until_sees)
    model.let_all()
    await slack.journal.until(is_finished(slack, ts), "the finished message")
    await slack.deliveries.settled()
    return ts


def has_the_whole_answer(slack: LocalSlack, ts: str) -> bool:
    reply = only(slack, ts)
    return LAST_WORDS in shown(reply) and cards(reply) == {} and not reply.get("streaming")


@pytest.mark.parametrize(
    "code",
    [
        "unknown_method",
        "feature_disabled",
        "not_agent_app",
        "missing_scope",
        "missing_recipient_user_id",
        "missing_recipient_team_id",
        "channel_type_not_supported",
        "message_not_owned_by_app",
    ],
)
async def test_where_no_stream_begins_a_message_is_edited(
    tmp_path: Path, slack: LocalSlack, kim: Person, code: str
) -> None:
    slack.break_next("chat.startStream", *[Fault(error=code)] * MANY)
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await finished(slack, kim, model, until_sees="질문 이해")
        assert has_the_whole_answer(slack, ts)
        again = await kim.mention("또")
        await slack.journal.until(is_finished(slack, again))
    is_remembered = code in ("unknown_method", "feature_disabled", "not_agent_app", "missing_scope")
    assert len(slack.journal.of("chat.startStream")) == (1 if is_remembered else 2)
    assert len(slack.messages("C1")) == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="message_not_in_streaming_state"),
        Fault(error="message_not_owned_by_app"),
        Fault(error="channel_type_not_supported"),
        Fault(error="msg_too_long"),
        Fault(status=500),
        Fault(status=503, takes_effect=True),
        Fault(drops=True),
        Fault(drops=True, takes_effect=True),
        Fault(error="internal_error"),
        LIMITED,
        Fault(error="rate_limited", retry_after="0"),
    ],
    ids=lambda fault: f"{fault.error or fault.status}{'-drop' * fault.drops}{'-after' * fault.takes_effect}",
)
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"])
async def test_a_fault_costs_no_answer_and_makes_no_second_one(
    tmp_path: Path, slack: LocalSlack, kim: Person, method: str, fault: Fault
) -> None:
    slack.break_next(method, fault)
    model = Slow()
    model.may_query.set()
    model.may_write.set()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await model.started("질문")
        if method in ("chat.startStream", "chat.appendStream"):
            await slack.journal.until(lambda: not slack.faults[method], "the fault")
        model.let_all()
        await slack.journal.until(lambda: slack.messages("C1", ts) and has_the_whole_answer(slack, ts), "the answer")
        await slack.deliveries.settled()
    assert has_the_whole_answer(slack, ts)


async def test_a_stream_that_slack_has_ended_after_five_minutes_is_edited_on(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.workspace.streams, "a stream")
        for stream in slack.workspace.streams.values():
            stream.started_at -= timedelta(minutes=5)
        model.may_query.set()
        await slack.journal.until(lambda: "✓ SQL 실행" in shown(only(slack, ts)), "the same message, edited")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)
    assert ("chat.appendStream", "message_not_in_streaming_state") in refused(slack)


async def test_a_stream_that_has_ended_before_it_is_stopped_is_overwritten(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=Beat(quiet_s=0, stream_s=3_600)):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.workspace.streams, "a stream")
        for stream in slack.workspace.streams.values():
            stream.started_at -= timedelta(minutes=5)
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)
    assert ("chat.stopStream", "message_not_in_streaming_state") in refused(slack)


async def test_a_limit_on_beginning_streams_is_kept_to_and_the_answer_posted(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.startStream", Fault(status=429, error="ratelimited", retry_after="60"))
    model = Slow()
    model.let_all()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        asked = []
        for _ in range(2):
            asked.append(await kim.mention("질문"))
            await slack.journal.until(is_finished(slack, asked[-1]))
    assert len(slack.journal.of("chat.startStream")) == 1, "nobody asks before the time that Slack named"
    assert [has_the_whole_answer(slack, ts) for ts in asked] == [True, True]


async def test_an_edited_message_is_edited_no_more_often_than_slack_wants(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.startStream", Fault(error="unknown_method"))
    model = Slow()
    async with running(tmp_path, slack, model, beat=Beat(quiet_s=0, edit_s=3_600)):
        await finished(slack, kim, model, until_sees="질문 이해")
    assert len(slack.journal.of("chat.update")) == 1, "the finished answer waits for nobody"


@pytest.mark.parametrize("code", ["cant_update_message", "edit_window_closed", "message_not_found"])
async def test_where_a_stream_cannot_be_overwritten_the_answer_is_posted_and_the_stream_goes(
    tmp_path: Path, slack: LocalSlack, kim: Person, code: str
) -> None:
    slack.break_next("chat.update", Fault(error=code))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = only(slack, ts)["ts"]
        model.let_all()
        await slack.journal.until(lambda: slack.journal.of("chat.delete"), "the stream is deleted")
        await slack.deliveries.settled()
    assert has_the_whole_answer(slack, ts)
    assert only(slack, ts)["ts"] != streamed


async def test_where_the_stream_can_be_neither_overwritten_nor_deleted_it_has_the_whole_text(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.update", Fault(error="cant_update_message"))
    slack.break_next("chat.delete", Fault(error="cant_delete_message"))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
        await slack.deliveries.settled()
    streamed, reply = slack.messages("C1", ts)
    assert streamed["streaming"] is False
    assert LAST_WORDS in streamed["text"]
    assert LAST_WORDS in shown(reply)


async def test_a_message_of_ours_that_somebody_deleted_is_posted_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = only(slack, ts)["ts"]
        slack.workspace.delete(slack.workspace.channels["C1"], streamed)
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
        await slack.deliveries.settled()
    assert has_the_whole_answer(slack, ts)


async def test_a_stream_that_nobody_was_told_of_is_found_and_finished(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.startStream", Fault(drops=True, takes_effect=True))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = only(slack, ts)["ts"]
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)
    assert only(slack, ts)["ts"] == streamed


async def test_a_message_to_edit_that_nobody_was_told_of_is_found_and_finished(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.startStream", Fault(error="unknown_method"))
    slack.break_next("chat.postMessage", Fault(drops=True, takes_effect=True))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await finished(slack, kim, model, until_sees="질문 이해")
    assert has_the_whole_answer(slack, ts)
    assert len(slack.journal.of("chat.postMessage")) == 1


async def test_where_nothing_can_be_shown_the_answer_comes_all_the_same(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.startStream", Fault(error="channel_type_not_supported"))
    slack.break_next("chat.postMessage", Fault(error="restricted_action"))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.postMessage"), "a message that is refused")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)


async def test_without_a_store_an_answer_in_the_making_is_shown_and_finished(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    beginning = asyncio.Event()
    slack.break_next("chat.startStream", Fault(waits_for=beginning))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.startStream"))
        await lose_store(tmp_path)
        beginning.set()
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)
    assert "where it is shown is not kept" in caplog.text


async def test_an_answer_that_comes_while_its_stream_begins_waits_for_that(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    beginning = asyncio.Event()
    slack.break_next("chat.startStream", Fault(waits_for=beginning))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.journal.of("chat.startStream"))
        model.let_all()
        async with asyncio.timeout(10):
            while await bot.services.store.turns.unfinished():
                pass
        beginning.set()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)


async def test_an_engine_that_gives_up_leaves_one_answer(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    class GivesUp(Slow):
        async def _complete(self, prompt, on_text):  # type: ignore[no-untyped-def]  # as the class above
            on_text("반쯤 쓴 ")
            await self.may_end.wait()
            raise AskError("model_unavailable")

    model = GivesUp()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("질문")
        await slack.journal.until(lambda: slack.messages("C1", ts) and "반쯤" in only(slack, ts)["text"])
        model.may_end.set()
        await slack.journal.until(is_finished(slack, ts))
    assert "언어 모델에 연결할 수 없습니다" in only(slack, ts)["text"]
    assert "반쯤" not in shown(only(slack, ts))


async def test_an_edit_after_an_answer_that_was_lost_shows_no_second_message(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.appendStream", Fault(drops=True))
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE):
        ts = await kim.mention("하나")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        model.may_query.set()
        await slack.journal.until(lambda: not slack.faults["chat.appendStream"])
        await kim.edit(ts, f"<@{BOT}> 둘")
        model.let_all()
        await slack.journal.until(is_finished(slack, ts))
    assert has_the_whole_answer(slack, ts)
