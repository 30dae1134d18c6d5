"""Reads groups by a bound on what is measured of each: 평균 용량이 50기가 넘는 포맷, "teams with two or more"."""

from dataclasses import dataclass, replace

from agent.offline.query import joins
from agent.offline.query.query import Measure, Order, Query, Ref
from agent.offline.reading.figures.grouping import Grouping, places
from agent.offline.reading.filters.conditions import comparison
from agent.offline.words.amounts import Amount
from agent.offline.words.sentence import Sentence

_AGGREGATES: tuple[Measure, ...] = ("avg", "sum", "max", "min")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a group's measure is held against."""

    measure: Measure
    ref: Ref
    op: str
    value: float


def measured_bound(sentence: Sentence, head: str) -> tuple[Bound, Grouping] | None:
    """The bound on a measure of groups, with the groups; None where a bound is on the rows themselves."""
    for i, mention in enumerate(sentence.mentions):
        if mention.amount is None or i in sentence.used or mention.amount.unit in ("ordinal", "id", "count"):
            continue
        found = _measured_before(sentence, i, head)
        op = comparison(sentence, i) if found is not None else None
        if found is None or op is None:
            continue
        place, word, ref = found
        table = sentence.owner(ref[0] or next(s.table for s in sentence.layer.spans if s.name == ref[1]))
        group = _groups(sentence, i, table)
        if group is None:
            continue
        kinds = [name for name in _AGGREGATES if sentence.does(word, name)]
        sentence.used.update((i, place, word))
        return Bound(kinds[0], ref, op, _stored(sentence, mention.amount, ref)), group
    return None


def bounded(query: Query, bound: Bound, group: Grouping) -> Query:
    """The groups within the bound, the furthest from it first."""
    order = Order(bound.ref, descending=bound.op[0] == ">")
    return replace(query, head=group.head or query.head, groups=group.groups, counted=group.counted, grain=group.grain,
                   measure=bound.measure, of=(bound.ref,), having=(bound.op, bound.value), order=(order,))  # fmt: skip


def with_count_bound(sentence: Sentence, query: Query, counted: tuple[str, tuple[str, float]] | None) -> Query:
    """As in "유형별 개수, 두 개 이상인 유형만": of groups that are counted, those with so many."""
    if not query.groups or query.measure not in ("count", "rows") or query.having or query.within:
        return query
    if counted is not None:
        own = counted[0] == (query.counted or query.head)
        return replace(query, having=counted[1], measure="count") if own else query
    for i, mention in enumerate(sentence.mentions):
        if mention.amount is None or i in sentence.used or mention.amount.unit not in ("count", ""):
            continue
        if (op := comparison(sentence, i)) is not None:
            sentence.used.add(i)
            return replace(query, having=(op, mention.amount.value), measure="count")
    return query


def _measured_before(sentence: Sentence, i: int, head: str) -> tuple[int, int, Ref] | None:
    """Where the measure and its aggregate stand that an amount bounds: 평균 용량이 50기가, 용량 합계가 50기가."""
    place = sentence.neighbour(i, -1)
    while place > 0 and (sentence.does(place, *_AGGREGATES) or sentence.is_filler(place) or sentence.does(place, "over",
          "under", "at_least", "at_most")):  # fmt: skip
        place -= 1
    if place < 0 or place in sentence.used or sentence.values(place):
        return None
    column, span = sentence.nearest_column(place, head), sentence.span(place)
    if column is not None and column.role == "measure":
        ref = column.ref
    elif span is not None and joins.connected(sentence.layer, head, span[0].table):
        ref = ("", span[0].name)
    else:
        return None
    words = [j for j in (place - 1, place + 1, place - 2) if j >= 0 and sentence.does(j, *_AGGREGATES)]
    words = [j for j in words if j != place - 2 or sentence.table(place - 1) is not None]  # "평균 학습 시간"
    return (place, words[0], ref) if words else None


def _groups(sentence: Sentence, i: int, table: str) -> Grouping | None:
    """By what the rows of a table are grouped: what is said so, else what the bound is said of."""
    layer = sentence.layer
    behind = range(i + 1, len(sentence)) if not sentence.english else range(i)
    for j in (*places(sentence), *behind):
        spoken, column = sentence.table(j), sentence.nearest_column(j, table)
        if sentence.values(j):
            continue
        if spoken is not None and spoken.name != table and joins.connected(layer, table, spoken.name):
            if joins.is_below(layer, spoken.name, table):
                return Grouping(tuple((spoken.name, name) for name in spoken.display), table, table)
        elif column is not None and column.role == "category":
            return Grouping((column.ref,), table, table)
    return None


def _stored(sentence: Sentence, amount: Amount, ref: Ref) -> float:
    """The amount in the units of what it bounds."""
    if ref[0]:
        column = sentence.layer.column(ref)
        return round(amount.in_column(column.unit, column.scale, ratio=column.ratio), 6)
    span = next(span for span in sentence.layer.spans if span.name == ref[1])
    seconds = 3600 if span.unit == "hours" else 86400
    return round(amount.value / seconds, 4) if amount.unit == "s" else amount.value
