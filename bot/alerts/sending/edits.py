"""One message edited: it shows what has become of what it tells."""

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.alerts.sending.sender import APP_PAUSE_S, Tools
from bot.alerts.sending.verdicts import Outcome
from bot.messages.alerts.forms import forms_of
from bot.messages.answer import Message
from db.store.alerts.records import Posting
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_AGAIN: Final = timedelta(seconds=30)
_NOT_IN_CHANNEL: Final = timedelta(hours=1)


class Editor:
    """An edit may be made twice, so that one that may have been made is simply made again."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._outbox = tools.outbox

    async def edit(self, posting: Posting) -> None:
        """Edits a message that was claimed for it. Where it is gone, a new one takes its place."""
        try:
            message = await self._tools.composer.compose(posting)
            outcome = Outcome("sent") if message is None else await self._put(posting, message)
        except BaseException as error:
            with suppress(StoreUnavailable):  # then its claim ends by itself
                await self._outbox.edit_later(posting, self._tools.clock(), _AGAIN, type(error).__name__)
            raise
        await self._settle(posting, outcome)

    async def _put(self, posting: Posting, message: Message) -> Outcome:
        outcome = Outcome("gone", "no_ts")
        for form in forms_of(message):
            if posting.conversation is None or posting.ts is None:
                return outcome
            outcome = await self._tools.courier.edit(posting.conversation, posting.ts, form, posting.outbox_id)
            if outcome.kind != "content" or not form.blocks:
                return outcome
        return outcome

    async def _settle(self, posting: Posting, outcome: Outcome) -> None:
        now, pauses = self._tools.clock(), self._tools.pauses
        match outcome.kind:
            case "sent":
                pauses.answered()
                await self._outbox.edited(posting, now)
            case "gone":
                log.warning("the message of letter %s is gone: %s", posting.outbox_id, outcome.code)
                await self._outbox.lose(posting, now, outcome.code)
            case "content" | "dead":
                log.error("letter %s keeps what it shows: %s", posting.outbox_id, outcome.code)
                await self._outbox.edited(posting, now, outcome.code)
            case _:
                await self._outbox.edit_later(posting, now, self._wait(posting, outcome), outcome.code)

    def _wait(self, posting: Posting, outcome: Outcome) -> timedelta:
        pauses = self._tools.pauses
        match outcome.kind:
            case "paced":
                pauses.told(posting.channel, outcome.wait_s)
                return timedelta(seconds=outcome.wait_s)
            case "unreached":
                return timedelta(seconds=pauses.missed())
            case "app":
                log.error("slack turns the bot away (%s): edits wait for a token that it takes", outcome.code)
                pauses.stop(APP_PAUSE_S)
                return timedelta(seconds=APP_PAUSE_S)
            case "channel":
                return _NOT_IN_CHANNEL
            case _:
                return _AGAIN
