"""The runs that a thread below an alert is about: what tells one from its like, and what it shares with them."""

from dataclasses import dataclass, replace

from agent.offline.query.query import Filter, Ref
from agent.offline.talk.frames import BELOW_ALERT, Frame, Shown, filter_on
from agent.offline.words.repeats import ASKS, IT, LASTED, POINTS, PREVIOUS, WHY
from db.catalog.meaning import SemanticLayer, TableMeaning


@dataclass(frozen=True, slots=True)
class Run:
    """The row in focus below an alert: its table, the columns of its name, state and time, what it is made on.

    Below many that were told at once all are in focus; `row` is the first of them.
    """

    row: Shown
    table: TableMeaning
    name: Ref | None
    state: Ref | None
    date: Ref | None
    parent: str | None
    near: tuple[Shown, ...]
    """What the alert tells of other tables, where it is the alert's own row."""
    told: Filter | None = None
    """Which rows are in focus, where they are many."""

    @property
    def itself(self) -> Filter:
        if self.told is not None:
            return self.told
        key = self.table.primary_key or ""
        return Filter((self.table.name, key), "=", (self.row.get(key),))

    @property
    def others(self) -> Filter:
        return replace(self.itself, negated=True)

    def earlier(self) -> tuple[Filter, ...]:
        """What began before it; of a row without a time all others."""
        at = self.row.get(self.date[1]) if self.date is not None else None
        return (Filter(self.date, "<", (at,)),) if self.date is not None and at is not None else ()

    def called_so(self) -> tuple[Filter, ...]:
        """The condition for rows of its name; none where rows have no name of their own."""
        value = self.row.get(self.name[1]) if self.name is not None else None
        return (Filter(self.name, "=", (value,)),) if self.name is not None and value is not None else ()

    def like(self, layer: SemanticLayer) -> tuple[Filter, ...]:
        """The condition for its like: rows of its name, else rows made on the same."""
        return self.called_so() or ((self.of_same(self.parent, layer),) if self.parent is not None else ())

    def shares(self, ref: Ref) -> Filter:
        """The condition for rows that share a column, or the row of another table, with it."""
        own = self.row.get(ref[1]) if ref[0] == self.table.name else None
        if own is not None:
            return Filter(ref, "=", (own,))
        key = self.itself
        return Filter(ref, "alike", (self.table.name, key.ref[1], key.values[0]))

    def of_same(self, table: str, layer: SemanticLayer) -> Filter:
        """The condition for rows of the same row of another table: by name where the alert tells it."""
        if told := [row for row in self.near if row.table == table]:
            return filter_on(tuple(told[:1]), layer)[0]
        return self.shares((table, layer.table(table).primary_key or ""))


def is_below_alert(frames: tuple[Frame, ...]) -> bool:
    """Whether the thread began with an alert about a row that was found in the catalogue, or with many at once."""
    return bool(frames) and frames[-1].style == BELOW_ALERT and bool(frames[-1].main)


def told_at_once(frames: tuple[Frame, ...]) -> Filter | None:
    """The condition for all rows that one message told; None where it was one."""
    first = frames[-1]
    return first.query.filters[0] if first.query is not None and len(first.main) > 1 else None


def anchored(text: str, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The talk that a question below an alert is asked in: of the alert alone, where nothing in it points elsewhere.

    Whoever asks there means the alert's own run, whatever the last answer was about; "그건", "that one" and a word
    thrown in ("용량은?") go on with that answer.
    """
    if not is_below_alert(frames):
        return frames
    frames = _undrifted(text, frames)
    if POINTS.search(text):
        return frames
    is_of_run = any(pattern.search(text) for pattern in (WHY, PREVIOUS, LASTED))
    if not is_of_run and (IT.search(text) or not ASKS.search(text)):
        return frames
    return frames[-1:]


def _undrifted(text: str, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The talk without a run that nobody asked for by name: the one before, told where it was asked of last time.

    "It" is the alert's own run; "그건" may be the one before, if that is a run of its name.
    """
    return (*(one for one in frames[:-1] if not _is_before(one, frames[-1], text)), frames[-1])


def _is_before(frame: Frame, alert: Frame, text: str) -> bool:
    own, query = alert.main[0], frame.query
    if query is None or query.head != own.table or len(frame.main) != 1:
        return False
    is_other = any(one.negated and one.op == "=" and set(one.values) <= set(dict(own.cells).values())
                   for one in query.filters)  # fmt: skip
    is_previous = is_other and query.limit == 1 and any(one.op == "<" for one in query.filters)
    row = dict(frame.main[0].cells)
    of_its_name = any(column in row and row[column] == value for column, value in own.cells)
    return is_previous and (not of_its_name or IT.search(text) is not None)


def run_in_focus(frames: tuple[Frame, ...], layer: SemanticLayer, named: str | None = None) -> Run:
    """The run that a thread below an alert speaks of: the one `named`, else the newest single one, else its own."""
    first = frames[-1].main[0]
    table = layer.table(first.table)
    called = (one for one in frames[-1].main if named is not None and named in (one.get(c) for c in table.display))
    singles = (one.main[0] for one in frames if len(one.main) == 1)
    known = (one for one in singles if one.table == first.table and one.get(table.primary_key or "") is not None)
    single = next(called, next(known, None))
    row = first if single is None else single
    row = first if row == first else row  # the alert tells more of its row than a later answer that named it again
    names = [name for name in table.display if layer.column((table.name, name)).role == "name"]
    near = tuple(one for one in frames[-1].rows if one.table != table.name) if row == first else ()
    date = (table.name, table.date) if table.date else None
    return Run(
        row,
        table,
        (table.name, names[0]) if names else None,
        _state(layer, table),
        date,
        _parent(layer, table),
        near,
        told_at_once(frames) if single is None else None,
    )


def _state(layer: SemanticLayer, table: TableMeaning) -> Ref | None:
    """The column of its state: the one that the catalogue tells more for, else its one category with known values."""
    told = [ref for detail in layer.details if detail.table == table.name for ref, _ in detail.when]
    kinds = [one for one in table.columns if one.role == "category" and one.values and one.name not in table.display]
    own = [(table.name, one.name) for one in kinds]
    return next(iter(told), own[0] if len(own) == 1 else None)


def _parent(layer: SemanticLayer, table: TableMeaning) -> str | None:
    """What it is made on or for: the table right above it, one of things before one of people."""
    above = {key.column: key.parent_table for key in layer.foreign_keys if key.table == table.name}
    ordered = [above[column.name] for column in table.columns if column.name in above]
    things = [one for one in ordered if not layer.table(one).person]
    return next(iter((*things, *ordered)), None)
