"""What "그 모델" may mean after an answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.answer import Query
from agent.focus import MOST, focus_of
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.table import Table


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as opened:
        yield opened


async def labels(catalog: Catalog, text: str, *statements: str) -> list[str]:
    queries = [Query(sql, await catalog.query(sql)) for sql in statements]
    return [focus.label for focus in focus_of(catalog, queries, text)]


MODELS = "SELECT name, version, stage FROM models WHERE stage = 'production' ORDER BY registered_at DESC"


async def test_rows_come_in_their_order_and_those_the_answer_names_first(catalog: Catalog) -> None:
    silent = await labels(catalog, "네 개입니다.", MODELS)
    assert silent[0] == "intent-kobert v3.0"
    named = await labels(catalog, "**surface-yolov5l v3.2**를 추천합니다. wafer-defect-yolov8m도 좋습니다.", MODELS)
    assert named[:2] == ["surface-yolov5l v3.2", "wafer-defect-yolov8m v2.1"]


async def test_the_newest_result_comes_first(catalog: Catalog) -> None:
    both = await labels(catalog, "", "SELECT name FROM users WHERE id = 1", "SELECT name FROM projects WHERE id = 2")
    assert both == ["solder-joint-inspection", "김민준"]


async def test_where_only_a_path_was_asked_for_the_names_come_from_the_query(catalog: Catalog) -> None:
    sql = (
        "SELECT a.path FROM artifacts a JOIN models m ON m.pipeline_id = a.pipeline_id "
        "WHERE m.name = 'wafer-defect-yolov8m' AND m.version = 'v2.1' AND a.type = 'checkpoint'"
    )
    assert await labels(catalog, "경로입니다.", sql) == ["wafer-defect-yolov8m v2.1"]


async def test_nothing_found_leaves_nothing_spoken_of(catalog: Catalog) -> None:
    assert await labels(catalog, "없습니다.", "SELECT name FROM users WHERE name = '송이레'") == []


async def test_a_long_list_is_no_focus_beyond_its_head(catalog: Catalog) -> None:
    everything = "SELECT p.name, u.name, m.name FROM projects p, users u, models m"
    assert len(await labels(catalog, "", everything)) == MOST


async def test_sql_that_cannot_be_read_names_nothing(catalog: Catalog) -> None:
    assert focus_of(catalog, [Query("SELECT (((", Table(("x",), ((1,),)))], "") == ()
