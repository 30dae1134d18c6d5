"""What one statement may take, and what happens to the others meanwhile."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from db.catalog.errors import CatalogError, CatalogUnavailable, EngineError, QueryFailed, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.postgres.address import Address
from db.catalog.postgres.connecting import connect, read
from tests.unit.db.catalog.postgres.opened import QUICK, Home

# Ten thousand million pairs, none of which is kept: more sides would be joined by way of a file, which has its limit.
FOREVER = "SELECT count(*) FROM generate_series(1, 100000) AS a, generate_series(1, 100000) AS b"
RECURSION = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 2 FROM n) SELECT i FROM n WHERE i > 5"
ONE = "SELECT 1"


def sessions(home: Home) -> int:
    """How many sessions of the reader do something."""
    with home.owner() as owner:
        found = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'cat_ro' AND state = 'active' AND datname = %s"
            " AND query LIKE '%%AS q(%%'",
            (home.name,),
        ).fetchone()
    assert found is not None
    return int(found[0])


async def until_busy(home: Home, number: int) -> None:
    """Asks the server until so many sessions of the reader do something."""
    async with asyncio.timeout(5):
        while await asyncio.to_thread(sessions, home) != number:
            pass


@pytest.mark.parametrize(
    ("sql", "said"), [(FOREVER, "ran longer than 1 s"), (RECURSION, "longer than 1 s|more memory")]
)
async def test_a_statement_past_its_time_or_its_memory_is_stopped_on_the_server(
    sample: Home, sql: str, said: str
) -> None:
    async with sample.runner(limits=QUICK) as runner:
        started = time.monotonic()
        with pytest.raises((QueryTimeout, QueryFailed), match=said):
            await runner.fetch(sql)
        assert time.monotonic() - started < 2.5
        assert (await runner.fetch(ONE)).rows == ((1,),)
        await until_busy(sample, 0)


async def test_others_go_on_while_one_runs_forever(sample: Home) -> None:
    async with sample.runner(limits=QUICK) as runner:
        slow = asyncio.create_task(runner.fetch(FOREVER))
        for _ in range(20):
            assert (await runner.fetch(ONE)).rows == ((1,),)
        assert not slow.done()
        with pytest.raises(QueryTimeout):
            await slow


async def test_cancelling_stops_the_work_on_the_server(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=60)) as runner:
        await runner.fetch(ONE)
        slow = asyncio.create_task(runner.fetch(FOREVER))
        await until_busy(sample, 1)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        await until_busy(sample, 0)
        assert (await runner.fetch(ONE)).rows == ((1,),)


@contextmanager
def stopped(home: Home) -> Iterator[None]:
    """The reader's server processes hang: they hear nothing, not even their own timeouts."""
    with home.owner() as owner:
        found = owner.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'cat_ro'").fetchall()
    pids = [int(pid) for (pid,) in found]
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


async def test_a_server_that_hangs_loses_its_connection(sample: Home) -> None:
    async with sample.runner(limits=QUICK) as runner:
        slow = asyncio.create_task(runner.fetch(FOREVER))
        await until_busy(sample, 1)
        with stopped(sample):
            started = time.monotonic()
            with pytest.raises(QueryTimeout, match="ran longer than 1 s"):
                await slow
            assert time.monotonic() - started < 3
            assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_a_session_that_hangs_between_two_questions_is_replaced(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=0.2)) as runner:
        await runner.fetch(ONE)
        with stopped(sample):
            assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_a_server_that_hangs_loses_our_own_connection_too(sample: Home) -> None:
    connection = await connect(Address.parse(sample.url()))
    try:
        with stopped(sample):
            async with asyncio.timeout(3):
                with pytest.raises(psycopg.OperationalError):
                    await read(connection, "SELECT 1", timeout_ms=100)
        assert connection.closed
    finally:
        await connection.close()


async def test_cancelling_before_the_statement_began_costs_the_session(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=60, connections=1)) as runner:
        await runner.fetch(ONE)
        with stopped(sample):
            waiting = asyncio.create_task(runner.fetch(ONE))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_no_more_connections_than_the_limit_and_who_waits_too_long_is_told(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=1.0, connections=2, wait_s=0.2)) as runner:
        slow = [asyncio.create_task(runner.fetch(FOREVER)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(QueryTimeout, match="busy with other queries"):
            await runner.fetch(ONE)
        assert await asyncio.to_thread(sessions, sample) <= 2
        for each in await asyncio.gather(*slow, return_exceptions=True):
            assert isinstance(each, QueryTimeout)
        assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_rows_cells_and_bytes_are_capped(sample: Home) -> None:
    limits = QueryLimits(rows=3, cell_chars=10, bytes=100)
    async with sample.runner(limits=limits) as runner:
        many = await runner.fetch("SELECT i FROM generate_series(1, 1000000) AS s(i) ORDER BY i DESC")
        assert (many.rows, many.truncated) == (((1000000,), (999999,), (999998,)), True)
        assert (await runner.fetch("VALUES (1), (2), (3)")).truncated is False
        long = await runner.fetch("SELECT repeat('가', 50)")
        assert (long.rows, long.truncated) == ((("가" * 9 + "…",),), True)
        wide = await runner.fetch("SELECT " + ", ".join(["'abcdefghij'"] * 50))
        assert wide.truncated
        assert sum(len(str(cell)) for cell in wide.rows[0]) <= 100
        fat = await runner.fetch(
            "SELECT repeat('x', 10), repeat('y', 10), repeat('z', 10), repeat('z', 9), 1 FROM users"
        )
        assert (len(fat.rows), fat.truncated) == (2, True)


async def test_one_row_is_no_bomb(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=10.0)) as runner:
        long = await runner.fetch("SELECT repeat('x', 50000000), array_agg(i) FROM generate_series(1, 100000) AS s(i)")
        assert [len(str(cell)) for cell in long.rows[0]] == [4000, 4000]
        many = await runner.fetch(f"SELECT {', '.join(['repeat($$x$$, 10000)'] * 300)} FROM generate_series(1, 300)")
        assert sum(len(str(cell)) for row in many.rows for cell in row) <= 200_000
        assert many.truncated


async def test_far_more_than_is_asked_for_costs_the_connection_and_nothing_else(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(rows=20_000, bytes=1_000, cell_chars=4_000)) as runner:
        much = await runner.fetch("SELECT repeat('x', 4000) FROM generate_series(1, 20000)")
        assert (len(much.rows), much.truncated) == (1, True)
        assert (await runner.fetch(ONE)).rows == ((1,),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 2147483647) || repeat('y', 1000000000)",
        "SELECT string_agg(repeat('x', 100000000), '') FROM generate_series(1, 30)",
        "SELECT lpad('x', 2147483647)",
    ],
)
async def test_a_value_of_gigabytes_is_refused_in_time(sample: Home, sql: str) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=2.0)) as runner:
        started = time.monotonic()
        with pytest.raises(CatalogError) as caught:
            await runner.fetch(sql)
        assert not isinstance(caught.value, CatalogUnavailable)
        assert getattr(caught.value, "kind", "") in ("", "too_big")
        assert time.monotonic() - started < 4
        assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_a_statement_that_fills_the_disk_is_stopped(sample: Home) -> None:
    async with sample.runner(limits=QueryLimits(deadline_s=20.0)) as runner:
        with pytest.raises(QueryFailed, match="needed more memory"):
            await runner.fetch(
                "SELECT count(*) FROM (SELECT md5(i::text) FROM generate_series(1, 3000000) AS s(i) ORDER BY 1) AS q"
            )


async def test_a_session_killed_in_the_middle_is_told_and_replaced(sample: Home) -> None:
    async with sample.runner(limits=QUICK) as runner:
        slow = asyncio.create_task(runner.fetch(FOREVER))
        await until_busy(sample, 1)
        with sample.owner() as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cat_ro'")
        with pytest.raises(EngineError) as caught:
            await slow
        assert caught.value.kind == "unavailable"
        assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_a_session_killed_between_two_questions_is_replaced_unseen(sample: Home) -> None:
    async with sample.runner(limits=QUICK) as runner:
        await runner.fetch(ONE)
        with sample.owner() as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cat_ro'")
        assert (await runner.fetch(ONE)).rows == ((1,),)


async def test_a_closed_runner_says_so(sample: Home) -> None:
    async with sample.runner() as runner:
        await runner.fetch(ONE)
    with pytest.raises(CatalogUnavailable, match="closed"):
        await runner.fetch(ONE)
