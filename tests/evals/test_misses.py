"""misses.md tells the truth: what is missed stands there with a reason, what is answered does not."""

from pathlib import Path

import pytest

from agent.evals.floor import read_floors
from agent.evals.misses import UNKNOWN, read_misses, written
from tests.evals.asked import FLOORS, MISSES, missed

TUNED = {name: floor for name, floor in read_floors(FLOORS).items() if floor.tuned}


@pytest.mark.timeout(600)  # some hundred questions a set
@pytest.mark.parametrize("name", TUNED)
def test_the_misses_of_a_set_are_those_written_down(name: str, tmp_path: Path) -> None:
    found = missed(name, TUNED[name], tmp_path)
    assert list(read_misses(MISSES)[name]) == found, "python -m tests.evals brings misses.md up to date"


def test_every_miss_has_a_reason() -> None:
    reasons = [reason for ids in read_misses(MISSES).values() for reason in ids.values()]
    assert all(reasons)
    assert UNKNOWN not in reasons


def test_reasons_outlive_a_rewrite_and_what_is_answered_goes(tmp_path: Path) -> None:
    file = tmp_path / "misses.md"
    file.write_text(written({"a.jsonl": ["x", "y"], "b.jsonl": []}, {"a.jsonl": {"x": "too hard"}}), encoding="utf-8")
    assert read_misses(file) == {"a.jsonl": {"x": "too hard", "y": UNKNOWN}, "b.jsonl": {}}
    assert "None." in file.read_text(encoding="utf-8")
    assert read_misses(tmp_path / "none.md") == {}
