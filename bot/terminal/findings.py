"""A line of what `doctor` has found."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["ok", "off", "FAIL"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `advice` says what to do where the state is FAIL or off."""

    part: str
    state: State
    detail: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.state:<4}  {self.part:<22}  {self.detail}"
        return f"{line}  -> {self.advice}" if self.advice else line
