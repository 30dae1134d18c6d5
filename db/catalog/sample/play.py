"""Something happens in the sample catalogue: a training run fails, so that there is something to look into."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

_TIME: Final = "%Y-%m-%d %H:%M:%S"
_DIGITS: Final = "0123456789"
_FIRST: Final = 14
"""So many pipelines the sample has at first; each run added here is one more of one of these."""
_STRIDE: Final = 5
"""Coprime to _FIRST, so that runs added one after the other belong to different projects."""


def fail_a_pipeline(path: Path, now: datetime) -> str:
    """Adds one more run of a pipeline of the sample, failed at `now` after some hours, and returns its name.

    Which one depends on the rows alone. Times of the catalogue have no zone:
    `now` is written down as its own clock shows it. Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(path)) as connection:
        pipeline = connection.execute("SELECT max(id) + 1 FROM pipelines").fetchone()[0]
        known = connection.execute(
            "SELECT name, dataset_id, gpu_type, framework FROM pipelines WHERE id <= ? ORDER BY id", (_FIRST,)
        ).fetchall()
        first, dataset, gpu, framework = known[pipeline * _STRIDE % _FIRST]
        names = [row[0] for row in connection.execute("SELECT name FROM pipelines")]
        name = _next_name(first.rstrip(_DIGITS), names)
        started = now - timedelta(hours=1 + pipeline % 7, minutes=pipeline * 13 % 60)
        connection.execute(
            "INSERT INTO pipelines (id, dataset_id, name, status, gpu_type, framework, started_at, finished_at) "
            "VALUES (?, ?, ?, 'failed', ?, ?, ?, ?)",
            (pipeline, dataset, name, gpu, framework, f"{started:{_TIME}}", f"{now:{_TIME}}"),
        )
        connection.execute(
            "INSERT INTO artifacts (pipeline_id, type, path, size_mb) VALUES (?, 'log', ?, 0.3)",
            (pipeline, f"/mnt/artifacts/{name}/error.log"),
        )
        connection.commit()
    return name


def _next_name(stem: str, names: list[str]) -> str:
    """ "yolov8-wafer-exp04" where "yolov8-wafer-exp03" is the last of its kind."""
    numbers = [int(name.removeprefix(stem)) for name in names if name.rstrip(_DIGITS) == stem]
    return f"{stem}{max(numbers) + 1:02d}"
