"""Adds up what one named row has of something below it: "how many images does the wafer project have"."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from agent.offline.reading.figures.measures import is_additive
from agent.offline.words.sentence import Sentence


def added_up(sentence: Sentence, query: Query) -> Query:
    """The sum, where a number is asked for of one row that stands above those that have it; else the query as it is."""
    plain = query.measure == "rows" and not (query.groups or query.order or query.within or query.limit)
    if (
        not plain
        or len(query.columns) != 1
        or not sentence.has("count", "how_much")
        or sentence.has("list", "each", "which")
    ):
        return query
    (ref,) = query.columns
    if not ref[0] or sentence.layer.column(ref).role != "measure" or not is_additive(sentence, ref):
        return query
    owner = sentence.owner(ref[0])
    if len(query.filters) != 1 or not _is_above(query.filters[0], query.head, owner, sentence):
        return query
    return replace(query, measure="sum", of=query.columns, columns=())


def with_own_head(sentence: Sentence, query: Query) -> Query:
    """A sum of what rows below the head have is told of those rows: samples of datasets, not of their projects."""
    owners = {sentence.owner(ref[0]) for ref in query.of if ref[0]}
    plain = not (query.groups or query.counted or query.absent or query.present or query.either or query.tallied)
    if query.measure not in ("sum", "avg", "min", "max") or not plain or len(owners) != 1:
        return query
    (owner,) = owners
    below = owner != query.head and joins.is_below(sentence.layer, query.head, owner)
    if not below or not all(ref[0] for ref in query.of):
        return query
    sentence.used.update(i for i, table in sentence.tables() if table == query.head)
    return replace(query, head=owner)


def _is_above(one: Filter, head: str, owner: str, sentence: Sentence) -> bool:
    """Whether a condition names one row above those that have it, or those of one such row by their own names."""
    layer = sentence.layer
    if one.op != "=" or one.negated or not one.ref[0] or layer.column(one.ref).role != "name":
        return False
    if one.ref[0] == owner:
        return head != owner and joins.is_below(layer, head, owner)
    return len(one.values) == 1 and not layer.table(one.ref[0]).person and joins.is_below(layer, one.ref[0], owner)
