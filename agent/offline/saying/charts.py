"""Which chart comes with an answer by rules, and what is said of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from agent.chart import Chart, ChartKind
from agent.chart_words import facts, kind_word, notes
from agent.charting import FEWEST, Wish, at_catalogs_time, chart_of
from agent.headings import headings
from agent.messages import say
from agent.offline.query import joins
from agent.offline.query.query import Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.saying.plan import Found
from agent.offline.talk.scene import Scene
from agent.offline.words.charts import Wanted
from agent.sheet import Sheet
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.table import Table

_BARS: Final = frozenset({"bar", "grouped_bar"})
_PLANE: Final = (re.compile("precision", re.IGNORECASE), re.compile("recall|sensitivity", re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, and what is said of it below the answer; either may be missing."""

    chart: Chart | None = None
    text: str = ""


def drawn(parts: Sequence[tuple[Reading, tuple[Found, ...], Scene]], wanted: Wanted | None, dialect: str) -> Drawn:
    """The chart of the last part that has one: asked for, or of a comparison, a ranking, a trend."""
    is_asked = wanted is not None and wanted.is_asked
    nothing = ""
    for reading, found, scene in reversed(parts):
        main = next((one for one in found if one.lookup.purpose == "main"), None)
        if main is None or main.table is None or reading.query is None or not main.table.rows:
            continue
        query = main.lookup.query or reading.query
        wish = replace(wish_for(query, reading.style, scene.lexicon.layer, scene.language), kind=_kind(wanted))
        if is_asked or _is_worth(query, reading.style, scene.lexicon.layer):
            chart = chart_of(_sheet(main, query, scene, dialect), wish)
            if chart is not None:
                return Drawn(chart, other_kind(wish.kind, chart, scene.language) if is_asked else "")
        nothing = nothing or (why_none(main.table, scene.language) if is_asked else "")
    return Drawn(None, nothing)


def wish_for(query: Query, style: str, layer: SemanticLayer, language: Language) -> Wish:
    """What a query says of its chart: what it ranks by, whether it compares, the share's name."""
    ranked = ""
    if query.order and not query.groups and style != "compare" and _is_measured(query.order[0].ref, layer):
        ranked = query.order[0].ref[1]
    return Wish(ranked=ranked, compares=style == "compare", title=_share_title(query, layer, language))


def suited(reading: Reading, wanted: Wanted | None, layer: SemanticLayer) -> Reading:
    """The reading with the columns that the wished chart is drawn from, where its rows don't show them anyway."""
    query = reading.query
    if wanted is None or query is None or reading.intent != "query" or query.groups or query.measure != "rows":
        return reading
    return replace(reading, query=with_columns(query, wanted.kind, layer))


def with_columns(query: Query, kind: ChartKind | None, layer: SemanticLayer) -> Query:
    """Starts and ends for runs, precision and recall for their plane; the query as it is where there are none."""
    if query.groups or query.measure != "rows":
        return query
    wanted: tuple[Ref, ...] = ()
    if kind == "gantt":
        wanted = next(_runs(query, layer), ())
    elif kind == "precision_recall":
        wanted = _plane(query, layer)
    shown = query.columns or (tuple((query.head, name) for name in layer.table(query.head).show) if wanted else ())
    return replace(query, columns=tuple(dict.fromkeys((*shown, *wanted)))) if wanted else query


def shown_again(chart: Chart, kind: ChartKind | None, language: Language) -> str:
    """The answer to "show it as a chart": what is drawn, and what stands out."""
    head = say("chart-shown", language, title=chart.title, kind=kind_word(chart.kind, language))
    other = other_kind(kind, chart, language)
    return " ".join(part for part in (head, other, *facts(chart, language), *notes(chart, language)) if part)


def why_none(table: Table, language: Language) -> str:
    """Why rows can't be drawn, and what could be."""
    if len(table.rows) < FEWEST:
        return say("chart-one-row", language)
    return say("chart-no-numbers", language)


def other_kind(kind: ChartKind | None, chart: Chart, language: Language) -> str:
    """A sentence where another chart than the wished one was drawn."""
    if kind is None or kind == chart.kind or {kind, chart.kind} <= _BARS:
        return ""
    return say("chart-other-kind", language, wished=kind_word(kind, language), kind=kind_word(chart.kind, language))


def _kind(wanted: Wanted | None) -> ChartKind | None:
    return None if wanted is None else wanted.kind


def _is_worth(query: Query, style: str, layer: SemanticLayer) -> bool:
    """Whether a chart says more than the words: for comparisons, rankings, counts by group, and when things ran."""
    if query.place is not None or query.within or query.limit == 1:
        return False
    if query.groups:
        return True
    if query.measure != "rows":
        return False
    if style == "compare" or any(set(refs) <= set(query.columns) for refs in _runs(query, layer)):
        return True
    return style != "recommend" and bool(query.order) and _is_measured(query.order[0].ref, layer)


def _is_measured(ref: Ref, layer: SemanticLayer) -> bool:
    return not ref[0] or layer.column(ref).role == "measure"


def _sheet(main: Found, query: Query, scene: Scene, dialect: str) -> Sheet:
    table = main.table or Table((), ())
    layer, language = scene.lexicon.layer, scene.language
    labels = headings(main.lookup.argument, table.columns, layer, dialect, language)
    return Sheet(table, labels, layer, language, at_catalogs_time(scene.now), query.head)


def _share_title(query: Query, layer: SemanticLayer, language: Language) -> str:
    """What the share is of, which the column's heading does not say."""
    if query.measure != "share" or not query.groups or len(query.part) != 1 or len(query.part[0].values) != 1:
        return ""
    part, ref = query.part[0], query.groups[0]
    if part.op != "=" or part.negated or not part.ref[0] or not ref[0]:
        return ""
    what = say("chart-share", language, what=layer.column(part.ref).value_label(part.values[0], language))
    return say("chart-by", language, what=what, by=layer.column(ref).label.of(language))


def _runs(query: Query, layer: SemanticLayer) -> Iterator[tuple[Ref, ...]]:
    """Between which columns of the rows something lasted."""
    return ((span.start, span.end) for span in layer.spans if {span.start[0], span.end[0]} == {query.head})


def _plane(query: Query, layer: SemanticLayer) -> tuple[Ref, ...]:
    near = [table for table in layer.tables if query.head in (table.name, table.part_of)]
    shares = [column for table in near for column in table.columns if column.ratio]
    found = [next((column.ref for column in shares if kind.search(column.name)), None) for kind in _PLANE]
    refs = tuple(ref for ref in found if ref is not None and joins.connected(layer, query.head, ref[0]))
    return refs if len(refs) == len(_PLANE) else ()
