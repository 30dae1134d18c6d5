"""Reads a question that lets go of what narrowed the last one down: regardless of status, 전체로 다시, 나머지는?"""

from dataclasses import replace

from agent.offline.query.query import Filter, Query
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell

_ALL = ("전체", "전부", "모두", "all", "everything", "all of them", "filter", "filters", "필터", "조건")
_PLAIN = ("rows", "count")


def widened(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question without what it is to let go of, or what its answer left out; None for any other."""
    query = frames[0].query if frames else None
    if query is None or any(sentence.values(i) or sentence.mentions[i].dates for i in range(len(sentence))):
        return None
    if sentence.has("both", "sum") and (together := _together(sentence, frames)):
        return together
    if sentence.has("rest_of"):
        return _rest(sentence, frames, query)
    if any(sentence.table(i) and sentence.table(i) != sentence.layer.table(query.head) for i in content(sentence)):
        return None
    if sentence.has("whatever") or _over_all_of(sentence):
        return _regardless(sentence, frames, query)
    if not content(sentence) and _only_says_all(sentence):
        return _all_again(frames, query, sentence.layer)
    return None


def _over_all_of(sentence: Sentence) -> bool:
    """As in "across all stages", "모든 스테이지에서": all values of a column."""
    said = content(sentence)
    before = sentence.neighbour(said[0], -1) if len(said) == 1 else -1
    return (
        before >= 0
        and sentence.mentions[before].surface.lower() in (*_ALL, "모든", "every", "any")
        and bool(sentence.columns(said[0]))
    )


def _together(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """As in "둘 합치면?" after two counts or sums: one of what the two questions asked for."""
    queries = [frame.query for frame in frames[:2]]
    if len(queries) < 2 or content(sentence) or not (sentence.has("sum") or sentence.has("count")):
        return None
    last, first = queries
    if last is None or first is None or last.measure not in ("count", "sum") or last.groups:
        return None
    new = [one for one in last.filters if one not in first.filters]
    old = [one for one in first.filters if one not in last.filters]
    is_one = len(new) == len(old) == 1 and new[0].ref == old[0].ref and new[0].op == old[0].op == "="
    if not is_one or replace(last, filters=first.filters) != first or new[0].negated or old[0].negated:
        return None
    both = replace(new[0], values=tuple(dict.fromkeys((*old[0].values, *new[0].values))))
    filters = tuple(both if one == new[0] else one for one in last.filters)
    return Reading("query", replace(last, filters=filters), "count" if last.measure == "count" else "list")


def _regardless(sentence: Sentence, frames: tuple[Frame, ...], query: Query) -> Reading | None:
    """As in "상태 상관없이": without the conditions on that column, or on any where none is named."""
    refs = {column.ref for i in content(sentence) for column in sentence.columns(i)}
    if not refs:
        return _all_again(frames, query, sentence.layer)
    kept = tuple(one for one in query.filters if one.ref not in refs)
    if len(kept) == len(query.filters):
        return None
    return _as_list(frames[0], replace(query, filters=kept))


def _only_says_all(sentence: Sentence) -> bool:
    says = any(mention.surface.lower() in _ALL for mention in sentence.mentions)
    rest = (i for i in range(len(sentence)) if sentence.mentions[i].surface.lower() not in _ALL)
    return says and all(sentence.is_filler(i) or sentence.does(i, "list", "correction", "no_value") for i in rest)


def _all_again(frames: tuple[Frame, ...], query: Query, layer: SemanticLayer) -> Reading | None:
    """As in "전체로 다시": what was narrowed down is wide again; failing that, without its conditions."""
    if query.limit is not None or query.place is not None:
        return _as_list(frames[0], replace(query, limit=None, place=None))
    for frame in frames[1:]:
        wider = frame.query
        if wider is None or wider.head != query.head or wider.measure not in _PLAIN or wider == query:
            continue
        if len(frame.main) > len(frames[0].main) or set(wider.filters) < set(query.filters):
            return _as_list(frame, wider)
    kept = identity(query.filters, query.head, layer)
    if len(kept) == len(query.filters):
        return None
    return _as_list(frames[0], replace(query, filters=kept))


def _as_list(frame: Frame, query: Query) -> Reading:
    return Reading("query", query, "count" if frame.style == "count" and query.measure == "count" else "list")


# --- what was left out


def _rest(sentence: Sentence, frames: tuple[Frame, ...], query: Query) -> Reading | None:
    """As in "나머지는?", "the other one": the rows of the last list but the ones picked, or all but those asked for."""
    if query.groups or query.measure not in _PLAIN or any(sentence.table(i) for i in content(sentence)):
        return None
    asked = tuple(c.ref for i in content(sentence) if (c := sentence.nearest_column(i, query.head)) is not None)
    picked = frames[0].main
    if picked and query.limit is not None and query.order:
        others = tuple(replace(one, negated=True) for one in filter_on(picked, sentence.layer))
        return Reading("query", replace(query, filters=(*query.filters, *others), limit=None), "best")
    if picked and (rows := _list_with(frames[1:], picked)):
        left = tuple(row for row in rows if row not in picked)
        kept = tuple(one for one in query.filters if one.ref[0] != picked[0].table) if left else ()
        new = replace(query, filters=(*kept, *filter_on(left, sentence.layer)), order=(), place=None, limit=None)
        return Reading("query", replace(new, columns=asked or query.columns, measure="rows", criterion=None))
    states = [one for one in query.filters if _is_state(one, query, sentence.layer)]
    if len(states) != 1 or query.place is not None or query.limit is not None:
        return None
    turned = replace(states[0], values=_told_values(frames, query, states[0]), negated=True)
    filters = tuple(turned if one == states[0] else one for one in query.filters)
    return _as_list(frames[0], replace(query, filters=filters, columns=asked or query.columns))


def _told_values(frames: tuple[Frame, ...], query: Query, state: Filter) -> tuple[Cell, ...]:
    """As in "토치로 돌린 거 몇 개?", "텐서플로는?", "나머지는?": all values that the same question was asked of."""
    kept = tuple(one for one in query.filters if one != state)
    values = list(state.values)
    for frame in frames[1:]:
        same = [one for one in frame.query.filters if one.ref == state.ref] if frame.query is not None else []
        if frame.query is None or len(same) != 1 or same[0].op != "=" or same[0].negated:
            break
        if frame.query.head != query.head or tuple(one for one in frame.query.filters if one != same[0]) != kept:
            break
        values += same[0].values
    return tuple(dict.fromkeys(values))


def _list_with(frames: tuple[Frame, ...], picked: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The newest list that showed these rows among others."""
    return next((f.main for f in frames if len(f.main) > len(picked) and set(picked) <= set(f.main)), ())


def _is_state(one: Filter, query: Query, layer: SemanticLayer) -> bool:
    own = one.ref[0] == query.head and one.op == "=" and not one.negated
    return own and layer.column(one.ref).role == "category" and one.ref[1] not in layer.table(query.head).display
