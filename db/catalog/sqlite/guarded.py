"""SQLite connections for strangers' SQL: hardened before the first statement reaches them.

`mode=ro` and `query_only` alone are no guard, since SQL can turn query_only off
and ATTACH another file. The authorizer is: it sees names after the engine has
resolved them, and whatever it does not list is denied.
"""

import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

from db.catalog.dialect import lowered
from db.catalog.limits import SQL_BYTES, QueryLimits
from db.catalog.rows import Fetched, take
from db.catalog.schema import Columns
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.functions import FUNCTIONS, TABLE_FUNCTIONS
from db.catalog.sqlite.shadows import Home, attach, has_private, quoted

LOCK_WAIT_S: Final = 1.0
_STEPS_BETWEEN_LOOKS: Final = 1_000
_LOOK_S: Final = 1.0
_COLUMNS_MOST: Final = 200
_EMPTY: Final = "file::memory:"

DENIED: Final = ("not authorized", "prohibited")
"""The authorizer's two ways to say no."""

_PRAGMAS: Final = ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", "mmap_size=0")

# SQLite's own advice (sqlite.org/security.html) is tighter for depth, compounds and LIKE: too tight for
# analytic SQL. LENGTH is tighter here: at 1,000,000 one instr() or replace() holds the thread for seconds.
_ENGINE_LIMITS: Final = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, SQL_BYTES),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 20),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 16),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)

_C = TypeVar("_C", bound=sqlite3.Connection)
_Authorizer: TypeAlias = Callable[[int, str | None, str | None, str | None, str | None], int]


class GuardedConnection(sqlite3.Connection):
    """A connection whose result sets end at the query limits."""

    query_limits = QueryLimits()

    def execute(self, sql: str, parameters: Any = (), /) -> "GuardedCursor":
        cursor = self.cursor(GuardedCursor)
        cursor.execute(sql, parameters)
        return cursor


class GuardedCursor(sqlite3.Cursor):
    """Fetches and clips in one step: no row is held that will not be shown."""

    connection: GuardedConnection

    def fetchall(self) -> list[Fetched]:
        """One `Fetched`. Raises sqlite3.ProgrammingError if the statement gives no result set."""
        try:
            if self.description is None:
                raise sqlite3.ProgrammingError("the statement gives no result set")
            columns = tuple(str(column[0]) for column in self.description)
            rows, truncated = take(self, self.connection.query_limits)
            return [Fetched(columns, rows, truncated)]
        finally:
            self.close()


def connect_trusted(path: Path, deadline: Deadline) -> sqlite3.Connection:
    """Read-only, for our own statements: reflection and the catalogue's values."""
    connection = _open(path.absolute().as_uri(), sqlite3.Connection)
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA data_version")  # the first word with the file: a file that is no database fails here
        connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
        connection.set_progress_handler(deadline.passed, _STEPS_BETWEEN_LOOKS)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_guarded(
    path: Path,
    columns: Columns,
    limits: QueryLimits,
    deadline: Deadline,
    rows: Mapping[str, str] = MappingProxyType({}),
) -> sqlite3.Connection:
    """Read-only, for SQL that strangers wrote: only `columns` and the listed functions.

    `rows` are conditions by table, as `shadows.attach` takes them. Where a table has one, or columns beside
    its `columns`, names take no schema before them.
    """
    connection = _open(path.absolute().as_uri(), GuardedConnection)
    try:
        home = Home()
        if rows or has_private(connection, columns):
            connection.close()
            connection = _open(_EMPTY, GuardedConnection)
            home = attach(connection, path, columns, rows)
        _harden(connection, columns, home)
        connection.query_limits = limits
        connection.set_progress_handler(deadline.passed, _STEPS_BETWEEN_LOOKS)
    except BaseException:
        connection.close()
        raise
    return connection


def denied_tables(path: Path, columns: Columns) -> frozenset[str]:
    """Those of `columns` that a guarded connection may not read: views that show a private column."""
    deadline = Deadline()
    denied = set()
    with closing(connect_guarded(path, columns, QueryLimits(), deadline)) as connection:
        for name in (name for name, own in columns.items() if own):
            deadline.start(_LOOK_S)
            try:
                connection.execute(f"SELECT 1 FROM {quoted(name)} LIMIT 0").fetchall()
            except sqlite3.Error as error:
                if any(sign in str(error) for sign in DENIED):
                    denied.add(name)
    return frozenset(denied)


def _open(address: str, factory: type[_C]) -> _C:
    connection = sqlite3.connect(
        f"{address}?mode=ro",
        uri=True,
        isolation_level=None,
        cached_statements=0,
        timeout=LOCK_WAIT_S,
        factory=factory,
    )
    connection.text_factory = _text
    return connection


def _text(stored: bytes) -> str:
    """Stored text need not be UTF-8; a broken byte must not cost the whole answer."""
    return stored.decode("utf-8", "replace")


def _harden(connection: sqlite3.Connection, columns: Columns, home: Home) -> None:
    read = connection.cursor()
    for pragma in _PRAGMAS:
        read.execute(f"PRAGMA {pragma}")
    if sys.version_info >= (3, 12):  # pragma: no cover - Python 3.11 has no setconfig
        _configure(connection)
    named = {lowered(name) for (name,) in read.execute(f'SELECT name FROM "{home.schema}".sqlite_master')}
    modules = {name for (name,) in read.execute("SELECT lower(name) FROM pragma_module_list")}
    # A table-valued function declares itself at its first use, which the authorizer would deny.
    for function in TABLE_FUNCTIONS:
        read.execute(f"SELECT 1 FROM {function}('[1]')").fetchall()
    read.close()
    # After the schema was read: a wide table or a long CREATE statement is the owner's affair.
    for category, limit in _ENGINE_LIMITS:
        connection.setlimit(category, limit)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, max(_COLUMNS_MOST, home.widest))
    readable = {lowered(table): frozenset((*own, "")) for table, own in columns.items() if own}
    connection.set_authorizer(_authorizer(readable, home, frozenset(named | modules)))


if sys.version_info >= (3, 12):  # pragma: no cover

    def _configure(connection: sqlite3.Connection) -> None:
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DDL, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)


def _authorizer(readable: Mapping[str, frozenset[str]], home: Home, known: frozenset[str]) -> _Authorizer:
    """Allows SELECT, reads of `readable` at home, listed functions and recursion; `known` are no CTE's names."""
    homes = home.reads

    def may_read(table: str, column: str, database: str | None, view: str | None) -> bool:
        if table in TABLE_FUNCTIONS:
            return database in (None, "main")
        if database == home.schema and view and (lowered(view), table, column) in home.needed:
            return True
        if table in readable:
            # A rowid that is another name for a column arrives under the column's own; in a view there is none.
            return database in homes and (column in readable[table] or (column == "ROWID" and database != "temp"))
        # Where no column is read, as in count(*), the name arrives as written: a hidden table's or a CTE's.
        hidden = table in known or table.startswith(("sqlite_", "pragma_"))
        return column == "" and database is None and not hidden

    def decide(action: int, first: str | None, second: str | None, database: str | None, view: str | None) -> int:
        # A table of which no column is read has its schema's name as the statement writes it.
        where = database and lowered(database)
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and may_read(lowered(first or ""), second or "", where, view):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return decide
