"""Reads a question that measures the last answer's rows otherwise: PNG는 평균으로, the model behind that number."""

from dataclasses import replace

from agent.offline.query.query import Filter, Order
from agent.offline.reading import conditions
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame
from agent.offline.talk.places import content
from agent.offline.talk.regroup import AGGREGATES, plain
from agent.offline.words.sentence import Sentence

_ENDS = ("max", "min")
_POINTING = ("that", "it", "which", "who")


def remeasured(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last measure taken anew, or the row that it was; None where more is said than that."""
    return _row_behind(sentence, frames) or _of_another_value(sentence, frames)


def _row_behind(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "which model is that?", "그게 어느 모델이야?" after the highest or lowest measure: whose it is."""
    query = frames[0].query if frames else None
    if query is None or query.measure not in _ENDS or len(query.of) != 1 or query.groups or query.also:
        return None
    said = content(sentence)
    if len(said) > 1 or not sentence.has(*_POINTING) or sentence.has("count", "why", "where", "when", "those"):
        return None
    table = sentence.table(said[0]) if said else None
    if said and (table is None or table.name != query.head):
        return None
    if not said and not sentence.has("which"):
        return None
    order = (Order(query.of[0], query.measure == "max"),)
    return Reading("query", replace(plain(query), measure="rows", order=order, place=1), "best")


def _of_another_value(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "PNG는 평균으로": another aggregate of the same measure, for another value."""
    query = frames[0].query if frames else None
    measures = [name for name in AGGREGATES if sentence.has(name)]
    if query is None or query.measure not in AGGREGATES or query.groups or len(measures) != 1:
        return None
    said = content(sentence)
    if not said or sentence.has("that", "it", "those", "both", "who", "each", "negate"):
        return None
    if any(not sentence.values(i) or sentence.is_name(i) or sentence.mentions[i].dates for i in said):
        return None
    filters = conditions.value_filters(sentence, query.head)
    before = {one.ref for one in query.filters}
    if not filters or any(one.ref not in before or one.negated for one in filters):
        sentence.used.difference_update(said)
        return None
    kept: tuple[Filter, ...] = tuple(one for one in query.filters if one.ref not in {new.ref for new in filters})
    return Reading("query", replace(query, filters=(*kept, *filters), measure=measures[0], also=()))
