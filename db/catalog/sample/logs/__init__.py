"""The logs that runs of the sample leave: files beside this one, filled in with names and times."""

import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

FAILURES: Final = (
    "cuda-oom",
    "disk-full",
    "nan-loss",
    "host-oom",
    "file-missing",
    "nccl",
    "preempted",
    "column-missing",
)
"""What runs fail of, one after the other."""
WITHOUT_GPU: Final = ("column-missing", "file-missing", "host-oom", "disk-full")
OF_A_STORM: Final = "disk-full"
"""What many runs fail of at once: they share a disk."""

_WHEN: Final = re.compile(r"^@(\d+)% ", re.MULTILINE)
"""How far between its beginning and its end the run was when it wrote a line."""
_NAME: Final = re.compile(r"@([a-z]+)@")


def write_log(file: Path, what: str, names: Mapping[str, str], started: datetime, finished: datetime) -> None:
    """Writes the log called `what`, with `names` filled in, to `file`. Raises OSError."""
    text = files("db.catalog.sample.logs").joinpath(f"{what}.log").read_text(encoding="utf-8")
    timed = _WHEN.sub(lambda m: f"{started + (finished - started) * int(m[1]) / 100:%Y-%m-%d %H:%M:%S} ", text)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_NAME.sub(lambda m: names[m[1]], timed), encoding="utf-8")
