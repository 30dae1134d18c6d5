"""Which language a question is answered in."""

import pytest

from agent.language import language_of

ENGLISH = [
    "Show the projects of 김민준",
    "How many experiments did 김민준 run?",
    "Who is 정하은?",
    "who is 최가을 working with",
    "Compare the models of 비전팀 and NLP팀",
    "What projects is 이서연 in charge of?",
    "is 박도현 in 비전팀",
    "Tell me about the models 김민준 created",
]
KOREAN = [
    "production model들 f1 기준으로 sort 해줘",
    "wafer defect v2.0 v2.1 비교",
    "김민준",
    "A100 GPU 몇 개",
    "show 모델",
    "production에 배포된 model list",
    "top 5 model 추천",
    "which 모델이 best인가",
    "failed pipeline 있어?",
    "recall threshold 0.3 인 model 은",
    "ㅈㅁㄹ",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_a_korean_name_leaves_an_english_question_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", KOREAN)
def test_english_words_leave_a_korean_question_korean(text: str) -> None:
    assert language_of(text) == "ko"


def test_the_setting_decides() -> None:
    assert language_of("Show the projects of 김민준", "ko") == "ko"
    assert language_of("모델 보여줘", "en") == "en"
