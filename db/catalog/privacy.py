"""Decides which columns nobody is shown, and makes the schema that everything above the engine sees."""

from collections.abc import Collection, Iterator

from db.catalog.fitting import references
from db.catalog.meaning import ColumnRef
from db.catalog.schema import Columns, ForeignKey, Schema, TableSchema
from db.catalog.semantics_file import CatalogFile, TablePart
from db.catalog.source_file import Loc


def private_columns(file: CatalogFile, schema: Schema, denied: Collection[str] = ()) -> tuple[ColumnRef, ...]:
    """The columns that file or database close, as (table, column) in the schema's order; all of the tables `denied`.

    Where a private column or table is gone, it may have another name now: until the file is mended, what
    it does not name there is private too.
    """
    closing = {name.casefold(): part for name, part in file.tables.items() if _closes(part)}
    known = {table.name.casefold() for table in schema.tables}
    named = {name.casefold() for name in file.tables}
    is_lost = not known.issuperset(closing)
    found: list[ColumnRef] = []
    for table in schema.tables:
        name = table.name.casefold()
        if table.name in denied or (is_lost and name not in named):
            found += ((table.name, column.name) for column in table.columns)
        elif name in closing:
            found += ((table.name, column) for column in _private(table, closing[name]))
        else:
            found += ((table.name, column.name) for column in table.columns if column.denied)
    return tuple(found)


def still_private(
    private: Collection[ColumnRef], schema: Schema, opens: Collection[ColumnRef], denied: Collection[str]
) -> tuple[ColumnRef, ...]:
    """Those of `private` that are not opened, with all columns of the tables `denied`, in the schema's order.

    What the database itself does not let the bot read, nobody can open.
    """
    opened = {_folded(ref) for ref in opens}
    closed = {_folded(ref) for ref in private}
    kept = {
        _folded((table.name, column.name))
        for table in schema.tables
        for column in table.columns
        if table.name in denied or column.denied
    }
    kept |= closed - opened
    refs = ((table.name, column.name) for table in schema.tables for column in table.columns)
    return tuple(ref for ref in refs if _folded(ref) in kept)


def public(schema: Schema, private: Collection[ColumnRef]) -> Schema:
    """The schema without these columns, without tables that have no other, and without the keys over them."""
    closed = {_folded(ref) for ref in private}
    tables = tuple(
        TableSchema(table.name, kept, table.row_count)
        for table in schema.tables
        if (kept := tuple(each for each in table.columns if _folded((table.name, each.name)) not in closed))
    )
    if not closed:
        return schema
    shown = {table.name for table in tables}
    keys = (key for key in schema.foreign_keys if {key.table, key.parent_table} <= shown)
    return Schema(tables, tuple(key for key in keys if not closed & _ends(key)))


def readable(schema: Schema, shown: Schema) -> Columns:
    """Each table of the schema with the columns that are shown of it."""
    kept = {table.name: tuple(column.name for column in table.columns) for table in shown.tables}
    return {table.name: kept.get(table.name, ()) for table in schema.tables}


def misuses(file: CatalogFile, schema: Schema, shown: Schema) -> Iterator[tuple[Loc, str]]:
    """Where the file builds on a column or table that is private, and what to do about it."""
    for loc, table, column in references(file):
        if _is_own_entry(loc, shown) or (loc[0] == "tables" and loc[2:3] == ("asker",)):
            continue
        if _has(schema, table, column) and not _has(shown, table, column):
            what = f"table '{table}'" if column is None else f"column '{column}' of table '{table}'"
            yield loc, f"{what} is private; remove it here"


def _closes(part: TablePart) -> bool:
    return part.private or any(column.private for column in part.columns.values())


def _private(table: TableSchema, part: TablePart) -> Iterator[str]:
    said = {name.casefold(): column.private for name, column in part.columns.items()}
    is_lost = any(said[name] and table.column(name) is None for name in said)
    for column in table.columns:
        name = column.name.casefold()
        opened = said.get(name) is False
        is_closed = part.private or column.denied or said.get(name)
        if is_closed or (column.generated and not opened) or (is_lost and name not in said):
            yield column.name


def _folded(ref: ColumnRef) -> ColumnRef:
    return ref[0].casefold(), ref[1].casefold()


def _ends(key: ForeignKey) -> set[ColumnRef]:
    return {_folded((key.table, key.column)), _folded((key.parent_table, key.parent_column))}


def _has(schema: Schema, table: str, column: str | None) -> bool:
    known = schema.table(table)
    return known is not None and (column is None or known.column(column) is not None)


def _is_own_entry(loc: Loc, shown: Schema) -> bool:
    """Whether the place is inside the entry of a private table or column, which must be named to be closed."""
    entry = str(loc[3]) if len(loc) > 3 and loc[2] == "columns" else None
    return loc[0] == "tables" and not _has(shown, str(loc[1]), entry)
