"""What each question set must reach at least: figures that only ever rise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent.evals.score import Score

_HEAD = """\
# What the offline engine reaches on each question set, in percent: `right` at least, `wrong` (rows shown, yet wrong)
# at most. `make eval` fails below it; `mlops-bot eval --floor tests/evals/floor.yml --raise-floor` notes better ones.
# `tuned` says whether misses were looked at while the engine was written. `catalog`, `semantics`: what a set asks of,
# where that is not the sample.
"""


class FloorError(Exception):
    """For the operator: the file of floors cannot be used."""


class SetFloor(BaseModel):
    """One question set's floor. Paths are relative to the file of floors; `catalog`: SQL scripts, in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: float = 0.0
    wrong: float = 100.0
    tuned: bool = True
    catalog: tuple[str, ...] = ()
    semantics: str | None = None

    @field_validator("catalog", mode="before")
    @classmethod
    def _scripts(cls, named: object) -> object:
        """One may stand alone, without a list."""
        return (named,) if isinstance(named, str) else named

    def broken_by(self, score: Score) -> list[str]:
        """Sentences on what is worse than the floor; none when nothing is."""
        found = []
        if round(score.right, 1) < self.right:
            found.append(f"right {score.right:.1f} %, at least {self.right:.1f} % is due")
        if round(score.wrong, 1) > self.wrong:
            found.append(f"confidently wrong {score.wrong:.1f} %, at most {self.wrong:.1f} % is allowed")
        return found

    def raised(self, score: Score) -> "SetFloor":
        """The floor with each figure that the score betters; never a lower one."""
        better = {"right": max(self.right, round(score.right, 1)), "wrong": min(self.wrong, round(score.wrong, 1))}
        return self.model_copy(update=better)


def read_floors(file: Path) -> dict[str, SetFloor]:
    """The floors by set, as the file names them. Raises FloorError."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {str(name): SetFloor.model_validate(floor) for name, floor in data["sets"].items()}
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError, AttributeError) as error:
        raise FloorError(f"{file} cannot be used: {str(error).splitlines()[0]}") from error


def _dumped(floor: SetFloor) -> dict[str, Any]:
    data = floor.model_dump(mode="json", exclude_none=True)
    scripts = data.pop("catalog")
    return {**data, "catalog": scripts[0] if len(scripts) == 1 else scripts} if scripts else data


def write_floors(file: Path, floors: Mapping[str, SetFloor]) -> None:
    data = {name: _dumped(floor) for name, floor in floors.items()}
    file.write_text(_HEAD + yaml.safe_dump({"sets": data}, sort_keys=False, allow_unicode=True), encoding="utf-8")
