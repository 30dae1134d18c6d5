"""The trail of a turn: every statement that an engine tried, however the turn ends."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from agent.errors import AskError, ModelUnavailable
from agent.limits import Limits
from agent.llm.protocol import Completion, OnText, Prompt
from agent.trail import Trail
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.sample import build_sample
from db.store.records import AuditEntry, Verdict
from tests.parts import NOW, Parts, frozen_clock, open_parts
from tests.scripted import ScriptedModel, runs, says

ALL: tuple[Verdict, ...] = ("ran", "refused", "failed", "timeout")
COUNT = "SELECT COUNT(*) FROM models"
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"


async def kept(parts: Parts) -> list[AuditEntry]:
    """The earliest first."""
    return (await parts.store.audit.latest("T1", ALL, 50))[::-1]


async def test_what_ran_was_refused_and_failed_is_written_down_with_who_and_where(tmp_path: Path) -> None:
    model = ScriptedModel(runs("DROP TABLE users"), runs("SELECT nam FROM users"), runs(COUNT), says("여럿입니다."))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("모델은 몇 개야?", user="U7")
        entries = await kept(parts)
    assert [(e.sql, e.verdict, e.rule, e.rows) for e in entries] == [
        ("DROP TABLE users", "refused", "only_select", 0),
        ("SELECT nam FROM users", "failed", None, 0),
        (COUNT, "ran", None, 1),
    ]
    last = entries[-1]
    assert (last.turn_id, last.team, last.channel, last.thread_ts, last.user_id) == (
        answer.turn_id,
        "T1",
        "C1",
        "t1",
        "U7",
    )
    assert (last.at, last.engine) == (NOW, "llm")
    assert 0 <= last.ms < 10_000


async def test_what_an_engine_tried_before_it_gave_up_is_there_too(tmp_path: Path) -> None:
    first = ScriptedModel(runs("SELECT 1"), ModelUnavailable("gone"))
    second = ScriptedModel(runs("SELECT 2"), says("둘입니다."), name="offline", engine="offline")
    async with open_parts(tmp_path, [first, second]) as parts:
        answer = await parts.ask("몇 개야?")
        entries = await kept(parts)
    assert [(e.sql, e.engine) for e in entries] == [("SELECT 1", "llm"), ("SELECT 2", "offline")]
    assert [query.sql for query in answer.queries] == ["SELECT 2"]


async def test_a_turn_that_fails_leaves_its_queries(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT 1"), ModelUnavailable("gone"))
    async with open_parts(tmp_path, [model]) as parts:
        with pytest.raises(AskError):
            await parts.ask("몇 개야?")
        assert [e.sql for e in await kept(parts)] == ["SELECT 1"]


async def test_a_query_that_the_turns_deadline_cuts_off_is_on_record(tmp_path: Path) -> None:
    async with open_parts(tmp_path, [ScriptedModel(runs(ENDLESS))], limits=Limits(turn_s=0.5)) as parts:
        with pytest.raises(AskError, match="turn_deadline"):
            await parts.ask("끝없이")
        assert [(e.verdict, e.rule) for e in await kept(parts)] == [("failed", "cut_off")]


class Waiting(ScriptedModel):
    """Follows its script, then waits for ever."""

    def __init__(self, *script: Completion) -> None:
        super().__init__(*script)
        self.left = len(script)
        self.is_waiting = asyncio.Event()

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        if len(self.prompts) == self.left:
            self.is_waiting.set()
            await asyncio.Event().wait()
        return await super().complete(prompt, on_text)


async def test_a_turn_that_is_cancelled_leaves_its_queries(tmp_path: Path) -> None:
    model = Waiting(runs("SELECT 1"))
    async with open_parts(tmp_path, [model]) as parts:
        asking = asyncio.create_task(parts.ask("몇 개야?"))
        await model.is_waiting.wait()
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        assert [e.sql for e in await kept(parts)] == ["SELECT 1"]


async def test_a_query_past_its_deadline_has_a_verdict_of_its_own(tmp_path: Path) -> None:
    build_sample(tmp_path / "catalog.db")
    trail = Trail(frozen_clock)
    url = f"sqlite:///{tmp_path}/catalog.db"
    async with await Catalog.open(url, limits=QueryLimits(deadline_s=0.1)) as catalog:
        with pytest.raises(QueryTimeout):
            await trail.witness("offline").query(catalog, ENDLESS)
    assert [(t.verdict, t.rule, t.engine) for t in trail.tried] == [("timeout", None, "offline")]


async def test_an_answer_is_given_where_the_audit_is_gone(tmp_path: Path) -> None:
    async with open_parts(tmp_path, [ScriptedModel(runs(COUNT), says("여럿입니다."))]) as parts:
        with closing(sqlite3.connect(tmp_path / "store.db")) as other:
            other.execute("DROP TABLE audit")
        answer = await parts.ask("모델은 몇 개야?")
    assert (answer.text, answer.notice) == ("여럿입니다.", None)
