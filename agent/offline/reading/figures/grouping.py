"""Reads by what a question groups, and what it counts in each group."""

from dataclasses import dataclass, replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Grain, Order, Query, Ref
from agent.offline.reading.figures import rates
from agent.offline.reading.figures.averaged import names_measure
from agent.offline.reading.figures.measures import aggregates
from agent.offline.reading.filters.times import grain_of_both
from agent.offline.reading.heads import is_kind
from agent.offline.words.particles import JOINING, OF
from agent.offline.words.sentence import Sentence

_AFTER_IT = ("각", "각각", "각자")
_GRAINS: tuple[tuple[str, Grain], ...] = (
    ("each_year", "year"), ("each_quarter", "quarter"), ("each_month", "month"), ("each_week", "week"),
    ("each_day", "day"),
)  # fmt: skip
_ALL = ("모든", "every", "all", "전체", "각")
_ORDERING = ("sort", "sorted", "order", "ordered", "rank", "ranked")


@dataclass(frozen=True, slots=True)
class Grouping:
    """`head`: a table to take as head instead. `counted`: the table whose rows are counted in each group."""

    groups: tuple[Ref, ...] = ()
    head: str | None = None
    counted: str | None = None
    zero: bool = False
    having: tuple[str, float] | None = None
    grain: Grain = ""


def in_time(group: Grouping) -> tuple[Order, ...]:
    """The order of groups that are parts of a date."""
    return (Order(group.groups[-1], False),) if group.grain else ()


def places(sentence: Sentence) -> tuple[int, ...]:
    """Where the words stand that name what is grouped by: 팀 of 팀별, GPU of "by GPU"."""
    found: list[int] = []
    for i in range(len(sentence)):
        if sentence.mentions[i].after.startswith("마다") and _groups(sentence, i):
            found.append(i)
        elif _is_by(sentence, i):
            found += [j for j in (_attribute_of(sentence, _past_fillers(sentence, i + 1)),) if _groups(sentence, j)]
        elif sentence.does(i, "each") or _is_per_kind(sentence, i):
            found += _beside(sentence, i)
    return tuple(dict.fromkeys(also for place in found for also in (*_joined_to(sentence, place), place)))


def by_count(sentence: Sentence, head: str, counted: str, bound: tuple[str, float]) -> Grouping:
    """The rows of the head with so many rows of a table; the values of a category where that table is the head."""
    if counted == head and (category := _asked_category(sentence, head)):
        return Grouping((category,), category[0], counted, having=bound)
    category = None if any(table == head for _, table in sentence.tables()) else _asked_category(sentence, head)
    if category is not None and category[0] == head and not sentence.english:
        return Grouping((category,), head, counted, having=bound)
    names = tuple((head, name) for name in sentence.layer.table(head).display)
    return Grouping(names, head, counted, having=bound)


def _asked_category(sentence: Sentence, head: str) -> Ref | None:
    """As in "파이프라인 3개 이상인 팀": the last category that is spoken of, none of its values."""
    for i in range(len(sentence) - 1, -1, -1):
        column = sentence.nearest_column(i, head)
        if column is not None and column.role == "category" and not sentence.values(i) and i not in sentence.used:
            return column.ref
    return None


def _beside(sentence: Sentence, i: int) -> list[int]:
    if _is_of_few(sentence, i):
        sentence.used.add(i)
        return []
    if sentence.mentions[i].surface == "씩" or (sentence.mentions[i].surface in _AFTER_IT and sentence.values(i - 1)):
        return []
    after = sentence.english or sentence.mentions[i].surface in _AFTER_IT
    place = _attribute_of(sentence, _past_fillers(sentence, i + 1)) if after else i - 1
    return [place] if _groups(sentence, place) else []


def _is_of_few(sentence: Sentence, i: int) -> bool:
    """As in "용량 큰 데이터셋 세 개랑 각각 담당자": something to be told of each of the first so many."""
    mention = sentence.mentions[i - 1] if i else None
    amount = mention.amount if mention is not None else None
    if mention is None or amount is None or amount.unit != "count" or sentence.mentions[i].surface not in _AFTER_IT:
        return False
    return mention.after in (*JOINING, *OF)


def _attribute_of(sentence: Sentence, place: int) -> int:
    """As in "per model stage", "by project owner": what the noun before it has, and not each of its rows."""
    table, owner = sentence.table(place), sentence.table(place + 1)
    if not sentence.english or table is None:
        return place
    own = any(c.table == table.name and c.role == "category" for c in sentence.columns(place + 1))
    person = owner is not None and owner.person and not table.person
    return place + 1 if (own and not sentence.values(place + 1)) or person else place


def _is_per_kind(sentence: Sentence, i: int) -> bool:
    """As in "팀당 모델 몇 개", "GPU당 평균 학습 시간": not "과제당 평균 데이터셋 수", which is one number."""
    return sentence.does(i, "per_unit") and (not sentence.has("avg") or names_measure(sentence, i - 1))


def _past_fillers(sentence: Sentence, i: int) -> int:
    while sentence.is_filler(i) if 0 <= i < len(sentence) else False:
        i += 1
    return i


def _is_by(sentence: Sentence, i: int) -> bool:
    """As in "number of projects by user"; not "made by 김민준", nor "sorted by name"."""
    mention = sentence.mentions[i]
    if mention.surface.lower() != "by" or i >= len(sentence) - 1:
        return False
    return i == 0 or sentence.mentions[i - 1].surface.lower() not in _ORDERING


def _groups(sentence: Sentence, i: int) -> bool:
    if not 0 <= i < len(sentence) or sentence.values(i):
        return False
    roles = {column.role for column in sentence.columns(i)}
    return sentence.table(i) is not None or bool(roles & {"category", "name"})


def _joined_to(sentence: Sentence, place: int) -> list[int]:
    """What else is grouped by, where it is joined: 팀이랑 GPU별."""
    before = place - 1
    if sentence.does(before, "and") and before > 0:
        before -= 1
        joined = True
    else:
        joined = before >= 0 and sentence.mentions[before].after in JOINING
    after = (
        [place + 2]
        if sentence.english and sentence.does(place + 1, "and") and _is_category(sentence, place + 2)
        else []
    )
    return [*([before] if joined and _groups(sentence, before) else []), *after]


def _is_category(sentence: Sentence, i: int) -> bool:
    return _groups(sentence, i) and any(column.role == "category" for column in sentence.columns(i))


def grouping(sentence: Sentence, head: str, filters: list[Filter]) -> Grouping:
    """What the question groups by; no groups when it doesn't."""
    if found := _each(sentence, head):
        return found
    if found := _several(sentence, head):
        return found
    several = [one for one in filters if one.op == "=" and len(one.values) > 1 and not one.negated]
    if several and _weighs_numbers(sentence, several):
        return _by_named(sentence, several[0], head)
    return Grouping()


def _weighs_numbers(sentence: Sentence, several: list[Filter]) -> bool:
    """As in "A와 B의 모델 수 비교", "A랑 B 중 누가 더 많아?": the named ones are compared by a count."""
    if sentence.has("sum") and sentence.has("count") and sentence.has("or"):
        return False  # "취소되거나 실패한 학습 총 몇 건": one number of both
    compares = sentence.has("compare", "each") or sentence.has_contrast()
    adds = compares or (sentence.english and sentence.has("or") and sentence.has("many", "few"))
    if adds and _sums(sentence, several[0]):
        return True
    if compares and (sentence.has("rate", "share") or rates.head_of(sentence)):
        return True
    if aggregates(sentence) and (compares or sentence.has("which", "where", "out_of", "high", "low", "longest", "or")):
        return True
    if _asks_own_figure(sentence, several[0]):
        return False
    if sentence.has("count"):
        return compares or (len(several) == 1 and _versus(sentence))
    among = sentence.has("or", "out_of") or any(m.surface in ("중", "중에", "중에서") for m in sentence.mentions)
    return _counts(sentence, several[0].ref[0]) and (compares or among)


def _asks_own_figure(sentence: Sentence, one: Filter) -> bool:
    """As in "A가 B보다 샘플이 몇 개 더 많아": how much of a measure the named rows have themselves."""
    places = ((i + 1, i + 2) if sentence.english else (i - 1,) for i in sentence.where("count"))
    columns = [c for place in places for j in place for c in sentence.columns(j) if sentence.table(j) is None]
    is_name = sentence.layer.column(one.ref).role == "name"
    return is_name and any(c.role == "measure" and sentence.owner(c.table) == one.ref[0] for c in columns)


def _counts(sentence: Sentence, named: str) -> bool:
    """Whether more and fewer are said of rows, and not of a need or measure: "more accurate"."""
    places = sentence.where("many", "few")
    needs = [
        i
        for i in places
        if i + 1 < len(sentence)
        and (sentence.criterion(i + 1) or (sentence.english and _weighs(sentence, i + 1, named)))
    ]
    needs += [i for i in places if not sentence.english and _is_measured_before(sentence, i)]
    return len(needs) < len(places)


def _is_measured_before(sentence: Sentence, i: int) -> bool:
    """As in "샘플 더 많은 쪽": more of a measure, and no more rows."""
    before = i - 1
    while sentence.does(before, "compare", "superlative", "filler", "count", "how_much"):
        before -= 1
    return any(column.role == "measure" for column in sentence.columns(before)) and sentence.table(before) is None


def _weighs(sentence: Sentence, i: int, named: str) -> bool:
    """Whether a word names a score, which adds up to nothing, or what each of the named rows has one figure of."""
    measures = [column for column in sentence.columns(i) if column.role == "measure" and not sentence.table(i)]
    return any(column.better is not None or column.table == named for column in measures)


def _sums(sentence: Sentence, one: Filter) -> bool:
    """As in "A랑 B GPU 시간 비교": what is held against each other adds up over rows below the named ones."""
    for i in range(len(sentence)):
        span = sentence.span(i)
        if span is not None and span[1] is None and span[0].table != one.ref[0]:
            return True
        column = sentence.nearest_column(i, one.ref[0])
        additive = column is not None and column.role == "measure" and not column.ratio and column.better is None
        if additive and column is not None and joins.is_below(sentence.layer, one.ref[0], column.table):
            return one.ref[0] != column.table
    return False


def _versus(sentence: Sentence) -> bool:
    return any(mention.unknown and mention.surface == "대" for mention in sentence.mentions)


def _by_named(sentence: Sentence, one: Filter, head: str) -> Grouping:
    """The named rows or values with how many of what is asked for each has."""
    table = sentence.layer.table(one.ref[0])
    if aggregates(sentence) or sentence.has("rate", "share") or rates.head_of(sentence):
        refs = tuple((table.name, name) for name in table.display) if one.ref[1] in table.display else (one.ref,)
        return Grouping(refs, head, head)
    if is_kind(sentence, *one.ref) and sentence.has("count"):
        return Grouping((one.ref,), table.name)
    spoken = [other for j, other in sentence.tables() if sentence.owner(other) != table.name]
    own = tuple(i for i in range(len(sentence)) if any(c.ref == one.ref for c in sentence.columns(i)))
    own += tuple(i for i in range(len(sentence)) if any(value.ref == one.ref for value in sentence.values(i)))
    own += tuple(i for i, _ in sentence.tables())
    measured = [t for t in _measured_tables(sentence, own) if t != table.name]
    counted = spoken[-1] if spoken else measured[0] if measured and head == table.name else head
    if one.ref[1] not in table.display:
        return Grouping((one.ref,), head if head != table.name else counted, counted if counted != head else None)
    names = tuple((table.name, name) for name in table.display)
    return Grouping(names, table.name, counted if counted != table.name else None, zero=True)


def _each(sentence: Sentence, head: str) -> Grouping | None:
    found = places(sentence)
    grain: Grain = next((grain for name, grain in _GRAINS if sentence.has(name)), "") or grain_of_both(sentence)
    tables = [spoken.name for i in found if (spoken := sentence.table(i)) is not None]
    counted = _counted(sentence, found, tables, head)
    sentence.used.update(found)
    if len(tables) == len(found) == 1 and not grain:
        table = tables[0]
        names = tuple((table, name) for name in sentence.layer.table(table).display)
        return Grouping(names, table, counted if counted != table else None, zero=True)
    base = counted or head
    groups = tuple(ref for i in found for ref in _refs(sentence, i, base))
    if grain and (date := _date_of(sentence, base)):
        groups = (*groups, date)
    above = {ref[0] for ref in groups} - {base}
    if for_every(sentence) and len(above) == 1 and len(groups) == 1:
        return Grouping(groups, next(iter(above)), base, zero=True)
    return Grouping(groups, base, base, grain=grain) if groups else None


def without_empty(sentence: Sentence, query: Query) -> Query:
    """As in "models per owner, no zeros": of the groups only those that have any."""
    if not sentence.has("without_zero") or not query.groups or query.having:
        return query
    counted = (query.counted,) if query.counted and query.counted != query.head else ()
    return replace(query, zero=False, every=False, present=(*query.present, *counted))


def for_every(sentence: Sentence) -> bool:
    """Whether groups with none are asked for as well."""
    return sentence.has("include_zero") or any(mention.surface.lower() in _ALL for mention in sentence.mentions)


def _refs(sentence: Sentence, i: int, head: str) -> tuple[Ref, ...]:
    table = sentence.table(i)
    if table is not None:
        return tuple((table.name, name) for name in table.display)
    before = sentence.table(i - 1) if sentence.english and i else None
    own = (c for c in sentence.columns(i) if before is not None and c.table == before.name and c.role == "category")
    column = next(own, None) or sentence.nearest_column(i, head)
    return (column.ref,) if column is not None else ()


def _counted(sentence: Sentence, found: tuple[int, ...], grouped: list[str], head: str) -> str | None:
    """The table whose rows are counted: one that is spoken of beside what is grouped by."""
    others = [t for j, t in sentence.tables() if j not in found and sentence.owner(t) not in grouped]
    if not others and head not in grouped and rates.head_of(sentence) == head:
        return head
    told = _measured_tables(sentence, found) if not others else []
    if told and set(told) <= set(grouped) and not any(t == head for _, t in sentence.tables()):
        return told[0]  # "status per pipeline" is of pipelines, whatever else has a status
    others = others or [t for t in told if t not in grouped]
    others = [t for t in others if joins.connected(sentence.layer, head, t)]
    if others:
        return others[0] if sentence.english else others[-1]
    return head


def _measured_tables(sentence: Sentence, found: tuple[int, ...]) -> list[str]:
    """The tables of the spans, columns and values spoken of beside what is grouped by."""
    tables = []
    grouped = {table.name for i in found if (table := sentence.table(i)) is not None}
    grouped |= {column.table for i in found if sentence.table(i) is None for column in sentence.columns(i)}
    for i in range(len(sentence)):
        span = sentence.span(i)
        if i not in found and span is not None:
            tables.append(span[0].table)
        elif i not in found and not sentence.is_name(i):
            beside = (*sentence.columns(i), *(sentence.layer.column(v.ref) for v in sentence.values(i)))
            told = [column.table for column in beside]
            tables += [table for table in told if table in grouped][:1] or told[:1]
    return [sentence.owner(table) for table in tables[:1]]


def _date_of(sentence: Sentence, head: str) -> Ref | None:
    for i in range(len(sentence)):
        column = sentence.nearest_column(i, head)
        if column is not None and column.role == "date" and column.table == head:
            sentence.used.add(i)
            return column.ref
    table = sentence.layer.table(head)
    dates = [table.date] if table.date else [c.name for c in table.columns if c.role == "date"]
    return (head, dates[0]) if dates else None


def _several(sentence: Sentence, head: str) -> Grouping | None:
    """As in "버전이 여러 개인 모델", "more than one project"."""
    for i in sentence.where("many_of"):
        beside = sentence.english or (sentence.table(i + 1) is None and bool(sentence.columns(i + 1)))
        place = i + 1 if beside else sentence.neighbour(i, -1)
        table = sentence.table(place)
        if table is not None and table.name != head:
            sentence.used.update((i, place))
            names = tuple((head, name) for name in sentence.layer.table(head).display)
            return Grouping(names, head, table.name, having=(">", 1))
        column = sentence.nearest_column(place, head) if place >= 0 else None
        if column is not None:
            sentence.used.update((i, place))
            return Grouping(((head, sentence.layer.table(head).display[0]),), head, head, having=(">", 1))
    return None
