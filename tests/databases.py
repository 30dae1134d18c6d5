"""Databases that tests fill from the project's SQL scripts."""

import sqlite3
from pathlib import Path
from typing import Final

_EVALS: Final = Path(__file__).parent / "evals"
_SAMPLE: Final = Path(__file__).parents[1] / "db" / "catalog" / "sample"

SAMPLE: Final = (_SAMPLE / "schema.sql", _SAMPLE / "rows.sql")
LATELY: Final = (*SAMPLE, _EVALS / "alerts" / "lately.sql")
"""The sample with runs that have failed lately."""
HOSPITAL_WORDS: Final = _EVALS / "hospital" / "catalog.yml"
HOSPITAL: Final = (_EVALS / "hospital" / "hospital.sql",)


def fill(database: sqlite3.Connection, *scripts: Path) -> None:
    """Runs them one after the other."""
    for script in scripts:
        database.executescript(script.read_text(encoding="utf-8"))
