"""Reads words that stand for a bound on a measure: 고성능 is an F1 of at least 0.9."""

from agent.offline.query import joins
from agent.offline.query.query import Filter
from agent.offline.reading.filters.conditions import is_negated
from agent.offline.words.sentence import Sentence


def filters(sentence: Sentence, head: str) -> list[Filter]:
    """The conditions that words stand for, where the rows asked for can be held against them."""
    found: list[Filter] = []
    for i in range(len(sentence)):
        condition = sentence.condition(i)
        if condition is None or i in sentence.used or not joins.connected(sentence.layer, head, condition.ref[0]):
            continue
        sentence.used.add(i)
        bound = condition.bound
        found.append(Filter(condition.ref, bound.op, (bound.number,), is_negated(sentence, i)))
    return found


def head_of(sentence: Sentence) -> str | None:
    """The table whose rows are meant where nothing but such a word says so."""
    conditions = (sentence.condition(i) for i in range(len(sentence)))
    return next((sentence.owner(one.ref[0]) for one in conditions if one is not None), None)
