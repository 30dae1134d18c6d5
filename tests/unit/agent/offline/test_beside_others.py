"""Rows beside others: what they share, how they stand to the average, two asks that belong together."""

import pytest

from tests.unit.agent.offline.talk import Talk

TEN_HOURS = {
    *("rtdetr-pallet-exp01", "yolov8-wafer-exp01", "yolov8-wafer-exp02"),
    *("paddleocr-invoice-exp04", "yolov5-surface-exp12"),
}
BESIDE = [
    ("강지호랑 같은 팀인 사람", {"정하은"}),
    ("이서연님 팀원", {"최유진"}),
    ("최유진's teammates", {"이서연"}),
    ("pipelines with the same GPU as yolov8-wafer-exp01", {"kobert-intent-exp07", "yolov8-wafer-exp02"}),
    ("평균보다 오래 걸린 파이프라인", TEN_HOURS),
    ("평균보다 느린 모델", {"intent-koelectra", "document-paddle-ocr"}),
    ("models slower than average", {"intent-koelectra", "document-paddle-ocr"}),
]


@pytest.mark.parametrize(("question", "names"), BESIDE)
def test_rows_are_found_by_how_they_stand_to_others(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


def test_a_dataset_that_nobody_else_used_is_shared_with_none(talk: Talk) -> None:
    told = talk.ask("yolov8-wafer-exp01과 같은 데이터셋을 쓴 파이프라인")
    assert told.sql
    assert told.rows == []


def test_a_count_and_a_mean_asked_at_once_are_of_the_same_rows(talk: Talk) -> None:
    told = talk.ask("프로덕션 모델이 몇 개고 평균 F1은 얼마야?")
    assert "**4개**" in told.text
    assert told.rows[0] == pytest.approx((0.90825, 4))


def test_a_file_is_said_as_it_was_written(talk: Talk) -> None:
    told = talk.ask("error.log 파일이 있는 파이프라인")
    assert "lstm-log-exp01" in told.text
    assert "읽었습니다" not in told.text


def test_both_ends_of_an_order_are_told(talk: Talk) -> None:
    told = talk.ask("가장 큰 데이터셋과 가장 작은 데이터셋")
    assert "meeting-audio-ko" in told.text
    assert "churn-2022" in told.text


def test_another_measure_is_averaged_beside_the_first(talk: Talk) -> None:
    talk.ask("프로덕션 모델 평균 F1")
    assert talk.ask("recall도").rows[0] == pytest.approx((0.90825, 0.9225))


def test_an_order_is_kept_when_fewer_rows_are_asked_for(talk: Talk) -> None:
    talk.ask("최근 파이프라인 보여줘")
    names = talk.ask("3개만").column("name")
    assert names == ["rtdetr-pallet-exp01", "koelectra-intent-exp01", "nbeats-demand-exp01"]


def test_what_can_be_asked_about_is_named_in_the_plural(talk: Talk) -> None:
    assert "questions about users, projects, datasets" in talk.ask("how is the weather?").text
