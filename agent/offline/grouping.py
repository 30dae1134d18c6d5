"""Reads what a question counts or measures, and by what it groups."""

from dataclasses import dataclass

from agent.offline.query import Filter, Measure, Ref
from agent.offline.sentence import Sentence
from db.catalog.meaning import ColumnMeaning


@dataclass(frozen=True, slots=True)
class Grouping:
    """`head`: a table to take as head instead. `rows`: each row of the head is asked for ("모델별로")."""

    groups: tuple[Ref, ...] = ()
    head: str | None = None
    counted: str | None = None
    zero: bool = False
    having: tuple[str, float] | None = None


def grouping(sentence: Sentence, head: str, filters: list[Filter]) -> Grouping:
    """What the question groups by; no groups when it doesn't."""
    for i in sentence.where("each"):
        if found := _each(sentence, i, head):
            return found
    if found := _several(sentence, head):
        return found
    several = [one for one in filters if one.op == "=" and len(one.values) > 1 and not one.negated]
    if several and _counts(sentence) and (sentence.has("compare", "each") or (len(several) == 1 and _versus(sentence))):
        return Grouping((several[0].ref,))
    return Grouping()


def _versus(sentence: Sentence) -> bool:
    return any(mention.unknown and mention.surface == "대" for mention in sentence.mentions)


def _counts(sentence: Sentence) -> bool:
    return sentence.has("count")


def _each(sentence: Sentence, i: int, head: str) -> Grouping | None:
    before = not sentence.english and sentence.mentions[i].surface not in ("각", "각각", "씩", "각자")
    place = i - 1 if before else i + 1
    table = sentence.table(place)
    if table is not None:
        return _by_table(sentence, i, place, table.name, head)
    column = sentence.nearest_column(place, head) if 0 <= place < len(sentence) else None
    if column is None or column.role == "measure":
        return None
    sentence.used.update((i, place))
    return Grouping((column.ref,))


def _by_table(sentence: Sentence, i: int, place: int, table: str, head: str) -> Grouping:
    sentence.used.update((i, place))
    groups = tuple((table, name) for name in sentence.layer.table(table).display)
    others = [other for j, other in sentence.tables() if j != place and sentence.owner(other) != table]
    counted = (others[0] if sentence.english else others[-1]) if others else None
    return Grouping(groups, table, counted or (head if head != table else None), zero=True)


def _several(sentence: Sentence, head: str) -> Grouping | None:
    """As in "버전이 여러 개인 모델", "more than one project"."""
    for i in sentence.where("many_of"):
        place = i + 1 if sentence.english else sentence.neighbour(i, -1)
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


def measured(sentence: Sentence, head: str) -> tuple[Measure, tuple[Ref, ...]]:
    """The aggregate asked for and its columns; ("rows", ()) when rows are asked for."""
    for name in ("avg", "sum", "max", "min"):
        places = sentence.where(name)
        if not places:
            continue
        columns = _measures(sentence, head)
        if columns:
            sentence.used.update(places)
            return _AGGREGATES[name], columns
    return "rows", ()


_AGGREGATES: dict[str, Measure] = {"avg": "avg", "sum": "sum", "max": "max", "min": "min"}


def _measures(sentence: Sentence, head: str) -> tuple[Ref, ...]:
    found: list[Ref] = []
    for i in range(len(sentence)):
        span = sentence.span(i)
        column = sentence.nearest_column(i, head)
        if i in sentence.used:
            continue
        if column is not None and column.role == "measure":
            found.append(column.ref)
        elif span and span[0].table == head:
            found.append(("", span[0].name))
        else:
            continue
        sentence.used.add(i)
    return tuple(dict.fromkeys(found))


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
        if _is_measure(after) and sentence.mentions[i].surface == "몇":
            continue
        if _is_measure(before) and i - 1 not in sentence.used:
            continue
        if before is not None and i - 1 not in sentence.used:
            sentence.used.add(i - 1)
        return True
    return sentence.has("sum") and sentence.has("how_much") and not _measures(sentence, head)
