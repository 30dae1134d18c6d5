"""Connections to the store's server that give up on one that hangs."""

import asyncio
import os
import socket
from contextlib import suppress
from typing import Any, Final

import psycopg
from psycopg.abc import AdaptContext

from db.store.postgres.address import STATEMENT_MS, Address

_GRACE_S: Final = 2.0
"""The server stops a late statement itself; after this long the line is cut."""


class StoreSession(psycopg.AsyncConnection[Any]):
    """Waits for the server `deadline_s` at a time, at most; then the connection is broken."""

    deadline_s: float = STATEMENT_MS / 1000 + _GRACE_S

    async def wait(self, *given: Any, **more: Any) -> Any:
        """Whatever is said to the server passes here."""
        watch = asyncio.get_running_loop().call_later(self.deadline_s, self._cut)
        try:
            return await super().wait(*given, **more)
        finally:
            watch.cancel()

    def _cut(self) -> None:
        """Who waits gets psycopg's error at once, as cancelling would not."""
        with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(self.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


async def connect(address: Address, context: AdaptContext | None = None) -> StoreSession:
    """A new session; `context` says how values are written. Raises psycopg.Error."""
    # Without prepared statements: a migration beside a running bot changes what they were made for.
    return await StoreSession.connect(address.conninfo, prepare_threshold=None, context=context)
