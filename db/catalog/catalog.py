"""The read-only catalogue as one kind of reader sees it: what it holds, what it means, and its rows."""

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from db.catalog.database import Database
from db.catalog.dialect import Dialect
from db.catalog.errors import EngineError, Replaced
from db.catalog.limits import EXPORTS, QueryLimits
from db.catalog.meaning import ColumnRef, SemanticLayer
from db.catalog.mending import mended
from db.catalog.people import People
from db.catalog.reader import EVERYBODY, Reader
from db.catalog.rows import Fetched
from db.catalog.schema import Schema
from db.catalog.table import Cell, Table
from db.catalog.values import ValueIndex
from db.catalog.view import View


class Catalog:
    """One database, opened read-only. Many queries may run side by side.

    What `open` gives shows what everybody sees, `for_reader` what somebody else does; both share the database.
    """

    def __init__(self, database: Database, reader: Reader, view: View) -> None:
        """For `open` and `for_reader` only."""
        self._database = database
        self._reader = reader
        self._last = view

    @classmethod
    async def open(cls, url: str, semantics: Path | None = None, *, limits: QueryLimits = QueryLimits()) -> Self:
        """Opens what `open_engine` takes, with its catalog.yml, if any.

        Raises CatalogUnavailable, and SemanticsError for a yaml that does not fit.
        """
        database = await Database.open(url, semantics, limits)
        return cls(database, EVERYBODY, await database.view(EVERYBODY))

    async def for_reader(self, reader: Reader) -> "Catalog":
        """The same database as that reader sees it; nothing of it needs closing. Raises CatalogUnavailable."""
        return Catalog(self._database, reader, await self._database.view(reader))

    async def close(self) -> None:
        """Waits for running queries, which their deadlines bound, and for a rebuild under way."""
        await self._database.close()

    async def settled(self) -> None:
        """Waits until nothing goes on behind the questions: no rebuild, no closing of what one replaced."""
        await self._database.settled()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def dialect(self) -> str:
        """The SQL that `query` takes, as sqlglot names it."""
        return self._database.dialect.name

    @property
    def engine_dialect(self) -> Dialect:
        """All that sets the engine's SQL apart."""
        return self._database.dialect

    @property
    def schema(self) -> Schema:
        return self._view.schema

    @property
    def private(self) -> tuple[ColumnRef, ...]:
        """The columns that this reader is not shown, as (table, column): for the operator alone."""
        return self._view.fitted.private

    @property
    def hides_rows(self) -> bool:
        """Whether there may be rows that this reader is not shown."""
        return any(window.rows for window in self._view.windows.values())

    def may_name(self, table: str, column: str, value: str) -> bool:
        """Whether words for a value may be known here: not where it stands in rows alone that are not shown."""
        view = self._view
        is_limited = table in view.windows and bool(view.windows[table].rows)
        return not is_limited or any(str(each) == value for each in view.values.values_of(table, column))

    @property
    def semantics(self) -> SemanticLayer:
        return self._view.fitted.layer

    @property
    def people(self) -> People | None:
        """Where askers are found, for the bot itself: private or not. None where catalog.yml does not say."""
        return self._database.people

    @property
    def values(self) -> ValueIndex:
        return self._view.values

    @property
    def _view(self) -> View:
        self._last = self._database.peek(self._reader) or self._last
        return self._last

    async def query(self, sql: str) -> Table:
        """The rows of one SELECT, capped by the limits.

        Raises QueryRefused, QueryFailed or QueryTimeout, whose texts say to the
        model what to mend, and CatalogUnavailable when the database is at fault.
        """
        return await self._run(sql, None)

    async def read_out(self, sql: str, limits: QueryLimits = EXPORTS) -> Table:
        """As `query`, for a file: as many rows as those limits allow, by a process or session of its own."""
        return await self._run(sql, limits)

    def check(self, sql: str) -> None:
        """Raises QueryRefused where `query` would, as far as that can be told without running it."""
        self._view.guard.check(sql)

    async def refresh(self) -> bool:
        """Has the catalogue read anew if its file was written to or replaced; says whether it was.

        Cheap when nothing changed. When only rows did, the names are read behind the
        questions, which go on with those of before; when tables or columns did, or the
        file is another, this waits for the rebuild. catalog.yml may lag behind the
        tables: what no longer fits is left out, with a warning.

        Raises CatalogUnavailable if the file is gone or cannot be read, and nothing else.
        """
        is_written = await self._database.refresh()
        await self._database.view(self._reader)
        return is_written

    async def look_up(self, table: str, column: str, rows: str, limit: int) -> Sequence[Cell]:
        """Up to `limit` different values of a column in the rows that a window's `rows` lets, private or not.

        For the bot itself. Raises CatalogUnavailable.
        """
        return await self._database.look_up(table, column, rows, limit)

    async def _run(self, sql: str, limits: QueryLimits | None) -> Table:
        try:
            return await self._query(sql, limits)
        except Replaced:
            await self._database.refresh(is_replaced=True)
            return await self._query(sql, limits)

    async def _query(self, sql: str, limits: QueryLimits | None) -> Table:
        started = time.perf_counter()
        view = await self._database.view(self._reader)
        view.guard.check(sql)
        try:
            fetched = await self._fetch(sql, view, limits)
        except EngineError as error:
            raise mended(error, sql, view.schema, view.values, self._database.dialect) from error
        return Table(fetched.columns, fetched.rows, fetched.truncated, time.perf_counter() - started)

    async def _fetch(self, sql: str, view: View, limits: QueryLimits | None) -> Fetched:
        if limits is None:
            return await view.runner.fetch(sql)
        runner = self._database.runner(view, limits)
        try:
            return await runner.fetch(sql)
        finally:
            await runner.close()
