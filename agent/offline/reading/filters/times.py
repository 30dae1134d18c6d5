"""Reads times that are held against each other: 2024년과 2025년 학습 건수, models registered in 2025 and in 2026."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from agent.offline.query.query import Grain
from agent.offline.words.days import Dates, months_on
from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence

_SIGNS = (",", "vs", "대")
_COUNTED = ("count", "many", "few", "avg", "sum", "max", "min")
_MONTHS: tuple[tuple[int, Grain], ...] = ((12, "year"), (3, "quarter"), (1, "month"))
_DAYS: tuple[tuple[int, Grain], ...] = ((7, "week"), (1, "day"))


def grain_of_both(sentence: Sentence) -> Grain:
    """The part of a date that tells apart times that are joined, where each is to have its own number; "" without."""
    places = [i for i, mention in enumerate(sentence.mentions) if mention.dates is not None]
    if len(places) < 2 or not sentence.has(*_COUNTED) or sentence.has("share", "between"):
        return ""
    joined = all(_joins(sentence, i, j) for i, j in pairwise(places))
    grains = {_grain(mention.dates) for mention in sentence.mentions if mention.dates is not None}
    starts = {mention.dates.start for mention in sentence.mentions if mention.dates is not None}
    return next(iter(grains)) if joined and len(grains) == 1 and len(starts) == len(places) else ""


def _joins(sentence: Sentence, one: int, other: int) -> bool:
    """Whether a word between the two times puts the one beside the other."""
    between = sentence.mentions[one:other]
    if any(mention.after in JOINING for mention in between):
        return True
    return any(sentence.does(i, "and") or sentence.mentions[i].surface in _SIGNS for i in range(one, other))


def _grain(dates: Dates) -> Grain:
    return next(_grains(dates), "")


def _grains(dates: Dates) -> Iterator[Grain]:
    """The part of a date that a range is one of."""
    if dates.start is None or dates.end is None:
        return
    start, end = date.fromisoformat(dates.start), date.fromisoformat(dates.end)
    yield from (grain for count, grain in _MONTHS if start.day == 1 and months_on(start, count) == end)
    yield from (grain for count, grain in _DAYS if start + timedelta(days=count) == end)
