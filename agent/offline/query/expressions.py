"""Pieces of SQL as expression trees: names, values, sums of what meets a test."""

from sqlglot import exp

from agent.offline.query.query import Ref
from db.catalog.names import is_plain
from db.catalog.table import Cell


def column(ref: Ref) -> exp.Column:
    return exp.column(exp.to_identifier(ref[1]), table=exp.to_identifier(ref[0]), copy=False)


def table_of(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name))


def literal(value: Cell) -> exp.Expr:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return exp.convert(value)


def sum_of(test: exp.Expr, weight: exp.Expr | None = None) -> exp.Expr:
    """How many rows meet a test; or how much those have of something."""
    return exp.Sum(this=exp.Case().when(test, weight or literal(1)).else_(literal(0)))


def percent(part: exp.Expr, whole: exp.Expr) -> exp.Expr:
    scaled = exp.Mul(this=exp.Literal.number("100.0"), expression=part.copy())
    return exp.Div(this=scaled, expression=exp.Nullif(this=whole.copy(), expression=literal(0)))


def portions(own: exp.Expr) -> list[exp.Expr]:
    """What share a group has of what all the groups have together, with both figures beside."""
    whole = exp.Window(this=exp.Sum(this=own.copy()))
    told = (percent(own, whole), own.copy(), whole.copy())
    return [exp.alias_(one, name) for one, name in zip(told, ("percent", "part", "whole"), strict=True)]


def quotient(part: exp.Expr, whole: exp.Expr) -> exp.Expr:
    """One number by another that may be 0, as a number with decimals."""
    scaled = exp.Mul(this=exp.Literal.number("1.0"), expression=part.copy())
    return exp.Div(this=scaled, expression=exp.Nullif(this=whole.copy(), expression=literal(0)))


def with_quotes(tree: exp.Query) -> exp.Query:
    """The tree, with quotes around each name that would be read as another without them."""
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", not is_plain(name.name))
    return tree
