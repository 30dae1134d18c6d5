"""A result table seen through its query: which column of the layer stands where, what a row is called."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.offline.query.joins import is_below
from agent.offline.query.query import Query, Ref
from agent.offline.query.shown import shown
from agent.offline.saying.cells import bold, cell_of, plain
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.table import Cell, Row, Table

LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Result:
    """Rows with the refs of their columns, in the table's order; None for a column of no ref."""

    query: Query
    table: Table
    layer: SemanticLayer
    language: Language
    refs: tuple[Ref | None, ...] = field(init=False)

    def __post_init__(self) -> None:
        refs = shown(self.query, self.layer)
        known = {name: ref for ref in refs for name in (ref[1], f"{ref[0]}_{ref[1]}")}
        known |= {ref[1]: ref for ref in refs if ref[0] == self.query.head}
        object.__setattr__(self, "refs", tuple(known.get(name) for name in self.table.columns))

    def place(self, ref: Ref) -> int | None:
        return self.refs.index(ref) if ref in self.refs else None

    def value(self, row: Row, ref: Ref) -> Cell:
        """The cell of a column in a row; None also where the result lacks the column."""
        place = self.place(ref)
        return None if place is None else row[place]

    def text(self, row: Row, ref: Ref) -> str:
        """The cell as people read it, in one line; a path is of use only whole."""
        written = plain(cell_of(ref, self.value(row, ref), self.layer, self.language))
        is_path = bool(ref[0]) and self.layer.column(ref).role == "path"
        return written if is_path or len(written) <= LONGEST_TEXT else f"{written[: LONGEST_TEXT - 1]}…"

    def name(self, row: Row) -> str:
        """What the row is called: its display columns."""
        refs = [(self.query.head, column) for column in self.layer.table(self.query.head).display]
        return plain(" ".join(str(v) for ref in refs if (v := self.value(row, ref)) is not None))

    def by_head(self) -> list[list[Row]]:
        """The rows of each row of the head: several where a join to what hangs below it repeats it."""
        key = self.layer.table(self.query.head).primary_key
        place = self.place((self.query.head, key)) if key else None
        if place is None:
            return [[row] for row in self.table.rows]
        found: dict[Cell, list[Row]] = {}
        for row in self.table.rows:
            found.setdefault(row[place], []).append(row)
        return list(found.values())

    def is_known(self, row: Row, ref: Ref) -> bool:
        """Whether an empty cell is an empty value: below the head, a LEFT JOIN may have found no row at all."""
        if not ref[0] or ref[0] == self.query.head or not is_below(self.layer, self.query.head, ref[0]):
            return True
        if self.layer.table(ref[0]).part_of == self.query.head:
            return True
        own = (one for one in self.refs if one is not None and one[0] == ref[0])
        return any(self.value(row, one) is not None for one in own)

    def mention(self, row: Row) -> str:
        """The name as it stands in a sentence: bold, a path as code."""
        display = self.layer.table(self.query.head).display
        is_path = any(self.layer.column((self.query.head, column)).role == "path" for column in display)
        return f"`{self.name(row)}`" if is_path else bold(self.name(row))

    def told(self) -> tuple[Ref, ...]:
        """The columns to tell beside the name: neither keys nor the name itself."""
        head = self.layer.table(self.query.head)
        names = {(head.name, column) for column in head.display}
        keys = {(t.name, c.name) for t in self.layer.tables for c in t.columns if c.role == "key"}
        return tuple(ref for ref in self.refs if ref is not None and ref not in names and ref not in keys)

    def uniform(self) -> Iterator[tuple[Ref, Cell]]:
        """Category columns that hold one and the same value in every row, and are not asked to."""
        asked = {one.ref for one in self.query.filters}
        for ref in self.told():
            if ref in asked or not ref[0] or self.layer.column(ref).role != "category":
                continue
            values = {self.value(row, ref) for row in self.table.rows}
            if len(values) == 1 and None not in values:
                yield ref, values.pop()
