"""Reads an order that is asked for by name, with no word for its direction: "sorted by f1", "f1 기준으로 정렬"."""

from agent.offline.query import joins
from agent.offline.query.query import Order, Ref
from agent.offline.words.sentence import Sentence

_SORTING = ("sort", "sorted", "order", "ordered", "by order", "rank", "ranked", "ranking", "ranking of")
_SORTING_KO = ("정렬", "순서", "순위", "줄 세", "줄세", "sort", "order", "rank")
_UP = ("asc", "오름차순")
_DOWN = ("desc", "내림차순")
_BETWEEN = ("기준", "순", "정렬", "sort", "in", "order", "by", "first")
_SPENDING = ("avg", "sum", "min", "max", "count", "each", "share", "rate")


def sorted_by(sentence: Sentence, head: str) -> Order | None:
    """The order: of a measure the best or the most first; None where none is asked for or nothing says by what."""
    place = _by_what(sentence)
    return None if place is None else _order(sentence, place, head)


def _by_what(sentence: Sentence) -> int | None:
    """Where the name of what is sorted by stands."""
    surfaces = [mention.surface.lower() for mention in sentence.mentions]
    if sentence.english:
        for i, surface in enumerate(surfaces[1:], start=1):
            sorts = any(word in _SORTING for word in surfaces[:i])
            if surface == "by" and (sorts or not sentence.has(*_SPENDING)):
                return sentence.neighbour(i, 1)
        return None
    for i, surface in enumerate(surfaces):
        if i and surface.startswith(_SORTING_KO) and (place := sentence.neighbour(i, -1)) >= 0:
            return place
    return None


def _order(sentence: Sentence, i: int, head: str) -> Order | None:
    if i in sentence.used or not 0 <= i < len(sentence) or sentence.values(i):
        return None
    span, column = sentence.span(i), sentence.nearest_column(i, head)
    if column is not None and column.role == "measure":
        sentence.used.add(i)
        return Order(column.ref, column.better != "low")
    if span is not None and joins.connected(sentence.layer, head, span[0].table):
        sentence.used.add(i)
        return Order(("", span[0].name), descending=True)
    return None


def longest_first(sentence: Sentence, head: str) -> Order | None:
    """As in "top 3 by training time": a length of time, where the first so many are asked for."""
    for i in range(len(sentence)):
        span = sentence.span(i)
        if span is not None and i not in sentence.used and joins.connected(sentence.layer, head, span[0].table):
            sentence.used.add(i)
            return Order(("", span[0].name), sentence.has("first_of"))
    return None


def by_time(sentence: Sentence, head: str, *, descending: bool) -> Order | None:
    """As in "학습 시간 합계 제일 큰 GPU": by a length of time that is named, added up or averaged."""
    for i in range(len(sentence)) if sentence.has("sum", "avg") else ():
        span = sentence.span(i)
        if span is not None and i not in sentence.used and joins.connected(sentence.layer, head, span[0].table):
            return Order(("", span[0].name), descending)
    return None


def in_time_or_alphabet(sentence: Sentence, head: str) -> tuple[tuple[Order, ...], None] | None:
    """As in "등록일 내림차순으로", "by creation date desc", "이름 asc": a date, or the name, beside the direction."""
    for i, mention in enumerate(sentence.mentions):
        surface = mention.surface.lower()
        if i in sentence.used or not surface.startswith((*_UP, *_DOWN)):
            continue
        before = sentence.neighbour(i, -1)
        while before >= 0 and sentence.mentions[before].surface.lower().startswith(_BETWEEN):
            before = sentence.neighbour(before, -1)
        ref = _own_date_or_name(sentence, before, head)
        if ref is not None:
            sentence.used.update((i, before))
            return (Order(ref, surface.startswith(_DOWN)),), None
    return None


def _own_date_or_name(sentence: Sentence, i: int, head: str) -> Ref | None:
    if not 0 <= i < len(sentence) or i in sentence.used or sentence.values(i) or sentence.span(i):
        return None
    columns, table = sentence.columns(i), sentence.layer.table(head)
    if not columns or any(column.role not in ("date", "name") for column in columns):
        return None
    own = next((column.ref for column in columns if column.table == head), None)
    spoken = any(column.table == other for _, other in sentence.tables() for column in columns)
    if own is None and not spoken and table.date and columns[0].role == "date":
        return (head, table.date)
    return own
