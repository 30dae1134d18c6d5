"""Reads whether something was recorded of a row at all: 평가는 됐어?, has it been evaluated?"""

from dataclasses import replace

from agent.offline.reading.reading import Reading
from agent.offline.words.sentence import Sentence

_ASKS_MORE = ("list", "which", "how_much", "where", "when", "who", "why", "compare", "negate", "no_value", "count")
_DONE = ("됐", "돼", "되어", "된", "했", "해 ", "받았")


def recorded(sentence: Sentence, reading: Reading) -> Reading:
    """The reading, as a question for a yes or no where a row is named and only a part of it is asked after."""
    query = reading.query
    if query is None or query.measure != "rows" or query.order or query.groups or sentence.has(*_ASKS_MORE):
        return reading
    layer = sentence.layer
    head = layer.table(query.head)
    keys = {head.primary_key, *head.display}
    named = [one for one in query.filters if one.ref[0] == head.name and one.ref[1] in keys and not one.negated]
    parts = [i for i in range(len(sentence)) if (table := sentence.table(i)) is not None and table.part_of == head.name]
    if not named or len(parts) != 1 or not _asks_whether(sentence, parts[0]):
        return reading
    if any(sentence.columns(i) for i in range(len(sentence)) if i != parts[0]):
        return reading
    part = sentence.table(parts[0])
    present = (*query.present, *((part.name,) if part is not None else ()))
    return replace(reading, query=replace(query, present=tuple(dict.fromkeys(present))), style="exists")


def _asks_whether(sentence: Sentence, place: int) -> bool:
    if sentence.asks_whether():
        return True
    behind = sentence.mentions[place + 1].surface if place + 1 < len(sentence) else ""
    return not sentence.english and behind.startswith(_DONE)
