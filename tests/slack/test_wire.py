"""Calls to Slack under faults, one by one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from agent.answer import Answer, Ask, Query, ThreadKey, Usage
from bot.messages.answer import Message
from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.replies import Replies
from bot.slack import make_client
from bot.wire import Place, SlackRefused, SlackUnreachable, Wire
from db.catalog.table import Table
from tests.slack.bot import settings_for
from tests.slack.workspace import left

HELLO = Message("hello", ({"type": "section", "block_id": "turn:t1", "text": {"type": "mrkdwn", "text": "hello"}},))
THREAD = Place("C1", "1.0")
ASK = Ask("t1", ThreadKey("T1", "C1", "1.0"), "U1", "질문", datetime(2026, 11, 21, tzinfo=UTC), "1.0")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as opened:
        yield opened


@pytest.fixture
def wire(slack: LocalSlack, session: aiohttp.ClientSession) -> Wire:
    left(slack, "질문", ts=ASK.ts)
    return Wire(make_client(settings_for(slack), session, None), tries=3, backoff_s=0.001)


async def test_a_post_that_times_out_is_looked_up_before_it_is_made_again(slack: LocalSlack, wire: Wire) -> None:
    never = asyncio.Event()
    slack.break_next("chat.postMessage", Fault(waits_for=never, takes_effect=True))
    ts = await wire.post(THREAD, HELLO, "turn:t1")
    assert [message["ts"] for message in slack.messages("C1")] == [ts]
    assert len(slack.journal.of("chat.postMessage")) == 2
    never.set()


async def test_plain_text_is_found_again_by_its_words(slack: LocalSlack, wire: Wire) -> None:
    slack.break_next("chat.postMessage", Fault(drops=True, takes_effect=True))
    ts = await wire.post(THREAD, Message("hello"), "turn:t1", after="1.0")
    assert [message["ts"] for message in slack.messages("C1")] == [ts]


@pytest.mark.parametrize("place", [THREAD, Place("C1")], ids=["thread", "channel"])
@pytest.mark.parametrize("message", [HELLO, Message("hello")], ids=["blocks", "text"])
async def test_an_earlier_message_with_the_same_words_is_not_taken_for_ours(
    slack: LocalSlack, wire: Wire, place: Place, message: Message
) -> None:
    earlier = await wire.post(place, message, "turn:t0", after="1.0")
    slack.break_next("chat.postMessage", Fault(status=500))
    other = Message(message.text, tuple({**block, "block_id": "turn:t2"} for block in message.blocks))
    ts = await wire.post(place, other, "turn:t2", after=earlier)
    assert [found["ts"] for found in slack.messages("C1")] == [earlier, ts]


async def test_without_a_moment_to_look_after_a_text_is_never_found_again(slack: LocalSlack, wire: Wire) -> None:
    slack.break_next("chat.postMessage", Fault(drops=True, takes_effect=True))
    await wire.post(Place("C1"), Message("hello"), "turn:t1")
    assert len(slack.messages("C1")) == 2, "better twice than never"


async def test_a_retry_after_of_an_hour_is_not_waited_for(slack: LocalSlack, wire: Wire) -> None:
    slack.break_next("chat.postMessage", Fault(status=429, error="ratelimited", retry_after="3600"))
    with pytest.raises(SlackUnreachable, match="ratelimited"):
        await wire.post(THREAD, HELLO, "turn:t1")
    assert len(slack.journal.of("chat.postMessage")) == 1


async def test_tries_are_bounded(slack: LocalSlack, wire: Wire) -> None:
    slack.break_next("chat.update", *[Fault(status=500)] * 9)
    with pytest.raises(SlackUnreachable, match="500"):
        await wire.update(THREAD, "1.0", HELLO)
    assert len(slack.journal.of("chat.update")) == 3


async def test_a_message_that_is_gone_counts_as_deleted(wire: Wire) -> None:
    await wire.delete("C1", "9.9")


async def test_a_deletion_slack_forbids_is_an_error_for_the_caller_only(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    slack.break_next("chat.delete", Fault(error="cant_delete_message"), Fault(error="cant_delete_message"))
    with pytest.raises(SlackRefused, match="cant_delete_message"):
        await wire.delete("C1", "1.0")
    await Replies(wire, session).retract("C1", "1.0")
    assert "the reply 1.0 could not be deleted" in caplog.text


def answer(text: str) -> Answer:
    table = Table(("n",), ((1,),))
    return Answer("t1", text, "ko", "llm", Usage("m"), (Query("SELECT 1", table),))


async def test_a_long_answer_whose_blocks_are_refused_goes_as_several_texts(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession
) -> None:
    slack.break_next("chat.postMessage", REFUSED)
    reply_ts = await Replies(wire, session).finish(ASK, answer("\n\n".join(["가" * 3_000] * 2)))
    assert [bool(message["blocks"]) for message in slack.messages("C1")] == [False] * len(reply_ts)
    assert len(reply_ts) > 1


async def test_a_further_part_that_cannot_be_sent_leaves_the_first(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    fine, barred = Fault(waits_for=_open()), Fault(error="restricted_action")
    slack.break_next("chat.postMessage", REFUSED, fine, barred, barred)
    reply_ts = await Replies(wire, session).finish(ASK, answer("\n\n".join(["가" * 3_000] * 2)))
    assert tuple(message["ts"] for message in slack.messages("C1")) == reply_ts
    assert "turn t1: part 2 could not be said" in caplog.text


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found"])
async def test_where_the_bot_has_left_nothing_is_sent_a_second_time(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession, code: str
) -> None:
    slack.break_next("chat.postMessage", Fault(error=code))
    with pytest.raises(SlackRefused, match=code):
        await Replies(wire, session).finish(ASK, answer("x"))
    assert len(slack.journal.of("chat.postMessage")) == 1


async def test_a_reply_that_may_not_be_changed_is_not_posted_twice(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession
) -> None:
    slack.break_next("chat.update", Fault(error="invalid_blocks"), Fault(error="invalid_blocks"))
    with pytest.raises(SlackRefused, match="invalid_blocks"):
        await Replies(wire, session).finish(ASK, answer("x"), replaces=("1.1",))
    assert not slack.messages("C1")


async def test_an_answer_without_blocks_and_without_an_end_is_cut_and_says_so(
    slack: LocalSlack, wire: Wire, session: aiohttp.ClientSession
) -> None:
    slack.break_next("chat.postMessage", REFUSED)
    await Replies(wire, session).finish(ASK, answer("\n\n".join(["가" * 4_000] * 30)))
    posted = slack.messages("C1")
    assert 1 < len(posted) < 8
    assert any("여기까지만" in message["text"] for message in posted)


async def test_a_response_url_that_cannot_be_reached_is_an_error(wire: Wire, session: aiohttp.ClientSession) -> None:
    with pytest.raises(SlackUnreachable, match="response_url"):
        await Replies(wire, session).respond("http://127.0.0.1:1/respond", HELLO)


REFUSED = Fault(error="invalid_blocks")


def _open() -> asyncio.Event:
    """An event that is set: nothing is waited for."""
    event = asyncio.Event()
    event.set()
    return event
