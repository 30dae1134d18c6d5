"""Reads what is counted where a question ranks by many or few."""

from agent.offline.query import joins
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning


def counted_beside(sentence: Sentence, i: int, head: str) -> str | None:
    """As in "프로젝트를 가장 많이 가진 사람", "the most projects"."""
    step = 1 if sentence.english else -1
    j = i + step
    passed = ("superlative", "many", "few", "exists", "count", *(() if sentence.english else ("who",)))
    while 0 <= j < len(sentence) and (sentence.is_filler(j) or sentence.does(j, *passed)):
        j += step
    j = past_kind(sentence, j) if sentence.english else j
    after = sentence.table(i + 1)
    if not sentence.english and sentence.mentions[i].surface.endswith("은") and after and after.name != head:
        j = i + 1
    j = _used_most(sentence, i) if sentence.english and j >= len(sentence) else j
    table = sentence.table(j)
    if table is None and (below := _told_by(sentence, j, head)):
        return below
    concept = sentence.concept(j) if 0 <= j < len(sentence) else None
    if concept is not None and concept.table != head:
        sentence.used.add(j)
        return concept.table
    if table is None or (sentence.owner(table.name) == head and not asked_category(sentence, head)):
        return None
    sentence.used.add(j)
    return table.name


def past_kind(sentence: Sentence, j: int) -> int:
    """As in "most registered models", "most archived models": the noun behind what its own rows are said to be."""
    place = j
    while place >= 0 and sentence.table(place) is None and not sentence.is_name(place):
        named = {c.table for c in sentence.columns(place) if c.role == "date" and sentence.is_verbal(place)}
        named |= {value.table for value in sentence.values(place)}
        place = sentence.neighbour(place, 1)
        table = sentence.table(place)
        if not named or (table is not None and table.name not in named):
            return j
    return place if place >= 0 and sentence.table(place) is not None else j


def _told_by(sentence: Sentence, j: int, head: str) -> str | None:
    """As in "체크포인트를 가장 많이 남긴 파이프라인", "GPU를 제일 많이 쓴 팀": rows below, by their kind."""
    if not 0 <= j < len(sentence):
        return None
    named = {value.table for value in sentence.values(j)}
    told = named or {column.table for column in sentence.columns(j) if column.role == "category"}
    if told == {head} and not named and sentence.nearest_column(j, head) is not None:
        other = asked_category(sentence, head)
        if other is None or other.table == head:
            return None
        sentence.used.add(j)
        return head
    below = [table for table in told if table != head and joins.is_below(sentence.layer, head, table)]
    return below[0] if len(below) == len(told) == 1 else None


def _used_most(sentence: Sentence, i: int) -> int:
    """As in "trained on the most": where the deed stands that is counted, with nothing behind."""
    before = sentence.neighbour(i, -1)
    is_deed = before >= 0 and sentence.table(before) is not None and sentence.is_verbal(before)
    return before if is_deed else len(sentence)


def asked_category(sentence: Sentence, head: str) -> ColumnMeaning | None:
    """The category that is asked for by how many rows it has: "프로젝트가 가장 많은 팀"."""
    turns = sentence.where("many", "few", "high", "low") if not sentence.english else []
    for i in sorted(range(len(sentence)), key=lambda place: bool(turns) and place < turns[0]):
        column = sentence.nearest_column(i, head)
        if column is not None and column.role == "category" and i not in sentence.used and not sentence.values(i):
            return column
    return None


def past_who(sentence: Sentence, i: int) -> int:
    """As in "데이터셋을 누가 제일 많이": what is counted stands before who has it."""
    return sentence.neighbour(i, -1) if sentence.does(i, "who") else i
