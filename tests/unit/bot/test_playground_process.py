"""`mlops-bot run` without Slack tokens, as a process: the bot in a playground of its own."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def bot(folder: Path, *argv: str, **environ: str) -> AsyncIterator[Process]:
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *argv),
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PLAYGROUND_PORT": "0", "PORT": "0", **environ},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def link(process: Process) -> str:
    """The address that is printed, without its closing slash."""
    assert process.stdout is not None
    async with asyncio.timeout(30):
        async for line in process.stdout:
            if (found := re.search(r"http://127\.0\.0\.1:\d+", line.decode())) is not None:
                return found.group()
    raise AssertionError((await process.communicate())[1].decode())


async def state(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    async with session.get(f"{url}/ui/state") as response:
        found: dict[str, Any] = await response.json()
        return found


async def answer_to(session: aiohttp.ClientSession, url: str, question: str) -> str:
    """The text of the bot's first message after a question in its DM."""
    async with session.ws_connect(f"{url}/ui/feed?user=U0MINJUN") as feed, asyncio.timeout(30):
        await feed.receive_json()
        body = {"user": "U0MINJUN", "channel": "D0MINJUN", "text": question}
        async with session.post(f"{url}/ui/act/say", json=body) as response:
            assert (await response.json())["ok"]
        while (change := await feed.receive_json())["kind"] != "posted" or change["message"]["user"] != "UBOT":
            pass
        return str(change["message"]["text"])


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("argv", [(), ("run",)], ids=["no command", "run"])
async def test_the_link_leads_to_a_connected_bot_that_ends_when_it_is_told(
    tmp_path: Path, argv: tuple[str, ...], stop: signal.Signals
) -> None:
    async with bot(tmp_path, *argv) as process, aiohttp.ClientSession() as session:
        url = await link(process)
        assert (await state(session, url))["app"]["connected"] == 1
        process.send_signal(stop)
        async with asyncio.timeout(30):
            _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (0, "")


async def test_a_question_in_the_playground_is_answered_by_the_bot(tmp_path: Path) -> None:
    async with bot(tmp_path, "run") as process, aiohttp.ClientSession() as session:
        url = await link(process)
        assert "3개" in await answer_to(session, url, "A100 GPU를 사용한 파이프라인은 몇 개야?")
        process.terminate()
        async with asyncio.timeout(30):
            assert (await process.communicate())[1] == b""


async def test_a_port_that_is_taken_is_told_before_the_link(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with bot(tmp_path, "run", PLAYGROUND_PORT=str(port)) as process:
            assert not (await link(process)).endswith(f":{port}")
            process.terminate()
            _, err = await process.communicate()
    assert f"PLAYGROUND_PORT: {port} cannot be used" in err.decode()


async def test_a_second_playground_in_the_same_folder_ends_with_a_sentence(tmp_path: Path) -> None:
    async with bot(tmp_path, "run") as first:
        await link(first)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            async with bot(tmp_path, "run", PLAYGROUND_PORT=port) as second, asyncio.timeout(30):
                out, err = await second.communicate()
        assert (second.returncode, out) == (1, b"")
        assert "another bot process uses this store" in err.decode()
        assert "PLAYGROUND_PORT" not in err.decode(), "no port is tried before the store is there"
        first.terminate()
        await first.communicate()
