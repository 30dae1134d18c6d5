"""What stands of the asker's work within a question is put aside; the question itself stays whole."""

import pytest

from agent.offline.words.asides.situations import asking
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("주보에 '현재 운영 모델 총 _개'라고 쓸 건데 숫자가 몇이지", "현재 운영 모델 총 몇 개야?"),
        ("장표에 '완료 비율 ○○%' 이거 몇이라고 쓰면 되죠", "완료 비율 알려줘"),
        ("보고서에 '실패한 학습 __건' 이라고 적으려는데", "실패한 학습 몇 건야?"),
        ("'평균 F1 ( )' 여기 뭐라고 쓰지", "평균 F1 얼마야?"),
        ("표지에 '완료 ___%' 쓸 건데", "완료 몇 퍼센트야?"),
        ("표2에 넣을 거: 모델 두 개만", "모델 두 개만"),
        ("KPI시트에 넣을거 운영 모델 평균 f1", "운영 모델 평균 f1"),
        ("슬라이드 4장에 팀별 모델 수 넣을 거임 값 좀", "팀별 모델 수 알려줘"),
        ("감사팀 제출용으로 전체 프로젝트명", "전체 프로젝트명"),
        ("이따 승격 심의 올라갈 스테이징 모델들", "스테이징 모델들"),
        ("팀장님 질문: 올해 시작한 학습 몇 번", "올해 시작한 학습 몇 번"),
        (
            "상무님이 제일 큰 체크포인트가 어느 모델 거냐고 하심, 용량까지",
            "제일 큰 체크포인트가 어느 모델 거냐, 용량까지",
        ),
        ("고객사에서 비전팀 모델 목록을 보내달라고 하네요", "비전팀 모델 목록 알려줘"),
    ],
)
def test_the_part_that_asks_is_read(typed: str, asked: str) -> None:
    assert asking(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "노트에 '미탐'이라고 적힌 모델",
        "'_' 들어간 이름 알려줘",
        "서비스에 올라갈 모델이 뭐야",
        "팀장님이 누구예요",
        "models for the slide '__ models'",
    ],
)
def test_a_question_without_a_situation_stays(typed: str) -> None:
    assert asking(typed) == typed


def test_a_blank_in_a_sentence_is_counted(talk: Talk) -> None:
    told = talk.ask("주보 한 줄에 '현재 운영 모델 총 _개'라고 쓸 건데 숫자가 몇이지")
    assert "4개" in told.text


@pytest.mark.parametrize("question", ["F1 0.9 넘는 모델", "models with an f1 over 0.9"])
def test_the_measure_that_rows_are_chosen_by_is_shown(talk: Talk, question: str) -> None:
    assert min(float(str(cell)) for cell in talk.ask(question).column("f1_score")) > 0.9


def test_a_bound_on_what_is_below_shows_nothing_more(talk: Talk) -> None:
    assert "size_mb" not in "".join(talk.ask("100MB 넘는 체크포인트가 있는 파이프라인").sql).partition("FROM")[0]
