"""What one kind of reader is shown of the database: everything that is made of its schema and values."""

import asyncio
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from db.catalog.engine import Engine, Runner
from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.meaning import ColumnMeaning, SemanticLayer
from db.catalog.privacy import readable
from db.catalog.reader import EVERYBODY, Reader
from db.catalog.schema import Schema, Window, Windows
from db.catalog.semantics import Fitted, fit_reader
from db.catalog.table import Cell
from db.catalog.values import ValueIndex

_CONNECTIONS: Final = 2
"""There are several kinds of readers, and each keeps its own."""


@dataclass(frozen=True, slots=True)
class View:
    """Of one reader, over one state of the database: `plan` is the one that its runner was made for."""

    fitted: Fitted
    windows: Windows
    plan: Hashable
    values: ValueIndex
    guard: Guard
    runner: Runner

    @property
    def schema(self) -> Schema:
        """Without what is private, as everything that is made of it."""
        return self.fitted.schema


@dataclass(frozen=True, slots=True)
class Ground:
    """What every view of one state stands on: the engine, the whole schema, and catalog.yml fitted to it."""

    engine: Engine
    plan: Hashable
    schema: Schema
    fitted: Fitted
    limits: QueryLimits


async def make_view(ground: Ground, reader: Reader, old: View | None = None, values: ValueIndex | None = None) -> View:
    """The view of a reader. What `old` has is kept where it stands; `values` are known from another view.

    Raises CatalogUnavailable.
    """
    rows = {table: condition for table, condition in reader.rows if ground.schema.table(table)}
    fitted = await _fitted(ground, reader, rows, old)
    columns = readable(ground.schema, fitted.schema)
    windows = {table: Window(own, rows.get(table, "") if own else "") for table, own in columns.items()}
    engine = ground.engine

    async def distinct(table: str, column: str, limit: int) -> Sequence[Cell]:
        return await engine.distinct(table, column, limit, windows[table].rows)

    index = await ValueIndex.build(fitted.layer, distinct, old.values if old else values)
    if rows:
        layer = _of_those_that_stand(fitted.layer, rows, index)
        fitted = replace(fitted, layer=old.fitted.layer if old and old.fitted.layer == layer else layer)
    is_same = old is not None and (old.plan, old.windows) == (ground.plan, windows)
    runner = old.runner if old and is_same else engine.runner(windows, _limits(ground.limits, reader))
    guard = Guard(fitted.schema, engine.dialect, is_partial=bool(fitted.private or rows))
    return View(fitted, windows, ground.plan, index, guard, runner)


def _limits(limits: QueryLimits, reader: Reader) -> QueryLimits:
    return limits if reader == EVERYBODY else replace(limits, connections=min(limits.connections, _CONNECTIONS))


async def _fitted(ground: Ground, reader: Reader, rows: Mapping[str, str], old: View | None) -> Fitted:
    """Closes, besides, the views that would show what the reader does not see of the tables they are made of."""
    if reader == EVERYBODY:
        return ground.fitted
    last = old.fitted if old else None
    fitted = await asyncio.to_thread(fit_reader, ground.fitted, ground.schema, reader.opens, last=last)
    columns = readable(ground.schema, fitted.schema)
    denied = frozenset(table for table in columns if reader.knows is not None and table not in reader.knows)
    if fitted.private:
        denied |= await ground.engine.denied(columns)
    if rows:
        denied |= await ground.engine.denied({table: () if table in rows else own for table, own in columns.items()})
    if denied:
        fitted = await asyncio.to_thread(fit_reader, ground.fitted, ground.schema, reader.opens, denied, last)
    return replace(fitted, schema=_uncounted(fitted.schema, rows))


def _of_those_that_stand(layer: SemanticLayer, rows: Collection[str], values: ValueIndex) -> SemanticLayer:
    """Without the words that catalog.yml has for values which stand in rows alone that the reader does not see."""

    def known(column: ColumnMeaning) -> ColumnMeaning:
        standing = {str(each) for each in values.values_of(column.table, column.name)}
        return replace(column, values=tuple(each for each in column.values if each.value in standing))

    tables = (
        replace(table, columns=tuple(map(known, table.columns))) if table.name in rows else table
        for table in layer.tables
    )
    return replace(layer, tables=tuple(tables))


def _uncounted(schema: Schema, rows: Mapping[str, str]) -> Schema:
    """Without the counts of tables that are shown in part: they count what is hidden."""
    tables = (replace(table, row_count=None) if table.name in rows else table for table in schema.tables)
    return replace(schema, tables=tuple(tables))
