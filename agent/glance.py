"""A look at the rows that a question of ours asks for: by the rules alone, outside of any thread and any turn."""

import json
from dataclasses import dataclass
from datetime import datetime

from agent.headings import Heading, headings
from agent.llm.protocol import Model, Prompt, ToolSpec
from agent.memory import Memory
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.meaning import Language
from db.catalog.people import Asking
from db.catalog.table import Table

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
    return Glance(question, table, heads)
