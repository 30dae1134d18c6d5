"""A rank that leaves open by what, or of what, is asked back with choices; a choice that is picked is answered."""

import pytest

from tests.unit.agent.offline.talk import Talk

LEFT_OPEN = [
    ("가장 높은 모델", "f1", "surface-yolov5l"),
    ("가장 높은 모델", "정밀도", "wafer-defect-yolov8m"),
    ("what's the top model", "by recall", "surface-yolov5l"),
    ("제일 낮은 데이터셋", "용량", "churn-2022"),
    ("가장 큰 거 보여줘", "데이터셋", "meeting-audio-ko"),
    ("show me the biggest one", "dataset", "meeting-audio-ko"),
]


@pytest.mark.parametrize(("question", "picked", "name"), LEFT_OPEN)
def test_a_rank_by_nothing_named_is_asked_back_and_its_choice_taken(
    talk: Talk, question: str, picked: str, name: str
) -> None:
    asked_back = talk.ask(question)
    assert not asked_back.tables
    assert len(asked_back.choices) >= 2
    assert talk.ask(picked).column("name") == [name]


@pytest.mark.parametrize("question", ["가장 큰 데이터셋", "f1 제일 높은 모델", "최고 성능 모델", "가장 빠른 모델"])
def test_a_rank_that_says_by_what_is_answered(talk: Talk, question: str) -> None:
    assert talk.ask(question).rows


def test_the_first_so_many_are_of_the_measure_that_is_picked(talk: Talk) -> None:
    talk.ask("top 3 models")
    assert talk.ask("f1").column("name") == ["surface-yolov5l", "document-paddle-ocr", "intent-koelectra"]


def test_a_rank_inside_a_rank_is_asked_back(talk: Talk) -> None:
    assert not talk.ask("데이터가 제일 큰 프로젝트의 담당자가 맡은 다른 프로젝트").tables


def test_values_of_a_category_are_ranked_by_an_aggregate(talk: Talk) -> None:
    assert talk.ask("프레임워크 중에 평균 학습시간 제일 긴 건?").column("framework") == ["PaddlePaddle"]
    assert talk.ask("총 사용 시간 제일 적은 GPU").column("gpu_type") == ["T4"]


def test_the_longest_run_of_each_is_a_run(talk: Talk) -> None:
    assert len(talk.ask("GPU별로 제일 오래 걸린 파이프라인이랑 걸린 시간").column("name")) == 4
