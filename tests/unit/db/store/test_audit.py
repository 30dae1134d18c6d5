"""The audit: rows of who tried what, written with the turn, pruned by age, never in its way."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from db.store.records import AuditEntry, Verdict
from db.store.store import AUDIT_KEPT, Store
from tests.unit.db.store.owner import owner_runs
from tests.unit.db.store.samples import NOON, PRICED, a_turn, answered

ALL: tuple[Verdict, ...] = ("ran", "refused", "failed", "timeout")


def entry(sql: str = "SELECT 1", turn_id: str = "t1", **given: Any) -> AuditEntry:
    usual: dict[str, Any] = {"team": "T1", "channel": "C1", "thread_ts": "1.0", "user_id": "U1", "at": NOON}
    kind: dict[str, Any] = {"engine": "llm", "verdict": "ran", "rule": None, "rows": 3, "ms": 12}
    return AuditEntry(turn_id, sql=sql, **usual | kind | given)


async def test_what_was_tried_is_kept_with_the_answer_the_newest_first(store: Store) -> None:
    tried = [entry("DROP TABLE x", verdict="refused", rule="only_select", rows=0), entry("SELECT 2")]
    await store.turns.start(a_turn("t1"))
    assert await store.turns.finish(answered("t1"), [PRICED], tried)
    assert await store.audit.latest("T1", ALL, 10) == tried[::-1]


async def test_what_was_tried_is_kept_where_the_turn_fails(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    assert await store.turns.fail("t1", "turn_deadline", NOON, (), [entry(verdict="timeout")])
    assert [one.verdict for one in await store.audit.latest("T1", ALL, 10)] == ["timeout"]


async def test_a_question_that_is_taken_back_leaves_its_queries_on_record(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"), (), [entry("SELECT 'secret'")])
    await store.turns.forget("t1")
    await store.turns.start(a_turn("t2"))
    await store.turns.forget("t2")
    assert not await store.turns.finish(answered("t2"), (), [entry("SELECT 2", "t2")])
    assert [one.sql for one in await store.audit.latest("T1", ALL, 10)] == ["SELECT 2", "SELECT 'secret'"]


async def test_rows_are_told_by_team_verdict_and_number(store: Store) -> None:
    rows = [entry("1", verdict="refused"), entry("2"), entry("3", team="T2", verdict="refused"), entry("4")]
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"), (), rows)
    assert [one.sql for one in await store.audit.latest("T1", ALL, 2)] == ["4", "2"]
    assert [one.sql for one in await store.audit.latest("T1", ["refused", "failed"], 9)] == ["1"]


async def test_a_row_that_cannot_be_written_costs_a_log_line_and_not_the_answer(
    store: Store, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    owner_runs(url, "DROP TABLE audit")
    await store.turns.start(a_turn("t1"))
    with caplog.at_level(logging.ERROR):
        assert await store.turns.finish(answered("t1"), [PRICED], [entry("SELECT 'hush'"), entry()])
    assert [turn.answer for turn in await store.turns.history("T1", "C1", "1.0", 5)] == ["3건입니다."]
    assert len(await store.usage.totals(NOON, NOON + timedelta(days=1))) == 1
    assert "2 audit rows of turn t1 are lost" in caplog.text
    assert "hush" not in caplog.text


async def test_half_a_character_is_kept_as_far_as_it_goes(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"), (), [entry("SELECT '\ud800'")])
    assert [one.sql for one in await store.audit.latest("T1", ALL, 1)] == ["SELECT '?'"]


async def test_rows_are_pruned_after_ninety_days_with_the_claims(store: Store) -> None:
    await store.turns.start(a_turn("t1"))
    await store.turns.finish(answered("t1"), (), [entry("old"), entry("new", at=NOON + timedelta(seconds=1))])
    await store.prune(NOON + AUDIT_KEPT)
    assert len(await store.audit.latest("T1", ALL, 10)) == 2
    await store.prune(NOON + AUDIT_KEPT + timedelta(seconds=1))
    assert [one.sql for one in await store.audit.latest("T1", ALL, 10)] == ["new"]
