"""Reads which rows or values have no row of a kind: 프로덕션 모델이 없는 프로젝트, 취소된 학습이 하나도 없는 GPU."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from agent.offline.reading.figures.counted import asked_category
from agent.offline.reading.figures.grouping import Grouping
from agent.offline.words.sentence import Sentence


def without_any(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """As in "모델을 하나도 등록 못 한 팀": the values of a category none of whose rows has one."""
    if own := _without_own(sentence, query, group):
        return own
    if len(query.absent) != 1 or group.groups or any(table == query.head for _, table in sentence.tables()):
        return None
    category = asked_category(sentence, query.head)
    if category is None or category.table != query.head:
        return None
    met = tuple(replace(f, negated=False) if _is_of(sentence, f, query.absent[0]) else f for f in query.filters)
    return replace(query, filters=met, groups=(category.ref,), counted=query.absent[0], zero=True,
                   having=("=", 0), absent=(), measure="count", every=True)  # fmt: skip


def _without_own(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """As in "취소된 학습이 하나도 없는 GPU": the values of a category of the very rows that are lacked."""
    if sentence.english or group.groups or group.counted or query.absent:
        return None
    category = asked_category(sentence, query.head)
    for i, table in sentence.tables():
        none = _past_states(sentence, i, table)
        lacked = table == query.head and none not in sentence.used and sentence.does(none, "no_value")
        asked = category is not None and any(category in sentence.columns(j) for j in range(none + 1, len(sentence)))
        above = category is not None and not joins.is_below(sentence.layer, query.head, category.table)
        if lacked and asked and category is not None and above:
            sentence.used.add(none)
            met = tuple(replace(one, negated=False) if _is_of(sentence, one, table) else one for one in query.filters)
            return replace(query, head=category.table, filters=met, groups=(category.ref,), counted=query.head,
                           zero=True, having=("=", 0), measure="count", every=True)  # fmt: skip
    return None


def _past_states(sentence: Sentence, i: int, table: str) -> int:
    """Where what lacks stands, past a state of those rows: 없는 of "학습이 한 번도 실패한 적 없는"."""
    place = sentence.neighbour(i, 1)
    while any(value.table == table for value in sentence.values(place)) and not sentence.is_name(place):
        place = sentence.neighbour(place, 1)
    return place


def lacking_own(sentence: Sentence, query: Query) -> Query:
    """As in "프로덕션 모델이 없는 프로젝트": rows without such a one, whatever others they have."""
    for table in query.absent:
        own = [f for f in query.filters if _is_of(sentence, f, table)]
        if len(own) == 1:
            filters = tuple(replace(f, negated=True) if f in own else f for f in query.filters)
            query = replace(query, filters=filters, absent=tuple(t for t in query.absent if t != table))
    return query


def _is_of(sentence: Sentence, one: Filter, table: str) -> bool:
    """Whether a condition says which rows of the table are lacked."""
    return one.op in ("=", "between") and bool(one.ref[0]) and sentence.owner(one.ref[0]) == table
