"""Views that stand before tables that a reader sees in part: to their statements the rest isn't there.

The authorizer alone does not hold them: SQLite asks it about no column that NATURAL JOIN
or USING compares (3.40), so that a join with a guess would tell whether the guess is right.
So the catalogue is attached under a name that nobody can guess, and each table that is
not shown whole has a temporary view of its own name with the columns and rows that are.

A view with a condition on rows ends in LIMIT -1, which lets all of them through: it
keeps the engine from merging the view with the statement around it (select.c,
flattenSubquery) and from pushing that one's conditions into it (pushDownWhereTerms), so
that nothing of the stranger's is ever computed on a row that they don't see.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.catalog.dialect import lowered
from db.catalog.schema import Columns

HOME: Final = '"\x02"'
"""Stands in a condition where the schema's name goes that only the connection knows."""

HIDDEN_COLUMN: Final = 1
"""pragma_table_xinfo's mark for a virtual table's hidden column; 2 and 3 are generated ones."""

_OBJECTS: Final = """
SELECT name FROM "{}".sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""

# An expression has no name.
_KEYS: Final = """
SELECT key.name FROM pragma_index_list(:table, :schema) AS found, pragma_index_xinfo(found.name, :schema) AS key
WHERE key.key
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a connection finds the catalogue's tables: the schemas' names, and its widest view's columns.

    `needed` are the columns that each view's condition reads: (view, table, column), the tables in lower case.
    """

    schema: str = "main"
    reads: frozenset[str | None] = frozenset((None, "main"))
    widest: int = 0
    needed: frozenset[tuple[str, str, str]] = frozenset()


def has_private(connection: sqlite3.Connection, columns: Columns) -> bool:
    """Whether a table of `columns` has others beside them in the file that `connection` opened."""
    return any(_others(connection, "main", table, own) for table, own in columns.items())


def attach(connection: sqlite3.Connection, path: Path, columns: Columns, rows: Mapping[str, str]) -> Home:
    """Gives an empty connection the catalogue with views before all that is not shown whole.

    `rows` are conditions by table, with `HOME` before the names of their tables.
    """
    schema = f"c{os.urandom(16).hex()}"
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f'ATTACH ? AS "{schema}"', (f"{path.absolute().as_uri()}?mode=ro",))
    widest = 0
    conditions = {lowered(table): condition.replace(HOME, quoted(schema)) for table, condition in rows.items()}
    for name in [str(name) for (name,) in connection.cursor().execute(_OBJECTS.format(schema))]:
        own, condition = columns.get(name, ()), conditions.get(lowered(name), "")
        if own and not condition and not _others(connection, schema, name, own):
            continue
        shown = [column for column in _columns(connection, schema, name) if column in own] if own else []
        widest = max(widest, len(shown))
        way = " NOT INDEXED" if shown and _is_sorted(connection, schema, name, own) else ""
        select = _select(schema, name, shown) + way
        if shown and condition:
            select += f" WHERE ({condition}) LIMIT -1"
        connection.execute(f"CREATE TEMP VIEW {quoted(name)} AS {select}")
    return Home(schema, frozenset((None, "temp", schema)), widest, _needed(connection, schema, columns, conditions))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _needed(
    connection: sqlite3.Connection, schema: str, columns: Columns, conditions: Mapping[str, str]
) -> frozenset[tuple[str, str, str]]:
    """What the engine says that it reads for each view with a condition."""
    needed: set[tuple[str, str, str]] = set()

    def note(view: str) -> Callable[[int, str | None, str | None, str | None, str | None], int]:
        def noted(action: int, table: str | None, column: str | None, home: str | None, _: str | None) -> int:
            if action == sqlite3.SQLITE_READ and home == schema:
                needed.add((view, lowered(table or ""), column or ""))
            return sqlite3.SQLITE_OK

        return noted

    try:
        for name in (name for name, own in columns.items() if own and lowered(name) in conditions):
            connection.set_authorizer(note(lowered(name)))
            connection.cursor().execute(f"SELECT 1 FROM temp.{quoted(name)} LIMIT 0").close()
    finally:
        connection.set_authorizer(None)
    return frozenset(needed)


def _select(schema: str, table: str, columns: list[str]) -> str:
    if not columns:
        return "SELECT NULL AS hidden LIMIT 0"
    return f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(schema)}.{quoted(table)}"


def _is_sorted(connection: sqlite3.Connection, schema: str, table: str, own: tuple[str, ...]) -> bool:
    """Whether an index over other columns exists: rows that come by it would come in the order of those."""
    keys = connection.cursor().execute(_KEYS, {"table": table, "schema": schema})
    return any(name not in own for (name,) in keys)


def _others(connection: sqlite3.Connection, schema: str, table: str, own: tuple[str, ...]) -> bool:
    return not frozenset(own).issuperset(_columns(connection, schema, table))


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> Iterator[str]:
    """The columns as declared; none of a view on something that is gone."""
    sql = "SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden <> ? ORDER BY cid"
    try:
        found = list(connection.cursor().execute(sql, (table, schema, HIDDEN_COLUMN)))
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        return
    yield from (str(name) for (name,) in found)
