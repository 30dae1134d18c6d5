"""A store on each engine: in a temporary file, and in a database of a real server."""

import asyncio
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
    """An empty database."""
    with server.database(NAME):
        yield server.url(NAME)


@pytest.fixture(scope="session")
def template(server: Server) -> Iterator[str]:
    """A database whose tables are up to date, to be copied: that takes a third of the time that making them does."""
    with server.database("template"):
        asyncio.run(_migrate(server.url("template")))
        yield "template"


@pytest.fixture
def copied_url(server: Server, template: str) -> Iterator[str]:
    with server.owner() as owner:
        owner.execute(f"CREATE DATABASE {NAME} TEMPLATE {template}".encode())
    yield server.url(NAME)
    with server.owner() as owner:
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)".encode())


@pytest.fixture(params=["file_url", "copied_url"], ids=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Where a store is, or may be made."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["file_url", "postgres_url"], ids=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest) -> str:
    """Where nothing is."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with await Store.open(url) as opened:
        yield opened


async def _migrate(url: str) -> None:
    await (await Store.open(url)).close()
