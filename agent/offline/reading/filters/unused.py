"""Reads rows that were never used: those without any row of the one table that hangs below theirs."""

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence
from agent.offline.words.stepped_over import BEHIND_USED

_USED = ("used", "in use", "touched", "use", "ever used", "been used", "utilised", "utilized", "consumed")
_UNUSED = ("unused", "untouched", "orphaned")


def never_used(sentence: Sentence, head: str) -> list[str]:
    """The table of which the rows asked for have none, where they are said to be unused."""
    if not sentence.english:
        return []
    for i, mention in enumerate(sentence.mentions):
        said = mention.surface.lower()
        before = sentence.mentions[i - 1].does("negate", "no_value") if i else False
        if i in sentence.used or not ((said in _USED and before) or said in _UNUSED):
            continue
        end = sentence.past(i + 1, 1, BEHIND_USED)
        by = sentence.table(end)
        below = by.name if by is not None and end > i + 1 else _only_below(sentence, head)
        if (
            below is None
            or below == head
            or not joins.is_below(sentence.layer, head, below)
            or _says_more(sentence, end)
        ):
            return []
        sentence.used.update(range(i - (said in _USED), end + (by is not None)))
        return [below]
    return []


def _only_below(sentence: Sentence, head: str) -> str | None:
    """The one table whose rows belong to the head's, and do not merely describe them."""
    layer = sentence.layer
    below = {key.table for key in layer.foreign_keys if key.parent_table == head and key.table != head}
    below = {table for table in below if layer.table(table).part_of != head}
    return next(iter(below)) if len(below) == 1 else None


def _says_more(sentence: Sentence, end: int) -> bool:
    """Whether a name or a value follows, by which it was not used: "not used by 김민준"."""
    return any(sentence.values(j) or sentence.mentions[j].parts for j in range(end, len(sentence)))
