"""To the store and back."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from agent.answer import Answer, Query, Usage
from agent.errors import AskError
from agent.threads import RESULT_ROWS, Threads
from db.catalog.table import Table
from tests.parts import frozen_clock, open_parts


def answer(turn_id: str, table: Table) -> Answer:
    return Answer(turn_id, "답입니다.", "ko", "llm", Usage("m"), (Query("SELECT 1", table), Query("bad", error="no")))


async def test_only_the_head_of_a_result_is_kept_and_wide_cells_are_cut(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        threads = Threads(parts.store.turns, frozen_clock)
        ask = parts.make_ask("많이")
        await threads.start(ask)
        table = Table(("n", "note"), tuple((n, "가" * 1_000) for n in range(20)))
        assert await threads.finish(ask, answer(ask.turn_id, table), [Usage("m")])
        [turn] = (await threads.recall(ask)).turns
    assert turn.result is not None
    assert len(turn.result.rows) == RESULT_ROWS
    assert turn.result.truncated
    assert len(str(turn.result.rows[0][1])) == 300
    assert turn.sql == ("SELECT 1",)


async def test_turns_of_the_same_instant_come_back_in_the_order_they_were_asked(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        threads = Threads(parts.store.turns, frozen_clock)
        for number in range(12):
            ask = parts.make_ask(f"{number}번")
            await threads.start(ask)
            await threads.finish(ask, answer(ask.turn_id, Table((), ())), [])
        memory = await threads.recall(ask)
    assert [turn.question for turn in memory.turns] == [f"{number}번" for number in range(12)]


async def test_the_message_that_began_a_thread_remembers_nothing_even_when_asked_again(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        threads = Threads(parts.store.turns, frozen_clock)
        first = replace(parts.make_ask("첫 질문", "1.1"), ts="1.1")
        second = replace(parts.make_ask("둘째 질문", "1.1"), ts="1.2")
        for ask in (first, second):
            await threads.start(ask)
            await threads.finish(ask, answer(ask.turn_id, Table((), ())), [])
        assert (await threads.recall(first)).turns == ()
        assert len((await threads.recall(second)).turns) == 2


async def test_a_broken_store_is_said_before_the_turn_and_only_logged_after_it(tmp_path: Path) -> None:
    async with open_parts(tmp_path, []) as parts:
        threads = Threads(parts.store.turns, frozen_clock)
        ask = parts.make_ask("저장소가 없으면?")
        with sqlite3.connect(tmp_path / "store.db") as connection:
            connection.execute("ALTER TABLE turns RENAME TO lost")
        connection.close()
        for work in (threads.recall(ask), threads.start(ask)):
            with pytest.raises(AskError, match="store_unavailable"):
                await work
        assert not await threads.finish(ask, answer(ask.turn_id, Table((), ())), [])
        await threads.fail(ask, RuntimeError("x"), [])
