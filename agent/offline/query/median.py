"""Writes the value in the middle, for which SQLite has no function: the middle rows of each group, averaged."""

from sqlglot import exp

from agent.offline.query.expressions import literal

_NAME = "median_"


def with_median(tree: exp.Select) -> exp.Select:
    """The statement, whose aggregate is a mean under a median's name, with the median in its place."""
    told = next(one for one in tree.expressions if one.alias.startswith(_NAME))
    groups = [one for one in tree.expressions if one is not told]
    value, by = told.this.this, [one.unalias() for one in groups]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[one.copy() for one in by],
        order=exp.Order(expressions=[exp.Ordered(this=value.copy())]),
    )
    many = exp.Window(this=exp.Count(this=exp.Star()), partition_by=[one.copy() for one in by])
    inner = tree.copy()
    inner.set("expressions", [*(one.copy() for one in groups), exp.alias_(value.copy(), told.alias),
                              exp.alias_(place, "place"), exp.alias_(many, "many")])  # fmt: skip
    for part in ("group", "having", "order", "limit"):
        inner.set(part, None)
    inner = inner.where(exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())))
    return _of_middle(tree, inner, told, [exp.column(one.alias_or_name) for one in groups])


def _of_middle(tree: exp.Select, inner: exp.Select, told: exp.Expr, names: list[exp.Column]) -> exp.Select:
    """Of the rows with their places in each group those in the middle; two of an even number."""
    twice = exp.Mul(this=exp.column("place"), expression=literal(2))
    beyond = exp.Add(this=exp.column("many"), expression=literal(2))
    middle = exp.Avg(this=exp.column(told.alias))
    outer = exp.select(*names, exp.alias_(middle, told.alias)).from_(inner.subquery("ranked"))
    outer = outer.where(
        exp.GTE(this=twice, expression=exp.column("many")), exp.LTE(this=twice.copy(), expression=beyond)
    )
    if not names:
        return outer
    outer = outer.group_by(*(name.copy() for name in names))
    if (having := tree.args.get("having")) is not None:
        bound = having.this.copy()
        bound.set("this", middle.copy())
        outer = outer.having(bound)
    order = tree.args.get("order")
    first = order.expressions[0] if order is not None else None
    ranked = [first.copy()] if first is not None and first.this.name == told.alias else []
    return outer.order_by(*ranked, *(name.copy() for name in names)).limit(tree.args["limit"].expression)
