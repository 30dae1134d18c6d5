"""Keeps rows that have no row of measures at all, where those are to be told with the ones that lack a value."""

from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.words.sentence import Sentence


def with_unmeasured(sentence: Sentence, query: Query) -> Query:
    """As in "F1 없는 모델, 평가 자체가 없는 것도 포함해서": rows that nothing describes are kept, too."""
    if query.groups or not sentence.has("include_zero"):
        return query
    parts = {table.name for table in sentence.layer.tables if table.part_of == query.head}
    lacks = any(one.op == "null" and not one.negated and one.ref[0] in parts for one in query.filters)
    return replace(query, zero=True) if lacks else query
