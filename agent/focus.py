"""Which rows of the catalogue a result speaks of: what "그 모델" may mean next."""

from collections.abc import Iterable

from agent.memory import Focus
from db.catalog.catalog import Catalog
from db.catalog.semantics import TableMeaning
from db.catalog.table import Cell, Table

MOST = 12
"""So many rows of one answer may be spoken of; a longer list is no focus."""


def focus_of(catalog: Catalog, results: Iterable[Table]) -> tuple[Focus, ...]:
    """The rows that stand by name in the results, newest result first, in row order.

    A name counts where the value index holds exactly it as the first display
    column of a table; the table's other display columns (a model's version)
    are taken from the same row where they stand in it.
    """
    found: dict[Focus, None] = {}
    for result in results:
        for row in result.rows:
            for focus in _in_row(catalog, row):
                found.setdefault(focus)
                if len(found) >= MOST:
                    return tuple(found)
    return tuple(found)


def _in_row(catalog: Catalog, row: tuple[Cell, ...]) -> Iterable[Focus]:
    for table in catalog.semantics.tables:
        if not table.display:
            continue
        name, *others = table.display
        value = next((cell for cell in row if _stands(catalog, table, name, cell)), None)
        if value is None:
            continue
        rest = ((column, _other(catalog, table, column, row, value)) for column in others)
        yield Focus(table.name, ((name, value), *((column, cell) for column, cell in rest if cell is not None)))


def _other(catalog: Catalog, table: TableMeaning, column: str, row: tuple[Cell, ...], name: Cell) -> Cell:
    return next((cell for cell in row if cell != name and _stands(catalog, table, column, cell)), None)


def _stands(catalog: Catalog, table: TableMeaning, column: str, cell: Cell) -> bool:
    return isinstance(cell, str) and catalog.values.holds(table.name, column, cell)
