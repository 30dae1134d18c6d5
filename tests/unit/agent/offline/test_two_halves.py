"""Both halves of a question are answered: why and who, which is more and by how much."""

import pytest

from agent.offline.talk.asks import asks
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    "question",
    [
        "why did the lstm run fail and who should I talk to",
        "why did lstm-log-exp01 fail and who owns it?",
        "who owns lstm-log-exp01 and why did it fail?",
        "lstm 왜 실패했고 누구한테 물어봐야 돼?",
        "lstm 왜 실패했어 그리고 담당자 누구야?",
        "lstm 실패 원인이랑 담당자 알려줘",
    ],
)
def test_why_and_who_are_both_answered(talk: Talk, question: str) -> None:
    text = talk.ask(question).text
    assert "/mnt/artifacts/lstm-log-exp01/error.log" in text
    assert "**정하은**" in text
    assert "인원" not in text


@pytest.mark.parametrize(
    "question",
    ["why did lstm-log-exp01 fail and where is its log?", "lstm-log-exp01 왜 죽었는지랑 로그 어디 있는지 알려줘"],
)
def test_why_and_where_are_both_answered(talk: Talk, question: str) -> None:
    assert talk.ask(question).text.splitlines()[-1].count("`/mnt/artifacts/lstm-log-exp01/error.log`") == 1


@pytest.mark.parametrize(
    "question", ["왜 실패했어?", "why did lstm-log-exp01 fail", "왜 담당자가 없어?", "누가 왜 만들었어"]
)
def test_one_question_stays_one(question: str) -> None:
    assert asks(question) == (question,)


def test_a_word_that_is_a_piece_of_the_name_before_keeps_its_own_meaning(talk: Talk) -> None:
    talk.ask("lstm-log-exp01 status")
    assert talk.ask("where is the log?").text.startswith("The log of lstm-log-exp01 is at")


def test_what_the_rows_shown_have_themselves_is_no_piece_of_another_name(talk: Talk) -> None:
    talk.ask("show all artifacts of yolov8-wafer-exp01")
    assert "log" not in talk.ask("without the log").column("type")


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("how much bigger is intent-kobert's checkpoint than document-paddle-ocr's", "The difference is **380.7 MB**."),
        ("intent-kobert 체크포인트가 document-paddle-ocr 체크포인트보다 얼마나 커?", "차이는 **380.7 MB**입니다."),
        ("wafer-image-2024q2-aug는 wafer-image-2024q1보다 얼마나 더 커?", "차이는 **38.7 GB**입니다."),
        ("intent-kobert는 surface-yolov5l보다 f1이 얼마나 낮아?", "차이는 **4.7%p**입니다."),
        ("how much longer did paddleocr-invoice-exp04 take than yolov8-wafer-exp01", "The difference is **30 hours**."),
    ],
)
def test_by_how_much_is_told(talk: Talk, question: str, gap: str) -> None:
    assert gap in talk.ask(question).text


def test_a_list_of_two_is_held_against_nothing(talk: Talk) -> None:
    assert "차이" not in talk.ask("용량 큰 데이터셋 2개").text


def test_which_model_for_a_need_is_a_recommendation(talk: Talk) -> None:
    assert talk.ask("which model for real-time use").text.startswith("I recommend **surface-yolov5l v3.2**")


def test_the_cause_of_a_failure_is_no_slip(talk: Talk) -> None:
    text = talk.ask("lstm 실패 원인 알려줘").text
    assert "15분 만에 실패" in text
    assert "우선" not in text
