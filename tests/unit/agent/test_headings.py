"""Columns of a result are headed by what the catalogue calls what they were made of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.headings import Heading, headings
from db.catalog.catalog import Catalog
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    build_sample(tmp_path / "catalog.db")
    async with await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as opened:
        yield opened


async def headed(catalog: Catalog, sql: str, language: Language = "ko") -> tuple[Heading, ...]:
    table = await catalog.query(sql)
    return headings(sql, table.columns, catalog.semantics, catalog.dialect, language)


async def labels(catalog: Catalog, sql: str, language: Language = "ko") -> list[str]:
    return [one.label for one in await headed(catalog, sql, language)]


METRICS = "FROM models m JOIN metrics k ON k.model_id = m.id"
SEEN = [
    ("SELECT id, name, size_gb FROM datasets", "ko", ["데이터셋 번호", "데이터셋 이름", "용량 (GB)"]),
    ("SELECT id, name, size_gb FROM datasets", "en", ["Dataset id", "Dataset name", "Size (GB)"]),
    ("SELECT num_samples FROM datasets", "ko", ["샘플 수 (개)"]),
    ("SELECT num_samples FROM datasets", "en", ["Samples"]),
    ("SELECT name, DENSE_RANK() OVER (ORDER BY size_gb) AS place FROM datasets", "ko", ["데이터셋 이름", "순위"]),
    ("SELECT name, DENSE_RANK() OVER (ORDER BY size_gb) AS place FROM datasets", "en", ["Dataset name", "Rank"]),
    (f"SELECT AVG(k.map50), MAX(map50) AS best {METRICS}", "en", ["Average mAP50", "Highest mAP50"]),
    (f"SELECT ROUND(SUM(m.parameters_m), 1) AS total {METRICS}", "ko", ["파라미터 수 합계 (M)"]),
    (
        "SELECT MIN(started_at) a, MAX(started_at) b FROM pipelines",
        "ko",
        ["가장 이른 시작 시각", "가장 늦은 시작 시각"],
    ),
    ("SELECT status, COUNT(*) FROM pipelines GROUP BY 1", "ko", ["상태", "건수"]),
    ("SELECT COUNT(*) AS experiments FROM pipelines", "ko", ["experiments"]),
    ("SELECT COUNT(DISTINCT pipelines.id) AS n FROM pipelines", "ko", ["파이프라인 수"]),
    ("SELECT COUNT(DISTINCT models.pipeline_id) AS pipelines_count FROM models", "ko", ["파이프라인 수"]),
    ("SELECT COUNT(pipeline_id) AS with_one FROM models", "ko", ["with_one"]),
    ("SELECT COUNT(gpu_type) AS n FROM pipelines", "en", ["Count"]),
    ("SELECT status, COUNT(*) AS cnt FROM pipelines GROUP BY 1", "ko", ["상태", "건수"]),
    ("SELECT u.name, p.name FROM users u, projects p", "ko", ["사용자 이름", "프로젝트 이름"]),
    ("SELECT p.created_at, d.created_at FROM projects p, datasets d", "ko", ["프로젝트 생성일", "데이터셋 생성일"]),
    ("SELECT a.name, b.name AS other FROM models a, models b", "ko", ["모델 이름 (name)", "모델 이름 (other)"]),
    ("SELECT name AS 이름표, parameters_m AS 크기 FROM models", "ko", ["이름표", "크기 (M)"]),
    ('SELECT parameters_m AS "크기(M)" FROM models', "ko", ["크기(M)"]),
    ("WITH x AS (SELECT name AS nm FROM models) SELECT nm FROM x", "ko", ["모델 이름"]),
    ("SELECT s.* FROM (SELECT name, stage FROM models) AS s", "en", ["Model name", "Stage"]),
    ("SELECT name FROM projects UNION SELECT name FROM datasets", "ko", ["프로젝트 이름"]),
    ("SELECT 1 + 1 AS two, upper(name) AS shout FROM users", "ko", ["two", "shout"]),
    ("SELECT 1 AS percent, 2024 AS year", "ko", ["비율 (%)", "연도"]),
    ("SELECT avg(m) AS x FROM (SELECT avg(map50) AS m FROM metrics)", "ko", ["x"]),
]


@pytest.mark.parametrize(("sql", "language", "expected"), SEEN)
async def test_a_column_is_called_what_it_was_made_of(
    catalog: Catalog, sql: str, language: Language, expected: list[str]
) -> None:
    assert await labels(catalog, sql, language) == expected


async def test_a_star_brings_every_column_under_its_label(catalog: Catalog) -> None:
    found = await labels(catalog, "SELECT * FROM projects")
    assert found == ["프로젝트 번호", "담당자 번호", "프로젝트 이름", "유형", "상태", "생성일"]


async def test_a_heading_knows_how_its_cells_are_read(catalog: Catalog) -> None:
    sql = "SELECT m.id, name, map50, registered_at, AVG(recall), SUM(recall), 2024 AS year, 5 AS x_id "
    found = await headed(catalog, f"{sql} {METRICS} GROUP BY 1, 2, 3, 4")
    assert [one.kind for one in found] == ["code", "plain", "ratio", "date", "ratio", "plain", "code", "code"]
    assert [(one.is_key, one.is_name, one.table) for one in found[:2]] == [
        (True, False, "models"),
        (False, True, "models"),
    ]
    assert "객체 탐지" in found[2].why_null


async def test_a_span_of_the_rules_has_its_name_and_unit(catalog: Catalog) -> None:
    span = catalog.semantics.spans[0]
    assert await labels(catalog, f"SELECT 1.5 AS {span.name}") == [f"{span.label.ko} (시간)"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=4))
def test_whatever_is_no_statement_keeps_its_own_names(sql: str, columns: list[str]) -> None:
    found = headings(sql, columns, SemanticLayer(()), "sqlite", "ko")
    assert len(found) == len(columns)


def test_a_query_nested_beyond_reason_is_given_up_in_time() -> None:
    sql = "SELECT name FROM models"
    for depth in range(40):
        sql = f"SELECT s{depth}.* FROM ({sql}) AS s{depth}, ({'SELECT 1 AS x'}) AS t{depth}"
    assert [one.label for one in headings(sql, ["name"], SemanticLayer(()), "sqlite", "ko")] == ["name"]
