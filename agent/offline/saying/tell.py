"""The first sentences of an answer: the result in words, without the rows that stand below it."""

from dataclasses import replace

from agent.messages import say
from agent.offline.query.query import COUNTED, Order, Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import MOST_NAMED, bold, cell_of, label, number, plain
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.results import Result
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell, Row

MOST_TOLD = 7
MOST_TIED = 3


class Teller:
    """Tells one result in one language."""

    def __init__(self, reading: Reading, result: Result, phrases: Phrases) -> None:
        self.reading = reading
        self.result = result
        self.query: Query = result.query
        self.layer: SemanticLayer = result.layer
        self.say = phrases
        self.heads = result.by_head()

    def lead(self, count: int | None, *, named: bool) -> str:
        """The sentence with the result. `count` is what a counting look-up found; `named`: names come later."""
        query, rows = self.query, self.result.table.rows
        if self.reading.same is not None and len(rows) > 1:
            return self._same(self.reading.same)
        if self.reading.tested is not None and len(rows) == 1:
            return self._tested()
        if query.within:
            return self._best_of_each()
        if query.groups:
            return self._grouped()
        if query.measure not in ("rows", "count"):
            return self._measured()
        names = () if named or len(self.heads) > MOST_NAMED else tuple(map(self._named, self.heads))
        if count is not None:
            return self.say.counted(query, count, names)
        told = self._rows(names)
        return f"{told} {self.say.repeated(len(rows))}" if len(rows) > len(self.heads) > 1 else told

    def _rows(self, names: tuple[str, ...]) -> str:
        query, rows = self.query, [head[0] for head in self.heads]
        style, count = self.reading.style, len(rows)
        if len(self.result.table.rows) == query.limit:
            query = replace(query, limit=count)
        if style == "recommend" and query.order:
            return self._recommended()
        if query.place is not None and query.order:
            best = ", ".join(self.result.name(row) for row in rows[:MOST_NAMED])
            return " ".join((self.say.best(query, best, self._value_of(rows[0], query.order[0]), count), *self._also()))
        if style == "compare" and count > 1:
            return self.say.compared(query, names, count)
        if self._is_single():
            return self._single(rows[0])
        if style == "exists":
            return self.say.yes(query, count, names)
        if count == len(self.result.table.rows) == 1 and not query.order:
            return self._one(rows[0])
        if query.order and count > 1:
            return " ".join((self.say.ordered(query.order[0], query, count, names), *self._apart(rows)))
        return self.say.listed(query, count, names, more=self.result.table.truncated)

    def _apart(self, rows: list[Row]) -> list[str]:
        """By how much two rows differ, where it is asked how much the one is beyond the other."""
        ref = self.query.order[0].ref
        values = [self.result.value(row, ref) for row in rows]
        is_asked = any(mention.does("how_much") for mention in self.reading.mentions)
        if len(values) != 2 or not is_asked or None in values or (ref[0] and not self._is(ref, "measure")):
            return []
        gap = round(abs(_float(values[0]) - _float(values[1])), 6)
        told = self.say.apart(ref, gap) if ref[0] else cell_of(ref, gap, self.layer, self.result.language)
        return [say("answer-apart", self.result.language, gap=bold(told))]

    def _also(self) -> list[str]:
        """What else was asked of the one best row."""
        row, ranked = self.result.table.rows[0], {order.ref for order in self.query.order}
        asked = [ref for ref in self._asked() if ref not in ranked and self.result.value(row, ref) is not None]
        if len(asked) > 2:  # all of the row's own columns, with what it belongs to
            asked = [ref for ref in asked if ref[0] not in ("", self.query.head)]
        if len(self.result.table.rows) > 1 or len(asked) > 2 or any(self._is(ref, "text", "path") for ref in asked):
            return []
        return [self.say.also(self._called(ref), self.result.text(row, ref)) for ref in asked]

    def _named(self, rows: list[Row]) -> str:
        """A head's name, with the values that were asked for or ranked by."""
        name = self.result.mention(rows[0])
        told = {f.ref for f in self.query.filters if f.op == "=" and len(f.values) == 1 and not f.negated}
        refs = [order.ref for order in self.query.order] if self.reading.style == "best" else list(self._asked())
        own = {(self.query.head, one) for one in self.layer.table(self.query.head).display}
        refs = [ref for ref in refs if ref not in told | own and not self._is(ref, "text", "path")]
        if len(refs) != 1 or self.reading.style == "compare":
            return name
        filled = (row for row in rows if self.result.value(row, refs[0]) is not None)
        values = ", ".join(dict.fromkeys(self.result.text(row, refs[0]) for row in filled))
        if not values:
            return name
        return f"{name}({values})" if self.result.language == "ko" else f"{name} ({values})"

    def _is_single(self) -> bool:
        """Whether one or two cells of one row are the whole answer."""
        is_row = self.query.measure == "rows" and not self.query.groups and self.query.place is None
        return is_row and len(self.result.table.rows) == 1 and 0 < len(self._asked()) <= 2

    def _asked(self) -> tuple[Ref, ...]:
        return tuple(ref for ref in self.query.columns if ref in self.result.refs)

    def _single(self, row: Row) -> str:
        asked = self._asked()
        if all(self._is(ref, "path") for ref in asked):
            return self.say.located(self.query, " · ".join(f"`{self.result.text(row, ref)}`" for ref in asked))
        names = "·".join(self._called(ref) for ref in asked)
        owner = self.say.named(self.query, self.result.name(row))
        if all(self.result.value(row, ref) is None for ref in asked):
            return self.say.blank(owner, names)
        value = " · ".join(self.result.text(row, ref) for ref in asked)
        if all(self._is(ref, "text") for ref in asked):
            return self.say.noted(owner, names, value)
        return self.say.valued(owner, names, value)

    def _one(self, row: Row) -> str:
        """One row with what is worth telling of it, in a line."""
        result, language = self.result, self.result.language
        refs = [ref for ref in result.told() if result.value(row, ref) is not None and not self._is(ref, "text")]
        facts = [f"{self._called(ref)} {result.text(row, ref)}" for ref in refs[:MOST_TOLD]]
        texts = [ref for ref in result.told() if self._is(ref, "text") and result.value(row, ref) is not None]
        told = ", ".join((*facts, *(f"{label(ref, self.layer, language)} “{result.text(row, ref)}”" for ref in texts)))
        return self.say.one(self.query, result.mention(row), result.name(row), told)

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
            return number(_float(row[-1]))
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
            return self._shared(table.rows[0])
        if query.measure == "mean":
            mean, part, whole = (number(round(_float(cell), 2)) for cell in table.rows[0])
            return self.say.mean(query, mean, part, whole)
        if query.measure == "distinct":
            values = [f"`{plain(cell_of(query.of[0], row[0], self.layer, language))}`" for row in table.rows]
            return self.say.distinct(query, values)
        if query.measure == "per":
            shares = [f"{bold(plain(str(row[0])))} {number(round(_float(row[-1]), 2))}" for row in table.rows]
            return self.say.per(query, shares[:MOST_NAMED])
        wanted = (query.measure, *query.also)
        several = len(wanted) > 1
        told = [(name, cell_of(ref, cell, self.layer, language)) for (name, ref), cell in zip(
            ((name, ref) for name in wanted for ref in query.of), table.rows[0], strict=False)]  # fmt: skip
        values = [f"{self.say.aggregate(name)} {value}" if several else value for name, value in told]
        measured = self.say.measured(query, " · ".join(values))
        return (
            f"{self.say.counted(query, int(_float(table.rows[0][-1])), ())} {measured}" if query.tallied else measured
        )

    def _shared(self, cells: Row) -> str:
        percent, part, whole = (_float(cell) for cell in cells[:3])
        if self.query.of:
            much = (cell_of(self.query.of[0], round(one, 2), self.layer, self.result.language) for one in (part, whole))
            return self.say.shared_sum(self.query, number(round(percent, 1)), *much)
        told = self.say.shared(self.query, number(round(percent, 1)), int(part), int(whole))
        if self.query.ended is None or cells[3] is None:
            return told
        return f"{told} {self.say.of_ended(number(round(_float(cells[3]), 1)), int(part), int(_float(cells[4])))}"

    def _grouped(self) -> str:
        query, rows = self.query, self.result.table.rows
        if query.place is not None and query.order:
            names = ", ".join(self._group(row) for row in rows)
            if query.measure == "share":
                percent, _, share = self._numbers(rows[0]).partition(" ")
                rate = f"{percent}, {share[1:-1]}" if len(rows) == 1 else percent
                return self.say.best_rate(query, names, rate, len(rows))
            value = self._numbers(rows[0][:-1]) if query.of else number(_float(rows[0][-2]))
            return self.say.best(query, names, value, len(rows))
        table, language = self.layer.table(query.groups[0][0]), self.result.language
        is_row = query.groups[0][1] in table.display
        labels = [table.label.of(language)] if is_row else [self._group_label(ref) for ref in query.groups]
        by = "·".join(labels)
        told = list(rows) if len(rows) <= MOST_NAMED else self._most()
        each = [f"{bold(self._group(row))} {self._numbers(row)}" for row in told]
        return self.say.grouped(query, by, len(rows), each)

    def _most(self) -> list[Row]:
        """The groups with the most; none where many have as many, or it is not one number that each has."""
        rows, place = self.result.table.rows, len(self.query.groups)
        if self.query.of or self.query.having or self.result.table.truncated:
            return []
        top = max(_float(row[place]) for row in rows)
        best = [row for row in rows if _float(row[place]) == top]
        return best if len(best) <= MOST_TIED else []

    def _best_of_each(self) -> str:
        query, result = self.query, self.result
        by = label(query.within[0], self.layer, result.language)
        table = self.layer.table(query.within[0][0])
        by = table.label.of(result.language) if query.within[0][1] in table.display else by
        each = [f"{result.text(row, query.within[0])} → {bold(result.name(row))}" for row in result.table.rows]
        return self.say.best_of_each(query, by, each[:MOST_NAMED] if len(each) <= MOST_NAMED else ())

    def _group(self, row: Row) -> str:
        told = [
            self._value(ref, value) for ref, value in zip(self.query.groups, row, strict=False) if value is not None
        ]
        return plain(" ".join(told)) or cell_of(self.query.groups[0], None, self.layer, self.result.language)

    def _value(self, ref: Ref, value: Cell) -> str:
        """A group's own value; a part of a date stands as it is."""
        return str(value) if self.query.grain else cell_of(ref, value, self.layer, self.result.language)

    def _group_label(self, ref: Ref) -> str:
        if self.query.grain and self.layer.column(ref).role == "date":
            return self.say.grain(self.query.grain)
        return self._called(ref)

    def _numbers(self, row: Row) -> str:
        cells = row[len(self.query.groups) :]
        if self.query.measure == "share":
            return self._portion(cells)
        aggregates = 1 + len(self.query.also)
        refs = (*(self.query.of * aggregates), COUNTED) if self.query.tallied else self.query.of * aggregates
        refs = (COUNTED,) if self.query.measure == "kinds" else refs or (COUNTED,)
        language = self.result.language
        table = self.layer.table(self.query.counted or self.query.head)
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (self.query.concept, table.name)), None)
        counter = "" if language == "en" else concept.counter if concept else table.counter
        return ", ".join(
            f"{number(_float(cell))}{counter}" if ref == COUNTED else cell_of(ref, cell, self.layer, language)
            for ref, cell in zip(refs, cells, strict=False)
        )

    def _portion(self, cells: Row) -> str:
        """A share with what it is of: "40% (2/5)", "40% (2 GB/5 GB)"."""
        much = [str(int(_float(cell))) for cell in cells[1:3]]
        if self.query.of:
            language = self.result.language
            much = [cell_of(self.query.of[0], round(_float(cell), 2), self.layer, language) for cell in cells[1:3]]
        return f"{number(round(_float(cells[0]), 1))}% ({'/'.join(much)})"

    def _is(self, ref: Ref, *roles: str) -> bool:
        return bool(ref[0]) and self.layer.column(ref).role in roles


def _float(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
