"""A Web API with every scope and no rate limits."""

from collections.abc import AsyncIterator

import pytest

from tests.playground.webapi.server import Api, serving


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with serving() as served:
        yield served
