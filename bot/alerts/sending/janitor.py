"""Second copies of a letter: found, and taken away."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.alerts.sending.courier import Courier
from bot.alerts.sending.history import Copy, History
from bot.alerts.sending.verdicts import Outcome
from db.store.alerts.outbox import Outbox
from db.store.alerts.records import Posting

log = logging.getLogger(__name__)

LAST_LOOK: Final = timedelta(minutes=10)
"""After a message was sent; what lands later than this nobody looks for."""
_AGAIN: Final = timedelta(minutes=1)
_GIVEN_UP: Final = timedelta(days=1)
_FINE: Final = ("sent", "gone")


@dataclass(frozen=True, slots=True)
class Janitor:
    outbox: Outbox
    history: History
    courier: Courier
    clock: Callable[[], datetime]

    async def sweep(self, posting: Posting) -> None:
        """Leaves one copy of a letter. Raises StoreUnavailable; its claim then ends by itself."""
        copies = await self.history.copies(posting)
        age = self.clock() - (posting.sent_at or posting.created_at)
        if isinstance(copies, Outcome):
            log.warning("copies of letter %s could not be looked for: %s", posting.outbox_id, copies.code)
            await self.outbox.swept(posting, self.clock(), (), _next(age, is_clean=False))
            return
        # The earliest of those that are alike: below another one somebody may have written.
        copies = tuple(sorted(copies, key=lambda copy: not copy.has_replies))
        gone = [await self._delete(posting, copy) for copy in copies[1:]]
        seen = [copy.ts for copy in copies]
        await self.outbox.swept(posting, self.clock(), seen, _next(age, is_clean=all(gone)))

    async def _delete(self, posting: Posting, copy: Copy) -> bool:
        outcome = await self.courier.delete(copy.channel, copy.ts)
        log.info("letter %s: its copy %s was taken away: %s", posting.outbox_id, copy.ts, outcome.code or outcome.kind)
        return outcome.kind in _FINE


def _next(age: timedelta, *, is_clean: bool) -> timedelta | None:
    """Until the next look; after one that came to nothing it is twice as long each time."""
    if age >= _GIVEN_UP or (is_clean and age >= LAST_LOOK):
        return None
    return LAST_LOOK - age if is_clean and age >= timedelta() else max(_AGAIN, age)
