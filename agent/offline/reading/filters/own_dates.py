"""Takes a date that only rows below have for the rows' own: "데이터셋 등록일" is the day that it came to be."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Query, Ref
from agent.offline.words.sentence import Sentence


def with_own_dates(sentence: Sentence, query: Query) -> Query:
    """The query with its head's one date in the place of a date of many rows below that nobody speaks of."""
    own = [c.ref for c in sentence.layer.table(query.head).columns if c.role == "date"]
    if query.measure != "rows" or query.groups or len(own) != 1:
        return query
    spoken = {table for _, table in sentence.tables(verbal=True)}
    far = {ref for ref in query.columns if _is_far(sentence, query.head, ref, spoken)}
    sentence.used.update(i for i in range(len(sentence)) if any(c.ref in far for c in sentence.columns(i)))
    return replace(query, columns=tuple(dict.fromkeys(own[0] if ref in far else ref for ref in query.columns)))


def _is_far(sentence: Sentence, head: str, ref: Ref, spoken: set[str]) -> bool:
    table = ref[0]
    if not table or table == head or table in spoken or sentence.layer.column(ref).role != "date":
        return False
    return joins.is_below(sentence.layer, head, table)
