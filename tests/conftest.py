"""One browser for all tests of a run that look at a page; each test opens pages of its own in it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.chromium import chromium, needs_chromium


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who uses the browser shares its event loop. What fails is run once more: a loaded machine loses frames."""
    for item in items:
        if item.nodeid.startswith(("tests/browser/", "tests/page/")):
            item.add_marker(needs_chromium)
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened
