"""A question as a query over the semantic layer: typed, JSON-able, no SQL."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from db.catalog.table import Cell

Ref: TypeAlias = tuple[str, str]
"""(table, column); ("", name) is the layer's span of that name, ("", "#") the number of rows counted."""
COUNTED: Ref = ("", "#")
Op: TypeAlias = Literal[
    "=", ">", ">=", "<", "<=", "between", "null", "like", ">column", "<column", ">avg", "<avg", ">row", "<row",
    "alike", "rows", "each", "solely",
]  # fmt: skip
QUANTIFIED: tuple[Op, ...] = ("each", "solely")
"""Of the rows below one of the head: with each value there is one, or there is none without one of the values."""
Measure: TypeAlias = Literal[
    "rows", "count", "avg", "sum", "min", "max", "share", "per", "distinct", "mean", "kinds", "median",
]  # fmt: skip
Grain: TypeAlias = Literal["", "year", "quarter", "month", "week", "day"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition. `values`: the ones allowed for "=", bounds for "between" (either may be None).

    ">avg" and "<avg" hold the column against its own average over all rows, without values.
    For ">column" and "<column" they are the other column's table and name; for "alike" a table, its column
    and a value: the rows that share `ref` with that row, itself left out; for "rows" the cells of the table's
    display columns, row after row. For ">row" and "<row" a table, then columns with their values by turns: the row
    that `ref` is held against.
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
    rows are counted. `having`: bounds on that count, or on what is measured. `present` / `absent`: tables in which each
    row has / lacks a row. `of`: the columns measured. `place`: only that place of the order, ties together;
    `limit`: the first so many; both inside each value of `within`. `also`: further aggregates of the same columns;
    `tallied`: the rows are counted beside. `grain`: the part of a date that groups by it. `every`: of groups, the
    filters narrow down what is counted, not which groups there are. `part`: of a share, what is in it; the
    filters say of what; without any, each group is held against all of them. `ended`: the share also of those whose
    span has ended.
    A "mean" is of how many rows of `counted` there are for each of the head's, or for each value of `of`.
    "kinds" are the different values of `of` that each group has.
    `via`: the key columns to join by, where others lead as directly to the same table.
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
    within: tuple[Ref, ...] = ()
    also: tuple[Measure, ...] = ()
    tallied: bool = False
    grain: Grain = ""
    every: bool = False
    part: tuple[Filter, ...] = ()
    ended: Ref | None = None
    via: tuple[Ref, ...] = ()

    @property
    def asks_none(self) -> bool:
        """Whether only groups without any row are asked for."""
        return self.having is not None and self.having[0] == "=" and not self.having[1]


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
            within=tuple(_ref(ref) for ref in data["within"]),
            also=tuple(data["also"]),
            tallied=bool(data["tallied"]),
            grain=data["grain"],
            every=bool(data["every"]),
            part=tuple(_filter(one) for one in data["part"]),
            ended=_ref(data["ended"]) if data["ended"] else None,
            via=tuple(_ref(ref) for ref in data.get("via", ())),
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _filter(data: Any) -> Filter:
    return Filter(_ref(data["ref"]), data["op"], tuple(data["values"]), bool(data["negated"]))


def _ref(data: Any) -> Ref:
    table, column = data
    return (str(table), str(column))
