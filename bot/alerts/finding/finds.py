"""What a rule has found, as the store records it: the same source for the same failure, one fingerprint a group."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.catalog.alerts.queries import family_of
from db.catalog.alerts.rules import Rule
from db.catalog.alerts.runs import Run, group_of
from db.store.alerts.records import AlertKind, Found


def found_of(rule: Rule, run: Run, kind: AlertKind | None = None, details: Mapping[str, Any] | None = None) -> Found:
    """A run as the rule's find; `details` in the place of the run's row where there is more to tell than that."""
    told = dict(details if details is not None else run.row)
    return Found(
        # What has no id is told apart by its name.
        source=source_of(rule.name, run.run_id or f"\0{run.name}", run.finished_at, run.moment),
        fingerprint=fingerprint_of(rule, run.row),
        run_id=run.run_id,
        name=run.name,
        project=run.text("project"),
        moment=run.moment,
        at=run.finished_at,
        details={name: _plain(value) for name, value in told.items()},
        severity=rule.severity,
        kind=kind or rule.kind,
    )


def fingerprint_of(rule: Rule, row: Mapping[str, Any]) -> str:
    """The same for all that one alert takes in. `family` in the rule's group is the name without its counter."""
    columns = {**row, "family": family_of(str(row.get("name") or ""))}
    return _hash(rule.name, *group_of(columns, rule.group))


def source_of(rule: str, run_id: str, at: datetime | None, moment: str) -> str:
    """The same for the same failure, however often it is found, and by whom; by the instant, not by its spelling."""
    return _hash(rule, run_id, moment if at is None else at.isoformat())


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def _plain(value: object) -> object:
    """A cell as JSON has it."""
    return value if value is None or isinstance(value, str | int | float | bool | list) else str(value)
