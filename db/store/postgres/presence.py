"""Which bots serve on a store: each holds a lock that the server drops with its connection."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.postgres.address import Address
from db.store.postgres.session import StoreSession, connect
from db.store.remedies import Explained

log = logging.getLogger(__name__)

LOOK_S: Final = 2.0
"""So often a bot looks whether its lock is still held."""
GRACE_S: Final = 20.0
"""A lock that is missed this long is of a bot that is gone; one that lost its connection has it back by then."""
_AGAIN_S: Final = 1.0
_KIND: Final = 0x6D6C6F70
"""Names the locks of this kind among a database's others: "mlop"."""
_TAKE: Final = f"SELECT pg_advisory_lock({_KIND}, %s)"
_SERVING: Final = text(
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
    f" AND classid = {_KIND} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Presence:
    """One bot's lock, and what it has seen of the others'."""

    def __init__(self, address: Address, replica: int, grace_s: float = GRACE_S) -> None:
        self._address = address
        self._replica = replica
        self._grace_s = grace_s
        self._missed: dict[int, float] = {}
        self._looked_at = 0.0

    @asynccontextmanager
    async def shown(self, explained: Explained) -> AsyncIterator[None]:
        """Holds the lock while open, on a connection of its own. Raises StoreUnavailable if it cannot be had."""
        with explained:
            session = await self._taken()
        keeping = asyncio.create_task(self._keep(session))
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.wait((keeping,))
            await session.close()  # a task that is cancelled before it began does not do it itself

    async def gone(self, connection: AsyncConnection, others: frozenset[int]) -> frozenset[int]:
        """Those of `others` whose lock was missed by each look of ours, for as long as it takes to be sure."""
        alive = set((await connection.scalars(_SERVING)).all())
        now = asyncio.get_running_loop().time()
        if now - self._looked_at > self._grace_s:  # what was between is not known, as while the server was down
            self._missed = {}
        self._looked_at = now
        self._missed = {each: self._missed.get(each, now) for each in others - alive}
        return frozenset(each for each, since in self._missed.items() if now - since >= self._grace_s)

    async def _keep(self, session: StoreSession | None) -> None:
        """Takes the lock anew whenever its connection is lost."""
        while True:
            try:
                session = session or await self._taken()
                async with session:
                    while True:
                        await asyncio.sleep(LOOK_S)
                        await session.execute("SELECT 1")
            except psycopg.Error as error:
                log.warning("the lock that says that this bot serves is taken anew: %s", type(error).__name__)
            session = None
            await asyncio.sleep(_AGAIN_S)

    async def _taken(self) -> StoreSession:
        """A session that holds the lock; one of ours that the server has not given up yet is waited for."""
        session = await connect(self._address)
        try:
            await session.set_autocommit(True)
            await session.execute(_TAKE, (self._replica,))
        except BaseException:
            with suppress(psycopg.Error):
                await session.close()
            raise
        return session
