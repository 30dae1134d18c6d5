"""The database behind a catalogue's readers: one state of it at a time, renewed behind the questions."""

import asyncio
import logging
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from db.catalog.dialect import Dialect
from db.catalog.engine import Runner
from db.catalog.engines import open_engine
from db.catalog.errors import CatalogUnavailable
from db.catalog.limits import QueryLimits
from db.catalog.people import People, people_of
from db.catalog.privacy import readable
from db.catalog.reader import EVERYBODY, Reader
from db.catalog.semantics import fit_layer
from db.catalog.table import Cell
from db.catalog.view import Ground, View, make_view

log = logging.getLogger(__name__)

MOST_VIEWS: Final = 12
"""So many views are at hand with their warm processes or connections; the one unused for longest goes first."""
_REBUILDS_WAITED: Final = 2
"""One that began before the change, and the next, which has seen it."""


@dataclass(frozen=True, slots=True)
class _State:
    """The database as it was when last read, and the connection whose stamps tell whether it still is."""

    stamp: Hashable
    ground: Ground
    views: dict[Reader, View] = field(default_factory=dict)

    async def change(self) -> Literal["rows", "schema"] | None:
        """What was changed since; "schema" also where it cannot be told, so that a new connection must say."""
        engine = self.ground.engine
        try:
            if await engine.stamp() == self.stamp:
                return None
            stands = await engine.plan() == self.ground.plan
        except CatalogUnavailable:
            return "schema"
        return "rows" if stands else "schema"

    def known(self, reader: Reader) -> View | None:
        """The reader's view, which counts as used now."""
        if (view := self.views.pop(reader, None)) is not None:
            self.views[reader] = view
        return view


class Database:
    """Opened read-only. Keeps a view for each kind of reader who asked lately."""

    def __init__(self, url: str, semantics: Path | None, limits: QueryLimits, state: _State) -> None:
        """For `open` only."""
        self._url = url
        self._semantics = semantics
        self._limits = limits
        self._state = state
        self._looking = asyncio.Lock()
        self._making = asyncio.Lock()
        self._rebuild: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    @classmethod
    async def open(cls, url: str, semantics: Path | None, limits: QueryLimits) -> "Database":
        """Raises CatalogUnavailable, and SemanticsError for a yaml that does not fit."""
        return cls(url, semantics, limits, await _read(url, semantics, limits))

    async def close(self) -> None:
        """Waits for running queries, which their deadlines bound, and for a rebuild under way."""
        async with self._looking:
            self._closed = True
        await self.settled()
        async with self._making:
            for view in self._state.views.values():
                await view.runner.close()
            await self._state.ground.engine.close()

    async def settled(self) -> None:
        """Waits until nothing goes on behind the questions: no rebuild, no closing of what one replaced."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    @property
    def dialect(self) -> Dialect:
        return self._state.ground.engine.dialect

    @property
    def people(self) -> People | None:
        """Where askers are found, private or not."""
        ground = self._state.ground
        return people_of(ground.fitted.file, ground.schema)

    def peek(self, reader: Reader) -> View | None:
        """The reader's view of the present state, where it is made."""
        return self._state.known(reader)

    async def view(self, reader: Reader) -> View:
        """The reader's view of the present state, made at its first use. Raises CatalogUnavailable."""
        while (known := self._state.known(reader)) is None:
            async with self._making:
                await self._make(reader)
        return known

    def runner(self, view: View, limits: QueryLimits) -> Runner:
        """A runner over what a view shows, within other limits than its own; whoever asks for it closes it."""
        return self._state.ground.engine.runner(view.windows, limits)

    async def look_up(self, table: str, column: str, rows: str, limit: int) -> Sequence[Cell]:
        """Different values of a column where a condition of our own holds: for the bot itself, private or not.

        Raises CatalogUnavailable.
        """
        async with self._making:
            self._check_open()
            return await self._state.ground.engine.distinct(table, column, limit, rows)

    async def refresh(self, *, is_replaced: bool = False) -> bool:
        """As Catalog.refresh says; `is_replaced` where a runner found so, which stamps may tell only later."""
        is_written = False
        for _ in range(_REBUILDS_WAITED):
            async with self._looking:
                self._check_open()
                change = "schema" if is_replaced else await self._state.change()
                if change is None:
                    return is_written
                is_replaced = False
                rebuild = self._rebuild or self._begin_rebuild()
            if change == "rows":
                return True
            is_written = True
            await asyncio.shield(rebuild)
        return True

    def _check_open(self) -> None:
        if self._closed:
            raise CatalogUnavailable("The catalogue is closed.")

    async def _make(self, reader: Reader) -> None:
        """Puts the reader's view into the present state, unless another state took its place meanwhile."""
        self._check_open()
        state = self._state
        if reader in state.views:
            return
        made = await make_view(state.ground, reader, values=state.views[EVERYBODY].values)
        if state is not self._state:
            await made.runner.close()
            return
        state.views[reader] = made
        if len(state.views) > MOST_VIEWS:
            eldest = next(each for each in state.views if each != EVERYBODY)
            self._keep(asyncio.create_task(state.views.pop(eldest).runner.close()))

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
        before, problem = old.ground.fitted.problem, new.ground.fitted.problem
        if problem and problem != before:
            log.warning("catalog.yml does not fit; left out what is wrong", extra={"problem": problem})
        async with self._looking:
            self._state = new
        self._keep(asyncio.create_task(self._close(old, new)))

    async def _close(self, old: _State, new: _State) -> None:
        async with self._making:  # a view of the old state may be under way
            kept = {id(view.runner) for view in new.views.values()}
            for view in old.views.values():
                if id(view.runner) not in kept:
                    await view.runner.close()
            await old.ground.engine.close()

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _read(url: str, semantics: Path | None, limits: QueryLimits, old: _State | None = None) -> _State:
    """The state of the database over a connection of its own, so that nobody waits behind it.

    With the views that `old` has; each keeps what stands.
    """
    engine = await open_engine(url)
    try:
        stamp, plan = await engine.stamp(), await engine.plan()
        schema = await engine.schema()
        if old and old.ground.schema.tables and not schema.tables:
            # A file that is being copied over is empty for a moment, and an empty file is a database without tables.
            raise CatalogUnavailable("The catalogue has no tables any more; check CATALOG_URL.")
        last = old.ground.fitted if old else None
        fitted = await asyncio.to_thread(fit_layer, semantics, schema, last)
        if fitted.private and (denied := await engine.denied(readable(schema, fitted.schema))):
            fitted = await asyncio.to_thread(fit_layer, semantics, schema, last, denied)
        state = _State(stamp, Ground(engine, plan, schema, fitted, limits))
        for reader, view in list(old.views.items()) if old else [(EVERYBODY, None)]:
            state.views[reader] = await make_view(state.ground, reader, view)
        return state
    except BaseException:
        await engine.close()
        raise
