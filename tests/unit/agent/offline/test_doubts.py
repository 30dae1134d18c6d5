"""What a reading says that cannot be meant is asked back; what is close to it is answered."""

import pytest

from tests.unit.agent.offline.talk import Talk

ASKED_BACK = [
    "2024년 상반기와 하반기 학습 건수를 비교해 주세요",
]


@pytest.mark.parametrize("question", ASKED_BACK)
def test_what_cannot_be_meant_is_asked_back_without_rows(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert not told.tables
    assert "어떻게 반영해야 할지" in told.text or "is to do in this question" in told.text


ANSWERED = [
    ("OCR 모델이 kobert보다 느린 편이야?", {"document-paddle-ocr", "intent-kobert"}),
    ("yolov8-wafer-exp01이랑 exp02 학습시간 비교", {"yolov8-wafer-exp01", "yolov8-wafer-exp02"}),
    ("작년 9월에 시작한 학습 뭐 있었지", {"nbeats-demand-exp01"}),
    ("작년 9월 29일에 시작한 학습", {"nbeats-demand-exp01"}),
    ("올해 9월 이후에 생긴 데이터셋", {"pallet-cam-raw", "intent-utterances-v6"}),
    ("학습 시간이 가장 짧았던 완료된 파이프라인", {"xgb-churn-exp02"}),
    ("실패하거나 취소된 학습이랑 담당자", {"lstm-log-exp01", "nbeats-demand-exp01"}),
    ("A100으로 학습해서 프로덕션 간 모델", {"intent-kobert", "wafer-defect-yolov8m"}),
]


@pytest.mark.parametrize(("question", "names"), ANSWERED)
def test_what_is_close_to_a_doubt_is_answered(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


def test_a_rate_by_team_is_of_the_rows_that_have_the_state(talk: Talk) -> None:
    assert talk.ask("팀별 완료율").column("whole") == [3, 7, 3, 1]


def test_from_the_most_on_is_the_order_of_all(talk: Talk) -> None:
    assert len(talk.ask("프로젝트 가장 많이 가진 사람부터 나열").rows) == 8


def test_named_ones_are_weighed_by_rows_or_by_a_sum(talk: Talk) -> None:
    assert set(talk.ask("비전팀이랑 NLP팀 중에 모델 더 많이 등록한 데는?").column("models_count")) == {5, 3}
    weighed = talk.ask("이서연이랑 최유진 중에 누가 데이터셋 용량 더 많이 써?").column("sum_size_gb")
    assert {round(float(str(each)), 1) for each in weighed} == {212.6, 61.0}


def test_each_row_is_told_with_its_figures_and_whose_it_is(talk: Talk) -> None:
    told = talk.ask("모델별로 f1이랑 추론속도, 담당자까지 표로")
    assert len(told.rows) == 9
    assert {"f1_score", "inference_ms"} <= set(told.tables[-1].columns)


def test_an_aggregate_asked_again_of_another_column_is_one_again(talk: Talk) -> None:
    talk.ask("average recall in production")
    assert talk.ask("and precision?").column("avg_precision_val") == [pytest.approx(0.89675)]


def test_kinds_are_counted_behind_a_total_and_behind_their_table(talk: Talk) -> None:
    assert "4" in talk.ask("팀이 총 몇 개야?").text
    assert "7" in talk.ask("데이터셋 포맷이 몇 가지임").text


def test_the_best_of_each_group_is_by_the_measure_named(talk: Talk) -> None:
    assert "surface-yolov5l" in talk.ask("스테이지별 최고 f1 모델").text


def test_what_has_the_most_is_counted_for_its_name(talk: Talk) -> None:
    assert set(talk.ask("아티팩트 제일 많은 파이프라인 이름").column("artifacts_count")) == {3}


def test_of_those_shown_the_fastest_is_one(talk: Talk) -> None:
    talk.ask("production models")
    assert talk.ask("which of them is the fastest?").column("name") == ["surface-yolov5l"]


@pytest.mark.parametrize("question", ["이서 프로젝트 목록", "박서 프로젝트", "중요한 파이프라인만"])
def test_an_unknown_word_right_before_a_noun_is_asked_back_and_not_left_out(talk: Talk, question: str) -> None:
    assert not talk.ask(question).tables


def test_a_negating_syllable_counts_though_it_stands_apart(talk: Talk) -> None:
    assert "production" not in talk.ask("비 production 모델 목록").column("stage")
