"""Statements on their way to the engine: each table's name gives way to the part of it that may be seen."""

import sqlglot
from sqlglot import exp

from db.catalog.dialect import Dialect
from db.catalog.schema import Window, Windows
from db.catalog.scope import Sight, key


def windowed(tree: exp.Expr, windows: Windows, dialect: Dialect) -> exp.Expr:
    """The tree with a derived table in place of each name in `windows`, whichever way the statement reaches it.

    A name means what the engine would take it for: a table of the dialect's `home`, unless a CTE of that name
    can be seen from there. The given tree is left as it is.
    """
    tree = tree.copy()
    keyed = {dialect.key(name, is_quoted=True): (name, window) for name, window in windows.items()}
    sight = Sight(dialect)
    # All are found before the first is replaced: inside of a window a name is the table itself.
    tables = [(table, _name(table, dialect, sight)) for table in tree.find_all(exp.Table)]
    for column in tree.find_all(exp.Column):
        if key(column.args.get("table"), dialect) in keyed:
            column.set("db", None)
            column.set("catalog", None)
    for table, name in tables:
        if name in keyed:
            _replace(table, *keyed[name], dialect)
    return tree


def _name(table: exp.Table, dialect: Dialect, sight: Sight) -> str:
    """The key of the table of ours that the node names; "" for a CTE, a function, and others' tables."""
    if not isinstance(table.this, exp.Identifier):
        return ""
    if not table.args.get("db"):
        return "" if sight.has(table) else key(table.this, dialect)
    return key(table.this, dialect) if key(table.args["db"], dialect) == dialect.home else ""


def _replace(node: exp.Table, name: str, window: Window, dialect: Dialect) -> None:
    derived = exp.Subquery(this=_inner(name, window, dialect))
    derived.set("alias", node.args.get("alias") or exp.TableAlias(this=node.this.copy()))
    for place in ("joins", "laterals", "pivots", "sample"):
        if node.args.get(place):
            derived.set(place, node.args[place])
    node.replace(derived)


def _inner(name: str, window: Window, dialect: Dialect) -> exp.Select:
    if not window.columns:
        return exp.select(exp.alias_(exp.null(), "hidden")).limit(0)
    inner = exp.select(*(exp.column(_quoted(column)) for column in window.columns))
    inner = inner.from_(exp.table_(_quoted(name), db=_quoted(dialect.home)))
    if window.rows:
        inner = inner.where(sqlglot.condition(window.rows, dialect=dialect.name))
        # A fence: the engine tries the statement's own conditions on no row that the window leaves out.
        inner = inner.limit(-1) if dialect.is_lax else inner.offset(0)
    return inner


def _quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)
