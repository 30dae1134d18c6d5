"""Reads "모델별 스테이지" as the rows with what each of them has: a row is no group of several."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref
from agent.offline.words.sentence import Sentence

_COUNTS = ("count", "many", "few", "superlative", "avg", "sum", "max", "min", "rate", "share", "how_much", "per_unit")


def told_of_each(sentence: Sentence, query: Query) -> Query:
    """The query with the columns asked for instead of groups, where each group would be one row of the head."""
    places = [sentence.table(i) for i in sentence.grouped]
    grouped = len(places) == 1 and places[0] is not None and places[0].name == query.head
    if not grouped or query.order or query.having or query.grain or query.within or sentence.has(*_COUNTS):
        return query
    own = tuple((query.head, name) for name in sentence.layer.table(query.head).display)
    as_groups = query.measure in ("count", "avg", "sum") and query.groups == own and query.counted is None
    as_rows = query.measure == "rows" and bool(query.columns)
    asked = tuple(dict.fromkeys(_asked(sentence, query.head)))
    told = set(query.columns) | set(query.of)
    if not asked or not (as_groups or as_rows) or not told <= set(asked):
        return query
    taken = {Filter(ref, "null", negated=True) for ref in asked}
    filters = tuple(one for one in query.filters if one not in taken)
    return replace(query, measure="rows", columns=asked, filters=filters, groups=(), of=(), also=(),
                   zero=False, every=False, tallied=False)  # fmt: skip


def _asked(sentence: Sentence, head: str) -> list[Ref]:
    """The columns that each row of the head has one of: its own, how long it took, those of what it belongs to."""
    found = []
    for i in range(len(sentence)):
        span = sentence.span(i)
        if i in sentence.grouped or sentence.values(i) or sentence.is_verbal(i):
            continue
        column = sentence.nearest_column(i, head)
        if span is not None and span[1] is None and span[0].table == head:
            found.append(("", span[0].name))
        elif column is not None and (
            sentence.owner(column.table) == head or joins.is_below(sentence.layer, column.table, head)
        ):
            found.append(column.ref)
    return found
