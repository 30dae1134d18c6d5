"""Reads rows that are ranked by an aggregate of what belongs to each of them."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Query
from agent.offline.reading.figures import measures
from agent.offline.words.sentence import Sentence


def ranked_by_sum(sentence: Sentence, query: Query) -> Query | None:
    """As in "아티팩트 총 용량이 제일 큰 파이프라인", "the project with the highest average f1"; else None."""
    wanted = [name for name in measures.aggregates(sentence) if name in ("sum", "avg")]
    named = bool(wanted)
    if not wanted and _ranks_all(sentence, query):
        wanted = ["sum"]
    elif len(wanted) != 1 or not query.order:
        return None
    ref, layer = query.order[0].ref, sentence.layer
    if ref == COUNTED or (not ref[0] and not named) or (wanted[0] == "sum" and not measures.is_additive(sentence, ref)):
        return None
    owner = sentence.owner(measures.table_of(sentence, ref))
    if owner == query.head or not joins.connected(layer, query.head, owner):
        return None
    if not joins.is_below(layer, query.head, owner):
        return None
    sentence.used.update(sentence.where(*wanted))
    names = tuple((query.head, name) for name in layer.table(query.head).display)
    return replace(query, groups=names, counted=owner, measure=wanted[0], of=(ref,))


def _ranks_all(sentence: Sentence, query: Query) -> bool:
    """As in "프로젝트를 데이터 용량 큰 순으로": rows in an order, or the first of them, each with what is below it."""
    return bool(query.order) and query.place is None and not sentence.has("max", "min", "recommend", "compare")
