"""Tasks that go on beside whoever started them: kept until they are done, heard of when they fail."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Holds what has been started until it is done; an error that nobody expected is logged with the task's name."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, None], name: str, on_end: Callable[[], None] = lambda: None) -> None:
        """`on_end` is called however it ends, also where it is cancelled before it has begun."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(partial(self._end, on_end))

    async def settled(self) -> None:
        """Waits until all are done, those too that are started meanwhile."""
        while self._running:
            await asyncio.wait(tuple(self._running))

    async def close(self) -> None:
        """Cancels whatever is not done, and waits for its end."""
        for task in tuple(self._running):
            task.cancel()
        await self.settled()

    def _end(self, on_end: Callable[[], None], task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        on_end()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s broke off", task.get_name(), exc_info=error)
