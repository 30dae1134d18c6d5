"""Puts spaces into a question that has none, where its words meet."""

import re
from collections.abc import Iterator
from typing import Final

from agent.offline.words.explains import Explains
from agent.offline.words.mentions import Cut, Mention
from db.catalog.values import fold

LONG: Final = 9
"""Characters without a space that are more than one word."""
_APART: Final = ("negate", "which", "count", "that", "superlative")
_LATIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_\-]*[A-Za-z0-9]")
LONG_LATIN: Final = 12
LONGEST_PIECE: Final = 40
FEWEST_LETTERS: Final = 4
"""Letters a piece, on average, where the question has spaces elsewhere: short ones are parts of any word."""


def respaced(cut: Cut, explains: Explains) -> str:
    """The text with spaces before the mentions of a run that has none, and between the words of a Latin one."""
    text = cut.text.text
    places = {*_between_mentions(cut), *_between_letters(cut, explains)}
    return "".join(f" {char}" if i in places else char for i, char in enumerate(text)) if places else text


def _between_mentions(cut: Cut) -> Iterator[int]:
    text = cut.text.text
    for before, mention in zip(cut.mentions, cut.mentions[1:], strict=False):
        place = cut.place(mention)
        end = text.find(" ", place)
        long = (end if end >= 0 else len(text)) - (text.rfind(" ", 0, place) + 1) >= LONG
        if long and cut.text.gaps[mention.start] == "" and _is_word(before, mention):
            yield place


def _is_word(before: Mention, mention: Mention) -> bool:
    if mention.unknown or before.unknown or mention.amount or mention.dates:
        return not (mention.unknown and before.amount)
    return len(mention.surface) > 1 or mention.does(*_APART) or before.does("negate")


def _between_letters(cut: Cut, explains: Explains) -> Iterator[int]:
    """Where the words of an unspaced run of Latin letters meet, when all of it is known words."""
    text = cut.text.text
    unknown = [cut.place(mention) for mention in cut.mentions if mention.unknown]
    alone = " " not in text
    for run in _LATIN.finditer(text):
        if (alone or len(run.group()) >= LONG_LATIN) and any(run.start() <= place < run.end() for place in unknown):
            yield from (run.start() + place for place in _joints(run.group(), explains, alone=alone))


def _joints(run: str, explains: Explains, *, alone: bool) -> list[int]:
    best: list[tuple[int, tuple[int, ...]] | None] = [(0, ()), *(None for _ in run)]
    for start in range(len(run)):
        here = best[start]
        if here is None or _in_number(run, start) or not run[start].isalnum():
            continue
        for end in range(start + 1, min(len(run), start + LONGEST_PIECE) + 1):
            price = here[0] + 1 + (end - start <= 2)
            known = best[end]
            if (known is None or price < known[0]) and not _in_number(run, end) and _stands(run[start:end], explains):
                best[end] = (price, (*here[1], start))
    last = best[-1]
    if last is None or len(last[1]) < 2:
        return []
    most = len(run) if alone else len(run) / FEWEST_LETTERS
    return list(last[1][1:]) if last[0] <= most else []


def _in_number(run: str, place: int) -> bool:
    return 0 < place < len(run) and run[place - 1 : place + 1].isdigit()


def _stands(piece: str, explains: Explains) -> bool:
    return piece[-1].isalnum() and explains.knows(fold(piece))
