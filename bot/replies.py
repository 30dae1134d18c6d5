"""The one door to Slack for answers: never twice, never silent."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agent.answer import Answer, Ask, ThreadKey
from agent.chart import Chart
from bot.messages.answer import MARK, Message, block_id, quote_message, render
from bot.messages.chart import chart_block
from bot.messages.gate import gated
from bot.messages.plain_answer import plain_messages
from bot.wire import Place, SlackError, SlackRefused, SlackUnreachable, Wire
from db.catalog.meaning import Language
from db.store.preferences import Preferences

log = logging.getLogger(__name__)

# There is no place for a message, in whatever form: the bot has left the channel, or the thread has been deleted.
_NO_PLACE: Final = frozenset({"not_in_channel", "channel_not_found", "is_archived", "cannot_reply_to_message"})
_CLOCKS_APART: Final = timedelta(minutes=10)  # so far our clock may be off Slack's
_LOST: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say an answer; `has_charts`: with a block for its chart."""

    messages: tuple[Message, ...]
    has_charts: bool


class Replies:
    """Posts answers and apologies. `proxy` is for response URLs; the Web API's client has its own.

    Answers may link to `link_hosts` alone.
    """

    def __init__(
        self,
        wire: Wire,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        link_hosts: Collection[str] = (),
    ) -> None:
        self._wire = wire
        self._link_hosts = link_hosts
        self._session = session
        self._proxy = proxy
        self._has_charts = True

    async def finish(
        self,
        ask: Ask,
        answer: Answer,
        *,
        preferences: Preferences = Preferences(),
        response_url: str | None = None,
        replaces: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """Sends the answer to the ask's thread, or to the response URL of a slash command.

        `replaces` are the ts of an earlier reply's messages: they are
        overwritten one by one, and those that are left over deleted. Returns
        the ts of the messages, none for a response URL. Where Slack refuses
        the blocks, the answer goes without the newest kinds of them, else as
        plain text. Raises SlackError when nothing could be said at all.
        """
        for form in self._forms(answer, preferences, is_private=response_url is not None):
            try:
                sent = await self._send(ask, form.messages, response_url, replaces)
                self._learn(answer, form)
                return sent
            except SlackRefused as refused:
                if refused.code in _NO_PLACE:
                    raise
                log.warning("turn %s: slack refused the blocks (%s); sending simpler ones", ask.turn_id, refused.code)
        return await self._send(ask, plain_messages(answer, preferences), response_url, replaces)

    def draws(self, chart: Chart) -> bool:
        """Whether Slack draws the chart itself, as a block of the message."""
        return self._has_charts and chart_block(chart) is not None

    def draw_no_more(self) -> None:
        """Slack has turned down a block of a chart: it is an older one."""
        log.warning("slack has no charts of its own; they are drawn as pictures from now on")
        self._has_charts = False

    def _forms(self, answer: Answer, preferences: Preferences, *, is_private: bool) -> Iterator[_Form]:
        """The answer in blocks, the newest kinds first, each way once."""
        made: list[Message] = []
        for has_charts, is_paged in ((self._has_charts, True), (False, True), (False, False)):
            message = render(
                answer, self._link_hosts, preferences, is_private=is_private, is_paged=is_paged, has_charts=has_charts
            )
            if message not in made:
                made.append(message)
                yield _Form((message,), has_charts)

    def _learn(self, answer: Answer, form: _Form) -> None:
        """A Slack that takes the message without its chart has no charts: others are pictures from now on."""
        if answer.chart is not None and self.draws(answer.chart) and not form.has_charts:
            self.draw_no_more()

    async def apologise(
        self, ask: Ask, message: Message, *, response_url: str | None = None, replaces: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Sends a sentence instead of an answer, in the same way. Never raises: what cannot be said is logged."""
        try:
            return await self._send(ask, (message,), response_url, replaces)
        except SlackError as error:
            log.error("turn %s: nothing could be said at all: %s", ask.turn_id, error)
            return ()

    async def is_in(self, thread: ThreadKey) -> bool:
        """Whether Slack shows an answer or an apology of ours in the thread; False where it cannot be asked."""
        try:
            return await self._wire.is_in(thread.channel, thread.thread_ts, MARK)
        except SlackError as error:
            log.error("nobody can tell whether a message is for the bot: %s", error)
            return False

    async def holds(self, place: Place, mark: str) -> bool:
        """Whether a message of ours in the thread has a block whose id begins with `mark`. Raises SlackError."""
        return place.thread_ts is not None and await self._wire.is_in(place.channel, place.thread_ts, mark)

    async def open_thread(self, ask: Ask, language: Language) -> str | None:
        """Posts a slash command's question as a root message and returns its ts; None where the bot cannot post."""
        message = quote_message(ask.user, ask.text, language, ask.turn_id)
        try:
            return await self._wire.post(Place(ask.thread.channel), message, block_id(ask.turn_id))
        except SlackError as error:
            log.info("turn %s: no root message in the channel: %s", ask.turn_id, error)
            return None

    async def show_question(self, ask: Ask, language: Language) -> bool:
        """Posts a question that was asked by a form into its thread; False where the bot cannot post."""
        asked = quote_message(ask.user, ask.text, language, ask.turn_id)
        mark = f"asked:{ask.turn_id}"  # not the answer's, which is looked for in the same thread
        message = Message(asked.text, tuple({**block, "block_id": mark} for block in asked.blocks))
        try:
            await self._wire.post(Place(ask.thread.channel, ask.thread.thread_ts), message, mark)
        except SlackError as error:
            log.info("turn %s: no question in the thread: %s", ask.turn_id, error)
            return False
        return True

    async def announce(self, channel: str, message: Message, mark: str, tried_at: datetime | None) -> str:
        """Posts a root message that nobody asked for and returns its ts. Raises SlackError.

        `tried_at`: when it was first tried to be posted, where nobody knows
        with what success; a message since then with the block id `mark` is it.
        """
        after = None if tried_at is None else f"{(tried_at - _CLOCKS_APART).timestamp():.6f}"
        return await self._wire.post(Place(channel), message, mark, after, is_repeat=tried_at is not None)

    async def append(self, place: Place, message: Message, mark: str) -> str:
        """Posts a message in a thread and returns its ts; `mark` is the id of a block of it. Raises SlackError."""
        return await self._wire.post(place, message, mark, place.thread_ts)

    async def respond(self, response_url: str, message: Message) -> None:
        """Sends a message only the user of a slash command, or of a button, sees. Raises SlackError."""
        client = AsyncWebhookClient(response_url, session=self._session)
        client.proxy = self._proxy
        try:
            response = await client.send(
                text=message.text,
                blocks=message.blocks or None,
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable("response_url") from error
        if response.status_code != 200:
            raise SlackRefused("response_url", response.body[:100])

    async def whisper(self, place: Place, user: str, message: Message, response_url: str | None = None) -> None:
        """Shows a message to one person, by the response URL of their click where Slack takes it in no other way.

        Never raises: what cannot be said is logged.
        """
        try:
            try:
                await self._wire.whisper(place, user, message)
            except SlackRefused:
                if response_url is None:
                    raise
                await self.respond(response_url, message)
        except SlackError as error:
            log.error("a word to one person could not be said: %s", error)

    async def link_to(self, channel: str, ts: str) -> str | None:
        """The address of a message; None where Slack does not tell it."""
        try:
            return await self._wire.link_to(channel, ts) or None
        except SlackError as error:
            log.warning("a message has no link: %s", error)
            return None

    async def open_form(self, trigger_id: str, view: dict[str, Any]) -> bool:
        """Opens a modal. False where it did not open, or nobody can tell."""
        try:
            await self._wire.open_view(trigger_id, gated(view))
        except SlackError as error:
            log.warning("a form did not open: %s", error)
            return False
        return True

    async def open_window(self, trigger_id: str, view: dict[str, Any]) -> str | None:
        """Opens a modal to be filled later, and returns its id; None where it did not open, or its id is not told."""
        try:
            return await self._wire.open_view(trigger_id, gated(view))
        except SlackError as error:
            log.warning("a window did not open: %s", error)
            return None

    async def fill_window(self, view_id: str, view: dict[str, Any]) -> None:
        """Puts a view into an open window. Never raises: who has closed it meanwhile does not miss it."""
        try:
            await self._wire.update_view(view_id, gated(view))
        except SlackError as error:
            log.warning("a window could not be filled: %s", error)

    async def publish_home(self, user: str, view: dict[str, Any], seen: str | None = None) -> None:
        """Shows somebody their Home. Never raises: where another one took the place of what was `seen`, that stands."""
        try:
            await self._wire.publish_home(user, gated(view), seen)
        except SlackError as error:
            log.warning("a home could not be shown: %s", error)

    async def revise(self, place: Place, ts: str, message: Message) -> None:
        """Puts a message in the place of one of ours. Never raises: what cannot be changed is logged."""
        try:
            await self._wire.update(place, ts, message)
        except SlackError as error:
            log.warning("the message %s could not be changed: %s", ts, error)

    async def retract(self, channel: str, ts: str) -> None:
        """Deletes a reply of ours. Never raises: what cannot be deleted is logged."""
        try:
            await self._wire.delete(channel, ts)
        except SlackError as error:
            log.warning("the reply %s could not be deleted: %s", ts, error)

    async def _send(
        self, ask: Ask, messages: tuple[Message, ...], response_url: str | None, replaces: Sequence[str]
    ) -> tuple[str, ...]:
        if response_url is not None:
            for message in messages:
                await self.respond(response_url, message)
            return ()
        earlier = dict(enumerate(replaces, start=1))
        sent = [await self._put(ask, messages[0], 1, earlier.get(1))]
        for part, message in enumerate(messages[1:], start=2):
            if (ts := await self._add(ask, message, part, earlier.get(part))) is not None:
                sent.append(ts)
        for spare in replaces:
            if spare not in sent:
                await self.retract(ask.thread.channel, spare)
        return tuple(sent)

    async def _add(self, ask: Ask, message: Message, part: int, replaces: str | None) -> str | None:
        """A further part of an answer; the first one stands already, so that a failure here is only logged."""
        try:
            try:
                return await self._put(ask, message, part, replaces)
            except SlackRefused:
                return await self._put(ask, Message(message.text), part, replaces)
        except SlackError as error:
            log.error("turn %s: part %d could not be said: %s", ask.turn_id, part, error)
            return None

    async def _put(self, ask: Ask, message: Message, part: int, replaces: str | None) -> str:
        """Overwrites an earlier message where there is one; else posts it as the asking message's answer."""
        place = Place(ask.thread.channel, ask.thread.thread_ts)
        if replaces is not None:
            try:
                await self._wire.update(place, replaces, message)
                return replaces
            except SlackRefused as refused:
                if refused.code not in _LOST:
                    raise
        return await self._wire.post(place, message, block_id(ask.turn_id, part), ask.ts or place.thread_ts)
