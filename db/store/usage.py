"""The ledger of tokens and money."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, bindparam, case, distinct, func, insert, select

from db.store.database import Database
from db.store.records import Spent, StoredTurn, UsageBy, UsageEntry, UsageTotal
from db.store.tables import turns, usage

_SPENT: Final = select(func.sum(usage.c.prompt_tokens + usage.c.completion_tokens), func.sum(usage.c.cost_usd)).where(
    usage.c.spent_at >= bindparam("since"), usage.c.spent_at < bindparam("until")
)


By: TypeAlias = Literal["user", "channel", "model"]

_SUBJECTS: Final = {"user": usage.c.user_id, "channel": turns.c.channel, "model": usage.c.model}
_ANSWERS: Final = (
    select(turns.c.engine, func.count())
    .where(
        turns.c.status == "done", turns.c.finished_at >= bindparam("since"), turns.c.finished_at < bindparam("until")
    )
    .group_by(turns.c.engine)
)


def _by(subject: ColumnElement[str]) -> Select[str, int, Any, Any, Any, int]:
    tokens = func.sum(usage.c.prompt_tokens + usage.c.completion_tokens)
    asked = func.count(distinct(usage.c.turn_id))
    unpriced = func.count(distinct(case((usage.c.cost_usd.is_(None), usage.c.turn_id))))
    return (
        select(subject, asked, func.sum(usage.c.completions), tokens, func.sum(usage.c.cost_usd), unpriced)
        .join(turns, turns.c.turn_id == usage.c.turn_id)
        .where(usage.c.spent_at >= bindparam("since"), usage.c.spent_at < bindparam("until"))
        .group_by(subject)
        .order_by(tokens.desc(), subject)
    )


_ASKED: Final = insert(turns).values(question="", answer="", queries=[], focus=[], reply_ts=[], status="forgotten")
_BOOK: Final = insert(usage)

_BY: Final = {by: _by(subject) for by, subject in _SUBJECTS.items()}


class UsageLog:
    """Reads what `TurnLog.finish` and `TurnLog.fail` wrote, and `book` what was spent outside of any turn."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def book(self, turn: StoredTurn, entries: Sequence[UsageEntry]) -> None:
        """Writes down what something cost that nobody asked for: a turn of which nothing but its cost is remembered.

        `turn` says for whom, where and when (`asked_at`); its words are not kept. Raises StoreUnavailable.
        """
        if not entries:
            return
        at = turn.asked_at
        place = {"team": turn.team, "channel": turn.channel, "thread_ts": turn.thread_ts, "user_id": turn.user_id}
        of = {"turn_id": turn.turn_id, "user_id": turn.user_id, "spent_at": at}
        async with self._database.writing() as connection:
            await connection.execute(_ASKED, {"turn_id": turn.turn_id, "asked_at": at, "finished_at": at, **place})
            await connection.execute(_BOOK, [of | asdict(entry) for entry in entries])

    async def spent(self, since: datetime, until: datetime) -> Spent:
        """What all turns cost together that ended in since <= time < until. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            tokens, cost_usd = (await connection.execute(_SPENT, {"since": since, "until": until})).one()
        return Spent(int(tokens or 0), cost_usd or Decimal(0))

    async def by(self, by: By, since: datetime, until: datetime) -> list[UsageBy]:
        """What each user, channel or model took, of turns that ended in since <= time < until; the most tokens first.

        Raises StoreUnavailable.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(_BY[by], {"since": since, "until": until})
            return [
                UsageBy(subject, turns_, int(completions or 0), int(tokens or 0), cost, unpriced)
                for subject, turns_, completions, tokens, cost, unpriced in rows
            ]

    async def answers(self, since: datetime, until: datetime) -> dict[str, int]:
        """How many answers each engine gave in since <= time < until. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            rows = await connection.execute(_ANSWERS, {"since": since, "until": until})
            return {str(engine): count for engine, count in rows}

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
