"""The queries that alerts need, drawn from the one SELECT over all runs in alerts.yml."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlglot import exp

from db.catalog.alerts.rules import AlertRules

PAGE: Final = 200
"""So many rows a query returns; the next ones come by `offset`."""
ALL: Final = "SELECT r.* FROM"
"""How each statement that returns runs begins."""
_COUNTER: Final = re.compile(r"[-_. ]?(?:exp|run|trial|try|seed|fold|v|ver|r)?[-_. ]?\d[\d._-]*$", re.IGNORECASE)


def family_of(name: str) -> str:
    """What runs of a pipeline have in common: "yolov8-wafer" of "yolov8-wafer-exp04", the name without its counter.

    A name that is a counter alone is itself.
    """
    return _COUNTER.sub("", name).rstrip("-_. ") or name


def earlier(moment: str, by: timedelta) -> str:
    """A time so much earlier, written as the catalogue has written it; "" for what is no time."""
    try:
        at = datetime.fromisoformat(moment) - by
    except (ValueError, OverflowError):
        return ""
    separator = moment[10] if len(moment) > 10 else " "
    if len(moment) <= 10:
        return f"{at:%Y-%m-%d}"
    has_seconds = len(moment) >= 19 and moment[16] == ":"
    text = at.replace(microsecond=0).isoformat(separator, "seconds" if has_seconds else "minutes")
    return text.replace("+00:00", "Z") if moment.endswith("Z") else text


def with_since(sql: str, since: str, dialect: str) -> str:
    """A query of alerts.yml with a time in the place of its `:since`, if it has one."""
    return sql.replace(":since", literal(since, dialect)).strip().rstrip(";")


def literal(value: str, dialect: str) -> str:
    """A text as SQL writes it; without NUL, which no engine takes."""
    return exp.Literal.string(value.replace("\0", "")).sql(dialect=dialect)


@dataclass(frozen=True, slots=True)
class RunQueries:
    """Statements for `Catalog.query`, each of at most PAGE rows; `rules.runs` must be there.

    Values go in as literals of the dialect; an untyped text is compared with numbers and times as such by both engines.
    """

    rules: AlertRules
    dialect: str

    def failed(self, since: str, *, offset: int = 0) -> str:
        """Failed runs from `since` on ("": all), the oldest first, those without an end among them."""
        failed = self._among("status", self.rules.statuses.failed)
        if not since:
            return self._runs(failed, "r.finished_at, r.id", offset=offset)
        # With OR, SQLite uses the first half of an index on (status, finished_at), and reads every failed run there is.
        parts = (f"r.finished_at >= {self._text(since)}", "r.finished_at IS NULL")
        both = " UNION ALL ".join(f"{ALL} ({self._source}) AS r WHERE {failed} AND {part}" for part in parts)
        return f"SELECT a.* FROM ({both}) AS a ORDER BY a.finished_at, a.id {_page(PAGE, offset)}"

    def newest_failed(self, *, limit: int = 1) -> str:
        """The failed runs that ended last, the latest first."""
        failed = self._among("status", self.rules.statuses.failed)
        return self._runs(f"{failed} AND r.finished_at IS NOT NULL", "r.finished_at DESC", limit=limit)

    def running(self, *, offset: int = 0) -> str:
        """Runs that go on, the longest first."""
        running = self._among("status", self.rules.statuses.running)
        return self._runs(running, "r.started_at, r.id", offset=offset)

    def by_id(self, ids: Iterable[str]) -> str:
        """The runs with these ids, as they stand now."""
        told = [self._text(one) for one in ids]
        if self.dialect == "sqlite":  # compares a text with a number as such only where the column has a type
            told += [one for text in told if _is_number(one := text.strip("'"))]
        return self._runs(f"r.id IN ({', '.join(told)})" if told else "1 = 0", "r.id")

    def done_since(self, since: str, names: Iterable[str]) -> str:
        """Completed runs of these names that ended at `since` or later ("": ever), the newest first."""
        named = self._among("name", tuple(names))
        return self._runs(f"{self._done(since)} AND {named}", "r.finished_at DESC")

    def done_of_dataset(self, dataset: str, since: str) -> str:
        """Completed runs on a dataset, from `since` on ("": ever), the newest first."""
        return self._runs(f"{self._done(since)} AND r.dataset = {self._text(dataset)}", "r.finished_at DESC")

    def done_of_family(self, family: str, since: str) -> str:
        """Completed runs whose names begin with `family`, from `since` on ("": ever), the newest first."""
        return self._runs(f"{self._done(since)} AND {self._begins(family)}", "r.finished_at DESC")

    def of_family(self, family: str, since: str = "") -> str:
        """Runs whose names begin with `family`, however they stand, the latest to start first."""
        bound = f" AND r.started_at >= {self._text(since)}" if since else ""
        return self._runs(f"{self._begins(family)}{bound}", "r.started_at DESC, r.id DESC")

    def of_dataset(self, dataset: str) -> str:
        """Runs on a dataset, the latest to start first."""
        return self._runs(f"r.dataset = {self._text(dataset)}", "r.started_at DESC, r.id DESC")

    def ended_since(self, since: str, *, offset: int = 0) -> str:
        """Failed and completed runs that ended at `since` or later, the newest first."""
        return self._runs(f"{self._ended(since)}", "r.finished_at DESC, r.id", offset=offset)

    def values(self, column: str) -> str:
        """What stands in a column, each once."""
        there = f"FROM ({self._source}) AS r WHERE r.{column} IS NOT NULL"
        return f"SELECT DISTINCT r.{column} {there} ORDER BY 1 {_page(PAGE, 0)}"

    def nothing(self) -> str:
        """No row: what the columns are called."""
        return self._runs("1 = 0", "r.id")

    def by_day(self, since: str) -> str:
        """How many runs ended so each day: columns day (2026-11-21), status, runs."""
        return (
            "SELECT substr(CAST(r.finished_at AS TEXT), 1, 10) AS day, r.status AS status, COUNT(*) AS runs "
            f"FROM ({self._source}) AS r WHERE {self._ended(since)} "
            "GROUP BY substr(CAST(r.finished_at AS TEXT), 1, 10), r.status ORDER BY 1, 2"
        )

    @property
    def _source(self) -> str:
        return (self.rules.runs or "").strip().rstrip(";")

    def _runs(self, where: str, order: str, *, limit: int = PAGE, offset: int = 0) -> str:
        return f"{ALL} ({self._source}) AS r WHERE {where} ORDER BY {order} {_page(limit, offset)}"

    def _done(self, since: str) -> str:
        bound = f" AND r.finished_at >= {self._text(since)}" if since else ""
        return f"{self._among('status', self.rules.statuses.done)}{bound}"

    def _ended(self, since: str) -> str:
        statuses = (*self.rules.statuses.failed, *self.rules.statuses.done)
        return f"{self._among('status', statuses)} AND r.finished_at >= {self._text(since)}"

    def _begins(self, family: str) -> str:
        return f"substr(r.name, 1, {len(family)}) = {self._text(family)}"

    def _among(self, column: str, values: Sequence[str]) -> str:
        listed = ", ".join(map(self._text, values))
        return f"r.{column} IN ({listed})" if values else "1 = 0"

    def _text(self, value: str) -> str:
        return literal(value, self.dialect)


def _page(limit: int, offset: int) -> str:
    return f"LIMIT {limit} OFFSET {offset}" if offset else f"LIMIT {limit}"


def _is_number(text: str) -> bool:
    """Whether it is a whole number as SQL writes it."""
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) < 19 and str(int(text)) == text
