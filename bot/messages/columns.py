"""Which columns of a result people are shown: those that tell something, as many as Slack takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.headings import Heading
from agent.messages import say
from bot.messages.cells import writer
from bot.messages.gate import clean
from bot.messages.text import clip
from db.catalog.meaning import Language
from db.catalog.table import Table

# docs.slack.dev, table and data_table blocks.
MAX_COLUMNS: Final = 20
WIDE: Final = 6
"""More columns than this do not fit beside each other on a phone: what says nothing is left out, and told below."""
_VALUE_CHARS: Final = 40
_TOLD: Final = 6
_LABEL_CHARS: Final = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns to show, in order; `notes` are sentences on those left out."""

    places: tuple[int, ...]
    notes: tuple[str, ...] = ()


def labels(table: Table, headings: Sequence[Heading]) -> tuple[str, ...]:
    """The label of each column, never empty; the result's own names where there are no headings."""
    own = [heading.label for heading in headings] if len(headings) == len(table.columns) else table.columns
    return tuple(clip(name, _LABEL_CHARS) if (name := clean(label)).strip() else '""' for label in own)


def headings_of(table: Table, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """One heading a column; plain ones where there are none that fit."""
    return tuple(headings) if len(headings) == len(table.columns) else tuple(map(Heading, table.columns))


def chosen(table: Table, headings: Sequence[Heading], language: Language) -> Columns:
    """All columns of a narrow result. Of a wide one no ids beside names, and none that is the same in all rows."""
    places = list(range(len(table.columns)))
    if len(places) <= WIDE:
        return Columns(tuple(places))
    heads, names = headings_of(table, headings), labels(table, headings)
    notes: list[str] = []
    keys = _keys(heads)
    if keys:
        notes.append(say("table-keys", language, columns=_listed([names[at] for at in keys])))
    places = [at for at in places if at not in keys]
    same = _same(table, places) if len(places) > WIDE else []
    if same:
        told = [f"{names[at]} {_value(table, heads[at], at, language)}" for at in same]
        notes.append(say("table-same", language, columns=_listed(told)))
    places = [at for at in places if at not in same]
    if len(places) > MAX_COLUMNS:
        notes.append(say("table-columns", language, total=len(places), shown=MAX_COLUMNS))
    return Columns(tuple(places[:MAX_COLUMNS]), tuple(notes))


def _keys(heads: Sequence[Heading]) -> list[int]:
    """Ids of rows whose names stand beside them."""
    named = {head.table for head in heads if head.is_name}
    return [at for at, head in enumerate(heads) if head.is_key and named and (head.table in named)]


def _same(table: Table, places: Sequence[int]) -> list[int]:
    """Columns with one value in every row; never all of them, nor of a single row."""
    if len(table.rows) < 2:
        return []
    found = [at for at in places if len({row[at] for row in table.rows}) == 1]
    return found if len(found) < len(places) else []


def _value(table: Table, heading: Heading, at: int, language: Language) -> str:
    cell = table.rows[0][at]
    return clip(writer(heading, [cell], language)(cell).replace("\n", " "), _VALUE_CHARS)


def _listed(told: Sequence[str]) -> str:
    more = ["…"] if len(told) > _TOLD else []
    return " · ".join([*told[:_TOLD], *more])
