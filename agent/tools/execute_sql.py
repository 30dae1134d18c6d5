"""The tool that runs SQL against the catalogue."""

from typing import Annotated

from pydantic import Field

from agent.observe import described, fenced
from agent.tool import ToolContext, ToolResult, tool
from db.catalog.diagnose import explain_empty, explain_zero, note_dead_literals
from db.catalog.errors import QueryError


@tool
async def execute_sql(
    context: ToolContext,
    sql: Annotated[str, Field(max_length=20_000)],
) -> ToolResult:
    """Runs one read-only SELECT. On an error, mend the SQL and call again."""
    try:
        table = await context.query(sql)
    except QueryError as error:
        return ToolResult(f"ERROR: {error}", sql=sql, ok=False)
    if table.is_empty:
        found = "0 rows."
        why = await explain_empty(context.catalog, sql)
    else:
        found = described(table, context.limits)
        why = await explain_zero(context.catalog, sql) if table.rows == ((0,),) else None
        why = why or await note_dead_literals(context.catalog, sql)
    return ToolResult(f"{found}\n{fenced(why)}" if why else found, sql=sql, table=table)
