"""Ranks rows by the size of what they have: the models of "제일 큰 데이터셋을 쓴 모델", by that of their data."""

from agent.offline.query import joins
from agent.offline.query.query import Ref
from agent.offline.words.sentence import Sentence


def measured_noun(sentence: Sentence, i: int, head: str) -> tuple[str, Ref | None] | None:
    """The table whose row the direction word at `i` stands before, and its measure; None where that is the head."""
    table = _table(sentence, i + 1)
    if table is None or sentence.mentions[i].after or sentence.layer.table(table).person:
        return None  # "제일 큰 거 담당자" is somebody's, and nobody is large
    if sentence.owner(table) == head or not joins.connected(sentence.layer, head, table):
        return None
    if not any(spoken == head for place, spoken in sentence.tables() if place != i + 1):
        return None
    measures = [c for c in sentence.layer.table(table).columns if c.role == "measure"]
    sized = [column for column in measures if column.unit in ("GB", "MB", "KB", "TB")] or measures
    return table, sized[0].ref if len(sized) == 1 else None


def _table(sentence: Sentence, place: int) -> str | None:
    """The table of the noun that stands there, which may be a kind of its rows: 체크포인트."""
    if not 0 <= place < len(sentence) or sentence.is_name(place):
        return None
    table = sentence.table(place)
    if table is not None:
        return None if table.part_of else table.name
    return next((value.table for value in sentence.values(place) if value.table in sentence.kinds_spoken()), None)
