"""Reads "시작은 했는데 안 끝난" as two conditions: what has not ended and did begin."""

from dataclasses import replace

from agent.offline.query.query import Filter, Query
from agent.offline.reading.filters.conditions import is_negated
from agent.offline.words.sentence import Sentence


def with_begun(sentence: Sentence, query: Query) -> Query:
    """The query with the beginning that its rows must have, where only their end was read as lacking."""
    for span in sentence.layer.spans:
        unended = Filter(span.end, "null") in query.filters
        known = any(one.ref == span.start for one in query.filters)
        if not unended or known:
            continue
        for i in range(len(sentence)):
            begins = any(column.ref == span.start for column in sentence.columns(i)) and sentence.is_verbal(i)
            if begins and not sentence.mentions[i].dates and not is_negated(sentence, i):
                columns = tuple(ref for ref in query.columns if ref != span.start)
                begun = Filter(span.start, "null", negated=True)
                return replace(query, filters=(*query.filters, begun), columns=columns)
    return query
