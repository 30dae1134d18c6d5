"""Postgres's side of a query: a few sessions side by side, replaced where they break."""

import asyncio
from collections.abc import Coroutine

from db.catalog.errors import CatalogUnavailable, QueryTimeout
from db.catalog.postgres.session import Job, Lost, Session
from db.catalog.rows import Fetched


class PostgresRunner:
    """Opens sessions as they are needed, up to the limit."""

    def __init__(self, job: Job) -> None:
        self._job = job
        # A place is a session, or None where one has yet to be opened; the last used is the first taken.
        self._places: asyncio.LifoQueue[Session | None] = asyncio.LifoQueue()
        for _ in range(job.limits.connections):
            self._places.put_nowait(None)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def fetch(self, sql: str) -> Fetched:
        """As Runner says."""
        if self._closed:
            raise CatalogUnavailable("The catalogue is closed.")
        try:
            async with asyncio.timeout(self._job.limits.wait_s):
                session = await self._places.get()
        except TimeoutError:
            raise QueryTimeout("The catalogue is busy with other queries; run this one again.") from None
        try:
            old, session = session, None
            session = await self._begun(old)
            return await session.ask(sql)
        finally:
            self._give_back(session)

    async def close(self) -> None:
        """Waits for the running queries, which their deadlines bound, then closes every session."""
        self._closed = True
        for session in [await self._places.get() for _ in range(self._job.limits.connections)]:
            self._dismiss(session)
            self._places.put_nowait(None)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _begun(self, session: Session | None) -> Session:
        """A session with a transaction open: a new one where there was none, or where it broke unseen."""
        if session is None:
            return await Session.open(self._job)
        try:
            await session.begin()
        except Lost:
            self._dismiss(session)
            return await Session.open(self._job)
        except BaseException:
            self._dismiss(session)
            raise
        return session

    def _give_back(self, session: Session | None) -> None:
        if session is not None and not session.is_fit:
            self._dismiss(session)
            session = None
        self._places.put_nowait(session)

    def _dismiss(self, session: Session | None) -> None:
        if session is not None:
            self._keep(session.drop())

    def _keep(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
