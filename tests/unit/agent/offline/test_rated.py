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
