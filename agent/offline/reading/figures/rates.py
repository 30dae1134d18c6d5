"""Reads shares and rates: what share of which rows meets a condition."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref
from agent.offline.reading.figures import measures
from agent.offline.words.sentence import Sentence

_ARE = ("is", "are", "was", "were", "has", "have", "that are", "which are", "that have", "takes", "took", "exceeds")
_RATES = ("률", "율")


def shared(sentence: Sentence, query: Query) -> Query | None:
    """The query of a share ("A100 비율", "H100 성공률"); None where none is asked for."""
    place = _place(sentence)
    if place is not None and (below := _below(sentence, query)):
        return below
    if place is not None and not query.filters and len(query.present) == 1:
        return _present(sentence, query)
    if place is None or not query.filters:
        return None
    part = _part(sentence, query, place)
    rest = tuple(one for one in query.filters if one is not part)
    ended = _end(sentence, part) if _is_rate(sentence, place) else None
    query = replace(query, measure="share", filters=rest, part=(part,), ended=ended)
    return query if ended else _weighed(sentence, query)


def _weighed(sentence: Sentence, query: Query) -> Query:
    """As in "전체 용량 중 비전팀이 차지하는 비율": a share of what adds up, and not of rows."""
    for i in range(len(sentence)):
        column = sentence.nearest_column(i, query.head)
        is_bound = i in sentence.used or sentence.table(i) is not None or sentence.does(i, "count")
        if column is None or is_bound or column.role != "measure" or not measures.is_additive(sentence, column.ref):
            continue
        sentence.used.add(i)
        return replace(query, head=column.table, of=(column.ref,))
    return query


def _below(sentence: Sentence, query: Query) -> Query | None:
    """As in "완료된 학습 중 모델로 등록된 비율": of one table's rows, those that have a row of another."""
    layer = sentence.layer
    among = [i for i, m in enumerate(sentence.mentions) if sentence.does(i, "out_of") or m.surface in ("중", "중의")]
    for i in among:
        before = [table for j, table in sentence.tables() if j < i]
        after = [
            table for j, table in sentence.tables() if j > i and not any(v.table == table for v in sentence.values(j))
        ]
        if len(before) != 1 or len(after) != 1 or before[0] == after[0]:
            continue
        if not joins.connected(layer, *before, *after) or not joins.is_below(layer, before[0], after[0]):
            continue
        own = tuple(one for one in query.filters if one.ref[0] != after[0])
        rest = tuple(one for one in query.filters if one.ref[0] == after[0])
        key = layer.table(after[0]).primary_key
        has = Filter((after[0], key or ""), "null", negated=True)
        return replace(query, head=before[0], measure="share", filters=own, part=rest or (has,))
    return None


def _present(sentence: Sentence, query: Query) -> Query | None:
    """As in "모델 있는 프로젝트가 전체 중 몇 퍼센트": of all rows, those that have one of a table below."""
    key = sentence.layer.table(query.present[0]).primary_key
    has = Filter((query.present[0], key or ""), "null", negated=True)
    return replace(query, measure="share", present=(), part=(has,)) if key else None


def head_of(sentence: Sentence) -> str | None:
    """The table whose rows a rate is of: that of the state it names (성공률), one that is spoken of if it can be."""
    for i in range(len(sentence)):
        values = sentence.values(i)
        if not values or not (sentence.mentions[i].after.startswith(_RATES) or sentence.does(i + 1, "rate")):
            continue
        spoken = {table for _, table in sentence.tables(verbal=True)}
        timed = {span.table for span in sentence.layer.spans}
        best = sorted(values, key=lambda v: (v.table not in spoken, v.table not in timed))
        return best[0].table
    return None


def _place(sentence: Sentence) -> int | None:
    """Where the share is asked for: the word itself, or the value it hangs on (성공률)."""
    for i, mention in enumerate(sentence.mentions):
        if sentence.does(i, "share", "rate") or (mention.after.startswith(_RATES) and sentence.values(i)):
            return i
    return None


def _is_rate(sentence: Sentence, place: int) -> bool:
    return sentence.does(place, "rate") or sentence.mentions[place].after.startswith(_RATES)


def _part(sentence: Sentence, query: Query, place: int) -> Filter:
    """The condition whose share is asked: of the value the word hangs on or stands beside, else the last named."""
    if among := _after_whole(sentence, query):
        return among
    here = sentence.values(place) or (sentence.values(place - 1) if place else ())
    refs = {value.ref for value in here}
    named = [one for one in query.filters if one.ref in refs]
    if named:
        return named[0]
    last = [value.ref for i in range(len(sentence)) for value in sentence.values(i)]
    by_place = sorted(query.filters, key=lambda one: last.index(one.ref) if one.ref in last else -1)
    return by_place[-1]


def _after_whole(sentence: Sentence, query: Query) -> Filter | None:
    """As in "프로덕션 중 20ms 넘는 모델 몇 %", "share of checkpoints that are over 1 GB": the one condition behind."""
    among = [i for i, m in enumerate(sentence.mentions) if sentence.does(i, "out_of") or m.surface in ("중", "중의")]
    asked = sentence.where("share") if sentence.english else []
    among = among or [i for i, m in enumerate(sentence.mentions) if asked and i > asked[0] and m.surface in _ARE]
    whole = {value.ref for i in range(among[0]) for value in sentence.values(i)} if among else set()
    behind = [one for one in query.filters if one.ref not in whole]
    return behind[0] if whole and len(behind) == 1 and len(query.filters) > 1 else None


def _end(sentence: Sentence, part: Filter) -> Ref | None:
    """The column that says that a row has come to its end, where the layer times such rows."""
    spans = (span for span in sentence.layer.spans if span.start[0] == span.end[0] == part.ref[0])
    return next((span.end for span in spans), None)
