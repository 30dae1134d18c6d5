"""Several figures asked for in one sentence stand side by side in one row."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("완료된 파이프라인은 몇 개고 실패한 건 몇 개야?", (10, 1)),
        ("T4 파이프라인이 몇 개고 그중 완료된 건 몇 개야?", (3, 1)),
        ("NLP팀 인원수랑 모델 수 알려줘", (2, 3)),
        ("김민준 프로젝트 수랑 데이터셋 수", (2, 3)),
        ("defect-detection-v2 데이터셋이랑 파이프라인 각각 몇 개?", (2, 3)),
        ("number of projects and datasets", (10, 12)),
        ("how many projects and how many datasets do we have", (10, 12)),
        ("how many models are in prod and how many in staging?", (4, 2)),
        ("how many folks are on the vision team, and how many models have they put out?", (2, 5)),
    ],
)
def test_figures_of_two_asks_are_one_row(talk: Talk, question: str, figures: tuple[int, int]) -> None:
    assert talk.ask(question).tables[-1].rows == (figures,)


def test_each_figure_is_headed_by_what_it_counts(talk: Talk) -> None:
    columns = talk.ask("김민준 프로젝트 수랑 데이터셋 수").tables[-1].columns
    assert columns == ("김민준 님의 프로젝트 수", "김민준 님의 데이터셋 수")


@pytest.mark.parametrize("question", ["프로젝트랑 모델 보여줘", "프로덕션 모델이 몇 개고 평균 F1은 얼마야"])
def test_rows_and_what_stands_in_one_row_already_are_not_put_together(talk: Talk, question: str) -> None:
    assert not any("SELECT (SELECT" in sql for sql in talk.ask(question).sql)


def test_two_figures_of_one_name_are_not_put_together(talk: Talk) -> None:
    assert not any("SELECT (SELECT" in sql for sql in talk.ask("모델은 몇 개야? 모델은 몇 개야?").sql)


def test_an_average_stands_beside_a_count_of_others(talk: Talk) -> None:
    told = talk.ask("비전팀 사람은 몇 명이고 데이터셋 평균 용량은 얼마야?")
    assert len(told.tables[-1].columns) == 2


@pytest.mark.parametrize(
    "question",
    [
        "팀마다 프로젝트 수랑 모델 수 비교해줘",
        "for every team: number of projects plus number of models",
        "number of projects and number of models per team",
    ],
)
def test_two_counts_by_group_are_both_answered(talk: Talk, question: str) -> None:
    assert ("비전팀", 4, 5) in talk.ask(question).tables[-1].rows
