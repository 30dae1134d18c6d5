"""Looks for the cause of a failure: asks a language model where there is one, else the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.failures.cause import Cause
from agent.failures.diagnosis import diagnose
from agent.llm.pricing import Prices
from agent.llm.protocol import Model
from db.catalog.meaning import Language
from db.logfiles import Tail


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
        self, models: Sequence[Model] = (), *, limits: AnalysisLimits = AnalysisLimits(), prices: Prices | None = None
    ) -> None:
        self._models = tuple(model for model in models if model.engine == "llm")
        self._limits = limits
        self._prices = prices or Prices.kept()

    async def analyse(self, facts: Mapping[str, Any], tail: Tail | None, language: Language) -> Cause:
        """The cause of the failure that `facts` tell of; raises nothing but CancelledError.

        `facts` are an alert's cells; read are `started_at` and `finished_at` (ISO text), `log_path`, `error` (what the
        catalogue itself says of it) and `usual_s` (how long such runs take).
        """
        return diagnose(tail.lines if tail is not None else (), language)
