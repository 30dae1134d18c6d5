"""Pages of the browser, and the bot as `make run` starts it, for each test; screenshots are kept under build/."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.playground.local_slack import LocalSlack

ROOT: Final = Path(__file__).parents[2]
PICTURES: Final = ROOT / "build" / "screenshots"
HEIGHT: Final = 800
WAIT_MS: Final = 15_000

Open: TypeAlias = Callable[..., Awaitable[Page]]
Keep: TypeAlias = Callable[[Page, str], Awaitable[None]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[Open]:
    """Opens an address; whatever the page complains of fails the test at its end."""
    expect.set_options(timeout=WAIT_MS)
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    async def open_(
        url: str, *, language: str = "ko-KR", dark: bool = False, width: int = 1280, height: int = HEIGHT
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[LocalSlack]:
    """A local Slack that no app is connected to."""
    async with LocalSlack().serving() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def page(slack: LocalSlack, open_page: Open) -> Page:
    """Its page, with a channel open."""
    page = await open_page(slack.base)
    await page.get_by_test_id("channel-vision").click()
    return page


@pytest.fixture
def keep() -> Keep:
    """Keeps a picture of the page, for people to look at."""

    async def keep_(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png")

    return keep_


@pytest_asyncio.fixture(loop_scope="session")
async def link(tmp_path: Path) -> AsyncIterator[str]:
    """The link that `mlops-bot run` prints where no Slack and no key are set."""
    async with started(tmp_path) as printed:
        yield printed


@asynccontextmanager
async def started(folder: Path, **settings: str) -> AsyncIterator[str]:
    """Runs `mlops-bot run` in the folder until it is left; gives the link that it prints."""
    environ = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME") or name.startswith("COV")}
    environ |= {"PLAYGROUND_PORT": "0", "PORT": "0", "QUESTIONS_PER_MINUTE": "0", "PYTHONPATH": str(ROOT)}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environ | settings, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield await _printed_link(running)
    finally:
        running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            await running.communicate()
    assert running.returncode == 0


async def _printed_link(running: asyncio.subprocess.Process) -> str:
    assert running.stdout is not None
    async with asyncio.timeout(60):
        async for line in running.stdout:
            if (found := re.search(r"http://127\.0\.0\.1:\d+/", line.decode())) is not None:
                return found.group()
    raise AssertionError("no link was printed")
