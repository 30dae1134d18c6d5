"""The child's side: what it answers, and what it may not do."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from db.catalog.limits import QueryLimits
from db.catalog.sqlite.wire import HEAD, Job, framed, read_ready, read_result
from db.catalog.sqlite.worker import has_log, serve
from db.catalog.sqlite.worker_process import COMMAND, WorkerProcess
from tests.unit.db.catalog.sqlite.processes import bounds_of
from tests.unit.db.catalog.statements import COLUMNS

LIMITS = QueryLimits()
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Talk:
    """A worker in a thread of this process, unconfined, so that its lines are seen."""

    def __init__(self, path: Path) -> None:
        self.ours, theirs = socket.socketpair()
        self.job = Job(str(path), COLUMNS, LIMITS)
        self.granted: list[QueryLimits] = []
        self._theirs = theirs
        self.thread = Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        with self._theirs:
            serve(self._theirs, lambda job: None, self.granted.append)

    def send(self, body: bytes) -> None:
        self.ours.sendall(framed(body))

    def hear(self) -> bytes:
        (size,) = HEAD.unpack(self._exactly(HEAD.size))
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        return self.ours.recv(size, socket.MSG_WAITALL)

    def end(self) -> None:
        self.ours.close()
        self.thread.join()


@pytest.fixture
def talk(sample: Path) -> Iterator[Talk]:
    talk = Talk(sample)
    yield talk
    talk.end()


def test_a_worker_greets_then_answers_one_statement_after_the_other(talk: Talk) -> None:
    talk.send(talk.job.to_bytes())
    read_ready(talk.hear())
    for number in range(3):
        talk.send(f"SELECT {number}, name FROM users ORDER BY id LIMIT 1".encode())
        assert read_result(talk.hear(), LIMITS).rows == ((number, "김민준"),)
    assert talk.granted == [LIMITS] * 3


def test_an_error_is_told_and_the_next_statement_is_answered(talk: Talk) -> None:
    talk.send(talk.job.to_bytes())
    read_ready(talk.hear())
    talk.send(b"SELECT nickname FROM users")
    with pytest.raises(sqlite3.OperationalError, match="no such column: nickname"):
        read_result(talk.hear(), LIMITS)
    talk.send(b"SELECT 1")
    assert read_result(talk.hear(), LIMITS).rows == ((1,),)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    talk = Talk(tmp_path / "none.db")
    talk.send(talk.job.to_bytes())
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        read_ready(talk.hear())
    talk.end()


@pytest.mark.parametrize("last", [b"", b"\0\0", b"\0\0\0\x09SELECT"], ids=["nothing", "half a head", "half a body"])
@pytest.mark.parametrize("is_ready", [True, False])
def test_a_worker_ends_with_its_parent(sample: Path, last: bytes, is_ready: bool) -> None:
    talk = Talk(sample)
    if is_ready:
        talk.send(talk.job.to_bytes())
        read_ready(talk.hear())
    talk.ours.sendall(last)
    talk.end()
    assert not talk.thread.is_alive()


def test_a_parent_that_goes_without_hearing_ends_the_worker(talk: Talk) -> None:
    for body in (talk.job.to_bytes(), b"SELECT 1", b"SELECT 2"):
        talk.send(body)


def test_a_worker_loads_nothing_that_holds_a_secret() -> None:
    code = "import sys; sys.path.append(sys.argv[1]); import db.catalog.sqlite.worker; print(*sys.modules)"
    told = subprocess.run([*COMMAND[:-2], code, COMMAND[-1]], env={}, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert "sqlite3" in loaded
    assert not loaded & {"slack_sdk", "slack_bolt", "openai", "sqlglot", "aiohttp", "asyncio", "site", "bot", "agent"}


@linux
async def test_a_worker_has_no_environment_and_no_file_but_the_catalogue(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "canary")
    with (sample.parent / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    await worker.open()
    own = Path(f"/proc/{worker.pid}")
    assert (own / "environ").read_bytes() == b""
    assert b"canary" not in (own / "cmdline").read_bytes()
    targets = sorted(os.readlink(each) for each in (own / "fd").iterdir())
    assert targets[:2] == ["/dev/null", "/dev/null"]
    assert [target for target in targets[2:] if not target.startswith("socket:")] == [str(sample)]
    worker.kill()
    await worker.ended()


@linux
async def test_a_worker_is_bounded_by_the_kernel(sample: Path) -> None:
    worker = WorkerProcess(Job(str(sample), COLUMNS, LIMITS))
    await worker.open()
    await worker.ask("SELECT 1")
    found = bounds_of(worker.pid)
    assert found["Max address space"] == str(512 * 1024**2)
    assert (found["Max core file size"], found["Max file size"]) == ("0", "0")
    assert (found["Max processes"], found["Max open files"]) == ("0", "16")
    assert 4 <= int(found["Max cpu time"]) <= 5
    worker.kill()
    await worker.ended()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_file_with_a_log_may_be_read_with_its_index_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.execute("PRAGMA journal_mode=WAL")
        owner.execute("CREATE TABLE users (name)")
    assert has_log(path)
    assert not has_log(tmp_path / "none.db")
    code = f"""
import json, resource, sqlite3
from db.catalog.limits import QueryLimits
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.worker import confine, renew_cpu
job = Job({str(path)!r}, {{"users": ("name",)}}, QueryLimits(deadline_s=100))
confine(job)
renew_cpu(job.limits)
heap = sqlite3.connect(":memory:").execute("PRAGMA hard_heap_limit").fetchone()[0]
print(json.dumps([heap, resource.getrlimit(resource.RLIMIT_FSIZE)[0], resource.getrlimit(resource.RLIMIT_CPU)[0]]))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heap, file_bytes, cpu_s = json.loads(told.stdout)
    assert (heap, file_bytes) == (64 * 1024**2, 16 * 1024**2)
    assert 101 <= cpu_s <= 110
