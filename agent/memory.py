"""Which earlier turns and which focus enter the prompt: pure, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.catalog.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Focus:
    """One row of the catalogue that "그 모델" may mean.

    `key` holds the table's display columns with their values, in the semantic
    layer's order: (("name", "wafer-defect-yolov8m"), ("version", "v2.1")).
    """

    table: str
    key: tuple[tuple[str, Cell], ...]

    @property
    def label(self) -> str:
        return " ".join(str(value) for _, value in self.key if value is not None)


@dataclass(frozen=True, slots=True)
class RememberedTurn:
    """One earlier turn of the thread, as much of it as memory keeps."""

    question: str
    answer: str
    sql: tuple[str, ...] = ()
    result: Table | None = None
    focus: tuple[Focus, ...] = ()
    frame: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What a thread remembers: oldest turn first, and a line per older turn."""

    turns: tuple[RememberedTurn, ...] = ()
    summary: str = ""
