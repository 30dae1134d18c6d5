"""SQLite's arena."""

import hashlib
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from db.catalog.errors import CatalogError, QueryRefused
from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.mending import mended
from db.catalog.schema import ColumnSchema, Schema, TableSchema
from db.catalog.sqlite import functions
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.guarded import connect_guarded
from db.catalog.sqlite.said import sorted_out
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.workers import Workers
from db.catalog.values import ValueIndex
from tests.fuzz.arena import Outcome
from tests.fuzz.grammar import Vocabulary

SQLITE: Final = Vocabulary.read(Path(__file__).with_name("sqlite.yml"))
DENIED: Final = ("not authorized", "prohibited", "one statement at a time")
"""What the engine says of a statement that the guard should not have let through."""

_LOOKS: Final = 100
"""Of 1,000 steps each: what a statement may take here, where the clock must not decide."""
_SETTINGS: Final = """
query_only trusted_schema cell_size_check temp_store mmap_size writable_schema journal_mode user_version busy_timeout
ignore_check_constraints foreign_keys locking_mode recursive_triggers synchronous cache_size
database_list collation_list schema_version legacy_alter_table reverse_unordered_selects defer_foreign_keys
""".split()  # noqa: SIM905 - a list of words reads better so
_LIMITS: Final = range(12)
_NAMED_HIDDEN: Final = re.compile(r"(?i)(?:secrets|sqlite_\w+|pragma_\w+)\W*(?:\([^)]*\)\s*)?as\b")
"""A CTE with a hidden table's name: the engine cannot tell `count(*)` of one from the other, and denies it."""


class Looks(Deadline):
    """Ends a statement after so many looks of the engine, however slow the machine."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _LOOKS

    def renew(self) -> None:
        self._left = _LOOKS

    def passed(self) -> bool:
        self._left -= 1
        return self._left < 0


class SqliteArena:
    """A folder with a catalogue, made anew; the canary is a word that no grammar knows."""

    def __init__(self, folder: Path, words: Vocabulary = SQLITE) -> None:
        self.folder = folder
        self.path = folder / "catalog.db"
        self.canary = f"canary{os.urandom(8).hex()}"
        with closing(sqlite3.connect(self.path)) as owner:
            owner.executescript(words.setup)
            owner.execute(words.canary, (self.canary,))
            owner.commit()
            self.columns = {name: _columns(owner, name) for name in words.plain_tables}
        tables = tuple(TableSchema(name, tuple(map(ColumnSchema, own))) for name, own in self.columns.items())
        self.schema = Schema(tables)
        self._guard = Guard(self.schema, functions.SQLITE)
        self._looks = Looks()
        self._values = ValueIndex(())
        self._connection = self._opened()
        self._files = self._snapshot()
        self._own_settings = self._settings()
        self._connection = self._opened()

    def close(self) -> None:
        self._connection.close()

    def excuses(self, sql: str) -> bool:
        return bool(_NAMED_HIDDEN.search(sql))

    def pool(self) -> Workers:
        limits = QueryLimits(deadline_s=0.5, connections=2)
        return Workers(Job(str(self.path), self.columns, limits), lambda: True)

    def judged(self, sql: str) -> Outcome:
        try:
            self._guard.check(sql)
        except QueryRefused as refusal:
            return Outcome(str(refusal), rule=refusal.rule)
        return Outcome("")

    def tried(self, sql: str, *, has_passed: bool = False) -> Outcome:
        self._looks.renew()
        try:
            return Outcome(repr(self._connection.execute(sql).fetchall()), ran=True)
        except (sqlite3.Error, sqlite3.Warning) as error:
            return self._failed(error, sql)
        except (ValueError, UnicodeEncodeError) as error:  # NUL and half characters, which the guard refuses
            return Outcome(str(error).partition(" in position")[0])

    def _failed(self, error: sqlite3.Error | sqlite3.Warning, sql: str) -> Outcome:
        denied = any(sign in str(error) for sign in DENIED)
        try:
            raise mended(sorted_out(error), sql, self.schema, self._values, functions.SQLITE)
        except CatalogError as told:
            return Outcome(str(told), denied=denied)

    def leaks(self, outcome: Outcome) -> bool:
        return self.canary in outcome.text

    def changes(self) -> list[str]:
        found = [] if self._snapshot() == self._files else ["files"]
        if self.tried("SELECT 1").text != "[Fetched(columns=('1',), rows=((1,),), truncated=False)]":
            found.append("no answer to SELECT 1")
        found += [name for name, value in self._settings().items() if value != self._own_settings[name]]
        self._connection = self._opened()
        return found

    def _opened(self) -> sqlite3.Connection:
        return connect_guarded(self.path, self.columns, QueryLimits(), self._looks)

    def _snapshot(self) -> dict[str, str]:
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in self.folder.iterdir()}

    def _settings(self) -> dict[str, object]:
        """Of the connection, which is of no more use afterwards."""
        connection = self._connection
        found: dict[str, object] = {f"limit {number}": connection.getlimit(number) for number in _LIMITS}
        found |= {"in a transaction": connection.in_transaction, "changes": connection.total_changes}
        if sys.version_info >= (3, 12):
            found |= {
                f"config {number}": connection.getconfig(number) for number in (1002, 1003, 1004, 1005, 1010, 1017)
            }
        connection.set_authorizer(None)
        self._looks.renew()
        with closing(connection.cursor()) as cursor:
            # First: a look at the temporary schema, harmless in a statement too, puts it among the databases.
            found["temp"] = repr(cursor.execute("SELECT * FROM sqlite_temp_master").fetchall())
            for name in _SETTINGS:
                found[name] = repr(cursor.execute(f"PRAGMA {name}").fetchall())
        connection.close()
        return found


@contextmanager
def opened(folder: Path) -> Iterator[SqliteArena]:
    """An arena in `folder`, which is also the working folder as long: what a statement writes would lie there."""
    before = Path.cwd()
    arena = SqliteArena(folder)
    os.chdir(folder)
    os.environ["FUZZ_CANARY"] = arena.canary
    try:
        yield arena
    finally:
        del os.environ["FUZZ_CANARY"]
        os.chdir(before)
        arena.close()


def _columns(owner: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(str(name) for (name,) in owner.execute("SELECT name FROM pragma_table_info(?)", (table,)))
