"""Reads a question that only changes the one before it: v2.1은?, 두 개만, how about staging?"""

from dataclasses import replace
from typing import Final

from agent.offline.query import joins
from agent.offline.query.query import Filter, Order, Query, Ref
from agent.offline.reading import taught
from agent.offline.reading.checks.unspent import lost_functions
from agent.offline.reading.figures.measures import asks_time
from agent.offline.reading.figures.ordering import asked_places, ranking
from agent.offline.reading.filters import conditions
from agent.offline.reading.filters.conditions import merged
from agent.offline.reading.filters.dates import date_filters
from agent.offline.reading.heads import is_kind
from agent.offline.reading.reading import Reading, Style
from agent.offline.talk.changing.another import of_another
from agent.offline.talk.changing.counted_so import as_count, without_count
from agent.offline.talk.changing.lacking_of import lacking_of
from agent.offline.talk.changing.rated import is_of_its_own, rated
from agent.offline.talk.changing.recast import recast
from agent.offline.talk.changing.regroup import is_asked_of, plain
from agent.offline.talk.changing.released import is_whole, still_held
from agent.offline.talk.changing.remeasured import remeasured
from agent.offline.talk.changing.reordered import reordered, several
from agent.offline.talk.changing.resort import advised, resorted
from agent.offline.talk.changing.slots import numbers
from agent.offline.talk.changing.turned import drop_negated_dates, turned_amounts
from agent.offline.talk.changing.when_of import when_of
from agent.offline.talk.changing.widen import widened
from agent.offline.talk.frames import Frame, filter_on, identity
from agent.offline.talk.of_groups import of_groups
from agent.offline.talk.pointing.antecedents import SINGLY
from agent.offline.talk.pointing.places import content, listed_row, points, so_many_rows
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer, Span

_AGGREGATES = ("avg", "sum", "min", "max")
_IN_ALL = ("총", "합쳐서", "total", "in total", "altogether")
"""Words that ask no sum of one length of time."""
_BACK = 6
"""So many turns back a value is looked for that the new one may stand in place of."""


def follow_up(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The reading of a question that makes sense only as a change of an earlier one; None for any other."""
    for read in _CHANGES:
        if again := read(sentence, frames):
            return again
    if is_of_its_own(sentence, frames):
        return None
    counted = without_count(sentence, frames)
    sentence = counted or sentence
    is_about = sentence.has("that", "it", "person", "those", "both", "why") or any(map(points, sentence.mentions))
    if is_about or so_many_rows(sentence, frames) or is_whole(sentence) or not is_ellipsis(sentence):
        return None
    frame = _changeable(sentence, frames)
    if frame is None or frame.query is None:
        return None
    sentence = Sentence(sentence.mentions, sentence.layer, english=sentence.english)  # nothing is taken if it is none
    is_correction = sentence.has("correction") or _swaps(sentence)
    is_slot = is_correction or _replaces(sentence, frame.query) or _leaves_out(sentence, frame.query)
    if _names(sentence) and (not is_slot or _asks_how_long(sentence, frame.query)):
        return None
    head = frame.query.head
    if _asks_for_rows_below(sentence, head):
        return None
    amounts, _ = conditions.amount_filters(sentence, head)
    amounts = [*amounts, *numbers(sentence, frame)]
    amounts = turned_amounts(sentence, amounts)
    drop_negated_dates(sentence)
    values = [*conditions.value_filters(sentence, head), *taught.filters(sentence, head)]
    filters = [*values, *amounts, *date_filters(sentence, head)]
    query = changed(sentence, frame, filters, ranking(sentence, head).limit)
    if query is None:
        return None
    reading = Reading("query", query, _style(frame.style))
    reading = as_count(reading) if counted is not None else reading
    lost = tuple(word for word in lost_functions(sentence, reading) if not (asks_time(sentence) and word in _IN_ALL))
    lost = lost or sentence.left_over()
    return Reading("unclear", words=lost, are_known=True) if lost else reading


def _asks_how_long(sentence: Sentence, query: Query) -> bool:
    """As in "X 얼마나 걸렸어?" where no length was told before: a question of its own."""
    return asks_time(sentence) and not any(table == "" for table, _ in (*query.columns, *query.of))


def _asks_for_rows_below(sentence: Sentence, head: str) -> bool:
    """As in "실패한 거 로그는?": a category that is what its rows are, of another table than was asked for."""
    values = [value for i in range(len(sentence)) if not sentence.is_name(i) for value in sentence.values(i)]
    return any(value.table != head and is_kind(sentence, value.table, value.column) for value in values)


def _of_another_row(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "두 번째는?" after what was asked of the first: the same columns of another row shown."""
    query = frames[0].query if frames else None
    said = [m for i, m in enumerate(sentence.mentions) if not sentence.is_filler(i) and not sentence.does(i, "list")]
    if len(said) != 1 or not points(said[0]) or query is None or not query.columns or query.measure != "rows":
        return None
    rows = listed_row(sentence, frames)
    if not rows or not any(one.ref[0] == rows[0].table for one in query.filters):
        return None
    rest = tuple(one for one in query.filters if one.ref[0] != rows[0].table)
    return Reading("query", replace(query, filters=(*rest, *filter_on(rows, sentence.layer))))


def _of_another_measure(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "정밀도로 하면?", "by precision instead": the same bound, order or aggregate of another measure."""
    query = frames[0].query if frames else None
    said = [i for i in content(sentence) if not _is_number_of_rows(sentence, i)]
    if query is None or len(said) != 1 or sentence.has("that", "it", "those", "person", "also"):
        return None
    limit = asked_places(sentence)[1] if len(content(sentence)) > 1 else query.limit
    column = sentence.nearest_column(said[0], query.head)
    before = sentence.mentions[said[0] - 1].surface.lower() if said[0] else ""
    is_by = sentence.mentions[said[0]].after in ("로", "으로", "로는", "으로는") or before in ("by", "on", "with")
    behind = sentence.mentions[said[0] + 1].surface if said[0] + 1 < len(sentence) else ""
    is_by = is_by or behind == "기준" or (sentence.has("correction") and query.order != ())
    if column is None or column.role != "measure" or not is_by or sentence.table(said[0]):
        return None
    bounds = [one for one in query.filters if one.op in (">", ">=", "<", "<=") and one.ref[0]]
    if len(bounds) == 1 and limit == query.limit and not query.order and query.measure in ("rows", "count"):
        same = sentence.layer.column(bounds[0].ref)
        fits = (same.unit, same.ratio) == (column.unit, column.ratio)
        other = replace(bounds[0], ref=column.ref)
        filters = tuple(other if one == bounds[0] else one for one in query.filters)
        return Reading("query", replace(query, filters=filters), _style(frames[0].style)) if fits else None
    if query.order and not query.groups and query.order[0].ref[0] and query.measure == "rows":
        best = sentence.layer.column(query.order[0].ref).better
        turned = {best, column.better} == {"high", "low"}
        order = Order(column.ref, query.order[0].descending != turned)
        new = replace(query, order=(order,), criterion=None, limit=limit)
        return advised(sentence, frames[0], Reading("query", new, "best"))
    return None


def _is_number_of_rows(sentence: Sentence, i: int) -> bool:
    """As in "정밀도 기준이면 상위 3개": how many of them."""
    amount = sentence.mentions[i].amount
    return amount is not None and amount.unit in ("", "count") and sentence.has("first_of", "last_of")


def _changeable(sentence: Sentence, frames: tuple[Frame, ...]) -> Frame | None:
    """The frame whose query has a place for what is said: the newest, or one that the new value fits better."""
    asked = [frame for frame in frames if frame.query is not None][:_BACK]
    values = [value for i in range(len(sentence)) for value in sentence.values(i)]
    for frame in asked if values else ():
        query = frame.query
        if query is None:
            continue
        tables = {value.table for value in values}
        pinned = {one.ref[0] for one in query.filters if identity((one,), one.ref[0], sentence.layer)}
        has_slot = any(one.ref == value.ref for one in query.filters for value in values)
        if has_slot or (tables & pinned and _names(sentence) and _replaces(sentence, query)):
            return frame
        if query.head in tables and query.head not in pinned:
            return frame
    return next((frame for frame in asked if values or _may_have(sentence, frame)), next(iter(asked), None))


def _may_have(sentence: Sentence, frame: Frame) -> bool:
    """Whether each row of the frame's query has at most one value of the columns asked for."""
    layer, head = sentence.layer, frame.query.head if frame.query is not None else ""
    columns = [column for i in range(len(sentence)) for column in sentence.columns(i)]
    owners = {sentence.owner(column.table) for column in columns}
    return not owners or any(owner == head or not joins.is_below(layer, head, owner) for owner in owners)


def _names(sentence: Sentence) -> bool:
    return any(sentence.is_name(i) for i in range(len(sentence)))


def _replaces(sentence: Sentence, query: Query) -> bool:
    """Whether the names of the question stand where a name of the last one stood."""
    refs = {one.ref for one in query.filters}
    tables = {ref[0] for ref in refs}
    values = [value for i in range(len(sentence)) for value in sentence.values(i)]
    return any(value.ref in refs or value.table in tables for value in values)


def _leaves_out(sentence: Sentence, query: Query) -> bool:
    """As in "callcenter-intent 빼면?": rows of those that were asked for, by name."""
    named = [i for i in range(len(sentence)) if sentence.is_name(i)]
    own = all(any(value.table == query.head for value in sentence.values(i)) for i in named)
    return own and all(conditions.is_negated(sentence, i) for i in named)


def _swaps(sentence: Sentence) -> bool:
    """As in "A 말고 B": two values of one column, the first negated."""
    return sentence.has("negate") and sum(1 for i in range(len(sentence)) if sentence.values(i)) >= 2


def _style(name: str) -> Style:
    styles: tuple[Style, ...] = ("list", "count", "compare", "recommend", "exists", "best")
    return next((style for style in styles if style == name), "list")


def is_ellipsis(sentence: Sentence) -> bool:
    """Whether the question only makes sense as a change of the one before: "v2.1은?", "두 개만"."""
    said = content(sentence)
    is_each = any(sentence.mentions[i].surface.lower() not in SINGLY for i in sentence.where("each"))
    if is_each or sentence.has("who", "where", "recommend", "count", "avg"):
        return False
    dated = any(column.role == "date" for i in said for column in sentence.columns(i))
    if sentence.has("when") and not dated:
        return False
    if asks_time(sentence) and not any(sentence.table(i) or sentence.values(i) for i in said):
        return True
    if not said or sentence.has("sum"):
        return False
    if any(mention.surface.startswith("누구") for mention in sentence.mentions):
        return False
    if any(sentence.table(i) for i in said) and not sentence.has("only"):
        return False
    if any(sentence.criterion(i) or sentence.concept(i) for i in said):
        return False
    named = any(sentence.values(i) for i in said)
    narrows = sentence.has("only", "negate") or any(mention.after.endswith("만") for mention in sentence.mentions)
    own = {value.ref for i in said for value in sentence.values(i)} if narrows else set()
    asked = any(
        (any(column.ref not in own for column in sentence.columns(i)) or sentence.span(i)) and not sentence.values(i)
        for i in said
    )
    return not (named and asked)


def changed(sentence: Sentence, frame: Frame, filters: list[Filter], limit: int | None) -> Query | None:
    """The last query as the elliptical question changes it; None when it changes nothing."""
    query = frame.query
    if query is None:
        return None
    positive = [one for one in filters if not (one.negated and _has_positive(filters, one.ref))]
    columns = _asked_columns(sentence, query)
    if not positive and not columns and limit is None:
        return None
    positive = [_with_those_before(sentence, one, query) for one in positive]
    kept = _kept(sentence, query, positive, frame)
    new = replace(query, filters=tuple(merged([*kept, *positive])), limit=limit or query.limit)
    if sentence.has("which", "list") and any(one.ref in query.groups for one in positive) and not columns:
        new = replace(plain(new), measure="rows")
    if limit is not None and not new.order:
        new = replace(new, order=tuple(Order((query.head, c), d) for c, d in sentence.layer.table(query.head).order))
    if columns:
        also = sentence.has("also") or any(m.after.endswith("도") for m in sentence.mentions)
        before = query.columns or tuple((query.head, name) for name in sentence.layer.table(query.head).show)
        if query.measure in _AGGREGATES and _are_measures(columns, sentence.layer):
            return replace(new, of=(*query.of, *columns) if also else columns)
        new = replace(new, columns=(*before, *columns) if also else columns, measure="rows", of=(), groups=())
    return new


def _are_measures(columns: tuple[Ref, ...], layer: SemanticLayer) -> bool:
    return all(ref[0] and layer.column(ref).role == "measure" for ref in columns)


def _has_positive(filters: list[Filter], ref: Ref) -> bool:
    return any(one.ref == ref and not one.negated for one in filters)


def _with_those_before(sentence: Sentence, one: Filter, query: Query) -> Filter:
    """As in "H100도 같이", "cancelled ones too": the new value beside those that were asked for."""
    also = sentence.has("also") or any(m.after.endswith("도") for m in sentence.mentions)
    also = also and not sentence.has("exists")  # "체크포인트도 있어?" asks of it alone
    is_name = bool(one.ref[0]) and sentence.layer.column(one.ref).role == "name"
    if one.op == "between" and sentence.has("also"):
        return _adjoined(one, query)
    if one.op != "=" or one.negated or not also or (is_name and not sentence.has("also")):
        return one
    before = (old for old in query.filters if old.ref == one.ref and old.op == "=" and not old.negated)
    return replace(one, values=tuple(dict.fromkeys((*(v for old in before for v in old.values), *one.values))))


def _adjoined(one: Filter, query: Query) -> Filter:
    """As in "지난달 거도 같이" after this month: one time of both, where no day lies between."""
    for old in query.filters:
        if old.ref == one.ref and old.op == "between" and not old.negated and None not in (*old.values, *one.values):
            (start, end), (first, last) = sorted((tuple(map(str, old.values)), tuple(map(str, one.values))))
            return replace(one, values=(start, max(end, last))) if first <= end else one
    return one


def _kept(sentence: Sentence, query: Query, new: list[Filter], frame: Frame) -> list[Filter]:
    """The old conditions that the new ones don't replace; a key is turned into names first."""
    layer = sentence.layer
    replaced = {one.ref for one in new if not one.negated}
    renamed = {one.ref[0] for one in new if one.ref[0] and not one.negated and _is_first_name(one, layer)}
    renamed |= _redescribed(sentence, new, frame)
    kept: list[Filter] = []
    for one in still_held(sentence, query.filters):
        table = layer.table(one.ref[0]) if one.ref[0] else None
        if any(_is_reverse(one, other) for other in new):
            continue
        is_other = table is not None and table.name in renamed and table.name != query.head
        if table is not None and table.name in renamed and (is_other or identity((one,), table.name, layer)):
            continue
        if table is not None and one.ref[1] == table.primary_key and any(ref[0] == table.name for ref in replaced):
            rows = frame.of(table.name)
            names = [Filter((table.name, name), "=", (rows[0].get(name),)) for name in table.display] if rows else []
            kept += [name for name in names if name.ref not in replaced and name.values != (None,)]
        elif one.ref not in replaced or any(_is_other_end(one, other) for other in new):
            kept.append(one)
    return kept


def _is_reverse(one: Filter, other: Filter) -> bool:
    """As in "production 빼고" after the models in production: what was asked for is what is to be left out."""
    is_turned = other.negated and not one.negated and one.ref == other.ref and one.op == other.op == "="
    return is_turned and set(one.values) <= set(other.values)


def _redescribed(sentence: Sentence, new: list[Filter], frame: Frame) -> set[str]:
    """As in "팀장님은?" after one person: whoever it was before, others are meant now."""
    if not is_asked_of(sentence) or len(frame.main) != 1:
        return set()
    table = sentence.layer.table(frame.main[0].table)
    described = (one for one in new if one.ref[0] == table.name and one.op == "=" and not one.negated)
    return {one.ref[0] for one in described if one.ref[1] not in (table.primary_key, *table.display)}


def _is_other_end(one: Filter, other: Filter) -> bool:
    """As in "and under 100?" after "over 50": both ends of a range."""
    if one.ref != other.ref or not (_is_number(one) and _is_number(other)):
        return False
    low, high = (one, other) if one.op in (">", ">=") else (other, one)
    return low.op in (">", ">=") and high.op in ("<", "<=") and float(str(low.values[0])) < float(str(high.values[0]))


def _is_number(one: Filter) -> bool:
    return len(one.values) == 1 and isinstance(one.values[0], int | float)


def _is_first_name(one: Filter, layer: SemanticLayer) -> bool:
    """Whether a condition names another row altogether, rather than another version of the same."""
    table = layer.table(one.ref[0])
    return one.ref[1] == table.display[0] or layer.column(one.ref).role == "name"


def _asked_columns(sentence: Sentence, query: Query) -> tuple[Ref, ...]:
    found = [
        column.ref
        for i in range(len(sentence))
        if i not in sentence.used and not sentence.values(i)
        if (column := sentence.nearest_column(i, query.head)) is not None
    ]
    spans = [("", span[0].name) for i in range(len(sentence)) if (span := sentence.span(i)) and _is_its(span, query)]
    if not found and not spans and asks_time(sentence):
        spans = [("", span.name) for span in sentence.layer.spans if span.table == query.head][:1]
    return tuple(dict.fromkeys((*found, *spans)))


def _is_its(span: tuple[Span, str | None], query: Query) -> bool:
    """As in "몇 시간 걸렸어?": how long the rows asked for took, not which of them took longest."""
    return span[1] is None and span[0].table == query.head


_CHANGES: Final = (
    rated,
    several,
    of_groups,
    when_of,
    of_another,
    lacking_of,
    _of_another_row,
    _of_another_measure,
    widened,
    remeasured,
    reordered,
    resorted,
    recast,
)
"""What reads a change, in the order in which they are asked."""
