"""Slack's agent sessions: a title for each thread, and no more "at work" once a turn was stopped."""

import asyncio
import logging
from collections import OrderedDict
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agent.answer import Ask, ThreadKey
from bot.live.stream import CALL_S, NOT_OFFERED
from bot.messages.gate import clean, inert
from bot.messages.text import clip
from bot.wire import refusal
from db.store.errors import StoreUnavailable
from db.store.turns import TurnLog

log = logging.getLogger(__name__)

TITLE_CHARS: Final = 60
"""Of the 200 that Slack takes: a list of sessions shows no more."""
_REMEMBERED: Final = 5_000
_FAILURES: Final = (SlackApiError, aiohttp.ClientError, TimeoutError)


class Sessions:
    """A session is opened by its thread's first status. Whatever fails here is logged alone: it is told nobody."""

    def __init__(self, client: AsyncWebClient, turns: TurnLog) -> None:
        self._client = client
        self._turns = turns
        self._is_offered = True
        self._named: OrderedDict[ThreadKey, None] = OrderedDict()

    async def name(self, ask: Ask) -> None:
        """Names the thread's session after the first question in it. Never raises."""
        thread = ask.thread
        if not self._is_offered or not (title := title_of(ask.text)) or not await self._is_first(ask):
            return
        try:
            async with asyncio.timeout(CALL_S):
                await self._rename(thread, title)
        except _FAILURES as error:
            self._note(ask.turn_id, error)

    async def rest(self, turn_id: str, thread: ThreadKey) -> None:
        """Says that nothing goes on in the thread any longer. Never raises."""
        if not self._is_offered:
            return
        try:
            async with asyncio.timeout(CALL_S):
                await self._client.agents_sessions_setStatus(
                    channel_id=thread.channel, thread_ts=thread.thread_ts, status="active"
                )
        except _FAILURES as error:
            self._note(turn_id, error)

    async def _rename(self, thread: ThreadKey, title: str) -> None:
        """A session that there is not is opened with its title."""
        try:
            await self._client.agents_sessions_rename(
                channel_id=thread.channel, thread_ts=thread.thread_ts, title=title
            )
        except SlackApiError as error:
            if refusal(error)[0] != "session_not_found":
                raise
            await self._client.agents_sessions_setStatus(
                channel_id=thread.channel, thread_ts=thread.thread_ts, status="processing", title=title
            )

    async def _is_first(self, ask: Ask) -> bool:
        """Whether the thread has no title of ours: it has not come up since the start, and has no earlier turn."""
        thread = ask.thread
        if thread in self._named:
            self._named.move_to_end(thread)
            return False
        self._named[thread] = None
        if len(self._named) > _REMEMBERED:
            self._named.popitem(last=False)
        if ask.ts == thread.thread_ts:
            return True
        try:
            return not await self._turns.history(thread.team, thread.channel, thread.thread_ts, 1)
        except StoreUnavailable:
            return False

    def _note(self, turn_id: str, error: Exception) -> None:
        code = refusal(error)[0]
        self._is_offered = self._is_offered and code not in NOT_OFFERED
        log.info("turn %s: no word on its session: %s", turn_id, code or type(error).__name__)


def title_of(question: str) -> str:
    """The question as a title: one line, cut at a word."""
    flat = " ".join(inert(clean(question)).split())
    if len(flat) <= TITLE_CHARS:
        return flat
    cut = flat.rfind(" ", TITLE_CHARS // 2, TITLE_CHARS)
    return clip(flat, TITLE_CHARS) if cut < 0 else f"{flat[:cut]}…"
