"""What a catalogue holds: tables, columns and the foreign keys between them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Columns: TypeAlias = Mapping[str, tuple[str, ...]]
"""Each table with the columns that may be read; none of a table that is private as a whole."""


@dataclass(frozen=True, slots=True)
class Window:
    """What may be read of one table: its `columns`, none where it is private as a whole, in the rows that `rows` lets.

    `rows` is a condition of the operator's in the engine's SQL, "" for all rows. It speaks of the tables as they are,
    each with the dialect's `home` before its name, and has literals where the policy has parameters.
    """

    columns: tuple[str, ...] = ()
    rows: str = ""


Windows: TypeAlias = Mapping[str, Window]
"""Each table of the database with what may be read of it."""


@dataclass(frozen=True, slots=True)
class ColumnSchema:
    """One column; `type` is the declared type as written, "" if none. `generated`: computed from the row's others.

    `denied`: the database does not let the bot read it, so that it is private whatever catalog.yml says.
    """

    name: str
    type: str = ""
    nullable: bool = True
    primary_key: bool = False
    generated: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`table.column` points at `parent_table.parent_column`."""

    table: str
    column: str
    parent_table: str
    parent_column: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table or view; `row_count` is None where it was not counted."""

    name: str
    columns: tuple[ColumnSchema, ...]
    row_count: int | None = None

    def column(self, name: str) -> ColumnSchema | None:
        """The column of that name (letter case does not matter), or None."""
        folded = name.casefold()
        return next((column for column in self.columns if column.name.casefold() == folded), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables a query may read, in the database's own order."""

    tables: tuple[TableSchema, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    def table(self, name: str) -> TableSchema | None:
        """The table of that name (letter case does not matter), or None."""
        folded = name.casefold()
        return next((table for table in self.tables if table.name.casefold() == folded), None)

    def join_path(self, start: str, end: str) -> tuple[ForeignKey, ...] | None:
        """The shortest path between two tables; None when no keys lead there."""
        return shortest_path(self.foreign_keys, start, end)


def shortest_path(keys: tuple[ForeignKey, ...], start: str, end: str) -> tuple[ForeignKey, ...] | None:
    """The fewest foreign keys that lead from one table to another, in walking order; () when both are the same.

    Keys are followed in both directions, and letter case does not matter. Among paths of equal length the one
    with the earlier declared keys wins. None when there is no path.
    """
    goal = end.casefold()
    paths: dict[str, tuple[ForeignKey, ...]] = {start.casefold(): ()}
    waiting = deque(paths)
    while waiting and goal not in paths:
        here = waiting.popleft()
        for key in keys:
            for beyond in _across(key, here):
                if beyond not in paths:
                    paths[beyond] = (*paths[here], key)
                    waiting.append(beyond)
    return paths.get(goal)


def shortest_paths(keys: tuple[ForeignKey, ...], start: str, end: str) -> tuple[tuple[ForeignKey, ...], ...]:
    """Every path as short as `shortest_path`'s, that one first; () where none leads there."""
    goal = end.casefold()
    found: dict[str, list[tuple[ForeignKey, ...]]] = {start.casefold(): [()]}
    seen: set[str] = set()
    while found and goal not in found:
        seen |= found.keys()
        farther: dict[str, list[tuple[ForeignKey, ...]]] = {}
        for here, paths in found.items():
            steps = [(key, beyond) for key in keys for beyond in _across(key, here) if beyond not in seen]
            for key, beyond in steps:
                farther.setdefault(beyond, []).extend((*path, key) for path in paths)
        found = farther
    return tuple(found.get(goal, ()))


def _across(key: ForeignKey, here: str) -> tuple[str, ...]:
    child, parent = key.table.casefold(), key.parent_table.casefold()
    if here == child:
        return (parent,)
    return (child,) if here == parent else ()
