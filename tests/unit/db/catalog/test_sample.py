"""The sample catalogue holds what the product's documents promise."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS, build_sample

OWNERS = (
    "users u JOIN projects pr ON pr.user_id = u.id JOIN datasets d ON d.project_id = pr.id "
    "JOIN pipelines p ON p.dataset_id = d.id"
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("sample") / "new" / "folder" / "catalog.db"
    assert build_sample(path) is True
    with closing(sqlite3.connect(path)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_kim_min_jun_made_three_experiments(rows: Any) -> None:
    models = f"FROM {OWNERS} JOIN models m ON m.pipeline_id = p.id WHERE u.name = '김민준'"
    assert rows(f"SELECT count(DISTINCT p.id), count(m.id) {models}") == [(3, 3)]


def test_lee_seo_yeon_has_two_projects_and_there_is_no_song_i_re(rows: Any) -> None:
    assert rows("SELECT count(*) FROM projects p JOIN users u ON u.id = p.user_id WHERE u.name = '이서연'") == [(2,)]
    assert rows("SELECT count(*) FROM users WHERE name LIKE '%송이레%'") == [(0,)]


def test_three_pipelines_ran_on_a100_and_all_were_completed(rows: Any) -> None:
    found = rows("SELECT count(*), min(status), max(status) FROM pipelines WHERE gpu_type = 'A100'")
    assert found == [(3, "completed", "completed")]


def test_one_pipeline_runs_and_one_failed(rows: Any) -> None:
    found = rows(
        f"SELECT p.id, p.name, p.status, p.started_at, p.finished_at, u.name FROM {OWNERS} "
        "WHERE p.status IN ('running', 'failed') ORDER BY p.started_at DESC"
    )
    assert found == [
        (9, "lstm-log-exp01", "failed", "2024-09-10 10:00:00", "2024-09-10 10:15:00", "정하은"),
        (8, "yolov8-wafer-exp03", "running", "2024-06-15 08:00:00", None, "김민준"),
    ]


def test_two_versions_of_the_wafer_model_trade_precision_for_recall(rows: Any) -> None:
    found = rows(
        "SELECT id, map50, f1_score, precision_val, recall, inference_ms, confidence_threshold "
        "FROM metrics WHERE model_id IN (1, 2) ORDER BY id"
    )
    assert found == [(1, 0.901, 0.863, 0.952, 0.789, 12.3, 0.5), (2, 0.923, 0.891, 0.842, 0.948, 12.5, 0.25)]


def test_four_models_are_in_production(rows: Any) -> None:
    found = rows(
        "SELECT m.id, m.name, m.version, m.architecture, m.parameters_m, x.map50, x.f1_score, x.precision_val, "
        "x.recall, x.inference_ms, x.confidence_threshold FROM models m JOIN metrics x ON x.model_id = m.id "
        "WHERE m.stage = 'production' ORDER BY m.registered_at DESC"
    )
    assert found == [
        (4, "intent-kobert", "v3.0", "KoBERT", 110.0, None, 0.887, 0.902, 0.873, 15.2, 0.5),
        (2, "wafer-defect-yolov8m", "v2.1", "YOLOv8m", 25.9, 0.923, 0.891, 0.842, 0.948, 12.5, 0.25),
        (7, "document-paddle-ocr", "v2.0", "PP-OCRv4", 14.8, None, 0.921, 0.935, 0.908, 45.0, 0.5),
        (5, "surface-yolov5l", "v3.2", "YOLOv5l", 46.5, 0.956, 0.934, 0.908, 0.961, 11.8, 0.3),
    ]


def test_no_foreign_key_is_broken(rows: Any) -> None:
    assert rows("PRAGMA foreign_key_check") == []


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "catalog.db"
    kept.write_text("mine")
    assert build_sample(kept) is False
    assert kept.read_text() == "mine"


def test_a_build_that_cannot_finish_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        build_sample(tmp_path / "file" / "catalog.db")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_sample_has_its_own_semantics() -> None:
    assert SAMPLE_SEMANTICS.is_file()
