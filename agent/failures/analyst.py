"""Looks for the cause of a failure: asks a language model where there is one, else the rules."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from agent.bill import Bill
from agent.errors import ModelRefused, ModelUnavailable
from agent.failures.cause import Cause
from agent.failures.diagnosis import diagnose
from agent.failures.prompt import asking
from agent.failures.reply import Nonsense, cause_in
from agent.failures.unread import without_log
from agent.llm.pricing import Prices
from agent.llm.protocol import Model, Prompt
from db.catalog.meaning import Language
from db.logfiles import Tail
from db.logs.text import lines_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnalysisLimits:
    """Bounds of one analysis: seconds that the models may take together, characters of the log that they are shown."""

    deadline_s: float = 45.0
    log_chars: int = 16_000


class Analyst:
    """Says why a pipeline failed. One instance serves all alerts, side by side.

    `models` are asked in order until one answers with something usable; those that are no language models are left
    out. They have to be told by `agent.failures.prompt.messages` (OpenAIModel.telling).
    """

    def __init__(
        self,
        models: Sequence[Model] = (),
        *,
        limits: AnalysisLimits = AnalysisLimits(),
        prices: Prices | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._models = tuple(model for model in models if model.engine == "llm")
        self._limits = limits
        self._prices = prices or Prices.kept()
        self._clock = clock

    async def analyse(self, facts: Mapping[str, Any], tail: Tail | None, language: Language) -> Cause:
        """The cause of the failure that `facts` tell of. Raises nothing but CancelledError.

        `facts` are an alert's cells; read are `started_at` and `finished_at` (ISO text), `log_path`, `error` (what the
        catalogue itself says of it) and `usual_s` (how long such runs take, a number). Without a log, `error` is read
        as one.
        """
        lines = tail.lines if tail is not None and tail.lines else _said(facts)
        if not any(line.strip() for line in lines):
            return without_log(facts, tail, language)
        bill = Bill(self._prices)
        cause = await self._asked(asking(facts, lines, language, self._clock(), log_chars=self._limits.log_chars), bill)
        if cause is None:
            cause = await asyncio.to_thread(diagnose, lines, language)
        return replace(cause, usages=bill.usages(), problem=None if tail is None else tail.problem)

    async def _asked(self, prompt: Prompt, bill: Bill) -> Cause | None:
        """The cause as the first model with a usable answer names it; None where none has one in time."""
        (shown,) = prompt.attached
        lines = shown.text.split("\n")
        try:
            async with asyncio.timeout(self._limits.deadline_s):
                for model in self._models:
                    try:
                        completion = await model.complete(prompt, _ignore)
                        bill.add(model.name, completion.tokens)
                        return cause_in(completion.text, lines, prompt.language)
                    except (ModelUnavailable, ModelRefused, Nonsense) as error:
                        log.warning("a model names no cause", extra={"error": type(error).__name__})
        except TimeoutError:
            log.warning("a model names no cause", extra={"error": "TimeoutError"})
        return None


def _ignore(_: str) -> None:
    """Nobody watches the answer grow."""


def _said(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What the catalogue itself says of the error, as a log's lines."""
    made = lines_of(str(facts.get("error") or "").encode(errors="replace"), is_cut=False)
    return () if made is None else made[0]
