"""What the clock has started: each run of a job once, whoever's clock it was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, exists, select

from db.store.alerts import outbox
from db.store.alerts.records import Letter, ScheduledRun
from db.store.alerts.rows import adding
from db.store.alerts.tables import schedule_runs
from db.store.database import Database

_COLUMNS: Final = tuple(schedule_runs.c[name] for name in ("job_key", "slot", "scheduled_for", "outcome", "at"))
_HISTORY: Final = select(*_COLUMNS).order_by(schedule_runs.c.scheduled_for.desc(), schedule_runs.c.at.desc())
_LAST: Final = _HISTORY.where(schedule_runs.c.job_key == bindparam("of")).limit(1)
_LATER: Final = schedule_runs.alias("later")
_OLD: Final = delete(schedule_runs).where(
    schedule_runs.c.scheduled_for < bindparam("before"),
    exists().where(_LATER.c.job_key == schedule_runs.c.job_key, _LATER.c.scheduled_for > schedule_runs.c.scheduled_for),
)


class ScheduleLog:
    """One row a run. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, run: ScheduledRun, letters: Sequence[Letter] = ()) -> bool:
        """Notes a run with the letters that come of it, in one transaction; False: somebody else has run it."""
        row = {column.name: getattr(run, column.name) for column in _COLUMNS}
        async with self._database.writing() as connection:
            noting = adding(connection, schedule_runs).values(row).on_conflict_do_nothing()
            if (await connection.execute(noting.returning(schedule_runs.c.slot))).first() is None:
                return False
            await outbox.add(connection, letters, run.at)
        return True

    async def last(self, job_key: str, until: datetime | None = None) -> ScheduledRun | None:
        """The run that was scheduled last; with `until`, without what a clock that was ahead has run since."""
        found = _LAST if until is None else _LAST.where(schedule_runs.c.scheduled_for <= until)
        async with self._database.reading() as connection:
            row = (await connection.execute(found, {"of": job_key})).mappings().first()
        return None if row is None else ScheduledRun(**row)

    async def history(self, job_key: str | None = None, limit: int = 20) -> list[ScheduledRun]:
        """The newest first."""
        found = _HISTORY.limit(limit)
        if job_key is not None:
            found = found.where(schedule_runs.c.job_key == job_key)
        async with self._database.reading() as connection:
            return [ScheduledRun(**row) for row in (await connection.execute(found)).mappings()]

    async def prune(self, before: datetime) -> None:
        """Drops the runs that were scheduled before that time, beside each job's last."""
        async with self._database.writing() as connection:
            await connection.execute(_OLD, {"before": before})
