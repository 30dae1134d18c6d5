"""Two catalogues in memory: the sample, and a shop that shares no word with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.unit.agent.offline.talk import Book, Talk, open_book

SHOP = Path(__file__).parent / "shop"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("sample") / "catalog.db"
    build_sample(path)
    with closing(sqlite3.connect(path)) as database:
        yield open_book(database, SAMPLE_SEMANTICS)


@pytest.fixture(scope="session")
def shop() -> Iterator[Book]:
    with closing(_shop_database()) as database:
        yield open_book(database, SHOP / "catalog.yml")


@pytest.fixture(scope="session")
def bare_shop() -> Iterator[Book]:
    """The shop with no catalog.yml."""
    with closing(_shop_database()) as database:
        yield open_book(database, None)


@pytest.fixture
def talk(sample: Book) -> Talk:
    return Talk(sample)


def _shop_database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript((SHOP / "shop.sql").read_text(encoding="utf-8"))
    return database
