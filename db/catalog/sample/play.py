"""Something happens in the sample catalogue, so that there is something to look into: runs fail, recover, get stuck."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from db.catalog.sample.logs import FAILURES, OF_A_STORM, WITHOUT_GPU, write_log

_TIME: Final = "%Y-%m-%d %H:%M:%S"
_DIGITS: Final = "0123456789"
_FIRST: Final = 14
"""So many pipelines the sample has at first; each run added here is one more of one of these."""
_STRIDE: Final = 5
"""Coprime to _FIRST, so that runs added one after the other belong to different projects."""
_STUCK_DAYS: Final = 3
_NOT_RECOVERED: Final = """
SELECT p.name, p.dataset_id, p.gpu_type, p.framework, p.finished_at
FROM pipelines p
WHERE p.status = 'failed' AND NOT EXISTS (
    SELECT 1
    FROM pipelines again
    WHERE again.name = p.name
        AND again.dataset_id = p.dataset_id
        AND again.status = 'completed'
        AND again.finished_at >= p.finished_at
)
ORDER BY p.finished_at DESC, p.id DESC
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class _Run:
    """A pipeline to be added; its times are written as their own clock shows them."""

    name: str
    dataset: int
    gpu: str | None
    framework: str | None
    status: Literal["failed", "completed", "running"]
    started: datetime
    finished: datetime | None


def logs_of(path: Path) -> Path:
    """The folder that holds the logs of what happens in the sample catalogue at `path`, whole and without symlinks."""
    return path.resolve().parent / "logs"


def fail_a_pipeline(path: Path, now: datetime) -> str:
    """Adds one more run of a pipeline of the sample, failed at `now` after some hours, and returns its name.

    Which one, and why it failed, depends on the rows alone; its log tells why. Times of the catalogue have no zone:
    `now` is written down as its own clock shows it. Raises sqlite3.Error, OSError.
    """
    with _writing(path) as connection:
        pipeline = _next_id(connection)
        kind = _kinds(connection)[pipeline * _STRIDE % _FIRST]
        return _fail(connection, path, kind, now)


def storm(path: Path, now: datetime, n: int) -> tuple[str, ...]:
    """`n` runs of one project fail at `now`, all for the same reason; returns their names. See fail_a_pipeline."""
    with _writing(path) as connection:
        kinds = _kinds(connection)
        project = kinds[_next_id(connection) * _STRIDE % _FIRST].project
        alike = [kind for kind in kinds if kind.project == project]
        return tuple(_fail(connection, path, alike[at % len(alike)], now, OF_A_STORM) for at in range(n))


def recover_pipeline(path: Path, now: datetime) -> str | None:
    """The pipeline that failed last runs again under its name and is completed at `now`; returns that name.

    None where no failed run is left that has not been run again. Raises sqlite3.Error, OSError.
    """
    with _writing(path) as connection:
        failed = connection.execute(_NOT_RECOVERED).fetchone()
        if failed is None:
            return None
        name, dataset, gpu, framework, finished = failed
        naive = now.replace(tzinfo=None)
        started = max(datetime.strptime(finished, _TIME), naive - timedelta(minutes=40))
        run = _Run(name, dataset, gpu, framework, "completed", min(started, naive), naive)
        pipeline = _add(connection, run)
        _leave(connection, pipeline, "checkpoint", f"/mnt/artifacts/{name}/weights/best.pt", 52.4)
        _leave(connection, pipeline, "log", _written(connection, path, pipeline, run, "completed"), 0.6)
        return str(name)


def stick_a_pipeline(path: Path, now: datetime) -> str:
    """Adds a run that began days ago and is running still; returns its name. See fail_a_pipeline."""
    with _writing(path) as connection:
        pipeline = _next_id(connection)
        kind = _kinds(connection)[pipeline * _STRIDE % _FIRST]
        started = now - timedelta(days=_STUCK_DAYS + pipeline % 3, minutes=pipeline * 13 % 60)
        name = _next_name(connection, kind.name)
        run = _Run(name, kind.dataset, kind.gpu, kind.framework, "running", started, None)
        pipeline = _add(connection, run)
        _leave(connection, pipeline, "log", _written(connection, path, pipeline, run, "stuck"), 0.1)
        return name


@dataclass(frozen=True, slots=True)
class _Kind:
    """A pipeline of the sample's beginning, of which there can be more runs."""

    name: str
    dataset: int
    gpu: str | None
    framework: str | None
    project: int


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose rows are kept at the end, all or none."""
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def _kinds(connection: sqlite3.Connection) -> list[_Kind]:
    rows = connection.execute(
        "SELECT p.name, p.dataset_id, p.gpu_type, p.framework, d.project_id FROM pipelines p "
        "JOIN datasets d ON d.id = p.dataset_id WHERE p.id <= ? ORDER BY p.id",
        (_FIRST,),
    )
    return [_Kind(*row) for row in rows]


def _fail(connection: sqlite3.Connection, path: Path, kind: _Kind, now: datetime, why: str | None = None) -> str:
    pipeline = _next_id(connection)
    started = now - timedelta(hours=1 + pipeline % 7, minutes=pipeline * 13 % 60)
    name = _next_name(connection, kind.name)
    run = _Run(name, kind.dataset, kind.gpu, kind.framework, "failed", started, now)
    pipeline = _add(connection, run)
    fitting = FAILURES if kind.gpu is not None else WITHOUT_GPU
    log = _written(connection, path, pipeline, run, why or fitting[pipeline % len(fitting)])
    _leave(connection, pipeline, "log", log, 0.3)
    return name


def _add(connection: sqlite3.Connection, run: _Run) -> int:
    pipeline = _next_id(connection)
    finished = None if run.finished is None else f"{run.finished:{_TIME}}"
    connection.execute(
        "INSERT INTO pipelines (id, dataset_id, name, status, gpu_type, framework, started_at, finished_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (pipeline, run.dataset, run.name, run.status, run.gpu, run.framework, f"{run.started:{_TIME}}", finished),
    )
    return pipeline


def _leave(connection: sqlite3.Connection, pipeline: int, kind: str, path: str, size_mb: float) -> None:
    connection.execute(
        "INSERT INTO artifacts (pipeline_id, type, path, size_mb) VALUES (?, ?, ?, ?)", (pipeline, kind, path, size_mb)
    )


def _written(connection: sqlite3.Connection, path: Path, pipeline: int, run: _Run, what: str) -> str:
    """The path of the run's log, which is written."""
    dataset = connection.execute("SELECT name FROM datasets WHERE id = ?", (run.dataset,)).fetchone()[0]
    file = logs_of(path) / f"{run.name}-{pipeline}" / ("error.log" if run.status == "failed" else "train.log")
    names = {"name": run.name, "dataset": str(dataset), "gpu": run.gpu or "CPU"}
    write_log(file, what, names, run.started, run.finished or run.started + timedelta(days=1))
    return str(file)


def _next_id(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(id) + 1 FROM pipelines").fetchone()[0])


def _next_name(connection: sqlite3.Connection, known: str) -> str:
    """ "yolov8-wafer-exp04" where "yolov8-wafer-exp03" is the last of its kind."""
    stem = known.rstrip(_DIGITS)
    names = [str(row[0]) for row in connection.execute("SELECT name FROM pipelines")]
    numbers = [int(name.removeprefix(stem)) for name in names if name.rstrip(_DIGITS) == stem]
    return f"{stem}{max(numbers) + 1:02d}"
