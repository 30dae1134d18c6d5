"""A Postgres database as the store's: readers and writers side by side, in several processes."""

import zlib
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import String, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql.compiler import SQLCompiler

from db.redact import redacted
from db.store.database import Database, as_json, strike_secrets
from db.store.postgres.address import Address
from db.store.postgres.presence import GRACE_S, Presence
from db.store.postgres.session import StoreSession, connect
from db.store.remedies import Explained, of_postgres

_CONNECTIONS: Final = 5
_MORE_IN_A_CROWD: Final = 5
_MIGRATION_S: Final = 300
_KIND: Final = 0x6D6C6F6C
"""Names the locks of this kind among a database's others: "mlol"."""
_LINE: Final = text(f"SELECT pg_advisory_xact_lock({_KIND}, :line)")
_NO_SCHEMA: Final = text("SELECT to_regnamespace(quote_ident(:schema)) IS NULL")


class PostgresDatabase(Database):
    """One pool for all. A reader's connection commits each statement by itself."""

    def __init__(self, address: Address, engine: AsyncEngine, grace_s: float) -> None:
        super().__init__()
        self._address = address
        self._engine = engine
        self._readers = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._explained = Explained(address.name, of_postgres, psycopg.Error, psycopg.IntegrityError)
        self._presence = Presence(address, self.replica, grace_s)

    @classmethod
    def of(cls, url: str, wait_s: float, grace_s: float = GRACE_S) -> "PostgresDatabase":
        """A bot counts as gone that has not been seen for `grace_s`.

        Raises StoreUnavailable for a URL that cannot be read.
        """
        address = Address.parse(url)

        async def session(*_: object, context: Any, **__: object) -> StoreSession:
            return await connect(address, context)

        engine = create_async_engine(
            "postgresql+psycopg://",
            connect_args={"async_creator_fn": session},
            pool_size=_CONNECTIONS,
            max_overflow=_MORE_IN_A_CROWD,
            pool_timeout=wait_s,
            pool_pre_ping=True,
            json_serializer=_json,
        )
        strike_secrets(engine)
        event.listen(engine.sync_engine, "before_cursor_execute", _storable, retval=True)
        return cls(address, engine, grace_s)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        with self._explained:
            async with self._readers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, line: str = "") -> AsyncIterator[AsyncConnection]:
        with self._explained:
            async with self._engine.begin() as connection:
                if line:
                    await connection.execute(_LINE, {"line": self._number(line)})
                yield connection

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        with self._explained:
            async with self._engine.begin() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                driver.deadline_s, usual_s = _MIGRATION_S, driver.deadline_s
                try:
                    await connection.execute(text(f"SET LOCAL statement_timeout = '{_MIGRATION_S}s'"))
                    await connection.execute(text(f"SET LOCAL lock_timeout = '{_MIGRATION_S}s'"))
                    await self._make_schema(connection)
                    yield connection
                finally:
                    driver.deadline_s = usual_s

    async def _make_schema(self, connection: AsyncConnection) -> None:
        await connection.execute(_LINE, {"line": self._number("")})
        schema = self._address.schema
        if schema and await connection.scalar(_NO_SCHEMA, {"schema": schema}):
            await connection.execute(text("CREATE SCHEMA " + connection.dialect.identifier_preparer.quote(schema)))

    def _number(self, line: str) -> int:
        """A lock's second name has 32 bits, of which one is the sign. It goes by the store, not by the database."""
        return zlib.crc32(f"{self._address.schema}/{line}".encode()) >> 1

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        async with self._presence.shown(self._explained):
            yield

    async def gone(self, replicas: Iterable[int]) -> frozenset[int]:
        others = frozenset(replicas) - {self.replica}
        if not others:
            return others
        async with self.reading() as connection:
            return await self._presence.gone(connection, others)

    @property
    def is_shared(self) -> bool:
        return True

    async def close(self) -> None:
        await self._engine.dispose()


def _json(value: object) -> str:
    """The driver writes JSON after `strike_secrets` has seen the values."""
    return redacted(as_json(value))


def _storable(
    _connection: object, _cursor: object, statement: str, parameters: Any, context: Any, is_many: bool
) -> tuple[str, Any]:
    """Postgres refuses a text with NUL or half a character, and one that is longer than its column: it is mended.

    SQLite keeps all of them, so that nothing before this counts the characters of a model's name, or of a word.
    """
    binds = context.compiled.binds if isinstance(context.compiled, SQLCompiler) else {}
    most = {name: bind.type.length for name, bind in binds.items() if isinstance(bind.type, String)}
    return statement, [_cleaned(each, most) for each in parameters] if is_many else _cleaned(parameters, most)


def _cleaned(parameters: Any, most: Mapping[str, int | None]) -> Any:
    return {
        name: _whole(value)[: most.get(name)] if isinstance(value, str) else value for name, value in parameters.items()
    }


def _whole(value: str) -> str:
    return value.replace("\x00", "").encode(errors="replace").decode()
