"""Reads in English what rows asked for must have: "projects that have some data", "do any runs have a model?"."""

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence
from agent.offline.words.stepped_over import BEFORE_OWNED

_HAVE = ("have", "has", "having", "had", "hold", "holds", "holding", "contain", "contains", "containing", "own", "owns",
         "got", "that has", "that have", "who have", "who has", "which have", "which has", "include", "includes",
         "produced", "registered", "left", "carry", "keep", "keeps", "come with")  # fmt: skip
_SAYS_MORE = ("many", "few", "each", "high", "low", "superlative", "negate", "no_value", "newest", "oldest", "longest",
              "shortest", "compare", "include_zero", "avg", "sum", "max", "min", "share", "rate")  # fmt: skip
_ENDS = ("exists", "list", "and", "filler")


def present_in(sentence: Sentence, head: str) -> list[str]:
    """The tables of which a row asked for must have one, where no more is said of those."""
    if not sentence.english or sentence.has(*_SAYS_MORE):
        return []
    for i, table in sentence.tables():
        if i in sentence.used or table == head or sentence.values(i) or not _is_last(sentence, i):
            continue
        have = _verb_before(sentence, i)
        said = any(one == head and j < have for j, one in sentence.tables())
        if said and joins.is_below(sentence.layer, head, table):
            sentence.used.update(range(have, i + 1))
            return [table]
    return []


def _verb_before(sentence: Sentence, i: int) -> int:
    """Where the verb stands that says the rows have it; -1 where none does."""
    place = sentence.past(i - 1, -1, BEFORE_OWNED)
    return place if place > 0 and sentence.mentions[place].surface.lower() in _HAVE else -1


def _is_last(sentence: Sentence, i: int) -> bool:
    return all(sentence.is_filler(j) or sentence.does(j, *_ENDS) for j in range(i + 1, len(sentence)))
