"""What a turn spent, model by model, also when it failed half-way."""

from agent.answer import Usage
from agent.llm.pricing import Prices
from agent.llm.protocol import Tokens


class Bill:
    """Collects the tokens of a turn's completions."""

    def __init__(self, prices: Prices) -> None:
        self._prices = prices
        self._spent: dict[str, tuple[int, Tokens]] = {}

    def add(self, model: str, tokens: Tokens) -> None:
        count, before = self._spent.get(model, (0, Tokens()))
        self._spent[model] = (count + 1, before + tokens)

    def usage(self, model: str) -> Usage:
        """What `model` was used for in this turn; zero where it was not."""
        count, tokens = self._spent.get(model, (0, Tokens()))
        return Usage(model, count, tokens, self._prices.cost_usd(model, tokens))

    def usages(self) -> tuple[Usage, ...]:
        """One entry for each model that answered at all."""
        return tuple(self.usage(model) for model in self._spent)
