"""Tells what each row belongs to, which is to be told beside it."""

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence

_WITH = ("with", "plus", "and", "along with", "together with")
_ITS = ("the", "its", "their", "his", "her")


def is_companion(sentence: Sentence, i: int, table: str, head: str) -> bool:
    """As in "projects with their owners", "which dataset is the biggest, with its owner"."""
    layer = sentence.layer
    if table == head or i in sentence.bound or sentence.is_verbal(i) or not joins.connected(layer, head, table):
        return False
    if joins.is_below(layer, head, table) or (sentence.has("who", "which") and not _is_with(sentence, i)):
        return False
    beside = (*sentence.values(i - 1), *sentence.values(i + 1))
    return not any(value.table == table for value in beside)


def _is_with(sentence: Sentence, i: int) -> bool:
    """Whether it ends a question as what is to be told, too."""
    told = [mention.surface.lower() for mention in sentence.mentions[:i]]
    is_last = all(sentence.is_filler(j) or sentence.does(j, "also", "list") for j in range(i + 1, len(sentence)))
    return sentence.english and is_last and len(told) > 1 and told[-1] in _ITS and told[-2] in _WITH
