"""How long the scan takes over a million pipelines, and whether it reads old ones: python -m benchmarks.alert_scan."""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from db.catalog.alerts.queries import RunQueries
from db.catalog.alerts.rules import AlertRules, load_rules
from db.catalog.catalog import Catalog
from db.catalog.limits import QueryLimits

RUNS: Final = 1_000_000
LIMIT_MS: Final = 200.0
ROUNDS: Final = 15
NOW: Final = datetime(2026, 11, 21, 12)
RULES: Final = """
timezone: UTC
runs: |
  SELECT p.id, p.name, p.status, p.started_at, p.finished_at, d.name AS dataset
  FROM pipelines p
  JOIN datasets d ON d.id = p.dataset_id
rules:
  - name: failed
    find: failed
"""
TABLES: Final = """
CREATE TABLE datasets (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE pipelines (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    dataset_id INTEGER NOT NULL REFERENCES datasets (id)
);
"""
INDEX: Final = "CREATE INDEX pipelines_by_end ON pipelines (status, finished_at)"


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Runs that ended one every minute, the newest now; every fifth has failed, every fiftieth runs still."""
    for number in range(count):
        ended = NOW - timedelta(minutes=count - number)
        status = "running" if number % 5000 == 0 else "failed" if number % 5 == 0 else "completed"
        written = None if status == "running" else f"{ended:%Y-%m-%d %H:%M:%S}"
        started = f"{ended - timedelta(hours=1):%Y-%m-%d %H:%M:%S}"
        yield (number + 1, f"pipe-{number % 997:03}-exp{number % 89:02}", status, started, written, number % 20 + 1)


def fill_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.executescript(TABLES)
        owner.executemany("INSERT INTO datasets VALUES (?, ?)", [(n, f"lots-{n}") for n in range(1, 21)])
        owner.executemany("INSERT INTO pipelines VALUES (?, ?, ?, ?, ?, ?)", rows(RUNS))
        owner.executescript(f"{INDEX}; ANALYZE;")


def script_for_postgres() -> str:
    """The same rows, made by the server."""
    ended = f"TIMESTAMP '{NOW}' - make_interval(mins => {RUNS} - n)"
    return f"""
    {TABLES.replace("_at TEXT", "_at TIMESTAMP")}
    INSERT INTO datasets SELECT n, 'lots-' || n FROM generate_series(1, 20) AS n;
    INSERT INTO pipelines
    SELECT n + 1, 'pipe-' || n % 997 || '-exp' || n % 89,
           CASE WHEN n % 5000 = 0 THEN 'running' WHEN n % 5 = 0 THEN 'failed' ELSE 'completed' END,
           {ended} - interval '1 hour', CASE WHEN n % 5000 = 0 THEN NULL ELSE {ended} END, n % 20 + 1
    FROM generate_series(0, {RUNS - 1}) AS n;
    {INDEX};
    ANALYZE;
    """


def queries(rules: AlertRules, dialect: str) -> dict[str, str]:
    """What one look asks, with sixty alerts open; six hours are looked back on."""
    of_rule = RunQueries(rules, dialect)
    since = f"{NOW - timedelta(hours=6):%Y-%m-%d %H:%M:%S}"
    names = [f"pipe-{number:03}-exp01" for number in range(60)]
    return {
        "failed since": of_rule.failed(since),
        "newest failed": of_rule.newest_failed(),
        "running": of_rule.running(),
        "runs by id": of_rule.by_id([str(number) for number in range(1, 61)]),
        "completed since": of_rule.done_since(since, names),
    }


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """The middle of some rounds, in ms."""
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await work()
        spans.append((time.perf_counter() - began) * 1000)
    return median(spans)


async def measure(engine: str, url: str, rules: AlertRules, plan_of: Callable[[str], str]) -> bool:
    """Prints a line a query; whether all of one look stays within the limit and reads no old row."""
    limits = QueryLimits(deadline_s=30.0)
    async with await Catalog.open(url, limits=limits) as catalog:
        asked = queries(rules, catalog.dialect)
        total, reads_all = 0.0, []
        for name, sql in asked.items():
            took = await timed(lambda sql=sql: catalog.query(sql))  # type: ignore[misc]  # bound at once
            total += took
            plan = plan_of(sql)
            if is_whole(plan) or ("since" in name and "(status=?)" in plan):
                reads_all.append(name)
            print(f"{engine:9} {name:16} {took:8.1f} ms   {plan[:240]}")
        whole = await timed(lambda: catalog.query(without_index(asked["failed since"])))
        failed = await timed(lambda: catalog.query(asked["failed since"]))
    print(f"{engine:9} one look         {total:8.1f} ms   (at most {LIMIT_MS:.0f})")
    print(f"{engine:9} without index    {whole:8.1f} ms   {whole / failed:.0f} times as long for the failed ones")
    if reads_all:
        print(f"{engine:9} reads old rows for: {', '.join(reads_all)}")
    return total <= LIMIT_MS and not reads_all


def without_index(sql: str) -> str:
    """The same question in a form that no index answers."""
    hidden = sql.replace("p.status,", "p.status || '' AS status,")
    return hidden.replace("p.finished_at,", "COALESCE(p.finished_at, NULL) AS finished_at,")


def is_whole(plan: str) -> bool:
    return any(sign in plan for sign in ("SCAN p", "SCAN pipelines", "Seq Scan on pipelines"))


def plan_in_sqlite(path: Path) -> Callable[[str], str]:
    def plan(sql: str) -> str:
        with closing(sqlite3.connect(path)) as owner:
            return " | ".join(row[3] for row in owner.execute(f"EXPLAIN QUERY PLAN {sql}"))

    return plan


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "alerts.yml").write_text(RULES, encoding="utf-8")
        rules = load_rules(Path(folder) / "alerts.yml")
        path = Path(folder) / "runs.db"
        fill_sqlite(path)
        is_fast = await measure("sqlite", f"sqlite:///{path}", rules, plan_in_sqlite(path))
        return 0 if await in_postgres(rules) and is_fast else 1


async def in_postgres(rules: AlertRules) -> bool:
    """The same on a server of its own, where Postgres is installed."""
    from tests.postgres import Server, installations

    found = installations()
    if not found:
        print("postgres: not installed here")
        return True
    server = Server.start(found[-1])
    try:
        with server.database("runs", script_for_postgres()), server.owner("runs") as owner:

            def plan(sql: str) -> str:
                return " | ".join(str(row[0]).strip() for row in owner.execute(f"EXPLAIN {sql}".encode()))

            return await measure("postgres", server.url("runs"), rules, plan)
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
