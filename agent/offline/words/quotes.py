"""Takes words in quotation marks for a piece of a name, path or text, where a column of such is spoken of."""

import re
from collections.abc import Sequence
from typing import Final

from agent.offline.words.lexicon import Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze

# An apostrophe is no quotation mark: "what's that model's note".
_QUOTED: Final = re.compile(r"(?<![A-Za-z0-9])[\"“”'‘’「『]([^\"“”'‘’「」『』]{2,})[\"“”'‘’」』](?![A-Za-z0-9])")


def with_quoted(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """As in `projects with "inspection" in the name`: rows whose names hold it, of the table that is named."""
    columns = [sense.column for m in mentions for sense in m.senses if sense.column]
    names = [column for column in columns if column.role == "name"]
    tables = [sense.table.name for m in mentions for sense in m.senses if sense.table]
    column = next((column for table in tables for column in names if column.table == table), None)
    column = column or next((column for column in columns if column.role in ("path", "text")), None)
    made = list(mentions)
    places = squeeze(text).places
    for quote in _QUOTED.finditer(text) if column is not None else ():
        inside = [m for m in made if quote.start(1) <= places[m.start] < quote.end(1)]
        if not inside or column is None:
            continue
        value = Value(column.table, column.name, f"%{quote.group(1)}%")
        first, last = inside[0], inside[-1]
        senses = (Sense("value", value=value),)
        sought = Mention(first.start, last.end, quote.group(1), senses, after=last.after, spaced=first.spaced)
        place = made.index(first)
        made[place : place + len(inside)] = [sought]
    return tuple(made)
