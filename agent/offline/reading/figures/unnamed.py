"""Reads by what rows are ranked where no measure is named: their own size, or that of what they have."""

from dataclasses import dataclass

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning


def unnamed_measure(sentence: Sentence, i: int, kind: str, head: str) -> ColumnMeaning | None:
    """By what the direction word at `i` ranks: as in "제일 큰 데이터셋을 쓴 모델", by the noun it stands before."""
    noun = measured_noun(sentence, i, head) if kind in ("high", "low") else None
    if noun is not None:
        return noun.measure
    if sentence.criterion(i) or (sentence.english and kind in ("many", "few")):
        return None
    tables = [head, *(v.table for j in range(len(sentence)) for v in sentence.nearest_values(j, head))]
    return next((c for table in tables if (c := default_measure(sentence, table))), None)


def default_measure(sentence: Sentence, head: str) -> ColumnMeaning | None:
    """What "large" means of a head when no measure is named: its only measure, or the one in bytes."""
    measures = [c for c in sentence.layer.table(head).columns if c.role == "measure"]
    sized = [column for column in measures if column.unit in ("GB", "MB", "KB", "TB")]
    chosen = sized or measures
    return chosen[0] if len(chosen) == 1 else None


@dataclass(frozen=True, slots=True)
class Noun:
    """What a direction word stands before, other than the rows asked for; `measure` where it has one."""

    table: str
    measure: ColumnMeaning | None


def measured_noun(sentence: Sentence, i: int, head: str) -> Noun | None:
    """The noun of another table that the direction word at `i` stands before; None where it is the head's."""
    table = _table(sentence, i + 1)
    if table is None or sentence.mentions[i].after or sentence.layer.table(table).person:
        return None  # "제일 큰 거 담당자" is somebody's, and nobody is large
    if sentence.owner(table) == head or not joins.connected(sentence.layer, head, table):
        return None
    if not any(spoken == head for place, spoken in sentence.tables() if place != i + 1):
        return None
    return Noun(table, default_measure(sentence, table))


def _table(sentence: Sentence, place: int) -> str | None:
    """The table of the noun that stands there, which may be a kind of its rows: 체크포인트."""
    if not 0 <= place < len(sentence) or sentence.is_name(place):
        return None
    table = sentence.table(place)
    if table is not None:
        return None if table.part_of else table.name
    return next((value.table for value in sentence.values(place) if value.table in sentence.kinds_spoken()), None)
