"""The sample catalogue on a temporary file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.db"
    build_sample(path)
    return path


@pytest.fixture
async def catalog(sample: Path) -> AsyncIterator[Catalog]:
    async with await Catalog.open(f"sqlite:///{sample}", SAMPLE_SEMANTICS) as opened:
        yield opened
