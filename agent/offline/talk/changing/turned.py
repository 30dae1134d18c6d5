"""Turns the bounds and the times round that a follow-up leaves out: 100메가 넘는 건 빼고, 2024년 거 말고."""

from dataclasses import replace

from agent.offline.query.query import Filter
from agent.offline.reading.filters import conditions
from agent.offline.reading.filters.dates import leaving
from agent.offline.reading.filters.leaving_out import BEYOND
from agent.offline.words.particles import NOT
from agent.offline.words.sentence import Sentence


def turned_amounts(sentence: Sentence, amounts: list[Filter]) -> list[Filter]:
    """As in "100메가 넘는 건 빼고", "without those over 100 MB": what lies beyond the bound is left out."""
    bounds = [i for i, mention in enumerate(sentence.mentions) if mention.amount]
    leaves = [i for i in sentence.where("negate") if sentence.mentions[i].surface not in NOT]
    leaves = [i for i in leaves if i not in sentence.used]
    if len(bounds) != 1 or len(leaves) != 1 or any(sentence.values(i) for i in range(len(sentence))):
        return amounts
    is_theirs = leaves[0] < bounds[0] if sentence.english else leaves[0] > bounds[0]
    between = range(leaves[0] + 1, bounds[0]) if sentence.english else ()
    if any(sentence.does(i, "high", "low") and i + 1 < bounds[0] and sentence.is_filler(i + 1) for i in between):
        return amounts  # "without the small ones, over 20 GB only"
    return [_beyond(one) for one in amounts] if is_theirs else amounts


def _beyond(one: Filter) -> Filter:
    turned = BEYOND.get(one.op)
    return replace(one, op=turned) if turned else replace(one, negated=not one.negated)


def drop_negated_dates(sentence: Sentence) -> None:
    """As in "지난달 말고 이번달": only the date that is meant instead counts."""
    dates = [i for i, mention in enumerate(sentence.mentions) if mention.dates]
    negated = [i for i in dates if conditions.is_negated(sentence, i) or leaving(sentence, i) is not None]
    sentence.used.update(negated if len(negated) < len(dates) else ())
