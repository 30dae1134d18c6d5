"""One run of a pipeline, as alerts.yml's `runs` returns it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from db.catalog.table import Table


@dataclass(frozen=True, slots=True)
class Run:
    """Times in UTC, None where the catalogue has none, or no time. `row`: all columns, as they came."""

    run_id: str
    name: str
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    row: Mapping[str, Any]

    def text(self, column: str) -> str:
        """A cell as text; "" where there is none."""
        value = self.row.get(column)
        return "" if value is None else str(value)

    @property
    def moment(self) -> str:
        """When it ended as the catalogue writes it; "" unknown."""
        return self.text("finished_at")

    @property
    def took_s(self) -> float | None:
        """How long it ran, in seconds; None where that is not known, or makes no sense."""
        if self.started_at is None or self.finished_at is None or self.finished_at < self.started_at:
            return None
        return (self.finished_at - self.started_at).total_seconds()


def runs_of(table: Table, zone: ZoneInfo) -> list[Run]:
    """The runs of a result that has at least COLUMNS; times without a zone are `zone`'s."""
    return [_run(dict(zip(table.columns, row, strict=True)), zone) for row in table.rows]


def when(value: object, zone: ZoneInfo) -> datetime | None:
    """A cell as a time in UTC; None where it is none."""
    if value is None:
        return None
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def group_of(row: Mapping[str, Any], columns: Sequence[str]) -> tuple[str, ...]:
    """The values by which failures belong together; "" for a column that there is not, or a NULL."""
    return tuple("" if row.get(column) is None else str(row[column]) for column in columns)


def _run(row: Mapping[str, Any], zone: ZoneInfo) -> Run:
    started, finished = when(row.get("started_at"), zone), when(row.get("finished_at"), zone)
    texts = ("" if row.get(column) is None else str(row[column]) for column in ("id", "name", "status"))
    run_id, name, status = texts
    return Run(run_id, name, status, started, finished, row)
