"""Blocks that show data: tables and charts.

Source: docs.slack.dev/reference/block-kit/blocks/{table,data-table,data-visualization}-block as of September 2026.
The first versions of those pages allowed 101 rows of a data_table and 6 series of a chart.
"""

from typing import Any, Final

from bot.playground.rules.objects import ID
from bot.playground.rules.rich_text import RICH_TEXT
from bot.playground.rules.shape import (
    Rule,
    Wrong,
    boolean,
    choice,
    claim,
    every,
    listing,
    number,
    record,
    string,
    tagged,
    typed,
    unique,
    whole,
)

# A raw_number's text is optional in the reference; the live API refuses a cell without it.
_CELLS: Final[dict[str, Rule]] = {
    "raw_text": typed("raw_text", {"text!": string()}),
    "raw_number": typed("raw_number", {"value!": number(), "text!": string()}),
    "rich_text": RICH_TEXT,
}
_PLAIN_CELLS: Final = {name: rule for name, rule in _CELLS.items() if name != "rich_text"}
_RECTANGLE: Final = claim(lambda rows: len({len(row) for row in rows}) == 1, "all rows must have the same length")


def _rows(least: int, most: int) -> Rule:
    return every(listing(listing(tagged(_CELLS), 20), most, least=least), _RECTANGLE)


def _column(value: Any, where: str) -> Wrong | None:
    """A column's settings; null leaves a column as it is."""
    return None if value is None else _COLUMN(value, where)


_COLUMN: Final = record({"align": choice("left", "center", "right"), "is_wrapped": boolean})

TABLE: Final = typed("table", {"rows!": _rows(1, 100), "column_settings": listing(_column, 20), "block_id": ID})


def _heading(block: Any, where: str) -> Wrong | None:
    return listing(tagged(_PLAIN_CELLS))(block["rows"][0], f"{where}/rows/0")


DATA_TABLE: Final = typed(
    "data_table",
    {
        "caption!": string(),
        "rows!": _rows(2, 201),
        "page_size": whole(1, 100),
        "row_header_column_index": whole(0, 19),
        "block_id": ID,
    },
    _heading,
    claim(
        lambda block: block.get("row_header_column_index", 0) < len(block["rows"][0]),
        "`row_header_column_index` must be one of the columns",
    ),
)

_LABEL: Final = string(20)
_AXIS: Final = record(
    {"categories!": listing(_LABEL, 20), "x_label": string(50, least=0), "y_label": string(50, least=0)}
)
_SERIES: Final = record(
    {"name!": _LABEL, "data!": listing(record({"label!": _LABEL, "value!": number()}), 20)},
)


def _names(chart: Any, where: str) -> Wrong | None:
    return unique(((one["name"], f"{where}/series/{at}/name") for at, one in enumerate(chart["series"])), "name")


def _categories(chart: Any, where: str) -> Wrong | None:
    categories = sorted(chart["axis_config"]["categories"])
    for at, one in enumerate(chart["series"]):
        if sorted(point["label"] for point in one["data"]) != categories:
            return Wrong("must have exactly one point for each category", f"{where}/series/{at}/data")
    return None


def _plot(kind: str) -> Rule:
    return typed(kind, {"series!": listing(_SERIES, 12), "axis_config!": _AXIS}, _names, _categories)


_SEGMENT: Final = record({"label!": _LABEL, "value!": number(above=0)})

CHARTS: Final[dict[str, Rule]] = {
    "line": _plot("line"),
    "bar": _plot("bar"),
    "area": _plot("area"),
    "pie": typed("pie", {"segments!": listing(_SEGMENT, 12)}),
}

CHART: Final = typed("data_visualization", {"title!": string(50), "chart!": tagged(CHARTS), "block_id": ID})
