"""What is told of why a pipeline failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from agent.answer import Usage
from agent.llm.protocol import Engine, Tokens

UNKNOWN: Final = "unknown"
"""The code where a log was read, but no known cause stands in it."""
NO_LOG: Final = "no-log"
"""The code where no log could be read; `Cause.problem` tells why."""
OTHER: Final = "other"
"""The code of a cause that a language model found, and no signature knows."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a pipeline failed, as far as it is known.

    `code` is a signature's, or one of UNKNOWN, NO_LOG, OTHER. `headline` is one sentence, `advice` are two to four
    things to try (each a sentence; fewer where nothing is known); both are plain text in the language asked for.
    `evidence` are lines of the log, verbatim: untrusted data. `usages` are those of the models that were asked, also
    where their answer could not be used. `problem` is Tail.problem where the log could not be read.
    """

    code: str
    headline: str
    evidence: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    engine: Engine = "offline"
    usages: tuple[Usage, ...] = ()
    problem: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether a cause is named at all."""
        return self.code not in (UNKNOWN, NO_LOG)


class _Spent(BaseModel):
    model_config = ConfigDict(extra="ignore")

    model: str
    completions: int = Field(default=0, ge=0)
    prompt: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0)
    completion: int = Field(default=0, ge=0)
    cost_usd: Decimal | None = None


class _Kept(BaseModel):
    model_config = ConfigDict(extra="ignore")

    code: str
    headline: str
    evidence: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    engine: Engine = "offline"
    usages: tuple[_Spent, ...] = ()
    problem: str | None = None


def dump(cause: Cause) -> dict[str, Any]:
    """The cause as what json.dumps takes."""
    spent = [
        _Spent(
            model=one.model,
            completions=one.completions,
            prompt=one.tokens.prompt,
            cached=one.tokens.cached,
            completion=one.tokens.completion,
            cost_usd=one.cost_usd,
        )
        for one in cause.usages
    ]
    return {
        "code": cause.code,
        "headline": cause.headline,
        "evidence": list(cause.evidence),
        "advice": list(cause.advice),
        "engine": cause.engine,
        "usages": [one.model_dump(mode="json") for one in spent],
        "problem": cause.problem,
    }


def load(kept: Mapping[str, Any]) -> Cause:
    """What `dump` made, after its way through JSON. Raises ValueError where it is none."""
    read = _Kept.model_validate(kept)
    usages = tuple(
        Usage(one.model, one.completions, Tokens(one.prompt, one.cached, one.completion), one.cost_usd)
        for one in read.usages
    )
    return Cause(read.code, read.headline, read.evidence, read.advice, read.engine, usages, read.problem)
