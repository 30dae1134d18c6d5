"""The sample catalogue: a small MLOps team, so that the bot has something to talk about from the first minute."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent

SAMPLE_SEMANTICS: Final = _HERE / "catalog.yml"
SAMPLE_RULES: Final = _HERE / "alerts.yml"


def build_sample(path: Path) -> bool:
    """Writes the sample catalogue to `path` unless a file is there; says whether it wrote.

    Whole or not at all: the file appears under its name when it is complete.
    Raises OSError or sqlite3.Error where the folder cannot be written.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        _fill(name)
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _fill(name: str) -> None:
    with closing(sqlite3.connect(name)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        for script in ("schema.sql", "rows.sql"):
            connection.executescript((_HERE / script).read_text(encoding="utf-8"))
        connection.commit()


def postgres_script() -> str:
    """The sample as SQL for Postgres, to be run in an empty schema by its owner."""
    return "".join((_HERE / script).read_text(encoding="utf-8") for script in ("postgres.sql", "rows.sql"))
