"""A store on a file, made once for a file of tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.store.store import Store
from tests.unit.bot.alerts.simulated import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with await Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        yield World(store)
