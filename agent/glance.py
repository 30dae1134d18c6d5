"""A look at the rows that a question of ours asks for: by the rules alone, outside of any thread and any turn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.headings import Heading, headings
from agent.llm.protocol import Model, Prompt, ToolSpec
from agent.memory import Memory
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.meaning import ColumnMeaning, Language, SemanticLayer
from db.catalog.people import Asking
from db.catalog.table import Cell, Table

_SQL = "execute_sql"
_TOOLS = (ToolSpec(_SQL, "", {}),)


@dataclass(frozen=True, slots=True)
class Glance:
    """The rows, as they are headed, and the question that they answer."""

    question: str
    table: Table
    headings: tuple[Heading, ...]


async def glance(
    question: str, me: Asking, rules: Model, catalog: Catalog, now: datetime, language: Language
) -> Glance | None:
    """What `rules` (the offline engine) look up for the question, of what the catalogue's reader sees.

    None where they read no look-up in it, or it fails. Raises CatalogUnavailable.
    """
    prompt = Prompt(question, language, now, Memory(), _TOOLS, me=me)
    asked = await rules.complete(prompt, lambda _: None)
    statements = [json.loads(call.arguments)["sql"] for call in asked.tool_calls if call.name == _SQL]
    if not statements:
        return None
    try:
        table = await catalog.query(statements[-1])  # the one that answers comes last
    except QueryError:
        return None
    heads = headings(statements[-1], table.columns, catalog.semantics, catalog.dialect, language)
    return _told(question, table, heads, catalog.semantics, language)


def _told(question: str, table: Table, heads: Sequence[Heading], layer: SemanticLayer, language: Language) -> Glance:
    """What names a row first, ids left out where it has a name, and categories as people call them."""
    is_named = any(head.is_name for head in heads)
    kept = [at for at, head in enumerate(heads) if not (is_named and head.is_key)]
    kept.sort(key=lambda at: not heads[at].is_name)
    columns = [_column(table.columns[at], heads[at], layer) for at in kept]
    rows = tuple(
        tuple(_said(row[at], column, language) for at, column in zip(kept, columns, strict=True)) for row in table.rows
    )
    shown = replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)
    return Glance(question, shown, tuple(heads[at] for at in kept))


def _column(name: str, head: Heading, layer: SemanticLayer) -> ColumnMeaning | None:
    """The catalogue's column, where the result's has its name."""
    known = next((table for table in layer.tables if table.name == head.table), None)
    return None if known is None else next((column for column in known.columns if column.name == name), None)


def _said(cell: Cell, column: ColumnMeaning | None, language: Language) -> Cell:
    return column.value_label(cell, language) if column is not None and isinstance(cell, str) else cell
