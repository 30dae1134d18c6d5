"""What a turn leaves for the next: the query, the rows it showed, what was spoken of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from agent.memory import Memory, RememberedTurn
from agent.offline.query.query import Filter, Query, dump, load
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell, Table

Read: TypeAlias = Callable[[str, tuple["Frame", ...]], Query | None]
"""Reads a question after the frames before it; None where it is no question about rows."""

MOST_ROWS = 20
BELOW_ALERT, CAUSE = "alert", "cause"
"""The style of the frame that an alert leaves, and what its row tells beside its columns: what an analysis found."""
MOST_READ = 6
"""So many of the last turns are read again where another engine answered them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row that was shown: its table, the values that tell it from others, and what else was told."""

    table: str
    cells: tuple[tuple[str, Cell], ...]
    told: tuple[tuple[str, Cell], ...] = field(default=(), compare=False)

    def get(self, column: str) -> Cell:
        return dict((*self.told, *self.cells)).get(column)


@dataclass(frozen=True, slots=True)
class Frame:
    """One earlier turn as the next questions may refer to it. `rows` are in the order shown."""

    query: Query | None
    rows: tuple[Shown, ...] = ()
    spoken: tuple[Filter, ...] = ()
    style: str = "list"

    def of(self, table: str) -> tuple[Shown, ...]:
        """The rows of that table."""
        return tuple(row for row in self.rows if row.table == table)

    @property
    def main(self) -> tuple[Shown, ...]:
        """The rows of the table that was asked for; of another engine's answer those of the kind it named first."""
        asked = self.of(self.query.head) if self.query is not None else ()
        return asked or (self.of(self.rows[0].table) if self.rows else ())


def frames(memory: Memory, layer: SemanticLayer, read: Read) -> tuple[Frame, ...]:
    """The thread's frames, newest first; of a turn of another engine its focus, and its question as `read` here."""
    turns = (*memory.older, *memory.turns)
    found: tuple[Frame, ...] = ()
    for i, turn in enumerate(turns):
        is_near = len(turns) - i <= MOST_READ
        found = (_frame(turn, layer, found, read if is_near else None), *found)
    return found


def _frame(turn: RememberedTurn, layer: SemanticLayer, before: tuple[Frame, ...], read: Read | None) -> Frame:
    if turn.frame is not None:
        return from_json(turn.frame, layer)
    known = {table.name for table in layer.tables}
    rows = tuple(Shown(focus.table, focus.key) for focus in turn.focus if focus.table in known)
    is_question = bool(turn.sql) or not rows
    query = read(turn.question, before) if read is not None and is_question else None
    if rows and (query is None or query.head not in {row.table for row in rows}):
        main = tuple(row for row in rows if row.table == rows[0].table)
        query = Query(rows[0].table, filters=filter_on(main, layer))
    return Frame(query, rows, spoken_in(query))


def spoken_in(query: Query | None) -> tuple[Filter, ...]:
    """What a question names: the values that it asks rows to have."""
    filters = query.filters if query is not None else ()
    return tuple(one for one in filters if one.op == "=" and not one.negated and one.ref[0])


def to_json(query: Query | None, rows: tuple[Shown, ...], spoken: tuple[Filter, ...], style: str) -> dict[str, Any]:
    return {
        "query": dump(query) if query else None,
        "rows": [
            {"table": row.table, "cells": [list(cell) for cell in row.cells], "told": [list(cell) for cell in row.told]}
            for row in rows
        ],
        "spoken": [{"ref": list(one.ref), "values": list(one.values)} for one in spoken],
        "style": style,
    }


def from_json(data: Mapping[str, Any], layer: SemanticLayer) -> Frame:
    """The frame that `to_json` wrote; an empty one when the data is of another make or catalogue."""
    try:
        query = load(data["query"]) if data["query"] else None
        rows = tuple(
            Shown(str(one["table"]), _cells(one["cells"]), _cells(one.get("told", ()))) for one in data["rows"]
        )
        spoken = tuple(Filter((one["ref"][0], one["ref"][1]), "=", tuple(one["values"])) for one in data["spoken"])
        style = str(data["style"])
        refs = [one.ref for one in spoken] + ([(query.head, "")] if query else []) + [(row.table, "") for row in rows]
        for table, column in refs:
            layer.column((table, column)) if column else layer.table(table)
    except (KeyError, TypeError, ValueError, IndexError):
        return Frame(None)
    return Frame(query, rows, spoken, style)


def rows_of(table: Table, head: str, layer: SemanticLayer) -> tuple[Shown, ...]:
    """The head's key, display columns, categories and dates in a result's rows, as far as the result has them."""
    meaning = layer.table(head)
    known = {name: place for place, name in enumerate(table.columns)}
    wanted = [name for name in dict.fromkeys((meaning.primary_key, *meaning.display)) if name in known]
    told = [one.name for one in meaning.columns if one.role in ("category", "date") and one.name in known]
    if not wanted:
        return ()

    def shown(row: Sequence[Cell]) -> Shown:
        return Shown(head, tuple((n, row[known[n]]) for n in wanted if n), tuple((n, row[known[n]]) for n in told))

    return tuple(shown(row) for row in table.rows[:MOST_ROWS])


def _cells(data: Any) -> tuple[tuple[str, Cell], ...]:
    return tuple((str(name), value) for name, value in data)


def owners_of(table: Table, query: Query, layer: SemanticLayer) -> Iterator[Filter]:
    """What stands in the other tables' columns of a result, where it is one value."""
    own = {*layer.table(query.head).display, *(name for table_, name in query.columns if table_ == query.head)}
    for ref in (one for one in query.columns if one[0]):
        plain = () if ref[0] != query.head and ref[1] in own else (ref[1],)
        for name in (f"{ref[0]}_{ref[1]}", *plain):
            if name in table.columns:
                place = table.columns.index(name)
                values = {row[place] for row in table.rows}
                if len(values) == 1 and None not in values:
                    yield Filter(ref, "=", tuple(values))
                break


def filter_on(rows: tuple[Shown, ...], layer: SemanticLayer) -> tuple[Filter, ...]:
    """Conditions that pick exactly these rows: by key where it is known, else by what names them."""
    table = layer.table(rows[0].table)
    keys = tuple(row.get(table.primary_key) for row in rows) if table.primary_key else ()
    if keys and all(key is not None for key in keys):
        return (Filter((table.name, table.primary_key or ""), "=", tuple(dict.fromkeys(keys))),)
    named = [name for name in table.display if any(row.get(name) is not None for row in rows)]
    if len(rows) > 1 and len(named) > 1:
        cells = tuple(row.get(name) for row in dict.fromkeys(rows) for name in table.display)
        return (Filter((table.name, table.display[0]), "rows", cells),)
    return tuple(
        Filter((table.name, name), "=", tuple(dict.fromkeys(v for row in rows if (v := row.get(name)) is not None)))
        for name in named
    )


def identity(filters: tuple[Filter, ...], table: str, layer: SemanticLayer) -> tuple[Filter, ...]:
    """Those of the conditions that say which rows of `table` are meant, rather than in what state they are."""
    if not table:
        return ()
    meaning = layer.table(table)
    own = (one for one in filters if one.ref[0] == table and one.op in ("=", "rows") and not one.negated)
    return tuple(
        one
        for one in own
        if one.ref[1] in (meaning.primary_key, *meaning.display) or layer.column(one.ref).role == "name"
    )
