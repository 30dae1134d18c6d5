"""Statements made to eat time or memory end soon, cost the bot nothing, and nobody waits for them."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import QueryFailed, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.sqlite.worker_process import GRACE_S
from tests.unit.db.catalog.sqlite.processes import children_of, peak_mb

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

LIMITS = QueryLimits(deadline_s=1)
SLOW_MACHINE_S = 2.0
LONG = "b(s) AS (SELECT 'aaaaaaaaaa' UNION ALL SELECT s || s FROM b WHERE length(s) < 40000)"
ENDLESS = "n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

BOMBS = {
    "rows without end": f"WITH RECURSIVE {ENDLESS} SELECT count(*) FROM n",
    "a cross join": f"SELECT count(*) FROM {', '.join(f'metrics m{number}' for number in range(14))}",
    "a gigabyte to sort": f"WITH RECURSIVE {ENDLESS} SELECT i, hex(i) || hex(-i) AS t FROM n LIMIT 100000000",
    "a gigabyte sorted": f"WITH RECURSIVE {ENDLESS}, m AS (SELECT i FROM n LIMIT 50000000) "
    "SELECT i FROM m ORDER BY hex(i) || hex(-i) || hex(i * i) || hex(i + 7)",
    "a gigabyte grouped": f"WITH RECURSIVE {ENDLESS}, m AS (SELECT i FROM n LIMIT 50000000) "
    "SELECT count(*) FROM (SELECT max(hex(i) || hex(-i)) FROM m GROUP BY i)",
    "a gigabyte in a window": f"WITH RECURSIVE {ENDLESS}, m AS (SELECT i FROM n LIMIT 50000000) "
    "SELECT i, sum(i) OVER (ORDER BY -i) FROM m",
    "strings that grow": "WITH RECURSIVE n(s) AS (SELECT 'x' UNION ALL SELECT s || s || 'y' FROM n) SELECT s FROM n",
    "many long strings": f"WITH RECURSIVE {LONG}, {ENDLESS} SELECT DISTINCT i || s FROM b, n ORDER BY 1 DESC",
    "one long list": f"WITH RECURSIVE {ENDLESS} SELECT json_group_array(hex(i)) FROM n",
    "instr in long strings": f"WITH RECURSIVE {LONG}, {ENDLESS} SELECT sum(instr(s, substr(s, 9) || 'b')) FROM b, n",
    "replace in long strings": f"WITH RECURSIVE {LONG}, {ENDLESS} SELECT sum(length(replace(s, 'aaab', i))) FROM n, b",
    "padding": f"WITH RECURSIVE {LONG}, {ENDLESS} SELECT sum(length(trim(s, 'bcdefa') || hex(s))) FROM n, b",
    "patterns": f"WITH RECURSIVE {LONG}, {ENDLESS} SELECT sum(s LIKE '{'%a' * 90}%b') FROM n, b",
}


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_ends_in_time_and_the_bot_stays_small(sample: Path, name: str) -> None:
    before = children_of(os.getpid())
    loop = asyncio.get_running_loop()
    async with await Catalog.open(f"sqlite:///{sample}", limits=LIMITS) as catalog:
        await asyncio.gather(catalog.query("SELECT 1"), catalog.query("SELECT 2"))
        own_mb, most_mb, answered = peak_mb(os.getpid()), 0.0, 0
        began = loop.time()
        bomb = asyncio.create_task(catalog.query(BOMBS[name]))
        while not bomb.done():
            most_mb = max(most_mb, *(memory_of(pid) for pid in children_of(os.getpid()) - before))
            assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)
            answered += not bomb.done()
        assert loop.time() - began < LIMITS.deadline_s + GRACE_S + SLOW_MACHINE_S
        if bomb.exception() is not None:
            assert isinstance(bomb.exception(), QueryFailed | QueryTimeout)
        assert peak_mb(os.getpid()) - own_mb < 8
        assert most_mb < 256


def memory_of(pid: int) -> float:
    try:
        return peak_mb(pid)
    except (OSError, StopIteration):
        return 0.0


async def test_one_persons_bombs_leave_a_place_for_the_others(sample: Path) -> None:
    limits = QueryLimits(deadline_s=60)
    async with await Catalog.open(f"sqlite:///{sample}", limits=limits) as catalog:
        bombs = [asyncio.create_task(catalog.query(BOMBS["a cross join"])) for _ in range(limits.connections - 1)]
        for _ in range(50):
            assert (await catalog.query("SELECT count(*) FROM users")).rows == ((8,),)
        assert not any(bomb.done() for bomb in bombs)
        for bomb in bombs:
            bomb.cancel()
        await asyncio.wait(bombs)
