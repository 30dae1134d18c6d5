"""The child's side of a worker: one guarded connection, one statement after the other, in a process that may be killed.

Imports nothing but the standard library and this package's engine, so that no
secret's owner (Slack, the model) shares a process with strangers' SQL.
"""

import math
import socket
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, Final

from db.catalog.limits import QueryLimits
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.guarded import connect_guarded
from db.catalog.sqlite.wire import HEAD, READY, Job, failure, framed, result

if sys.platform != "win32":
    import resource

_FILES: Final = 16
_SHARED_MEMORY_BYTES: Final = 16 * 1024**2
"""A reader of a write-ahead log keeps an index of it beside the file: 32 KB for each 4,096 pages written."""
_CPU_GRACE_S: Final = 1


def serve(channel: socket.socket, confine: Callable[[Job], None], renew: Callable[[QueryLimits], None]) -> None:
    """Takes a job, then answers statements until the other side is gone."""
    with channel.makefile("rb") as asked, suppress(ConnectionError):
        body = _receive(asked)
        if body is None:
            return
        job, deadline = Job.from_bytes(body), Deadline()
        try:
            confine(job)
            connection = connect_guarded(Path(job.path), job.columns, job.limits, deadline, job.rows)
        except (sqlite3.Error, MemoryError) as error:
            channel.sendall(framed(failure(error)))
            return
        with closing(connection):
            channel.sendall(framed(READY))
            while (body := _receive(asked)) is not None:
                renew(job.limits)
                deadline.start(job.limits.deadline_s)
                channel.sendall(framed(_answer(connection, body.decode(), job.limits)))


def _receive(asked: BinaryIO) -> bytes | None:
    """The next frame's body; None when the other side is gone, also in the middle of one."""
    head = asked.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (size,) = HEAD.unpack(head)
    body = asked.read(size)
    return body if len(body) == size else None


def _answer(connection: sqlite3.Connection, sql: str, limits: QueryLimits) -> bytes:
    try:
        (fetched,) = connection.execute(sql).fetchall()
        return result(fetched, limits)
    except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
        return failure(error)


def bound_heap(limits: QueryLimits) -> None:
    """Bounds the engine's memory in this process for good: SQLite takes no such limit back."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA hard_heap_limit={limits.heap_bytes:d}")


if sys.platform != "win32":

    def confine(job: Job) -> None:
        """Takes from this process what a statement never needs."""
        bound_heap(job.limits)
        for kind, most in _bounds(job):
            # Some systems know a limit by name only: macOS takes no RLIMIT_AS.
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))

    def _bounds(job: Job) -> tuple[tuple[int, int], ...]:
        return (
            (resource.RLIMIT_AS, job.limits.memory_bytes),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, _FILES),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_FSIZE, _SHARED_MEMORY_BYTES if has_log(Path(job.path)) else 0),
        )

    def renew_cpu(limits: QueryLimits) -> None:
        """Grants CPU for one more statement; the kernel ends what one call of a built-in function spends above it."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime + limits.deadline_s) + _CPU_GRACE_S
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))

    def _channel() -> socket.socket:
        return socket.socket(fileno=0)

else:  # pragma: no cover - Windows

    def confine(job: Job) -> None:
        """Windows knows no resource limits: there, the heap's bound and the parent's clock hold alone."""
        bound_heap(job.limits)

    def renew_cpu(limits: QueryLimits) -> None:
        """Nothing to grant."""

    def _channel() -> socket.socket:
        return socket.fromshare(sys.stdin.buffer.read())


def has_log(path: Path) -> bool:
    """Whether the database keeps a write-ahead log (byte 18 of its header); readers write beside such a file."""
    try:
        with path.open("rb") as file:
            return file.read(19)[18:] == b"\x02"
    except OSError:
        return False


def main() -> None:  # pragma: no cover - runs without an environment, where nothing measures it
    with _channel() as channel:
        serve(channel, confine, renew_cpu)
