"""Reads the conditions of a question: values, amounts, dates, what is missing."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Op, Ref
from agent.offline.reading.filters.bound_names import naming
from agent.offline.reading.filters.joined import joined_measures, of_category
from agent.offline.reading.filters.leaving_out import BEYOND, is_left_out
from agent.offline.words.amounts import Amount, unit_kind
from agent.offline.words.kind_of_value import names_its_kind
from agent.offline.words.particles import ALSO, NOT, SUBJECT
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning, Span

_JOINING = (*ALSO, "나", "이나")
_HAVING = ("with", "has", "have", "own", "owns", "having", "had")
_OWNING = ("있는", "가진", "달린", "보유", "갖고", "갖춘")
_RIGHT_BEFORE = (*NOT, "비", "미", "불", "무")
_COMPARISONS: tuple[tuple[str, Op], ...] = (("at_least", ">="), ("at_most", "<="), ("over", ">"), ("under", "<"))


def value_filters(sentence: Sentence, head: str) -> list[Filter]:
    """Conditions from names and categories; those of one column are alternatives."""
    filters: list[Filter] = []
    for i in range(len(sentence)):
        if i in sentence.used or not sentence.values(i) or _only_dates(sentence, i):
            continue
        if values := sentence.nearest_values(i, head):
            negated = is_negated(sentence, i)
            is_piece = sentence.layer.column(values[0].ref).role in ("path", "text") or all(
                "%" in (str(value.value)[:1], str(value.value)[-1:]) for value in values
            )
            op: Op = "like" if is_piece else "="
            filters.append(Filter(values[0].ref, op, tuple(value.value for value in values), negated))
    return merged(filters)


def _only_dates(sentence: Sentence, i: int) -> bool:
    """As in "언제 끝났어", "두 시간 안에 끝난": when rows ended is spoken of, in whatever state."""
    if not any(column.role == "date" for column in sentence.columns(i)):
        return False
    return sentence.has("when") or any(m.amount is not None and m.amount.unit == "s" for m in sentence.mentions)


def merged(filters: list[Filter]) -> list[Filter]:
    """Conditions on the same column joined into one list of values."""
    joined: dict[tuple[Ref, Op, bool], Filter] = {}
    others: list[Filter] = []
    for one in filters:
        key = (one.ref, one.op, one.negated)
        if one.op != "=":
            others.append(one)
        elif key in joined:
            values = tuple(dict.fromkeys((*joined[key].values, *one.values)))
            joined[key] = replace(one, values=values)
        else:
            joined[key] = one
    return [*joined.values(), *dict.fromkeys(others)]


def is_negated(sentence: Sentence, i: int) -> bool:
    """Korean negation follows what it negates, English negation stands before; values that are joined share it."""
    if _negated_itself(sentence, i):
        return True
    step = -1 if sentence.english else 1
    other = _joined_value(sentence, i, step)
    return other is not None and is_negated_towards(sentence, other, step)


def is_negated_towards(sentence: Sentence, i: int, step: int) -> bool:
    """Whether a joined value, or one joined to that in turn, is negated."""
    if _negated_itself(sentence, i):
        return True
    other = _joined_value(sentence, i, step)
    return other is not None and is_negated_towards(sentence, other, step)


def _joined_value(sentence: Sentence, i: int, step: int) -> int | None:
    """The next value of the same column that "and", "or" or a comma joins to this one."""
    left = i if step > 0 else i - 1
    other = i + step
    linked = step > 0 and _particle(sentence, i) in ("", *_JOINING)  # "A100 H100 빼고"
    if sentence.does(other, "and", "or"):
        linked, other = True, other + step
    elif step < 0 and 0 <= left < len(sentence):
        linked = linked or sentence.mentions[left].after in _JOINING
    refs = {value.ref for value in sentence.values(i)}
    shares = 0 <= other < len(sentence) and any(value.ref in refs for value in sentence.values(other))
    return other if linked and shares else None


def _particle(sentence: Sentence, i: int) -> str:
    """What follows a name, past its title: 과 of 이서연님과."""
    return sentence.mentions[i].after.removeprefix("님").removeprefix("씨")


def _negated_itself(sentence: Sentence, i: int) -> bool:
    if sentence.english:
        before = sentence.neighbour(i, -1)
        return sentence.does(before, "negate") or (sentence.does(i - 1, "no_value") and not sentence.is_name(i))
    if i and sentence.mentions[i - 1].surface in _RIGHT_BEFORE:
        return sentence.does(i - 1, "negate")
    after = _behind_kind(sentence, i)
    not_done = after >= 0 and sentence.mentions[after].surface in NOT
    if not_done and (sentence.is_name(i) or sentence.values(after + 1)):
        return False  # "X 왜 안 돌아?", "T4 썼는데 못 완료한": what X does is negated, not X
    if sentence.does(after, "correction") and sentence.mentions[after].surface.startswith("아니라"):
        return True
    return sentence.does(after, "negate", "no_value")


def _behind_kind(sentence: Sentence, i: int) -> int:
    """What follows a value, past the noun it is of: 아닌 of "detection 프로젝트 아닌"."""
    after = sentence.neighbour(i, 1)
    is_bare = sentence.mentions[i].after in ("", "된", "한", "인")
    if is_bare and names_its_kind(sentence, i, after) and sentence.does(sentence.neighbour(after, 1), "negate"):
        return sentence.neighbour(after, 1)
    table = sentence.table(after) if after >= 0 and is_bare else None
    is_kind = table is not None and any(value.table == table.name for value in sentence.values(i))
    beyond = sentence.neighbour(after, 1) if is_kind else -1
    if sentence.table(sentence.neighbour(beyond, 1)) is not None:
        return after  # "A100 파이프라인 말고 모델": other rows are asked for instead
    return beyond if sentence.does(beyond, "negate") and not sentence.mentions[after].after else after


def amount_filters(sentence: Sentence, head: str) -> tuple[list[Filter], tuple[str, tuple[str, float]] | None]:
    """Conditions from compared amounts, and the table and bound of a counted one ("프로젝트가 두 개 이상")."""
    filters: list[Filter] = []
    counted: tuple[str, tuple[str, float]] | None = None
    for i, mention in enumerate(sentence.mentions):
        amount = mention.amount
        if amount is None or i in sentence.used or amount.unit in ("ordinal", "id"):
            continue
        if between := _between(sentence, i, head):
            filters.append(between)
            continue
        op = comparison(sentence, i)
        if op is None and not _is_equated(sentence, i, head):
            counted = _exactly(sentence, i, amount, head) or counted
            continue
        columns = _measured(sentence, i, amount, head) or _bounded_before(sentence, i, op, filters)
        if not columns:
            counted = _counted(sentence, i, op or "=", amount) or counted
            continue
        sentence.used.add(i)
        differs = op is None and _negated_itself(sentence, i)
        op = BEYOND[op] if op in BEYOND and is_left_out(sentence, i) else op
        filters += [Filter(ref, op or "=", (stored,), differs) for ref, stored in columns]
    return filters, counted


def _bounded_before(sentence: Sentence, i: int, op: Op | None, filters: list[Filter]) -> list[tuple[Ref, float]]:
    """As in "0.9 이상 0.95 미만": the other bound of what the number before bounds."""
    before = i - 1
    while before >= 0 and (sentence.is_filler(before) or sentence.does(before, "and", *(n for n, _ in _COMPARISONS))):
        before -= 1
    amount, last = sentence.mentions[i].amount, filters[-1] if filters else None
    again = before >= 0 and sentence.mentions[before].amount is not None and before in sentence.used
    if op is None or amount is None or last is None or not again or not last.ref[0] or last.op[0] == op[0]:
        return []
    column = sentence.layer.column(last.ref)
    return [(last.ref, round(amount.in_column(column.unit, column.scale, ratio=column.ratio), 6))]


def comparison(sentence: Sentence, i: int) -> Op | None:
    """The comparison an amount stands in: 0.9 이상, over 0.9."""
    if not sentence.english and sentence.mentions[i].after.startswith("도") and sentence.mentions[i].surface:
        after = sentence.neighbour(i, 1)
        if sentence.does(after, "negate") and sentence.mentions[after].surface in NOT:
            sentence.used.add(after)
            return "<"
    places = (i - 1, sentence.neighbour(i, 1)) if sentence.english else (sentence.neighbour(i, 1),)
    for place in places:
        for name, op in _COMPARISONS:
            if sentence.does(place, name):
                sentence.compared.add(place)
                return op
    return None


def _is_equated(sentence: Sentence, i: int, head: str) -> bool:
    """As in "컨피던스가 0.5인 모델": a number right after a measure, with no counting word."""
    amount = sentence.mentions[i].amount
    before = sentence.neighbour(i, -1)
    column = sentence.nearest_column(before, head) if before >= 0 else None
    return bool(column and column.role == "measure" and amount and amount.unit in ("", "%", "s", "byte"))


def _between(sentence: Sentence, i: int, head: str) -> Filter | None:
    """As in "20기가에서 80기가 사이", "between 20 and 80 GB"."""
    later = next((j for j in range(i + 1, len(sentence)) if sentence.mentions[j].amount), None)
    if later is None or later - i > 2 or not sentence.has("between"):
        return None
    low, high = sentence.mentions[i].amount, sentence.mentions[later].amount
    if low is None or high is None:
        return None
    bounds = [_measured(sentence, i, low, head), _measured(sentence, later, high, head)]
    refs = [columns[0][0] for columns in bounds if columns]
    if not refs:
        return None
    sentence.used.update((i, later))
    told = sentence.layer.column(refs[0]) if refs[0][0] else None
    alone = [one.in_column(told.unit, told.scale, ratio=told.ratio) if told else one.value for one in (low, high)]
    values = [columns[0][1] if columns else value for columns, value in zip(bounds, alone, strict=True)]
    return Filter(refs[0], "between", tuple(values))


def _measured(sentence: Sentence, i: int, amount: Amount, head: str) -> list[tuple[Ref, float]]:
    """The columns an amount bounds, with the amount as stored in each."""
    spans = [j for j in range(len(sentence)) if sentence.span(j)]
    if amount.unit == "s" and amount.value < 1 and (column := _by_unit(sentence, i, head)):
        sentence.used.update(naming(sentence, i, head, column))
        return [(column.ref, round(amount.in_column(column.unit, column.scale, ratio=column.ratio), 6))]
    if amount.unit == "s" and spans:
        span = sentence.span(spans[0])
        sentence.used.add(spans[0])
        if span:
            return [(("", span[0].name), _in_span(amount, span[0]))]
    beside = _columns_before(sentence, i, head) or _columns_after(sentence, i, head)
    timed = next((s for s in sentence.layer.spans if s.table == _bounded(sentence, i) != head), None)
    if amount.unit == "s" and not beside and timed is not None:
        return [(("", timed.name), _in_span(amount, timed))]
    spoken = {head, *(table for _, table in sentence.tables(verbal=True))}
    own = next((s for s in sentence.layer.spans if s.table in spoken), None)
    if amount.unit == "s" and not beside and own is not None and not _by_unit(sentence, i, head):
        return [(("", own.name), _in_span(amount, own))]
    if not beside and (column := _by_unit(sentence, i, head)):
        beside = [column]
    return [(c.ref, round(amount.in_column(c.unit, c.scale, ratio=c.ratio), 6)) for c in beside]


def _in_span(amount: Amount, span: Span) -> float:
    """Seconds in the span's unit."""
    return round(amount.value / (3600 if span.unit == "hours" else 86400), 4)


def _columns_before(sentence: Sentence, i: int, head: str) -> list[ColumnMeaning]:
    """The measure before an amount; several when joined ("정밀도도 재현율도 다 0.9 이상")."""
    found: list[tuple[int, ColumnMeaning]] = []
    for j in range(i - 1, -1, -1):
        column = sentence.nearest_column(j, head)
        if column is not None and column.role == "measure" and j not in sentence.used:
            found.append((j, column))
        elif _ends_search(sentence, j, head, bool(found)):
            break
    joined = len(found) > 1 and (sentence.has("list") or sentence.mentions[found[-1][0]].after in _JOINING)
    kept = found if joined else found[:1]
    sentence.used.update(j for j, _ in kept)
    return [column for _, column in kept]


def _ends_search(sentence: Sentence, j: int, head: str, found: bool) -> bool:
    """Whether what stands at `j` parts an amount from measures further left."""
    if sentence.mentions[j].amount is not None:
        return True
    if found:
        return not sentence.is_filler(j) and not sentence.does(j, "list", "also", "and")
    table = sentence.table(j)
    return bool(sentence.values(j)) or (table is not None and table.name != head)


def _columns_after(sentence: Sentence, i: int, head: str) -> list[ColumnMeaning]:
    return joined_measures(sentence, sentence.neighbour(i, 1), head) if sentence.english else []


def _bounded(sentence: Sentence, place: int) -> str | None:
    """As in "100기가 넘는 데이터로 돌린 학습": of which rows the bound is said, right before them."""
    table = sentence.table(sentence.neighbour(sentence.neighbour(place, 1), 1)) if not sentence.english else None
    return table.name if table is not None else None


def _by_unit(sentence: Sentence, place: int, head: str) -> ColumnMeaning | None:
    """The only column of the head, else of what is spoken of before, that is measured in the amount's unit."""
    amount = sentence.mentions[place].amount
    if amount is None or amount.unit not in ("s", "byte"):
        return None
    spoken = [table for j, table in sentence.tables(verbal=True) if table != head and j < place]
    bounded = _bounded(sentence, place)
    for name in (*([bounded] if bounded is not None else []), head, *reversed(spoken)):
        tables = [table for table in sentence.layer.tables if name in (table.name, table.part_of)]
        found = [c for t in tables for c in t.columns if c.role == "measure" and unit_kind(c.unit) == amount.unit]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _counted(sentence: Sentence, i: int, op: Op, amount: Amount) -> tuple[str, tuple[str, float]] | None:
    if amount.unit not in ("count", ""):
        return None
    places = (sentence.neighbour(i, 1), sentence.neighbour(i, -1)) if sentence.english else (sentence.neighbour(i, -1),)
    for place in places:
        table = sentence.table(place)
        if op != "=" and (table is not None or sentence.values(place)):
            sentence.used.update((i, place) if table else (i,))
            return table.name if table else sentence.values(place)[0].table, (op, amount.value)
    if not sentence.english and sentence.mentions[i].surface.endswith(("번", "회", "차례")):
        done = sentence.table(sentence.neighbour(sentence.neighbour(i, 1), 1))  # "두 번 이상 학습에 쓰인"
        if done is not None:
            sentence.used.add(i)
            return done.name, (op, amount.value)
    return None


def _exactly(sentence: Sentence, i: int, amount: Amount, head: str) -> tuple[str, tuple[str, float]] | None:
    """As in "데이터셋이 딱 두 개인 프로젝트", "people with just one project": so many rows below."""
    if amount.unit != "count":
        return None
    place = sentence.neighbour(i, 1 if sentence.english else -1)
    while sentence.does(place, "exact"):
        place = sentence.neighbour(place, -1)
    table, values = sentence.table(place), sentence.values(place)
    name = table.name if table is not None else values[0].table if values else head
    exact = ("exact", "only") if sentence.english else ("exact",)
    said = any(sentence.does(j, *exact) for j in (i - 2, i - 1, i + 1))
    if name == head and not values and of_category(sentence, i, head, said=said):
        sentence.used.update((i, place) if table is not None else (i,))
        return name, ("=", amount.value)
    if name == head or not joins.connected(sentence.layer, head, name) or place in sentence.grouped:
        return None
    if not joins.is_below(sentence.layer, head, name) or not (said or _of_so_many(sentence, i, place, head)):
        return None
    sentence.used.update((i, place) if table is not None else (i,))
    return name, ("=", amount.value)


def _of_so_many(sentence: Sentence, i: int, place: int, head: str) -> bool:
    """As in "모델이 세 개인 팀", "projects with two datasets": what is asked for stands beyond the number."""
    heads = [j for j, table in sentence.tables() if table == head]
    if sentence.english:
        return any(j < i for j in heads) and sentence.mentions[i - 1].surface.lower() in _HAVING
    after = sentence.mentions[i + 1].surface if i + 1 < len(sentence) else ""
    said = sentence.mentions[place].after.startswith(SUBJECT) or after.startswith(_OWNING)
    said = said and not sentence.mentions[i].after.startswith("만")
    return said and any(j > i for j in heads) and not sentence.has("list", "recommend", "superlative")
