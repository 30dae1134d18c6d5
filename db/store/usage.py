"""The ledger of tokens and money."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, func, select

from db.store.database import Database
from db.store.records import Spent, UsageTotal
from db.store.tables import usage

_SPENT: Final = select(func.sum(usage.c.prompt_tokens + usage.c.completion_tokens), func.sum(usage.c.cost_usd)).where(
    usage.c.spent_at >= bindparam("since"), usage.c.spent_at < bindparam("until")
)


class UsageLog:
    """Reads what `TurnLog.finish` and `TurnLog.fail` wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spent(self, since: datetime, until: datetime) -> Spent:
        """What all turns cost together that ended in since <= time < until. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            tokens, cost_usd = (await connection.execute(_SPENT, {"since": since, "until": until})).one()
        return Spent(int(tokens or 0), cost_usd or Decimal(0))

    async def totals(self, since: datetime, until: datetime) -> list[UsageTotal]:
        """Per user and model, for turns that ended in since <= time < until. Raises StoreUnavailable."""
        query = (
            select(
                usage.c.user_id,
                usage.c.model,
                func.count().label("turns"),
                func.sum(usage.c.completions),
                func.sum(usage.c.prompt_tokens),
                func.sum(usage.c.cached_tokens),
                func.sum(usage.c.completion_tokens),
                func.sum(usage.c.cost_usd),
                func.count() - func.count(usage.c.cost_usd),
            )
            .where(usage.c.spent_at >= since, usage.c.spent_at < until)
            .group_by(usage.c.user_id, usage.c.model)
            .order_by(usage.c.user_id, usage.c.model)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return [
                UsageTotal(user, model, turns, int(completions), int(prompt), int(cached), int(written), cost, unpriced)
                for user, model, turns, completions, prompt, cached, written, cost, unpriced in rows
            ]
