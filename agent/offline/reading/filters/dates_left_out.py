"""Reads times that are left out: 2024년에 만든 거 빼고, "except those started in 2024"."""

from agent.offline.words.particles import NOT
from agent.offline.words.sentence import Sentence


def leaving(sentence: Sentence, i: int) -> int | None:
    """The place of the word by which rows of the time at `i` are left out; None where they are asked for."""
    step = -1 if sentence.english else 1
    place = i + step
    while 0 <= place < len(sentence) and _stands_between(sentence, place):
        place += step
    if not sentence.does(place, "negate") or sentence.mentions[place].surface in NOT:
        return None
    return place


def _stands_between(sentence: Sentence, i: int) -> bool:
    """A bare word for rows, or what was done to them: 만든 거, those created."""
    if sentence.does(i, "negate"):
        return False
    is_deed = any(column.role == "date" for column in sentence.columns(i)) and not sentence.values(i)
    return sentence.is_filler(i) or is_deed or (sentence.english and sentence.does(i, "that", "those"))
