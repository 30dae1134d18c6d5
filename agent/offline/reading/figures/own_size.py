"""Takes a need that is told of size for the size that the rows asked for have: the heaviest dataset, in GB."""

from collections.abc import Callable

from agent.offline.query.query import Order
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning, Criterion
from db.catalog.values import fold


def own_size(sentence: Sentence, criterion: Criterion, head: str, own: ColumnMeaning | None) -> tuple[Order, ...]:
    """The order by the head's own measure, where it is called as the need's column of another table is."""
    if own is None or not criterion.column[0] or criterion.table == head:
        return ()
    table = sentence.layer.table(head)
    other = sentence.layer.column(criterion.column)
    spoken = {one for _, one in sentence.tables()} | {
        c.table for i in range(len(sentence)) for c in sentence.columns(i)
    }
    if table.part_of or criterion.table in spoken or not _names(own) & _names(other):
        return ()
    sentence.used.update(i for i in range(len(sentence)) if sentence.criterion(i) is criterion)
    return (Order(own.ref, criterion.descending),)


def sized_kind(sentence: Sentence, is_kind: Callable[[Sentence, str, str], bool]) -> str | None:
    """As in "제일 무거운 체크포인트": the table of what is spoken of by its kind, where a need is told of its size."""
    places = range(len(sentence))
    needs = [criterion for i in places if (criterion := sentence.criterion(i)) and criterion.column[0]]
    kinds = {v.table for i in places for v in sentence.values(i) if is_kind(sentence, v.table, v.column)}
    own = default_measure(sentence, next(iter(kinds))) if len(kinds) == 1 else None
    if own is None or not all(_names(own) & _names(sentence.layer.column(need.column)) for need in needs):
        return None
    return own.table


def _names(column: ColumnMeaning) -> set[str]:
    return {fold(name) for name in (column.label.ko, column.label.en, *column.synonyms)}
