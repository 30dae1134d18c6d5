"""Everyday Korean of the trade is put plainly; what a row came of is asked of the row shown."""

import pytest

from agent.offline.words.idioms.plain import plain
from tests.unit.agent.offline.talk import Talk

PLAIN = [
    ("누구엿죠", "누구였죠"),
    ("비어잇는 학습", "비어있는 학습"),
    ("이웃 팀", "이웃 팀"),
    ("얼마나 걸렸었지", "얼마나 걸렸지"),
    ("전원 이름", "모두 이름"),
    ("전원이 꺼진 장비", "전원이 꺼진 장비"),
    ("김민준 앞으로 된 데이터셋", "김민준 담당 데이터셋"),
    ("앞으로 끝날 학습", "앞으로 끝날 학습"),
    ("플랫폼팀 소속이 몇 명이지", "플랫폼팀 인원 몇 명이지"),
    ("x-exp01 시작하고 죽을 때까지 몇 분 버텼나", "x-exp01 몇 분 걸렸어"),
    ("한 번 돌리는 데 얼마나 걸렸지", "얼마나 걸렸지"),
    ("임계값은 몇으로 걸어놨고?", "임계값은 얼마야?"),
    ("임계값 어떻게 걸려 있는데?", "임계값 얼마야?"),
    ("배포노트 전문 복사해줘", "배포노트 보여줘"),
    ("모델 쭉 세워봐", "모델 쭉 보여줘"),
    ("kobert랑 f1 나란히 놓으면", "kobert랑 f1 비교하면"),
    ("그거 담당은요?", "그거 담당자는 누구야?"),
    ("대기 중인 학습 담당 누구야", "대기 중인 학습 담당자는 누구야?"),
    ("몇 개나 되는 거야 대체", "몇 개나 되는 거야"),
    ("대체 몇 개야", "대체 몇 개야"),
    ("무사히 끝난 학습", "완료된 학습"),
    ("언제 끝났는데요?", "종료 시각 언제야?"),
    ("a-exp01하고 exp02가 같은 데이터셋 쓴 거 맞나?", "a-exp01하고 exp02 데이터셋 비교"),
    ("제일 큰 파일이 어느 모델 거냐", "제일 큰 파일 뭐야? 그거 어느 모델 거냐"),
    ("제일 오래 잡아먹은 학습", "제일 오래 걸린 학습"),
    ("잘 굴러가고 있는 프로젝트", "진행 중인 프로젝트"),
    ("현장에 깔린 모델", "운영 중인 모델"),
    ("a-yolov5l이랑 b v2.1이면 mAP는 어디가 더 높아요", "a-yolov5l이랑 b v2.1 mAP 비교"),
    ("b v2.0이랑 v2.1 뭐가 더 높아요", "b v2.0이랑 v2.1 뭐가 더 높아요"),
    ("교체 관련해서 노트 달아놓은 모델", "교체 관련해서 노트 적힌 모델"),
    ("받아만 두고 안 쓴 데이터셋", "안 쓴 데이터셋"),
    ("대기 걸려있는 그 학습", "대기 걸려있는 학습"),
    ("아까 말한 그 학습", "아까 말한 그 학습"),
    ("가장 낮은 모델, 그거 무슨 데이터로", "가장 낮은 모델 무슨 데이터로"),
    ("각각 누가 맡고 있는데", "담당자도 같이 보여줘"),
    ("각각 누가 빠른지 비교", "각각 누가 빠른지 비교"),
    ("등록한지 2년이 넘은 모델", "등록한 지 2년 넘은 모델"),
]


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_everyday_words_are_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("first", "question", "column", "found"),
    [
        ("실패한 학습 뭐였지", "무슨 데이터로 돌린 거였더라", "name", ["syslog-2024h1"]),
        ("document-paddle-ocr 언제 등록됐어", "학습 데이터는 언제 만들어진 거고?", "name", ["invoice-scan-ko"]),
        ("document-paddle-ocr 언제 등록됐어", "데이터셋 포맷은 뭐야", "format", ["PNG"]),
    ],
)
def test_what_the_row_shown_came_of_is_asked_of_that_row(
    talk: Talk, first: str, question: str, column: str, found: list[str]
) -> None:
    talk.ask(first)
    assert talk.ask(question).column(column) == found


@pytest.mark.parametrize("question", ["데이터셋 뭐 있어?", "데이터셋 총 몇 개야", "제일 큰 데이터셋은 뭐야"])
def test_all_rows_are_asked_for_beside_the_row_shown(talk: Talk, question: str) -> None:
    talk.ask("document-paddle-ocr 언제 등록됐어")
    assert "invoice-scan-ko" not in "".join(talk.ask(question).sql)


def test_what_a_name_holds_is_a_piece_of_it(talk: Talk) -> None:
    names = talk.ask("이름에 yolo 들어간 모델이 다 뭔가요?").column("name")
    assert set(names) == {"surface-yolov5l", "wafer-defect-yolov8m"}


@pytest.mark.parametrize("question", ["데이터셋 이름이랑 등록일", "데이터셋 등록일 전부 보여줘"])
def test_a_date_of_rows_below_is_taken_for_the_own(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert len(told.rows) == len(told.column("created_at")) == 12


def test_a_date_of_rows_that_are_spoken_of_is_theirs(talk: Talk) -> None:
    assert "registered_at" in "".join(talk.ask("데이터셋이랑 모델 등록일").sql)
