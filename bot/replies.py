"""The one door to Slack for answers: never twice, never silent."""

import logging
from typing import Final

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agent.answer import Answer, Ask
from agent.llm.protocol import Language
from bot.messages.answer import Message, block_id, plain_messages, quote_message, render
from bot.messages.notes import apology
from bot.wire import Place, SlackError, SlackRefused, SlackUnreachable, Wire

log = logging.getLogger(__name__)

NO_MEMBER: Final = frozenset({"not_in_channel", "channel_not_found", "is_archived"})
_LOST: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class Replies:
    """Posts answers and apologies. `proxy` is for response URLs; the Web API's client has its own."""

    def __init__(self, wire: Wire, session: aiohttp.ClientSession, proxy: str | None = None) -> None:
        self._wire = wire
        self._session = session
        self._proxy = proxy

    async def finish(
        self, ask: Ask, answer: Answer, *, response_url: str | None = None, replaces: str | None = None
    ) -> str | None:
        """Sends the answer to the ask's thread, or to the response URL of a slash command.

        `replaces` is the ts of an earlier reply to be overwritten. Returns the
        ts of the (first) message, or None where Slack gave none. Where Slack
        refuses the blocks, the answer goes as plain text. Raises SlackError
        when nothing could be said at all.
        """
        messages = render(answer)
        try:
            return await self._send(ask, messages, response_url, replaces)
        except SlackRefused as refused:
            if refused.code in NO_MEMBER:
                raise
            log.warning("turn %s: slack refused the blocks (%s); sending text", ask.turn_id, refused.code)
            return await self._send(ask, plain_messages(answer), response_url, replaces)

    async def apologise(
        self, ask: Ask, code: str, language: Language, *, response_url: str | None = None, replaces: str | None = None
    ) -> str | None:
        """Says in a sentence why there is no answer and what to do. Never raises: what cannot be said is logged."""
        try:
            return await self._send(ask, (apology(code, language, ask.turn_id),), response_url, replaces)
        except SlackError as error:
            log.error("turn %s: nothing could be said about %s: %s", ask.turn_id, code, error)
            return None

    async def open_thread(self, ask: Ask, language: Language) -> str | None:
        """Posts a slash command's question as a root message and returns its ts; None where the bot cannot post."""
        message = quote_message(ask.user, ask.text, language, ask.turn_id)
        try:
            return await self._wire.post(Place(ask.thread.channel), message, block_id(ask.turn_id))
        except SlackError as error:
            log.info("turn %s: no root message in the channel: %s", ask.turn_id, error)
            return None

    async def respond(self, response_url: str, message: Message) -> None:
        """Sends a message only the slash command's user sees. Raises SlackError."""
        client = AsyncWebhookClient(response_url, session=self._session)
        client.proxy = self._proxy
        try:
            response = await client.send(text=message.text, blocks=message.blocks or None, response_type="ephemeral")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable("response_url") from error
        if response.status_code != 200:
            raise SlackRefused("response_url", response.body[:100])

    async def retract(self, channel: str, ts: str) -> None:
        """Deletes a reply of ours. Never raises: what cannot be deleted is logged."""
        try:
            await self._wire.delete(channel, ts)
        except SlackError as error:
            log.warning("the reply %s could not be deleted: %s", ts, error)

    async def _send(
        self, ask: Ask, messages: tuple[Message, ...], response_url: str | None, replaces: str | None
    ) -> str | None:
        if response_url is not None:
            for message in messages:
                await self.respond(response_url, message)
            return None
        place = Place(ask.thread.channel, ask.thread.thread_ts)
        first = await self._put(place, messages[0], ask.turn_id, replaces)
        for at, message in enumerate(messages[1:], start=2):
            await self._add(place, message, ask.turn_id, at)
        return first

    async def _add(self, place: Place, message: Message, turn_id: str, part: int) -> None:
        """A further part of an answer; the first one stands already, so that a failure here is only logged."""
        mark = block_id(turn_id, part)
        try:
            try:
                await self._wire.post(place, message, mark)
            except SlackRefused:
                await self._wire.post(place, Message(message.text), mark)
        except SlackError as error:
            log.error("turn %s: part %d could not be said: %s", turn_id, part, error)

    async def _put(self, place: Place, message: Message, turn_id: str, replaces: str | None) -> str:
        if replaces is None:
            return await self._wire.post(place, message, block_id(turn_id))
        try:
            await self._wire.update(place, replaces, message)
            return replaces
        except SlackRefused as refused:
            if refused.code not in _LOST:
                raise
            return await self._wire.post(place, message, block_id(turn_id))
