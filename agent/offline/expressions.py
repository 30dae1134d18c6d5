"""Pieces of SQL as expression trees: columns, values, sums of what meets a test, parts of dates."""

from sqlglot import exp

from agent.offline.query import Ref
from db.catalog.table import Cell


def column(ref: Ref) -> exp.Column:
    return exp.column(ref[1], table=ref[0], quoted=odd(ref[1]))


def odd(name: str) -> bool:
    return not name.isidentifier() or not name.isascii()


def literal(value: Cell) -> exp.Expr:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return exp.convert(value)


def sum_of(test: exp.Expr) -> exp.Expr:
    """How many rows meet a test."""
    return exp.Sum(this=exp.Case().when(test, literal(1)).else_(literal(0)))


def percent(part: exp.Expr, whole: exp.Expr) -> exp.Expr:
    scaled = exp.Mul(this=exp.Literal.number("100.0"), expression=part.copy())
    return exp.Div(this=scaled, expression=exp.Nullif(this=whole.copy(), expression=literal(0)))


def grained(value: exp.Expr, grain: str, dialect: str) -> exp.Expr:
    """The year, month, … that a date or time falls in, as text."""
    text = exp.cast(value, "TEXT")

    def piece(start: int, length: int) -> exp.Expr:
        return exp.Substring(this=text.copy(), start=literal(start), length=literal(length))

    if grain == "quarter":
        month = exp.cast(piece(6, 2), "INTEGER")
        number = exp.IntDiv(this=exp.paren(exp.Add(this=month, expression=literal(2))), expression=literal(3))
        return exp.DPipe(
            this=exp.DPipe(this=piece(1, 4), expression=literal("-Q")), expression=exp.cast(number, "TEXT")
        )
    if grain == "week":
        if dialect == "sqlite":
            return exp.Anonymous(this="STRFTIME", expressions=[literal("%Y-W%W"), value])
        return exp.Anonymous(this="TO_CHAR", expressions=[exp.cast(value, "TIMESTAMP"), literal('IYYY"-W"IW')])
    return piece(1, {"year": 4, "month": 7}.get(grain, 10))
