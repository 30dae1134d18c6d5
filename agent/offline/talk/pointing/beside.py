"""Reads what was spoken of side by side with what is named now: 걔랑 kobert, that one and kobert."""

from agent.offline.query.query import Filter
from agent.offline.talk.pointing.antecedents import Antecedent
from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence

_POINTING = ("it", "that", "person", "those")


def beside(sentence: Sentence, head: str, before: Antecedent, values: list[Filter]) -> tuple[Filter, ...]:
    """The conditions of which one is enough: of the rows spoken of, or of the one named; () where none are joined."""
    if not before.rows or len(before.filters) != 1 or before.rows[0].table != head:
        return ()
    named = [one for one in values if one.ref[0] == head and one.op == "=" and not one.negated]
    places = [
        i for i in range(len(sentence)) if any(value.ref in {one.ref for one in named} for value in sentence.values(i))
    ]
    if len(named) != 1 or not places or not _are_joined(sentence, places):
        return ()
    return (before.filters[0], named[0])


def _are_joined(sentence: Sentence, places: list[int]) -> bool:
    """Whether nothing but "and" stands between what points back and what is named."""
    for i in sentence.where(*_POINTING):
        for place in places:
            first, last = sorted((i, place))
            between = range(first + 1, last)
            bound = (sentence.is_filler(j) or sentence.does(j, "and", "compare") or sentence.table(j) for j in between)
            joined = any(sentence.mentions[j].after in JOINING for j in range(first, last))
            if all(bound) and (joined or any(sentence.does(j, "and", "compare") for j in between)):
                return True
    return False
