"""Puts the rows of two asks into one table: both counts of each group, both ends of an order."""

from collections.abc import Sequence
from dataclasses import replace

import sqlglot
from sqlglot import exp

from agent.offline.query.expressions import with_quotes
from agent.offline.query.query import Query, Ref
from agent.offline.query.sql import render
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import label
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Lookup
from db.catalog.meaning import Language, SemanticLayer

_MOST = 200
_MEASURES = ("count", "avg", "sum", "min", "max")


def side_by_side(
    readings: Sequence[Reading], say: Phrases, layer: SemanticLayer, dialect: str, language: Language
) -> Lookup | None:
    """One statement of the rows of two asks; None where they are not of the same groups, nor ends of one order."""
    queries = [one.query for one in readings if one.intent == "query" and one.query is not None]
    if len(readings) != 2 or len(queries) != 2:
        return None
    one, other = queries
    if _are_ends(one, other):
        made: exp.Query = _both_ends(one, other, layer, dialect)
    elif _is_tally(one) and _is_tally(other) and _are_same_groups(one, other):
        heads = [_figure(query, say, layer, language) for query in queries]
        if heads[0] == heads[1]:
            return None
        made = _by_group(queries, heads, layer, dialect)
    else:
        return None
    return Lookup("execute_sql", with_quotes(made).sql(dialect=dialect), "together")


def _are_ends(one: Query, other: Query) -> bool:
    """Whether one asks for the first and the other for the last row of the same order."""
    ranked = all(query.place == 1 and len(query.order) == 1 and not query.groups for query in (one, other))
    if not ranked or one.measure != "rows" or other.measure != "rows" or one.within or other.within:
        return False
    same = (one.head, one.filters, one.order[0].ref) == (other.head, other.filters, other.order[0].ref)
    return same and one.order[0].descending != other.order[0].descending


def _both_ends(one: Query, other: Query, layer: SemanticLayer, dialect: str) -> exp.Query:
    columns = tuple(dict.fromkeys((*one.columns, *other.columns)))
    ends = []
    for query in (one, other):
        found = sqlglot.parse_one(render(replace(query, columns=columns), layer, dialect), dialect=dialect)
        names = [name for name in found.named_selects if name != "place"]  # type: ignore[attr-defined] # a select
        ends.append(exp.select(*(exp.column(name, quoted=False) for name in names)).from_(_inside(found, "ends")))
    return exp.union(ends[0], ends[1], distinct=False)


def _inside(found: exp.Expr, name: str) -> exp.Subquery:
    return exp.Subquery(this=found, alias=exp.TableAlias(this=exp.to_identifier(name)))


def _is_tally(query: Query) -> bool:
    """Whether it tells one figure of each group, of all groups."""
    plain = not (query.place or query.limit or query.having or query.also or query.tallied or query.within)
    return bool(query.groups) and plain and query.measure in _MEASURES and len(query.of) <= 1


def _are_same_groups(one: Query, other: Query) -> bool:
    """Whether both are told by the same, if only by the year of a date of their own."""
    by_date = bool(one.grain) and len(one.groups) == len(other.groups) == 1
    return one.grain == other.grain and (by_date or one.groups == other.groups)


def _figure(query: Query, say: Phrases, layer: SemanticLayer, language: Language) -> str:
    """What heads the figure: "실패 파이프라인 수", "average size"."""
    if query.measure == "count":
        noun = say.subject(replace(query, head=query.counted or query.head, groups=(), counted=None, zero=False))
        return f"{noun} 수" if language == "ko" else noun
    column, measure = label(query.of[0], layer, language), say.aggregate(query.measure)
    return f"{column} {measure}" if language == "ko" else f"{measure} {column}"


def _by_group(queries: Sequence[Query], heads: Sequence[str], layer: SemanticLayer, dialect: str) -> exp.Query:
    groups = queries[0].groups
    keys = _keys(groups, layer)
    own = (keys, keys if queries[1].groups == groups else queries[1].groups)
    names = [f"g{i}" for i in range(len(keys))]
    made = [sqlglot.parse_one(render(replace(query, groups=by), layer, dialect), dialect=dialect)
            for query, by in zip(queries, own, strict=True)]  # fmt: skip
    all_groups = exp.union(*(exp.select(*names).from_(part) for part in ("one", "two")))
    figures = [
        exp.alias_(_filled(exp.column("figure", table=part), query), head, quoted=True)
        for part, query, head in zip(("one", "two"), queries, heads, strict=True)
    ]
    shown = [exp.alias_(exp.column(name, table="sets"), queries[0].grain or ref[1])
             for name, ref in zip(names, keys, strict=True) if ref in groups]  # fmt: skip
    chosen = exp.select(*shown, *figures).from_("sets")
    for part in ("one", "two"):
        same = (exp.NullSafeEQ(this=exp.column(n, table=part), expression=exp.column(n, table="sets")) for n in names)
        chosen = chosen.join(exp.to_table(part), on=exp.and_(*same), join_type="left")
    for part, found in zip(("one", "two"), made, strict=True):
        chosen = chosen.with_(_headed(part, (*names, "figure")), as_=found)
    chosen = chosen.with_(_headed("sets", tuple(names)), as_=all_groups)
    largest = () if queries[0].grain else (exp.Ordered(this=exp.Literal.number(len(shown) + 1), desc=True),)
    return chosen.order_by(*largest, "1").limit(_MOST)


def _keys(groups: tuple[Ref, ...], layer: SemanticLayer) -> tuple[Ref, ...]:
    """The groups, with the key of the rows that they name: two rows may bear one name."""
    named = [ref for ref in groups if ref[0] and layer.column(ref).role == "name"]
    keys = tuple((ref[0], key) for ref in named[:1] if (key := layer.table(ref[0]).primary_key))
    return (*keys, *groups)


def _filled(figure: exp.Expr, query: Query) -> exp.Expr:
    """A group without any has none of them: 0."""
    return exp.Coalesce(this=figure, expressions=[exp.Literal.number(0)]) if query.measure == "count" else figure


def _headed(name: str, columns: Sequence[str]) -> exp.TableAlias:
    return exp.TableAlias(this=exp.to_identifier(name), columns=[exp.to_identifier(column) for column in columns])
