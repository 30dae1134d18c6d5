"""A store on each engine: in a temporary file, and in a database of a real server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from db.store.store import Store
from tests.postgres import Server, server

__all__ = ["server"]

NAME = "store"


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/state/store.db"


@pytest.fixture
def postgres_url(server: Server) -> Iterator[str]:
    with server.database(NAME):
        yield server.url(NAME)


@pytest.fixture(params=["file_url", "postgres_url"], ids=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with await Store.open(url) as opened:
        yield opened
