"""Reads a question that groups the last answer's rows, or measures its groups anew: 팀별로, by framework instead."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Measure, Query, Ref
from agent.offline.reading.figures.grouping import places
from agent.offline.reading.reading import Reading
from agent.offline.words.particles import TOPIC
from agent.offline.words.sentence import Sentence

AGGREGATES: tuple[Measure, ...] = ("avg", "sum", "min", "max")
_GRAINS = ("each_year", "each_quarter", "each_month", "each_week", "each_day")


def regrouped(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """The last question's rows by another group, or its groups with another measure; None where more is said."""
    for read in (_by_groups, _measured_by, _measured, _of_others):
        if found := read(sentence, said, query):
            return found
    return None


def _by_groups(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "팀별로는?", "by framework instead": the same rows for each value of a category, or for each row above."""
    found = [i for i in places(sentence) if not _is_dropped(sentence, i, query)]
    others = (i for i in said if i not in found and not _is_dropped(sentence, i, query))
    if not found or any(True for _ in others) or sentence.has(*_GRAINS) or query.place is not None:
        return None
    base = query.counted or query.head
    refs = [ref for i in found for ref in _group_refs(sentence, i, base)]
    if not refs or any(joins.is_below(sentence.layer, base, ref[0]) for ref in refs):
        return None
    is_summed = bool(query.groups) and query.measure in AGGREGATES
    new = replace(plain(query), head=base, measure=query.measure if is_summed else "count", groups=tuple(refs),
                  counted=base, of=query.of if is_summed else ())  # fmt: skip
    return Reading("query", new)


def _measured_by(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "평균 크기는 종류별로?" after files by kind: whose size and whose kind is known from the talk."""
    found = places(sentence)
    rest = [i for i in said if i not in found]
    measure = next((name for name in AGGREGATES if sentence.has(name)), None)
    if not (found and rest and measure and query.groups) or sentence.has(*_GRAINS, "who", "negate", "count"):
        return None
    base = query.counted or query.head
    columns = [sentence.nearest_column(i, base) for i in rest]
    of = tuple(c.ref for c in columns if c is not None and c.role == "measure" and sentence.owner(c.table) == base)
    grouped = _by_groups(sentence, list(found), query)
    if len(of) != len(rest) or any(sentence.table(i) for i in rest) or grouped is None or grouped.query is None:
        return None
    return Reading("query", replace(grouped.query, measure=measure, of=of))


def _is_dropped(sentence: Sentence, i: int, query: Query) -> bool:
    """As in "포맷 말고 팀별로", "not by format but by team": the group there was, which another takes the place of."""
    beside = sentence.neighbour(i, -1 if sentence.english else 1)
    beside = sentence.neighbour(beside, 1) if sentence.does(beside, "each") else beside
    named = {column.ref for column in sentence.columns(i)} | {(t.name, t.display[0]) for t in [sentence.table(i)] if t}
    return sentence.does(beside, "negate", "correction") and bool(named & set(query.groups))


def _group_refs(sentence: Sentence, i: int, base: str) -> tuple[Ref, ...]:
    table = sentence.table(i)
    if table is not None:
        is_apart = table.name != base and joins.connected(sentence.layer, base, table.name)
        return tuple((table.name, name) for name in table.display) if is_apart else ()
    column = sentence.nearest_column(i, base)
    return (column.ref,) if column is not None and column.role in ("category", "name") else ()


def _measured(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "용량 합계도", "평균 f1은?" after a count by group: the same groups with an aggregate of their rows."""
    base = query.counted or query.head
    measure = next((name for name in AGGREGATES if sentence.has(name)), None)
    columns = [sentence.nearest_column(i, base) for i in said]
    refs = tuple(column.ref for column in columns if column is not None and column.role == "measure")
    if not query.groups or query.place is not None or measure is None or len(refs) != len(said):
        return None
    of = refs or query.of
    if not of or any(sentence.owner(table) != base for table, _ in of) or any(sentence.table(i) for i in said):
        return None
    also = sentence.has("also") or any(m.after.endswith("도") for m in sentence.mentions)
    if query.groups == tuple((base, name) for name in sentence.layer.table(base).display) and not also:
        return Reading("query", replace(plain(query), head=base, measure=measure, of=of))  # of all, not of each row
    return Reading("query", replace(query, head=base, counted=base, measure=measure, also=(), of=of, order=(),
                                    zero=False, tallied=also))  # fmt: skip


def _of_others(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "데이터셋은?" after "팀별 프로젝트 수": rows of another table, counted in the same groups."""
    table = sentence.table(said[0]) if len(said) == 1 else None
    if table is None or not query.groups or query.measure != "count" or query.filters or query.having or query.absent:
        return None
    tables = {ref[0] for ref in query.groups}
    if not is_asked_of(sentence) or table.name in tables or table.part_of:
        return None
    if not all(joins.connected(sentence.layer, one, table.name) and joins.is_below(sentence.layer, one, table.name)
               for one in tables):  # fmt: skip
        return None
    is_above = query.head in tables and query.counted not in (None, query.head)
    head = query.head if is_above else table.name
    order = () if query.place is None else query.order
    return Reading("query", replace(query, head=head, counted=table.name, order=order))


def is_asked_of(sentence: Sentence) -> bool:
    """Whether a bare noun is asked about: "데이터셋은?", "and the datasets?", "what about models"."""
    if sentence.has("how_much", "who", "where", "when", "exists", "only", "negate", "other", "list"):
        return False
    if sentence.english:
        opening = {mention.surface.lower() for mention in sentence.mentions[:2]}
        return bool(opening & {"and", "about", "how about", "what about", "then"})
    is_number = bool(sentence.mentions) and sentence.mentions[-1].surface == "수는"
    return is_number or any(mention.after.endswith((*TOPIC, "도", "은요", "는요")) for mention in sentence.mentions)


def plain(query: Query) -> Query:
    """Its conditions and what it measures, without columns, groups or order."""
    return Query(
        query.head,
        filters=query.filters,
        either=query.either,
        present=query.present,
        absent=query.absent,
        measure=query.measure,
        concept=query.concept,
        via=query.via,
    )
