"""Reads rows that must be there or still go on: 모델을 등록한 사람, 입원 중인 환자."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from agent.offline.reading.heads import is_kind
from agent.offline.words.particles import OBJECT, OF_SEVERAL, SUBJECT
from agent.offline.words.sentence import Sentence

_GOING_ON = ("중", "중인", "중인데")


def with_events(sentence: Sentence, query: Query) -> Query:
    """The query with the tables below its head that are spoken of as something rows have done or are doing."""
    if query.groups or query.measure in ("share", "mean"):
        return query
    for i in range(len(sentence)):
        table = sentence.table(i)
        if table is None or i in sentence.used or i in sentence.bound or not _is_apart(sentence, query, table.name):
            continue
        if open_end := _going_on(sentence, i, table.name):
            query = replace(query, filters=(*query.filters, open_end))
            sentence.used.add(i)
        elif _is_of_kind(sentence, query, i) or sentence.is_verbal(i) or _is_made(sentence, query, i):
            query = replace(query, present=tuple(dict.fromkeys((*query.present, table.name))))
            sentence.used.add(i)
    return query


def _is_made(sentence: Sentence, query: Query, i: int) -> bool:
    """As in "모델을 등록한", "모델 학습시킨 데이터", "모델이 어느 과제에서 나왔나": it was made, or made use of."""
    if i + 1 >= len(sentence):
        return False
    if sentence.is_filler(i + 1):
        return True
    told = sentence.mentions[i].after in (*SUBJECT, *OBJECT, "들이", "들을")
    deed = sentence.table(i + 1) is not None and sentence.is_verbal(i + 1)
    asked = sentence.does(i + 1, "which") and sentence.table(i + 2) is not None
    return not sentence.english and not query.order and query.counted is None and (deed or (told and asked))


def _is_apart(sentence: Sentence, query: Query, table: str) -> bool:
    """Whether the query says nothing yet of a table that hangs below its head."""
    layer = sentence.layer
    refs = [*(f.ref for f in query.filters), *query.columns, *query.of, *(order.ref for order in query.order)]
    spans = {("", span.name): span.table for span in layer.spans}
    known = {ref[0] or spans.get(ref, "") for ref in refs} | {*query.absent, *query.present, query.head}
    if table in known or layer.table(table).part_of == query.head or not joins.connected(layer, query.head, table):
        return False
    return joins.is_below(layer, query.head, table)


def _is_of_kind(sentence: Sentence, query: Query, i: int) -> bool:
    """As in "모델 체크포인트": files of runs that made a model, where neither belongs to the other."""
    if sentence.english or i + 1 >= len(sentence) or sentence.mentions[i].after not in OF_SEVERAL:
        return False
    kinds = [v for v in sentence.values(i + 1) if v.table == query.head] if not sentence.is_name(i + 1) else []
    return bool(kinds) and is_kind(sentence, query.head, kinds[0].column)


def _going_on(sentence: Sentence, i: int, table: str) -> Filter | None:
    span = next((span for span in sentence.layer.spans if span.start[0] == span.end[0] == table), None)
    after = sentence.mentions[i + 1].surface if i + 1 < len(sentence) else ""
    return Filter(span.end, "null") if span is not None and after in _GOING_ON else None
