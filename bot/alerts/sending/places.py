"""Where a letter goes: its channel, or the direct one with a person, and the thread in it."""

from bot.alerts.sending.courier import Courier
from bot.alerts.sending.verdicts import Outcome
from bot.wire import Place
from db.store.alerts.outbox import Outbox
from db.store.alerts.records import Posting


class Places:
    """Keeps the direct channels that it has opened."""

    def __init__(self, outbox: Outbox, courier: Courier) -> None:
        self._outbox = outbox
        self._courier = courier
        self._direct: dict[str, str] = {}

    async def of(self, posting: Posting) -> Place | Outcome:
        """An outcome where there is no such place, or it can't be had now. Raises StoreUnavailable."""
        if posting.depends_on is None:
            return await self._channel(posting)
        root = await self._outbox.by_id(posting.depends_on)
        if root is None or root.conversation is None or root.ts is None:
            return Outcome("gone", "no_root")
        return Place(root.conversation, root.ts)

    async def _channel(self, posting: Posting) -> Place | Outcome:
        if posting.conversation is not None:
            return Place(posting.conversation)
        channel = self._direct.get(posting.channel) or await self._courier.open(posting.channel)
        if isinstance(channel, Outcome):
            return channel
        self._direct[posting.channel] = channel
        return Place(channel)
