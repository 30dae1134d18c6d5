"""Columns that are functions in disguise: Postgres reads `(1).lo_create` as `lo_create(1)`, and `t.f` as `f(t)`."""

import re
from collections.abc import Mapping
from typing import Final

from sqlglot import exp

from db.catalog.dialect import Dialect, lowered
from db.catalog.errors import QueryRefused

_OF_A_ROW: Final = frozenset(
    """
    any_out anycompatible_out anycompatiblenonarray_out anyelement_out anynonarray_out record_out record_send
    hash_record hash_record_extended pg_collation_for pg_column_compression pg_column_size pg_typeof quote_nullable
    """.split()  # noqa: SIM905 - a list of words reads better so
)
"""Those that take any row, and are on no list. Only they can be called on a table, an inner query or a CTE."""
_FIELDS: Final = re.compile(r"\*|key|value|ordinality|f\d+")
"""What the columns of functions and the fields of ROW(…) are called; the star is all of them."""


class FieldCheck:
    """Judges the names behind a dot. What stands before it may be one value, on which any function could be called."""

    def __init__(self, dialect: Dialect, columns: set[str]) -> None:
        self._callable = dialect.functions | dialect.table_functions
        self._table_functions = dialect.table_functions
        self._columns = columns

    def check(self, root: exp.Expr) -> None:
        """Raises QueryRefused for a name that could be a call to what is on no list."""
        single: Mapping[str, set[str]] | None = None
        for node in root.find_all(exp.Dot, exp.Column):
            if isinstance(node, exp.Dot):
                self._check_dot(node)
            elif isinstance(node, exp.Column) and node.table:
                single = _single_values(root) if single is None else single
                self._check_column(node, single)

    def _check_dot(self, dot: exp.Dot) -> None:
        name = lowered(dot.expression.name) or "*"
        if not (_FIELDS.fullmatch(name) or name in self._columns or name in self._callable):
            raise QueryRefused(
                f"{name} may be a function here; the field of a value is read by to_json(value) ->> '{name}'.",
                "function",
            )

    def _check_column(self, column: exp.Column, single: Mapping[str, set[str]]) -> None:
        name, source = lowered(column.name), lowered(column.table)
        if name in _OF_A_ROW:
            raise QueryRefused(f"{name} is no column: written so it calls a function that is not allowed.", "function")
        if source not in single and source not in self._table_functions:
            return
        known = single.get(source, set()) | {source}
        if not (_FIELDS.fullmatch(name) or name in known or name in self._callable):
            raise QueryRefused(
                f"{source}.{name} may be a function here; name the columns: … AS {source}({name}).", "function"
            )


def _single_values(root: exp.Expr) -> Mapping[str, set[str]]:
    """The aliases of functions in FROM, with the columns that every one of that alias names."""
    found: dict[str, set[str]] = {}
    for alias in root.find_all(exp.TableAlias):
        if _is_row(alias.parent):
            continue
        name, columns = lowered(alias.name), {lowered(column.name) for column in alias.columns}
        found[name] = found[name] & columns if name in found else columns
    return found


def _is_row(source: exp.Expr | None) -> bool:
    """Whether what has an alias is a table, a query or a list of rows: then the alias is a row, and no single value."""
    if isinstance(source, exp.Table):
        return isinstance(source.this, exp.Identifier)
    if isinstance(source, exp.Lateral):
        return isinstance(source.this, exp.Subquery)
    return isinstance(source, exp.CTE | exp.Subquery | exp.Values)
