"""Where the chat's questions come from: a line editor, or a pipe."""

import asyncio
import io
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from prompt_toolkit.history import History

PROMPT = "> "
_LINE_LIMIT = 1 << 20


def make_history(path: Path) -> "History":
    """History kept in `path`; in memory only where the file cannot be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return FileHistory(path)
    except OSError:
        return InMemoryHistory()


async def typed_lines(history: "History") -> AsyncIterator[str]:
    """What a person types, until EOF or Ctrl-C on the prompt."""
    from prompt_toolkit import PromptSession  # a fifth of a second to import: only where a person types

    session: PromptSession[str] = PromptSession(history=history, enable_history_search=True)
    while True:
        try:
            yield await session.prompt_async(PROMPT)
        except (EOFError, KeyboardInterrupt):
            return


async def piped_lines(stream: TextIO) -> AsyncIterator[str]:
    """The lines of a pipe or file until its end; Ctrl-C need not wait for the next one."""
    if not _may_wait(stream):
        for line in stream:
            yield line
        return
    reader = asyncio.StreamReader(limit=_LINE_LIMIT)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), stream
    )
    try:
        while line_bytes := await reader.readline():
            yield line_bytes.decode("utf-8", errors="replace")
    finally:
        transport.close()


def _may_wait(stream: TextIO) -> bool:
    """Whether reading can block: true for pipes and sockets, false for files and text in memory."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, io.UnsupportedOperation):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
