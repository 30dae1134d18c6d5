"""Puts together the query: what is measured, grouped, ranked, and which columns are shown."""

import re
from dataclasses import dataclass, replace

from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Filter, Order, Query, Ref
from agent.offline.reading.figures import averaged, measures, spent
from agent.offline.reading.figures.companions import is_companion
from agent.offline.reading.figures.counted import asked_category
from agent.offline.reading.figures.furthest import furthest_of_each
from agent.offline.reading.figures.grouping import Grouping, for_every, in_time, places
from agent.offline.reading.figures.lined_up import lined_up
from agent.offline.reading.figures.ordering import Ranking, in_order, ranking, ranks_own
from agent.offline.reading.figures.peaks import busiest
from agent.offline.reading.figures.shares import shared
from agent.offline.reading.figures.summed import ranked_by_sum
from agent.offline.reading.filters.without import lacking_own, without_any
from agent.offline.words.kind_of_value import says_what_kind
from agent.offline.words.kind_words import KINDS
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_KINDS = re.compile(r"(?:종류|types|kinds)$", re.IGNORECASE)
_FIGURE = ("값", "값이", "수치", "점수", "value", "values", "figure", "figures", "score", "scores")
"""What stands for the measure that rows are narrowed down by: "F1 0.9 넘는 모델 이름이랑 값"."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What narrows the rows down. `counted`: a bound on how many rows of a table each has; `either`: one is enough."""

    filters: tuple[Filter, ...]
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    counted: tuple[str, tuple[str, float]] | None = None
    either: tuple[Filter, ...] = ()


def composed(sentence: Sentence, head: str, read: Conditions, group: Grouping) -> Query:
    """The query of a sentence whose conditions and groups are known."""
    query = Query(head, filters=read.filters, absent=read.absent, present=read.present, either=read.either)
    if none := without_any(sentence, query, group):
        return none
    query = lacking_own(sentence, query)
    if sentence.has_contrast() and not group.groups:
        query = _either(query)
    if each := averaged.for_each(sentence, query) or spent.most_spent(sentence, query):
        return each
    if share := shared(sentence, query, group):
        return share
    group = _by_ranked_category(sentence, head, group)
    counts_rows = sentence.has("many", "few", "count")
    rank = ranking(sentence, head if counts_rows or not group.groups else group.counted or head)
    rank = busiest(sentence, group, rank)
    if rank.counted is not None and not group.groups:
        names = tuple((head, name) for name in sentence.layer.table(head).display)
        group = Grouping((rank.category,) if rank.category else names, head, rank.counted)
    if group.groups and _counts_groups(sentence, rank, head):
        rank = replace(rank, order=(Order(COUNTED, rank.order[0].descending),))
    limited = replace(query, order=rank.order, place=rank.place, limit=rank.limit,
                      criterion=rank.criterion.name if rank.criterion else None)  # fmt: skip
    if group.groups:
        return _with_used(sentence, _grouped(sentence, limited, group))
    return _with_used(sentence, _ungrouped(sentence, limited))


def _by_ranked_category(sentence: Sentence, head: str, group: Grouping) -> Grouping:
    """As in "프레임워크 중에 평균 학습시간 제일 긴 건?": the values of a category are ranked by an aggregate."""
    first = sentence.has("superlative") or (sentence.english and sentence.has("first_of"))
    first = first or any(span[1] is not None for i in range(len(sentence)) if (span := sentence.span(i)))
    if not group.groups and (lined := lined_up(sentence, head)):
        return lined
    if group.groups or not (measures.aggregates(sentence) and first):
        return group
    category = asked_category(sentence, head)
    return Grouping((category.ref,), head, head) if category is not None else group


def _counts_groups(sentence: Sentence, rank: Ranking, head: str) -> bool:
    """As in "A랑 B 중에 모델 더 많이 등록한 데": many are rows where no measure is named."""
    if not rank.order or rank.order[0].ref == COUNTED or rank.criterion or not sentence.has("many", "few"):
        return False
    named = (sentence.nearest_column(i, head) for i in range(len(sentence)))
    return not sentence.has("high", "low") and all(c is None or c.ref != rank.order[0].ref for c in named)


def _with_used(sentence: Sentence, query: Query) -> Query:
    """Where rows are counted or added up: only those that have a category spoken of at all ("GPU 학습 횟수")."""
    if query.measure in ("rows", "distinct", "per"):
        return query
    counted = query.counted or query.head
    known = {f.ref for f in query.filters} | set(query.groups)
    used = []
    for i in range(len(sentence)):
        column = sentence.nearest_column(i, counted) if i not in sentence.used and not sentence.values(i) else None
        if column is None or column.role != "category" or column.table != counted or column.ref in known:
            continue
        if not _is_given(sentence, i) and not sentence.is_verbal(i):
            used.append(Filter(column.ref, "null", negated=True))
    own = any(ref[1] in sentence.layer.table(ref[0]).display for ref in query.groups if ref[0] == counted)
    counts = own or sentence.has("count", "many", "few", "superlative")
    if used and query.groups and query.measure == "count" and not counts:
        return replace(query, groups=(*query.groups, *(one.ref for one in dict.fromkeys(used))))  # "팀별 프로젝트 상태"
    return replace(query, filters=(*query.filters, *dict.fromkeys(used)))


def _grouped(sentence: Sentence, query: Query, group: Grouping) -> Query:
    counted = group.counted or query.head
    of = _weighed(sentence, query, counted)
    wanted = measures.aggregates(sentence)
    grouped = replace(query, groups=group.groups, counted=group.counted, having=group.having, zero=group.zero,
                      grain=group.grain, every=for_every(sentence))  # fmt: skip
    if ranked := _ranked_each(sentence, query, group, grouped, of):
        return ranked
    is_ranked = bool(query.order) and query.order[0].ref != COUNTED and not of and not group.having
    asks_much = sentence.has("how_much") and not sentence.has("count") and not wanted
    if not of and (asks_much or measures.asks_time(sentence)):
        of = measures.lasting(sentence, counted)
    own = (
        group.zero
        and group.counted is None
        and not wanted
        and all(measures.table_of(sentence, r) == query.head for r in of)
    )
    if of and own:
        return replace(query, columns=of)
    if furthest := furthest_of_each(sentence, query, of):
        wanted, grouped = (furthest,), replace(grouped, order=(), place=None)
    if wanted and not of and is_ranked:
        of = (query.order[0].ref,)
    plain = not (wanted or query.order or group.having or group.grain)
    own = all(sentence.owner(measures.table_of(sentence, ref)) == query.head for ref in of)
    if plain and own and (rows := _owned_rows(sentence, query, group)):
        return replace(rows, columns=tuple(dict.fromkeys((*of, *rows.columns))))
    if of:
        return _of_known(sentence, _summed(sentence, grouped, of, wanted))
    if not query.order or query.order[0].ref != COUNTED:
        grouped = replace(grouped, order=in_time(group), place=None)
    return _of_known(sentence, replace(grouped, measure="count", of=()))


def _ranked_each(
    sentence: Sentence, query: Query, group: Grouping, grouped: Query, of: tuple[Ref, ...]
) -> Query | None:
    """Groups by what their rows are ranked by, or of each group the first row; None where they are not ranked so."""
    wanted = measures.aggregates(sentence)
    lines_up = any(in_order(sentence, i) for i in range(1, len(sentence)))
    if not query.order or query.order[0].ref == COUNTED or group.having:
        return None
    ref = query.order[0].ref
    if of:  # "프로젝트별 최신 모델과 그 f1"
        is_date = bool(ref[0]) and sentence.layer.column(ref).role == "date"
        newest = is_date and not (wanted or lines_up) and sentence.has("newest", "oldest")
        best = _best_of_each(sentence, replace(query, place=1), group) if newest else None
        return replace(best, columns=(*best.columns, *of)) if best else None
    if not wanted and _adds_up(sentence, query, group):
        return _summed(sentence, grouped, (ref,), ("sum",))
    if lines_up:
        additive = measures.is_additive(sentence, ref)
        return _summed(sentence, grouped, (ref,), wanted or (("sum",) if additive else ("avg",)))
    return None if wanted else _best_of_each(sentence, query, group)


def _weighed(sentence: Sentence, query: Query, counted: str) -> tuple[Ref, ...]:
    """What is aggregated in each group; () where rows are ranked by it there: "GPU별로 제일 오래 걸린 파이프라인"."""
    of = measures.measured(sentence, counted) or measures.measured(sentence, query.head)
    spoken = any(table == counted for i, table in sentence.tables() if i not in sentence.grouped)
    ranks = spoken and query.place == 1 and bool(query.order) and set(of) == {query.order[0].ref}
    return () if ranks and not measures.aggregates(sentence) else of


def _adds_up(sentence: Sentence, query: Query, group: Grouping) -> bool:
    """As in "A랑 B 중에 누가 용량을 더 많이 써?": the named ones are weighed by a sum of their rows."""
    ref = query.order[0].ref
    counted = group.counted or query.head
    above = all(joins.is_below(sentence.layer, one[0], counted) for one in group.groups if one[0] != counted)
    is_own = any(one[0] == counted for one in group.groups)
    more = sentence.has("many", "few") and not places(sentence) and query.limit is None
    return more and above and not is_own and ref[0] == counted and measures.is_additive(sentence, ref)


def _of_known(sentence: Sentence, query: Query) -> Query:
    """Of ranked values of a category, none for rows without one: "제일 적게 쓰인 GPU"."""
    if query.place is None or not query.order:
        return query
    categories = [ref for ref in query.groups if ref[0] and sentence.layer.column(ref).role == "category"]
    known = tuple(Filter(ref, "null", negated=True) for ref in categories if ref[0] == (query.counted or query.head))
    return replace(query, filters=tuple(dict.fromkeys((*query.filters, *known))))


def _owned_rows(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """As in "모델별 만든 사람": to each row what it belongs to, of which there is one."""
    if group.counted is None or len({ref[0] for ref in group.groups}) != 1 or sentence.has("count", "many", "few"):
        return None
    table = group.groups[0][0]
    if group.counted == table or joins.is_below(sentence.layer, table, group.counted) or not group.zero:
        return None
    owner = tuple((group.counted, name) for name in sentence.layer.table(group.counted).display)
    beside = tuple(ref for ref in asked_columns(sentence, table) if ref[0] == group.counted)
    return replace(
        query, head=table, columns=tuple(dict.fromkeys((*owner, *beside))), groups=(), counted=None, zero=False
    )


def _summed(sentence: Sentence, query: Query, of: tuple[Ref, ...], wanted: tuple[str, ...]) -> Query:
    """The groups with a column's aggregate; with none asked for, its sum where that says something, else its mean."""
    additive = all(measures.is_additive(sentence, ref) for ref in of)
    first, *also = wanted or (("sum", "avg") if additive else ("avg",))
    order = query.order if query.order and (query.order[0].ref in of or query.place or query.limit) else ()
    tallied = not wanted or measures.counts_too(sentence, query.counted or query.head)
    return replace(query, measure=first, also=tuple(also), of=of, tallied=tallied, order=order, zero=query.every)  # type: ignore[arg-type] # names of aggregates


def _best_of_each(sentence: Sentence, query: Query, group: Grouping) -> Query | None:
    """As in "프로젝트별 최신 모델": of each group the first row by an order."""
    head = group.counted or query.head
    rank = ranking(sentence, head)
    order = query.order if head == query.head or ranks_own(sentence, query.order, head) else rank.order or query.order
    if not order or not joins.connected(sentence.layer, head, order[0].ref[0] or head):
        return None
    within = tuple(ref for ref in group.groups)
    limit = rank.limit or query.limit
    if {ref[0] for ref in within} == {head} and len(within) > 1:
        within = within[:1]
    categories = [ref for ref in within if ref[0] and sentence.layer.column(ref).role == "category"]
    known = tuple(Filter(ref, "null", negated=True) for ref in categories)
    query = replace(query, filters=tuple(dict.fromkeys((*query.filters, *known))))
    return replace(query, head=head, within=within, columns=within, order=order, place=None if limit else 1,
                   limit=limit, groups=(), counted=None, zero=False)  # fmt: skip


def _ungrouped(sentence: Sentence, query: Query) -> Query:
    if summed := ranked_by_sum(sentence, query):
        return summed
    head = query.head
    wanted = measures.aggregates(sentence)
    of = measures.measured(sentence, head) if wanted else ()
    if of:
        first, *also = wanted
        tallied = measures.counts_too(sentence, head)
        return replace(query, measure=first, also=tuple(also), of=of, order=(), place=None, tallied=tallied)
    kinds = _kinds(sentence, head) if sentence.has("count") else ()
    lasting = measures.lasting(sentence, head) if measures.asks_time(sentence) else ()
    of_one = _names_one(sentence) or measures.is_told_of_one(query, sentence)
    if lasting and (wanted or not (of_one or query.order or sentence.has("each"))):
        first, *also = wanted or ("sum", "avg")
        sentence.used.update(i for name in wanted for i in sentence.where(name))
        return replace(query, measure=first, also=tuple(also), of=lasting, order=(), place=None)
    counts = measures.is_count(sentence, head)
    if counts and kinds:
        return replace(query, measure="distinct", of=kinds, order=(), place=None, limit=None)
    if counts:
        return replace(query, measure="count", order=(), place=None, limit=None)
    return _with_columns(sentence, query)


def _names_one(sentence: Sentence) -> bool:
    person = {table.name for table in sentence.layer.tables if table.person}
    named = (i for i in range(len(sentence)) if sentence.is_name(i))
    return any(person.isdisjoint(value.table for value in sentence.values(i)) for i in named)


def _with_columns(sentence: Sentence, query: Query) -> Query:
    columns = asked_columns(sentence, query.head)
    if any(mention.surface.lower() in _FIGURE for mention in sentence.mentions):
        bounds = (one.ref for one in query.filters if one.ref[0] and sentence.layer.column(one.ref).role == "measure")
        columns = tuple(dict.fromkeys((*columns, *bounds)))
    beyond = tuple(f.ref for f in query.filters if f.op in (">row", "<row") and f.ref[0])
    if beyond and not query.order:
        columns = tuple(dict.fromkeys((*beyond, *columns)))  # by how much they are beyond it
    if not columns:
        return query
    only = sentence.layer.column(columns[0]) if len(columns) == 1 and columns[0][0] else None
    named = any(
        _is_name_of(sentence.layer, query.head, c.ref) for i in range(len(sentence)) for c in sentence.columns(i)
    )
    asks_values = only is not None and only.role == "category" and only.table == query.head and not named
    plain = not query.order and query.limit is None
    if asks_values and plain and _asks_kinds(sentence, columns[0]) and not _is_given_as(query, columns[0]):
        return replace(query, measure="distinct", of=columns)
    by = any(m.surface.lower() in ("by", "with", "their", "its", "같이", "함께") for m in sentence.mentions)
    by = by or _asks_of_each(sentence, query.head)
    if asks_values and plain and not by and not query.filters and not query.absent:
        return replace(query, measure="distinct", of=columns)
    return replace(query, columns=columns)


def _asks_of_each(sentence: Sentence, head: str) -> bool:
    """As in "프로젝트들 상태 쭉 보여줘": of all the rows, what each of them has."""
    many = any(table == head and sentence.mentions[i].after.startswith("들") for i, table in sentence.tables())
    return many and not sentence.has("which", "exists", "count")


def _is_given_as(query: Query, ref: Ref) -> bool:
    """As in "OCR and NLP projects of both kinds": which values there are is said already."""
    return any(one.ref == ref and one.op == "=" and not one.negated for one in query.filters)


def _asks_kinds(sentence: Sentence, ref: Ref) -> bool:
    """As in "쓴 GPU 종류": which values there are, not which row has which."""
    named = [i for i in range(len(sentence)) if any(c.ref == ref for c in sentence.columns(i))]
    return any(_KINDS.search(sentence.mentions[i].surface) for i in named)


def _kinds(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """As in "GPU 종류가 몇 개야?": the category whose values are counted."""
    found = [sentence.nearest_column(i, head) for i in range(len(sentence))]
    kinds = [c.ref for c in found if c is not None and c.role == "category" and c.table == head]
    named = tuple(ref for ref in kinds[:1] if _asks_kinds(sentence, ref))
    spoken = any(sentence.table(i) for i in range(len(sentence))) and not measures.counts_values(sentence, head)
    spoken = spoken and not any(sentence.mentions[i].surface.endswith(KINDS) for i in sentence.where("count"))
    return named or (() if spoken else measures.kinds_counted(sentence, head))


def asked_columns(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """The columns asked for: attributes by name, a describing table's, a person who is asked for."""
    layer, found = sentence.layer, list[Ref]()
    for i in range(len(sentence)):
        table, span = sentence.table(i), sentence.span(i)
        if i in sentence.used or _is_given(sentence, i):
            continue
        if table is not None and table.part_of == head:
            found += [(head, name) for name in layer.table(head).show if name in stage_like(layer, head)]
            found += [(table.name, name) for name in table.show]
        elif table is not None and is_companion(sentence, i, table.name, head):
            found += [*((head, name) for name in layer.table(head).show), *((table.name, n) for n in table.display)]
        elif span and joins.connected(layer, head, span[0].table) and not span[1]:
            found.append(("", span[0].name))
        elif (column := sentence.nearest_column(i, head)) and not _is_date_verb(sentence, i):
            found += [] if sentence.values(i) else [column.ref]
    asked_roles = {"where": "path", "when": "date"}
    roles = [role for word, role in asked_roles.items() if sentence.has(word)]
    found += [(head, column.name) for column in layer.table(head).columns if column.role in roles]
    person = next((table for table in layer.tables if table.person), None)
    if sentence.has("who") and person and not layer.table(head).person and joins.connected(layer, head, person.name):
        found += [(person.name, name) for name in person.display]
    told = tuple(dict.fromkeys(ref for ref in found if not _is_name_of(layer, head, ref)))
    return told or tuple(dict.fromkeys(found))


def _is_name_of(layer: SemanticLayer, head: str, ref: Ref) -> bool:
    """Whether a column is told anyway; a path is worth asking for by name."""
    named = ref[0] == head and ref[1] in layer.table(head).display
    return named and layer.column(ref).role != "path"


def _is_given(sentence: Sentence, i: int) -> bool:
    """As in "status active": the column only says what the value beside it is of."""
    if says_what_kind(sentence, i):
        return True
    refs = {column.ref for column in sentence.columns(i)}
    beside = (*sentence.values(i + 1), *(sentence.values(i - 1) if i and sentence.english else ()))
    return any(value.ref in refs for value in beside)


def _is_date_verb(sentence: Sentence, i: int) -> bool:
    return sentence.is_verbal(i) and all(column.role == "date" for column in sentence.columns(i))


def _either(query: Query) -> Query:
    """As in "A가 B보다 느려?": rows of A and of B, where the two are named by different columns."""
    compared = tuple(f for f in query.filters if f.op == "=" and not f.negated)
    if len(compared) < 2 or any(len(f.values) > 1 for f in compared):
        return query
    return replace(query, filters=tuple(f for f in query.filters if f not in compared), either=compared)


def stage_like(layer: SemanticLayer, head: str) -> tuple[str, ...]:
    """The head's columns that the layer's criteria scope by: worth seeing beside a ranking."""
    return tuple(dict.fromkeys(ref[1] for c in layer.criteria for ref, _ in c.scope if ref[0] == head))
