"""Pictures of charts, drawn by a process of its own that is started at the first one."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import bot
from agent.chart import Chart, dump
from bot.charts.frames import HEAD
from db.catalog.meaning import Language

log = logging.getLogger(__name__)

_ROOT: Final = Path(bot.__file__).parents[1]
COMMAND: Final = (sys.executable, "-P", "-X", "utf8", "-m", "bot.charts.child")
# Where fonts and matplotlib's cache of them are found; nothing else of the environment is the process's business.
_PASSED: Final = ("PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
_START_S: Final = 20.0
_DRAW_S: Final = 10.0
_MOST: Final = 2_000_000
_PICTURES: Final = 200
"""After so many the process is renewed, whatever matplotlib has gathered."""
_END_S: Final = 5.0
_IDLE_S: Final = 300.0
"""A process that nobody asks anything gives its hundred megabytes back."""


class NoPicture(Exception):
    """For the operator: a chart was not drawn, or not in time."""


class Pictures:
    """Draws one chart at a time; `close` ends the process, and a later picture starts another."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        start_s: float = _START_S,
        draw_s: float = _DRAW_S,
        idle_s: float = _IDLE_S,
    ) -> None:
        self._command = tuple(command)
        self._start_s = start_s
        self._draw_s = draw_s
        self._idle_s = idle_s
        self._idle: asyncio.TimerHandle | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._drawn = 0
        self._turn = asyncio.Lock()

    async def png(self, chart: Chart, language: Language) -> bytes:
        """The chart as PNG. Raises NoPicture."""
        async with self._turn:
            self._wake()
            is_new = self._process is None
            try:
                async with asyncio.timeout(self._draw_s + (self._start_s if is_new else 0)):
                    data = await self._ask(chart, language)
            except BaseException as error:
                await self._end()
                if isinstance(error, TimeoutError | OSError | asyncio.IncompleteReadError | ValueError):
                    raise NoPicture(f"{chart.kind}: {type(error).__name__}") from error
                raise
            self._drawn += 1
            if self._drawn >= _PICTURES:
                await self._end()
            self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._let_go)
        return data

    @property
    def is_running(self) -> bool:
        """Whether a process waits for charts."""
        return self._process is not None

    async def close(self) -> None:
        async with self._turn:
            self._wake()
            await self._end()

    def _wake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _let_go(self) -> None:
        """Nobody is drawing: who begins to draw takes the timer away first."""
        process, self._process, self._drawn = self._process, None, 0
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()

    async def _ask(self, chart: Chart, language: Language) -> bytes:
        process = self._process = self._process or await self._started()
        if process.stdin is None or process.stdout is None:
            raise ValueError("no pipes")
        body = json.dumps({"chart": dump(chart), "language": language}, ensure_ascii=False).encode()
        process.stdin.write(HEAD.pack(len(body)) + body)
        await process.stdin.drain()
        (size,) = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
        if not 0 < size <= _MOST:
            raise ValueError("no picture")
        return await process.stdout.readexactly(size)

    async def _started(self) -> asyncio.subprocess.Process:
        env = {name: os.environ[name] for name in _PASSED if name in os.environ}
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**env, "PYTHONPATH": str(_ROOT), "MPLBACKEND": "Agg"},
            start_new_session=True,
        )

    async def _end(self) -> None:
        """Kills the process, if there is one, and waits for its end."""
        process, self._process, self._drawn = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _END_S)
