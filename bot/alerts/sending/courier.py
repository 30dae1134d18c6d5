"""One call to Slack a letter, never made twice by itself, with what became of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.alerts.sending.verdicts import Outcome, of_answer, of_error
from bot.messages.answer import Message
from bot.wire import Place

TIMEOUT_S: Final = 10.0
EVENT: Final = "mlops_alert"
"""What the metadata of each of our messages are called; beside it only the letter's id: anybody may read them."""
_PAGE: Final = 200
_AGAIN_S: Final = 30.0

_Call: TypeAlias = Callable[[], Awaitable[AsyncSlackResponse]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what a place holds, as Slack writes it; `cursor` of the next page, "" where there is none."""

    messages: tuple[dict[str, Any], ...]
    cursor: str


class Courier:
    """`client` must not repeat calls by itself: a broken connection may have left a message."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], datetime], *, timeout_s: float = TIMEOUT_S) -> None:
        self._client = client
        self._clock = clock
        self._timeout_s = timeout_s
        self.skew = timedelta()
        """How far Slack's clock is ahead of ours, as its last answer said."""

    async def post(self, place: Place, message: Message, outbox_id: str) -> Outcome:
        async def call() -> AsyncSlackResponse:
            return await self._client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.thread_ts,
                text=message.text,
                blocks=message.blocks or None,
                metadata=_metadata(outbox_id),
                unfurl_links=False,
                unfurl_media=False,
            )

        answer = await self._made(call)
        return answer if isinstance(answer, Outcome) else of_answer(answer)

    async def edit(self, channel: str, ts: str, message: Message, outbox_id: str) -> Outcome:
        """Puts a message in the place of an earlier one; the metadata go with it, lest they be dropped."""

        async def call() -> AsyncSlackResponse:
            return await self._client.chat_update(
                channel=channel, ts=ts, text=message.text, blocks=message.blocks, metadata=_metadata(outbox_id)
            )

        answer = await self._made(call)
        return answer if isinstance(answer, Outcome) else Outcome("sent", ts=ts)

    async def delete(self, channel: str, ts: str) -> Outcome:
        answer = await self._made(lambda: self._client.chat_delete(channel=channel, ts=ts))
        return answer if isinstance(answer, Outcome) else Outcome("sent", ts=ts)

    async def open(self, user: str) -> str | Outcome:
        """The direct channel with somebody; what came to nothing may be asked for again, and is never unknown."""
        answer = await self._made(lambda: self._client.conversations_open(users=user))
        if isinstance(answer, Outcome):
            return Outcome("held", answer.code, wait_s=_AGAIN_S) if answer.kind == "unknown" else answer
        channel = (answer.get("channel") or {}).get("id")
        return str(channel) if channel else Outcome("held", "no_channel", wait_s=_AGAIN_S)

    async def read(self, place: Place, oldest: str, cursor: str) -> Page | Outcome:
        """A page of a channel's roots, or of a thread, since `oldest`, with the metadata."""
        limits: dict[str, Any] = {
            "channel": place.channel,
            "oldest": oldest,
            "inclusive": True,
            "include_all_metadata": True,
            "limit": _PAGE,
            "cursor": cursor or None,
        }

        async def call() -> AsyncSlackResponse:
            if place.thread_ts is None:
                return await self._client.conversations_history(**limits)
            return await self._client.conversations_replies(ts=place.thread_ts, **limits)

        answer = await self._made(call)
        return answer if isinstance(answer, Outcome) else _page(answer)

    async def _made(self, call: _Call) -> AsyncSlackResponse | Outcome:
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await call()
        except (SlackApiError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._compare_clocks(getattr(error, "response", None))
            return of_error(error)
        self._compare_clocks(answer)
        return answer

    def _compare_clocks(self, answer: Any) -> None:
        told = (getattr(answer, "headers", None) or {}).get("Date")
        try:
            slacks = parsedate_to_datetime(told) if told else None
        except ValueError:
            slacks = None
        if slacks is not None:
            self.skew = (slacks if slacks.tzinfo else slacks.replace(tzinfo=UTC)) - self._clock()


def _metadata(outbox_id: str) -> dict[str, Any]:
    return {"event_type": EVENT, "event_payload": {"o": outbox_id}}


def _page(answer: AsyncSlackResponse) -> Page | Outcome:
    messages = answer.get("messages")
    cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
    if not isinstance(messages, list) or (answer.get("has_more") and not cursor):
        return Outcome("unknown", "no_whole_page")
    return Page(tuple(messages), cursor)
