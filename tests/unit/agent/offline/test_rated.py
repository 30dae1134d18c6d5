"""Groups are put in order by a rate, and rows are counted by the kind of what they have."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("팀별 실패율 높은 순", "예측팀"),
        ("success rate by GPU, lowest first", "T4"),
        ("which framework has the lowest success rate", "TensorFlow"),
        ("which team has the best completion rate?", "NLP팀"),
        ("성공률 제일 낮은 팀", "예측팀"),
        ("체크포인트 가장 많이 남긴 파이프라인이 뭐지", "yolov8-wafer-exp02"),
        ("A100 가장 많이 쓴 팀", "비전팀"),
        ("GPU 제일 많이 쓴 팀", "비전팀"),
        ("가장 많이 쓰인 프레임워크", "PyTorch"),
    ],
)
def test_what_ranks_first_stands_first(talk: Talk, question: str, first: str) -> None:
    assert talk.ask(question).tables[-1].rows[0][0] == first


def test_the_best_by_a_rate_is_told_with_its_rate(talk: Talk) -> None:
    told = talk.ask("성공률 제일 낮은 팀").text
    assert "비율이 가장 낮은 팀은 **예측팀**입니다 (33.3%, 1/3)" in told


def test_those_who_share_the_best_rate_are_told(talk: Talk) -> None:
    told = talk.ask("which team has the best completion rate?").text
    assert "**NLP팀, 플랫폼팀** have the highest share of completed pipelines (100% each)" in told


@pytest.mark.parametrize(
    ("thread", "row"),
    [
        (["팀별 모델 수", "성공률은?"], ("예측팀", 1, 3)),
        (["models per team", "success rate?"], ("예측팀", 1, 3)),
        (["gpu별 실패율", "성공률은?"], ("H100", 2, 4)),
        (["gpu별 파이프라인 수", "H100만", "성공률은?"], ("H100", 2, 4)),
    ],
)
def test_a_rate_behind_groups_is_told_of_each(talk: Talk, thread: list[str], row: tuple[object, ...]) -> None:
    rows = talk.through(thread).tables[-1].rows
    assert row in {(one[0], one[2], one[3]) for one in rows}


@pytest.mark.parametrize("thread", [["스테이지별 모델 수", "성공률은?"], ["팀별 프로덕션 모델 수", "성공률은?"]])
def test_a_rate_that_the_groups_cannot_have_is_asked_back(talk: Talk, thread: list[str]) -> None:
    told = talk.through(thread)
    assert told.sql == ()
    assert "여쭙니다" in told.text


def test_a_state_without_a_rate_narrows_down_what_is_counted(talk: Talk) -> None:
    assert talk.through(["팀별 모델 수", "성공한 건?"]).rows[0] == ("비전팀", 5)


def test_a_rate_of_rows_that_are_named_is_of_those(talk: Talk) -> None:
    assert "**71.4%**" in talk.through(["팀별 모델 수", "비전팀 성공률은?"]).text
