"""What the bot said to one question of a set, as a line of JSON."""

import json
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from db.catalog.table import Cell


@dataclass(frozen=True, slots=True)
class Cost:
    """Tokens and money of a whole thread; `cost_usd` is None where any turn's price is unknown."""

    completions: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """The outcome of one line: `sql` has every statement of the thread in order, the rest is of its last turn.

    `error` is the code of the turn that got no answer; `text` is then what the asker read.
    """

    id: str
    sql: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    text: str = ""
    usage: Cost = field(default_factory=Cost)
    elapsed_s: float = 0.0
    error: str | None = None

    def to_json(self) -> str:
        """One line, without its line break; `error` only where there is one."""
        data = asdict(self)
        if self.error is None:
            del data["error"]
        return json.dumps(data, ensure_ascii=False)


def total_usd(costs: list[Decimal | None]) -> float | None:
    """The sum; None where one of them is unknown."""
    known = [cost for cost in costs if cost is not None]
    return float(sum(known, Decimal())) if len(known) == len(costs) else None
