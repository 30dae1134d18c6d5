"""The turns of a thread, to and from the store: what is saved, and what comes back as memory."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent.alerted import announced
from agent.answer import Answer, Ask, Query, Usage
from agent.chart import dump as dump_chart
from agent.errors import AskError
from agent.explaining import unanswered
from agent.explanation import dump
from agent.limits import Limits
from agent.memory import Focus, Memory, MemoryBounds, RememberedTurn, remember, shortened
from agent.offer import dump_offer, load_offer
from agent.trail import Trail, Tried
from agent.versions import prompt_version
from agent.vocabulary import unplaced
from db.catalog.table import Table
from db.store.alerts.log import AlertLog
from db.store.errors import StoreUnavailable
from db.store.records import AuditEntry, StoredTurn, TurnNotes, UsageEntry
from db.store.turns import TurnLog

log = logging.getLogger(__name__)

RESULT_ROWS = 5
"""So many rows of an answer's result are kept for follow-ups."""
CELL_CHARS = 300
UNANSWERED_CHARS = 500
_NO_QUESTION = ("empty", "too_long")
"""Why a turn failed that has asked nothing a later one could lean on."""


class Threads:
    """Keeps each thread's turns; a thread sees its own and no other's.

    With `alerts`, a thread below one of them begins with it. With `is_apart`, people see different parts of the
    catalogue: of somebody else's turn only its words are remembered, which stood in the thread for all to read, and
    of an alert what comes with the question.
    """

    def __init__(
        self,
        turns: TurnLog,
        clock: Callable[[], datetime],
        limits: Limits = Limits(),
        alerts: AlertLog | None = None,
        *,
        is_apart: bool = False,
    ) -> None:
        self._turns = turns
        self._alerts = alerts
        self._clock = clock
        self._limits = limits
        self._is_apart = is_apart

    def trail(self) -> Trail:
        """A new turn's, to be handed back at its end."""
        return Trail(self._clock)

    async def recall(self, ask: Ask) -> Memory:
        """What the thread remembers; nothing, and without a look, for the message that began it.

        Raises AskError when the store is out of order.
        """
        thread = ask.thread
        if ask.ts == thread.thread_ts:
            return Memory()
        try:
            stored = await self._turns.history(
                thread.team, thread.channel, thread.thread_ts, self._limits.remembered_turns
            )
            alerts: Sequence[Mapping[str, Any]] = ask.alerts
            if not alerts and self._alerts is not None and not self._is_apart:
                alerts = await self._alerts.standing(thread.channel, thread.thread_ts)
        except StoreUnavailable as error:
            raise AskError("store_unavailable", str(error)) from error
        first = [announced(alerts)] if alerts else []
        asked = (turn for turn in stored if turn.error not in _NO_QUESTION)
        turns = [*first, *(_remembered(turn, self._is_apart and turn.user_id != ask.user) for turn in asked)]
        return remember(turns, MemoryBounds(tokens=self._limits.memory_tokens))

    async def start(self, ask: Ask, claims: Sequence[str] = ()) -> bool:
        """Writes the turn down before any work on it, with the claims on its event in the same transaction.

        False where one of the claims was taken: the event was here before.
        Raises AskError like `recall`.
        """
        try:
            return await self._turns.start(_stored(ask), claims)
        except StoreUnavailable as error:
            raise AskError("store_unavailable", str(error)) from error

    async def finish(self, ask: Ask, answer: Answer, usages: Sequence[Usage], tried: Sequence[Tried] = ()) -> bool:
        """Saves the answer, its cost and what was tried in one transaction; false when it could not be saved."""
        turn = replace(
            _stored(ask),
            answer=answer.text,
            queries=tuple(_query(query) for query in answer.queries),
            result=_table(answer.result),
            focus=tuple({"table": focus.table, "key": [list(pair) for pair in focus.key]} for focus in answer.focus),
            frame=_frame(answer),
            engine=answer.engine,
            finished_at=self._clock(),
            prompt_version=prompt_version(answer.engine),
        )
        try:
            entries = [_entry(usage) for usage in usages]
            await self._turns.finish(turn, entries, _audit(ask, tried), _notes(answer))
        except StoreUnavailable as error:
            lost = {"turn": ask.turn_id, "reason": str(error), "audit_rows": len(tried)}
            log.error("answer could not be saved", extra=lost)
            return False
        return True

    async def fail(self, ask: Ask, error: BaseException, usages: Sequence[Usage], tried: Sequence[Tried] = ()) -> None:
        """Notes that the turn failed, its cost and what was tried all the same; a broken store is only logged."""
        code = error.code if isinstance(error, AskError) else type(error).__name__
        try:
            entries = [_entry(usage) for usage in usages]
            notes = TurnNotes(dump(unanswered(usages, tried)))
            await self._turns.fail(ask.turn_id, code, self._clock(), entries, _audit(ask, tried), notes)
        except StoreUnavailable as broken:
            lost = {"turn": ask.turn_id, "reason": str(broken), "audit_rows": len(tried)}
            log.error("failure could not be saved", extra=lost)


def _stored(ask: Ask) -> StoredTurn:
    thread = ask.thread
    return StoredTurn(
        ask.turn_id, thread.team, thread.channel, thread.thread_ts, ask.user, ask.text, ask.asked_at, source_ts=ask.ts
    )


def _notes(answer: Answer) -> TurnNotes:
    if answer.explanation is None:
        return TurnNotes()
    return TurnNotes(dump(answer.explanation), tuple(map(unplaced, answer.explanation.lost)))


def _query(query: Query) -> dict[str, Any]:
    rows = len(query.table.rows) if query.table is not None else 0
    return {"sql": query.sql, "error": query.error, "rows": rows, "ms": query.ms}


def _table(table: Table | None) -> dict[str, Any] | None:
    if table is None:
        return None
    rows = [[_short(cell) for cell in row] for row in table.rows[:RESULT_ROWS]]
    return {"columns": list(table.columns), "rows": rows, "truncated": table.truncated or len(table.rows) > RESULT_ROWS}


def _short(cell: Any) -> Any:
    return cell[: CELL_CHARS - 1] + "…" if isinstance(cell, str) and len(cell) > CELL_CHARS else cell


def _entry(usage: Usage) -> UsageEntry:
    tokens = usage.tokens
    return UsageEntry(usage.model, usage.completions, tokens.prompt, tokens.cached, tokens.completion, usage.cost_usd)


def _audit(ask: Ask, tried: Sequence[Tried]) -> list[AuditEntry]:
    thread = ask.thread
    place = (ask.turn_id, thread.team, thread.channel, thread.thread_ts, ask.user)
    return [AuditEntry(*place, t.at, t.engine, t.sql, t.verdict, t.rule, t.rows, t.ms, ask.roles) for t in tried]


def _frame(answer: Answer) -> dict[str, Any] | None:
    """The frame as it is kept: with the offer and the chart, so that a click finds them by the turn."""
    beside: dict[str, Any] = {} if answer.offer is None else {"offer": dump_offer(answer.offer)}
    if answer.chart is not None:
        beside["chart"] = dump_chart(answer.chart)
    return None if answer.frame is None and not beside else {**(answer.frame or {}), **beside}


def _remembered(turn: StoredTurn, is_words_alone: bool) -> RememberedTurn:
    if turn.status != "done":
        return RememberedTurn(shortened(turn.question, UNANSWERED_CHARS), f"(no answer: {turn.error or turn.status})")
    if is_words_alone:
        return RememberedTurn(turn.question, turn.answer)
    return RememberedTurn(
        question=turn.question,
        answer=turn.answer,
        sql=tuple(query["sql"] for query in turn.queries if query.get("rows")),
        result=_result(turn.result),
        focus=tuple(Focus(f["table"], tuple((column, value) for column, value in f["key"])) for f in turn.focus),
        frame=turn.frame,
        offer=load_offer((turn.frame or {}).get("offer")),
    )


def _result(stored: Mapping[str, Any] | None) -> Table | None:
    if stored is None:
        return None
    return Table(tuple(stored["columns"]), tuple(tuple(row) for row in stored["rows"]), bool(stored["truncated"]))
