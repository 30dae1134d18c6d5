"""The first sentences of an answer: the result, and its rows in brief."""

from agent.offline.cells import bold, cell_of, label, number, plain
from agent.offline.phrases import Phrases
from agent.offline.query import COUNTED, Order, Query, Ref
from agent.offline.reading import Reading
from agent.offline.results import Result
from db.catalog.semantics import SemanticLayer
from db.catalog.table import Cell, Row

MOST_ROWS = 10
MOST_COLUMNS = 7
MOST_WORDS = 15


class Teller:
    """Tells one result in one language."""

    def __init__(self, reading: Reading, result: Result, phrases: Phrases) -> None:
        self.reading = reading
        self.result = result
        self.query: Query = result.query
        self.layer: SemanticLayer = result.layer
        self.say = phrases
        self.subject = phrases.subject(self.query)

    def lead(self, count: int | None) -> str:
        """The sentence with the result. `count` is what a counting look-up found."""
        query, rows = self.query, self.result.table.rows
        if self.reading.same is not None and len(rows) > 1:
            return self._same(self.reading.same)
        if self.reading.tested is not None and len(rows) == 1:
            return self._tested()
        if query.groups:
            return self._grouped()
        if query.measure not in ("rows", "count"):
            return self._measured()
        if count is not None:
            return self.say.counted(query, count)
        return self._rows()

    def _rows(self) -> str:
        query, rows = self.query, self.result.table.rows
        style, count = self.reading.style, len(rows)
        if style == "recommend" and query.order:
            return self._recommended()
        if query.place is not None and query.order:
            names = ", ".join(self.result.name(row) for row in rows[:MOST_ROWS])
            value = self._value_of(rows[0], query.order[0])
            return self.say.best(query, names, value, count)
        if style == "compare" and count > 1:
            return self.say.compared([self.result.name(row) for row in rows])
        if self._is_single():
            return self._single(rows[0])
        if style == "exists":
            return self.say.yes(query, count)
        if query.order and count > 1:
            return self.say.ordered(query.order[0], query, count)
        name = self.result.name(rows[0]) if count == 1 else ""
        return self.say.listed(query, count, name, more=self.result.table.truncated)

    def _is_single(self) -> bool:
        """Whether one or two cells of one row are the whole answer."""
        is_row = self.query.measure == "rows" and not self.query.groups and self.query.place is None
        return is_row and len(self.result.table.rows) == 1 and 0 < len(self._asked()) <= 2

    def _asked(self) -> tuple[Ref, ...]:
        return tuple(ref for ref in self.query.columns if ref in self.result.refs)

    def _single(self, row: Row) -> str:
        asked = self._asked()
        name = self.result.name(row)
        names = "·".join(self._called(ref) for ref in asked)
        value = " · ".join(self.result.text(row, ref) for ref in asked)
        if all(self._is_path(ref) for ref in asked):
            return self.say.valued(self.subject, names, value)
        owner = name if name.casefold() in self.subject.casefold() else f"{self.subject} {name}"
        subject = self.subject if name.casefold() in self.subject.casefold() else owner
        if all(self._is_long(ref) for ref in asked):
            return self.say.noted(subject, names, value)
        return self.say.valued(subject, names, value)

    def _called(self, ref: Ref) -> str:
        """A column's label; another table's name is called by the table."""
        table = self.layer.table(ref[0]) if ref[0] and ref[0] != self.query.head else None
        if table is not None and ref[1] in table.display:
            return table.label.of(self.result.language)
        return label(ref, self.layer, self.result.language)

    def _recommended(self) -> str:
        criterion = next((c for c in self.layer.criteria if c.name == self.query.criterion), None)
        row, order = self.result.table.rows[0], self.query.order[0]
        need = criterion.label.of(self.result.language) if criterion else ""
        why = f"{label(order.ref, self.layer, self.result.language)} {self._value_of(row, order)}"
        return self.say.recommended(self.query, need, self.result.name(row), why)

    def _value_of(self, row: Row, order: Order) -> str:
        if order.ref == COUNTED:
            return number(float(row[-1] or 0))
        return cell_of(order.ref, self.result.value(row, order.ref), self.layer, self.result.language)

    def _same(self, ref: Ref) -> str:
        rows = self.result.table.rows
        values = [self.result.text(row, ref) for row in rows]
        names = [self.result.name(row) for row in rows]
        return self.say.same(names, label(ref, self.layer, self.result.language), values, holds=len(set(values)) == 1)

    def _tested(self) -> str:
        one, row = self.reading.tested, self.result.table.rows[0]
        if one is None:
            return ""
        value = self.result.value(row, one.ref)
        holds = (value in one.values) != one.negated
        return self.say.tested(self.result.name(row), one, self.result.text(row, one.ref), holds=holds)

    def _measured(self) -> str:
        query, table = self.query, self.result.table
        language = self.result.language
        if query.measure == "share":
            percent, part, whole = table.rows[0][:3]
            return self.say.shared(query, number(round(_float(percent), 1)), int(_float(part)), int(_float(whole)))
        if query.measure == "distinct":
            values = [f"`{plain(cell_of(query.of[0], row[0], self.layer, language))}`" for row in table.rows]
            return self.say.distinct(query, values)
        if query.measure == "per":
            return self.say.listed(query, len(table.rows), "", more=table.truncated)
        values = [cell_of(ref, cell, self.layer, language) for ref, cell in zip(query.of, table.rows[0], strict=False)]
        return self.say.measured(query, " · ".join(values))

    def _grouped(self) -> str:
        query, rows = self.query, self.result.table.rows
        if query.place is not None and query.order:
            names = ", ".join(self._group(row) for row in rows)
            return self.say.best(query, names, number(_float(rows[0][-2])), len(rows))
        table, language = self.layer.table(query.groups[0][0]), self.result.language
        is_row = query.groups[0][1] in table.display
        by = table.label.of(language) if is_row else label(query.groups[0], self.layer, language)
        return self.say.grouped(query, by, len(rows))

    def _group(self, row: Row) -> str:
        return plain(" ".join(str(cell) for cell in row[: len(self.query.groups)] if cell is not None)) or "NULL"

    # --- rows in brief

    def bullets(self) -> list[str]:
        """A line for each of the first rows, as far as the lead has not told them all."""
        query, rows = self.query, self.result.table.rows[:MOST_ROWS]
        if self._is_single() or (self.reading.style == "compare" and 1 < len(rows) <= 3 and not query.groups):
            return []
        if query.measure in ("share", "distinct", "avg", "sum", "min", "max") and not query.groups:
            return []
        if query.groups:
            return [f"- {bold(self._group(row))}: {self._numbers(row)}" for row in self.result.table.rows[:MOST_WORDS]]
        if query.measure == "per":
            return [f"- {bold(plain(str(row[0])))}: {number(round(_float(row[-1]), 2))}" for row in rows]
        return [self._bullet(row) for row in rows]

    def _numbers(self, row: Row) -> str:
        cells = row[len(self.query.groups) : len(row) - (1 if self.query.place is not None else 0)]
        refs = self.query.of or (COUNTED,)
        language = self.result.language
        parts = []
        for ref, cell in zip(refs, cells, strict=False):
            counter = self.layer.table(self.query.counted or self.query.head).counter if language == "ko" else ""
            parts.append(
                f"{number(_float(cell))}{counter}" if ref == COUNTED else cell_of(ref, cell, self.layer, language)
            )
        return ", ".join(parts)

    def _bullet(self, row: Row) -> str:
        refs = [ref for ref in self.result.told() if not self._is_long(ref) and ref not in self._known()][:MOST_COLUMNS]
        language = self.result.language
        told = [f"{label(ref, self.layer, language)} {self.result.text(row, ref)}" for ref in refs]
        notes = [f"“{self.result.text(row, ref)}”" for ref in self.result.told() if self._is_long(ref)]
        details = " · ".join([*told, *notes])
        is_path = self.layer.column((self.query.head, self.layer.table(self.query.head).display[0])).role == "path"
        name = f"`{self.result.name(row)}`" if is_path else bold(self.result.name(row))
        return f"- {name}: {details}" if details else f"- {name}"

    def _known(self) -> set[Ref]:
        """Columns that the first sentence has told already: asked to be, or the same in every row."""
        asked = {f.ref for f in self.query.filters if f.op == "=" and len(f.values) == 1 and not f.negated}
        many = len(self.result.table.rows) > 1 and self.query.measure == "rows"
        return asked | {ref for ref, _ in list(self.result.uniform())[:1] if many}

    def _is_path(self, ref: Ref) -> bool:
        return bool(ref[0]) and self.layer.column(ref).role == "path"

    def _is_long(self, ref: Ref) -> bool:
        return bool(ref[0]) and self.layer.column(ref).role == "text"


def _float(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
