"""Admins are told when alerting stands still, and when it goes on: by its own letters, or past them."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.alerts.watching.health import DELIVERY, STORE, Health, Trouble
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.notice import notice
from bot.messages.answer import Message
from bot.wire import SlackError
from db.store.alerts.outbox import Outbox
from db.store.alerts.records import Letter
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

Announce: TypeAlias = Callable[[str, Message, str, datetime | None], Awaitable[str]]
"""`Replies.announce`: whom, what, the mark it is found again by, the time of an earlier try."""

_PAST_THE_OUTBOX: Final = (DELIVERY, STORE)
"""What no letter would tell of, since letters stand still themselves."""


class Alarm:
    """What is told is remembered by the store, or, of the store itself, as long as this process runs."""

    def __init__(
        self,
        health: Health,
        outbox: Outbox,
        announce: Announce,
        admins: Sequence[str],
        voice: Callable[[], Voice],
        clock: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._health = health
        self._outbox = outbox
        self._announce = announce
        self._admins = admins
        self._voice = voice
        self._clock = clock
        self._wake = wake
        self._standing: dict[str, Trouble] = {}

    async def tick(self) -> None:
        """Tells what is new. Raises StoreUnavailable where that cannot be written down; the next tick tells it."""
        now = {trouble.what: trouble for trouble in await self._health.troubles()}
        for what, trouble in now.items():
            if what not in self._standing:
                log.error("alerting stands still", extra={"what": what, "since": str(trouble.since)})
                await self._tell("standstill", trouble)
                self._standing[what] = trouble
        for what in [what for what in self._standing if what not in now and STORE not in now]:
            log.info("alerting goes on", extra={"what": what})
            await self._tell("recovered", self._standing[what])
            del self._standing[what]

    async def _tell(self, kind: str, trouble: Trouble) -> None:
        since = trouble.since.isoformat() if trouble.since else None
        payload = {"notice": kind, "what": trouble.what, "since": since, "error": trouble.error}
        if kind == "standstill" and trouble.what in _PAST_THE_OUTBOX:
            await self._tell_directly(payload)
            return
        key = f"notice:{kind}:{trouble.what}:{since}"[:180]
        letters = [Letter(f"{key}:{admin}", "notice", admin, payload=payload) for admin in self._admins]
        try:
            await self._outbox.put(letters, self._clock())
        except StoreUnavailable as error:
            log.error("nobody is told of what stands still: %s", error)
            raise
        self._wake()

    async def _tell_directly(self, payload: dict[str, Any]) -> None:
        message = notice(payload, self._voice())
        if message is None:
            return
        mark = f"notice:{payload['what']}:{payload['since']}"[:200]
        marked = Message(message.text, ({**message.blocks[0], "block_id": mark}, *message.blocks[1:]))
        for admin in self._admins:
            try:
                await self._announce(admin, marked, mark, None)
            except SlackError as error:
                log.error("an admin is not told that alerting stands still: %s", error)
