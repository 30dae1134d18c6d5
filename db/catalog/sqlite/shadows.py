"""Views that stand before tables with private columns: to a stranger's statement such a column isn't there.

The authorizer alone does not hold them: SQLite asks it about no column that NATURAL JOIN
or USING compares (3.40), so that a join with a guess would tell whether the guess is right.
So the catalogue is attached under a name that nobody can guess, and each table that is
not wholly public has a temporary view of its own name with its public columns.
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.catalog.schema import Columns

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
    """Where a connection finds the catalogue's tables: the schemas' names, and its widest view's columns."""

    schema: str = "main"
    reads: frozenset[str | None] = frozenset((None, "main"))
    widest: int = 0


def has_private(connection: sqlite3.Connection, columns: Columns) -> bool:
    """Whether a table of `columns` has others beside them in the file that `connection` opened."""
    return any(_others(connection, "main", table, own) for table, own in columns.items())


def attach(connection: sqlite3.Connection, path: Path, columns: Columns) -> Home:
    """Gives an empty connection the catalogue with views before all that is not wholly public."""
    schema = f"c{os.urandom(16).hex()}"
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f'ATTACH ? AS "{schema}"', (f"{path.absolute().as_uri()}?mode=ro",))
    widest = 0
    for name in [str(name) for (name,) in connection.cursor().execute(_OBJECTS.format(schema))]:
        own = columns.get(name, ())
        if own and not _others(connection, schema, name, own):
            continue
        shown = [column for column in _columns(connection, schema, name) if column in own] if own else []
        widest = max(widest, len(shown))
        way = " NOT INDEXED" if shown and _is_sorted(connection, schema, name, own) else ""
        connection.execute(f"CREATE TEMP VIEW {quoted(name)} AS {_select(schema, name, shown)}{way}")
    return Home(schema, frozenset((None, "temp", schema)), widest)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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
