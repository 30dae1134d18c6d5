"""Floors that only rise."""

from pathlib import Path

import pytest

from agent.evals.floor import FloorError, SetFloor, read_floors, write_floors
from agent.evals.score import Score


def test_a_score_below_the_floor_says_in_what() -> None:
    floor = SetFloor(right=90, wrong=2)
    assert floor.broken_by(Score("ALL", 100, 90, 90, 2)) == []
    right, wrong = floor.broken_by(Score("ALL", 100, 89, 80, 3))
    assert right == "right 89.0 %, at least 90.0 % is due"
    assert wrong == "confidently wrong 3.0 %, at most 2.0 % is allowed"


def test_a_floor_rises_and_never_falls() -> None:
    floor = SetFloor(right=90, wrong=2)
    assert floor.raised(Score("ALL", 100, 95, 90, 1)) == SetFloor(right=95, wrong=1)
    assert floor.raised(Score("ALL", 100, 80, 80, 9)) == floor


def test_floors_come_back_as_they_were_written(tmp_path: Path) -> None:
    floors = {"a.jsonl": SetFloor(right=1, catalog=("a.sql",)), "b.jsonl": SetFloor(tuned=False)}
    floors["c.jsonl"] = SetFloor(catalog=("a.sql", "b.sql"), semantics="c.yml")
    write_floors(tmp_path / "floor.yml", floors)
    assert read_floors(tmp_path / "floor.yml") == floors


@pytest.mark.parametrize("text", ["", "sets: [1]", "sets: {a: {rihgt: 1}}", "sets: {a: {right: many}}", "{"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "floor.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FloorError, match=r"floor\.yml cannot be used"):
        read_floors(tmp_path / "floor.yml")
    with pytest.raises(FloorError):
        read_floors(tmp_path / "none.yml")
