"""Examples: found again for questions like theirs, as far as the reader may see what they speak of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.examples import Examples, likeness
from agent.limits import Limits
from agent.llm.protocol import Prompt
from agent.memory import Memory
from agent.prompt import PromptWriter
from agent.schema_prompt import CurrentSchema
from agent.versions import prompt_version
from db.catalog.catalog import Catalog
from db.catalog.reader import Reader
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.store.records import Example
from db.store.store import Store
from tests.parts import SEOUL
from tests.unit.db.catalog.private import CANARY, SEMANTICS, build

AT = datetime(2026, 11, 21, 10, tzinfo=SEOUL)
FAILED = Example("t1", "실패한 파이프라인 몇 개야?", "SELECT count(*) FROM pipelines WHERE status = 'failed'", "U1", AT)
A100 = Example("t2", "A100 GPU를 사용한 파이프라인은 몇 개야?", "SELECT count(*) FROM pipelines", "U1", AT)
SLOW = Example("t3", "which model has the lowest latency?", "SELECT name FROM models", "U1", AT)


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as opened:
        yield opened


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(f"sqlite:///{tmp_path}/store.db") as opened:
        for example in (FAILED, A100, SLOW):
            await opened.examples.add(example)
        yield opened


async def test_the_example_of_a_question_in_other_words_is_found(catalog: Catalog, store: Store) -> None:
    examples = Examples(store.examples, catalog)
    assert (await examples.like("실패한 파이프라인은 총 몇 개인가요?"))[0] == replace(FAILED, at=FAILED.at)
    assert [one.turn_id for one in await examples.like("lowest latency model")] == ["t3"]
    assert await examples.like("오늘 점심 뭐 먹지") == ()


async def test_an_example_that_may_not_be_run_is_none(catalog: Catalog, store: Store) -> None:
    await store.examples.add(Example("t9", "모델을 모두 지워 줘", "DELETE FROM models", "U1", AT))
    assert await Examples(store.examples, catalog).like("모델을 모두 지워 줘") == ()


async def test_an_example_that_names_what_is_private_is_none(tmp_path: Path, store: Store) -> None:
    (tmp_path / "catalog.yml").write_text(SEMANTICS, encoding="utf-8")
    path = build(tmp_path / "private.db", CANARY, 815)
    await store.examples.add(Example("t8", "사람은 몇 명이야?", "SELECT count(*) FROM users", "U1", AT))
    await store.examples.add(Example("t9", "사람은 몇 명 이야?", "SELECT count(salary) FROM users", "U1", AT))
    async with await Catalog.open(f"sqlite:///{path}", tmp_path / "catalog.yml") as catalog:
        assert [one.turn_id for one in await Examples(store.examples, catalog).like("사람은 몇 명이야?")] == ["t8"]


async def test_whoever_sees_some_rows_alone_gets_no_example(catalog: Catalog, store: Store) -> None:
    reader = Reader(rows=frozenset({("models", "stage = 'production'")}))
    limited = await catalog.for_reader(reader)
    assert await Examples(store.examples, limited).like(FAILED.question) == ()


async def test_without_a_store_there_are_no_examples_and_the_question_goes_on(catalog: Catalog, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/store.db")
    async with store._database.writing() as connection:
        await connection.exec_driver_sql("DROP TABLE examples")
    assert await Examples(store.examples, catalog).like("실패한 파이프라인 몇 개야?") == ()
    await store.close()


async def test_examples_stand_fenced_before_the_question(catalog: Catalog) -> None:
    prompt = Prompt("실패한 파이프라인은?", "ko", AT, Memory(), examples=(FAILED,))
    [_, question] = PromptWriter(CurrentSchema(catalog, Limits())).messages(prompt)
    before, _, asked = question["content"].partition("Now the question: ")
    assert asked == "실패한 파이프라인은?"
    assert FAILED.question in before
    assert f"-> {FAILED.sql}" in before


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_text(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, other) == pytest.approx(likeness(other, one), abs=1e-6)
    if one.strip():
        assert likeness(one, one) == 100


def test_a_wording_has_a_name_of_its_own() -> None:
    assert prompt_version("offline").startswith("rules ")
    assert len(prompt_version("llm")) == len("prompt 12345678")
