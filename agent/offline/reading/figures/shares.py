"""Reads a share or a rate: of all rows, of each group, or of the groups among themselves."""

from dataclasses import replace

from agent.offline.query.query import COUNTED, Order, Query
from agent.offline.reading.figures import rates
from agent.offline.reading.figures.counted import asked_category
from agent.offline.reading.figures.grouping import Grouping, in_time
from agent.offline.reading.figures.ordering import is_superlative
from agent.offline.reading.figures.portions import portions
from agent.offline.words.sentence import Sentence


def shared(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """A share or a rate, of all rows or of each group; None where none is asked for."""
    if own := portions(sentence, query, group):
        return own
    rate = rates.shared(sentence, query)
    if rate is None:
        return None
    if any(one.ref in group.groups for one in rate.part) and not any(m.surface == "대비" for m in sentence.mentions):
        rest = tuple(one for one in query.filters if one not in rate.part)
        return portions(sentence, replace(query, filters=rest), group) or rate  # "COCO랑 YOLO 비율 비교"
    if group.groups:
        return _by_rate(sentence, _of_counted(sentence, rate, group), group)
    if is_superlative(sentence) and (category := asked_category(sentence, query.head)):
        return replace(rate, groups=(category.ref,), order=(_rated(sentence),), place=1)
    return rate


def _of_counted(sentence: Sentence, rate: Query, group: Grouping) -> Query:
    """As in "프로젝트별 프로덕션 모델 비율": of each project's models, and not of projects."""
    below = group.counted is not None and all(sentence.owner(one.ref[0]) == group.counted for one in rate.part)
    head = group.counted if below and group.counted else rate.head
    return replace(rate, head=head, groups=group.groups, grain=group.grain)


def _by_rate(sentence: Sentence, query: Query, group: Grouping) -> Query:
    """As in "팀별 실패율 높은 순", "success rate by GPU, lowest first": groups by their rate."""
    if not sentence.has("high", "low", "many", "few"):
        return replace(query, order=in_time(group))
    return replace(query, order=(_rated(sentence),), place=1 if is_superlative(sentence) else None)


def _rated(sentence: Sentence) -> Order:
    return Order(COUNTED, not sentence.has("low", "few"))
