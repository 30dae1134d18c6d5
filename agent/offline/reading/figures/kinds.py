"""Reads how many different values of a category each group has: 팀별로 쓰는 GPU 종류가 몇 개야."""

from dataclasses import replace

from agent.offline.query.query import Filter, Query
from agent.offline.words.kind_words import KINDS
from agent.offline.words.sentence import Sentence


def with_kinds_counted(sentence: Sentence, query: Query) -> Query:
    """The query with the values counted, and not the rows, where a category's kinds are asked for in each group."""
    if not query.groups or query.measure != "count" or query.having or query.order or sentence.english:
        return query
    for i in sentence.where("count"):
        said = sentence.mentions[i].surface.endswith("가지") or sentence.mentions[i - 1].surface.endswith(KINDS)
        column = sentence.nearest_column(i - 1, query.counted or query.head) if i else None
        if said and column is not None and column.role == "category" and column.ref not in query.groups:
            known = Filter(column.ref, "null", negated=True)
            filters = tuple(one for one in query.filters if one != known)
            return replace(query, measure="kinds", of=(column.ref,), filters=filters)
    return query
