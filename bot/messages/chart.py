"""A chart as Slack's own block, where it fits its limits."""

from collections.abc import Sequence
from typing import Any, Final

from agent.answer import Answer
from agent.chart import Chart
from agent.messages import say
from bot.messages.evidence import MARK
from bot.messages.gate import clean
from bot.messages.text import clip
from db.catalog.meaning import Language

Block = dict[str, Any]

ACTION: Final = f"{MARK}chart"
# docs.slack.dev, data visualization block: these lengths, and every series covers all categories exactly.
MAX_TITLE: Final = 50
MAX_LABEL: Final = 20
MAX_AXIS: Final = 50
MAX_SERIES: Final = 12
MAX_POINTS: Final = 20
MAX_MARKS: Final = 100
"""More than these are not told apart, and each has its label in the message's characters."""
_OURS: Final = {"bar": "bar", "grouped_bar": "bar", "line": "line"}


def chart_blocks(answer: Answer) -> list[Block]:
    """The answer's chart as a block; none where it has no chart, or one that only a picture can show."""
    block = None if answer.chart is None else chart_block(answer.chart)
    return [] if block is None else [block]


def chart_block(chart: Chart) -> Block | None:
    """The chart as Slack draws it; None where it is of another kind, too large for it, or lacks a value."""
    kind = _OURS.get(chart.kind)
    points, lines = len(chart.categories), len(chart.series)
    if kind is None or chart.has_gaps or points > MAX_POINTS or lines > MAX_SERIES or points * lines > MAX_MARKS:
        return None
    labels, names = unlike(chart.categories), unlike([one.name for one in chart.series])
    series = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(labels, one.values, strict=True)],
        }
        for name, one in zip(names, chart.series, strict=True)
    ]
    measured = f"{chart.y_label} ({chart.unit})" if chart.unit and chart.y_label else chart.y_label or chart.unit
    return {
        "type": "data_visualization",
        "title": clip(clean(chart.title), MAX_TITLE) or "·",
        "chart": {
            "type": kind,
            "series": series,
            "axis_config": {
                "categories": labels,
                "x_label": clip(clean(chart.x_label), MAX_AXIS),
                "y_label": clip(clean(measured), MAX_AXIS),
            },
        },
    }


def is_chartable(answer: Answer) -> bool:
    """Whether the rows can be drawn and are not yet."""
    return answer.chart is None and answer.is_drawable


def chart_button(turn_id: str, language: Language) -> Block:
    """Brings the chart; its value is read as those of the other buttons of its row."""
    text = {"type": "plain_text", "text": say("chart-button", language)}
    return {"type": "button", "action_id": ACTION, "text": text, "value": turn_id}


def unlike(names: Sequence[str], most: int = MAX_LABEL) -> list[str]:
    """The names within so many characters, no two alike: cut in the middle, since ends tell versions apart."""
    found: dict[str, None] = {}
    for name in names:
        whole = clean(" ".join(name.split())) or "·"
        short, at = _middle(whole, most), 2
        while short in found:
            short, at = f"{_middle(whole, most - len(str(at)) - 1)} {at}", at + 1
        found[short] = None
    return list(found)


def _middle(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    tail = most // 2
    return f"{text[: most - tail - 1].rstrip()}…{text[-tail:].lstrip()}"
