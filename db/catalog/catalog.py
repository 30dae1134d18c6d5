"""The read-only MLOps catalogue: what is in it, what it means, and SQL over it."""

import asyncio
import sqlite3
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.mending import mended
from db.catalog.readers import Readers
from db.catalog.reflection import Reflection, Stamp
from db.catalog.schema import Schema
from db.catalog.semantics import SemanticLayer, load_layer
from db.catalog.sqlite import connect_guarded, database_path
from db.catalog.table import Table
from db.catalog.values import ValueIndex


@dataclass(frozen=True, slots=True)
class _State:
    """The catalogue as it was when last read."""

    stamp: Stamp
    schema: Schema
    semantics: SemanticLayer
    values: ValueIndex
    guard: Guard
    readers: Readers


class Catalog:
    """One database file, opened read-only. Many queries may run side by side."""

    def __init__(
        self, path: Path, semantics: Path | None, limits: QueryLimits, reflection: Reflection, state: _State
    ) -> None:
        """For `open` only."""
        self._path = path
        self._semantics = semantics
        self._limits = limits
        self._reflection = reflection
        self._state = state
        self._refreshing = asyncio.Lock()
        self._closing: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, url: str, semantics: Path | None = None, *, limits: QueryLimits = QueryLimits()) -> Self:
        """Opens `sqlite:///relative.db` or `sqlite:////absolute.db` with its catalog.yml, if any.

        Raises CatalogUnavailable, and SemanticsError for a yaml that does not fit.
        """
        path = database_path(url)
        reflection = await Reflection.open(path)
        try:
            state = await _read(path, semantics, limits, reflection, await reflection.stamp())
        except BaseException:
            await reflection.close()
            raise
        return cls(path, semantics, limits, reflection, state)

    async def close(self) -> None:
        """Waits for running queries, which their deadlines bound."""
        await self._state.readers.close()
        if self._closing:
            await asyncio.wait(self._closing)
        await self._reflection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def schema(self) -> Schema:
        return self._state.schema

    @property
    def semantics(self) -> SemanticLayer:
        return self._state.semantics

    @property
    def values(self) -> ValueIndex:
        return self._state.values

    async def query(self, sql: str) -> Table:
        """The rows of one SELECT, capped by the limits.

        Raises QueryRefused, QueryFailed or QueryTimeout, whose texts say to the
        model what to mend, and CatalogUnavailable when the database is at fault.
        """
        started = time.perf_counter()
        state = self._state
        state.guard.check(sql)
        try:
            fetched = await state.readers.fetch(sql)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise mended(error, sql, state.schema, state.values) from error
        return Table(fetched.columns, fetched.rows, fetched.truncated, time.perf_counter() - started)

    async def refresh(self) -> bool:
        """Reads the catalogue anew if its file was written to or replaced; says whether it was.

        Cheap when nothing changed. Raises CatalogUnavailable if the file is gone.
        """
        async with self._refreshing:
            stamp = await self._reflection.stamp()
            if stamp == self._state.stamp:
                return False
            if not self._reflection.holds(stamp):
                await self._reopen()
                stamp = await self._reflection.stamp()
            state = await _read(self._path, self._semantics, self._limits, self._reflection, stamp)
            self._state, old = state, self._state
            closing = asyncio.create_task(old.readers.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
            return True

    async def _reopen(self) -> None:
        reflection = await Reflection.open(self._path)
        self._reflection, old = reflection, self._reflection
        await old.close()


async def _read(
    path: Path, semantics: Path | None, limits: QueryLimits, reflection: Reflection, stamp: Stamp
) -> _State:
    schema = await reflection.schema()
    layer = load_layer(semantics, schema)
    values = await ValueIndex.build(layer, reflection.distinct)
    connector = partial(connect_guarded, path, tuple(table.name for table in schema.tables), limits)
    return _State(stamp, schema, layer, values, Guard(schema), Readers(connector, limits))
