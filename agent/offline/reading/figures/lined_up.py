"""Reads the values of a category that are put in an order: 모델 수 순으로 팀 줄세워줘."""

from agent.offline.query import joins
from agent.offline.reading.figures.counted import asked_category
from agent.offline.reading.figures.grouping import Grouping
from agent.offline.words.sentence import Sentence

_ORDER = ("순", "기준")
_AGGREGATES = ("avg", "sum", "max", "min")


def lined_up(sentence: Sentence, head: str) -> Grouping | None:
    """The groups, where what stands behind an order by a count or an aggregate is a category; else None."""
    order = _order(sentence)
    if order is None:
        return None
    category = asked_category(sentence, head)
    asked = [i for i in range(order, len(sentence)) if category is not None and category in sentence.columns(i)]
    if category is None or not asked or any(sentence.table(i) for i in asked):
        return None
    spoken = [table for i, table in sentence.tables() if i < order and table != category.table]
    counted = sentence.owner(spoken[-1]) if spoken else head
    if counted == category.table or not joins.connected(sentence.layer, counted, category.table):
        return Grouping((category.ref,), head, head) if counted == head else None
    return Grouping((category.ref,), counted, counted)


def _order(sentence: Sentence) -> int | None:
    """Where an order stands that is by a count or an aggregate: 순 of 모델 수 순, 용량 합계 순, 평균 f1 순."""
    if sentence.english:
        return None
    for i in range(1, len(sentence)):
        if not sentence.mentions[i].surface.startswith(_ORDER):
            continue
        before = sentence.neighbour(i, -1)
        before = sentence.neighbour(before, -1) if sentence.does(before, "many", "few", "high", "low") else before
        near = (before, before - 1, before - 2)
        if sentence.does(before, "count") or any(sentence.does(j, *_AGGREGATES) for j in near):
            return i
    return None
