"""Ways of asking that share a form: averages, what is lacked, glosses, names with versions, quotes, signs."""

import pytest

from agent.offline.words.mending.guard import asks_to_write
from tests.unit.agent.offline.talk import Book, Talk

ROWS = [
    ("평균보다 용량이 큰 데이터셋", "SELECT name FROM datasets WHERE size_gb > (SELECT AVG(size_gb) FROM datasets)"),
    ("용량이 평균 이하인 데이터셋", "SELECT name FROM datasets WHERE size_gb < (SELECT AVG(size_gb) FROM datasets)"),
    (
        "datasets larger than the average",
        "SELECT name FROM datasets WHERE size_gb > (SELECT AVG(size_gb) FROM datasets)",
    ),
    (
        "models with recall above average",
        "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id "
        "WHERE recall > (SELECT AVG(recall) FROM metrics)",
    ),
    (
        "평균보다 느린 모델",
        "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id "
        "WHERE inference_ms > (SELECT AVG(inference_ms) FROM metrics)",
    ),
    (
        "models slower than average",
        "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id "
        "WHERE inference_ms > (SELECT AVG(inference_ms) FROM metrics)",
    ),
    (
        "평균보다 오래 걸린 파이프라인",
        "SELECT name FROM pipelines WHERE julianday(finished_at) - julianday(started_at) > "
        "(SELECT AVG(julianday(finished_at) - julianday(started_at)) FROM pipelines)",
    ),
    (
        "정밀도보다 재현율이 더 높은 모델",
        "SELECT m.name FROM models m JOIN metrics x ON x.model_id = m.id WHERE recall > precision_val",
    ),
    (
        "which pipelines never produced a model?",
        "SELECT name FROM pipelines WHERE id NOT IN (SELECT pipeline_id FROM models)",
    ),
    (
        "산출물이 전혀 없는 파이프라인 이름",
        "SELECT name FROM pipelines WHERE id NOT IN (SELECT pipeline_id FROM artifacts)",
    ),
    ("프로덕션 모델이 없는 팀이 어디야", "SELECT '예측팀' UNION SELECT '플랫폼팀'"),
    (
        "which projects have no production models?",
        "SELECT name FROM projects WHERE id NOT IN (SELECT d.project_id FROM datasets d JOIN pipelines p "
        "ON p.dataset_id = d.id JOIN models m ON m.pipeline_id = p.id WHERE m.stage = 'production')",
    ),
    ("아카이브(archived)된 모델", "SELECT name FROM models WHERE stage = 'archived'"),
    ("묵은것(archived) 모델", "SELECT name FROM models WHERE stage = 'archived'"),
    ('projects with "inspection" in the name', "SELECT name FROM projects WHERE name LIKE '%inspection%'"),
    ("NLP팀이 쓴 프레임워크 종류", "SELECT 'PyTorch' UNION SELECT 'PaddlePaddle'"),
    ("제일 적게 쓰인 GPU 종류는?", "SELECT 'A100' UNION SELECT 'T4' UNION SELECT 'V100'"),
    ("most popular framework", "SELECT 'PyTorch'"),
    ("가장 먼저 시작한 파이프라인 셋", "SELECT name FROM pipelines WHERE started_at > '' ORDER BY started_at LIMIT 3"),
    ("datasets sorted by size, biggest first", "SELECT name FROM datasets"),
    ("the quickest completed pipeline", "SELECT 'xgb-churn-exp02'"),
    (
        "training runs that took more than a full day",
        "SELECT 'paddleocr-invoice-exp04' UNION SELECT 'rtdetr-pallet-exp01'",
    ),
    ("confidence threshold 0.5 아닌 프로덕션 모델", "SELECT 'wafer-defect-yolov8m' UNION SELECT 'surface-yolov5l'"),
    ("모델 제일 많이 등록한 분이 누구신가요", "SELECT '김민준'"),
    ("teammates of 최유진", "SELECT '이서연'"),
    ("what models did 강지호 register?", "SELECT 'demand-patchtst'"),
    ("wafer 2024q1 데이터랑 q2-aug 용량 비교", "SELECT 'wafer-image-2024q1' UNION SELECT 'wafer-image-2024q2-aug'"),
    (
        "surface-yolov5l이랑 wafer-defect-yolov8m v2.1 비교",
        "SELECT 'surface-yolov5l' UNION SELECT 'wafer-defect-yolov8m'",
    ),
    ("재현율 0.9 넘긴 모델들 학습 GPU", "SELECT 'A100' UNION ALL SELECT 'V100' UNION ALL SELECT 'V100'"),
    ("We cannot afford to miss defects. Which production model has the best recall?", "SELECT 'surface-yolov5l'"),
    ("whose deploy note mentions retraining (재학습)?", "SELECT 'intent-kobert'"),
    ("deploy note에서 MAPE 언급하는 모델?", "SELECT 'demand-patchtst'"),
    ("trainer.log 있는 파이프라인", "SELECT 'kobert-intent-exp07' UNION SELECT 'koelectra-intent-exp01'"),
    ("ㅗ100으로 돌린 파이프라인", "SELECT name FROM pipelines WHERE gpu_type = 'H100'"),
    ("프로덕션 모델별로 담당자랑 팀 같이", "SELECT name FROM models WHERE stage = 'production'"),
    ("V100이면서 PyTorch인 완료된 학습 이름", "SELECT 'convnext-solder-exp01' UNION SELECT 'yolov5-surface-exp12'"),
]


@pytest.mark.parametrize(("question", "gold"), ROWS)
def test_a_form_of_asking_gives_its_rows(sample: Book, talk: Talk, question: str, gold: str) -> None:
    told = talk.ask(question)
    wanted = [row[0] for row in sample.database.execute(gold)]
    assert len(told.rows) == len(wanted), told.text
    assert all(any(value in row for row in told.rows) for value in wanted), told.text


CELLS = [
    ("포맷별로 데이터셋 개수랑 총 용량 정리해줘", ("COCO", 143.2, 2)),
    ("프로덕션 모델 수랑 그 평균 추론시간", (21.125, 4)),
    ("NLP팀 데이터 전체 용량은 얼마나 돼?", (273.6,)),
    ("파이프라인 생성물 중 체크포인트 개수와 로그 개수 각각", ("checkpoint", 12)),
    ("how long did the longest pipeline take", ("paddleocr-invoice-exp04", 42.5)),
    ("등록일이 가장 빠른 모델", ("surface-yolov5l", "2024-04-11")),
    ("시작일이 제일 늦은 파이프라인", ("rtdetr-pallet-exp01",)),
]


@pytest.mark.parametrize(("question", "cells"), CELLS)
def test_a_form_of_asking_gives_its_figures(talk: Talk, question: str, cells: tuple[object, ...]) -> None:
    rows = talk.ask(question).rows
    assert any(all(cell in row or any(_near(cell, other) for other in row) for cell in cells) for row in rows)


def _near(one: object, other: object) -> bool:
    return isinstance(one, float) and isinstance(other, float) and abs(one - other) < 1e-6


def test_the_share_is_of_what_stands_before_it(talk: Talk) -> None:
    assert talk.ask("프로덕션 중 추론 20ms 초과 모델 몇 %야").rows[0][:3] == (25.0, 1, 4)


def test_of_those_like_a_named_one_the_named_one_is_left_out_where_that_is_said(talk: Talk) -> None:
    names = talk.ask("김민준이랑 같은 팀 사람이 만든 모델 (본인 제외)").column("name")
    assert sorted(map(str, names)) == ["pallet-rtdetr-l", "surface-yolov5l"]


def test_a_measure_in_milliseconds_is_no_length_of_a_run(talk: Talk) -> None:
    talk.ask("List all production models")
    assert "inference_ms < 13" in talk.ask("which of them are under 13 ms?").sql[-1]


def test_a_version_that_is_not_there_is_told_with_those_that_are(talk: Talk) -> None:
    text = talk.ask("wafer-defect-yolov8m v2.3 recall?").text
    assert "v2.0" in text
    assert "v2.1" in text


def test_half_an_hour_and_one_hour_are_amounts(talk: Talk) -> None:
    assert "< 1" in talk.ask("한 시간 미만인 파이프라인").sql[-1]
    assert "> 0.5" in talk.ask("pipelines that took over half an hour").sql[-1]


def test_a_note_is_no_request_to_deploy() -> None:
    assert not asks_to_write("deploy note에서 재학습 언급하는 모델?")
    assert asks_to_write("deploy intent-kobert")


def test_a_comparison_with_the_average_is_told(talk: Talk) -> None:
    assert "평균보다 높은" in talk.ask("평균보다 용량이 큰 데이터셋").text
    assert "above average" in talk.ask("datasets larger than the average size").text
    assert "평균보다 낮은" in talk.ask("평균보다 용량이 작은 데이터셋").text


@pytest.mark.parametrize("question", ["최고 모델 알려줘", "가장 좋은 모델은?", "what is the best model?"])
def test_the_best_is_so_by_the_general_criterion_not_by_size(talk: Talk, question: str) -> None:
    assert "F1" in talk.ask(question).text
    assert "surface-yolov5l" in talk.ask(question).text


def test_the_worst_stands_at_the_other_end(talk: Talk) -> None:
    assert "가장 낮은" in talk.ask("제일 나쁜 모델은?").text


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("GPU를 제일 많이 쓴 건 뭐야?", "그 중 실패한 건?", "GPU가 없는"),
        ("which GPU is used most?", "which of those failed?", "without GPU"),
    ],
)
def test_what_has_a_value_is_not_said_to_lack_it(talk: Talk, first: str, then: str, said: str) -> None:
    talk.ask(first)
    assert said not in talk.ask(then).text
