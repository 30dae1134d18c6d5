"""What tokens cost: a kept table of prices with their dates and sources, and never a guess."""

from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

import yaml

from agent.llm.protocol import Tokens

PER = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    prompt: Decimal
    cached: Decimal
    completion: Decimal


class Prices:
    """Looks a model's price up by its exact name."""

    def __init__(self, prices: dict[str, Price]) -> None:
        self._prices = prices

    @classmethod
    def kept(cls) -> "Prices":
        """The table in prices.yml."""
        text = resources.files("agent.llm").joinpath("prices.yml").read_text(encoding="utf-8")
        return cls({name: _price(entry) for name, entry in yaml.safe_load(text)["models"].items()})

    def cost_usd(self, model: str, tokens: Tokens) -> Decimal | None:
        """The cost of `tokens`, or None where the model's price is not known."""
        price = self._prices.get(model)
        if price is None:
            return None
        fresh = max(tokens.prompt - tokens.cached, 0)
        total = fresh * price.prompt + tokens.cached * price.cached + tokens.completion * price.completion
        return total / PER


def _price(entry: dict[str, object]) -> Price:
    prompt = Decimal(str(entry["prompt"]))
    return Price(prompt, Decimal(str(entry.get("cached", entry["prompt"]))), Decimal(str(entry["completion"])))
