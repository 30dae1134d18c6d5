"""What was spoken of last in a talk: the rows of a table, the value of a column, the kind of thing."""

from agent.offline.query.query import Filter, Ref
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from db.catalog.meaning import SemanticLayer


def spoken_of(
    frames: tuple[Frame, ...], layer: SemanticLayer, table: str, *, many: bool = False
) -> tuple[tuple[Shown, ...], tuple[Filter, ...]] | None:
    """The newest rows or names of `table` that were spoken of; of a ranking the first row, unless `many` are meant.

    Of a question that found nothing only the names count: what it asked of them did not hold.
    """
    for frame in frames:
        query = frame.query
        if query is not None and query.groups and frame.spoken and table in (query.head, query.counted):
            return (), tuple(dict.fromkeys((*query.filters, *frame.spoken)))
        if rows := frame.of(table):
            is_ordered = frame.style in ("recommend", "best") and (query is None or query.place is None)
            rows = rows[:1] if is_ordered and not (many and query is not None and query.limit) else rows
            return rows, filter_on(rows, layer)
        if spoken := tuple(one for one in frame.spoken if one.ref[0] == table):
            return (), identity(spoken, table, layer) or spoken
        if frame.query is not None and frame.query.head == table and frame.query.filters:
            return (), identity(frame.query.filters, table, layer) or frame.query.filters
    return None


def spoken_value(frames: tuple[Frame, ...], ref: Ref) -> Filter | None:
    """The value of a column that was spoken of last, or that the one row shown last has."""
    for frame in frames:
        if spoken := next((one for one in frame.spoken if one.ref == ref), None):
            return spoken
        value = frame.main[0].get(ref[1]) if len(frame.main) == 1 and frame.main[0].table == ref[0] else None
        if value is not None:
            return Filter(ref, "=", (value,))
    return None


def newest_person(frames: tuple[Frame, ...], people: tuple[str, ...], layer: SemanticLayer) -> str | None:
    """The kind of person that was spoken of last: a doctor, or a patient."""
    return next((one for frame in frames for one in people if spoken_of((frame,), layer, one)), None)


def newest_table(frames: tuple[Frame, ...], but: tuple[str, ...]) -> str | None:
    """The table of what was spoken of last, `but` those where anything else was; people are asked for of things."""
    tables = [table for frame in frames if (table := _table_of(frame)) is not None]
    others = [table for table in tables if table not in but]
    return next(iter(others or tables), None)


def _table_of(frame: Frame) -> str | None:
    if frame.main:
        return frame.main[0].table
    return frame.query.head if frame.query is not None else None
