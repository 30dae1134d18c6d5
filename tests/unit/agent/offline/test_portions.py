"""What share of all each group makes up is told, with what it is of."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("모델 스테이지마다 비중 몇 프로씩인지", ("production", 4, 9)),
        ("GPU별 학습 비율", ("H100", 4, 14)),
        ("프로젝트 상태별로 각각 몇 퍼센트야", ("active", 6, 10)),
        ("파이프라인 상태 비율", ("completed", 10, 14)),
        ("비전팀 모델 스테이지별 비율", ("production", 2, 5)),
        ("what share of models is in each stage", ("production", 4, 9)),
        ("percentage of runs by gpu", ("H100", 4, 14)),
    ],
)
def test_each_group_has_its_share_of_all(talk: Talk, question: str, first: tuple[str, int, int]) -> None:
    name, percent, part, whole = talk.ask(question).tables[-1].rows[0]
    assert (name, part, whole) == first
    assert percent == pytest.approx(100 * first[1] / first[2])


def test_the_shares_of_a_sum_are_told_in_its_unit(talk: Talk) -> None:
    told = talk.ask("팀별 용량 비중").text
    assert "팀별 용량 비율입니다: **NLP팀** 49.2% (273.6 GB/556.3 GB)" in told


def test_the_largest_share_alone_is_told_where_it_is_asked_for(talk: Talk) -> None:
    told = talk.ask("GPU별 학습 비중이 제일 큰 건?")
    assert [row[0] for row in told.tables[-1].rows] == ["H100"]


def test_a_share_of_what_meets_a_condition_is_no_share_of_all(talk: Talk) -> None:
    rows = talk.ask("프레임워크별 완료된 학습 비율").tables[-1].rows
    assert ("PyTorch", 7, 9) in [(row[0], *row[2:4]) for row in rows]


def test_a_share_below_rows_is_of_what_hangs_on_them(talk: Talk) -> None:
    rows = talk.ask("프로젝트별 프로덕션 모델 비율").tables[-1].rows
    assert ("callcenter-intent", 1, 2) in [(row[0], *row[2:4]) for row in rows]


def test_rows_grouped_by_themselves_have_no_share(talk: Talk) -> None:
    assert not talk.ask("모델별 비율").tables


def test_a_share_with_nothing_to_be_of_is_asked_back(talk: Talk) -> None:
    assert not talk.ask("데이터셋 비율").tables
