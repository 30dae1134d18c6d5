"""Which functions a statement may call, and which types it may cast to."""

from collections.abc import Mapping
from typing import Final

from sqlglot import exp

from db.catalog.dialect import Dialect, lowered
from db.catalog.errors import QueryRefused
from db.catalog.names import listed, nearest

_NAMELESS: Final[Mapping[type[exp.Expr], str]] = {
    exp.Match: "match",
    exp.Extract: "extract",
    exp.RegexpLike: "regexp",
}
"""Syntax of SQLite's parser that stands for a function which is not on its list."""
_WORDS: Final = frozenset(
    [
        "user",
        "session_user",
        "system_user",
        "current_role",
        "current_catalog",
        "current_schema",
    ]
)
"""Postgres's functions without brackets, some of which the parser takes for columns."""
_NO_SCHEMA: Final = "Functions take no schema here: write the bare name."
_SAMPLES: Final = ("system", "bernoulli")
_LONGEST: Final = 10_000
"""What a type may be told in brackets: char(n) and bit(n) fill up to n at once."""


class CallCheck:
    """Judges the calls and casts of a tree, a node at a time."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def check(self, node: exp.Expr, sql: str) -> None:
        """Raises QueryRefused for what is on no list; returns for nodes that call nothing."""
        if isinstance(node, exp.Func | exp.Match):
            self._check_function(node, sql)
        if self._dialect.is_lax:
            return
        if isinstance(node, exp.Cast):
            self._check_type(node.to)
        elif isinstance(node, exp.DataType | exp.ObjectIdentifier):
            if not isinstance(node.parent, exp.Cast) and not isinstance(node, exp.IntervalSpan):
                self._check_type(node)
        else:
            _check_syntax(node)
            self._check_name(node)

    def check_table(self, table: exp.Table, call: exp.Func) -> None:
        """The same of a function that stands in FROM."""
        if table.db:
            raise QueryRefused(_NO_SCHEMA, "function")
        name = lowered(call.name if isinstance(call, exp.Anonymous) else _table_name(call))
        if name not in self._dialect.table_functions:
            allowed = listed(sorted(self._dialect.table_functions))
            raise QueryRefused(f"Table function {name} is not allowed; {allowed} are.", "function")

    def _check_function(self, node: exp.Func | exp.Match, sql: str) -> None:
        name = self._written_name(node, sql)
        if name is None or name in self._dialect.functions:
            return
        instead = self._dialect.instead.get(name)
        near = nearest(name, self._dialect.functions)
        hint = f" Use {instead}." if instead else f" Nearest: {listed(near)}." if near else ""
        raise QueryRefused(
            f"Function {name} is not allowed.{hint} {self._dialect.families} are.",
            "function",
        )

    def _written_name(self, node: exp.Expr, sql: str) -> str | None:
        """The function's name as the statement has it; None for syntax that the parser keeps as a function (CASE)."""
        if isinstance(node, exp.Anonymous):
            return lowered(node.name)
        start, end = node.meta.get("start"), node.meta.get("end")
        if start is not None and end is not None:
            return lowered(sql[start : end + 1].strip('"`[]'))
        if self._dialect.is_lax:
            return _NAMELESS.get(type(node))
        return None if node.key in self._dialect.syntax else node.key

    def _check_type(self, to: exp.Expr) -> None:
        kind = to.this if isinstance(to, exp.DataType) else None
        name = kind.value if isinstance(kind, exp.DataType.Type) else to.sql(self._dialect.name)
        if lowered(name) not in self._dialect.types:
            raise QueryRefused(
                f"Casts to {lowered(name)[:40]} are not allowed; to numbers, text, dates, times and JSON they are.",
                "function",
            )

    def _check_name(self, node: exp.Expr) -> None:
        """What looks like a name and calls a function."""
        if isinstance(node, exp.Dot):
            if isinstance(node.expression, exp.Func):
                raise QueryRefused(_NO_SCHEMA, "function")
        elif isinstance(node, exp.Column) and not node.table and not node.this.args.get("quoted"):
            self._check_word(lowered(node.name))

    def _check_word(self, name: str) -> None:
        if name in _WORDS:
            raise QueryRefused(
                f'{name} is no column; one of that name is written "{name}".',
                "function",
            )


def _table_name(call: exp.Func) -> str:
    return call.sql_name() if not isinstance(call, exp.ExplodingGenerateSeries) else "generate_series"


def _check_syntax(node: exp.Expr) -> None:
    """What Postgres takes in brackets, or reads otherwise than the parser."""
    if isinstance(node, exp.Pad):
        _check_width(node)
    elif isinstance(node, exp.Interval):
        _check_interval(node)
    elif isinstance(node, exp.DataTypeParam):
        _check_length(node)
    elif isinstance(node, exp.Operator):
        raise QueryRefused("OPERATOR(…) is not allowed; write the operator itself.", "function")
    elif isinstance(node, exp.TableSample):
        _check_sample(node)


def _check_length(param: exp.DataTypeParam) -> None:
    if param.name.isdecimal() and int(param.name) > _LONGEST:
        raise QueryRefused(f"A type may be at most {_LONGEST:,} long; text has no length.", "function")


def _check_interval(interval: exp.Interval) -> None:
    """The parser reads `interval(3) '1 day'` as three of something."""
    if not isinstance(interval.this, exp.Literal) or not interval.this.is_string:
        raise QueryRefused("After interval comes a text: interval '3 days'; or n * interval '1 day'.", "function")


def _check_width(pad: exp.Pad) -> None:
    width = pad.expression
    if not (isinstance(width, exp.Literal) and width.name.isdecimal() and int(width.name) <= _LONGEST):
        raise QueryRefused(f"lpad and rpad take a plain number for the length, at most {_LONGEST:,}.", "function")


def _check_sample(sample: exp.TableSample) -> None:
    method = lowered(str(sample.text("method")))
    if method not in _SAMPLES:
        raise QueryRefused(f"TABLESAMPLE {method} is not allowed; SYSTEM and BERNOULLI are.", "function")
