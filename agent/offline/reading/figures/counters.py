"""Settles words that count rows, or tell a measure of one: 몇 장 asks how many samples, where data is spoken of."""

from collections.abc import Sequence
from dataclasses import replace

from agent.offline.words.mentions import Mention


def settled(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, each counting word that is also a measure taken as one of the two."""
    spoken = {sense.table.name for m in mentions for sense in m.senses if sense.table is not None}
    spoken |= {sense.value.table for m in mentions for sense in m.senses if sense.value is not None}
    spoken |= {part.table for mention in mentions for part in mention.parts}
    return tuple(_settled(mention, spoken) if mention.does("count") else mention for mention in mentions)


def _settled(mention: Mention, spoken: set[str]) -> Mention:
    measures = tuple(s for s in mention.senses if s.column is not None and s.column.role == "measure")
    own = tuple(s for s in measures if s.column is not None and s.column.table in spoken)
    if not measures:
        return mention
    return replace(mention, senses=own or tuple(s for s in mention.senses if s not in measures))
