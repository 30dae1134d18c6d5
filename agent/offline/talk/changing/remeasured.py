"""Reads a question that measures the last answer's rows otherwise: PNG는 평균으로, the model behind that number."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Order, Query
from agent.offline.reading.figures.ordering import is_good
from agent.offline.reading.filters import conditions
from agent.offline.reading.reading import Reading
from agent.offline.talk.changing.regroup import AGGREGATES, plain
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.antecedents import is_owner_word
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_ENDS = ("max", "min")
_WHICH = ("어느", "어떤", "which")
_POINTING = ("that", "it", "which", "who")


def remeasured(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last measure taken anew, or the row that it was; None where more is said than that."""
    return _row_behind(sentence, frames) or _of_another_value(sentence, frames)


def _row_behind(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "which model is that?", "그게 어느 모델이야?" after the highest or lowest measure: whose it is."""
    query = frames[0].query if frames else None
    if query is None or len(query.of) != 1 or query.groups or query.also:
        return None
    said = content(sentence)
    if not said and query.measure in AGGREGATES and (far := _far(sentence)):
        return Reading("query", _row_at(query, far), "best")
    end = _end(sentence, query.measure)
    if (
        not end
        or len(said) > 1
        or not (sentence.has(*_POINTING) or (said and is_owner_word(sentence, said[0])))
        or sentence.has("count", "why", "where", "when", "those")
    ):
        return None
    table = sentence.table(said[0]) if said else None
    if said and (
        table is None or (table.name != query.head and not (table.person and is_owner_word(sentence, said[0])))
    ):
        return None
    if not said and not sentence.has("which", "who", "list"):  # "which one is that?" is read as "list them"
        return None
    return Reading("query", _with_owner(sentence, _row_at(query, end)), "best")


def _row_at(query: Query, end: str) -> Query:
    """The row at that end of what was measured."""
    return replace(plain(query), measure="rows", order=(Order(query.of[0], end == "max"),), place=1)


def _with_owner(sentence: Sentence, query: Query) -> Query:
    """As in "그게 누구 모델이야?": the row is told with whose it is."""
    layer = sentence.layer
    people = [table for table in layer.tables if table.person and joins.connected(layer, query.head, table.name)]
    asks = sentence.has("who") or any(is_owner_word(sentence, i) for i, _ in sentence.tables())
    if any(sentence.has(name) for name in _ENDS) or not asks or len(people) != 1 or layer.table(query.head).person:
        return query
    return replace(query, columns=tuple((people[0].name, name) for name in people[0].display))


def _far(sentence: Sentence) -> str:
    """As in "and the highest?", "제일 낮은 건?": one end, with nothing said of what."""
    ends = [("max", i) for i in sentence.where("high")] + [("min", i) for i in sentence.where("low")]
    if len({end for end, _ in ends}) != 1 or any(is_good(sentence, i) is not None for _, i in ends):
        return ""
    return "" if sentence.has("count", "negate", "both", "those", "each", "recommend", "why") else ends[0][0]


def _end(sentence: Sentence, measure: str) -> str:
    """The end of the order that is asked for: the one told before, or one that is named with who it is of."""
    named = [name for name in _ENDS if sentence.has(name)]
    asks = sentence.has("who") or any(mention.surface.lower() in _WHICH for mention in sentence.mentions)
    if len(named) == 1:
        return named[0] if measure in AGGREGATES and asks else ""
    return measure if measure in _ENDS else ""


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
