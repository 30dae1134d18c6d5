"""Why a query found nothing: which filter emptied it, and what is there instead."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from db.catalog.errors import CatalogError
from db.catalog.guard import DIALECT, ctes_in_sight
from db.catalog.names import listed
from db.catalog.schema import Schema, TableSchema

if TYPE_CHECKING:
    from db.catalog.catalog import Catalog

_PROBES: Final = 5
_ALL_S: Final = 3.0
_SHOWN_CHARS: Final = 80
_FEW_VALUES: Final = 12


@dataclass(frozen=True, slots=True)
class _Filter:
    """A condition on one table alone, written with that table's name."""

    table: TableSchema
    condition: exp.Expr

    @property
    def text(self) -> str:
        return self.condition.sql(DIALECT)

    @property
    def probe(self) -> str:
        name = exp.to_identifier(self.table.name, quoted=True).sql(DIALECT)
        return f"SELECT 1 FROM {name} WHERE {self.text} LIMIT 1"


async def explain_empty(catalog: "Catalog", sql: str) -> str | None:
    """For a query without rows: the filters that match nothing, with the nearest values there are.

    Where each filter matches by itself, the one without which there would be
    rows. At most five small queries, within three seconds. None when nothing
    can be said; never raises.
    """
    try:
        async with asyncio.timeout(_ALL_S):
            return await _explain(catalog, sql)
    except (CatalogError, SqlglotError, RecursionError, TimeoutError, ValueError):
        return None


async def _explain(catalog: "Catalog", sql: str) -> str | None:
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    empty = [table.name for table in _tables(tree, catalog.schema) if table.row_count == 0]
    if empty:
        return f"Table {listed(empty)} has no rows."
    filters = list(_filters(tree, catalog.schema))[:_PROBES]
    dead = [each for each in filters if (await catalog.query(each.probe)).is_empty]
    if dead:
        return " ".join(_sentence(catalog, each) for each in dead)
    return await _drop_one(catalog, tree, _PROBES - len(filters))


def _sentence(catalog: "Catalog", dead: _Filter) -> str:
    said = [f"{dead.text} matches no row"]
    for column, text in _literals(dead.condition):
        said += _offers(catalog, dead.table.name, column, text)
    return "; ".join(said) + "."


def _offers(catalog: "Catalog", table: str, column: str, text: str) -> Iterator[str]:
    values = catalog.values
    near = values.find(text, table=table, column=column, limit=3) or values.nearest(text, table=table, column=column)
    known = values.values_of(table, column)
    if near:
        yield f"nearest in {table}.{column}: {_shown(match.value for match in near)}"
    elif 0 < len(known) <= _FEW_VALUES:
        yield f"{table}.{column} has: {_shown(known)}"
    elsewhere = dict.fromkeys(f"{match.table}.{match.column}" for match in values.exact(text))
    elsewhere.pop(f"{table}.{column}", None)
    if elsewhere:
        yield f"{_shown([text])} stands in {listed(elsewhere)}"


def _shown(values: Iterable[object]) -> str:
    return listed(repr(str(value)[:_SHOWN_CHARS]) for value in values)


async def _drop_one(catalog: "Catalog", tree: exp.Expr, probes: int) -> str | None:
    """Which of the outermost conditions to drop to get rows."""
    where = tree.args.get("where")
    conditions = list(_conjuncts(where.this)) if isinstance(where, exp.Where) else []
    if len(conditions) < 2:
        return None
    blocking = []
    for index, dropped in enumerate(conditions[:probes]):
        fewer = tree.copy()
        fewer.set("where", exp.Where(this=exp.and_(*(c for i, c in enumerate(conditions) if i != index))))
        if not (await catalog.query(f"SELECT 1 FROM ({fewer.sql(DIALECT)}) LIMIT 1")).is_empty:
            blocking.append(dropped.sql(DIALECT))
    if blocking:
        return f"Each filter matches rows by itself, but not together; there are rows without {' or '.join(blocking)}."
    return "Each filter matches rows by itself, but not together." if probes >= len(conditions) else None


def _tables(tree: exp.Expr, schema: Schema) -> Iterator[TableSchema]:
    for node in tree.find_all(exp.Table):
        table = _catalogue_table(node, schema)
        if table is not None:
            yield table


def _catalogue_table(node: exp.Table, schema: Schema) -> TableSchema | None:
    return None if node.name.lower() in ctes_in_sight(node) else schema.table(node.name)


def _filters(tree: exp.Expr, schema: Schema) -> Iterator[_Filter]:
    """Every condition of the statement, inner queries too, that speaks of one catalogue table alone."""
    for select in tree.find_all(exp.Select):
        scope = {
            node.alias_or_name.lower(): table
            for node in select.find_all(exp.Table)
            if node.parent_select is select and (table := _catalogue_table(node, schema)) is not None
        }
        where = select.args.get("where")
        joins = [join.args.get("on") for join in select.args.get("joins") or ()]
        is_outer = any(join.side for join in select.args.get("joins") or ())
        for clause in (where.this if isinstance(where, exp.Where) else None, *joins):
            for condition in _conjuncts(clause):
                found = _about_one_table(condition, scope)
                # After an outer join IS NULL asks for rows without a partner, which the table alone cannot tell.
                if found is not None and not (is_outer and condition.find(exp.Is)):
                    yield found


def _conjuncts(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    if isinstance(condition, exp.Paren) and isinstance(condition.this, exp.And):
        condition = condition.this
    if isinstance(condition, exp.And):
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    elif condition is not None:
        yield condition


def _about_one_table(condition: exp.Expr, scope: dict[str, TableSchema]) -> _Filter | None:
    if condition.find(exp.Query, exp.AggFunc) is not None:
        return None
    owners = [_owner(column, scope) for column in condition.find_all(exp.Column)]
    if not owners or owners[0] is None or any(owner is not owners[0] for owner in owners):
        return None
    renamed = condition.copy()
    for column in renamed.find_all(exp.Column):
        column.set("table", exp.to_identifier(owners[0].name))
    return _Filter(owners[0], renamed)


def _owner(column: exp.Column, scope: dict[str, TableSchema]) -> TableSchema | None:
    if column.table:
        return scope.get(column.table.lower())
    owners = [table for table in scope.values() if table.column(column.name)]
    return owners[0] if len(owners) == 1 else None


def _literals(condition: exp.Expr) -> Iterator[tuple[str, str]]:
    """(column, text) of each comparison with a text, LIKE's wildcards taken off."""
    for comparison in condition.find_all(exp.EQ, exp.In, exp.Like, exp.Is):
        column = comparison.find(exp.Column)
        for literal in comparison.find_all(exp.Literal):
            text = literal.name.strip("%_ ")
            if column is not None and literal.is_string and text:
                yield column.name, text
