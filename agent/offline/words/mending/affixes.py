"""Takes what a name is said to begin or end with for a condition on it: 이름이 v6로 끝나는, 버전이 v3.으로 시작하는."""

import re
from collections.abc import Sequence
from typing import Final

from agent.offline.words.lexicon import Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze
from db.catalog.meaning import ColumnMeaning

_NAMES: Final = ("이름", "명칭", "성함", "명")
_AFFIX: Final = re.compile(
    r"(?:이름|명칭|성함|버전|경로|파일명|명)(?:이|은|는|가|도)? ?[\"'“‘]?([\w.\-/]+?)[\"'”’]?(?:으로|로) ?"
    r"(시작|끝)(?:하는|하고|하며|되는|된|난|나는|나고|나며)"
)


def with_affixes(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, with the piece of a name as a value of it in the place of the words that say so."""
    made = list(mentions)
    places = squeeze(text).places
    for found in _AFFIX.finditer(text):
        column = _column(found, made, places)
        inside = [m for m in made if found.start(1) <= places[m.start] < found.end()]
        if column is None or not inside:
            continue
        piece = f"{found.group(1)}%" if found.group(2) == "시작" else f"%{found.group(1)}"
        sense = Sense("value", value=Value(column.table, column.name, piece))
        at = made.index(inside[0])
        made[at : at + len(inside)] = [Mention(inside[0].start, inside[-1].end, found.group(1), (sense,))]
    return tuple(made)


def _column(found: re.Match[str], mentions: Sequence[Mention], places: Sequence[int]) -> ColumnMeaning | None:
    """What is said to begin so: a column by name, or the names of the rows that are spoken of."""
    tables = [sense.table for m in mentions for sense in m.senses if sense.table is not None]
    if found.group().startswith(_NAMES):
        return next((c for t in tables for c in t.columns if c.role == "name" and c.name in t.display), None)
    named = [m for m in mentions if found.start() <= places[m.start] < found.start(1)]
    columns = [s.column for m in named for s in m.senses if s.column is not None]
    spoken = {table.name for table in tables}
    return next((column for column in columns if column.table in spoken), columns[0] if columns else None)
