"""The tool that shows tables the prompt had no room for."""

from typing import Annotated

from pydantic import Field

from agent.tool import ToolContext, ToolResult, tool


def _is_needed(context: ToolContext) -> bool:
    return not context.schema.get().is_whole


@tool(is_offered=_is_needed)
async def describe_tables(
    context: ToolContext,
    words: Annotated[list[str], Field(description="table names, or words of the subject", min_length=1, max_length=10)],
) -> ToolResult:
    """Describes tables that the prompt does not show. Call it before writing SQL over a table you have not seen."""
    schema = context.schema.get()
    return ToolResult(schema.subset(" ".join(words)) or f"No table fits. All tables: {', '.join(schema.table_names)}.")
