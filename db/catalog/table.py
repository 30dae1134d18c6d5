"""A query's result as plain data."""

from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their column names, in the query's order.

    Column names may repeat, as SQL allows. `truncated` says that the query had
    more rows (or wider cells) than the catalogue's caps let through.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False
    elapsed_s: float = 0.0

    @property
    def is_empty(self) -> bool:
        return not self.rows
