"""Reads what there is for each of others: 기가당 샘플, 과제당 평균 데이터셋 수, models per project on average."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Query, Ref
from agent.offline.reading.figures import measures
from agent.offline.words.sentence import Sentence

_EACH = ("마다", "별")
_ONE = ("하나", "한", "each", "a", "single")


def for_each(sentence: Sentence, query: Query) -> Query | None:
    """A column by another of the same row ("기가당 샘플"), or rows by rows; None where neither is asked."""
    if ratio := measures.per_unit(sentence, query.head):
        return replace(query, measure="per", of=ratio)
    return _rows_for_each(sentence, query)


def _rows_for_each(sentence: Sentence, query: Query) -> Query | None:
    """The mean of how many rows of one table there are for each of another's."""
    averages = sentence.where("avg")
    if not averages or sentence.has("superlative", "max", "min", "sum", "rate", "share"):
        return None
    found = next(((i, place) for i in range(len(sentence)) if (place := _divisor(sentence, i)) is not None), None)
    if found is None or names_measure(sentence, found[1]):
        return None
    word, place = found
    table, of = _of_each(sentence, place, query.head)
    counted = _counted(sentence, place, table)
    if table is None or counted is None:
        return None
    above = table == counted if of else joins.is_below(sentence.layer, table, counted)
    if not above and not (of and joins.is_below(sentence.layer, table, counted)):
        return None
    sentence.used.update((*averages, word, place))
    present = tuple(one for one in query.present if one != counted)  # each has its number, if it be none
    return replace(query, head=table, counted=counted, measure="mean", of=of, zero=True, every=True, present=present)


def _divisor(sentence: Sentence, i: int) -> int | None:
    """Where the noun stands that each is of: 과제 of 과제당 and 과제 하나당, project of "per project"."""
    if sentence.english:
        return i + 1 if sentence.does(i, "per_unit", "each") and _is_kind(sentence, i + 1) else None
    if sentence.mentions[i].after.startswith(_EACH) and _is_kind(sentence, i):
        return i
    is_particle = sentence.mentions[i].surface in _ONE and sentence.mentions[i].after.startswith("당")
    if not sentence.does(i, "per_unit") and sentence.mentions[i].surface not in _EACH and not is_particle:
        return None
    place = i - 1
    while place > 0 and (sentence.mentions[place].surface in _ONE or _is_one(sentence, place)):
        sentence.used.add(place)
        place -= 1
    return place if _is_kind(sentence, place) else None


def _is_one(sentence: Sentence, i: int) -> bool:
    amount = sentence.mentions[i].amount
    return amount is not None and amount.value == 1


def _is_kind(sentence: Sentence, i: int) -> bool:
    roles = {column.role for column in sentence.columns(i)}
    return not sentence.values(i) and (sentence.table(i) is not None or "category" in roles)


def _of_each(sentence: Sentence, place: int, head: str) -> tuple[str | None, tuple[Ref, ...]]:
    """The table of the divisor, and the category whose values it is, where it is no table."""
    table = sentence.table(place)
    if table is not None:
        return table.name, ()
    column = sentence.nearest_column(place, head)
    return (column.table, (column.ref,)) if column is not None else (None, ())


def _counted(sentence: Sentence, place: int, table: str | None) -> str | None:
    """The table whose rows are counted: one that is spoken of beside, or whose state is."""
    spoken = [one for i, one in sentence.tables() if i != place and not sentence.values(i)]
    stated = [value.table for i in range(len(sentence)) if sentence.table(i) for value in sentence.values(i)]
    kinds = [value.table for i in range(len(sentence)) if i != place for value in sentence.values(i)]
    found = [
        one for one in ((*spoken, *stated) or kinds) if table is None or joins.connected(sentence.layer, table, one)
    ]
    return found[-1] if found else None


def names_measure(sentence: Sentence, place: int) -> bool:
    """Whether it is a column that is averaged for what stands there: 팀별 평균 F1, GPU당 평균 학습 시간."""
    others = [i for i in range(len(sentence)) if i != place and not sentence.table(i) and not sentence.does(i, "count")]
    timed = any(sentence.span(i) for i in others) or measures.asks_time(sentence)
    return timed or any(column.role == "measure" for i in others for column in sentence.columns(i))
