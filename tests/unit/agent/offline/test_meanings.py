"""What a word of the catalogue means is told from its labels, synonyms and explanations; a stranger's is asked back."""

import pytest

from agent.offline.words.meaning import asked_meaning
from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what does pending mean here?", "‘pending’ is a value of status (pipelines). Also said: queued"),
        ("pending이 무슨 뜻이야?", "‘pending’은 파이프라인의 상태 값으로, 대기(pending)를 뜻합니다."),
        ("상태가 pending이라는 게 무슨 뜻이야?", "‘pending’은 파이프라인의 상태 값으로"),
        ("pending 상태가 무슨 뜻이야?", "‘pending’은 파이프라인의 상태 값으로"),
        ("archived 뜻이 뭐야?", "- ‘archived’는 모델의 스테이지 값으로, 보관(archived)을 뜻합니다."),
        ("what does A100 mean?", "The catalogue does not explain it further."),
        ("what does 대기 mean?", "‘대기’ is a value of status (pipelines): pending."),
        ("실험이 무슨 의미야?", "모델을 등록한 학습 파이프라인을 실험 1건으로 셉니다."),
        ("what is meant by recall?", "‘recall’ is a column of metrics (‘recall’). Precision and recall pull"),
        ("mAP50 의미가 뭐야?", "객체 탐지 모델에만 있는 지표라"),
        ("아티팩트가 무슨 뜻이야", "‘아티팩트’는 아티팩트입니다: 산출물 파일."),
    ],
)
def test_a_word_of_the_catalogue_is_explained(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


def test_the_rows_that_have_it_are_offered(talk: Talk) -> None:
    assert talk.ask("what does pending mean here?").next == ["Show pending pipelines"]
    assert "대기(pending) 파이프라인 보여줘" in talk.ask("pending이 무슨 뜻이야?").next


@pytest.mark.parametrize("question", ["what does zorgle mean?", "what does intent-kobert mean", "what does it mean?"])
def test_a_stranger_or_a_name_is_not_explained(talk: Talk, question: str) -> None:
    assert " is a value of" not in talk.ask(question).text


@pytest.mark.parametrize("question", ["what is the mean f1?", "pending 파이프라인 뭐 있어?", "F1이 왜 없어?"])
def test_another_question_asks_for_no_meaning(question: str) -> None:
    assert asked_meaning(question) == ()


def test_a_catalogue_without_words_says_where_a_value_stands(bare_shop: Book) -> None:
    text = Talk(bare_shop).ask("what does shipped mean?").text
    assert "shipped" in text
