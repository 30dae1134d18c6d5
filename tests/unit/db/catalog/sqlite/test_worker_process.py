"""A worker that lies, hangs or dies: the bot is told, and nothing is left behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from db.catalog.errors import CatalogUnavailable, QueryFailed, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.worker_process import GRACE_S, WorkerProcess
from tests.unit.db.catalog.sqlite.processes import gone, until
from tests.unit.db.catalog.statements import COLUMNS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

LIMITS = QueryLimits(deadline_s=0.3)
SLOW_MACHINE_S = 2.0

FAKE = """
import os, signal, socket, struct
channel = socket.socket(fileno=0)
def hear():
    size = struct.unpack("!I", channel.recv(4, socket.MSG_WAITALL))[0]
    return channel.recv(size, socket.MSG_WAITALL)
def send(body):
    channel.sendall(struct.pack("!I", len(body)) + body)
def greet():
    hear()
    send(b'"ready"')
def hang():
    while True:
        signal.pause()
RIGHT = b'[["a"],[[1]],false]'
"""
"""What a fake worker begins with: it may do anything that a captured one may."""


def command(script: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", FAKE + script)


@asynccontextmanager
async def faked(script: str, path: Path = Path("/none")) -> AsyncIterator[WorkerProcess]:
    worker = WorkerProcess(Job(str(path), COLUMNS, LIMITS), command(script))
    try:
        yield worker
    finally:
        worker.kill()
        await worker.ended()
        await gone(worker.pid)


async def test_a_fake_that_keeps_to_the_rules_is_believed() -> None:
    async with faked("greet(); hear(); send(RIGHT); hear(); send(RIGHT); hang()") as worker:
        await worker.open()
        assert (await worker.ask("SELECT 1")).rows == ((1,),)
        assert (await worker.ask("SELECT 1")).rows == ((1,),)
        assert worker.is_fit


@pytest.mark.parametrize(
    "script",
    [
        'channel.sendall(b"\\xff" * 100); hang()',
        'channel.sendall(b"\\x7f\\xff\\xff\\xff[["); hang()',
        'channel.sendall(struct.pack("!I", 2_648_577)); hang()',
        'channel.sendall(b"x" * 50_000_000); hang()',
        'send(b"x" * 2_600_000); hang()',
        'send(b"[" * 1_000_000); hang()',
        'send(b""); hang()',
        "send(RIGHT[:-1]); hang()",
        'send(b"[[\\"a\\"],[" + b"[1]," * 200 + b"[1]],false]"); hang()',
        'send(b\'{"kind": "SystemExit", "message": "x"}\'); hang()',
        "channel.sendall(struct.pack('!I', len(RIGHT)) + RIGHT[:5])",
        'channel.sendall(b"\\0\\0")',
        "channel.shutdown(socket.SHUT_WR); hang()",
        "channel.sendall((struct.pack('!I', len(RIGHT)) + RIGHT) * 2); hang()",
        "os.abort()",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit",
    ],
)
async def test_a_worker_that_lies_or_dies_is_one_clear_error(script: str) -> None:
    async with faked(f"greet(); hear(); {script}") as worker, asyncio.timeout(10):
        await worker.open()
        with pytest.raises(QueryFailed, match="ended its process"):
            await worker.ask("SELECT 1")
        assert not worker.is_fit


@pytest.mark.parametrize(
    "script",
    [
        "hang()",
        "channel.sendall(struct.pack('!I', len(RIGHT)) + RIGHT[:5]); hang()",
        "channel.sendall(b'\\0'); hang()",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); hang()",
    ],
    ids=["silent", "half a frame", "half a head", "deaf"],
)
async def test_a_worker_that_hangs_is_killed_after_deadline_and_grace(script: str) -> None:
    async with faked(f"greet(); hear(); {script}") as worker:
        await worker.open()
        began = asyncio.get_running_loop().time()
        with pytest.raises(QueryTimeout, match=r"longer than 0\.3 s"):
            await worker.ask("SELECT 1")
        assert asyncio.get_running_loop().time() - began < LIMITS.deadline_s + GRACE_S + SLOW_MACHINE_S
        assert not worker.is_fit


async def test_one_whose_time_the_kernel_cut_off_ran_too_long() -> None:
    async with faked("greet(); hear(); os.kill(os.getpid(), signal.SIGXCPU)") as worker:
        await worker.open()
        with pytest.raises(QueryTimeout, match="longer"):
            await worker.ask("SELECT 1")


async def test_an_answer_ahead_of_its_question_is_not_taken() -> None:
    async with faked(
        "signal.signal(signal.SIGUSR1, lambda *_: send(RIGHT)); greet(); hear(); send(RIGHT); hang()"
    ) as worker:
        await worker.open()
        await worker.ask("SELECT 1")
        os.kill(worker.pid, signal.SIGUSR1)
        await until(lambda: not worker.is_fit)
        with pytest.raises(QueryFailed):
            await worker.ask("SELECT 1")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("raise SystemExit", "did not start"),
        ("hear(); send(RIGHT); hang()", "did not start"),
        ("hear(); send(b'hello'); hang()", "did not start"),
        ("hear(); channel.sendall(b'\\xff\\xff\\xff\\xff'); hang()", "did not start"),
        ('hear(); send(b\'{"kind": "MemoryError", "message": ""}\'); hang()', "did not start"),
        ('hear(); send(b\'{"kind": "OperationalError", "message": "no such file"}\')', "could not be opened"),
    ],
)
async def test_a_worker_that_does_not_begin_well_is_unavailable(script: str, said: str) -> None:
    async with faked(script) as worker:
        with pytest.raises(CatalogUnavailable, match=said):
            await worker.open()


async def test_a_program_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(CatalogUnavailable, match="could not be started"):
        WorkerProcess(Job("/none", COLUMNS, LIMITS), ("/none/python",))


async def test_one_that_was_never_opened_ends_too(sample: Path) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    worker.kill()
    assert await worker.ended() == -signal.SIGKILL


@pytest.mark.parametrize("turns", [0, 1, 2, 5])
async def test_cancelling_the_start_leaves_nothing_behind(sample: Path, turns: int) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    opening = asyncio.create_task(worker.open())
    for _ in range(turns):
        await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    worker.kill()
    assert await worker.ended() is not None


async def test_cancelling_a_question_kills_the_worker(sample: Path) -> None:
    async with faked("greet(); hear(); hang()") as worker:
        await worker.open()
        asking = asyncio.create_task(worker.ask("SELECT 1"))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not worker.is_fit
        assert await worker.ended() == -signal.SIGKILL


async def test_a_stopped_worker_is_killed_as_well(sample: Path) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    await worker.open()
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(QueryTimeout):
        await worker.ask("SELECT 1")
    assert await worker.ended() == -signal.SIGKILL


async def test_a_query_over_its_memory_is_told_so_and_its_worker_renewed(sample: Path) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, QueryLimits(heap_bytes=2 * 1024**2)))
    await worker.open()
    with pytest.raises(QueryFailed, match="more than 2 MB of memory"):
        await worker.ask(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) "
            "SELECT i FROM n ORDER BY hex(i)"
        )
    assert not worker.is_fit
    worker.kill()
    await worker.ended()


async def test_a_heap_the_process_cannot_hold_is_too_much_memory_too(sample: Path) -> None:
    limits = QueryLimits(heap_bytes=1024**3, memory_bytes=64 * 1024**2)
    worker = WorkerProcess(Job(str(sample), COLUMNS, limits))
    await worker.open()
    with pytest.raises(QueryFailed, match=r"memory"):
        await worker.ask(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) "
            "SELECT i FROM n ORDER BY hex(i)"
        )
    worker.kill()
    await worker.ended()


async def test_a_worn_worker_is_no_longer_fit(sample: Path) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    await worker.open()
    for _ in range(1_000):
        assert worker.is_fit
        await worker.ask("SELECT 1")
    assert not worker.is_fit
    worker.kill()
    await worker.ended()
