"""Whether a named row may be used for a purpose: what is noted of it is told, not which others are better."""

import pytest

from agent.offline.words.fitness import apart, without_asking
from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    "question",
    [
        "document-paddle-ocr를 실시간 서비스에 써도 될까?",
        "document-paddle-ocr 실시간으로 쓰기 괜찮아?",
        "송장 OCR 모델 실시간 처리에 적합해?",
    ],
)
def test_a_note_against_a_purpose_is_told_before_any_ranking(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.text.startswith("**document-paddle-ocr v2.0**의 배포 노트에는 ‘실시간")
    assert "맞지 않는다고 적혀 있습니다: “한글 송장 OCR. 배치 처리 권장, 실시간 용도는 부적합.”" in told.text
    assert "추론 시간 45 ms" in told.text
    assert "추천합니다" not in told.text
    assert told.next[0] == "추론이 빠른 모델 추천해줘"


@pytest.mark.parametrize(
    "question",
    [
        "can I use the invoice OCR model in real time?",
        "does document-paddle-ocr suit real-time use?",
        "is document-paddle-ocr fast enough for real-time inference?",
        "is it safe to run document-paddle-ocr in real time?",
    ],
)
def test_a_purpose_in_english_is_held_against_the_note(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.text.startswith("The deploy note of **document-paddle-ocr v2.0** speaks against ‘real")
    assert told.next[0].startswith("Recommend a model for real")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("document-paddle-ocr 배치 처리에 써도 돼?", "‘배치 처리’에 맞는다고 적혀 있습니다"),
        ("wafer-defect-yolov8m v2.0은 A라인에 써도 돼?", "‘A라인’에 맞는다고 적혀 있습니다"),
        ("surface-yolov5l은 엣지 장비에서 돌려도 괜찮을까요?", "‘엣지’ 이야기가 없어"),
        ("document-paddle-ocr는 야간 근무용으로 써도 돼?", "‘야간 근무’에 맞는지는 제가 정할 수 없으니"),
        (
            "is document-paddle-ocr ok for batch jobs?",
            "I can't tell whether **document-paddle-ocr v2.0** fits ‘batch jobs’.",
        ),
        ("is document-paddle-ocr ok for production?", "is **production** already. Its deploy note says: “한글"),
        ("could solder-convnext-t go to production?", "is **staging** now. Whether it may go there"),
        ("intent-koelectra 프로덕션에 올려도 돼?", "지금 **스테이징(staging)**입니다. 올려도 되는지는 배포 노트를"),
        ("is wafer-defect-yolov8m ok for edge?", "- **wafer-defect-yolov8m v2.0**: “high-precision"),
    ],
)
def test_a_note_that_does_not_decide_is_quoted(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "스테이징 모델 중 프로덕션으로 올려도 될 만한 거",
        "프로덕션으로 승격할 만한 스테이징 모델 있어?",
        "which staging model could go to production",
        "which staging models are ready for production?",
    ],
)
def test_a_state_to_come_to_is_no_condition(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.column("stage") == ["staging", "staging"]
    assert "**solder-convnext-t v1.1**: “스테이징 검증 중." in told.text


def test_of_a_team_those_that_are_not_there_yet_are_told(talk: Talk) -> None:
    assert (
        set(talk.ask("비전팀 모델 중에 프로덕션에 올려도 될 만한 거 있어?").column("stage")) & {"production"} == set()
    )


def test_that_model_is_asked_for_a_purpose(talk: Talk) -> None:
    talk.ask("document-paddle-ocr 버전 알려줘")
    assert "맞지 않는다고" in talk.ask("그 모델 실시간에 써도 돼?").text


@pytest.mark.parametrize("question", ["실시간으로 쓰기 좋은 모델", "which model is good for real time?"])
def test_no_name_asks_for_the_best(talk: Talk, question: str) -> None:
    assert "surface-yolov5l v3.2" in talk.ask(question).text.splitlines()[0]


@pytest.mark.parametrize(
    "question", ["is document-paddle-ocr in production?", "A100 쓴 모델 뭐 있어?", "which models are fast?"]
)
def test_no_purpose_is_no_such_question(question: str) -> None:
    assert without_asking(question) == ()


def test_rows_without_notes_are_answered_as_ever(shop: Book, talk: Talk) -> None:
    assert "12,840" in talk.ask("can I use wafer-image-2024q1 for the samples?").text
    assert talk.ask("wafer-image-2024q1 학습에 써도 돼?").column("name") == ["yolov8-wafer-exp01"]
    assert "enough" not in Talk(shop).ask("is it ok to use an order for anything?").text


def test_a_purpose_stands_apart_from_what_it_is_asked_of() -> None:
    assert apart("송장 모델 배치 처리에") == (("송장 모델", "배치 처리"), ("송장 모델 배치", "처리"))
    assert apart("모델을 배치에") == (("모델을", "배치"),)
    assert apart("the model for a line") == (("the model", "line"),)
    assert apart("모델") == ()
