"""The rules answer from Postgres what they answer from a file: a whole set, the same words over the same rows."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from agent.evals.questions import Question, at_noon, read_questions
from agent.offline import OfflineModel
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.table import Cell, Table
from tests.evals.asked import HERE, ZONE
from tests.postgres import READER, Server, give_reader, sample_in, server
from tests.unit.agent.offline.talk import NOW, Talk, Told

__all__ = ["server"]

DIGITS: Final = 9
"""Fractions are summed in another order, and 2 is no 2.0: that much may part."""


@pytest.fixture
def urls(server: Server, tmp_path: Path) -> Iterator[tuple[str, str]]:
    build_sample(tmp_path / "catalog.db")
    with server.database("asked", sample_in("catalogue")):
        asyncio.run(give_reader(server, "asked", "catalogue"))
        yield f"sqlite:///{tmp_path}/catalog.db", server.url("asked", READER, schema="catalogue")


def test_every_answer_of_a_set_is_the_same_from_postgres(urls: tuple[str, str]) -> None:
    questions, bad = read_questions((HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    assert not bad
    parted = asyncio.run(parting(questions, urls))
    assert len(questions) > 100
    assert not parted


async def parting(questions: list[Question], urls: tuple[str, str]) -> list[str]:
    """The ids of the threads in which one catalogue leads to other words or rows than the other."""
    file, served = [await Catalog.open(url, SAMPLE_SEMANTICS) for url in urls]
    async with file, served:
        assert (file.dialect, served.dialect) == ("sqlite", "postgres")
        first, second = (file, OfflineModel(file)), (served, OfflineModel(served))
        return [one.id for one in questions if await heard(one, *first) != await heard(one, *second)]


async def heard(question: Question, catalog: Catalog, model: OfflineModel) -> list[object]:
    talk = Talk(catalog, at_noon(question.as_of, ZONE) if question.as_of else NOW, model=model)
    told = [await talk.answer(text) for text in question.thread]
    return [found for each in told for found in (each.text, each.offer, *tables(each))]


def tables(told: Told) -> Iterator[object]:
    for table in told.tables:
        yield table.columns, cells(table)


def cells(table: Table) -> list[list[Cell]]:
    """In their order, numbers to so many digits."""
    return [[f"{cell:.{DIGITS}g}" if isinstance(cell, float | int) else cell for cell in row] for row in table.rows]
