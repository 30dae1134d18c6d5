"""What tests share that look at a page, or start servers and processes."""

from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.chromium import chromium, needs_chromium

PAGES: Final = ("tests/browser/", "tests/page/")
SERVERS: Final = ("tests/slack/", "tests/unit/db/catalog/postgres/")
"""They start the bot or a database in a process of its own, and wait for it by the clock."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who uses the browser shares its event loop.

    What depends on a machine's load is run once more when it fails, and the summary names it: a frame is lost,
    a process starts late.
    """
    for item in items:
        if item.nodeid.startswith((*PAGES, *SERVERS)):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if item.nodeid.startswith(PAGES):
            item.add_marker(needs_chromium)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests of a run; each opens pages of its own in it."""
    async with chromium() as opened:
        yield opened
