"""The tool that draws rows."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from agent.chart import Chart, ChartError, ChartKind
from agent.chart_words import facts, notes
from agent.charting import FEWEST, Wish, at_catalogs_time, chart_of
from agent.errors import ToolError
from agent.headings import headings
from agent.language import language_of
from agent.observe import fenced
from agent.sheet import Sheet
from agent.tool import ToolContext, ToolResult, tool
from db.catalog.errors import QueryError
from db.catalog.meaning import Language
from db.catalog.table import Table

Columns = Annotated[tuple[str, ...], Field(max_length=12)]


@tool
async def make_chart(
    context: ToolContext,
    kind: ChartKind,
    title: Annotated[str, Field(min_length=1, max_length=100)],
    sql: Annotated[str, Field(description="else your last rows", max_length=20_000)] = "",
    x: str = "",
    y: Columns = (),
    series: str = "",
) -> ToolResult:
    """Shows rows as a chart with your answer: a comparison, ranking, trend. x, y, series: columns, if not obvious."""
    made = _last(context) if not sql else None
    try:
        table = made[1] if made else await context.query(sql)
    except QueryError as error:
        return ToolResult(f"ERROR: {error}", sql=sql, ok=False)
    language = context.prompt.language if context.prompt else language_of(title)
    chart = _drawn(
        context,
        made[0] if made else sql,
        table,
        language,
        Wish(kind, title, "", False, x, y, series),
    )
    told = " ".join((*facts(chart, language), *notes(chart, language)))
    text = f"A {chart.kind} chart of {chart.marks} values is shown with your answer.\n{fenced(told)}"
    return ToolResult(text, None if made else sql, None if made else table, chart=chart)


def _last(context: ToolContext) -> tuple[str, Table]:
    """The turn's last query that found rows. Raises ToolError where there is none."""
    steps = context.prompt.steps if context.prompt else ()
    for seen in (seen for step in reversed(steps) for seen in reversed(step.observations)):
        if seen.sql is not None and seen.table is not None and seen.table.rows:
            return seen.sql, seen.table
    raise ToolError("No query of this turn has found rows yet; give make_chart its sql.")


def _drawn(context: ToolContext, sql: str, table: Table, language: Language, wish: Wish) -> Chart:
    """Raises ToolError where there is nothing to draw."""
    layer = context.catalog.semantics
    now = at_catalogs_time(context.prompt.now if context.prompt else datetime.now(UTC))
    sheet = Sheet(table, headings(sql, table.columns, layer, context.catalog.dialect, language), layer, language, now)
    try:
        chart = chart_of(sheet, wish)
    except ChartError as error:
        raise ToolError(f"No chart: {error}.") from None
    if chart is not None:
        return chart
    if len(table.rows) < FEWEST:
        raise ToolError(f"No chart: {len(table.rows)} row(s) say nothing in one; tell them in the text.")
    raise ToolError(
        f"No chart: among the columns {', '.join(table.columns)} there are not enough names with numbers (or starts "
        "with ends). Select a name and its numbers, one row for each name, then call again; or answer without a chart."
    )
