"""The known signatures of failures: agent/failures/signatures.yml, read once."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Final, Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from agent.failures.gates import Gate, gate_of

Rank: TypeAlias = Literal["root", "effect", "weak", "last"]
RANKS: Final[tuple[Rank, ...]] = ("root", "effect", "weak", "last")


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines that `pattern` finds tell of the cause `code`; signatures.yml says what the rest means."""

    code: str
    pattern: re.Pattern[str]
    gate: Gate
    rank: Rank
    loud: bool
    soft: bool

    def find(self, line: str, low: str) -> re.Match[str] | None:
        """Where `line` tells of the cause; `low` is it in small letters."""
        return self.pattern.search(line) if self.gate.is_open(line, low) else None


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(pattern="^[a-z]+(?:-[a-z]+)*$")]
    patterns: Annotated[list[str], Field(min_length=1)]
    rank: Rank = "root"
    loud: bool = False
    soft: bool = False


@cache
def signatures() -> tuple[Signature, ...]:
    """All of them, in the order in which they are tried on a line."""
    text = resources.files("agent.failures").joinpath("signatures.yml").read_text(encoding="utf-8")
    written = TypeAdapter(list[_Written]).validate_python(yaml.safe_load(text))
    return tuple(
        Signature(
            one.code,
            re.compile("|".join(one.patterns), re.IGNORECASE),
            gate_of(one.patterns),
            one.rank,
            one.loud,
            one.soft,
        )
        for one in written
    )


@cache
def codes() -> frozenset[str]:
    """The causes that are known by a signature."""
    return frozenset(one.code for one in signatures())
