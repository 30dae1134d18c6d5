"""Conditions on rows that an operator writes: read once, given the asker's team and e-mail as literals.

A parameter becomes a literal in the syntax tree, never by pasting text. The tables bear their
schema, so that neither a CTE of the asker's nor a view of the asker's can stand in their place.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from db.catalog.dialect import Dialect
from db.catalog.errors import QueryRefused
from db.catalog.lexing import without_comments
from db.catalog.scope import Sight
from db.catalog.table import Cell

PARAMETERS: Final = ("team", "email")
NO_ROW: Final = "1 = 0"


class ConditionError(Exception):
    """For the operator: why a text is no condition on rows."""


class Condition:
    """One condition on a table's rows, in the catalogue's dialect."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        """Raises ConditionError. What it names is not looked up: only the engine knows how it reads names."""
        self._dialect = dialect
        self._tree = _parsed(text, dialect)
        found = list(self._tree.find_all(exp.Placeholder, exp.Parameter, exp.SessionParameter))
        names = {each.name for each in found}
        if any(not isinstance(each, exp.Placeholder) or each.name not in PARAMETERS for each in found):
            raise ConditionError("has a parameter that is none; there are :team and :email")
        self.parameters: Final = frozenset(names)

    def bound(self, values: Mapping[str, Cell]) -> str:
        """The condition as SQL, with their schema before its tables; no row where a value that it needs is missing."""
        if any(values.get(name) is None for name in self.parameters):
            return NO_ROW
        return self._with(values)

    def tried(self) -> str:
        """The condition with NULL in each place, which fits columns of any type: to have the engine read it."""
        return self._with(dict.fromkeys(PARAMETERS))

    def _with(self, values: Mapping[str, Cell]) -> str:
        tree = self._tree.copy()
        for slot in list(tree.find_all(exp.Placeholder)):
            literal = exp.convert(values[slot.name])
            tree = literal if slot is tree else tree
            slot.replace(literal)
        return _homed(tree, self._dialect).sql(self._dialect.name)


def rehomed(rows: str, dialect: Dialect, home: str) -> str:
    """A window's `rows` with another schema before the names of its tables."""
    tree = _parsed(rows, dialect)
    for table in tree.find_all(exp.Table):
        if table.db == dialect.home:
            table.set("db", exp.to_identifier(home, quoted=True))
    return tree.sql(dialect.name)


def any_of(conditions: Iterable[str]) -> str:
    """A condition that holds where one of them does."""
    return " OR ".join(f"({each})" for each in dict.fromkeys(conditions))


def _parsed(text: str, dialect: Dialect) -> exp.Expr:
    try:
        tree: exp.Expr = sqlglot.parse_one(without_comments(text, dialect), into=exp.Condition, dialect=dialect.name)
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        raise ConditionError(f"is no condition: {first.get('description') or 'it cannot be read'}") from None
    except QueryRefused as error:
        raise ConditionError(f"is no condition: {error}") from None
    except (SqlglotError, RecursionError):
        raise ConditionError("is no condition: it cannot be read") from None
    if any(each.args.get("field") is not None for each in tree.find_all(exp.In)):
        raise ConditionError("has IN with a name behind it; write IN (SELECT …)")
    return tree


def _homed(tree: exp.Expr, dialect: Dialect) -> exp.Expr:
    sight = Sight(dialect)
    bare = [t for t in tree.find_all(exp.Table) if isinstance(t.this, exp.Identifier) and not t.db and not sight.has(t)]
    for table in bare:
        table.set("db", exp.to_identifier(dialect.home, quoted=True))
        if not table.alias:
            table.set("alias", exp.TableAlias(this=table.this.copy()))
    return tree
