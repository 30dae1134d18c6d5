"""Takes a need that is told of size for the size that the rows asked for have: the heaviest dataset, in GB."""

from agent.offline.query.query import Order
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


def _names(column: ColumnMeaning) -> set[str]:
    return {fold(name) for name in (column.label.ko, column.label.en, *column.synonyms)}
