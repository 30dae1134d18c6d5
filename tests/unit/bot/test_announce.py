"""What nobody asked for, posted once: the way to Slack under faults, against the local Web API."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.messages.answer import Message
from bot.messages.notes import note
from bot.playground.watch.faults import Fault
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import App
from bot.replies import Replies
from bot.settings import Settings
from bot.slack import make_client
from bot.wire import SlackRefused, SlackUnreachable, Wire
from tests.playground.webapi.server import Api, serving


def message(mark: str) -> Message:
    """A note with the block by which it is found again."""
    told = note("lstm-log-exp01: <!channel>")
    return replace(told, blocks=({**told.blocks[0], "block_id": mark},))


MARK = "notice:f1"
MESSAGE = message(MARK)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """With the scopes that the manifest asks for, and no more."""
    async with serving(Platform.load()) as served:
        yield served


@pytest.fixture
async def replies(api: Api) -> AsyncIterator[Replies]:
    settings = Settings.model_validate({"slack_bot_token": App().bot_token, "slack_api_url": api.url})
    async with aiohttp.ClientSession() as session:
        yield Replies(Wire(make_client(settings, session, None), tries=3, backoff_s=0.001), session)


def posted(api: Api, channel: str = "C1") -> list[str]:
    messages = api.workspace.channels[channel].messages.values()
    return [str(message["ts"]) for message in messages if message.get("bot_id")]


def calls(api: Api, method: str) -> list[dict[str, Any]]:
    return [call.args for call in api.journal.calls if call.method == method]


async def test_slack_takes_the_message_and_nobody_is_called(api: Api, replies: Replies) -> None:
    ts = await replies.announce("C1", MESSAGE, MARK, None)
    assert posted(api) == [ts]
    assert "thread_ts" not in api.workspace.channels["C1"].messages[ts]
    assert api.journal.broadcasts == []
    assert calls(api, "conversations.history") == [], "what was never tried is not looked for"


@pytest.mark.parametrize(
    "fault",
    [Fault(status=503, takes_effect=True), Fault(drops=True, takes_effect=True), Fault(error="internal_error")],
    ids=["503 after the post", "cut off after the post", "nothing done"],
)
async def test_a_lost_answer_gives_no_second_copy(api: Api, replies: Replies, fault: Fault) -> None:
    api.faults.break_next("chat.postMessage", fault)
    ts = await replies.announce("C1", MESSAGE, MARK, None)
    assert posted(api) == [ts]


async def test_what_an_earlier_run_has_posted_is_found_however_much_was_said_since(api: Api, replies: Replies) -> None:
    tried_at = api.clock() - timedelta(minutes=1)
    ts = await replies.announce("C1", MESSAGE, MARK, None)
    for number in range(1_100):
        api.say(f"chatter {number}")
    assert await replies.announce("C1", MESSAGE, MARK, tried_at) == ts
    assert posted(api) == [ts]
    assert len(calls(api, "chat.postMessage")) == 1
    assert len(calls(api, "conversations.history")) == 2, "page by page"


async def test_what_an_earlier_run_has_not_posted_is_posted(api: Api, replies: Replies) -> None:
    other = await replies.announce("C1", message("notice:f0"), "notice:f0", None)
    ts = await replies.announce("C1", MESSAGE, MARK, api.clock())
    assert posted(api) == [other, ts]


async def test_where_the_channel_cannot_be_searched_nothing_is_posted(api: Api, replies: Replies) -> None:
    api.faults.break_next("conversations.history", *[Fault(status=500)] * 3)
    with pytest.raises(SlackUnreachable):
        await replies.announce("C1", MESSAGE, MARK, api.clock())
    assert posted(api) == []


async def test_a_channel_too_long_to_be_searched_is_not_posted_to(api: Api, replies: Replies) -> None:
    tried_at = api.clock()
    for number in range(20 * 999 + 1):
        api.say(f"chatter {number}")
    with pytest.raises(SlackUnreachable, match="more than 20 pages"):
        await replies.announce("C1", MESSAGE, MARK, tried_at)
    assert posted(api) == []


@pytest.mark.parametrize(("channel", "code"), [("C2", "not_in_channel"), ("C9", "channel_not_found")])
async def test_a_refusal_is_the_callers_to_tell(api: Api, replies: Replies, channel: str, code: str) -> None:
    with pytest.raises(SlackRefused) as caught:
        await replies.announce(channel, MESSAGE, MARK, None)
    assert caught.value.code == code


async def test_a_rate_limit_is_waited_for(api: Api, replies: Replies) -> None:
    api.faults.break_next("chat.postMessage", Fault(status=429, error="ratelimited", retry_after="0"))
    ts = await replies.announce("C1", MESSAGE, MARK, None)
    assert posted(api) == [ts]
