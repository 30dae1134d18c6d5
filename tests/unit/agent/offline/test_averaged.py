"""How many there are on average for each of others; a size that the rows asked for have themselves."""

import pytest

from db.catalog.table import Cell
from tests.unit.agent.offline.talk import Book, Talk


def _rows(talk: Talk, sql: str) -> list[tuple[Cell, ...]]:
    assert isinstance(talk.book, Book)
    return talk.book.database.execute(sql).fetchall()


@pytest.mark.parametrize(
    "question",
    [
        "과제당 평균 데이터셋 수",
        "데이터셋이 과제당 평균 몇 개 꼴로 있는지요? 과제는 상태 상관없이 전체 기준입니다.",
        "프로젝트 하나당 데이터셋은 평균 몇 개야",
        "프로젝트별 평균 데이터셋 수",
        "average number of datasets per project",
    ],
)
def test_the_mean_of_rows_below_each_row_is_one_number(talk: Talk, question: str) -> None:
    both = "SELECT 1.0 * (SELECT COUNT(*) FROM datasets) / (SELECT COUNT(*) FROM projects)"
    assert talk.ask(question).rows[0][0] == pytest.approx(_rows(talk, both)[0][0])


def test_rows_without_any_count_as_none_in_a_mean(talk: Talk) -> None:
    both = "SELECT 1.0 * (SELECT COUNT(*) FROM projects) / (SELECT COUNT(*) FROM users)"
    assert talk.ask("사람마다 평균 몇 개의 프로젝트를 맡고 있어?").rows[0][0] == pytest.approx(_rows(talk, both)[0][0])


def test_conditions_stay_with_the_rows_they_are_said_of(talk: Talk) -> None:
    answer = talk.ask("진행 중인 과제당 평균 데이터셋 수")
    active = "SELECT COUNT(*) FROM projects WHERE status = 'active'"
    assert answer.rows[0][2] == _rows(talk, active)[0][0]
    assert "진행 중(active) 프로젝트 1개당 데이터셋은 평균" in answer.text
    done = talk.ask("과제당 평균 완료된 학습 건수").rows[0]
    counted = "SELECT (SELECT COUNT(*) FROM pipelines WHERE status = 'completed'), (SELECT COUNT(*) FROM projects)"
    assert done[1:] == _rows(talk, counted)[0]


def test_a_category_has_a_mean_too(talk: Talk) -> None:
    answer = talk.ask("팀당 평균 인원은 몇 명이야?")
    assert answer.rows[0][0] == _rows(talk, "SELECT 1.0 * COUNT(*) / COUNT(DISTINCT team) FROM users")[0][0]
    assert answer.text.startswith("팀 1개당 사용자는 평균")


def test_an_english_mean_says_of_what_it_is(talk: Talk) -> None:
    assert " models per project on average" in talk.ask("models per project on average?").text


@pytest.mark.parametrize("question", ["팀당 평균 학습 시간", "팀별 평균 F1", "팀당 모델 몇 개야"])
def test_a_measure_or_a_plain_count_for_each_kind_groups(talk: Talk, question: str) -> None:
    answer = talk.ask(question)
    assert answer.tables[-1].columns[0] == "team"
    assert len(answer.rows) > 1


def test_a_quotient_of_columns_stays_one(talk: Talk) -> None:
    assert talk.ask("기가당 샘플 몇 개").tables[-1].columns[-1] == "num_samples_per_size_gb"


@pytest.mark.parametrize("question", ["제일 무거운 데이터셋", "heaviest dataset"])
def test_what_is_heavy_is_so_by_its_own_size(talk: Talk, question: str) -> None:
    largest = _rows(talk, "SELECT name FROM datasets ORDER BY size_gb DESC LIMIT 1")[0][0]
    assert [row[1] for row in talk.ask(question).rows] == [largest]


def test_what_has_no_size_of_its_own_is_heavy_by_the_need(talk: Talk) -> None:
    heaviest = _rows(talk, "SELECT name FROM models ORDER BY parameters_m DESC LIMIT 1")[0][0]
    assert talk.ask("제일 무거운 모델").rows[0][1] == heaviest
