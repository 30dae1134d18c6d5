"""Calls to Slack's Web API that survive a bad network, without saying anything twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.messages.answer import Message
from bot.pace import LineStands, Pace

log = logging.getLogger(__name__)

Call: TypeAlias = Callable[[], Awaitable[AsyncSlackResponse]]

RATE_LIMITED: Final = ("ratelimited", "rate_limited")  # Slack spells it both ways
SERVER_FAULTS: Final = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
STREAMING: Final = "streaming_state_conflict"
_STREAMS_NO_MORE: Final = frozenset({"message_not_in_streaming_state", "stopped_by_user", "message_not_found"})
_LONGEST_WAIT_S: Final = 120.0  # a Retry-After beyond it is as good as no answer
_SEEN: Final = 50
_THREAD_SEEN: Final = 999
_PAGES: Final = 20
_TRIGGER_S: Final = 3.0


class SlackError(Exception):
    """For the operator: a call to Slack came to nothing."""


class SlackRefused(SlackError):
    """Slack understood the call and said no; `code` is its error code.

    `unsure`: an earlier try of the same call may have taken effect all the same.
    """

    def __init__(self, method: str, code: str, *, unsure: bool = False) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code
        self.unsure = unsure


class SlackUnreachable(SlackError):
    """Slack could not be reached, or failed itself, as often as we tried."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a channel, and the thread in it (None: a root message)."""

    channel: str
    thread_ts: str | None = None


class Wire:
    """One client's posts, updates and deletions. Calls have the session's deadline and a bounded number of tries."""

    def __init__(self, client: AsyncWebClient, *, tries: int = 5, backoff_s: float = 0.5) -> None:
        self._client = client
        self._tries = tries
        self._backoff_s = backoff_s
        self._pace = Pace()

    async def post(
        self, place: Place, message: Message, mark: str, after: str | None = None, *, is_repeat: bool = False
    ) -> str:
        """Posts once and returns the message's ts. Raises SlackError.

        A post whose outcome is unknown (a broken connection, a 5xx) may have
        taken effect: before the next try the place is searched for a message
        with a block whose id is `mark`. A message without blocks is known by
        its text alone, and so only among those newer than the ts `after`.
        `is_repeat`: an earlier call may have posted it, so it is searched for
        before the first try, too.
        """
        unsure = is_repeat
        for attempt in range(self._tries):
            try:
                if unsure and (ts := await self._find(place, message, mark, after)) is not None:
                    return ts
                return await self._pace.in_line(place.channel, lambda: self._say(place, message), _pause_s)
            except LineStands as error:
                raise SlackUnreachable("chat.postMessage: ratelimited") from error
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                wait_s = self._wait_s("chat.postMessage", error, attempt, unsure=unsure)
                unsure = unsure or not _had_no_effect(error)
                await asyncio.sleep(wait_s)
        raise AssertionError("unreachable")

    async def _say(self, place: Place, message: Message) -> str:
        response = await self._client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread_ts,
            text=message.text,
            blocks=message.blocks or None,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(response["ts"])

    async def update(self, place: Place, ts: str, message: Message) -> None:
        """Puts `message` in the place of an earlier one of ours, also of one that still streams. Raises SlackError."""

        async def update() -> AsyncSlackResponse:
            return await self._client.chat_update(
                channel=place.channel, ts=ts, text=message.text, blocks=message.blocks
            )

        try:
            await self.repeat("chat.update", update)
        except SlackRefused as refused:
            if refused.code != STREAMING:
                raise
            await self.stop_stream(place.channel, ts)
            await self.repeat("chat.update", update)

    async def delete(self, channel: str, ts: str) -> None:
        """Deletes a message of ours; one that is gone already is fine. Raises SlackError."""
        try:
            await self.repeat("chat.delete", lambda: self._client.chat_delete(channel=channel, ts=ts))
        except SlackRefused as refused:
            if refused.code == STREAMING:
                await self.stop_stream(channel, ts)
                await self.repeat("chat.delete", lambda: self._client.chat_delete(channel=channel, ts=ts))
            elif refused.code != "message_not_found":
                raise

    async def stop_stream(self, channel: str, ts: str, chunks: Sequence[dict[str, Any]] = ()) -> None:
        """Ends a message that streams, with its last chunks; one that has ended is fine. Raises SlackError."""
        try:
            await self.repeat(
                "chat.stopStream",
                lambda: self._client.chat_stopStream(
                    channel=channel, ts=ts, chunks=chunks or None, session_status="active"
                ),
            )
        except SlackRefused as refused:
            if refused.code not in _STREAMS_NO_MORE:
                raise

    async def whisper(self, place: Place, user: str, message: Message) -> None:
        """Shows a message to one person in a channel. Told twice does no harm there. Raises SlackError."""
        await self.repeat(
            "chat.postEphemeral",
            lambda: self._client.chat_postEphemeral(
                channel=place.channel,
                user=user,
                thread_ts=place.thread_ts,
                text=message.text,
                blocks=message.blocks or None,
            ),
        )

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> str | None:
        """Opens a modal and returns its id, in one try: a trigger works once, for three seconds. Raises SlackError.

        A trigger that was used before has opened it, nobody knows under which id: the click was delivered twice.
        """
        try:
            async with asyncio.timeout(_TRIGGER_S):
                response = await self._client.views_open(trigger_id=trigger_id, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            code, status = refusal(error)
            if not code:
                raise SlackUnreachable(f"views.open: {status or type(error).__name__}") from error
            if code != "exchanged_trigger_id":
                raise SlackRefused("views.open", code) from None
            return None
        return str((response.get("view") or {}).get("id") or "") or None

    async def update_view(self, view_id: str, view: dict[str, Any]) -> None:
        """Puts another view in the place of an open one. Raises SlackError."""
        await self.repeat("views.update", lambda: self._client.views_update(view_id=view_id, view=view))

    async def link_to(self, channel: str, ts: str) -> str:
        """The address of a message. Raises SlackError."""
        found = await self.repeat(
            "chat.getPermalink", lambda: self._client.chat_getPermalink(channel=channel, message_ts=ts)
        )
        return str(found.get("permalink") or "")

    async def publish_home(self, user: str, view: dict[str, Any], seen: str | None) -> None:
        """Shows somebody their Home; with `seen`, only where that is still what they look at. Raises SlackError."""
        await self.repeat(
            "views.publish", lambda: self._client.views_publish(user_id=user, view=view, hash=seen or None)
        )

    async def repeat(self, method: str, call: Call) -> AsyncSlackResponse:
        """Makes a call that may be made twice, until it succeeds. Raises SlackError."""
        for attempt in range(self._tries):
            try:
                return await call()
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                await asyncio.sleep(self._wait_s(method, error, attempt))
        raise AssertionError("unreachable")

    async def is_in(self, channel: str, thread_ts: str, mark: str) -> bool:
        """Whether a bot's message of the thread has a block whose id begins with `mark`. Raises SlackError."""
        found = await self.repeat(
            "conversations.replies",
            lambda: self._client.conversations_replies(channel=channel, ts=thread_ts, limit=_THREAD_SEEN),
        )
        return any(block.startswith(mark) for message in _by_bots(found) for block in _block_ids(message))

    async def find_of(self, channel: str, thread_ts: str, turn_id: str) -> str | None:
        """The ts of the thread's last bot's message with a block, or a task, that is named for the turn.

        Raises SlackError.
        """
        found = await self.repeat(
            "conversations.replies",
            lambda: self._client.conversations_replies(channel=channel, ts=thread_ts, limit=_THREAD_SEEN),
        )
        named = [str(message["ts"]) for message in _by_bots(found) if turn_id in str(_names(message))]
        return named[-1] if named else None

    async def _find(self, place: Place, message: Message, mark: str, after: str | None) -> str | None:
        """The ts of the message at the place that an earlier try of the same post has left, if any."""
        newer = [
            found for found in await self._seen(place, after) if after is None or Decimal(found["ts"]) > Decimal(after)
        ]
        if message.blocks:
            same = [found for found in newer if mark in _block_ids(found)]
        else:
            same = [found for found in newer if after is not None and found.get("text") == message.text]
        return str(same[0]["ts"]) if same else None

    async def _seen(self, place: Place, after: str | None) -> list[dict[str, Any]]:
        """Bots' messages at the place, none where there is no such thread (yet)."""
        if place.thread_ts is None:
            return await self._roots(place.channel, after)
        try:
            replies = await self._client.conversations_replies(
                channel=place.channel, ts=place.thread_ts, oldest=after or place.thread_ts, limit=_THREAD_SEEN
            )
        except SlackApiError as error:
            if refusal(error)[0] != "thread_not_found":
                raise
            return []
        return _by_bots(replies)

    async def _roots(self, channel: str, after: str | None) -> list[dict[str, Any]]:
        """Bots' newest root messages; where it is known after which ts ours must be, all since then."""
        if after is None:
            return _by_bots(await self._client.conversations_history(channel=channel, limit=_SEEN))
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._client.conversations_history(
                channel=channel, oldest=after, limit=_THREAD_SEEN, cursor=cursor
            )
            found += _by_bots(page)
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return found
        raise SlackUnreachable(f"conversations.history: more than {_PAGES} pages since {after}")

    def _wait_s(self, method: str, error: Exception, attempt: int, *, unsure: bool = False) -> float:
        """How long to wait before the next try. Raises SlackError where there is none."""
        code, status = refusal(error)
        log.warning("slack %s failed: %s", method, code or status or type(error).__name__)
        if isinstance(error, SlackApiError) and status < 500 and code not in (*RATE_LIMITED, *SERVER_FAULTS):
            raise SlackRefused(method, code or "no_answer", unsure=unsure) from None
        is_last = attempt + 1 == self._tries
        wait_s = retry_after_s(error) if code in RATE_LIMITED else self._backoff_s * 2.0**attempt
        if is_last or wait_s > _LONGEST_WAIT_S:
            raise SlackUnreachable(f"{method}: {code or status or type(error).__name__}") from error
        return wait_s


def refusal(error: Exception) -> tuple[str, int]:
    """Slack's error code and the HTTP status, as far as there are any; ("", 0) without an answer.

    The SDK puts its own response into the error, or aiohttp's where the body was no JSON.
    """
    response = getattr(error, "response", None)
    if isinstance(response, AsyncSlackResponse):
        data = response.data if isinstance(response.data, dict) else {}
        return str(data.get("error") or ""), response.status_code
    return "", getattr(response, "status", 0)


def _by_bots(response: AsyncSlackResponse) -> list[dict[str, Any]]:
    return [found for found in response.get("messages") or [] if found.get("bot_id")]


def _block_ids(message: dict[str, Any]) -> list[str]:
    return [str(block.get("block_id")) for block in message.get("blocks") or ()]


def _names(message: dict[str, Any]) -> list[str]:
    """The ids of a message's blocks, and of the tasks in them."""
    tasks = [task for block in message.get("blocks") or () for task in (block, *block.get("tasks", ()))]
    return [*_block_ids(message), *(str(task.get("task_id")) for task in tasks)]


def _had_no_effect(error: Exception) -> bool:
    """Whether the call surely did nothing: it never left us, or Slack turned it away."""
    return isinstance(error, aiohttp.ClientConnectorError) or refusal(error)[0] in RATE_LIMITED


def _pause_s(error: SlackApiError) -> float | None:
    """How long Slack asks to wait before more is said in a channel; None where that isn't what it says."""
    return retry_after_s(error) if refusal(error)[0] in RATE_LIMITED else None


def retry_after_s(error: Exception) -> float:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return float(headers.get("Retry-After", 1))
    except ValueError:
        return 1.0
