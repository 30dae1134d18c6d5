"""One worker process, seen from the bot: started, asked, and killed when it does not keep to the rules."""

import asyncio
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast

import db
from db.catalog.errors import CatalogError, CatalogUnavailable, QueryFailed, QueryTimeout
from db.catalog.limits import QueryLimits
from db.catalog.rows import Fetched
from db.catalog.sqlite.wire import HEAD, Job, NotAnAnswer, framed, most_bytes, read_ready, read_result

log = logging.getLogger(__name__)

_ROOT: Final = str(Path(db.__file__).parents[1])
_BOOT: Final = "import sys; sys.path.append(sys.argv[1]); from db.catalog.sqlite.worker import main; main()"

COMMAND: Final = (sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, _ROOT)
"""Isolated and without site-packages: the standard library and our own packages are all there is to import."""

GRACE_S: Final = 0.5
"""A worker stops a late statement itself and lives on; after this long it is killed instead."""
_START_S: Final = 20.0
_REAP_S: Final = 5.0
_NOTHING: Final[dict[str, str]] = {}
"""A worker's environment: what is not there cannot leak."""
_QUERIES: Final = 1_000
"""After so many a worker is renewed, whatever it may have gathered."""
_ENDED_BY_CPU: Final = -signal.SIGXCPU if sys.platform != "win32" else None
_SPENT_CODES: Final = frozenset((10, 14))
"""IOERR, CANTOPEN: a limit on files that no longer fits, as when the owner turned to a write-ahead log."""


class _Link(asyncio.Protocol):
    """One frame out, one frame in; whatever else comes breaks it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._got = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    async def ask(self, body: bytes) -> bytes:
        """The frame that comes back. Raises ConnectionError if none does, NotAnAnswer if it is too long."""
        if self._transport is None:
            raise ConnectionResetError
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(framed(body))
        try:
            return await self._answer
        finally:
            self._answer = None
            self._got.clear()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._transport = None
        self._fail(ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            self.abort()
            return
        self._got += data
        if len(self._got) < HEAD.size:
            return
        (size,) = HEAD.unpack_from(self._got)
        if size > self._most or len(self._got) > HEAD.size + size:
            self._fail(NotAnAnswer("more than one answer"))
            self.abort()
        elif len(self._got) == HEAD.size + size:
            self._answer.set_result(bytes(self._got[HEAD.size :]))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


class WorkerProcess:
    """Runs one statement at a time. Whoever makes one kills it and waits for its end with `ended`."""

    def __init__(self, job: Job, command: Sequence[str] = COMMAND) -> None:
        """Starts the process. Raises CatalogUnavailable if the system does not."""
        self._job = job
        self._link = _Link(most_bytes(job.limits))
        self._asked = 0
        self._is_linked = False
        self._is_spent = False
        self._socket, theirs = socket.socketpair()
        try:
            self._process = _spawn(command, theirs)
        except OSError as error:
            self._socket.close()
            raise CatalogUnavailable(f"A process for queries could not be started ({error.strerror}).") from error
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Whether it may be asked (again): alive, silent, neither worn nor in doubt."""
        return self._link.is_open and not self._is_spent and self._asked < _QUERIES and self._process.poll() is None

    async def open(self) -> None:
        """Waits until the catalogue is open. Raises CatalogUnavailable if it cannot be."""
        self._socket.setblocking(False)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_START_S):
                self._is_linked = True
                if sys.platform != "win32":
                    await loop.create_unix_connection(lambda: self._link, sock=self._socket)
                else:  # pragma: no cover - Windows
                    await loop.create_connection(lambda: self._link, sock=self._socket)
                read_ready(await self._link.ask(self._job.to_bytes()))
        except sqlite3.Error as error:
            raise CatalogUnavailable(f"The catalogue could not be opened ({error}).") from error
        except (TimeoutError, OSError, NotAnAnswer, MemoryError) as error:
            log.warning("a worker did not start", extra={"reason": repr(error), "status": self._process.poll()})
            raise CatalogUnavailable("The process for queries did not start; ask again.") from error

    async def ask(self, sql: str) -> Fetched:
        """The capped result of one statement; not fit afterwards where the statement took the process along.

        Raises sqlite3.Error or sqlite3.Warning as the engine did, QueryTimeout past
        the deadline, QueryFailed where memory or the process gave out. Cancelling
        kills the process.
        """
        limits = self._job.limits
        self._asked += 1
        try:
            async with asyncio.timeout(limits.deadline_s + GRACE_S):
                body = await self._link.ask(sql.encode())
            return read_result(body, limits)
        except TimeoutError:
            self.kill()
            raise late(limits) from None
        except (ConnectionError, NotAnAnswer) as error:
            raise await self._broken(error) from error
        except MemoryError:
            self._is_spent = True
            raise _too_much(limits) from None
        except (sqlite3.Error, sqlite3.Warning) as error:
            if "interrupted" in str(error):
                raise late(limits) from error
            self._is_spent = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _SPENT_CODES
            raise
        except asyncio.CancelledError:
            self.kill()
            raise

    def kill(self) -> None:
        """Ends the process at once, whatever it runs; a reader has nothing to put in order."""
        self._link.abort()
        if not self._is_linked:
            # The loop closes the others, when it has let go of them.
            self._socket.close()
        self._process.kill()

    async def ended(self) -> int | None:
        """Waits for the end of a killed process; its status, None where the system takes too long."""
        with suppress(subprocess.TimeoutExpired):
            return await asyncio.to_thread(self._process.wait, _REAP_S)
        return None  # pragma: no cover - a process that SIGKILL does not end within seconds

    async def _broken(self, error: Exception) -> CatalogError:
        """What to tell of a process that ended or lied in the middle of a statement."""
        # One that is ending by itself keeps its own status.
        self.kill()
        status = await self.ended()
        log.warning("a worker broke", extra={"reason": repr(error), "status": status})
        if status == _ENDED_BY_CPU:
            return late(self._job.limits)
        return QueryFailed(
            "The query ended its process: it needs too much memory, or the engine fails at it. "
            "Filter earlier, select fewer columns, or write it in simpler steps."
        )


def late(limits: QueryLimits) -> QueryTimeout:
    return QueryTimeout(
        f"The query ran longer than {limits.deadline_s:g} s and was stopped. "
        "Filter earlier, join on keys, or give a recursive query an end."
    )


def _too_much(limits: QueryLimits) -> QueryFailed:
    return QueryFailed(
        f"The query needed more than {limits.heap_bytes // 1024**2} MB of memory and was stopped. "
        "Filter earlier, select fewer columns, or sort and group fewer rows."
    )


def _spawn(command: Sequence[str], channel: socket.socket) -> subprocess.Popen[bytes]:
    """Python's own vfork and exec: no line of ours runs between them, so threads and a running loop don't matter."""
    quiet = subprocess.DEVNULL
    if sys.platform == "win32":  # pragma: no cover - Windows
        # Sockets need SYSTEMROOT there, and reach a child by a copy of the handle.
        env = {"SYSTEMROOT": os.environ["SYSTEMROOT"]}
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=env)
        child.communicate(channel.share(child.pid))
        return child
    # A group of its own: Ctrl-C in a terminal is the bot's to handle. Not a session: Linux gives each its own share of
    # the CPU (autogroup), and on a busy machine a new one was left waiting for its first moment for 8 s and more.
    return subprocess.Popen(
        command,
        stdin=channel.fileno(),
        stdout=quiet,
        stderr=quiet,
        env=_NOTHING,
        cwd="/",
        close_fds=True,
        process_group=0,
    )
