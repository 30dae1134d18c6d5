"""Why a query found nothing: which filter emptied it, and what is there instead."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from db.catalog.errors import CatalogError
from db.catalog.meaning import ColumnMeaning
from db.catalog.names import listed
from db.catalog.schema import Schema, TableSchema
from db.catalog.scope import ctes_in_sight
from db.catalog.table import Cell
from db.catalog.values import MOST_NAMES

if TYPE_CHECKING:
    from db.catalog.catalog import Catalog

_PROBES: Final = 5
_ALL_S: Final = 3.0
_SHOWN_CHARS: Final = 80
_FEW_VALUES: Final = 12
_OTHER_VALUES: Final = 3
_NAMING: Final = ("name", "key")
_NUMBER: Final = re.compile("INT|REAL|FLOA|DOUB|NUM|DEC", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Filter:
    """A condition on one table alone, written with that table's name."""

    table: TableSchema
    condition: exp.Expr

    def text(self, dialect: str) -> str:
        return self.condition.sql(dialect)

    def probe(self, dialect: str) -> str:
        name = exp.to_identifier(self.table.name, quoted=True)
        condition = self.condition.copy()
        for column in condition.find_all(exp.Column):
            column.set("table", name.copy())
        return f"SELECT 1 FROM {name.sql(dialect)} WHERE {condition.sql(dialect)} LIMIT 1"


async def explain_empty(catalog: "Catalog", sql: str) -> str | None:
    """For a query without rows: the filters that match nothing, with the nearest values there are.

    Where each filter matches by itself: what the row that the others pin has
    instead, else the filter without which there would be rows. At most five
    small queries, within three seconds. None when nothing can be said; never raises.
    """
    return await _said(catalog, sql, _explain)


async def explain_zero(catalog: "Catalog", sql: str) -> str | None:
    """For a query that is one COUNT and gave 0: what explain_empty says of the rows it counts.

    None for any other statement; never raises.
    """
    return await _said(catalog, sql, _explain_count)


async def note_dead_literals(catalog: "Catalog", sql: str) -> str | None:
    """For a query with rows: the texts in an outer join's ON that no row of their column has.

    Such a join fills its columns with NULL and says nothing. None when there are none; never raises.
    """
    return await _said(catalog, sql, _note) if "JOIN" in sql.upper() else None


async def _said(
    catalog: "Catalog", sql: str, say: Callable[["Catalog", exp.Expr], Awaitable[str | None]]
) -> str | None:
    try:
        async with asyncio.timeout(_ALL_S):
            return await say(catalog, sqlglot.parse_one(sql, dialect=catalog.dialect))
    except (CatalogError, SqlglotError, RecursionError, TimeoutError, ValueError, LookupError):
        return None


async def _explain(catalog: "Catalog", tree: exp.Expr) -> str | None:
    empty = [table.name for table in _tables(tree, catalog.schema) if table.row_count == 0]
    if empty:
        return f"Table {listed(empty)} has no rows."
    filters = list(_filters(tree, catalog.schema))[:_PROBES]
    dead = [each for each in filters if await _is_dead(catalog, each)]
    if dead:
        return _sentences(catalog, dead)
    return await _together(catalog, tree, _PROBES - len(filters))


async def _explain_count(catalog: "Catalog", tree: exp.Expr) -> str | None:
    counted = _counted(tree)
    return await _explain(catalog, counted) if counted is not None else None


async def _note(catalog: "Catalog", tree: exp.Expr) -> str | None:
    absent = dict.fromkeys(_absent_literals(catalog, tree))
    dead = [each for each in list(absent)[:_PROBES] if await _is_dead(catalog, each)]
    return f"Note: {_sentences(catalog, dead)}" if dead else None


async def _is_dead(catalog: "Catalog", each: _Filter) -> bool:
    return (await catalog.query(each.probe(catalog.dialect))).is_empty


def _counted(tree: exp.Expr) -> exp.Select | None:
    """The rows that a lone COUNT counts; None for any other statement."""
    if not isinstance(tree, exp.Select) or len(tree.selects) != 1 or tree.args.get("group"):
        return None
    count = tree.selects[0].unalias()
    if not isinstance(count, exp.Count):
        return None
    rows = tree.select("1", append=False)
    what = count.this.expressions[0] if isinstance(count.this, exp.Distinct) else count.this
    may_be_null = _is_outer(tree) if isinstance(what, exp.Column) else not isinstance(what, exp.Star | exp.Literal)
    return rows.where(what.is_(exp.null()).not_()) if may_be_null else rows


def _is_outer(select: exp.Select) -> bool:
    return any(join.side for join in select.args.get("joins") or ())


def _absent_literals(catalog: "Catalog", tree: exp.Expr) -> Iterator[_Filter]:
    """`column = 'text'` for each text in an outer join's ON that the column's loaded values lack."""
    for select in tree.find_all(exp.Select):
        scope = _scope(select, catalog.schema) if _is_outer(select) else {}
        for join in select.args.get("joins") or ():
            for condition in _conjuncts(join.args.get("on")) if join.side else ():
                if condition.find(exp.Not, exp.Query) is None:
                    for comparison in condition.find_all(exp.EQ, exp.In):
                        yield from _absent_from(catalog, comparison, scope)


def _absent_from(catalog: "Catalog", comparison: exp.Expr, scope: dict[str, TableSchema]) -> Iterator[_Filter]:
    sides = list(comparison.iter_expressions())
    column = next((side for side in sides if isinstance(side, exp.Column)), None)
    table = _owner(column, scope) if column is not None else None
    meaning = _meaning(catalog, column, scope) if column is not None else None
    if table is None or meaning is None:
        return
    known = set(map(str, catalog.values.values_of(*meaning.ref)))
    for side in sides:
        if known and isinstance(side, exp.Literal) and side.is_string and side.name not in known:
            yield _Filter(table, exp.EQ(this=exp.column(meaning.name, table.name), expression=side.copy()))


def _meaning(catalog: "Catalog", column: exp.Column, scope: dict[str, TableSchema]) -> ColumnMeaning | None:
    table = _owner(column, scope)
    schema = table.column(column.name) if table is not None else None
    return catalog.semantics.column((table.name, schema.name)) if table and schema else None


def _sentences(catalog: "Catalog", dead: Iterable[_Filter]) -> str:
    """A sentence a filter, each offer once in all of them."""
    told: set[str] = set()
    sentences = []
    for each in dead:
        said = dict.fromkeys((*_hints(catalog, each), *_offered(catalog, each)))
        fresh = [offer for offer in said if f"{each.table.name} {offer}" not in told]
        told.update(f"{each.table.name} {offer}" for offer in fresh)
        sentences.append("; ".join((f"{each.text(catalog.dialect)} matches no row", *fresh)) + ".")
    return " ".join(sentences)


def _hints(catalog: "Catalog", dead: _Filter) -> Iterator[str]:
    """What is wrong with the condition whatever the data."""
    for comparison in dead.condition.find_all(exp.EQ, exp.NEQ):
        if isinstance(comparison.expression, exp.Null):
            yield "use IS NULL" if isinstance(comparison, exp.EQ) else "use IS NOT NULL"
    yield from _sqlite_hints(catalog, dead) if catalog.engine_dialect.is_lax else _strict_hints(dead)


def _sqlite_hints(catalog: "Catalog", dead: _Filter) -> Iterator[str]:
    dates = {
        column.name.lower()
        for column in catalog.semantics.table(dead.table.name).columns
        if column.role == "date" and not _NUMBER.search(column.type)
    }
    for difference in dead.condition.find_all(exp.Sub):
        sides = (difference.left, difference.right)
        if all(isinstance(side, exp.Column) and side.name.lower() in dates for side in sides):
            yield "dates are text: use julianday"
        elif any(call.name.lower() == "julianday" for call in difference.find_all(exp.Anonymous)):
            yield "julianday differences are days"


def _strict_hints(dead: _Filter) -> Iterator[str]:
    """For engines that tell types and cases apart."""
    for extract in dead.condition.find_all(exp.Extract):
        if extract.name.lower() == "epoch" and extract.expression.find(exp.Sub):
            yield "differences in epoch are seconds"
    for like in dead.condition.find_all(exp.Like):
        if any(letter.isalpha() and letter.isascii() for letter in like.expression.name):
            yield "LIKE tells cases apart: use ILIKE"


def _offered(catalog: "Catalog", dead: _Filter) -> Iterator[str]:
    literals = dict.fromkeys(_literals(dead.condition))
    for column, text in literals:
        if near := _near(catalog, dead.table.name, column, text):
            is_alone = len(literals) == 1
            yield f"nearest: {_shown(near)}" if is_alone else f"{_shown([text])}: nearest {_shown(near[:1])}"
        yield from _others(catalog, dead.table.name, column, text, not near)


def _near(catalog: "Catalog", table: str, column: str, text: str) -> list[Cell]:
    values = catalog.values
    near = values.find(text, table=table, column=column, limit=3) or values.nearest(text, table=table, column=column)
    return [match.value for match in near]


def _others(catalog: "Catalog", table: str, column: str, text: str, is_far: bool) -> Iterator[str]:
    known = catalog.values.values_of(table, column)
    if is_far and 0 < len(known) <= _FEW_VALUES:
        yield f"{table}.{column} has: {_shown(known)}"
    elsewhere = dict.fromkeys(f"{match.table}.{match.column}" for match in catalog.values.exact(text))
    elsewhere.pop(f"{table}.{column}", None)
    if elsewhere:
        yield f"{_shown([text])} stands in {listed(elsewhere)}"


def _shown(values: Iterable[object]) -> str:
    return listed(repr(str(value)[:_SHOWN_CHARS]) for value in values)


async def _together(catalog: "Catalog", tree: exp.Expr, probes: int) -> str | None:
    """For outermost conditions that match rows each by itself: what there is instead."""
    where = tree.args.get("where")
    conditions = list(_conjuncts(where.this)) if isinstance(where, exp.Where) else []
    if not isinstance(tree, exp.Select) or len(conditions) < 2:
        return None
    start = "Each filter matches rows by itself, but not together"
    scope = _scope(tree, catalog.schema)
    naming = [each for each in conditions if _names_a_row(catalog, each, scope)]
    others = [each for each in conditions if each not in naming]
    coarsest = _coarsest(catalog, others or naming, scope)
    if probes and coarsest is not None and not tree.args.get("group"):
        probes -= 1
        if has := await _has_instead(catalog, _without(tree, conditions, coarsest), coarsest.this):
            return f"{start}; with {has} instead there are rows."
    # Without the condition that names the row there would be other rows, not the one that was meant.
    for group in (others, naming):
        blocking = [each for each in group[:probes] if await _gives_rows(catalog, _without(tree, conditions, each))]
        if blocking:
            return f"{start}; there are rows without {' or '.join(each.sql(catalog.dialect) for each in blocking)}."
        if len(group) > probes:
            return None
        probes -= len(group)
    return f"{start}."


def _names_a_row(catalog: "Catalog", condition: exp.Expr, scope: dict[str, TableSchema]) -> bool:
    """Whether the condition says which row is meant: by its key, its name, its version."""
    for column in condition.find_all(exp.Column) if condition.find(exp.EQ, exp.Like, exp.In) else ():
        meaning = _meaning(catalog, column, scope)
        if meaning and (meaning.role in _NAMING or meaning.name in catalog.semantics.table(meaning.table).display):
            return True
    return False


def _coarsest(catalog: "Catalog", conditions: list[exp.Expr], scope: dict[str, TableSchema]) -> exp.EQ | None:
    """The `column = literal` whose column has the fewest known values; a name only where there is no other."""

    def fineness(equal: exp.EQ) -> tuple[bool, int]:
        meaning = _meaning(catalog, equal.this, scope)
        known = catalog.values.values_of(*meaning.ref) if meaning else ()
        return meaning is not None and meaning.role in _NAMING, len(known) or MOST_NAMES

    equal = (
        each
        for each in conditions
        if isinstance(each, exp.EQ) and isinstance(each.this, exp.Column) and isinstance(each.expression, exp.Literal)
    )
    return min(equal, key=fineness, default=None)


async def _has_instead(catalog: "Catalog", rows: exp.Select, column: exp.Column) -> str | None:
    """The column's few values in these rows, as a condition; None where there are many or none."""
    probe = rows.select(column.copy(), append=False).distinct().limit(_OTHER_VALUES + 1)
    probe.set("order", None)
    probe.set("offset", None)
    found = [row[0] for row in (await catalog.query(probe.sql(catalog.dialect))).rows if row[0] is not None]
    if not 0 < len(found) <= _OTHER_VALUES:
        return None
    shown = [exp.convert(cell[:_SHOWN_CHARS] if isinstance(cell, str) else cell).sql(catalog.dialect) for cell in found]
    return f"{column.sql(catalog.dialect)} " + (f"= {shown[0]}" if len(shown) == 1 else f"IN ({', '.join(shown)})")


async def _gives_rows(catalog: "Catalog", rows: exp.Select) -> bool:
    return not (await catalog.query(f"SELECT 1 FROM ({rows.sql(catalog.dialect)}) AS found LIMIT 1")).is_empty


def _without(tree: exp.Select, conditions: list[exp.Expr], dropped: exp.Expr) -> exp.Select:
    fewer = tree.copy()
    fewer.set("where", exp.Where(this=exp.and_(*(each for each in conditions if each is not dropped))))
    return fewer


def _tables(tree: exp.Expr, schema: Schema) -> Iterator[TableSchema]:
    for node in tree.find_all(exp.Table):
        table = _catalogue_table(node, schema)
        if table is not None:
            yield table


def _catalogue_table(node: exp.Table, schema: Schema) -> TableSchema | None:
    return None if node.name.lower() in ctes_in_sight(node) else schema.table(node.name)


def _scope(select: exp.Select, schema: Schema) -> dict[str, TableSchema]:
    """The catalogue's tables in FROM by the name they have there."""
    return {
        node.alias_or_name.lower(): table
        for node in select.find_all(exp.Table)
        if node.parent_select is select and (table := _catalogue_table(node, schema)) is not None
    }


def _filters(tree: exp.Expr, schema: Schema) -> Iterator[_Filter]:
    """Every condition of the statement, inner queries too, that speaks of one catalogue table alone."""
    for select in tree.find_all(exp.Select):
        scope = _scope(select, schema)
        where = select.args.get("where")
        joins = [join.args.get("on") for join in select.args.get("joins") or ()]
        for clause in (where.this if isinstance(where, exp.Where) else None, *joins):
            for condition in _conjuncts(clause):
                found = _about_one_table(condition, scope)
                # After an outer join IS NULL asks for rows without a partner, which the table alone cannot tell.
                if found is not None and not (_is_outer(select) and condition.find(exp.Is)):
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
