"""The last lines of a log that a row of the catalogue points to."""

import asyncio
import errno
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeVar

from db.logs.places import LocalPlace, place
from db.logs.readers import (
    NotAllowed,
    OpenFiles,
    Read,
    Unreadable,
    fsspec_files,
    read_local,
    read_object,
    read_web,
)
from db.logs.text import lines_of

Problem: TypeAlias = Literal["not_allowed", "not_found", "no_extra", "too_slow", "unreadable", "not_text"]

log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

_SIDE_BY_SIDE: Final = 8
"""Threads that read at once: a disk that is gone lets them hang, and there shall not be more and more."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a log: untrusted text, fit to be shown line by line; `is_cut`: more stood before it.

    `problem` is why there are no lines: the path is outside of LOG_ROOTS or of a kind that is never read, nothing
    lies there, what reads such places is not installed, it took too long, it cannot be read, or it is no text.
    """

    path: str
    lines: tuple[str, ...] = ()
    is_cut: bool = False
    problem: Problem | None = None


class LogFiles:
    """Reads logs below `roots`: local folders, and addresses of s3, gs, http and https. Without roots, none.

    A path comes out of a data cell: whoever writes rows chooses it. `open_files` gives the filesystems of s3 and gs.
    """

    def __init__(
        self,
        roots: Sequence[str],
        *,
        deadline_s: float = 10.0,
        max_bytes: int = 65_536,
        open_files: OpenFiles = fsspec_files,
    ) -> None:
        self._roots = tuple(roots)
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes
        self._open_files = open_files
        self._threads: set[threading.Thread] = set()

    async def tail(self, path: str) -> Tail:
        """The last lines of the log at `path`, or why there are none. Raises nothing but CancelledError."""
        try:
            async with asyncio.timeout(self._deadline_s):
                read = await self._read(path)
        except TimeoutError:
            return Tail(path, problem="too_slow")
        except NotAllowed:
            return Tail(path, problem="not_allowed")
        except ImportError:
            return Tail(path, problem="no_extra")
        except OSError as error:
            return Tail(path, problem=_problem(error))
        except Unreadable:
            return Tail(path, problem="unreadable")
        made = lines_of(read.data, is_cut=read.is_cut)
        if made is None:
            return Tail(path, problem="not_text")
        return Tail(path, *made)

    async def _read(self, path: str) -> Read:
        """Raises what the readers raise, and TimeoutError."""
        if not self._roots:
            raise NotAllowed
        where = await self._in_thread(lambda: place(path, self._roots))
        if where is None:
            raise NotAllowed
        if isinstance(where, LocalPlace):
            return await self._in_thread(lambda: read_local(where, self._max_bytes))
        if where.scheme in ("s3", "gs"):
            return await self._in_thread(lambda: read_object(where, self._max_bytes, self._open_files))
        return await read_web(where, self._max_bytes)

    async def _in_thread(self, call: Callable[[], _Result]) -> _Result:
        """Runs `call` in a thread that nobody waits for at the end: what hangs on a dead disk cannot be stopped.

        Raises what it raises, anything but the expected as Unreadable; TimeoutError where too many hang.
        """
        self._threads = {thread for thread in self._threads if thread.is_alive()}
        if len(self._threads) >= _SIDE_BY_SIDE:
            raise TimeoutError
        done: Future[_Result] = Future()
        done.set_running_or_notify_cancel()

        def run() -> None:
            try:
                done.set_result(call())
            except Exception as error:  # noqa: BLE001 - what a library for somebody's bucket raises is not known
                done.set_exception(_expected(error))

        thread = threading.Thread(target=run, name="log", daemon=True)
        self._threads.add(thread)
        thread.start()
        return await asyncio.wrap_future(done)


def _expected(error: Exception) -> Exception:
    if isinstance(error, OSError | ImportError | NotAllowed):
        return error
    log.warning("a log cannot be read", extra={"error": type(error).__name__})
    return Unreadable()


def _problem(error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "not_found"
    if error.errno in (errno.ELOOP, errno.ENXIO):  # a symlink where none was, a device that nobody is behind
        return "not_allowed"
    return "unreadable"
