"""The shape of catalog.yml: what a deployment may say of its database."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from db.catalog.bounds import read_bound
from db.catalog.meaning import Role
from db.catalog.source_file import SourceFileError


class SemanticsError(SourceFileError):
    """catalog.yml cannot be used. For the operator: says the file, the line and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextPart(_Part):
    """One thing said in both languages."""

    ko: str
    en: str


class TextsPart(_Part):
    """Several sentences in both languages."""

    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class ValuePart(_Part):
    """One value of a category: how people call it."""

    label: TextPart | None = None
    synonyms: tuple[str, ...] = ()


class ConditionPart(_Part):
    """What people call the rows within a bound."""

    label: TextPart | None = None
    synonyms: tuple[str, ...] = ()


def _readable(text: str) -> str:
    if read_bound(text) is None:
        raise ValueError('a condition is a sign and a number, as in ">= 0.9"')
    return text


class ColumnPart(_Part):
    """A column: `scale` is how many base units one stored unit is, `ratio` means stored 0-1 and spoken in %.

    `conditions`: bounds on a measure that have names. `private`: nobody is shown it, nor the model told of it.
    `false` opens a column that is computed in a table with private ones.
    """

    label: TextPart | None = None
    description: TextPart | None = None
    synonyms: tuple[str, ...] = ()
    role: Role | None = None
    unit: str | None = None
    scale: float = 1.0
    ratio: bool = False
    better: Literal["high", "low"] | None = None
    values: dict[str, ValuePart] = Field(default_factory=dict)
    when_null: TextPart | None = None
    instead: str | None = None
    conditions: dict[Annotated[str, AfterValidator(_readable)], ConditionPart] = Field(default_factory=dict)
    private: bool | None = None


class AskerPart(_Part):
    """The columns by which a row of a person's table is whoever asks: their e-mail address, and their team."""

    email: str
    team: str | None = None


class TablePart(_Part):
    """A table: `part_of` names the table whose rows it describes, `person` says that its rows answer "who".

    `asker`: how "my" finds its row. `private`: all its columns are.
    """

    label: TextPart | None = None
    description: TextPart | None = None
    synonyms: tuple[str, ...] = ()
    counter: str | None = None
    part_of: str | None = None
    person: bool = False
    asker: AskerPart | None = None
    private: bool = False
    display: tuple[str, ...] = ()
    order: tuple[Annotated[str, Field(pattern=r"\S")], ...] = ()
    show: tuple[str, ...] = ()
    date: str | None = None
    next: TextsPart = TextsPart()
    columns: dict[str, ColumnPart] = Field(default_factory=dict)


class ConceptPart(_Part):
    """A word for some rows of a table: those with a row in each of `having` and with the values of `where`."""

    label: TextPart
    synonyms: tuple[str, ...]
    table: str
    having: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    counter: str | None = None
    explanation: TextPart | None = None


class CriterionPart(_Part):
    """A need that ranks the rows of `table` by `column` ("table.column"), inside `scope` unless another is asked."""

    label: TextPart
    synonyms: tuple[str, ...]
    table: str
    column: str
    order: Literal["asc", "desc"]
    scope: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    explanation: TextPart
    next: TextsPart = TextsPart()


class TradeoffPart(_Part):
    """Columns that pull against each other, and which site would choose which."""

    columns: tuple[str, ...]
    explanation: TextPart
    choose: dict[str, TextPart] = Field(default_factory=dict)


class SpanPart(_Part):
    """A derived measure: the time from one date column to another, both as "table.column"."""

    label: TextPart
    synonyms: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    shorter: tuple[str, ...] = ()
    table: str
    start: str
    end: str
    unit: Literal["hours", "days"] = "hours"


class FetchPart(_Part):
    """Rows of a child table worth a look-up of their own; `none` is said when there are none."""

    table: str
    show: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    none: TextPart | None = None


class DetailPart(_Part):
    """What else to look up when rows with a value of `when` are shown, and what to do next."""

    table: str
    when: dict[str, tuple[str, ...]]
    fetch: tuple[FetchPart, ...] = ()
    meaning: TextPart | None = None
    next: TextsPart = TextsPart()


class KeyPart(_Part):
    """A foreign key the database does not declare, both ends as "table.column"."""

    child: str
    parent: str


class CatalogFile(_Part):
    """catalog.yml as a whole. `home`: the questions whose rows the Home tab shows, asked as whoever opens it."""

    about: TextPart | None = None
    tables: dict[str, TablePart] = Field(default_factory=dict)
    concepts: dict[str, ConceptPart] = Field(default_factory=dict)
    criteria: dict[str, CriterionPart] = Field(default_factory=dict)
    tradeoffs: tuple[TradeoffPart, ...] = ()
    spans: dict[str, SpanPart] = Field(default_factory=dict)
    details: tuple[DetailPart, ...] = ()
    foreign_keys: tuple[KeyPart, ...] = ()
    transliterations: dict[str, str] = Field(default_factory=dict)
    missing: dict[str, TextPart] = Field(default_factory=dict)
    context: tuple[str, ...] = ()
    examples: TextsPart = TextsPart()
    home: TextsPart = TextsPart()
