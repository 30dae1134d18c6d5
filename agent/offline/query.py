"""A question as a query over the semantic layer: typed, JSON-able, no SQL."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from db.catalog.table import Cell

Ref: TypeAlias = tuple[str, str]
"""(table, column); ("", name) is the layer's span of that name, ("", "#") the number of rows counted."""
COUNTED: Ref = ("", "#")
Op: TypeAlias = Literal["=", ">", ">=", "<", "<=", "between", "null", "like", ">column", "<column"]
Measure: TypeAlias = Literal["rows", "count", "avg", "sum", "min", "max", "share", "per", "distinct"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition. `values`: the ones allowed for "=", bounds for "between" (either may be None).

    For ">column" and "<column" they are the other column's table and name.
    """

    ref: Ref
    op: Op = "="
    values: tuple[Cell, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    ref: Ref
    descending: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Rows of `head`, or a measure of them.

    `columns`: asked for beside the head's own name; empty means the columns worth showing.
    `groups`: one result row for each of their values; `zero` keeps those without any row.
    `either`: beside the filters, at least one of these holds. `counted`: with groups, the table whose
    rows are counted. `having`: bounds on that count. `present` / `absent`: tables in which each row has /
    lacks a row. `of`: the columns measured. `place`: only that place of the order, ties together;
    `limit`: the first so many.
    """

    head: str
    columns: tuple[Ref, ...] = ()
    filters: tuple[Filter, ...] = ()
    either: tuple[Filter, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    measure: Measure = "rows"
    of: tuple[Ref, ...] = ()
    groups: tuple[Ref, ...] = ()
    counted: str | None = None
    zero: bool = False
    having: tuple[str, float] | None = None
    order: tuple[Order, ...] = ()
    limit: int | None = None
    place: int | None = None
    concept: str | None = None
    criterion: str | None = None


def dump(query: Query) -> dict[str, Any]:
    """The query as JSON-able data."""
    return asdict(query)


def load(data: Mapping[str, Any]) -> Query | None:
    """The query that `dump` wrote; None when the data is of another make."""
    try:
        return Query(
            head=str(data["head"]),
            columns=tuple(_ref(ref) for ref in data["columns"]),
            filters=tuple(_filter(one) for one in data["filters"]),
            either=tuple(_filter(one) for one in data["either"]),
            present=tuple(data["present"]),
            absent=tuple(data["absent"]),
            measure=data["measure"],
            of=tuple(_ref(ref) for ref in data["of"]),
            groups=tuple(_ref(ref) for ref in data["groups"]),
            counted=data["counted"],
            zero=bool(data["zero"]),
            having=(data["having"][0], float(data["having"][1])) if data["having"] else None,
            order=tuple(Order(_ref(one["ref"]), bool(one["descending"])) for one in data["order"]),
            limit=data["limit"],
            place=data["place"],
            concept=data["concept"],
            criterion=data["criterion"],
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _filter(data: Any) -> Filter:
    return Filter(_ref(data["ref"]), data["op"], tuple(data["values"]), bool(data["negated"]))


def _ref(data: Any) -> Ref:
    table, column = data
    return (str(table), str(column))
