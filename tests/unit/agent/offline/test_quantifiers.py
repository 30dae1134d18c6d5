"""Both of two, nothing but one, all of the rows below: said so, they are asked of the catalogue so."""

import pytest

from tests.unit.agent.offline.talk import Talk

ANSWERED = [
    ("A100이랑 V100 둘 다 써본 사람", {"김민준"}),
    ("PyTorch만 쓴 사람", {"김민준", "이서연", "박도현"}),
    ("who only uses PyTorch", {"김민준", "이서연", "박도현"}),
    ("실패한 파이프라인만 있는 프로젝트", {"log-anomaly"}),
    ("체크포인트만 남은 파이프라인", {"xgb-churn-exp02"}),
    ("runs with both a log and a config", {"lstm-log-exp01", "kobert-intent-exp07", "yolov8-wafer-exp01"}),
]
DONE = {"solder-joint-inspection", "invoice-ocr", "callcenter-intent", "surface-inspection", "legacy-churn"}
ALL_OF = [
    "파이프라인이 전부 완료된 프로젝트",
    "모든 파이프라인이 완료된 프로젝트",
    "projects whose runs are all completed",
]


@pytest.mark.parametrize(("question", "names"), ANSWERED)
def test_a_quantifier_holds_of_the_rows_below(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


@pytest.mark.parametrize("question", ALL_OF)
def test_all_of_the_rows_below_are_of_one_kind(talk: Talk, question: str) -> None:
    assert set(talk.ask(question).column("name")) == DONE


def test_only_said_of_what_is_asked_for_narrows_nothing_else(talk: Talk) -> None:
    assert len(talk.ask("A100 쓴 프로젝트만 보여줘").rows) == 2


def test_what_was_understood_is_said(talk: Talk) -> None:
    assert "프로젝트의 상태가 모두 진행 중(active)인" in talk.ask("active 프로젝트만 갖고 있는 사람").text
    told = talk.ask("projects whose runs are all completed").text
    assert "whose pipelines all have status completed" in told


@pytest.mark.parametrize("question", ["GPU를 두 종류 이상 쓴 프로젝트", "who has more projects than 최유진?"])
def test_a_comparison_of_counts_of_kinds_or_of_rows_with_rows_is_asked_back(talk: Talk, question: str) -> None:
    assert not talk.ask(question).tables
