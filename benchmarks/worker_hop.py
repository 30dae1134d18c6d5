"""What a query pays for running in a worker process, and what a stranger's bad query costs the others.

Prints nothing but one line of JSON; `python -m benchmarks` makes a table of it.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import uvloop

from benchmarks.probe import tell
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.limits import QueryLimits
from db.catalog.privacy import readable
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.guarded import connect_guarded
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.workers import Workers

CALLS: Final = 500
SECONDS: Final = 3.0
ASKERS: Final = 8

QUERIES: Final = {
    "one row": "SELECT count(*) FROM users",
    "a join, 8 rows": "SELECT m.name, t.map50 FROM models m JOIN metrics t ON t.model_id = m.id ORDER BY t.map50 DESC",
    "200 rows of 10 cells": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
    "SELECT i, i * 2, i * 1.5, '한글 ' || i, 'b', 'c', 'd', 'e', 'f', NULL FROM n",
}
BAD: Final = f"SELECT count(*) FROM {', '.join(f'metrics m{number}' for number in range(14))}"


async def hops(path: Path) -> dict[str, tuple[float, float]]:
    """The median ms of each query on a plain guarded connection and through a warm pool, asked by turns."""
    async with await Catalog.open(f"sqlite:///{path}") as catalog:
        columns = readable(catalog.schema, catalog.schema)
    limits, deadline = QueryLimits(), Deadline()
    plain = connect_guarded(path, columns, limits, deadline)
    pool = Workers(Job(str(path), columns, limits), lambda: True)

    async def directly(sql: str) -> object:
        deadline.start(limits.deadline_s)
        return plain.execute(sql).fetchall()

    found = {}
    for name, sql in QUERIES.items():
        took = [(await timed(directly, sql), await timed(pool.fetch, sql)) for _ in range(CALLS)]
        direct, pooled = zip(*took[CALLS // 10 :], strict=True)
        found[name] = (statistics.median(direct), statistics.median(pooled))
    await pool.close()
    plain.close()
    return found


async def timed(run: Callable[[str], Awaitable[object]], sql: str) -> float:
    began = time.perf_counter()
    await run(sql)
    return (time.perf_counter() - began) * 1000


async def answered(catalog: Catalog, bad: int) -> float:
    """Ordinary queries a second, guard and all, from a few askers while `bad` others never stop asking too much."""
    await asyncio.gather(*(catalog.query(QUERIES["one row"]) for _ in range(ASKERS)))
    end = time.perf_counter() + SECONDS
    count = 0

    async def ask() -> None:
        nonlocal count
        while time.perf_counter() < end:
            await catalog.query(QUERIES["a join, 8 rows"])
            count += 1

    async def overdo() -> None:
        while True:
            try:
                await catalog.query(BAD)
            except QueryError:
                continue

    bombs = [asyncio.create_task(overdo()) for _ in range(bad)]
    await asyncio.gather(*(ask() for _ in range(ASKERS)))
    for bomb in bombs:
        bomb.cancel()
    await asyncio.gather(*bombs, return_exceptions=True)
    return count / SECONDS


async def main(database: str) -> None:
    found = await hops(Path(database))
    async with await Catalog.open(f"sqlite:///{database}") as catalog:
        tell(hops=found, alone=await answered(catalog, 0), beside=await answered(catalog, 1))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
