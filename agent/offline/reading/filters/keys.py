"""Reads a row by its key: 9번 파이프라인."""

from agent.offline.query.query import Filter
from agent.offline.reading.filters.conditions import comparison
from agent.offline.words.sentence import Sentence


def key_filters(sentence: Sentence) -> list[Filter]:
    """As in "9번 파이프라인": a row by its key."""
    for i, mention in enumerate(sentence.mentions):
        if mention.amount is None or i in sentence.used:
            continue
        beside = sentence.table(i + 1) or sentence.table(i - 1)
        is_key = mention.amount.unit == "id" or (
            sentence.english and i and mention.amount.unit == "" and sentence.table(i - 1)
        )
        if is_key and beside is not None and beside.primary_key and comparison(sentence, i) is None:
            sentence.used.add(i)
            return [Filter((beside.name, beside.primary_key), "=", (int(mention.amount.value),))]
    return []
