"""What of catalog.yml names things that the schema lacks, and the file without it."""

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from db.catalog.meaning import ColumnRef
from db.catalog.schema import Schema
from db.catalog.semantics_file import CatalogFile, TablePart
from db.catalog.source_file import Loc

_ASKER = 3
"""("tables", name, "asker"): without one of its columns it finds nobody, or another team."""
_FETCH = 4
"""("details", 0, "fetch", 0): a look-up falls alone, its detail stays."""


def misfits(file: CatalogFile, schema: Schema) -> Iterator[tuple[Loc, str]]:
    """Where the file names a table or column that the schema lacks, and what to do about it."""
    for loc, table, column in references(file):
        if problem := _unknown(schema, table, column):
            yield loc, problem


def fitting(file: CatalogFile, schema: Schema) -> CatalogFile:
    """The file without the parts that name what the schema lacks.

    A table loses the setting alone; a concept, criterion, span, trade-off or key falls whole, since half of one
    would mean something else.
    """
    gone = {_fallen(loc) for loc, _ in misfits(file, schema)}
    return CatalogFile.model_validate(_without(file.model_dump(mode="json"), gone)) if gone else file


def _fallen(loc: Loc) -> Loc:
    if loc[0] == "tables":
        return loc[:_ASKER] if len(loc) > _ASKER and loc[2] == "asker" else loc
    return loc[: _FETCH if loc[0] == "details" and loc[2] == "fetch" else 2]


def _without(node: Any, gone: Collection[Loc]) -> Any:
    """`node` without what stands at the places `gone`."""
    inside: dict[str | int, list[Loc]] = defaultdict(list)
    for loc in gone:
        inside[loc[0]].append(loc[1:])
    if isinstance(node, dict):
        return {key: _without(each, inside[key]) for key, each in node.items() if () not in inside[key]}
    if isinstance(node, list):
        return [_without(each, inside[place]) for place, each in enumerate(node) if () not in inside[place]]
    return node


def _unknown(schema: Schema, table: str, column: str | None) -> str | None:
    names = [one.name for one in schema.tables]
    known = schema.table(table)
    if known is None:
        return f"there is no table '{table}'{_nearest(table, names)}; mend or remove it"
    columns = [one.name for one in known.columns]
    if column is not None and column not in columns:
        return f"table '{table}' has no column '{column}'{_nearest(column, columns)}; mend or remove it"
    return None


def _nearest(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, 1, 0.5)
    return f" (nearest: '{close[0]}')" if close else f" (there are: {', '.join(names)})"


def references(file: CatalogFile) -> Iterator[tuple[Loc, str, str | None]]:
    """Each place that names a table, or a column of one, with their names."""
    for name, table in file.tables.items():
        yield from _table_references(name, table)
    for name, concept in file.concepts.items():
        loc: Loc = ("concepts", name)
        yield (*loc, "table"), concept.table, None
        yield from (((*loc, "having", i), other, None) for i, other in enumerate(concept.having))
        yield from _where_references((*loc, "where"), concept.table, concept.where)
    for name, criterion in file.criteria.items():
        loc = ("criteria", name)
        yield (*loc, "table"), criterion.table, None
        yield (*loc, "column"), *column_ref(criterion.column, criterion.table)
        yield from _where_references((*loc, "scope"), criterion.table, criterion.scope)
    for i, tradeoff in enumerate(file.tradeoffs):
        for j, column in enumerate(tradeoff.columns):
            yield ("tradeoffs", i, "columns", j), *column_ref(column, "")
        yield from ((("tradeoffs", i, "choose", key), *column_ref(key, "")) for key in tradeoff.choose)
    for name, span in file.spans.items():
        yield ("spans", name, "table"), span.table, None
        yield ("spans", name, "start"), *column_ref(span.start, span.table)
        yield ("spans", name, "end"), *column_ref(span.end, span.table)
    for i, key in enumerate(file.foreign_keys):
        yield ("foreign_keys", i, "child"), *column_ref(key.child, "")
        yield ("foreign_keys", i, "parent"), *column_ref(key.parent, "")
    yield from _detail_references(file)


def _detail_references(file: CatalogFile) -> Iterator[tuple[Loc, str, str | None]]:
    for i, detail in enumerate(file.details):
        yield ("details", i, "table"), detail.table, None
        yield from _where_references(("details", i, "when"), detail.table, detail.when)
        for j, fetch in enumerate(detail.fetch):
            loc: Loc = ("details", i, "fetch", j)
            yield (*loc, "table"), fetch.table, None
            yield from (((*loc, "show", k), fetch.table, column) for k, column in enumerate(fetch.show))
            yield from _where_references((*loc, "where"), fetch.table, fetch.where)


def _table_references(name: str, table: TablePart) -> Iterator[tuple[Loc, str, str | None]]:
    loc: Loc = ("tables", name)
    yield loc, name, None
    if table.part_of is not None:
        yield (*loc, "part_of"), table.part_of, None
    if table.date is not None:
        yield (*loc, "date"), name, table.date
    if table.asker is not None:
        named = {"email": table.asker.email, "team": table.asker.team}
        yield from (((*loc, "asker", key), name, column) for key, column in named.items() if column is not None)
    for setting in ("display", "show", "order"):
        columns: tuple[str, ...] = getattr(table, setting)
        yield from (((*loc, setting, i), name, column.split()[0]) for i, column in enumerate(columns))
    for column, part in table.columns.items():
        yield (*loc, "columns", column), name, column
        if part.instead is not None:
            yield (*loc, "columns", column, "instead"), name, part.instead


def _where_references(loc: Loc, table: str, where: Mapping[str, object]) -> Iterator[tuple[Loc, str, str | None]]:
    yield from (((*loc, key), *column_ref(key, table)) for key in where)


def column_ref(text: str, table: str) -> ColumnRef:
    """ "table.column", or a bare column of `table`."""
    head, dot, tail = text.partition(".")
    return (head, tail) if dot else (table, head)
