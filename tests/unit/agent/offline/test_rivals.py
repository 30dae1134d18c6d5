"""Rows held against a named one: by a measure, a need, a time or a date."""

import pytest

from tests.unit.agent.offline.talk import Talk

BEYOND = [
    ("document-paddle-ocr보다 f1 높은 모델들", {"surface-yolov5l"}),
    ("pallet-cam-raw보다 큰 데이터셋 있나", {"meeting-audio-ko"}),
    ("models larger than intent-kobert", {"intent-koelectra"}),
    ("intent-kobert보다 빠르면서 f1도 더 높은 모델", {"surface-yolov5l", "wafer-defect-yolov8m"}),
    ("steel-surface-10k보다 용량은 큰데 샘플은 더 적은 데이터셋", {"meeting-audio-ko"}),
    ("wafer-defect-yolov8m v2.1보다 느린 모델", {"intent-koelectra", "intent-kobert", "document-paddle-ocr"}),
    ("runs longer than yolov8-wafer-exp02", {"rtdetr-pallet-exp01", "paddleocr-invoice-exp04"}),
    ("yolov8-wafer-exp02보다 오래 걸린 학습", {"rtdetr-pallet-exp01", "paddleocr-invoice-exp04"}),
    ("datasets created after intent-utterances-v6", {"pallet-cam-raw"}),
    ("demand-forecast보다 나중에 만든 프로젝트", {"warehouse-pallet"}),
    ("projects older than surface-inspection", {"legacy-churn"}),
    ("surface-inspection 이전에 만든 프로젝트", {"legacy-churn"}),
    ("kobert-intent-exp07 바로 다음에 시작한 파이프라인은?", {"lstm-log-exp01"}),
    ("which run started right after kobert-intent-exp07", {"lstm-log-exp01"}),
    ("demand-patchtst보다 빠른 모델", set[str]()),
    ("intent-koelectra보다 좋은 모델", {"surface-yolov5l", "document-paddle-ocr"}),
]


@pytest.mark.parametrize(("question", "names"), BEYOND)
def test_rows_beyond_a_named_one_are_answered(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


@pytest.mark.parametrize("question", ["그거보다 빠른 모델은?", "any models faster than that?"])
def test_what_was_shown_is_what_others_are_held_against(talk: Talk, question: str) -> None:
    talk.ask("surface-yolov5l 추론시간 몇이야")
    assert set(talk.ask(question).column("name")) == {"demand-patchtst", "solder-convnext-t"}


def test_one_named_row_against_another_is_no_list_of_all(talk: Talk) -> None:
    told = talk.ask("is intent-kobert slower than surface-yolov5l?")
    assert set(told.column("name")) == {"intent-kobert", "surface-yolov5l"}


def test_what_is_held_against_what_is_said(talk: Talk) -> None:
    assert "추론 시간이 surface-yolov5l보다 짧은" in talk.ask("surface-yolov5l보다 빠른 모델").text
    assert "inference time above that of surface-yolov5l" in talk.ask("models slower than surface-yolov5l").text
