"""Leaves out of groups by a category of rows below the ones counted what has no such row: no project has no type."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from db.catalog.meaning import SemanticLayer


def with_known_groups(layer: SemanticLayer, query: Query) -> Query:
    """The query without the group of the rows that have none of what is grouped by, unless those are asked for."""
    counted = query.counted or query.head
    if query.every and query.asks_none:  # of what has none, the rows without any value are no value
        own = tuple(Filter(ref, "null", negated=True) for ref in query.groups if ref[0] == counted)
        return replace(query, filters=tuple(dict.fromkeys((*query.filters, *own))))
    below = tuple(
        Filter(ref, "null", negated=True)
        for ref in query.groups
        if ref[0] and ref[0] != counted and layer.column(ref).role == "category" and _is_below(layer, counted, ref[0])
    )
    if not below or query.zero or query.every:
        return query
    return replace(query, filters=tuple(dict.fromkeys((*query.filters, *below))))


def _is_below(layer: SemanticLayer, counted: str, table: str) -> bool:
    return layer.table(table).part_of != counted and joins.is_below(layer, counted, table)
