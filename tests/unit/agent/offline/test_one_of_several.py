"""Where several things are asked for, the query has them all, or the rest is asked back."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("팀 평균보다 f1 높은 모델", "팀 평균"),
        ("김민준이랑 이서연 중 누가 모델 더 많이 만들었고 평균 f1은 누가 높아?", "누가"),
        ("완료 대비 실패 비율", "대비"),
        ("요일별 학습 건수", "요일별"),
    ],
)
def test_what_is_asked_beside_is_asked_back(talk: Talk, question: str, word: str) -> None:
    told = talk.ask(question)
    assert f"'{word}'" in told.text
    assert not told.tables


def test_several_counts_of_each_group_are_told_one_after_another(talk: Talk) -> None:
    told = talk.ask("팀별 프로젝트 수, 데이터셋 수, 모델 수").text
    assert "팀별 프로젝트 수입니다: **비전팀** 4개" in told
    assert "팀별 데이터셋 수입니다: **비전팀** 5개" in told
    assert "팀별 모델 수입니다: **비전팀** 5개" in told


def test_the_mean_of_the_rows_themselves_is_none_of_a_group(talk: Talk) -> None:
    assert len(talk.ask("모델 평균보다 f1 높은 모델").rows) == 3


@pytest.mark.parametrize(
    ("question", "first", "names"),
    [
        ("모델 제일 많이 만든 사람이랑 그 모델들", "김민준", {"solder-convnext-t", "wafer-defect-yolov8m"}),
        (
            "모델 가장 많이 등록한 팀과 그 팀의 프로덕션 모델 목록",
            "비전팀",
            {"surface-yolov5l", "wafer-defect-yolov8m"},
        ),
        (
            "데이터셋 제일 많은 프로젝트랑 그 데이터셋 이름들",
            "callcenter-intent",
            {"intent-utterances-v6", "wafer-image-2024q2-aug", "wafer-image-2024q1", "intent-utterances-v5"},
        ),
    ],
)
def test_those_of_the_first_of_a_ranking_are_told(talk: Talk, question: str, first: str, names: set[str]) -> None:
    told = talk.ask(question)
    assert first in told.text
    assert set(told.column("name")) == names


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("프로젝트별 최신 모델과 그 f1", "f1_score"),
        ("팀별 최신 데이터셋 이름이랑 용량", "size_gb"),
        ("담당자별 최근 학습이랑 걸린 시간", "duration"),
    ],
)
def test_the_newest_of_each_is_told_with_what_it_has(talk: Talk, question: str, column: str) -> None:
    told = talk.ask(question).tables[-1]
    assert {column, "place"} <= set(told.columns)


@pytest.mark.parametrize(
    ("question", "figure"),
    [("GPU별 최장 학습 시간", 42.5), ("GPU별 가장 긴 학습 시간", 42.5), ("GPU별 최단 학습 시간", 6.67)],
)
def test_the_furthest_time_of_each_group_is_told(talk: Talk, question: str, figure: float) -> None:
    told = {row[0]: row[1] for row in talk.ask(question).tables[-1].rows}
    assert told["V100"] == pytest.approx(figure)


def test_the_groups_are_ranked_by_their_time_where_they_are_asked_for(talk: Talk) -> None:
    assert [row[0] for row in talk.ask("학습 시간 합계가 가장 긴 GPU는?").tables[-1].rows] == ["V100"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("COCO랑 YOLO 포맷 합쳐서 몇 퍼센트야", "**33.3%**"),
        ("모델 있는 프로젝트가 전체 프로젝트 중 몇 퍼센트야", "모델이 있는 프로젝트는 7개, **70%**"),
        ("COCO랑 YOLO 비율 비교", "포맷별 데이터셋 비율"),
        ("산출물 종류가 각각 몇 프로 차지해?", "**체크포인트(checkpoint)** 46.2% (12/26)"),
    ],
)
def test_the_share_of_several_is_theirs_together_or_each_ones(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("100기가 넘는 데이터로 돌린 학습이랑 그 상태", {"rtdetr-pallet-exp01", "rtdetr-pallet-exp02"}),
        ("20시간 넘는 학습에서 나온 모델", {"pallet-rtdetr-l", "document-paddle-ocr"}),
        ("20ms 넘는 모델", {"document-paddle-ocr"}),
    ],
)
def test_a_bound_is_of_the_rows_right_behind_it(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("f1 평균이 제일 높은 팀의 모델들", "NLP팀", "intent-kobert"),
        ("모델 제일 많이 만든 사람의 최신 모델", "김민준", "solder-convnext-t"),
        ("가장 많은 모델을 가진 팀의 프로젝트", "비전팀", "surface-inspection"),
    ],
)
def test_what_hangs_on_the_first_of_a_ranking_is_told(talk: Talk, question: str, first: str, last: str) -> None:
    told = talk.ask(question)
    assert first in told.text
    assert last in told.column("name")


@pytest.mark.parametrize(
    "question", ["프로젝트별 담당자, 데이터셋 수", "프로젝트 중에 데이터셋이 두 개 이상인 것들의 담당자"]
)
def test_what_a_count_leaves_out_is_asked_back(talk: Talk, question: str) -> None:
    assert not talk.ask(question).tables


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("학습이 한 번도 실패한 적 없는 팀", {"NLP팀", "비전팀", "플랫폼팀"}),
        ("취소된 학습이 하나도 없는 GPU", {"A100", "H100", "V100"}),
    ],
)
def test_the_values_none_of_whose_rows_is_so_are_told(talk: Talk, question: str, names: set[str]) -> None:
    assert {row[0] for row in talk.ask(question).tables[-1].rows} == names


def test_two_states_of_each_group_are_counted_each(talk: Talk) -> None:
    told = talk.ask("GPU별 완료 수와 실패 수").text
    assert "GPU별 완료(completed) 파이프라인 수입니다: **A100** 3개" in told
    assert "GPU별 실패(failed) 파이프라인 수입니다: **T4** 1개." in told


def test_what_stands_last_may_only_be_told_beside(talk: Talk) -> None:
    told = talk.ask("상위 3개 모델의 f1과 담당자, 데이터셋까지").tables[-1]
    assert {"name", "version", "f1_score", "users_name", "datasets_name"} <= set(told.columns)
