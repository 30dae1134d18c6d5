"""Who reads the catalogue, as far as it makes a difference to what there is."""

from dataclasses import dataclass

from db.catalog.meaning import ColumnRef


@dataclass(frozen=True, slots=True)
class Reader:
    """What sets one kind of reader apart; equal for all to whom the same is shown.

    `opens` are private columns that are not so for them, `rows` are (table, condition) as a Window has it.
    Both name tables and columns as the database does. With `knows`, all other tables are private: one with a
    condition may be there under a new name.
    """

    opens: frozenset[ColumnRef] = frozenset()
    rows: frozenset[tuple[str, str]] = frozenset()
    knows: frozenset[str] | None = None


EVERYBODY = Reader()
"""Sees what is not private, and all rows of it."""
