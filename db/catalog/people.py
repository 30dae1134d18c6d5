"""Which table of a catalogue holds its people, and one of them as far as somebody is told."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from db.catalog.meaning import ColumnRef
from db.catalog.schema import Schema
from db.catalog.semantics_file import CatalogFile
from db.catalog.table import Cell

_LONGEST: Final = 254
"""An e-mail address (RFC 5321) has no more characters."""


@dataclass(frozen=True, slots=True)
class People:
    """A table with the columns that say who somebody is; `team` is "" where no column says whose team they are of.

    The columns may be private: what of it somebody is told is for whoever asks to decide.
    """

    table: str
    key: str
    name: str
    email: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the people's table. It says who is meant, and opens nothing.

    `name` is what the column `named` holds, and `is_sole` whether no other row has that name. `key` is the row's
    primary key, None where the asker is not shown that column; so is `team`, where it is not known.
    """

    named: ColumnRef
    name: str
    key: tuple[ColumnRef, Cell] | None = None
    team: tuple[ColumnRef, Cell] | None = None
    is_sole: bool = True


Asking: TypeAlias = Person | Literal["nobody"] | None
"""Who asks: "nobody" of the catalogue's people, or None where it has none, or nobody has looked."""


def people_of(file: CatalogFile, schema: Schema) -> People | None:
    """The people of the first table that has `asker`; None where none has, or where rows of it bear no name.

    `schema` is the whole one, with what is private.
    """
    for name, part in file.tables.items():
        table = schema.table(name)
        if part.asker is None or table is None or not part.display:
            continue
        key = next((column.name for column in table.columns if column.primary_key), part.display[0])
        columns = (key, part.display[0], part.asker.email, part.asker.team or "")
        if all(not each or table.column(each) is not None for each in columns):
            return People(table.name, *columns)
    return None


def is_address(text: str) -> bool:
    """Whether it may be an e-mail address, and one that no other can be taken for."""
    name, _, host = text.partition("@")
    is_plain = text.isascii() and text.isprintable() and not any(char.isspace() for char in text)
    return bool(name) and "." in host and "@" not in host and is_plain and len(text) <= _LONGEST
