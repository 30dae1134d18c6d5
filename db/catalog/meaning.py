"""What tables and columns mean to people: the records of the semantic layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from db.catalog.bounds import Bound
from db.catalog.schema import ForeignKey, shortest_path, shortest_paths

Role: TypeAlias = Literal["name", "category", "measure", "date", "text", "path", "key"]
Language: TypeAlias = Literal["ko", "en"]
ColumnRef: TypeAlias = tuple[str, str]
"""(table, column)"""
Where: TypeAlias = tuple[tuple[ColumnRef, tuple[str, ...]], ...]
"""Columns with the values allowed in each."""
MOST_PATHS: Final = 2_000
"""Pairs of tables of which a layer remembers how they are joined."""


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    ko: str = ""
    en: str = ""

    def of(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en

    def __bool__(self) -> bool:
        return bool(self.ko or self.en)


@dataclass(frozen=True, slots=True)
class Texts:
    """Several sentences in both languages."""

    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[str, ...]:
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, slots=True)
class ValueMeaning:
    """A value of a category column and what people call it."""

    value: str
    label: Text
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionMeaning:
    """A bound on a measure and what people call the rows within it."""

    bound: Bound
    label: Text = Text()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """A column. `scale`: base units in one stored unit. `ratio`: stored 0-1, spoken in percent.

    `null` explains a missing value; `instead` names the column of the same table to judge by then.
    """

    table: str
    name: str
    type: str
    nullable: bool
    role: Role
    label: Text
    description: Text = Text()
    synonyms: tuple[str, ...] = ()
    unit: str | None = None
    scale: float = 1.0
    ratio: bool = False
    better: Literal["high", "low"] | None = None
    values: tuple[ValueMeaning, ...] = ()
    null: Text = Text()
    instead: str | None = None
    conditions: tuple[ConditionMeaning, ...] = ()

    @property
    def ref(self) -> ColumnRef:
        return (self.table, self.name)

    def value_label(self, value: object, language: Language) -> str:
        """What `value` is called; the value itself where the layer has no name for it."""
        for meaning in self.values:
            if meaning.value == value:
                return meaning.label.of(language)
        return str(value)


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """A table. `part_of`: its rows describe a row of that table. `person`: its rows answer "who".

    `display` names a row (model: name, version), `show` are the columns worth showing, `order` the
    default order as (column, descending), `date` the column that "when" means, `counter` the Korean
    counting word.
    """

    name: str
    label: Text
    columns: tuple[ColumnMeaning, ...]
    primary_key: str | None
    display: tuple[str, ...]
    show: tuple[str, ...]
    order: tuple[tuple[str, bool], ...] = ()
    description: Text = Text()
    synonyms: tuple[str, ...] = ()
    counter: str = "개"
    part_of: str | None = None
    person: bool = False
    date: str | None = None
    next: Texts = Texts()

    def column(self, name: str) -> ColumnMeaning:
        """Raises KeyError when there is no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


@dataclass(frozen=True, slots=True)
class Concept:
    """A word for some rows of `table`: those with a row in each of `having` and the values of `where`."""

    name: str
    label: Text
    synonyms: tuple[str, ...]
    table: str
    having: tuple[str, ...] = ()
    where: Where = ()
    counter: str = "개"
    explanation: Text = Text()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A need ("few false alarms") that ranks `table` by `column`, inside `scope` unless another is asked."""

    name: str
    label: Text
    synonyms: tuple[str, ...]
    table: str
    column: ColumnRef
    descending: bool
    explanation: Text
    scope: Where = ()
    next: Texts = Texts()


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """Columns that pull against each other; `choose` says which site would put which first."""

    columns: tuple[ColumnRef, ...]
    explanation: Text
    choose: tuple[tuple[ColumnRef, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A derived measure of `table`: the time from `start` to `end`."""

    name: str
    label: Text
    table: str
    start: ColumnRef
    end: ColumnRef
    unit: Literal["hours", "days"] = "hours"
    synonyms: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    shorter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """Rows of a related table worth a look-up; `none` is said when there are none."""

    table: str
    show: tuple[str, ...]
    where: Where = ()
    none: Text = Text()


@dataclass(frozen=True, slots=True)
class Detail:
    """What else to look up when rows of `table` with a value of `when` are shown."""

    table: str
    when: Where
    fetch: tuple[Fetch, ...] = ()
    meaning: Text = Text()
    next: Texts = Texts()


@dataclass(frozen=True, slots=True)
class SemanticLayer:
    """The whole meaning of one database: both engines read it.

    `missing` are words for things people ask about that the database does not hold; `context` are words of
    the trade that narrow nothing down ("on the line"). `home` are the questions whose rows somebody's Home shows.
    """

    tables: tuple[TableMeaning, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    about: Text = Text()
    concepts: tuple[Concept, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    tradeoffs: tuple[Tradeoff, ...] = ()
    spans: tuple[Span, ...] = ()
    details: tuple[Detail, ...] = ()
    transliterations: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[tuple[str, Text], ...] = ()
    context: tuple[str, ...] = ()
    examples: Texts = Texts()
    home: Texts = Texts()
    _paths: dict[tuple[str, str], tuple[ForeignKey, ...] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def table(self, name: str) -> TableMeaning:
        """Raises KeyError when there is no such table."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def column(self, ref: ColumnRef) -> ColumnMeaning:
        """Raises KeyError when there is no such column."""
        return self.table(ref[0]).column(ref[1])

    def join_path(self, start: str, end: str) -> tuple[ForeignKey, ...] | None:
        """The shortest path between two tables over the keys of schema and file; None when none lead there."""
        ends = (start, end)
        if ends not in self._paths:
            if len(self._paths) >= MOST_PATHS:
                self._paths.clear()
            self._paths[ends] = shortest_path(self.foreign_keys, start, end)
        return self._paths[ends]

    def join_paths(self, start: str, end: str) -> tuple[tuple[ForeignKey, ...], ...]:
        """All paths that are as short, `join_path`'s first; () when none lead there."""
        return shortest_paths(self.foreign_keys, start, end)
