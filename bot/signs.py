"""Signs of life: what the asker sees within a moment, until the answer is there."""

import asyncio
import logging
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agent.answer import Ask
from agent.messages import say
from bot.tasks import Tasks
from bot.wire import refusal
from db.catalog.meaning import Language

log = logging.getLogger(__name__)

EYES: Final = "eyes"
# assistant.threads.setStatus takes 10 of them at most and shows them in turn.
LOADING: Final = ("live-loading-read", "live-loading-look", "live-loading-check", "live-loading-write")
_DEADLINE_S: Final = 3.0
_NOT_OFFERED: Final = frozenset({"unknown_method", "feature_disabled", "not_agent_app", "missing_scope", "not_allowed"})
_FAILURES: Final = (SlackApiError, aiohttp.ClientError, TimeoutError)


class Signs:
    """Shows that a question is being worked on: the thread's status, or an eyes reaction where there is none."""

    def __init__(self, client: AsyncWebClient, tasks: Tasks) -> None:
        self._client = client
        self._tasks = tasks
        self._has_status = True

    def begin(self, ask: Ask, language: Language, *, waits: bool) -> "Sign":
        """Starts to show a sign, without waiting for Slack. `waits`: another turn of the thread holds the status."""
        sign = Sign(self._client, ask)
        sign.shown = self._tasks.spawn(self._show(sign, language, waits), f"sign {ask.turn_id}")
        return sign

    async def _show(self, sign: "Sign", language: Language, waits: bool) -> None:
        try:
            async with asyncio.timeout(_DEADLINE_S):
                if waits or not self._has_status or not await self._set_status(sign, language):
                    await sign.react()
        except _FAILURES as error:
            log.warning("turn %s: no sign of life: %s", sign.ask.turn_id, refusal(error)[0] or type(error).__name__)

    async def _set_status(self, sign: "Sign", language: Language) -> bool:
        thread = sign.ask.thread
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=thread.channel,
                thread_ts=thread.thread_ts,
                status=say("live-status", language),
                loading_messages=[say(key, language) for key in LOADING],
            )
        except SlackApiError as error:
            code, _ = refusal(error)
            self._has_status = code not in _NOT_OFFERED
            log.info("no status in threads: %s", code)
            return False
        sign.has_status = True
        return True


class Sign:
    """One question's sign of life."""

    shown: asyncio.Task[None]

    def __init__(self, client: AsyncWebClient, ask: Ask) -> None:
        self.ask = ask
        self.has_status = False
        self._has_reaction = False
        self._client = client

    async def react(self) -> None:
        """Adds the eyes; a question without a message of its own (a slash command) has none."""
        if self.ask.ts is None:
            return
        self._has_reaction = True
        await self._client.reactions_add(channel=self.ask.thread.channel, name=EYES, timestamp=self.ask.ts)

    async def settle(self) -> None:
        """Waits until the sign stands, so that Slack's clearing of the status at the answer comes after it."""
        await asyncio.wait((self.shown,))

    async def end(self, *, answered: bool) -> None:
        """Takes the sign away. A message in the thread has cleared the status already. Never raises."""
        await self.settle()
        thread = self.ask.thread
        try:
            async with asyncio.timeout(_DEADLINE_S):
                if self._has_reaction and self.ask.ts is not None:
                    await self._client.reactions_remove(channel=thread.channel, name=EYES, timestamp=self.ask.ts)
                elif self.has_status and not answered:
                    await self._client.assistant_threads_setStatus(
                        channel_id=thread.channel, thread_ts=thread.thread_ts, status=""
                    )
        except _FAILURES as error:
            log.info("turn %s: the sign stays: %s", self.ask.turn_id, refusal(error)[0] or type(error).__name__)
