"""A fresh local Slack for each test, alone or with an app."""

from collections.abc import AsyncIterator

import pytest

from tests.playground.page_server.rig import Listener, Site, connected, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        yield served


@pytest.fixture
async def app(site: Site) -> AsyncIterator[Listener]:
    async with connected(site) as listener:
        yield listener
