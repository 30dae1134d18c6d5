"""The value in the middle is told, of all rows or of each group."""

from statistics import median
from typing import Any

import pytest

from tests.unit.agent.offline.talk import Book, Talk


def _held(talk: Talk, sql: str) -> list[tuple[Any, ...]]:
    assert isinstance(talk.book, Book)
    return talk.book.database.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("데이터셋 용량 중앙값 얼마임?", "SELECT size_gb FROM datasets"),
        (
            "what's the median f1 of production models",
            "SELECT f1_score FROM metrics m JOIN models d ON d.id = m.model_id "
            "WHERE stage = 'production' AND f1_score IS NOT NULL",
        ),
        ("COCO 데이터셋 용량 중앙값", "SELECT size_gb FROM datasets WHERE format = 'COCO'"),
        ("WAV 데이터셋 용량 중앙값", "SELECT size_gb FROM datasets WHERE format = 'WAV'"),
    ],
)
def test_the_median_is_that_of_the_values(talk: Talk, question: str, held: str) -> None:
    values = [value for (value,) in _held(talk, held)]
    ((told,),) = talk.ask(question).tables[-1].rows
    assert told == pytest.approx(median(values))


def test_each_group_has_its_median(talk: Talk) -> None:
    held = _held(talk, "SELECT format, size_gb FROM datasets")
    values = {name: [size for other, size in held if other == name] for name, _ in held}
    told = {row[0]: row[1] for row in talk.ask("포맷별 용량 중앙값").tables[-1].rows}
    assert told == {name: pytest.approx(median(sizes)) for name, sizes in values.items()}


def test_groups_are_narrowed_down_by_their_median(talk: Talk) -> None:
    told = talk.ask("용량 중앙값이 100기가 넘는 포맷")
    assert [row[0] for row in told.tables[-1].rows] == ["WAV"]
    assert "용량 중앙값이 100 GB 초과인 포맷은 **1개**입니다" in told.text


@pytest.mark.parametrize("question", ["용량 평균이랑 중앙값", "중앙값이 제일 큰 포맷", "데이터셋 용량 합계랑 중앙값"])
def test_a_median_beside_more_is_asked_back(talk: Talk, question: str) -> None:
    assert not talk.ask(question).tables
