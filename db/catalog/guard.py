"""The check in front of the database: one SELECT over known tables with known functions.

The engine's authorizer is what holds (sqlite.py); this check comes first because
it can say what was wrong and what would be allowed. It judges the parsed tree,
never the text: "update" may be a column and `DROP TABLE` a literal.
"""

import logging
from collections.abc import Iterator
from typing import Final

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from db.catalog.errors import QueryRefused
from db.catalog.functions import FUNCTIONS, INSTEAD, TABLE_FUNCTIONS
from db.catalog.names import listed, nearest
from db.catalog.schema import Schema
from db.catalog.sqlite import SQL_BYTES

DIALECT: Final = "sqlite"
BRACKETS: Final = 60
_OPENERS: Final = (TokenType.SELECT, TokenType.WITH, TokenType.VALUES)
_ONLY_SELECT: Final = "Only one SELECT (or WITH … SELECT, or VALUES) can run here; the catalogue is read-only."

_FORBIDDEN: Final = (
    exp.DDL,
    exp.DML,
    exp.Alter,
    exp.Analyze,
    exp.Attach,
    exp.Command,
    exp.Commit,
    exp.Copy,
    exp.Describe,
    exp.Detach,
    exp.Drop,
    exp.Into,
    exp.Kill,
    exp.Lock,
    exp.Merge,
    exp.Pragma,
    exp.Rollback,
    exp.Set,
    exp.Show,
    exp.Transaction,
    exp.TruncateTable,
    exp.Use,
)
_PARAMETERS: Final = (exp.Placeholder, exp.Parameter, exp.SessionParameter)
_BUILT_IN_COLUMNS: Final = frozenset(("rowid", "key", "value", "type", "atom", "id", "parent", "fullkey", "path"))


class Guard:
    """Checks statements against one schema."""

    def __init__(self, schema: Schema) -> None:
        # The parser logs statements it does not know, values and all.
        logging.getLogger("sqlglot").setLevel(logging.ERROR)
        self._dialect = Dialect.get_or_raise(DIALECT)
        self._tables = {table.name.lower(): table.name for table in schema.tables}
        columns = {column.name.lower() for table in schema.tables for column in table.columns}
        self._columns = columns | _BUILT_IN_COLUMNS

    def check(self, sql: str) -> None:
        """Returns if the statement may run. Raises QueryRefused, whose text the model reads."""
        _check_text(sql)
        try:
            self._check_tree(sql, self._parse(sql))
        except RecursionError:
            raise QueryRefused("The statement is nested too deeply; split it with WITH.", "nesting") from None

    def _parse(self, sql: str) -> exp.Expr:
        try:
            tokens = self._dialect.tokenize(sql)
            _check_tokens(tokens)
            trees = self._dialect.parser().parse(tokens, sql)
        except SqlglotError as error:
            raise QueryRefused(_syntax(error), "syntax") from None
        statements = [tree for tree in trees if tree is not None and not isinstance(tree, exp.Semicolon)]
        if len(statements) != 1:
            each = " Call the tool once for each." if statements else ""
            raise QueryRefused(f"{_ONLY_SELECT} This text holds {len(statements)} statements.{each}", "one_statement")
        return statements[0]

    def _check_tree(self, sql: str, root: exp.Expr) -> None:
        if not isinstance(root, exp.Query | exp.Values):
            raise QueryRefused(_ONLY_SELECT, "only_select")
        quoted: list[exp.Column] = []
        for node in root.walk():
            if isinstance(node, _FORBIDDEN):
                raise QueryRefused(f"{node.key.upper()} is not allowed. {_ONLY_SELECT}", "only_select")
            if isinstance(node, _PARAMETERS):
                raise QueryRefused(
                    "Parameters such as ? or :name have no values here; write the value itself.", "parameters"
                )
            if isinstance(node, exp.Table):
                self._check_table(node)
            elif isinstance(node, exp.Func):
                _check_function(node, sql)
            elif isinstance(node, exp.In):
                self._check_in(node)
            elif isinstance(node, exp.Column) and not node.table and _is_quoted(node):
                quoted.append(node)
        if quoted:
            self._check_quoted(root, quoted)

    def _check_table(self, table: exp.Table) -> None:
        if table.arg_key == "indexed":
            return
        if isinstance(table.this, exp.Func):
            name = table.this.name.lower()
            if name not in TABLE_FUNCTIONS:
                raise QueryRefused(
                    f"Table function {name} is not allowed; {listed(sorted(TABLE_FUNCTIONS))} are.", "function"
                )
            return
        name = table.name.lower()
        if not table.db and not table.catalog and name in ctes_in_sight(table):
            return
        if table.catalog or table.db.lower() not in ("", "main") or name not in self._tables:
            raise QueryRefused(self._no_table(table.sql(DIALECT)), "unknown_table")

    def _no_table(self, written: str) -> str:
        near = nearest(written, self._tables.values())
        hint = f" Nearest: {listed(near)}." if near else ""
        return f"Table {written} is not in the catalogue.{hint} Tables: {listed(self._tables.values())}."

    def _check_in(self, node: exp.In) -> None:
        """SQLite reads `x IN name` as a table; the parser shows a column."""
        field = node.args.get("field")
        if isinstance(field, exp.Column) and field.name.lower() not in self._tables.keys() | ctes_in_sight(node):
            raise QueryRefused(
                f"After IN comes a list in brackets or (SELECT …). {self._no_table(field.name)}", "unknown_table"
            )

    def _check_quoted(self, root: exp.Expr, columns: list[exp.Column]) -> None:
        """SQLite takes a double-quoted name that is no column as text, silently, unless built otherwise."""
        aliases = {alias.alias.lower() for alias in root.find_all(exp.Alias, exp.TableAlias, exp.CTE)}
        declared = {name.name.lower() for alias in root.find_all(exp.TableAlias) for name in alias.columns}
        for column in columns:
            if column.name.lower() not in self._columns | aliases | declared:
                raise QueryRefused(
                    f'"{column.name}" is not a column. Double quotes mark names; text goes in single quotes: '
                    f"{exp.Literal.string(column.name).sql(DIALECT)}.",
                    "quotes",
                )


def _check_text(sql: object) -> None:
    if not isinstance(sql, str):
        raise QueryRefused("The statement must be text.", "text")
    if "\0" in sql:
        raise QueryRefused("The statement holds a NUL character; leave it out.", "text")
    try:
        size = len(sql.encode())
    except UnicodeEncodeError:
        raise QueryRefused("The statement holds half a character (a lone surrogate); leave it out.", "text") from None
    if size > SQL_BYTES:
        raise QueryRefused(f"The statement is {size:,} bytes long; at most {SQL_BYTES:,} are allowed.", "size")


def _check_tokens(tokens: list[Token]) -> None:
    if not tokens:
        raise QueryRefused(f"The statement is empty. {_ONLY_SELECT}", "only_select")
    if tokens[0].token_type not in _OPENERS:
        raise QueryRefused(f"The statement begins with {tokens[0].text[:40].upper()}. {_ONLY_SELECT}", "only_select")
    depth = 0
    for token in tokens:
        if token.token_type is TokenType.L_PAREN:
            depth += 1
            if depth > BRACKETS:
                raise QueryRefused(
                    f"Brackets are nested deeper than {BRACKETS}; split the statement with WITH.", "nesting"
                )
        elif token.token_type is TokenType.R_PAREN:
            depth -= 1


def _syntax(error: SqlglotError) -> str:
    if isinstance(error, ParseError) and error.errors:
        first = error.errors[0]
        near = f"{first.get('start_context') or ''}{first.get('highlight') or ''}"[-60:]
        return f"SQL syntax, line {first.get('line')}: {first.get('description')} near {near!r}."
    return "SQL syntax: a quote or a comment is not closed, or a character does not belong here."


def ctes_in_sight(node: exp.Expr) -> set[str]:
    """Names of the CTEs that SQLite would see from here: those of every enclosing WITH, whatever their order."""
    return {cte.alias.lower() for above in _above(node) for cte in _ctes(above)}


def _above(node: exp.Expr) -> Iterator[exp.Expr]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _ctes(node: exp.Expr) -> list[exp.CTE]:
    clause = node.args.get("with_")
    return clause.expressions if isinstance(clause, exp.With) else []


def _is_quoted(column: exp.Column) -> bool:
    return isinstance(column.this, exp.Identifier) and bool(column.this.quoted)


def _check_function(node: exp.Func, sql: str) -> None:
    name = _written_name(node, sql)
    if name is None or name in FUNCTIONS:
        return
    instead = INSTEAD.get(name)
    near = nearest(name, FUNCTIONS)
    hint = f" Use {instead}." if instead else f" Nearest: {listed(near)}." if near else ""
    raise QueryRefused(
        f"Function {name} is not allowed.{hint} SQLite's aggregate, window, text, date, number and JSON functions are.",
        "function",
    )


def _written_name(node: exp.Func, sql: str) -> str | None:
    """The function's name as the statement has it; None for syntax that the parser keeps as a function (CASE, CAST)."""
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    start, end = node.meta.get("start"), node.meta.get("end")
    if start is not None and end is not None:
        return sql[start : end + 1].strip('"`[]').lower()
    return "extract" if isinstance(node, exp.Extract) else None
