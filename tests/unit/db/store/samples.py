"""Turns to put into a store."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from db.store.records import StoredTurn, UsageEntry

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRICED = UsageEntry("solar-pro3", 2, 1000, 200, 50, Decimal("0.000123456789"))
UNPRICED = UsageEntry("house-model", 1, 10, 0, 5)


def a_turn(turn_id: str, *, minute: int = 0, **given: Any) -> StoredTurn:
    thread: dict[str, Any] = {"team": "T1", "channel": "C1", "thread_ts": "1.0", "user_id": "U1"}
    question: dict[str, Any] = {"question": f"질문 {turn_id}", "asked_at": NOON + timedelta(minutes=minute)}
    return StoredTurn(turn_id, **thread | question | given)


def answered(turn_id: str, *, minute: int = 0, **given: Any) -> StoredTurn:
    answer: dict[str, Any] = {
        "answer": "3건입니다.",
        "queries": ({"sql": "SELECT 1", "error": None}, {"sql": "SELEC", "error": "syntax"}),
        "result": {"columns": ["n", "n"], "rows": [[3, None]]},
        "focus": ({"table": "models", "key": [["name", "웨이퍼"]]},),
        "frame": {"intent": "count"},
        "engine": "llm",
        "finished_at": NOON + timedelta(minutes=minute, seconds=5),
    }
    return a_turn(turn_id, minute=minute, **answer | given)
