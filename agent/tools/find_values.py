"""The tool that finds names the way people mistype them."""

from typing import Annotated

from pydantic import Field

from agent.observe import fenced
from agent.tool import ToolContext, ToolResult, tool


@tool
async def find_values(
    context: ToolContext,
    text: Annotated[
        str, Field(description="the name as the person wrote it, e.g. '이서 연'", min_length=1, max_length=200)
    ],
    table: Annotated[str | None, Field(description="look only in this table")] = None,
) -> ToolResult:
    """Finds names and categories that stand in the catalogue, despite typos, spacing or keyboard slips.

    Use it when a name is misspelt or a query by name found nothing. Returns exact hits, else the nearest names.
    """
    matches = context.catalog.values.find(text, table=table, limit=8)
    if not matches:
        return ToolResult(f"No name like {text!r}. Say that it is not in the catalogue and offer other ways to look.")
    exact = [m for m in matches if m.exact]
    lines = [f"{m.table}.{m.column} = {m.value}" for m in (exact or matches)]
    head = "exact" if exact else "not there as written; the nearest, closest first (never swap digits or versions)"
    return ToolResult(f"{head}:\n{fenced(chr(10).join(lines))}")
