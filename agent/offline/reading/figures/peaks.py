"""Reads which of the parts of time had the most rows: "the most runs per month"."""

from dataclasses import replace

from agent.offline.query.query import COUNTED, Order
from agent.offline.reading.figures.grouping import Grouping
from agent.offline.reading.figures.measures import aggregates
from agent.offline.reading.figures.ordering import Ranking
from agent.offline.words.sentence import Sentence

_SUPERLATIVES = ("most", "fewest", "least")


def busiest(sentence: Sentence, group: Grouping, rank: Ranking) -> Ranking:
    """The ranking by how many rows each part of time has, where most or fewest are asked for."""
    if not group.grain or rank.order or aggregates(sentence):
        return rank
    said = [i for i in sentence.where("many", "few") if _is_most(sentence, i)]
    if not said:
        return rank
    order = (Order(COUNTED, sentence.does(said[0], "many")),)
    return replace(rank, order=order, place=None if rank.limit else 1)


def _is_most(sentence: Sentence, i: int) -> bool:
    if sentence.english:
        return sentence.mentions[i].surface.lower() in _SUPERLATIVES
    return sentence.does(i - 1, "superlative")
