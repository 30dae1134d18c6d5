"""Reads what rows asked for must lack, or must have: F1이 없는, 모델을 등록 안 한, 프로젝트가 있는."""

from collections.abc import Iterator

from agent.offline.query import joins
from agent.offline.query.query import Filter, Ref
from agent.offline.reading.figures.left_out import leaves_out_a_column
from agent.offline.reading.heads import is_never
from agent.offline.words.kind_of_value import names_its_kind
from agent.offline.words.particles import ALSO, NOT
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning

_IS_NOT = ("isn't", "aren't", "wasn't", "weren't", "not", "was not", "were not")
"""Rows that are no such thing: "datasets that aren't images" have some measure all the same."""
_HAVING = ("측정된", "측정한", "기록된", "매겨진", "measured", "recorded", "있는", "있고", "있던",
           "가진", "보유한", "갖춘", "having", "that have", "who have")  # fmt: skip


def missing_filters(sentence: Sentence, head: str) -> tuple[list[Filter], list[str]]:
    """Columns asked to be empty, and tables in which a row asked for must lack one."""
    filters, absent = [], []
    for i in sentence.where("no_value", "negate"):
        place = _after_absence(sentence, i) if sentence.english else _before_absence(sentence, i)
        undone = sentence.mentions[i].surface in NOT and (
            _end_of_span(sentence, i + 1, head) is not None or _is_deed_undone(sentence, i, head)
        )
        if undone and not _is_of_others(sentence, place, head):
            place = i + 1
        column = sentence.nearest_column(place, head) if place >= 0 else None
        table = sentence.table(place)
        plain = not sentence.does(i, "no_value")
        done = sentence.mentions[i].surface in NOT or sentence.mentions[i].surface.startswith("않")
        done = done or is_never(sentence, i) or _is_undone(sentence, i, place)
        if i in sentence.used or place < 0 or (plain and not _can_lack(sentence, place, column, done)):
            continue
        said_of = plain and names_its_kind(sentence, place - 1, place)
        if said_of or (plain and leaves_out_a_column(sentence, i, place)):
            continue
        if place == i + 1 and column is not None and column.role == "measure" and _says_is_not(sentence, i):
            continue
        dated = _end_of_span(sentence, place, head) if done else None
        if dated is not None:
            filters.append(Filter(dated, "null"))
        elif table is not None and table.name != head:
            absent.append(table.name)
        elif column is not None:
            filters += [Filter(column.ref, "null"), *_joined(sentence, place, head)]
        elif thing := _thing_of(sentence, i, place, head):
            absent.append(thing)
            sentence.used.add(i)
            continue
        else:
            continue
        sentence.used.update((i, place))
    return filters, absent


def _is_undone(sentence: Sentence, i: int, place: int) -> bool:
    """As in "models that are not evaluated": a deed that rows of another table tell of."""
    deed = place == i + 1 and sentence.table(place) is not None and sentence.is_verbal(place)
    return sentence.english and deed and sentence.mentions[i].surface.lower().endswith("not")


def _thing_of(sentence: Sentence, i: int, place: int, head: str) -> str | None:
    """As in "people without anything in production": the rows below the head that a category tells of."""
    said = {mention.surface.lower() for mention in sentence.mentions[i + 1 : place]}
    tables = {value.table for value in sentence.values(place)}
    if not sentence.english or not said & {"anything", "something"} or sentence.is_name(place) or len(tables) != 1:
        return None
    table = next(iter(tables))
    return table if table != head and joins.is_below(sentence.layer, head, table) else None


def _says_is_not(sentence: Sentence, i: int) -> bool:
    return sentence.english and sentence.mentions[i].surface.lower() in _IS_NOT


def _is_deed_undone(sentence: Sentence, i: int, head: str) -> bool:
    """As in "아직 안 평가된 모델": rows of another table say that something was done."""
    table = sentence.table(i + 1)
    return table is not None and table.name != head and sentence.is_verbal(i + 1)


def _is_of_others(sentence: Sentence, place: int, head: str) -> bool:
    """As in "학습은 안 돌린 프로젝트": a noun for other rows than those asked for, of which there are none."""
    table = sentence.table(place)
    return table is not None and table.name != head and joins.is_below(sentence.layer, head, table.name)


def _joined(sentence: Sentence, place: int, head: str) -> Iterator[Filter]:
    """As in "F1도 mAP도 없는": the columns before the one that is lacked, joined to it."""
    j = place - 1
    while j >= 0 and sentence.mentions[j].after in ALSO and not sentence.values(j):
        column = sentence.nearest_column(j, head)
        if column is None or sentence.table(j) is not None:
            return
        sentence.used.add(j)
        yield Filter(column.ref, "null")
        j -= 1


def _end_of_span(sentence: Sentence, i: int, head: str) -> Ref | None:
    """The date that says when rows of the head began or ended, where the mention names it."""
    ends = {ref for span in sentence.layer.spans if span.start[0] == span.end[0] for ref in (span.start, span.end)}
    dated = [c.ref for c in sentence.columns(i) if c.ref in ends]
    return next((ref for ref in dated if ref[0] == head), dated[0] if dated else None)


def _can_lack(sentence: Sentence, place: int, column: ColumnMeaning | None, done: bool) -> bool:
    """Whether a plain negation after `place` means that something is not there: 모델을 등록 안 한, F1이 안 나온."""
    refs = {value.ref for value in sentence.values(place)}
    others = (j for j in range(len(sentence)) if j != place and any(v.ref in refs for v in sentence.values(j)))
    if done and (dated := [c for c in sentence.columns(place) if c.role == "date"]) and not any(True for _ in others):
        return any(c.ref in (span.start, span.end) for c in dated for span in sentence.layer.spans)
    if sentence.values(place):
        return False
    if done and (sentence.table(place) is not None or (column is not None and column.role != "name")):
        return True
    return column is not None and column.role == "category"


def having_filters(sentence: Sentence, head: str) -> tuple[list[Filter], list[str]]:
    """Columns asked to be filled, and tables of which a row asked for must have one: mAP이 있는, 프로젝트가 있는."""
    filters, present = [], []
    for i, mention in enumerate(sentence.mentions):
        owns = (
            mention.surface.lower() == "have" and sentence.english and sentence.does(0, "exists") and sentence.is_one()
        )
        says = owns or mention.surface.lower().startswith(_HAVING)
        if not says or not (sentence.does(i, "exists") or sentence.is_filler(i)) or _still_does(sentence, i):
            continue
        place = sentence.neighbour(i, 1) if sentence.english else sentence.neighbour(i, -1)
        if place < 0 or place in sentence.used or sentence.values(place) or i == len(sentence) - 1:
            continue
        if not sentence.english and sentence.mentions[place].after.startswith("에"):
            continue  # "스테이징 단계에 있는" says where it is
        column, table = sentence.nearest_column(place, head), sentence.table(place)
        if table is not None and table.name != head and joins.is_below(sentence.layer, head, table.name):
            present.append(table.name)
        elif table is None and column is not None and column.role in ("measure", "text", "category"):
            filters.append(Filter(column.ref, "null", negated=True))
        else:
            continue
        sentence.used.update((i, place))
    return filters, present


def _still_does(sentence: Sentence, i: int) -> bool:
    """As in "먹고 있는": what goes on, and not what there is."""
    before = sentence.mentions[i - 1] if i else None
    return before is not None and not sentence.english and (before.surface + before.after).endswith("고")


def _after_absence(sentence: Sentence, i: int) -> int:
    """What is lacked: past what was never done to it, and past a category of it ("no production models")."""
    place = sentence.neighbour(i, 1)
    while place >= 0 and sentence.table(place) is None and not sentence.is_name(place):
        later = sentence.neighbour(place, 1)
        beside = sentence.table(later)
        own = beside is not None and any(value.table == beside.name for value in sentence.values(place))
        if not own and not (is_never(sentence, i) and sentence.is_verbal(place) and later >= 0):
            break
        place = later
    return place


def _before_absence(sentence: Sentence, i: int) -> int:
    place = sentence.neighbour(i, -1)
    while place >= 0 and sentence.does(place, "list"):
        place = sentence.neighbour(place, -1)
    return place
