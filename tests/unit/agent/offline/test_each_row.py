"""What each row has is told of rows in the plural, by rows, and beside the first so many."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "columns", "rows"),
    [
        ("프로젝트들 상태 한눈에 보게 쭉 깔아줘", {"name", "status"}, 10),
        ("데이터셋들 포맷 쭉 보여줘", {"name", "format"}, 12),
        ("모델마다 스테이지 뭔지 보여줘", {"name", "version", "stage"}, 9),
        ("학습별 GPU랑 프레임워크", {"name", "gpu_type", "framework"}, 14),
        ("사람들 이름이랑 소속, 메일주소 싹다 뽑아주세여", {"name", "team", "email"}, 8),
        ("용량 큰 데이터셋 세 개랑 각각 담당자", {"name", "users_name", "size_gb"}, 3),
        ("f1 높은 모델 3개랑 각각 만든 사람", {"name", "users_name", "f1_score"}, 3),
        ("NLP팀 모델들 f1에다 담당자 이름도 같이", {"name", "f1_score", "users_name"}, 3),
        ("intent-kobert보다 f1 높은 모델 누구누구 있어요", {"name", "f1_score"}, 4),
        ("팀별 프로젝트 상태", {"team", "status", "projects_count"}, 7),
    ],
)
def test_each_row_is_told_with_what_it_has(talk: Talk, question: str, columns: set[str], rows: int) -> None:
    told = talk.ask(question).tables[-1]
    assert columns <= set(told.columns)
    assert len(told.rows) == rows


@pytest.mark.parametrize(("question", "kinds"), [("학습들 상태 뭐뭐 있어", 5), ("프로젝트 상태 뭐 있어", 4)])
def test_which_values_there_are_is_still_told_of_them_all(talk: Talk, question: str, kinds: int) -> None:
    told = talk.ask(question).tables[-1]
    assert (told.columns, len(told.rows)) == (("status",), kinds)


def test_a_name_is_not_told_twice(talk: Talk) -> None:
    assert "**invoice-ocr**," in talk.ask("NLP팀 진행 중인 프로젝트 이름").text


def test_the_birthday_of_somebody_is_not_there(talk: Talk) -> None:
    assert "'생일' 정보가 없습니다" in talk.ask("서연님 생일 언제더라").text
