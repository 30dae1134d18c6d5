"""The rows of a statement without those that the catalogue cannot read: a value of theirs is too large for it."""

import re
from dataclasses import dataclass, field
from typing import Final

from db.catalog.alerts.queries import PAGE
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryFailed
from db.catalog.table import Cell, Table

MOST_SKIPPED: Final = 20
"""With more rows than these that cannot be read, it is not single rows that are at fault."""
_MOST: Final = 200
"""So many queries are made."""
_END: Final = re.compile(r" ORDER BY (?P<order>[^()]*?) LIMIT (?P<limit>\d+)(?: OFFSET (?P<offset>\d+))?$")


@dataclass(frozen=True, slots=True)
class Sound:
    """Rows in their order; `skipped` could not be read."""

    table: Table
    skipped: int


class _GivenUpError(Exception):
    """Too many rows could not be read, or too many queries were made."""


async def read_sound(catalog: Catalog, sql: str) -> Sound | None:
    """The rows of a statement that ends in ORDER BY and LIMIT, a page of them; None where it cannot be read so.

    Raises CatalogError, but for QueryFailed.
    """
    end = _END.search(sql)
    if end is None:
        return None
    base, offset, limit = sql[: end.start()], int(end["offset"] or 0), int(end["limit"])
    try:
        return await _ordered(catalog, f"{base} ORDER BY {end['order']}", offset, limit)
    except _GivenUpError:
        pass
    try:  # an engine that sorts rows reads what it sorts them by
        return await _unordered(catalog, base, end["order"], offset, limit)
    except _GivenUpError:
        return None


async def _ordered(catalog: Catalog, sql: str, offset: int, limit: int) -> Sound:
    rows = _Rows(catalog, sql)
    await rows.read(offset, limit)
    if rows.skipped and not rows.found:
        raise _GivenUpError
    return Sound(_table(rows, rows.found, len(rows.found) + rows.skipped >= limit), rows.skipped)


async def _unordered(catalog: Catalog, sql: str, order: str, offset: int, limit: int) -> Sound:
    """All rows as they come, in the order of their ends where that was asked for."""
    rows = _Rows(catalog, sql)
    first = 0
    while await rows.read(first, PAGE):
        first += PAGE
    found = rows.found
    if "finished_at" in order and "finished_at" in rows.columns:
        at = rows.columns.index("finished_at")
        found = sorted(found, key=lambda row: (row[at] is not None, str(row[at])), reverse="DESC" in order)
    page = found[offset : offset + limit]
    return Sound(_table(rows, page, len(found) > offset + limit), rows.skipped)


def _table(rows: "_Rows", found: list[tuple[Cell, ...]], is_cut: bool) -> Table:
    return Table(rows.columns, tuple(found), is_cut)


@dataclass(slots=True)
class _Rows:
    """Reads a statement in pieces, and those that fail in halves, down to the rows that cannot be read."""

    catalog: Catalog
    sql: str
    columns: tuple[str, ...] = ()
    found: list[tuple[Cell, ...]] = field(default_factory=list)
    skipped: int = 0
    asked: int = 0

    async def read(self, first: int, count: int) -> bool:
        """Whether there may be more behind these. Raises _GivenUpError."""
        self.asked += 1
        if self.asked > _MOST:
            raise _GivenUpError
        try:
            table = await self.catalog.query(f"{self.sql} LIMIT {count} OFFSET {first}")
        except QueryFailed:
            return await self._in_halves(first, count)
        self.columns = table.columns
        self.found += [tuple(row) for row in table.rows]
        count_read = len(table.rows)
        if table.truncated and 0 < count_read < count:
            return await self.read(first + count_read, count - count_read)
        return count_read == count

    async def _in_halves(self, first: int, count: int) -> bool:
        if count == 1:
            self.skipped += 1
            if self.skipped > MOST_SKIPPED:
                raise _GivenUpError
            return True
        half = count // 2
        return await self.read(first, half) and await self.read(first + half, count - half)
