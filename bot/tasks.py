"""The bot's own background tasks: kept, logged and drained."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Keeps every started task until it ends; asyncio itself holds them only weakly."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Starts `work`; an error that escapes it is logged, for the operator."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def launch(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Starts `work` for a caller who will not wait for it."""
        _ = self.spawn(work, name)

    async def drain(self, timeout_s: float) -> None:
        """Waits until no task is left, also those started meanwhile, or the time is over."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while self._running and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._running, timeout=left, return_when=asyncio.FIRST_COMPLETED)

    async def cancel(self) -> None:
        """Cancels whatever still runs and waits for it to end."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task %s failed", task.get_name(), exc_info=error)
