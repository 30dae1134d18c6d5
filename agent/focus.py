"""Which rows of the catalogue a result speaks of: what "그 모델" may mean next."""

from collections.abc import Iterable, Iterator

from agent.memory import Focus
from db.catalog.catalog import Catalog
from db.catalog.semantics import TableMeaning
from db.catalog.table import Cell, Row, Table

MOST = 12
"""So many rows of one answer may be spoken of; a longer list is no focus."""

Standing = dict[tuple[str, str], str]
"""(table, column) -> the cell of a row that stands in that column of the catalogue."""


def focus_of(catalog: Catalog, results: Iterable[Table]) -> tuple[Focus, ...]:
    """The rows that stand by name in the results, newest result first, in row order.

    A name counts where it is a value of a table's first display column; the
    table's other display columns (a model's version) come from the same row.
    """
    found: dict[Focus, None] = {}
    for result in results:
        for row in result.rows:
            standing = _standing(catalog, row)
            for focus in _spoken_of(catalog.semantics.tables, standing):
                found.setdefault(focus)
            if len(found) >= MOST:
                return tuple(found)[:MOST]
    return tuple(found)


def _standing(catalog: Catalog, row: Row) -> Standing:
    standing: Standing = {}
    for cell in row:
        if isinstance(cell, str):
            for match in catalog.values.exact(cell):
                if match.value == cell:
                    standing.setdefault((match.table, match.column), cell)
    return standing


def _spoken_of(tables: Iterable[TableMeaning], standing: Standing) -> Iterator[Focus]:
    for table in tables:
        key: list[tuple[str, Cell]] = [
            (c, standing[table.name, c]) for c in table.display if (table.name, c) in standing
        ]
        if table.display and (table.name, table.display[0]) in standing:
            yield Focus(table.name, tuple(key))
