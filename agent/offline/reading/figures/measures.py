"""Reads what a question counts, adds up or averages."""

import re

from agent.offline.query import joins
from agent.offline.query.query import Measure, Query, Ref
from agent.offline.words.kind_words import KINDS, KINDS_IN_ENGLISH
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning

_KINDS = (*KINDS, *KINDS_IN_ENGLISH)
_AGGREGATES: tuple[Measure, ...] = ("avg", "sum", "max", "min")


def aggregates(sentence: Sentence) -> tuple[Measure, ...]:
    """The aggregates asked for, in the order of their words."""
    found = {i: name for name in _AGGREGATES for i in sentence.where(name)}
    return tuple(dict.fromkeys(found[i] for i in sorted(found)))


def measured(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """The columns and spans to aggregate; () when the question names none."""
    columns = _measures(sentence, head)
    if columns:
        sentence.used.update(i for name in _AGGREGATES for i in sentence.where(name))
    return columns


def _measures(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    found: list[Ref] = []
    for i in range(len(sentence)):
        span = sentence.span(i)
        column = sentence.nearest_column(i, head)
        if i in sentence.used:
            continue
        if sentence.does(i, "count") and column is not None and column.table != head:
            continue
        if column is not None and column.role == "measure":
            found.append(column.ref)
        elif span and joins.connected(sentence.layer, head, span[0].table):
            found += [] if found and sentence.does(sentence.neighbour(i, -1), "how_much") else [("", span[0].name)]
        else:
            continue
        sentence.used.add(i)
    return tuple(dict.fromkeys(found))


def is_additive(sentence: Sentence, ref: Ref) -> bool:
    """Whether sums of a column say something: sizes, counts and times do, scores don't."""
    if not ref[0]:
        return True
    column = sentence.layer.column(ref)
    return not column.ratio and column.better is None


def counts_too(sentence: Sentence, head: str) -> bool:
    """Whether rows are counted beside an aggregate: "개수랑 총 용량", and not "샘플 수의 평균"."""
    for i in sentence.where("count"):
        before = sentence.nearest_column(i - 1, head) if i else None
        after = sentence.nearest_column(i + 1, head) if i + 1 < len(sentence) else None
        if not _is_measure(before) and not _is_measure(after) and not sentence.mentions[i].surface.startswith("몇"):
            return True
    return False


def table_of(sentence: Sentence, ref: Ref) -> str:
    return ref[0] or next(span.table for span in sentence.layer.spans if span.name == ref[1])


_TIMES = re.compile(r"^(?:몇 ?(?:시간|분|초|일)|며칠|얼마나 오래|how long|시간|hours?)", re.IGNORECASE)


def asks_time(sentence: Sentence) -> bool:
    """Whether what is asked for is a length of time: 몇 시간, how long."""
    return any(sentence.does(i, "how_much") and _TIMES.match(m.surface) for i, m in enumerate(sentence.mentions))


def lasting(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """How much of something was used, where no measure is named: how long what uses it lasted."""
    used = [c.table for i in range(len(sentence)) for c in sentence.columns(i) if c.role == "category"]
    spans = [s for s in sentence.layer.spans if s.start[0] == s.end[0] == s.table and s.table in (head, *used)]
    return (("", spans[0].name),) if spans else ()


def per_unit(sentence: Sentence, head: str) -> tuple[Ref, ...] | None:
    """As in "기가당 샘플": the two columns of a quotient."""
    for i in sentence.where("per_unit"):
        divisor, dividend = sentence.nearest_column(i - 1, head), sentence.nearest_column(i + 1, head)
        if _is_measure(divisor) and _is_measure(dividend):
            sentence.used.update((i - 1, i, i + 1))
            return (dividend.ref, divisor.ref)  # type: ignore[union-attr] # _is_measure says that both are there
    return None


def _is_measure(column: ColumnMeaning | None) -> bool:
    return column is not None and column.role == "measure"


def is_count(sentence: Sentence, head: str) -> bool:
    """Whether rows are counted: "몇 GB" and "샘플이 몇 개" ask for a column instead."""
    for i in sentence.where("count"):
        after = sentence.nearest_column(i + 1, head) if i + 1 < len(sentence) else None
        before = sentence.nearest_column(i - 1, head) if i else None
        if sentence.mentions[i].surface == "몇" and (_is_measure(after) or sentence.does(i + 1, "how_much")):
            continue
        if _is_measure(before) and (i - 1 not in sentence.used or sentence.has_contrast()):
            continue
        if (
            sentence.english
            and sentence.does(i + 1, "many")
            and sentence.has_contrast()
            and _measured_next(sentence, i + 2, head)
        ):
            continue  # "how many more samples does A have than B"
        alone = sentence.english and _is_measure(after) and sentence.table(i + 1) is None
        if alone and (_is_of_one(sentence) or _is_below(sentence, head, after)):
            continue  # "how many samples are in X", "how many images does the project have"
        if before is not None and i - 1 not in sentence.used and _kind_counted(sentence, i - 1, head) is None:
            sentence.used.add(i - 1)
        return True
    return sentence.has("sum") and sentence.has("how_much") and not _measures(sentence, head)


def _measured_next(sentence: Sentence, i: int, head: str) -> bool:
    column = sentence.nearest_column(i, head) if i < len(sentence) else None
    return _is_measure(column) and sentence.table(i) is None


def _is_below(sentence: Sentence, head: str, column: ColumnMeaning | None) -> bool:
    return column is not None and column.table != head and joins.is_below(sentence.layer, head, column.table)


def _is_of_one(sentence: Sentence) -> bool:
    """Whether one row is named, or pointed to by its place: "how many samples does the second one have"."""
    placed = (m.amount is not None and m.amount.unit == "ordinal" for m in sentence.mentions)
    return sentence.is_one() or sentence.has("ordinal_first", "ordinal_last", "it", "that") or any(placed)


def _kind_counted(sentence: Sentence, i: int, head: str) -> Ref | None:
    """As in "팀이 몇 개": a category right before the counting word, no table between."""
    column = sentence.nearest_column(i, head)
    is_kind = column is not None and column.role == "category" and sentence.table(i) is None and not sentence.values(i)
    return column.ref if is_kind and column is not None else None


def kinds_counted(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    """The category whose different values are counted: "팀이 몇 개야?", "how many frameworks"."""
    for i in sentence.where("count"):
        place = i + 1 if sentence.english else i - 1
        while not sentence.english and sentence.does(place, "sum"):
            place -= 1  # "팀이 총 몇 개"
        if i + 1 < len(sentence) and sentence.mentions[i + 1].surface in _KINDS:
            sentence.used.add(i + 1)
        if 0 <= place < len(sentence) and place not in sentence.used and (ref := _kind_counted(sentence, place, head)):
            return (ref,)
    return ()


def counts_values(sentence: Sentence, head: str) -> bool:
    """As in "how many frameworks do our runs use": right behind the question for a number stands a category."""
    if not sentence.english or sentence.has("each"):
        return False
    for place in (i + 1 for i in sentence.where("count") if i + 1 < len(sentence)):
        column = sentence.nearest_column(place, head)
        alone = sentence.table(place) is None and sentence.table(place + 1) is None and not sentence.values(place)
        many = alone and sentence.mentions[place].surface.lower().endswith("s")
        if column is not None and column.role == "category" and many:
            return True
    return False


def is_told_of_one(query: Query, sentence: Sentence) -> bool:
    """Whether the question is about one row that was spoken of before: its own time is no total."""
    key = (query.head, sentence.layer.table(query.head).primary_key)
    return any(f.ref == key and f.op == "=" and len(f.values) == 1 and not f.negated for f in query.filters)
