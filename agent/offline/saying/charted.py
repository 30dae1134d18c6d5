"""Answers "show it as a chart": draws the rows of the thread's last answer that had any."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from agent.chart import Chart, ChartKind
from agent.charting import Wish, at_catalogs_time, chart_of
from agent.headings import headings
from agent.llm.protocol import Completion, OnText, Prompt, ToolCall
from agent.memory import RememberedTurn
from agent.messages import say
from agent.offline.query.sql import render
from agent.offline.saying.charts import shown_again, why_none, wish_for, with_columns
from agent.offline.talk.frames import Frame, from_json
from agent.offline.words.charts import Wanted
from agent.sheet import Sheet
from agent.vocabulary import Knowledge
from db.catalog.meaning import Language
from db.catalog.table import Table

_BESIDE: Final = frozenset({"offer", "chart"})
"""What a frame holds of its own answer alone."""


def charted(wanted: Wanted, prompt: Prompt, catalog: Knowledge, on_text: OnText) -> Completion:
    """First the look-up, as the one who asks now may make it; then the chart in words, or why there is none."""
    turn = next((one for one in reversed((*prompt.memory.older, *prompt.memory.turns)) if one.sql), None)
    if turn is None:
        return _said(say("chart-of-nothing", prompt.language), None, on_text)
    frame = from_json(turn.frame, catalog.semantics) if turn.frame is not None else Frame(None)
    sql = _sql(turn, frame, wanted, catalog)
    seen = next((one for step in prompt.steps for one in step.observations if one.sql == sql), None)
    if seen is None and prompt.tools:
        arguments = json.dumps({"sql": sql}, ensure_ascii=False)
        return Completion(tool_calls=(ToolCall(f"offline_chart_{len(prompt.memory.turns)}", "execute_sql", arguments),))
    kept = _kept(turn.frame)
    if _is_number(frame) and wanted.kind in (None, "bar", "grouped_bar"):
        return _said(say("chart-one-row", prompt.language), kept, on_text)
    if seen is None or seen.table is None:
        return _said(say("chart-not-again", prompt.language), kept, on_text)
    chart = redrawn(sql, seen.table, turn.frame, catalog, prompt.language, prompt.now, wanted.kind)
    if chart is None:
        return _said(why_none(seen.table, prompt.language), kept, on_text)
    return replace(_said(shown_again(chart, wanted.kind, prompt.language), kept, on_text), chart=chart)


def redrawn(
    sql: str,
    table: Table,
    stored: Mapping[str, Any] | None,
    catalog: Knowledge,
    language: Language,
    now: datetime,
    kind: ChartKind | None = None,
) -> Chart | None:
    """The chart of rows that were looked up again; `stored` is the frame of the turn that showed them, if any."""
    layer = catalog.semantics
    frame = from_json(stored, layer) if stored is not None else Frame(None)
    query = frame.query
    labels = headings(sql, table.columns, layer, catalog.dialect, language)
    sheet = Sheet(table, labels, layer, language, at_catalogs_time(now), query.head if query is not None else "")
    wish = wish_for(query, frame.style, layer, language) if query is not None else Wish()
    return chart_of(sheet, replace(wish, kind=kind))


def _is_number(frame: Frame) -> bool:
    """Whether the answer was one number, whose rows stood only beside it."""
    return frame.query is not None and not frame.query.groups and frame.query.measure not in ("rows", "per", "distinct")


def _said(text: str, frame: Mapping[str, Any] | None, on_text: OnText) -> Completion:
    on_text(text)
    return Completion(text, frame=frame)


def _sql(turn: RememberedTurn, frame: Frame, wanted: Wanted, catalog: Knowledge) -> str:
    """The statement behind the turn's rows, with what the wished chart needs where the rules can add it."""
    if frame.query is not None:
        wider = with_columns(frame.query, wanted.kind, catalog.semantics)
        if wider != frame.query:
            return render(wider, catalog.semantics, catalog.dialect)
    return turn.sql[-1]


def _kept(frame: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What the next question may refer to is what this one did."""
    return None if frame is None else {name: part for name, part in frame.items() if name not in _BESIDE}
