"""The tool that finds names the way people mistype them."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from agent.observe import fenced
from agent.tool import ToolContext, ToolResult, tool
from db.catalog.values import Match

_NOTHING = (
    "Nothing like {text!r}. Try one name without version or other words, or LIKE '%part%'; "
    "if that fails too, say that it is not there."
)


@tool
async def find_values(
    context: ToolContext,
    text: Annotated[
        str, Field(description="one name as written, no version or other words", min_length=1, max_length=200)
    ],
    table: Annotated[str, Field(description="look only there")] = "",
) -> ToolResult:
    """Finds names in the catalogue despite typos and spacing, else the nearest. For a name that found nothing."""
    values = context.catalog.values
    matches = values.find(text, table=table or None, limit=8)
    if not matches:
        parts = [match for part in text.split() for match in values.find(part, table=table or None, limit=2)]
        head = "not one name; parts of it found"
        return _listed(head, parts) if parts and " " in text.strip() else ToolResult(_NOTHING.format(text=text))
    exact = [match for match in matches if match.exact]
    if exact:
        return _listed("exact", exact)
    return _listed("not there as written; the nearest, closest first (never swap digits or versions)", matches)


def _listed(head: str, matches: Iterable[Match]) -> ToolResult:
    lines = dict.fromkeys(f"{match.table}.{match.column} = {match.value}" for match in matches)
    return ToolResult(f"{head}:\n{fenced(chr(10).join(lines))}")
