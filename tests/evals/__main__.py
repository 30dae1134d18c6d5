"""Brings misses.md up to date: `python -m tests.evals`."""

import sys
import tempfile
from pathlib import Path

from agent.evals.floor import read_floors
from agent.evals.misses import read_misses, written
from tests.evals.asked import FLOORS, MISSES, missed

with tempfile.TemporaryDirectory() as folder:
    now = {name: missed(name, floor, Path(folder)) for name, floor in read_floors(FLOORS).items() if floor.tuned}
MISSES.write_text(written(now, read_misses(MISSES)), encoding="utf-8")
sys.stdout.write(", ".join(f"{name}: {len(ids)}" for name, ids in now.items()) + "\n")
