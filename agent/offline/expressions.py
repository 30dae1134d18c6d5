"""Pieces of SQL as expression trees: names, values, sums of what meets a test."""

import re
from typing import Final

from sqlglot import exp

from agent.offline.query import Ref
from db.catalog.table import Cell

_PLAIN: Final = {"sqlite": re.compile(r"[A-Za-z_]\w*", re.ASCII), "postgres": re.compile(r"[a-z_][a-z0-9_]*")}
_RESERVED: Final = """
add all alter analyse analyze and any array as asc asymmetric autoincrement between both case cast check collate
column commit constraint create current_date current_role current_time current_timestamp current_user default
deferrable delete desc distinct do drop else end escape except exists false fetch for foreign from grant group
having if in index initially insert intersect into is isnull join lateral leading limit localtime localtimestamp
not nothing notnull null offset on only or order placing primary references returning select session_user set
some symmetric table then to trailing transaction true union unique update user using values variadic when where
window with
"""
"""Words that name no column or table in SQLite or in Postgres, unless they are quoted."""


def column(ref: Ref) -> exp.Column:
    return exp.column(exp.to_identifier(ref[1]), table=exp.to_identifier(ref[0]))


def table_of(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name))


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


def with_quotes(tree: exp.Select, dialect: str) -> exp.Select:
    """The tree, with quotes around each name that would be read as another without them."""
    plain, reserved = _PLAIN[dialect], frozenset(_RESERVED.split())
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", not plain.fullmatch(name.name) or name.name.lower() in reserved)
    return tree
