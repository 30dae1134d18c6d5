"""A few warm processes for strangers' queries, so that turns run side by side and none can harm the bot."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress

from db.catalog.errors import CatalogUnavailable, QueryTimeout, Replaced
from db.catalog.rows import Fetched
from db.catalog.sqlite.wire import Job
from db.catalog.sqlite.worker_process import COMMAND, WorkerProcess


class Workers:
    """Starts processes as they are needed, up to the limit, and replaces those that are no longer fit."""

    def __init__(self, job: Job, is_current: Callable[[], bool], command: Sequence[str] = COMMAND) -> None:
        """`is_current` says whether the file that lies at the job's path is still the one whose schema was read."""
        self._job = job
        self._is_current = is_current
        self._command = command
        # A place is a worker, or None where one has yet to be started; the last used is the first taken.
        self._places: asyncio.LifoQueue[WorkerProcess | None] = asyncio.LifoQueue()
        for _ in range(job.limits.connections):
            self._places.put_nowait(None)
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False

    async def fetch(self, sql: str) -> Fetched:
        """The capped result of one statement.

        Raises sqlite3.Error or sqlite3.Warning as the engine did, QueryTimeout
        past the deadline or when no place came free, QueryFailed where the
        statement ended its process, CatalogUnavailable when none could be
        opened. Cancelling stops the statement.
        """
        if self._closed:
            raise CatalogUnavailable("The catalogue is closed.")
        try:
            async with asyncio.timeout(self._job.limits.wait_s):
                worker = await self._places.get()
        except TimeoutError:
            raise QueryTimeout("The catalogue is busy with other queries; run this one again.") from None
        try:
            if worker is None or not worker.is_fit:
                old, worker = worker, None
                worker = await self._exchanged(old)
            return await worker.ask(sql)
        finally:
            self._give_back(worker)

    async def close(self) -> None:
        """Waits for the running queries, which their deadlines bound, then ends every process."""
        self._closed = True
        places = [await self._places.get() for _ in range(self._job.limits.connections)]
        for worker in places:
            self._dismiss(worker)
            self._places.put_nowait(None)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _exchanged(self, old: WorkerProcess | None) -> WorkerProcess:
        """A new worker on the file whose schema was read. Raises CatalogUnavailable."""
        self._dismiss(old)
        new = WorkerProcess(self._job, self._command)
        try:
            await new.open()
            # After opening: what lies there now is what was opened, or something later.
            if not self._is_current():
                raise Replaced
        except BaseException:
            self._dismiss(new)
            raise
        return new

    def _give_back(self, worker: WorkerProcess | None) -> None:
        if worker is None or worker.is_fit:
            self._places.put_nowait(worker)
        elif self._closed:
            self._dismiss(worker)
            self._places.put_nowait(None)
        else:
            # At once, so that the next query does not wait for it.
            self._keep(self._replace(worker))

    async def _replace(self, old: WorkerProcess) -> None:
        new: WorkerProcess | None = None
        try:
            # What cannot be opened now is told to the next query, which tries again.
            with suppress(CatalogUnavailable):
                new = await self._exchanged(old)
        finally:
            self._places.put_nowait(new)

    def _dismiss(self, worker: WorkerProcess | None) -> None:
        if worker is not None:
            worker.kill()
            self._keep(worker.ended())

    def _keep(self, work: Coroutine[object, object, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
