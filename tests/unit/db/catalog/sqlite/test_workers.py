"""The pool of workers: few, warm, replaced when they are gone, and all ended with the catalogue."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import uvloop

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable, QueryFailed, QueryTimeout, Replaced
from db.catalog.limits import QueryLimits
from db.catalog.sample import build_sample
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.worker_process import COMMAND
from db.catalog.sqlite.workers import Workers
from tests.unit.db.catalog.sqlite.processes import children_of, cpu_ticks, gone, until
from tests.unit.db.catalog.statements import COLUMNS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

RUNAWAY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
COUNT = "SELECT count(*) FROM users"


def workers_now() -> set[int]:
    return children_of(os.getpid())


def is_busy(pid: int) -> bool:
    """Whether it computes: more than opening took."""
    return cpu_ticks(pid) > 15


@asynccontextmanager
async def pool(
    path: Path,
    limits: QueryLimits = QueryLimits(connections=1),
    is_current: Callable[[], bool] = lambda: True,
    command: tuple[str, ...] = COMMAND,
) -> AsyncIterator[Workers]:
    before = workers_now()
    opened = Workers(Job(str(path), COLUMNS, limits), is_current, command)
    try:
        yield opened
    finally:
        async with asyncio.timeout(20):
            await opened.close()
        assert workers_now() == before


async def settled(workers: Workers) -> None:
    while workers._tasks:
        await asyncio.wait(workers._tasks)


async def test_a_worker_is_started_with_the_first_query_and_kept_for_the_next(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits(connections=4)) as workers:
        assert workers_now() == before
        for _ in range(5):
            assert (await workers.fetch(COUNT)).rows == ((8,),)
        assert len(workers_now() - before) == 1


async def test_fifty_queries_at_once_share_four_workers(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits()) as workers:
        fetched = await asyncio.gather(*(workers.fetch(f"SELECT {n}, name FROM users LIMIT 1") for n in range(50)))
        assert [each.rows[0][0] for each in fetched] == list(range(50))
        assert len(workers_now() - before) == 4


async def test_a_worker_killed_while_idle_is_replaced_in_silence(sample: Path) -> None:
    before = workers_now()
    async with pool(sample) as workers:
        await workers.fetch(COUNT)
        (pid,) = workers_now() - before
        os.kill(pid, signal.SIGKILL)
        await gone(pid)
        assert (await workers.fetch(COUNT)).rows == ((8,),)
        assert workers_now() - before not in (set(), {pid})


async def test_a_worker_killed_in_a_query_is_one_clear_error_and_replaced_at_once(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits(connections=1, deadline_s=60)) as workers:
        await workers.fetch(COUNT)
        (pid,) = workers_now() - before
        asking = asyncio.create_task(workers.fetch(RUNAWAY))
        await until(lambda: is_busy(pid))
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryFailed, match="ended its process"):
            await asking
        await settled(workers)
        (new,) = workers_now() - before
        assert new != pid
        assert (await workers.fetch(COUNT)).rows == ((8,),)
        assert workers_now() - before == {new}


async def test_a_late_statement_stops_and_its_worker_lives_on(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits(connections=1, deadline_s=0.2)) as workers:
        await workers.fetch(COUNT)
        warm = workers_now() - before
        with pytest.raises(QueryTimeout, match=r"longer than 0\.2 s"):
            await workers.fetch(RUNAWAY)
        assert workers_now() - before == warm


async def test_a_cancelled_query_stops_computing(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits(connections=1, deadline_s=60)) as workers:
        await workers.fetch(COUNT)
        (pid,) = workers_now() - before
        asking = asyncio.create_task(workers.fetch(RUNAWAY))
        await until(lambda: is_busy(pid))
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await gone(pid)
        assert (await workers.fetch(COUNT)).rows == ((8,),)


@pytest.mark.parametrize("turns", range(8))
async def test_a_query_cancelled_at_any_moment_leaves_its_place(sample: Path, turns: int) -> None:
    async with pool(sample) as workers:
        asking = asyncio.create_task(workers.fetch(RUNAWAY))
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await workers.fetch(COUNT)).rows == ((8,),)


async def test_a_query_that_waits_may_be_cancelled_too(sample: Path) -> None:
    async with pool(sample, QueryLimits(connections=1, deadline_s=0.5)) as workers:
        running = asyncio.create_task(workers.fetch(RUNAWAY))
        waiting = [asyncio.create_task(workers.fetch(COUNT)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        with pytest.raises(QueryTimeout):
            await running
        done = await asyncio.gather(*waiting, return_exceptions=True)
        assert isinstance(done[0], asyncio.CancelledError)
        assert not isinstance(done[1], BaseException)
        assert not isinstance(done[2], BaseException)


async def test_closing_waits_for_the_running_query_and_refuses_the_next(sample: Path) -> None:
    async with pool(sample, QueryLimits(deadline_s=0.5)) as workers:
        running = asyncio.create_task(workers.fetch(RUNAWAY))
        await asyncio.sleep(0)
        closing_down = asyncio.create_task(workers.close())
        await asyncio.sleep(0)
        with pytest.raises(CatalogUnavailable, match="closed"):
            await workers.fetch(COUNT)
        with pytest.raises(QueryTimeout):
            await running
        await closing_down


async def test_closing_ends_a_worker_that_died_in_its_last_query(sample: Path) -> None:
    before = workers_now()
    async with pool(sample, QueryLimits(connections=1, deadline_s=60)) as workers:
        await workers.fetch(COUNT)
        running = asyncio.create_task(workers.fetch(RUNAWAY))
        await until(lambda: any(is_busy(pid) for pid in workers_now() - before))
        closing_down = asyncio.create_task(workers.close())
        await asyncio.sleep(0)
        for pid in workers_now() - before:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryFailed):
            await running
        await closing_down
        assert workers_now() == before


async def test_no_worker_opens_a_file_that_is_not_the_one_that_was_read(sample: Path) -> None:
    is_current = True
    async with pool(sample, is_current=lambda: is_current) as workers:
        await workers.fetch(COUNT)
        is_current = False
        assert (await workers.fetch(COUNT)).rows == ((8,),)
        worker = workers._places.get_nowait()
        assert worker is not None
        worker.kill()
        workers._places.put_nowait(worker)
        with pytest.raises(Replaced):
            await workers.fetch(COUNT)


async def test_a_replacement_that_fails_is_told_to_the_next_query_and_tried_again(sample: Path) -> None:
    away = sample.with_name("away.db")
    async with pool(sample, QueryLimits(connections=1, deadline_s=60)) as workers:
        await workers.fetch(COUNT)
        asking = asyncio.create_task(workers.fetch(RUNAWAY))
        await asyncio.sleep(0)
        os.rename(sample, away)
        asking.cancel()
        await settled(workers)
        with pytest.raises(CatalogUnavailable, match="could not be opened"):
            await workers.fetch(COUNT)
        os.rename(away, sample)
        assert (await workers.fetch(COUNT)).rows == ((8,),)


async def test_a_program_that_does_not_run_is_unavailable_and_no_place_is_lost(sample: Path) -> None:
    async with pool(sample, command=("/none/python",)) as workers:
        for _ in range(3):
            with pytest.raises(CatalogUnavailable, match="could not be started"):
                await workers.fetch(COUNT)


async def test_a_catalogue_replaced_under_way_is_asked_anew(sample: Path) -> None:
    """A long query ends on the file it began on; what comes after the kill of its worker reads the new one."""
    limits = QueryLimits(connections=1, deadline_s=60)
    before = workers_now()
    async with await Catalog.open(f"sqlite:///{sample}", limits=limits) as catalog:
        asking = asyncio.create_task(catalog.query(RUNAWAY))
        await until(lambda: any(is_busy(pid) for pid in workers_now() - before))
        other = sample.with_name("other.db")
        build_sample(other)
        with closing(sqlite3.connect(other)) as owner:
            owner.execute("INSERT INTO users VALUES (9, '송이레', 'x', 'x', 'x')")
            owner.commit()
        os.replace(other, sample)
        asking.cancel()
        assert (await catalog.query(COUNT)).rows == ((9,),)
    assert workers_now() == before


@pytest.mark.parametrize("is_kept_open", [True, False])
async def test_a_catalogue_with_a_write_ahead_log_is_read(sample: Path, is_kept_open: bool) -> None:
    with closing(sqlite3.connect(sample)) as owner:
        owner.execute("PRAGMA journal_mode=WAL")
        owner.execute("INSERT INTO users VALUES (9, '송이레', 'x', 'x', 'x')")
        owner.commit()
        if not is_kept_open:
            owner.close()
        async with pool(sample) as workers:
            assert (await workers.fetch(COUNT)).rows == ((9,),)


async def test_an_owner_that_turns_to_a_write_ahead_log_costs_one_query_at_most(sample: Path) -> None:
    async with pool(sample) as workers:
        await workers.fetch(COUNT)
        with closing(sqlite3.connect(sample)) as owner:
            owner.execute("PRAGMA journal_mode=WAL")
            owner.execute("INSERT INTO users VALUES (9, '송이레', 'x', 'x', 'x')")
            owner.commit()
        try:
            rows = (await workers.fetch(COUNT)).rows
        except sqlite3.OperationalError:
            rows = (await workers.fetch(COUNT)).rows
        assert rows == ((9,),)


PARENT = """
import asyncio, sys
from db.catalog.catalog import Catalog
async def main():
    catalog = await Catalog.open(sys.argv[1])
    await asyncio.gather(*(catalog.query("SELECT 1") for _ in range(4)))
    running = asyncio.create_task(catalog.query(sys.argv[2]))
    await asyncio.sleep(0)
    print("ready", flush=True)
    await running
asyncio.run(main())
"""


def test_a_killed_bot_leaves_no_worker_behind(sample: Path) -> None:
    async def all_gone(workers: set[int]) -> None:
        await asyncio.gather(*map(gone, workers))

    command = [sys.executable, "-c", PARENT, f"sqlite:///{sample}", RUNAWAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        workers = children_of(parent.pid)
        assert len(workers) == 4
        parent.kill()
    asyncio.run(all_gone(workers))


def test_all_of_it_runs_on_uvloop(sample: Path) -> None:
    async def main() -> None:
        before = workers_now()
        async with pool(sample, QueryLimits(connections=2, deadline_s=0.3)) as workers:
            assert (await workers.fetch(COUNT)).rows == ((8,),)
            with pytest.raises(QueryTimeout):
                await workers.fetch(RUNAWAY)
            asking = asyncio.create_task(workers.fetch(RUNAWAY))
            await asyncio.sleep(0)
            asking.cancel()
            (pid, *_) = workers_now() - before
            os.kill(pid, signal.SIGKILL)
            await asyncio.wait([asking])
            fetched = await asyncio.gather(*(workers.fetch(f"SELECT {number}") for number in range(20)))
            assert [each.rows for each in fetched] == [((number,),) for number in range(20)]

    uvloop.run(main())
