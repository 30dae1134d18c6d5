"""Which CTEs a name may mean, from where it stands."""

from collections.abc import Iterator

from sqlglot import exp

from db.catalog.dialect import Dialect


class Sight:
    """Which CTEs the engine would see from a place in one tree; remembers each WITH, since every table asks."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[int, tuple[str, ...]] = {}

    def of(self, node: exp.Expr) -> set[str]:
        """Their keys: those of every enclosing WITH.

        Of a WITH that the node itself stands in, SQLite sees all; others see those before, and all where it is
        RECURSIVE.
        """
        found: set[str] = set()
        below, above = node, node.parent
        while above is not None:
            clause = above.args.get("with_")
            if isinstance(clause, exp.With):
                names = self._names(clause)
                is_inside = below is clause and not (self._dialect.is_lax or clause.args.get("recursive"))
                found.update(names[: _place(node, clause)] if is_inside else names)
            below, above = above, above.parent
        return found

    def has(self, table: exp.Expr) -> bool:
        """Whether the table's name, which has no schema before it, is a CTE's."""
        return key(table.this, self._dialect) in self.of(table)

    def _names(self, clause: exp.With) -> tuple[str, ...]:
        names = self._known.get(id(clause))
        if names is None:
            names = tuple(key(cte.args["alias"].this, self._dialect) for cte in clause.expressions)
            self._known[id(clause)] = names
        return names


def ctes_in_sight(node: exp.Expr) -> set[str]:
    """The lower-case names of every enclosing WITH's CTEs, for hints: what an engine would see is among them."""
    clauses = (above.args.get("with_") for above in _upwards(node))
    return {cte.alias.lower() for clause in clauses if isinstance(clause, exp.With) for cte in clause.expressions}


def key(name: exp.Expr | str | None, dialect: Dialect) -> str:
    """An identifier's key in the dialect; "" for none."""
    if isinstance(name, exp.Identifier):
        return dialect.key(name.name, is_quoted=bool(name.args.get("quoted")))
    return dialect.key(name.name if isinstance(name, exp.Expr) else name or "")


def _place(node: exp.Expr, clause: exp.With) -> int:
    """The number of CTEs before the one that the node is in."""
    inside = {id(each) for each in _upwards(node)}
    return next((at for at, cte in enumerate(clause.expressions) if id(cte) in inside), len(clause.expressions))


def _upwards(node: exp.Expr) -> Iterator[exp.Expr]:
    above: exp.Expr | None = node
    while above is not None:
        yield above
        above = above.parent
