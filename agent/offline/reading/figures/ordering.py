"""Reads what a question ranks by, in which direction, and how many it wants."""

import re
from dataclasses import dataclass
from itertools import pairwise

from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Order, Ref
from agent.offline.reading.figures.counted import asked_category, counted_beside
from agent.offline.reading.figures.own_size import own_size
from agent.offline.reading.figures.sorting import by_time, in_time_or_alphabet, longest_first, sorted_by
from agent.offline.reading.figures.unnamed import default_measure, unnamed_measure
from agent.offline.reading.filters import conditions
from agent.offline.words.amounts import unit_kind
from agent.offline.words.particles import OBJECT
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning, Criterion, SemanticLayer

_SUPERLATIVE_EN = re.compile(r"(?:est|most|least|best|worst|first|last)\b|^most ", re.IGNORECASE)
_PLACE = re.compile(r"[위등]$")
_SORTED = ("asc", "desc", "오름차순", "내림차순")
ORDERS_DOWN = {"high": True, "many": True, "newest": True, "longest": True, "low": False, "few": False, "oldest": False,
         "shortest": False}  # fmt: skip
"""The words of direction: whether the largest comes first."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """`place`: only that place; `limit`: the first so many; `counted`: the table whose rows are counted."""

    order: tuple[Order, ...] = ()
    place: int | None = None
    limit: int | None = None
    counted: str | None = None
    category: Ref | None = None
    criterion: Criterion | None = None


def ranking(sentence: Sentence, head: str) -> Ranking:
    limit, place = _limit(sentence), _place(sentence)
    criterion = next((c for i in range(len(sentence)) if i not in sentence.used and (c := sentence.criterion(i))), None)
    found = in_time_or_alphabet(sentence, head) or _by_direction(sentence, head)
    order, counted = found if found else ((), None)
    same = criterion is not None and bool(order) and order[0].ref == criterion.column
    if criterion is not None and (not order or same or not _is_plain(sentence, order)):
        down = criterion.descending
        turned = _is_turned(sentence, criterion)
        order, criterion = (Order(criterion.column, down != turned),), None if turned else criterion
    else:
        criterion = None
    if criterion is not None and (timed := _own_time(sentence, criterion, head)):
        order, criterion = timed, None
    if criterion is not None and (sized := own_size(sentence, criterion, head, default_measure(sentence, head))):
        order, criterion = sized, None
    if criterion is not None and (dated := _own_date(sentence, criterion)):
        order, criterion = dated, None
    if not order:
        return Ranking(limit=limit)
    category = asked_category(sentence, head) if counted is not None else None
    if place is None and limit is None and (is_superlative(sentence) or _of_the_first(sentence, criterion, head)):
        place = 1
    return Ranking(order, place, limit, counted, category.ref if category else None, criterion)


def _is_turned(sentence: Sentence, criterion: Criterion) -> bool:
    """As in "the least accurate model", "the most false alarms": the need the other way round."""
    places = [i for i in range(1, len(sentence)) if sentence.criterion(i) is criterion]
    nouns = {i for i in places if sentence.mentions[i].surface.lower().endswith("s")}
    most = any(sentence.does(j, "many") for i in nouns for j in (i - 1, sentence.neighbour(i, 1)))
    return sentence.english and (most or any(sentence.does(i - 1, "few") for i in places if i not in nouns))


def _of_the_first(sentence: Sentence, criterion: Criterion | None, head: str) -> bool:
    """As in "the owner of the fastest model": of one row, which a need of another table picks out."""
    if criterion is None or not sentence.english or sentence.has("recommend", "compare") or _is_sorted(sentence):
        return False
    needs = (sentence.mentions[i].surface for i in range(len(sentence)) if sentence.criterion(i) is criterion)
    one = criterion.table != head or not _names_many(sentence, head)
    return one and any(_SUPERLATIVE_EN.search(need) for need in needs)


def _names_many(sentence: Sentence, head: str) -> bool:
    """As in "the lightest models": the noun for the rows asked for stands in the plural."""
    return any(table == head and sentence.mentions[i].surface.lower().endswith("s") for i, table in sentence.tables())


def _own_time(sentence: Sentence, criterion: Criterion, head: str) -> tuple[Order, ...]:
    """As in "the quickest pipeline": of rows that last for a time, fast says how long they did."""
    layer = sentence.layer
    span = next((s for s in layer.spans if s.table == s.start[0] == s.end[0] == head), None)
    named = {sentence.owner(t) for _, t in sentence.tables()} | {
        c.table for i in range(len(sentence)) for c in sentence.columns(i) if c.role == "measure"}  # fmt: skip
    timed = bool(criterion.column[0]) and unit_kind(layer.column(criterion.column).unit) == "s"
    if span is None or not timed or criterion.table in named or criterion.column[0] in named or criterion.table == head:
        return ()
    sentence.used.update(i for i in range(len(sentence)) if sentence.criterion(i) is criterion)
    return (Order(("", span.name), criterion.descending),)


def _own_date(sentence: Sentence, criterion: Criterion) -> tuple[Order, ...]:
    """As in "등록일이 가장 빠른 모델": a date is early or late, and nothing of it is fast."""
    place = next(i for i in range(len(sentence)) if sentence.criterion(i) is criterion)
    before = sentence.neighbour(place, -1)
    before = sentence.neighbour(before, -1) if sentence.does(before, "superlative") else before
    dates = [column for column in sentence.columns(before) if column.role == "date"]
    timed = bool(criterion.column[0]) and unit_kind(sentence.layer.column(criterion.column).unit) == "s"
    if not dates or len(dates) < len(sentence.columns(before)) or not timed or sentence.is_verbal(before):
        return ()
    sentence.used.update((place, before))
    spoken = {table for _, table in sentence.tables()}
    date = next((column for column in dates if column.table in spoken), dates[0])
    return (Order(date.ref, criterion.descending),)


def asked_places(sentence: Sentence) -> tuple[int | None, int | None]:
    """The one place, and the number of rows, that a question wants of an order that is known already."""
    limit, place = _limit(sentence), _place(sentence)
    if place is None and limit is None and is_superlative(sentence):
        place = 1
    return place, limit


def _is_sorted(sentence: Sentence) -> bool:
    """As in "biggest first": the order of all, and not the first alone."""
    words = [mention.surface.lower() for mention in sentence.mentions]
    ends = any(_SUPERLATIVE_EN.search(a) and b == "first" for a, b in pairwise(words))
    return sentence.english and (ends or "sorted" in words or "sort" in words)


def is_drawback(criterion: Criterion, layer: SemanticLayer) -> bool:
    """Whether a need is the reverse of what is wanted, as slow is: something to name, not to recommend."""
    better = layer.column(criterion.column).better if criterion.column[0] else None
    if better is not None:
        return criterion.descending != (better == "high")
    against = (c for c in layer.criteria if c.column == criterion.column and c.descending != criterion.descending)
    return not criterion.scope and any(other.scope for other in against)


def _is_plain(sentence: Sentence, order: tuple[Order, ...]) -> bool:
    """Whether a measure was named outright, beside the word that also stands for a need ("best recall")."""
    named = {column.ref for i in range(len(sentence)) for column in sentence.columns(i) if not sentence.criterion(i)}
    return any(one.ref in named or one.ref == COUNTED for one in order)


def _limit(sentence: Sentence) -> int | None:
    for i, mention in enumerate(sentence.mentions):
        amount = mention.amount
        if amount is None or i in sentence.used or amount.unit not in ("count", "") or _PLACE.search(mention.surface):
            continue
        if conditions.comparison(sentence, i) is not None:
            continue
        beside = sentence.does(i - 1, "first_of", "last_of", "newest", "oldest") or (
            i > 0 and sentence.table(i - 1) is not None
        )
        behind = ("newest", "oldest", "longest", "shortest", "first_of", "last_of")
        beside = beside or sentence.does(i + 1, *behind) or (i + 1 < len(sentence) and bool(sentence.criterion(i + 1)))
        if amount.unit == "count" or beside or sentence.has("superlative", "high", "low", "many", "few"):
            sentence.used.add(i)
            return max(1, min(100, int(amount.value)))
    return None


def _place(sentence: Sentence) -> int | None:
    for i, mention in enumerate(sentence.mentions):
        if mention.amount is None or i in sentence.used:
            continue
        if mention.surface.lower() == "first" and _is_sorted(sentence):
            sentence.placed.add(i)
            continue
        if mention.amount.unit == "ordinal" or (_PLACE.search(mention.surface) and mention.amount.unit == "count"):
            sentence.placed.add(i)
            return max(1, int(mention.amount.value))
    return None


def is_superlative(sentence: Sentence) -> bool:
    if any(m.after.startswith("부터") and not m.dates for m in sentence.mentions):
        return False  # "가장 많은 사람부터": the order of all
    if sentence.has("superlative"):
        return True
    words = sentence.where("high", "low", "many", "few", "newest", "oldest", "longest", "shortest")
    surfaces = [sentence.mentions[i].surface for i in words]
    if _is_sorted(sentence):
        return False
    if sentence.english:
        taken = sentence.used | {i + 2 for i in sentence.where("exists")}  # "which of them is the fastest?"
        needs = [i for i in range(len(sentence)) if (c := sentence.criterion(i))
                 and (is_drawback(c, sentence.layer) or i in taken)]  # fmt: skip
        surfaces += [sentence.mentions[i].surface for i in needs]
        return any(_SUPERLATIVE_EN.search(surface) for surface in surfaces)
    if any(surface.isascii() and _SUPERLATIVE_EN.search(surface) for surface in surfaces):
        return True
    surfaces += [sentence.mentions[i].surface for i in range(len(sentence)) if sentence.span(i)]
    newest = any(s.startswith("최신") and not s.endswith("순") for s in surfaces)
    if newest and not sentence.has("list", "each") and not any(m.after.startswith("들") for m in sentence.mentions):
        return True
    return any(
        surface.startswith(("맨", "제일", "가장", "최고", "최저", "마지막", "최초", "꼴찌", "꼴등", "최하", "으뜸"))
        for surface in surfaces
    )


def _by_direction(sentence: Sentence, head: str) -> tuple[tuple[Order, ...], str | None] | None:
    for i in range(len(sentence)):
        span = sentence.span(i)
        if span and span[1] is not None and i not in sentence.used:
            return (Order(("", span[0].name), span[1] == "high"),), None
    for i in sentence.where(*ORDERS_DOWN):
        kinds = [s.word.does for s in sentence.mentions[i].senses if s.word and s.word.does in ORDERS_DOWN]
        if i in sentence.used or (
            sentence.english and sentence.does(i, "filler") and "first" in sentence.mentions[i].surface
        ):
            continue
        if _sorts_counts(sentence, i, head):
            return (Order(COUNTED, ORDERS_DOWN[kinds[0]]),), None
        if found := _ranked(sentence, i, kinds[0], head):
            return found
    if found := _by_turn(sentence, head):
        return found
    if named := in_named_order(sentence, head) or _from_an_end(sentence, head) or sorted_by(sentence, head):
        return (named,), None
    if (_place(sentence) is not None or sentence.has("superlative")) and (
        column := _measure_beside(sentence, len(sentence), head)
    ):
        return (Order(column.ref, _best_first(column, top=True)),), None
    return None


def _from_an_end(sentence: Sentence, head: str) -> Order | None:
    """As in "top 3 by f1", "학습 시간 하위 3개"."""
    for i in sentence.where("first_of", "last_of"):
        column = _measure_beside(sentence, i, head)
        if column is not None:
            return Order(column.ref, _best_first(column, top=sentence.does(i, "first_of")))
        if timed := longest_first(sentence, head):
            return timed
    return None


def in_order(sentence: Sentence, i: int) -> bool:
    """As in "용량순", "F1 순위": what stands before is what rows are put in order by."""
    before = sentence.mentions[i - 1] if i else None
    return before is not None and before.after == "" and sentence.mentions[i].surface.startswith("순")


def in_named_order(sentence: Sentence, head: str) -> Order | None:
    """The best or largest first; dates, which run on by themselves, from the first."""
    for i in range(1, len(sentence)):
        if not in_order(sentence, i):
            continue
        place = i - 2 if i > 1 and sentence.does(i - 1, "avg", "sum", "max", "min") else i - 1
        span, column = sentence.span(place), sentence.nearest_column(place, head)
        if span is not None and joins.connected(sentence.layer, head, span[0].table):
            sentence.used.add(place)
            return Order(("", span[0].name), descending=True)
        if column is not None and column.role in ("measure", "date", "name"):
            sentence.used.add(place)
            return Order(column.ref, column.role == "measure" and column.better != "low")
    return None


def _by_turn(sentence: Sentence, head: str) -> tuple[tuple[Order, ...], str | None] | None:
    """As in "마지막 학습" where it points to nothing shown before: the newest."""
    for i in sentence.where("ordinal_last", "ordinal_first") if not sentence.bound else []:
        kind = "newest" if sentence.does(i, "ordinal_last") else "oldest"
        if i not in sentence.used and (found := _ranked(sentence, i, kind, head)):
            return found
    return None


def _best_first(column: ColumnMeaning, *, top: bool) -> bool:
    """Whether "top" of a column means its largest first."""
    return top != (column.better == "low")


def _ranked(sentence: Sentence, i: int, kind: str, head: str) -> tuple[tuple[Order, ...], str | None] | None:
    down = ORDERS_DOWN[kind]
    if kind in ("newest", "oldest"):
        ref = _date_beside(sentence, i, head)
        return ((Order(ref, down),), None) if ref else None
    if kind in ("longest", "shortest"):
        timed = _measure_beside(sentence, i, head) if not _span_beside(sentence, i) else None
        if timed is not None and unit_kind(timed.unit) == "s":
            return (Order(timed.ref, down),), None
        span = next((s for s in sentence.layer.spans if s.table == head), None)
        lasting = Order(("", span.name), down) if span else by_time(sentence, head, descending=down)
        return ((lasting,), None) if lasting else None
    counted = counted_beside(sentence, i, head) if kind in ("many", "few") else None
    if counted is not None and not any(
        sentence.columns(j) and _is_measure_at(sentence, j, head) for j in (i - 1, i + 1)
    ):
        return (Order(COUNTED, down),), counted
    column = _measure_beside(sentence, i, head)
    if column is None and kind in ("high", "low") and (by_span := by_time(sentence, head, descending=down)):
        return (by_span,), None
    if column is None and kind in ("many", "few") and _ranks_values(sentence, head):
        return (Order(COUNTED, down),), head
    if column is None and (general := overall(sentence, i, head)):
        return general, None
    column = column or unnamed_measure(sentence, i, kind, head)
    if column is None:
        return None
    good = is_good(sentence, i)
    if good is not None:
        down = good == (column.better != "low")
    return (Order(column.ref, down),), None


def _sorts_counts(sentence: Sentence, i: int, head: str) -> bool:
    """As in "how many models per team, ascending": groups in the order of their counts, with no measure named."""
    named = any(_is_measure_at(sentence, j, head) for j in range(len(sentence)))
    return sentence.mentions[i].surface.lower().startswith(_SORTED) and sentence.has("count") and not named


def is_good(sentence: Sentence, i: int) -> bool | None:
    """Whether a word says good or bad; None for those of size, which say neither."""
    surface = sentence.mentions[i].surface.lower()
    if surface in ("best", "better", "good") or surface.startswith(("좋", "최고", "나은")):
        return True
    return False if surface in ("worst", "bad") or surface.startswith(("나쁜", "최악")) else None


def overall(sentence: Sentence, i: int, head: str) -> tuple[Order, ...] | None:
    """What "best" means of a head when no measure is named: the last of its criteria, which is the general one."""
    good = is_good(sentence, i)
    general = next((c for c in reversed(sentence.layer.criteria) if c.table == head), None)
    if good is None or general is None or sentence.criterion(i):
        return None
    return (Order(general.column, general.descending == good),)


def _span_beside(sentence: Sentence, i: int) -> bool:
    return any(sentence.span(j) for j in (i - 1, i + 1))


def _ranks_values(sentence: Sentence, head: str) -> bool:
    """As in "가장 많이 쓰는 프레임워크": the values of a category of the head, by how many rows have them."""
    category = asked_category(sentence, head)
    return category is not None and category.table == head and is_superlative(sentence)


def _is_measure_at(sentence: Sentence, j: int, head: str) -> bool:
    column = sentence.nearest_column(j, head) if 0 <= j < len(sentence) else None
    return column is not None and column.role == "measure" and sentence.table(j) is None


def _date_beside(sentence: Sentence, i: int, head: str) -> Ref | None:
    for j in (i + 1, i - 1, i + 2):
        column = sentence.nearest_column(j, head) if 0 <= j < len(sentence) else None
        if column is not None and column.role == "date" and column.table == head:
            sentence.used.add(j)
            return column.ref
    if other := _dated_noun(sentence, i + 1, head):
        return other
    date = sentence.layer.table(head).date
    return (head, date) if date else None


def ranks_own(sentence: Sentence, order: tuple[Order, ...], table: str) -> bool:
    """Whether rows are in the order of a column of that table, or of one that describes it."""
    return bool(order) and order[0].ref[0] != "" and sentence.owner(order[0].ref[0]) == table


def _dated_noun(sentence: Sentence, i: int, head: str) -> Ref | None:
    """As in "가장 오래된 데이터셋을 쓴 모델": the date of the noun that is the oldest, which is not the head."""
    table = sentence.table(i)
    if (
        sentence.english
        or table is None
        or table.name == head
        or not sentence.mentions[i].after.startswith((*OBJECT, "로"))
    ):
        return None
    dates = [table.date] if table.date else [c.name for c in table.columns if c.role == "date"]
    return (table.name, dates[0]) if len(dates) == 1 and joins.connected(sentence.layer, head, table.name) else None


def _measure_beside(sentence: Sentence, i: int, head: str) -> ColumnMeaning | None:
    """The measure named nearest to a direction word: before it in Korean, around it in English."""
    places = sorted((j for j in range(len(sentence)) if j not in sentence.used),
                    key=lambda j: (abs(j - i), j > i))  # fmt: skip
    if not sentence.english:
        places = [j for j in places if j < i] + [j for j in places if j > i]
    for j in places:
        if j == i:
            continue
        column = sentence.nearest_column(j, head)
        if column is not None and column.role == "measure":
            sentence.used.add(j)
            return column
    return None
