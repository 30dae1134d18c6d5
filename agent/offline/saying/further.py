"""Offers further questions: about the first row, not answered yet, and such as the engine can read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from agent.offline.query.query import Filter, Query
from agent.offline.query.shown import shown
from agent.offline.saying.offers import read
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.results import Result
from agent.offline.talk.scene import Scene
from db.catalog.meaning import SemanticLayer, TableMeaning
from db.catalog.table import Cell, Row
from db.hangul import josa

MOST = 3
_GROUPS = 2
_HOLE = re.compile(r"\{(\w+)\}(?:(\w)\((\w)\))?")


def questions(result: Result, scene: Scene, say: Phrases) -> list[str]:
    """Questions about the first row and what it is in; general ones where there is no such row."""
    row = result.table.rows[0]
    table = _table(result)
    if table is None:
        return _rows_behind(result, scene, say)
    cells = _cells(result, table, row)
    lines = (_filled(line, cells) for line in _lines(result.layer, table, cells, scene))
    return list(islice(_fresh((line for line in lines if line is not None), result, scene), MOST))


def _rows_behind(result: Result, scene: Scene, say: Phrases) -> list[str]:
    """The rows that a number was made of, or the first groups were; general questions where it was made of all."""
    behind = ((rows, say.show(rows)) for rows in _behind(result))
    lines = list(islice((line for rows, line in behind if _is_read(line, rows, scene)), _GROUPS))
    return lines or list(islice(_fresh(result.layer.examples.of(scene.language), result, scene), 2))


def _behind(result: Result) -> Iterator[Query]:
    """A query for the rows of each of the first groups; where there are none, for all that were measured."""
    query = result.query
    rows = Query(query.counted or query.head, filters=query.filters, via=query.via)
    if query.groups:
        by = query.groups[0]
        rows = replace(rows, filters=tuple(one for one in rows.filters if one.ref != by))
        values = () if query.grain else [row[0] for row in result.table.rows[:_GROUPS] if row[-1] != 0]
        yield from (
            replace(rows, filters=(*rows.filters, Filter(by, values=(value,)))) for value in values if value is not None
        )
    elif rows.filters:
        yield rows


def _is_read(line: str, rows: Query, scene: Scene) -> bool:
    """Whether the engine reads the line as that query."""
    again = read(line, scene, scene.after)
    return again is not None and (again.head, set(again.filters)) == (rows.head, set(rows.filters))


def _table(result: Result) -> TableMeaning | None:
    """The table whose row the questions are about: the rows', or that of the names they are grouped by."""
    query, layer = result.query, result.layer
    if query.groups:
        table = layer.table(query.groups[0][0])
        return table if query.groups[0][1] in table.display else None
    if query.measure not in ("rows", "count", "per"):
        return None
    table = layer.table(query.head)
    return layer.table(table.part_of) if table.part_of else table


def _cells(result: Result, table: TableMeaning, row: Row) -> dict[str, Cell]:
    """The row's values by column, and its whole name."""
    columns = result.table.columns
    cells: dict[str, Cell] = {c.name: row[columns.index(c.name)] for c in table.columns if c.name in columns}
    cells["name"] = " ".join(str(value) for d in table.display if (value := cells.get(d)) is not None)
    return cells


def _lines(layer: SemanticLayer, table: TableMeaning, cells: dict[str, Cell], scene: Scene) -> tuple[str, ...]:
    """The questions for a row in its state where the layer has some, else those for any row of the table."""
    for detail in layer.details:
        in_state = all(cells.get(column) in values for (_, column), values in detail.when)
        own = tuple(line for line in detail.next.of(scene.language) if "{" in line)
        if detail.table == table.name and in_state and own:
            return own
    return table.next.of(scene.language)


def _filled(line: str, cells: dict[str, Cell]) -> str | None:
    """The line with the row's values, each with its right particle; None when the row lacks one."""
    if any(not cells.get(hole.group(1)) for hole in _HOLE.finditer(line)):
        return None

    def value(hole: re.Match[str]) -> str:
        text = str(cells[hole.group(1)])
        return josa(text, f"{hole.group(2)}/{hole.group(3)}") if hole.group(2) else text

    return _HOLE.sub(value, line)


def _fresh(lines: Iterable[str], result: Result, scene: Scene) -> Iterator[str]:
    """The lines that the engine reads, and whose answer does not stand in the result already."""
    for line in lines:
        if (query := read(line, scene, scene.after)) and not _is_answered(query, result):
            yield line


def _is_answered(query: Query, result: Result) -> bool:
    """Whether the question itself said it, or that there are none, or the rows were just shown with what is asked."""
    known = result.query
    fixed = {f.ref for f in known.filters if f.op == "=" and len(f.values) == 1}
    asked = set(query.columns) or {(query.head, name) for name in result.layer.table(query.head).display}
    if query.measure == "rows" and asked <= fixed:
        return True
    if query.head in known.absent:
        return True
    if query.head != known.head or query.measure not in ("rows", known.measure) or query.groups != known.groups:
        return False
    rows = {row for row in result.table.rows if _meets(query, result, row)}
    asks_more = set(shown(query, result.layer)) - set(result.refs)
    return not asks_more and (bool(rows) or set(query.filters) == set(known.filters))


def _meets(query: Query, result: Result, row: Row) -> bool:
    return all(f.ref in result.refs and result.value(row, f.ref) in f.values for f in query.filters) and bool(
        query.filters
    )
