"""Tells how long each row lasted, where each is to have its own time: V100 학습들은 각각 몇 시간씩."""

from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.reading.figures import measures
from agent.offline.words.sentence import Sentence


def with_time_of_each(sentence: Sentence, query: Query) -> Query:
    """The query with the time of each row beside it, where that is asked and nothing else is."""
    plain = query.measure == "rows" and not (query.columns or query.groups or query.within)
    if not plain or not sentence.has("each") or not measures.asks_time(sentence):
        return query
    return replace(query, columns=measures.lasting(sentence, query.head))
