"""A name that nobody has is held together before its title."""

import pytest

from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize("typed", ["이도은씨 프로젝트", "정다겸님의 모델 뭐있지", "정다겸 님 데이터셋"])
def test_a_name_made_of_other_words_is_told_to_be_unknown(sample: Book, typed: str) -> None:
    told = Talk(sample).ask(typed)
    assert "존재하지 않" in told.text
    assert not told.rows


@pytest.mark.parametrize("typed", ["정하은님 이메일", "최유진 님 이메일", "하은님 이메일"])
def test_a_name_that_somebody_has_is_theirs(sample: Book, typed: str) -> None:
    assert len(Talk(sample).ask(typed).rows) == 1


def test_a_title_of_three_syllables_is_no_name(sample: Book) -> None:
    assert "연구원" not in Talk(sample).ask("연구원님 목록 보여줘").text


def test_a_clause_with_a_name_that_nothing_has_is_not_put_aside(sample: Book) -> None:
    told = Talk(sample).ask("yolov9-surface-exp20 학습, 상태가 어떻게 되어 있는지 확인 바랍니다.")
    assert "yolov9-surface-exp20" in told.text
    assert not told.rows
