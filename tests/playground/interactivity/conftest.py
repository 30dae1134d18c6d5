"""A fresh workspace for each test, with or without a server."""

from collections.abc import AsyncIterator

import pytest

from tests.playground.interactivity.world import Ground, World, ground, serving


@pytest.fixture
def slack() -> Ground:
    return ground()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with serving() as served:
        yield served
