"""Slack's streams: a message that grows in its thread, and the ways in which it may come to its end."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final, Literal, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agent.answer import Ask
from bot.live.chunks import Chunk
from bot.wire import RATE_LIMITED, SERVER_FAULTS, SlackError, Wire, refusal, retry_after_s

CALL_S: Final = 5.0
NOT_OFFERED: Final = frozenset(
    {"unknown_method", "feature_disabled", "not_agent_app", "missing_scope", "not_allowed", "method_deprecated"}
)

End: TypeAlias = Literal["not_offered", "declined", "busy", "ended", "stopped", "unsure"]


class StreamError(Exception):
    """A stream that won't begin, or goes on no longer.

    `end`: Slack has no streams at all ("not_offered"), none in this place ("declined"), or no room just now ("busy",
    for `wait_s`); its time is over ("ended"), its reader stopped it ("stopped"), or nobody knows whether the call took
    effect ("unsure").
    """

    def __init__(self, end: End, code: str, wait_s: float = 0.0) -> None:
        super().__init__(f"{end}: {code}")
        self.end = end
        self.code = code
        self.wait_s = wait_s


class Streams:
    """The calls. Each is made once: a chunk that was sent twice would be shown twice."""

    def __init__(self, client: AsyncWebClient, wire: Wire) -> None:
        self._client = client
        self._wire = wire

    async def start(self, ask: Ask, chunks: Sequence[Chunk]) -> str:
        """Begins a message for the asker and returns its ts. Raises StreamError."""
        call = self._client.chat_startStream(
            channel=ask.thread.channel,
            thread_ts=ask.thread.thread_ts,
            recipient_team_id=ask.thread.team,
            recipient_user_id=ask.user,
            task_display_mode="plan",
            chunks=chunks,
        )
        return str((await _made(call))["ts"])

    async def append(self, channel: str, ts: str, chunks: Sequence[Chunk]) -> None:
        """Raises StreamError."""
        _ = await _made(self._client.chat_appendStream(channel=channel, ts=ts, chunks=chunks))

    async def stop(self, channel: str, ts: str, chunks: Sequence[Chunk]) -> None:
        """Ends a message, with its last chunks. May be repeated: what has ended takes no more. Raises SlackError."""
        await self._wire.stop_stream(channel, ts, chunks)

    async def find(self, ask: Ask) -> str | None:
        """The ts of a message of this turn's that nobody was told of, if there is one. Never raises."""
        try:
            return await self._wire.find_of(ask.thread.channel, ask.thread.thread_ts, ask.turn_id)
        except SlackError:
            return None


async def _made(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    try:
        async with asyncio.timeout(CALL_S):
            return await call
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        raise _trouble(error) from None


def _trouble(error: Exception) -> StreamError:
    code, status = refusal(error)
    if code in RATE_LIMITED:
        return StreamError("busy", code, retry_after_s(error))
    if not code or status >= 500 or code in SERVER_FAULTS:
        return StreamError("unsure", code or str(status or type(error).__name__))
    if code in NOT_OFFERED:
        return StreamError("not_offered", code)
    known: dict[str, End] = {"message_not_in_streaming_state": "ended", "stopped_by_user": "stopped"}
    return StreamError(known.get(code, "declined"), code)
