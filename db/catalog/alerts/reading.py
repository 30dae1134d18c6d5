"""Runs read so that one cell that is too large hides no other run."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.catalog.alerts.queries import ALL, RunQueries
from db.catalog.alerts.sound import read_sound
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryFailed
from db.catalog.table import Cell, Table

log = logging.getLogger(__name__)

_NEEDED: Final = ("id", "status", "finished_at")
"""Without these no row is what it is, nor in its place."""
_MOST: Final = 400
"""So many queries are made for one page; what is left then is told by what is needed."""


async def read_runs(
    catalog: Catalog, queries: RunQueries, sql: str, skipped: Callable[[int], None] = lambda _: None
) -> Table:
    """The rows of a statement of `queries`; a value longer than the catalogue reads is NULL. Raises CatalogError.

    A row of which not even the id, the status or the end can be read is left out; `skipped` is told how many were.
    """
    try:
        return await catalog.query(sql)
    except QueryFailed as error:
        columns = (await catalog.query(queries.nothing())).columns
        if not set(_NEEDED) <= set(columns):
            raise
        needed = await read_sound(catalog, _of(sql, _NEEDED, _NEEDED))
        if needed is None:
            raise
        log.warning("runs are read one by one, %d of them not at all: %s", needed.skipped, error)
        skipped(needed.skipped)
        page = needed.table
        pieces = _Pieces(catalog, queries, columns)
        await pieces.read([str(row[0]) for row in page.rows if row[0] is not None])
        return Table(columns, tuple(map(pieces.row, page.rows)), page.truncated)


@dataclass(slots=True)
class _Pieces:
    """Reads rows by their ids, in halves, until what is too large stands alone."""

    catalog: Catalog
    queries: RunQueries
    columns: tuple[str, ...]
    left: int = _MOST
    found: dict[tuple[Cell, ...], tuple[Cell, ...]] = field(default_factory=dict)

    async def read(self, ids: Sequence[str]) -> None:
        if not ids or self.left <= 0:
            return
        sql = self.queries.by_id(ids)
        if await self._is_read(sql):
            return
        if len(ids) > 1:
            await self.read(ids[: len(ids) // 2])
            await self.read(ids[len(ids) // 2 :])
            return
        kept = [name for name in self.columns if name in _NEEDED or await self._is_read(_of(sql, (name,), (name,)))]
        await self._is_read(_of(sql, self.columns, kept))

    def row(self, needed: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The row of those cells; without any others where it could not be read."""
        known = dict(zip(_NEEDED, needed, strict=True))
        return self.found.get(needed) or tuple(known.get(name) for name in self.columns)

    async def _is_read(self, sql: str) -> bool:
        self.left -= 1
        try:
            table = await self.catalog.query(sql)
        except QueryFailed:
            return False
        if table.columns == self.columns:
            at = [self.columns.index(name) for name in _NEEDED]
            self.found |= {tuple(row[one] for one in at): tuple(row) for row in table.rows}
        return True


def _of(sql: str, columns: Sequence[str], kept: Sequence[str]) -> str:
    """The statement with those columns alone, NULL for what is not `kept`."""
    quoted = [(column, '"' + column.replace('"', '""') + '"') for column in columns]
    told = ", ".join(f"r.{name}" if column in kept else f"NULL AS {name}" for column, name in quoted)
    return sql.replace(ALL, f"SELECT {told} FROM")
