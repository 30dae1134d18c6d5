"""The rows of two asks in one table: both counts of each group, both ends of an order."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("팀마다 프로젝트 수랑 모델 수 비교해줘", ("플랫폼팀", 1, 0)),
        ("for every team: headcount plus number of projects", ("비전팀", 2, 4)),
        ("사용자별 프로젝트 수와 데이터셋 수", ("한승우", 0, 0)),
        ("연도별 프로젝트 수랑 데이터셋 수", ("2024", 4, 6)),
        ("팀별 완료 파이프라인 수랑 실패 파이프라인 수", ("예측팀", 1, 1)),
        ("팀별 완료된 파이프라인 수랑 실패 수", ("비전팀", 5, 0)),
        ("number of completed runs and failed runs per team", ("예측팀", 1, 1)),
        ("number of completed runs and number of failed runs per team", ("비전팀", 5, 0)),
    ],
)
def test_two_counts_of_each_group_are_one_row(talk: Talk, question: str, row: tuple[str | int, ...]) -> None:
    assert row in talk.ask(question).tables[-1].rows


def test_each_count_is_headed_by_what_it_counts(talk: Talk) -> None:
    columns = talk.ask("팀별 완료 파이프라인 수랑 실패 파이프라인 수").tables[-1].columns
    assert columns == ("team", "완료(completed) 파이프라인 수", "실패(failed) 파이프라인 수")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("제일 큰 데이터셋이랑 제일 작은 데이터셋", ["meeting-audio-ko", "churn-2022"]),
        ("맨 처음 등록된 모델이랑 마지막에 등록된 모델", ["surface-yolov5l", "pallet-rtdetr-l"]),
        ("the fastest and the slowest model", ["demand-patchtst", "document-paddle-ocr"]),
    ],
)
def test_both_ends_of_an_order_stand_in_one_table(talk: Talk, question: str, names: list[str]) -> None:
    told = talk.ask(question).tables[-1]
    assert [row[1] for row in told.rows] == names
    assert "place" not in told.columns


@pytest.mark.parametrize(
    "question",
    [
        "제일 큰 데이터셋이랑 제일 최근 프로젝트",
        "팀별 프로젝트 수 알려줘. 팀별 프로젝트 수 알려줘",
        "팀별 프로젝트 수 알려줘. 상태별 프로젝트 수 알려줘",
        "완료되거나 실패한 파이프라인 수",
    ],
)
def test_asks_of_different_rows_are_told_apart(talk: Talk, question: str) -> None:
    assert not any("UNION" in sql for sql in talk.ask(question).sql)


def test_the_sum_of_each_group_stands_beside_its_count(talk: Talk) -> None:
    told = talk.ask("팀별 데이터셋 총 용량은 얼마고 모델 수는 몇 개야").tables[-1]
    assert told.columns == ("team", "용량 합계", "모델 수")
    assert ("플랫폼팀", 0.3, 0) in told.rows


def test_what_is_asked_of_all_is_not_told_by_group(talk: Talk) -> None:
    told = talk.ask("팀별 모델 수는 몇 개고 전체 데이터셋 평균 용량은 얼마야").tables[-1]
    assert len(told.rows) == 1
