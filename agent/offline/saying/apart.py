"""Tells by how much two rows or groups differ, where that is asked."""

from collections.abc import Iterable

import sqlglot
from sqlglot import exp

from agent.offline.query.expressions import with_quotes
from agent.offline.query.query import COUNTED
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import bold, cell_of, label, number
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Found, Lookup
from agent.offline.saying.results import Result

_PAIR = 2


def apart(reading: Reading, found: Iterable[Found], dialect: str) -> tuple[Lookup, ...]:
    """The look-up for the difference between the two rows found; none where it is not asked."""
    main = next((one for one in found if one.lookup.purpose == "main"), None)
    written = _difference(reading, main, dialect) if main is not None else ""
    return (Lookup("execute_sql", written, "apart"),) if written else ()


def _difference(reading: Reading, main: Found, dialect: str) -> str:
    """The statement of the difference between the two rows found; "" where none is asked, or there are not two."""
    query, table = reading.query, main.table
    if query is None or table is None or reading.apart is None or len(table.rows) != _PAIR:
        return ""
    place = len(query.groups) if query.groups else _place(reading.apart[1], table.columns)
    if place is None:
        return ""
    inner = sqlglot.parse_one(main.lookup.argument, dialect=dialect)
    figure = exp.column(exp.to_identifier(table.columns[place]))
    gap = exp.Sub(this=exp.Max(this=figure), expression=exp.Min(this=figure.copy()))
    whole = exp.select(exp.alias_(gap, "difference")).from_(exp.Subquery(this=inner, alias=exp.to_identifier("pair")))
    return with_quotes(whole).sql(dialect=dialect)


def _place(name: str, columns: tuple[str, ...]) -> int | None:
    return columns.index(name) if name in columns else None


def told_apart(reading: Reading, found: Iterable[Found], result: Result, say: Phrases) -> str:
    """The difference in a sentence; "" where there is none to tell."""
    one = next((one for one in found if one.lookup.purpose == "apart" and one.table and one.table.rows), None)
    gap = one.table.rows[0][0] if one is not None and one.table is not None else None
    if gap is None or reading.apart is None or not isinstance(gap, int | float):
        return ""
    if reading.apart == COUNTED:
        table = result.layer.table(result.query.counted or result.query.head)
        counter = table.counter if result.language == "ko" else ""
        return say.difference(say.counted_noun(table), bold(f"{number(gap)}{counter}"))
    name = label(reading.apart, result.layer, result.language)
    is_ratio = bool(reading.apart[0]) and result.layer.column(reading.apart).ratio
    value = say.apart(reading.apart, gap) if is_ratio else cell_of(
        reading.apart, round(gap, 4), result.layer, result.language)  # fmt: skip
    return say.difference(name, bold(value))
