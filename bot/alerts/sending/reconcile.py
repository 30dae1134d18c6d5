"""Letters of which nobody knows whether they stand: looked for, then settled."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.alerts.sending.history import History
from bot.alerts.sending.verdicts import Outcome
from db.store.alerts.outbox import Outbox
from db.store.alerts.outbox_records import LEASE
from db.store.alerts.records import Posting

log = logging.getLogger(__name__)

DEADLINE: Final = timedelta(minutes=15)
"""After this an alert that can't be looked for is said again: a repeat is better than a loss."""
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=1)
_GIVEN_UP: Final = timedelta(days=1)
_PATIENCE: Final = timedelta(minutes=5)
"""A digest is never said twice: it is believed to be lost only after this."""


@dataclass(frozen=True, slots=True)
class Reconciler:
    outbox: Outbox
    history: History
    clock: Callable[[], datetime]

    async def settle(self, posting: Posting) -> None:
        """Looks for a letter that was claimed as unknown. Raises StoreUnavailable; its claim then ends by itself."""
        tried_at = posting.created_at if posting.lease_until is None else posting.lease_until - LEASE
        age = self.clock() - tried_at
        is_digest = posting.kind == "digest"
        copies = await self.history.copies(posting)
        now = self.clock()
        if isinstance(copies, Outcome):
            await self._unread(posting, copies, max(age, timedelta()))
        elif copies:
            log.info("letter %s stands: %s", posting.outbox_id, copies[0].ts)
            await self.outbox.found(posting, copies[0].channel, [copy.ts for copy in copies], now)
        elif is_digest and timedelta() <= age < _PATIENCE:
            await self.outbox.unread(posting, now, _PATIENCE - age, "not_there_yet")
        else:
            log.info("letter %s does not stand and is sent again", posting.outbox_id)
            await self.outbox.again(posting, now)

    async def _unread(self, posting: Posting, why: Outcome, age: timedelta) -> None:
        now = self.clock()
        log.warning("letter %s could not be looked for: %s", posting.outbox_id, why.code)
        if posting.kind != "digest" and age >= DEADLINE:
            log.warning("letter %s is sent again, though it may stand", posting.outbox_id)
            await self.outbox.again(posting, now, is_repeat=True)
        elif age >= _GIVEN_UP:
            log.error("letter %s is given up: nobody knows whether it stands", posting.outbox_id)
            await self.outbox.forget(posting, now, why.code)
        else:
            await self.outbox.unread(posting, now, _wait(posting, why, age), why.code)


def _wait(posting: Posting, why: Outcome, age: timedelta) -> timedelta:
    """Twice as long each time, not beyond the deadline, nor before Slack takes calls again."""
    wait = min(max(age, _FIRST_WAIT), _LONGEST_WAIT)
    if posting.kind != "digest":
        wait = min(wait, max(DEADLINE - age, timedelta(seconds=1)))
    return max(wait, timedelta(seconds=why.wait_s))
