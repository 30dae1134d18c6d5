"""What goes into a turn and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from agent.attached import Attached
from agent.chart import Chart
from agent.explanation import Explanation
from agent.headings import Heading
from agent.llm.protocol import Engine, Tokens
from agent.memory import Focus
from agent.offer import Offer
from db.catalog.meaning import Language
from db.catalog.people import Asking
from db.catalog.table import Table


@dataclass(frozen=True, slots=True)
class ThreadKey:
    """One conversation: a Slack thread, or ("terminal", "chat", name)."""

    team: str
    channel: str
    thread_ts: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `ts` is the asking message's own Slack timestamp, if any; `roles` are the asker's in the policy.

    `is_stepwise`: the asker wants to be told the way to the answer, step by step. `language` is the one they want to be
    answered in, None for the question's own. `me`: whose "my" it is. `attached` stands beside the question.
    `alerts`: details of those that its thread stands below, where the surface tells; else the store does.
    """

    turn_id: str
    thread: ThreadKey
    user: str
    text: str
    asked_at: datetime
    ts: str | None = None
    roles: tuple[str, ...] = ()
    is_stepwise: bool = False
    language: Language | None = None
    me: Asking = None
    attached: tuple[Attached, ...] = ()
    alerts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL statement of a turn: its result, or the error it met; `ms` is how long it took, where that is known."""

    sql: str
    table: Table | None = None
    error: str | None = None
    ms: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a turn cost. `cost_usd` is None where no price is known."""

    model: str
    completions: int = 0
    tokens: Tokens = Tokens()
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one ask: Markdown text, the queries behind it, the cost.

    `notice` is a sentence for the asker on how the answer came about (the
    model was unreachable and rules answered instead), or None. `offer` is
    shown by the surface, not in the text: what the asker may choose next.
    `headings` are those of the columns of `result`; () where nobody knows any.
    `chart` is drawn beside the text, where a comparison, a ranking or a trend was asked for; `is_drawable`: the rows
    of an answer without one could be.
    """

    turn_id: str
    text: str
    language: Language
    engine: Engine
    usage: Usage
    queries: tuple[Query, ...] = ()
    focus: tuple[Focus, ...] = ()
    notice: str | None = None
    frame: Mapping[str, Any] | None = None
    offer: Offer | None = None
    elapsed_s: float = 0.0
    explanation: Explanation | None = None
    headings: tuple[Heading, ...] = ()
    chart: Chart | None = None
    is_drawable: bool = False

    @property
    def result(self) -> Table | None:
        """The rows shown with the text: those of `behind`."""
        found = behind(self.queries)
        return None if found is None else found.table


def behind(queries: Sequence[Query]) -> Query | None:
    """The query whose rows are shown with the text: the last one that found any, else the last one that ran."""
    ran = [query for query in reversed(queries) if query.table is not None]
    return next((query for query in ran if query.table is not None and query.table.rows), ran[0] if ran else None)
