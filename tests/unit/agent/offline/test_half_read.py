"""Questions of which a query takes a half, asked back; those that read like them, answered."""

import pytest

from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Talk

ASKED_BACK = [
    "서로 다른 모델 이름이 몇 가지야",
    "invoice-ocr 담당자네 팀원들 이메일",
    "warehouse-pallet 만든 지 오늘로 며칠째야?",
    "역할별 사람 수랑 이름",
    "모델을 하나라도 등록한 사람 중 production은 없는 사람",
    "실패도 취소도 없었던 프레임워크는?",
    "음성인식팀 인원 보여줘",
    "담당자한테 메일 보내야 되는데",
    "이름에 준 들어가는 사람",
    "재검 인력이 거의 없는 현장이에요. 웨이퍼 쪽 뭐 쓸까요?",
    "실시간 용도로 부적합하다고 돼 있는 모델은?",
    "dataset sizes for every production model",
    "욜로 계열 모델 몇개 있더라",
    "재검 인력 적을 때 쓰라는 버전이 뭐더라",
]
ANSWERED = [
    "모델이 몇 가지야",
    "비전팀 팀원들 이메일",
    "invoice-ocr 만든 사람 이메일",
    "역할별 사람 수",
    "production 모델이 없는 사람",
    "비전팀 인원 보여줘",
    "담당자 이메일 보여줘",
    "실패한 학습이 없는 프로젝트",
    "checkpoint paths for every production model",
    "which person has the fewest datasets",
    "intent-kobert v3.0이 들어간 모델 이름",
    "재검 인력 적을 때 쓰라고 추천할 버전",
]
PLAIN = [
    ("저ㅇ밀도", "정밀도"),
    ("모델ㅋ 목록", "모델ㅋ 목록"),
    ("파라미터 제일 큰 것과 그 담당자", "파라미터 제일 큰 것 담당자랑 같이"),
    ("몇 분 만에 죽은 거야", "얼마나 걸렸어"),
    ("프로젝트는 몇 개고 그중 진행 중인 건?", "프로젝트는 몇 개고 그중 진행 중인 건 몇 개?"),
    ("오탐 적은걸로 하나만", "오탐 적은 거 하나 추천해줘"),
    ("datasets를 sorted by size", "datasets를 size순으로"),
]


@pytest.mark.parametrize("question", ASKED_BACK)
def test_what_is_held_by_halves_is_asked_back(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert not any(table.rows for table in told.tables)


@pytest.mark.parametrize("question", ANSWERED)
def test_what_is_held_whole_is_answered(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert any(table.rows for table in told.tables)


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_what_is_said_in_two_breaths_is_put_in_one(typed: str, meant: str) -> None:
    assert clean(typed) == meant


def test_owners_are_not_counted_by_themselves(talk: Talk) -> None:
    for question in ("projects started last year", "whose are those"):
        talk.ask(question)
    told = talk.ask("count them per owner")
    assert not any(table.rows for table in told.tables)


def test_words_found_in_a_note_are_counted(talk: Talk) -> None:
    told = talk.ask("노트에 배치라고 적힌 모델 몇 개야?")
    assert any(table.rows for table in told.tables)
