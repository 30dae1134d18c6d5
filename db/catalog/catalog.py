"""The read-only catalogue as a whole: one state of it at a time, renewed behind the questions."""

import asyncio
import logging
import time
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from db.catalog.engine import Engine, Runner
from db.catalog.engines import open_engine
from db.catalog.errors import CatalogUnavailable, EngineError, Replaced
from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.meaning import ColumnRef, SemanticLayer
from db.catalog.mending import mended
from db.catalog.privacy import readable
from db.catalog.schema import Columns, Schema, Window
from db.catalog.semantics import Fitted, fit_layer
from db.catalog.table import Table
from db.catalog.values import ValueIndex

log = logging.getLogger(__name__)

_REBUILDS_WAITED = 2
"""One that began before the change, and the next, which has seen it."""


@dataclass(frozen=True, slots=True)
class _State:
    """The catalogue as it was when last read, and the connection whose stamps tell whether it still is."""

    engine: Engine
    stamp: Hashable
    plan: Hashable
    columns: Columns
    fitted: Fitted
    values: ValueIndex
    guard: Guard
    runner: Runner

    @property
    def schema(self) -> Schema:
        """Without what is private, as everything that is made of it."""
        return self.fitted.schema

    async def change(self) -> Literal["rows", "schema"] | None:
        """What was changed since; "schema" also where it cannot be told, so that a new connection must say."""
        try:
            if await self.engine.stamp() == self.stamp:
                return None
            stands = await self.engine.plan() == self.plan
        except CatalogUnavailable:
            return "schema"
        return "rows" if stands else "schema"


class Catalog:
    """One database, opened read-only. Many queries may run side by side."""

    def __init__(self, url: str, semantics: Path | None, limits: QueryLimits, state: _State) -> None:
        """For `open` only."""
        self._url = url
        self._semantics = semantics
        self._limits = limits
        self._state = state
        self._looking = asyncio.Lock()
        self._rebuild: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    @classmethod
    async def open(cls, url: str, semantics: Path | None = None, *, limits: QueryLimits = QueryLimits()) -> Self:
        """Opens what `open_engine` takes, with its catalog.yml, if any.

        Raises CatalogUnavailable, and SemanticsError for a yaml that does not fit.
        """
        return cls(url, semantics, limits, await _read(url, semantics, limits))

    async def close(self) -> None:
        """Waits for running queries, which their deadlines bound, and for a rebuild under way."""
        async with self._looking:
            self._closed = True
        await self.settled()
        await self._state.runner.close()
        await self._state.engine.close()

    async def settled(self) -> None:
        """Waits until nothing goes on behind the questions: no rebuild, no closing of what one replaced."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def dialect(self) -> str:
        """The SQL that `query` takes, as sqlglot names it."""
        return self._state.engine.dialect.name

    @property
    def schema(self) -> Schema:
        return self._state.schema

    @property
    def private(self) -> tuple[ColumnRef, ...]:
        """The columns that nobody is shown, as (table, column): for the operator alone."""
        return self._state.fitted.private

    @property
    def semantics(self) -> SemanticLayer:
        return self._state.fitted.layer

    @property
    def values(self) -> ValueIndex:
        return self._state.values

    async def query(self, sql: str) -> Table:
        """The rows of one SELECT, capped by the limits.

        Raises QueryRefused, QueryFailed or QueryTimeout, whose texts say to the
        model what to mend, and CatalogUnavailable when the database is at fault.
        """
        try:
            return await self._query(sql)
        except Replaced:
            await self.refresh()
            return await self._query(sql)

    async def refresh(self) -> bool:
        """Has the catalogue read anew if its file was written to or replaced; says whether it was.

        Cheap when nothing changed. When only rows did, the names are read behind the
        questions, which go on with those of before; when tables or columns did, or the
        file is another, this waits for the rebuild. catalog.yml may lag behind the
        tables: what no longer fits is left out, with a warning.

        Raises CatalogUnavailable if the file is gone or cannot be read, and nothing else.
        """
        is_written = False
        for _ in range(_REBUILDS_WAITED):
            async with self._looking:
                if self._closed:
                    raise CatalogUnavailable("The catalogue is closed.")
                change = await self._state.change()
                if change is None:
                    return is_written
                rebuild = self._rebuild or self._begin_rebuild()
            if change == "rows":
                return True
            is_written = True
            await asyncio.shield(rebuild)
        return True

    async def _query(self, sql: str) -> Table:
        started = time.perf_counter()
        state = self._state
        state.guard.check(sql)
        try:
            fetched = await state.runner.fetch(sql)
        except EngineError as error:
            raise mended(error, sql, state.schema, state.values, state.engine.dialect) from error
        return Table(fetched.columns, fetched.rows, fetched.truncated, time.perf_counter() - started)

    def _begin_rebuild(self) -> asyncio.Task[None]:
        self._rebuild = asyncio.create_task(self._renew())
        self._keep(self._rebuild)
        self._rebuild.add_done_callback(self._end_rebuild)
        return self._rebuild

    def _end_rebuild(self, rebuild: asyncio.Task[None]) -> None:
        self._rebuild = None
        error = None if rebuild.cancelled() else rebuild.exception()
        if error is not None:
            defect = None if isinstance(error, CatalogUnavailable) else error
            log.warning("the catalogue was not read anew", extra={"reason": str(error)}, exc_info=defect)

    async def _renew(self) -> None:
        old = self._state
        new = await _read(self._url, self._semantics, self._limits, old)
        if new.fitted.problem and new.fitted.problem != old.fitted.problem:
            log.warning("catalog.yml does not fit; left out what is wrong", extra={"problem": new.fitted.problem})
        async with self._looking:
            self._state = new
        self._keep(asyncio.create_task(_close(old, new)))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _read(url: str, semantics: Path | None, limits: QueryLimits, old: _State | None = None) -> _State:
    """The state of the database over a connection of its own, so that nobody waits behind it."""
    engine = await open_engine(url)
    try:
        stamp, plan = await engine.stamp(), await engine.plan()
        schema = await engine.schema()
        if old and old.schema.tables and not schema.tables:
            # A file that is being copied over is empty for a moment, and an empty file is a database without tables.
            raise CatalogUnavailable("The catalogue has no tables any more; check CATALOG_URL.")
        last = old.fitted if old else None
        fitted = await asyncio.to_thread(fit_layer, semantics, schema, last)
        if fitted.private and (denied := await engine.denied(readable(schema, fitted.schema))):
            fitted = await asyncio.to_thread(fit_layer, semantics, schema, last, denied)
        values = await ValueIndex.build(fitted.layer, engine.distinct, old.values if old else None)
        columns = readable(schema, fitted.schema)
        is_same = old is not None and (old.plan, old.columns) == (plan, columns)
        runner = (
            old.runner
            if old and is_same
            else engine.runner({table: Window(own) for table, own in columns.items()}, limits)
        )
        guard = Guard(fitted.schema, engine.dialect, is_partial=bool(fitted.private))
        return _State(engine, stamp, plan, columns, fitted, values, guard, runner)
    except BaseException:
        await engine.close()
        raise


async def _close(old: _State, new: _State) -> None:
    if old.runner is not new.runner:
        await old.runner.close()
    await old.engine.close()
