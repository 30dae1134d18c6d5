"""Conditions that hold rows against other rows: those that share something with one, or go beyond it."""

from collections.abc import Iterator

from sqlglot import exp

from agent.offline.query import joins
from agent.offline.query.expressions import column, table_of
from agent.offline.query.idiom import Idiom
from agent.offline.query.query import Filter, Ref
from db.catalog.meaning import SemanticLayer
from db.catalog.schema import ForeignKey
from db.catalog.table import Cell


class Held:
    """Writes conditions on the rows of `head`."""

    def __init__(self, head: str, layer: SemanticLayer, idiom: Idiom) -> None:
        self.head = head
        self.layer = layer
        self.idiom = idiom

    def alike(self, one: Filter) -> exp.Expr:
        """Rows that share a column with a named row, which is left out."""
        table, name, value = (str(one.values[0]), str(one.values[1]), one.values[2])
        shares = column(one.ref).isin(query=self._of_named(column(one.ref), one.ref[0], table, ((name, value),)))
        if table != self.head:
            return shares
        return exp.and_(shares, self.equals(Filter((table, name), "=", (value,), negated=True)))

    def beyond(self, one: Filter, value: exp.Expr) -> exp.Expr:
        """Rows whose value goes beyond that of a named row; where several are called so, beyond each of theirs."""
        table, cells = str(one.values[0]), one.values[1:]
        named = tuple((str(name), cell) for name, cell in zip(cells[::2], cells[1::2], strict=True))
        compare, most = (exp.GT, exp.Max) if one.op == ">row" else (exp.LT, exp.Min)
        start = one.ref[0] or table
        bound = self._of_named(most(this=value.copy()), start, table, named)
        return compare(this=value, expression=bound.subquery())

    def _of_named(self, told: exp.Expr, start: str, table: str, named: tuple[tuple[str, Cell], ...]) -> exp.Select:
        inner = exp.select(told).from_(table_of(start))
        for other, on in joins.in_walking_order(self.layer, start, (table,)):
            inner = inner.join(table_of(other), on=on_key(on))
        return inner.where(*(self._is((table, name), cell) for name, cell in named))

    def rows_named(self, one: Filter) -> Iterator[exp.Expr]:
        """A condition for each row; where a row lacks a cell, the rest names it."""
        display = self.layer.table(one.ref[0]).display
        for start in range(0, len(one.values), len(display)):
            cells = zip(display, one.values[start : start + len(display)], strict=True)
            tests = [self._is((one.ref[0], name), cell) for name, cell in cells if cell is not None]
            yield exp.paren(exp.and_(*tests))

    def equals(self, one: Filter) -> exp.Expr:
        """Whether the column has one of the values."""
        value, cells = self.idiom.comparison(one.ref, one.values)
        if len(cells) == 1:
            compare = exp.NEQ if one.negated else exp.EQ
            return compare(this=value, expression=cells[0])
        among = exp.In(this=value, expressions=cells)
        return exp.Not(this=among) if one.negated else among

    def _is(self, ref: Ref, cell: Cell) -> exp.Expr:
        return self.equals(Filter(ref, "=", (cell,)))


def on_key(key: ForeignKey) -> exp.Expr:
    """The condition that ties two tables by their key."""
    return exp.EQ(this=column((key.table, key.column)), expression=column((key.parent_table, key.parent_column)))
