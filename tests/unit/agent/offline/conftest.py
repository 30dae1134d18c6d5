"""Two catalogues in memory: the sample, and a shop that shares no word with it."""

import sqlite3
from pathlib import Path

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.unit.agent.offline.talk import Book, Talk, open_book

SHOP = Path(__file__).parent / "shop"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("sample") / "catalog.db"
    build_sample(path)
    return open_book(sqlite3.connect(path), SAMPLE_SEMANTICS)


@pytest.fixture(scope="session")
def shop() -> Book:
    return open_book(_shop_database(), SHOP / "catalog.yml")


@pytest.fixture(scope="session")
def bare_shop() -> Book:
    """The shop with no catalog.yml."""
    return open_book(_shop_database(), None)


@pytest.fixture
def talk(sample: Book) -> Talk:
    return Talk(sample)


def _shop_database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript((SHOP / "shop.sql").read_text(encoding="utf-8"))
    return database
