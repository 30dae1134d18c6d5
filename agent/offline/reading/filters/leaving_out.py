"""Reads bounds beyond which rows are left out: "without those over 20 GB", "except the ones under 0.9"."""

from agent.offline.query.query import Op
from agent.offline.words.sentence import Sentence
from agent.offline.words.stepped_over import BEFORE_BOUND

BEYOND: dict[Op | None, Op] = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
"""What is left where those beyond a bound are left out."""
_LEAVING = ("without", "except", "excluding", "exclude", "leave out", "leaving out", "minus", "skip", "but not", "not",
            "aside from", "apart from", "other than")  # fmt: skip


def is_left_out(sentence: Sentence, i: int) -> bool:
    """Whether what the bound at `i` holds for is left out."""
    if not sentence.english or not sentence.does(i - 1, "over", "under", "at_least", "at_most"):
        return False
    place = sentence.past(i - 2, -1, BEFORE_BOUND)
    leaves = place >= 0 and sentence.mentions[place].surface.lower() in _LEAVING
    if leaves:
        sentence.used.add(place)
    return leaves
