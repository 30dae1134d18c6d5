"""Reads when rows are asked to be of: the date named beside a time, the head's own; 2024년에 만든 거 빼고."""

from agent.offline.query import joins
from agent.offline.query.query import Filter, Ref
from agent.offline.words.particles import NOT
from agent.offline.words.sentence import Sentence


def date_filters(sentence: Sentence, head: str) -> list[Filter]:
    """Conditions from dates, on the date column named beside them or the head's own."""
    filters = []
    for i, mention in enumerate(sentence.mentions):
        if mention.dates is None or i in sentence.used:
            continue
        leaves = leaving(sentence, i)
        ref = _date_column(sentence, i, head)
        if ref is not None:
            sentence.used.update((i,) if leaves is None else (i, leaves))
            times = (mention.dates.start, mention.dates.end)
            filters.append(Filter(ref, "between", times, negated=leaves is not None))
    return filters


def _date_column(sentence: Sentence, i: int, head: str) -> Ref | None:
    for j in (sentence.neighbour(i, 1), sentence.neighbour(i, -1), i + 1, i - 1):
        column = sentence.nearest_column(j, head) if j >= 0 else None
        if column is not None and column.role == "date" and joins.distance(sentence.layer, head, column.table) <= 1:
            sentence.used.add(j)
            return column.ref
    if event := _event_after(sentence, i, head):
        return event
    own = sentence.layer.table(head).date
    if own is not None:
        return (head, own)
    spoken = [table for _, table in sentence.tables(verbal=True)]
    return next(((t, date) for t in spoken if (date := sentence.layer.table(t).date)), None)


def _event_after(sentence: Sentence, i: int, head: str) -> Ref | None:
    """As in "지난달에 입원한 환자": the date of what a date stands right before, where that is not the head."""
    for j in range(i + 1, len(sentence)):
        table = sentence.table(j)
        values = () if table is not None else sentence.nearest_values(j, head)
        name = table.name if table is not None else values[0].table if values else None
        if name == head:
            return None
        if name is not None and joins.connected(sentence.layer, head, name):
            date = sentence.layer.table(name).date
            return (name, date) if date and not sentence.english else None
    return None


def leaving(sentence: Sentence, i: int) -> int | None:
    """The place of the word by which rows of the time at `i` are left out; None where they are asked for."""
    step = -1 if sentence.english else 1
    place = i + step
    while 0 <= place < len(sentence) and _stands_between(sentence, place):
        place += step
    if not sentence.does(place, "negate") or sentence.mentions[place].surface in NOT:
        return None
    return place


def _stands_between(sentence: Sentence, i: int) -> bool:
    """A bare word for rows, or what was done to them: 만든 거, those created."""
    if sentence.does(i, "negate"):
        return False
    is_deed = any(column.role == "date" for column in sentence.columns(i)) and not sentence.values(i)
    return sentence.is_filler(i) or is_deed or (sentence.english and sentence.does(i, "that", "those"))
