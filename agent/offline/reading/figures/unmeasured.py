"""Keeps rows that were not measured, or leaves them out, where a question says which."""

from dataclasses import replace

from agent.offline.query.query import Filter, Query
from agent.offline.words.sentence import Sentence


def with_unmeasured(sentence: Sentence, query: Query) -> Query:
    """As in "F1 없는 모델, 평가 자체가 없는 것도 포함해서": rows that nothing describes are kept, too."""
    if sentence.has("without_null"):
        return _measured_only(sentence, query)
    if query.groups or not sentence.has("include_zero"):
        return query
    parts = {table.name for table in sentence.layer.tables if table.part_of == query.head}
    lacks = any(one.op == "null" and not one.negated and one.ref[0] in parts for one in query.filters)
    return replace(query, zero=True) if lacks else query


def _measured_only(sentence: Sentence, query: Query) -> Query:
    """As in "max latency per stage, drop the ones without a number"."""
    refs = dict.fromkeys(ref for ref in (*query.of, *query.columns) if ref[0])
    measures = [ref for ref in refs if sentence.layer.column(ref).role == "measure"]
    known = tuple(Filter(ref, "null", negated=True) for ref in measures)
    return replace(query, filters=tuple(dict.fromkeys((*query.filters, *known))))
