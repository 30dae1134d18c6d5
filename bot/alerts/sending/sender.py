"""One letter sent: composed, posted once, and what became of it written down."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.alerts.people.sight import UnsureError
from bot.alerts.sending.courier import TIMEOUT_S, Courier
from bot.alerts.sending.dead import notices
from bot.alerts.sending.pauses import Pauses
from bot.alerts.sending.places import Places
from bot.alerts.sending.verdicts import Outcome
from bot.messages.alerts.forms import forms_of
from bot.messages.answer import Message
from bot.wire import Place
from db.store.alerts.outbox import Outbox
from db.store.alerts.outbox_records import LEASE
from db.store.alerts.records import Posting
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

APP_PAUSE_S: Final = 60.0
"""So often Slack is asked whether it takes the bot's token again."""
_SPARE_S: Final = 5.0
_NOT_SENT: Final = timedelta(seconds=30)


class Composes(Protocol):
    async def compose(self, posting: Posting) -> Message | None:
        """What the letter says now; None where there is nothing more to say. Raises UnsureError for a while."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What sending and editing stand on. `clock` tells UTC, `monotonic` seconds; `admins` are told of what is dead."""

    outbox: Outbox
    courier: Courier
    places: Places
    pauses: Pauses
    composer: Composes
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    admins: Sequence[str] = ()


class Sender:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._outbox = tools.outbox

    async def send(self, posting: Posting, since: float) -> None:
        """Sends a letter that was claimed at `since` (monotonic), in one call, or more where Slack refuses its blocks.

        Whatever is raised, the letter is not lost: it is back in the outbox, or what may stand is looked for.
        """
        ready = await self._ready(posting)
        if ready is None:
            return
        place, message = ready
        try:
            outcome = await self._post(posting, place, message, since)
        except BaseException as error:
            with suppress(StoreUnavailable):  # then its lease ends by itself
                await self._outbox.unsure(posting, self._tools.clock(), type(error).__name__)
            raise
        await self._settle(posting, place, outcome)

    async def _ready(self, posting: Posting) -> tuple[Place, Message] | None:
        """Where it goes and what it says; None where that is settled otherwise."""
        try:
            place = await self._tools.places.of(posting)
            message = None if isinstance(place, Outcome) else await self._tools.composer.compose(posting)
        except UnsureError as error:
            log.warning("letter %s waits: %s", posting.outbox_id, error)
            await self._outbox.later(posting, self._tools.clock(), _NOT_SENT, "not_sure")
            return None
        except BaseException:
            with suppress(StoreUnavailable):
                await self._outbox.later(posting, self._tools.clock(), _NOT_SENT, "not_composed")
            raise
        if isinstance(place, Outcome):
            await self._settle(posting, None, place)
            return None
        if message is None:
            await self._outbox.drop(posting, self._tools.clock())
            return None
        return place, message

    async def _post(self, posting: Posting, place: Place, message: Message, since: float) -> Outcome:
        outcome = Outcome("held", "lease_too_short", wait_s=_NOT_SENT.total_seconds())
        for form in forms_of(message):
            if not self._has_time(since):
                return outcome
            self._tools.pauses.posts(posting.channel)
            outcome = await self._tools.courier.post(place, form, posting.outbox_id)
            if outcome.kind != "content" or not form.blocks:
                return outcome
            log.warning(
                "letter %s: slack refuses its blocks (%s); it goes in a plainer form", posting.outbox_id, outcome.code
            )
        return outcome

    def _has_time(self, since: float) -> bool:
        """Whether a call ends within the lease, whatever the clocks say."""
        return self._tools.monotonic() - since <= LEASE.total_seconds() - TIMEOUT_S - _SPARE_S

    async def _settle(self, posting: Posting, place: Place | None, outcome: Outcome) -> None:
        now, pauses = self._tools.clock(), self._tools.pauses
        if outcome.kind not in ("unreached", "unknown"):
            pauses.answered()
        match outcome.kind:
            case "sent" if place is not None:
                if not await self._outbox.sent(posting, place.channel, outcome.ts, now):
                    log.warning("letter %s was sent twice; one copy will be taken away", posting.outbox_id)
            case "paced" | "held" | "unreached" | "app":
                await self._outbox.later(posting, now, timedelta(seconds=self._wait_s(posting, outcome)), outcome.code)
            case "gone":
                await self._outbox.drop(posting, now, outcome.code)
            case "channel" | "content" | "dead":
                await self._bury(posting, outcome, now)
            case _:
                log.warning("letter %s may stand: %s", posting.outbox_id, outcome.code)
                await self._outbox.unsure(posting, now, outcome.code)

    def _wait_s(self, posting: Posting, outcome: Outcome) -> float:
        pauses = self._tools.pauses
        if outcome.kind == "unreached":
            return pauses.missed()
        if outcome.kind == "app":
            log.error("slack turns the bot away (%s): letters wait for a token that it takes", outcome.code)
            pauses.stop(APP_PAUSE_S)
            return APP_PAUSE_S
        if outcome.kind == "paced":
            pauses.told(posting.channel, outcome.wait_s)
        return outcome.wait_s

    async def _bury(self, posting: Posting, outcome: Outcome, now: datetime) -> None:
        log.error("letter %s for %s is dead: %s", posting.outbox_id, posting.channel, outcome.code)
        told = notices(posting, outcome.code, self._tools.admins, now)
        is_of_channel = outcome.kind == "channel"
        await self._outbox.refuse(posting, now, outcome.code, is_of_channel=is_of_channel, notices=told)
