"""The tool that runs SQL against the catalogue."""

from typing import Annotated

from pydantic import Field

from agent.observe import described, fenced
from agent.tool import ToolContext, ToolResult, tool
from db.catalog.catalog import Catalog
from db.catalog.diagnose import explain_empty, explain_zero, note_dead_literals
from db.catalog.errors import QueryError
from db.catalog.table import Table


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
    found = "0 rows." if table.is_empty else described(table, context.limits)
    why = await _why(context.catalog, sql, table) if context.is_for_model else None
    return ToolResult(f"{found}\n{fenced(why)}" if why else found, sql=sql, table=table)


async def _why(catalog: Catalog, sql: str, table: Table) -> str | None:
    """Why there is nothing, or less than was meant; it takes several small queries."""
    if table.is_empty:
        return await explain_empty(catalog, sql)
    zero = await explain_zero(catalog, sql) if table.rows == ((0,),) else None
    return zero or await note_dead_literals(catalog, sql)
