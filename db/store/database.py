"""The store's connections: readers side by side, writers one after the other."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db.redact import redacted
from db.store.driver import StoreConnection
from db.store.errors import StoreUnavailable

WAIT_S: Final = 10.0
"""The longest wait for another writer, in this process or in another one."""
_READERS: Final = 4
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={WAIT_S * 1000:.0f}", "foreign_keys=ON")

# What the engine says, and what to do about it.
_REMEDIES: Final = (
    ("unable to open", "cannot be opened; check that the folder in STORE_URL exists and may be written"),
    ("readonly", "cannot be written; check the rights of the file and of its folder"),
    ("disk is full", "cannot be written: the disk is full; make room and ask again"),
    ("not a database", "is not a database; move the file away, or point STORE_URL at another one"),
    ("malformed", "is damaged; restore it from a backup, or move the file away to begin anew"),
    ("locked", "is locked by another program; stop that program, or wait and ask again"),
    ("disk i/o", "cannot be read or written: the disk fails; look at the disk"),
)


class Database:
    """Two engines on one database. Writes queue up first come, first served: they never collide in this process."""

    def __init__(
        self, readers: AsyncEngine, writer: AsyncEngine, path: Path, threads: list[Thread], wait_s: float
    ) -> None:
        self.path: Final = path
        self._readers = readers
        self._writer = writer
        self._name = path.name
        self._threads = threads
        self._writing = asyncio.Lock()
        self._moved_at = 0.0
        self._wait_s = wait_s

    @classmethod
    def at(cls, url: str, *, wait_s: float = WAIT_S) -> "Database":
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
        with _Explained(self._name):
            async with self._readers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection inside one transaction, committed at the end. Raises StoreUnavailable."""
        await self._take_turn()
        try:
            with _Explained(self._name):
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
                    raise StoreUnavailable(f"The store {self._name} is busy; ask again in a minute.")
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
            if connection.dialect.name == "sqlite":
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()
        # A connection given up on, as after a cancelled write, closes by itself; it needs this loop to say so.
        for thread in self._threads:
            if thread.is_alive():
                await asyncio.to_thread(thread.join, WAIT_S)


class _Explained:
    """Turns the engine's errors into StoreUnavailable; a broken constraint stays what it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
            raise unavailable(self._name, error.orig or error) from error
        if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
            raise unavailable(self._name, error) from error


def unavailable(name: str, error: BaseException) -> StoreUnavailable:
    """The engine's error as a sentence that says what to do."""
    text = str(error).lower()
    remedy = next((remedy for sign, remedy in _REMEDIES if sign in text), f"failed ({error})")
    return StoreUnavailable(f"The store {name} {remedy}.")


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("?")
    if parsed.drivername not in {"sqlite", "sqlite+aiosqlite"} or parsed.database in {None, "", ":memory:"}:
        raise StoreUnavailable("STORE_URL must name a file: sqlite:///folder/store.db or sqlite:////absolute/store.db.")
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
        json_serializer=_json,
        **pool,
    )
    # Whatever is written down passes here: a token in a question, or in a model's answer, is kept by nobody.
    event.listen(engine.sync_engine, "before_cursor_execute", _without_secrets, retval=True)
    return engine


def _without_secrets(
    _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, is_many: bool
) -> tuple[str, Any]:
    return statement, [_hidden(each) for each in parameters] if is_many else _hidden(parameters)


def _hidden(parameters: Any) -> Any:
    if isinstance(parameters, Mapping):
        return {name: redacted(value) if isinstance(value, str) else value for name, value in parameters.items()}
    return tuple(redacted(value) if isinstance(value, str) else value for value in parameters)


def _json(value: object) -> str:
    # Half a character (a lone surrogate) is legal in JSON from outside, but no database stores it.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace").decode()
