"""Reads what share of all each group makes up: 포맷별 비율, 팀별 용량 비중, "the share of each stage"."""

from dataclasses import replace

from agent.offline.query.query import COUNTED, Order, Query, Ref
from agent.offline.reading.figures.grouping import Grouping, places
from agent.offline.reading.figures.measures import is_additive
from agent.offline.words.sentence import Sentence


def portions(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """The query of the groups' shares; None where none are asked for, or only of what meets a condition."""
    group = group if group.groups else _by_its_kinds(sentence, query)
    if not sentence.has("share") or sentence.has("rate") or not group.groups or group.having:
        return None
    if not _are_of_all(sentence, query):
        return None
    weight = _weight(sentence, query.head)
    counted = sentence.owner(weight[0][0]) if weight else group.counted
    if counted is None:
        return None  # each row is one of itself
    head = counted if weight else query.head
    first = sentence.has("superlative")
    order = (Order(COUNTED, not sentence.has("low", "few")),) if sentence.has("high", "low", "many", "few") else ()
    return replace(query, head=head, groups=group.groups, counted=counted, grain=group.grain, measure="share",
                   of=weight, order=order, place=1 if first and order else None)  # fmt: skip


def _by_its_kinds(sentence: Sentence, query: Query) -> Grouping:
    """As in "데이터셋 포맷 비율": no value is named, so each has its share."""
    named = {c.ref for i in range(len(sentence)) if (c := sentence.nearest_column(i, query.head))
             and c.role == "category" and c.table == query.head and not sentence.values(i)}  # fmt: skip
    if len(named) != 1 or query.filters or not _last_is_asked(sentence, query.head):
        return Grouping()
    return Grouping(tuple(named), query.head, query.head)


def _last_is_asked(sentence: Sentence, head: str) -> bool:
    """Whether the kinds stand right before the word for a share: "상태 비율", and not "상태가 아닌 비율"."""
    for i in sentence.where("share"):
        before = i - 1
        while sentence.does(before, "each"):  # "종류가 각각 몇 퍼센트"
            before -= 1
        column = sentence.nearest_column(before, head) if before >= 0 else None
        if column is not None and column.role == "category":
            return True
    return False


def _are_of_all(sentence: Sentence, query: Query) -> bool:
    """Whether what narrows the rows down stands before the groups: "비전팀 모델 스테이지별 비율" is of theirs."""
    if not query.filters:
        return True
    refs = {one.ref for one in query.filters}
    told = [i for i in range(len(sentence)) if any(value.ref in refs for value in sentence.values(i))]
    by = places(sentence)
    held = len(told) >= len(refs) and bool(by) and max(told, default=0) < min(by)
    return not sentence.english and held


def _weight(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """What is shared, where it is no rows: the size of 용량 비중."""
    for i in range(len(sentence)):
        column = sentence.nearest_column(i, head)
        if column is None or i in sentence.used or sentence.table(i) or column.role != "measure":
            continue
        if is_additive(sentence, column.ref):
            sentence.used.add(i)
            return (column.ref,)
    return ()
