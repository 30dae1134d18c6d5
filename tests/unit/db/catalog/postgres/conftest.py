"""The sample in a schema of a real server, read by the role that `catalog grants` makes."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.postgres import Server, give_reader, sample_in, server
from tests.unit.db.catalog.postgres.opened import Home

__all__ = ["server"]


@pytest.fixture(scope="session")
def sample(server: Server) -> Iterator[Home]:
    """Nobody writes to this one."""
    with server.database("sample", sample_in("catalogue")):
        asyncio.run(give_reader(server, "sample", "catalogue"))
        yield Home(server, "sample")


@pytest.fixture
def home(server: Server) -> Iterator[Home]:
    """One to be written to."""
    with server.database("mine", sample_in("catalogue")):
        asyncio.run(give_reader(server, "mine", "catalogue"))
        yield Home(server, "mine")


@pytest.fixture
def blank(server: Server) -> Iterator[Home]:
    """An empty schema; who may read what is put there is the test's affair."""
    with server.database("blank", "CREATE SCHEMA catalogue"):
        yield Home(server, "blank")


@pytest.fixture
def lax(blank: Home) -> Home:
    """Every function is PUBLIC's, as in a database that nobody has looked after."""
    blank.run(
        "DROP ROLE IF EXISTS lax; CREATE ROLE lax LOGIN PASSWORD 'hush-0815/@'; GRANT USAGE ON SCHEMA catalogue TO lax;"
        " CREATE TABLE t (a int); INSERT INTO t VALUES (1); GRANT SELECT ON t TO lax"
    )
    return blank
