"""A file as the store's database: readers side by side, writers one after the other."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db.store.database import WAIT_S, Database, as_json, strike_secrets
from db.store.driver import StoreConnection
from db.store.errors import StoreUnavailable
from db.store.lock import explained, hold

_READERS: Final = 4
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={WAIT_S * 1000:.0f}", "foreign_keys=ON")
_FORMS: Final = (
    "STORE_URL must name a file: sqlite:///folder/store.db or sqlite:////absolute/store.db;"
    " or a Postgres database: postgresql://role:password@host/database."
)


class SqliteDatabase(Database):
    """Two engines on one file. Writes queue up first come, first served: they never collide in this process."""

    def __init__(
        self, readers: AsyncEngine, writer: AsyncEngine, path: Path, threads: list[Thread], wait_s: float
    ) -> None:
        super().__init__()
        self._path = path
        self._readers = readers
        self._writer = writer
        self._threads = threads
        self._writing = asyncio.Lock()
        self._moved_at = 0.0
        self._wait_s = wait_s
        self._explained = explained(path.name)

    @classmethod
    def of(cls, url: str, wait_s: float) -> "SqliteDatabase":
        """Raises StoreUnavailable for a URL that is not supported or a folder that cannot be made."""
        parsed = _parsed(url)
        path = Path(parsed.database or "")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"The folder of the store {path.name} cannot be made ({error.strerror}); check STORE_URL."
            ) from error
        threads: list[Thread] = []
        readers = _engine(parsed, threads, pool_size=_READERS)
        writer = _engine(parsed, threads, pool_size=1, max_overflow=0)
        return cls(readers, writer, path, threads, wait_s)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which each statement stands alone. Raises StoreUnavailable."""
        with self._explained:
            async with self._readers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, line: str = "") -> AsyncIterator[AsyncConnection]:  # noqa: ARG002 - a file has one line
        """A connection inside one transaction, committed at the end. Raises StoreUnavailable."""
        await self._take_turn()
        try:
            with self._explained:
                async with self._writer.begin() as connection:
                    yield connection
            self._moved_at = asyncio.get_running_loop().time()
        finally:
            self._writing.release()

    async def _take_turn(self) -> None:
        """Waits in line: as long as need be while those before get on, and no longer than `wait_s` while nobody does.

        A crowd of two hundred questions is a long line, but no reason to turn anybody away.
        """
        now = asyncio.get_running_loop().time
        if not self._writing.locked():
            self._moved_at = now()
        turn = asyncio.ensure_future(self._writing.acquire())
        try:
            while not (await asyncio.wait({turn}, timeout=self._wait_s))[0]:
                if now() - self._moved_at >= self._wait_s:
                    raise StoreUnavailable(f"The store {self._path.name} is busy; ask again in a minute.")
        except BaseException:
            turn.add_done_callback(self._give_turn_back)
            turn.cancel()
            raise

    def _give_turn_back(self, turn: "asyncio.Future[Any]") -> None:
        if not turn.cancelled():  # it came at the very moment of the end
            self._writing.release()

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """Like `writing`, but the transaction holds DDL too, which SQLite's driver would leave outside."""
        async with self.writing() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        async with hold(self._path.with_name(f"{self._path.name}.bot")):
            yield

    async def gone(self, replicas: Iterable[int]) -> frozenset[int]:
        """Whoever serves does so alone: all but itself are gone."""
        return frozenset(replicas) - {self.replica}

    @property
    def is_shared(self) -> bool:
        return False

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()
        # A connection given up on, as after a cancelled write, closes by itself; it needs this loop to say so.
        for thread in self._threads:
            if thread.is_alive():
                await asyncio.to_thread(thread.join, WAIT_S)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("?")
    if parsed.drivername not in {"sqlite", "sqlite+aiosqlite"} or parsed.database in {None, "", ":memory:"}:
        raise StoreUnavailable(_FORMS)
    return parsed.set(drivername="sqlite+aiosqlite")


def _engine(url: URL, threads: list[Thread], **pool: Any) -> AsyncEngine:
    """Notes the thread of each connection in `threads`."""

    def connect(*_: object, **__: object) -> StoreConnection:
        connection = StoreConnection(url.database or "", _PRAGMAS, WAIT_S)
        threads[:] = [*(thread for thread in threads if thread.is_alive()), connection.thread]
        return connection

    engine = create_async_engine(
        url,
        connect_args={"async_creator_fn": connect},
        pool_timeout=WAIT_S,
        pool_reset_on_return=None,  # a reader has no transaction, and a writer ends its own
        json_serializer=as_json,
        **pool,
    )
    strike_secrets(engine)
    return engine
