"""Conditions of which one is enough are answered as such, and said so."""

import pytest

from tests.unit.agent.offline.talk import Talk

ENOUGH = [
    ("recall 0.95 넘거나 f1 0.92 넘는 모델", {"document-paddle-ocr", "surface-yolov5l"}),
    ("models with recall over 0.95 or inference under 5ms", {"demand-patchtst", "surface-yolov5l"}),
    ("datasets over 200 GB or with more than 1M samples", {"meeting-audio-ko", "syslog-2024h1", "store-sales-daily"}),
    ("실패했거나 T4 쓴 파이프라인", {"nbeats-demand-exp01", "patchtst-demand-exp02", "lstm-log-exp01"}),
    ("paused projects or ones created after 2026", {"warehouse-pallet", "voice-summary", "log-anomaly"}),
    ("2022년이나 2023년에 만든 프로젝트", {"legacy-churn", "callcenter-intent", "surface-inspection"}),
    ("작년이랑 올해 만든 프로젝트", {"voice-summary", "demand-forecast", "warehouse-pallet"}),
]


@pytest.mark.parametrize(("question", "names"), ENOUGH)
def test_one_of_two_conditions_is_enough(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


def test_both_ways_are_said(talk: Talk) -> None:
    assert "95% 초과이거나 F1이 92% 초과인 모델" in talk.ask(ENOUGH[0][0]).text
    assert "with recall over 95% or with inference time under 5 ms" in talk.ask(ENOUGH[1][0]).text


def test_values_of_one_column_are_alternatives_as_ever(talk: Talk) -> None:
    assert len(talk.ask("실패했거나 취소된 파이프라인").rows) == 2


def test_two_times_held_against_each_other_have_a_number_each(talk: Talk) -> None:
    assert [row[0] for row in talk.ask("작년이랑 올해 등록 모델 수 비교").rows] == ["2025", "2026"]


def test_two_halves_of_a_year_held_against_each_other_are_asked_back(talk: Talk) -> None:
    assert not talk.ask("2024년 상반기와 하반기 학습 건수를 비교해 주세요").tables
