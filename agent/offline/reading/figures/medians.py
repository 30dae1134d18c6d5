"""Reads the value in the middle: it is asked for as a mean is, and is none."""

from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.words.sentence import Sentence


def with_median(sentence: Sentence, query: Query) -> Query:
    """The query of a mean with the median in its place, where that is asked for and can be told alone."""
    is_one = query.measure == "avg" and len(query.of) == 1 and not query.also and query.place is None
    if not sentence.has("median") or not is_one or query.limit is not None:
        return query
    return replace(query, measure="median", tallied=False)
