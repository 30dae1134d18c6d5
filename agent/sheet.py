"""A query's result as a chart sees it: what each column measures, names or dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from agent.chart import LARGEST
from agent.headings import GRAINS, OWN, Heading
from agent.messages import say
from agent.moments import parsed
from db.catalog.meaning import ColumnMeaning, Language, SemanticLayer
from db.catalog.table import Cell, Row, Table

Role: TypeAlias = Literal["number", "text", "part", "date", "key", "prose"]
"""A "part" is a part of time, as a month; "prose" is too long for a name."""

_PRECISION: Final = re.compile(r"precision", re.IGNORECASE)
_RECALL: Final = re.compile(r"recall|sensitivity", re.IGNORECASE)
_MEAN: Final = re.compile(r"(?<![a-z])f[-_ ]?(?:1|beta|score)", re.IGNORECASE)
_PART: Final = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|W\d{2}))?")
_PROSE_CHARS: Final = 60
_ALIKE: Final = 30
"""Measures without a unit share an axis when the largest of one is at most so many times the largest of the other."""
_STATES: Final = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result. `factor` makes percent of shares; `is_count`: whole numbers without a unit."""

    place: int
    name: str
    label: str
    role: Role
    language: Language
    unit: str = ""
    factor: float = 1.0
    table: str = ""
    is_name: bool = False
    is_count: bool = False
    meaning: ColumnMeaning | None = None

    @property
    def heading(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def is_mean(self) -> bool:
        """Whether it is what precision and recall are put together to."""
        return bool(_MEAN.search(self.name) or _MEAN.search(self.label))

    def number(self, row: Row) -> float | None:
        """None also for what nobody can draw: no number, or one beyond all measure."""
        cell = row[self.place]
        return round(cell * self.factor, 6) if isinstance(cell, int | float) and abs(cell) < LARGEST else None

    def text(self, row: Row) -> str:
        """The cell in one line, a value by what the catalogue calls it; "" where there is none."""
        cell = row[self.place]
        if cell is None:
            return "" if self.role in ("part", "date") or self.is_name else say("chart-none", self.language)
        if self.role == "date":
            return str(cell)[:10]
        label = str(cell) if self.meaning is None else self.meaning.value_label(cell, self.language)
        return " ".join((label or str(cell)).split())


@dataclass(frozen=True)
class Sheet:
    """A result with its headings. `now` is without a zone, as the catalogue's moments are; `subject` is the table asked
    for, "" where nobody knows.
    """

    table: Table
    headings: Sequence[Heading]
    layer: SemanticLayer
    language: Language
    now: datetime
    subject: str = ""
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        columns = (_column(self, place, heading) for place, heading in enumerate(self.headings))
        object.__setattr__(self, "columns", tuple(columns))

    def named(self, name: str) -> Column | None:
        """By the name in the result, else by its heading."""
        if not (folded := name.casefold()):
            return None
        own = (column for column in self.columns if folded == column.name.casefold())
        shown = (column for column in self.columns if folded in (column.label.casefold(), column.heading.casefold()))
        return next(own, None) or next(shown, None)

    def numbers(self) -> list[Column]:
        """What is measured; of a share the percent alone, not what it was made of."""
        measured = [column for column in self.columns if column.role == "number"]
        if any(column.name == "percent" for column in measured):
            return [column for column in measured if column.name == "percent" or column.name not in OWN]
        return measured

    def family(self) -> list[Column]:
        """The largest set of measures that can share an axis, the first of those as large."""
        families: list[list[Column]] = []
        for column in self.numbers():
            own = next((each for each in families if self._is_alike(each[0], column)), None)
            if own is None:
                families.append([column])
            else:
                own.append(column)
        return max(families, key=len, default=[])

    def ordered(self) -> Column | None:
        """The measure that named rows stand in the order of; None where they don't."""
        if not any(column.is_name for column in self.columns):
            return None
        return next((column for column in self.numbers() if _is_monotone(self._filled(column))), None)

    def labels(self) -> list[Column]:
        """What the rows are called: the names of what was asked for, else what they are grouped by."""
        names = [column for column in self.columns if column.is_name]
        if names:
            own = [column for column in names if column.table == self.subject] or names[:1]
            display = self.layer.table(own[0].table).display if own[0].table else ()
            beside = (c for c in self.columns if c.table == own[0].table and c.meaning and c.meaning.name in display)
            return list({column.place: column for column in (*own[:1], *beside)}.values())
        return [column for column in self.columns if column.role in ("text", "part")][:2]

    def plane(self) -> tuple[Column, Column] | None:
        """Precision and recall, where both are there as shares."""
        shares = [column for column in self.numbers() if self._is_share(column)]
        precision = next((one for one in shares if _PRECISION.search(f"{one.name} {one.label}")), None)
        recall = next((one for one in shares if _RECALL.search(f"{one.name} {one.label}")), None)
        return (precision, recall) if precision is not None and recall is not None else None

    def span(self) -> tuple[Column, Column] | None:
        """The columns between which something lasted: those of a span of the catalogue, else the first two moments."""
        by_ref = {column.meaning.ref: column for column in self.columns if column.meaning is not None}
        for span in self.layer.spans:
            if span.start in by_ref and span.end in by_ref and span.start[0] == span.end[0]:
                return by_ref[span.start], by_ref[span.end]
        first, second = ([column for column in self.columns if column.role == "date"] + [None, None])[:2]
        return (first, second) if first is not None and second is not None else None

    def status(self) -> Column | None:
        """A column of few values, by which runs are coloured."""
        texts = (column for column in self.columns if column.role == "text" and not column.is_name)
        return next((c for c in texts if len({row[c.place] for row in self.table.rows}) <= _STATES), None)

    def noun(self, column: Column) -> str:
        """What the rows are that a column of names names; "" for any other column."""
        if not column.is_name or not column.table:
            return ""
        return self.layer.table(column.table).label.of(self.language)

    def _is_alike(self, one: Column, other: Column) -> bool:
        if (one.unit, one.is_count) != (other.unit, other.is_count):
            return False
        small, large = sorted(self._largest[each.place] for each in (one, other))
        return bool(one.unit) or large <= _ALIKE * small

    def _is_share(self, column: Column) -> bool:
        filled = self._filled(column)
        return bool(filled) and (column.unit == "%" or (not column.unit and all(0 <= one <= 1 for one in filled)))

    def _filled(self, column: Column) -> list[float]:
        """A column's values, read once: each measure is held against each other."""
        if column.place not in self._read:
            values = [value for row in self.table.rows if (value := column.number(row)) is not None]
            self._read[column.place] = values
        return self._read[column.place]

    @cached_property
    def _read(self) -> dict[int, list[float]]:
        return {}

    @cached_property
    def _largest(self) -> dict[int, float]:
        return {column.place: max(map(abs, self._filled(column)), default=0.0) for column in self.numbers()}

    @cached_property
    def units(self) -> frozenset[str]:
        """How the catalogue's measures are counted, in the asker's language."""
        units = {column.unit for table in self.layer.tables for column in table.columns if column.unit}
        return frozenset({*units, "%", *(say(key, self.language) for key in ("heading-hours", "heading-days"))})


def _column(sheet: Sheet, place: int, heading: Heading) -> Column:
    name = sheet.table.columns[place]
    cells = [row[place] for row in sheet.table.rows if row[place] is not None]
    role = _role(name, heading, cells)
    label, unit = _parted(heading.label, sheet.units) if role == "number" else (heading.label, "")
    if role == "number" and heading.kind in ("ratio", "percent"):
        unit = "%"
    whole = role == "number" and not unit and all(isinstance(cell, int) for cell in cells)
    return Column(
        place, name, label, role, sheet.language, unit, 100.0 if heading.kind == "ratio" else 1.0,
        heading.table, heading.is_name, whole, _meaning(sheet.layer, heading.table, name),
    )  # fmt: skip


def _role(name: str, heading: Heading, cells: Sequence[Cell]) -> Role:
    if heading.is_key:
        return "key"
    if heading.kind == "date":
        return "date"
    is_part = bool(cells) and all(_PART.fullmatch(str(cell)) for cell in cells)
    if is_part and (name.casefold() in GRAINS or all(isinstance(cell, str) for cell in cells)):
        return "part"
    if cells and all(isinstance(cell, int | float) for cell in cells) and heading.kind not in ("code", "flag"):
        return "number"
    if heading.kind == "code" and not any(isinstance(cell, str) for cell in cells):
        return "key"
    if bool(cells) and not heading.is_name and all(parsed(cell) is not None and ":" in str(cell) for cell in cells):
        return "date"
    is_long = any(len(str(cell)) > _PROSE_CHARS for cell in cells) and not heading.is_name
    return "prose" if is_long else "text"


def _parted(label: str, units: frozenset[str]) -> tuple[str, str]:
    """A heading's words and its unit."""
    head, bracket, tail = label.rpartition(" (")
    unit = tail.removesuffix(")")
    return (head, unit) if bracket and unit in units else (label, "")


def _meaning(layer: SemanticLayer, table: str, name: str) -> ColumnMeaning | None:
    if not table:
        return None
    known = {column.name: column for column in layer.table(table).columns}
    return known.get(name) or known.get(name.removeprefix(f"{table}_"))


def _is_monotone(values: Sequence[float]) -> bool:
    """Whether three or more values only rise or only fall."""
    if len(values) <= 2 or len(set(values)) == 1:
        return False
    return all(a <= b for a, b in pairwise(values)) or all(a >= b for a, b in pairwise(values))
