"""The check in front of the database: one SELECT over known tables with known functions.

The engine's own rights are what holds; this check comes first because
it can say what was wrong and what would be allowed. It judges the parsed tree,
never the text: "update" may be a column and `DROP TABLE` a literal.
"""

import logging
import re
from collections.abc import Iterator
from typing import Final

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Parser
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from db.catalog.calls import CallCheck
from db.catalog.dialect import Dialect, lowered
from db.catalog.errors import QueryRefused
from db.catalog.fields import FieldCheck
from db.catalog.lexing import NOT_CLOSED, check_numbers, check_tokens, without_comments
from db.catalog.limits import SQL_BYTES
from db.catalog.names import listed, nearest
from db.catalog.schema import Schema
from db.catalog.scope import Sight, key

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
_ROWIDS: Final = ("rowid", "oid", "_rowid_")
_BUILT_IN_COLUMNS: Final = frozenset(
    (*_ROWIDS, "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root")
)
_NAMED_BY_PLACE: Final = re.compile(r"column\d+")
"""The columns of VALUES."""


class Guard:
    """Checks statements against one schema."""

    def __init__(self, schema: Schema, dialect: Dialect, *, is_partial: bool = False) -> None:
        """`is_partial`: the catalogue has private columns besides, so that names take no schema before them."""
        # The parser logs statements it does not know, values and all.
        logging.getLogger("sqlglot").setLevel(logging.ERROR)
        self._is_partial = is_partial
        self._dialect = dialect
        self._parser = Parser.get_or_raise(dialect.name)
        self._calls = CallCheck(dialect)
        exact = not dialect.is_lax
        self._tables = {dialect.key(table.name, is_quoted=exact): table.name for table in schema.tables}
        columns = {lowered(column.name) for table in schema.tables for column in table.columns}
        self._columns = columns | _BUILT_IN_COLUMNS
        self._fields = None if dialect.is_lax else FieldCheck(dialect, columns)

    def check(self, sql: str) -> None:
        """Returns if the statement may run. Raises QueryRefused, whose text the model reads."""
        _check_text(sql)
        sql = without_comments(sql, self._dialect)
        try:
            self._check_tree(sql, self._parse(sql))
        except RecursionError:
            raise QueryRefused("The statement is nested too deeply; split it with WITH.", "nesting") from None

    def _parse(self, sql: str) -> exp.Expr:
        try:
            tokens = self._parser.tokenize(sql)
            _check_opening(tokens, self._dialect)
            check_tokens(tokens)
            if not self._dialect.is_lax:
                check_numbers(tokens, sql)
            trees = self._parser.parser().parse(tokens, sql)
        except SqlglotError as error:
            raise QueryRefused(_syntax(error), "syntax") from None
        statements = [tree for tree in trees if tree is not None and not isinstance(tree, exp.Semicolon)]
        if len(statements) != 1:
            each = " Call the tool once for each." if statements else ""
            raise QueryRefused(f"{_ONLY_SELECT} This text holds {len(statements)} statements.{each}", "one_statement")
        if sum(token.token_type is TokenType.SEMICOLON for token in tokens) > 1:
            raise QueryRefused("More than one semicolon stands at the end; leave them out.", "one_statement")
        return statements[0]

    def _check_tree(self, sql: str, root: exp.Expr) -> None:
        if not isinstance(root, exp.Query | exp.Values):
            raise QueryRefused(_ONLY_SELECT, "only_select")
        quoted: list[exp.Column] = []
        sight = Sight(self._dialect)
        for node in root.walk():
            if isinstance(node, _FORBIDDEN):
                raise QueryRefused(f"{node.key.upper()} is not allowed. {_ONLY_SELECT}", "only_select")
            if isinstance(node, _PARAMETERS):
                raise QueryRefused(
                    "Parameters such as ? or :name have no values here; write the value itself.", "parameters"
                )
            if isinstance(node, exp.Table):
                self._check_table(node, sight)
            else:
                self._calls.check(node, sql)
            if isinstance(node, exp.In):
                self._check_in(node, sight)
            elif self._dialect.is_lax and isinstance(node, exp.Column) and not node.table and _is_quoted(node):
                quoted.append(node)
        if quoted:
            self._check_quoted(root, quoted)
        if self._fields:
            self._fields.check(root)

    def _check_table(self, table: exp.Table, sight: Sight) -> None:
        if table.arg_key == "indexed":
            return
        if isinstance(table.this, exp.Func):
            self._calls.check_table(table, table.this)
            return
        if not table.db and not table.catalog and sight.has(table):
            return
        home = key(table.args.get("db"), self._dialect)
        if table.catalog or home not in ("", self._dialect.home) or key(table.this, self._dialect) not in self._tables:
            raise QueryRefused(self._no_table(table.sql(self._dialect.name)), "unknown_table")
        if table.db and self._is_partial and self._dialect.is_lax:
            raise QueryRefused(f"Names take no schema here: write {table.name} without {table.db}.", "schema")

    def _no_table(self, written: str) -> str:
        near = nearest(written, self._tables.values())
        hint = f" Nearest: {listed(near)}." if near else ""
        return f"Table {written} is not in the catalogue.{hint} Tables: {listed(self._tables.values())}."

    def _check_in(self, node: exp.In, sight: Sight) -> None:
        """SQLite reads `x IN name` and `x IN 'name'` as a table; the parser shows a column or a text."""
        field = node.args.get("field")
        if field is None:
            return
        if isinstance(field, exp.Column) and self._dialect.is_lax:
            name = lowered(field.name)
            path = tuple(lowered(part.name) for part in field.parts[:-1])
            is_table = name in self._tables and (not path or (path == (self._dialect.home,) and not self._is_partial))
            if is_table or (not path and name in sight.of(field)):
                return
        written = self._no_table(field.sql(self._dialect.name))
        raise QueryRefused(f"After IN comes a list in brackets or (SELECT …). {written}", "unknown_table")

    def _check_quoted(self, root: exp.Expr, columns: list[exp.Column]) -> None:
        """SQLite takes a double-quoted name that is no column as text, silently, unless built otherwise."""
        known = self._columns | set(_names_given(root))
        unknown = [each for each in columns if lowered(each.name) not in known]
        computed = {_squeezed(each.sql(self._dialect.name)) for each in _unnamed(root)} if unknown else set()
        for column in unknown:
            if not _NAMED_BY_PLACE.fullmatch(lowered(column.name)) and _squeezed(column.name) not in computed:
                raise QueryRefused(
                    f'"{column.name}" is not a column. Double quotes mark names; text goes in single quotes: '
                    f"{exp.Literal.string(column.name).sql(self._dialect.name)}.",
                    "quotes",
                )


def _names_given(root: exp.Expr) -> Iterator[str]:
    for alias in root.find_all(exp.Alias, exp.TableAlias, exp.CTE):
        yield lowered(alias.alias)
        if isinstance(alias, exp.TableAlias):
            yield from (lowered(column.name) for column in alias.columns)


def _unnamed(root: exp.Expr) -> Iterator[exp.Expr]:
    """Computed columns, which SQLite names after their text."""
    for select in root.find_all(exp.Select):
        yield from (each for each in select.expressions if not isinstance(each, exp.Alias | exp.Column | exp.Literal))


def _squeezed(text: str) -> str:
    return lowered("".join(text.split()))


def _check_text(sql: object) -> None:
    if not isinstance(sql, str):
        raise QueryRefused("The statement must be text.", "text")
    if sql.startswith("\ufeff"):
        raise QueryRefused("The statement begins with U+FEFF, a byte order mark; leave it out.", "text")
    if "\0" in sql:
        raise QueryRefused("The statement holds a NUL character; leave it out.", "text")
    try:
        size = len(sql.encode())
    except UnicodeEncodeError:
        raise QueryRefused("The statement holds half a character (a lone surrogate); leave it out.", "text") from None
    if size > SQL_BYTES:
        raise QueryRefused(f"The statement is {size:,} bytes long; at most {SQL_BYTES:,} are allowed.", "size")


def _check_opening(tokens: list[Token], dialect: Dialect) -> None:
    if not tokens:
        raise QueryRefused(f"The statement is empty. {_ONLY_SELECT}", "only_select")
    brackets = () if dialect.is_lax else (TokenType.L_PAREN,)
    if tokens[0].token_type not in (*_OPENERS, *brackets):
        raise QueryRefused(f"The statement begins with {tokens[0].text[:40].upper()}. {_ONLY_SELECT}", "only_select")


def _syntax(error: SqlglotError) -> str:
    if isinstance(error, ParseError) and error.errors:
        first = error.errors[0]
        if "does not support CTE" in str(first.get("description")):
            return "SQL syntax: after WITH comes a SELECT; write SELECT * FROM (VALUES …) AS v."
        near = f"{first.get('start_context') or ''}{first.get('highlight') or ''}"[-60:]
        return f"SQL syntax, line {first.get('line')}: {first.get('description')} near {near!r}."
    return NOT_CLOSED


def _is_quoted(column: exp.Column) -> bool:
    return isinstance(column.this, exp.Identifier) and bool(column.this.quoted)
