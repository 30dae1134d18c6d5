"""What a catalogue holds: tables, columns and the foreign keys between them."""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnSchema:
    """One column; `type` is the declared type as written, "" if none."""

    name: str
    type: str = ""
    nullable: bool = True
    primary_key: bool = False


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

    def join_path(self, start: str, end: str) -> tuple[ForeignKey, ...]:
        """The fewest foreign keys that lead from `start` to `end`, in walking order.

        Keys are followed in both directions. Among paths of equal length the
        one with the earlier declared keys wins. Empty when both are the same
        table or no path exists.
        """
        goal = end.casefold()
        reached: dict[str, tuple[ForeignKey, ...]] = {start.casefold(): ()}
        waiting = deque(reached)
        while waiting and goal not in reached:
            here = waiting.popleft()
            for key in self.foreign_keys:
                for next_table in _across(key, here):
                    if next_table not in reached:
                        reached[next_table] = (*reached[here], key)
                        waiting.append(next_table)
        return reached.get(goal, ())


def _across(key: ForeignKey, here: str) -> tuple[str, ...]:
    child, parent = key.table.casefold(), key.parent_table.casefold()
    if here == child:
        return (parent,)
    return (child,) if here == parent else ()
