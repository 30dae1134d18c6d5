"""What the catalogue needs of a database, whichever it is."""

from collections.abc import Hashable, Sequence
from typing import Protocol

from db.catalog.dialect import Dialect
from db.catalog.limits import QueryLimits
from db.catalog.rows import Fetched
from db.catalog.schema import Columns, Schema, Windows
from db.catalog.table import Cell


class Runner(Protocol):
    """Runs strangers' statements, which the guard has passed: over their windows alone, within the limits."""

    async def fetch(self, sql: str) -> Fetched:
        """The capped result of one statement; cancelling stops it.

        Raises EngineError for what the engine said, QueryTimeout, QueryFailed where the statement
        ended what ran it, CatalogUnavailable, and Replaced where the database is no longer the one
        whose schema was read.
        """
        ...

    async def close(self) -> None:
        """Waits for the running statements, which their deadlines bound."""
        ...


class Engine(Protocol):
    """A trusted connection, for our own statements alone. Its methods raise CatalogUnavailable."""

    @property
    def dialect(self) -> Dialect: ...

    async def stamp(self) -> Hashable:
        """Equal as long as nobody has written to the database; cheap, it is asked for at every question."""
        ...

    async def plan(self) -> Hashable:
        """Equal as long as it is the same database with the same tables and columns."""
        ...

    async def schema(self) -> Schema:
        """Every table and view that may be read, with its columns, keys and row count (None above a million)."""
        ...

    async def distinct(self, table: str, column: str, limit: int, rows: str = "") -> Sequence[Cell]:
        """Up to `limit` different values of a column in the rows that a window's `rows` lets, no NULL.

        None if the look-up takes too long.
        """
        ...

    async def denied(self, columns: Columns) -> frozenset[str]:
        """Those tables of `columns` that a runner could not keep from showing others: views on private columns."""
        ...

    def runner(self, windows: Windows, limits: QueryLimits) -> Runner:
        """For statements over what the windows show; outlives this connection."""
        ...

    async def close(self) -> None: ...
