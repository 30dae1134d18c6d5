"""Puts an order by how many plainly: "projects by number of datasets" asks how many datasets each has."""

import re
from typing import Final

from agent.offline.words.lexicon import Lexicon
from db.catalog.values import fold

_BY: Final = re.compile(
    r"^(?:(?:please |can you |could you )?(?:list|show|rank|sort|order|give)(?: me| us)? )?(?:the |our |all )*"
    r"(?P<of>[a-z]+)(?: (?:sorted|ranked|ordered|listed))? by (?:the |their )?"
    r"(?:(?:total )?(?:number|count|amount) of (?P<what>[a-z]+)|(?P<named>[a-z]+) (?:count|counts|tally))(?=$|[?.!,])",
    re.IGNORECASE,
)


def tallied(text: str, lexicon: Lexicon) -> str:
    """The clean text with such an order as a question for a number; as it is where what is counted are no rows."""
    found = _BY.match(text)
    if found is None:
        return text
    what, of = found["what"] or found["named"], found["of"]
    counts = any(sense.table is not None for sense in lexicon.at(fold(what)))
    groups = any(
        sense.table is not None or (sense.column is not None and sense.column.role == "category")
        for sense in lexicon.at(fold(of))
    )
    is_column = any(sense.column is not None for sense in lexicon.at(fold(what)))
    if not counts or not groups or is_column:
        return text
    return f"how many {what}{'' if what.endswith('s') else 's'} per {of}{text[found.end() :]}"
