"""A second ask in one sentence is about what the first finds; rows are ranked by what belongs to them."""

import pytest

from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("제일 큰 데이터셋이 뭐고 언제 만들었어?", "2025년 5월 19일"),
        ("실패한 거 몇 개고 누구 거야?", "정하은"),
        ("제일 최근에 끝난 학습 뭐고 누구 거야?", "박도현"),
    ],
)
def test_what_is_asked_besides_is_about_the_first(sample: Book, question: str, held: str) -> None:
    assert held in Talk(sample).ask(question).text


def test_of_a_ranked_row_more_is_asked_by_a_pronoun(sample: Book) -> None:
    assert (
        "meeting-audio-ko"
        in Talk(sample).ask("제일 큰 데이터셋이 뭐고 그걸로 돌린 파이프라인은?").text.split("\n\n")[-1]
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "아티팩트 총 용량이 제일 큰 파이프라인",
            "크기 합계가 가장 큰 것은 **koelectra-intent-exp01**입니다 (452.3 MB)",
        ),
        ("which pipeline has the largest total artifact size", "**koelectra-intent-exp01** has the largest total size"),
        ("모델 평균 f1이 제일 높은 프로젝트", "F1 평균이 가장 높은 것은 **surface-inspection**"),
    ],
)
def test_rows_are_ranked_by_a_sum_or_a_mean_of_theirs(sample: Book, question: str, told: str) -> None:
    assert told in Talk(sample).ask(question).text


def test_a_piece_of_a_name_before_a_version_is_of_what_has_versions(sample: Book) -> None:
    assert "surface-yolov5l v3.2" in Talk(sample).ask("서피스 v3.2 등록 날짜").text


def test_the_values_that_rows_are_narrowed_down_by_are_told(sample: Book) -> None:
    assert set(Talk(sample).ask("F1 0.9 넘는 모델 이름이랑 값").column("f1_score")) == {0.934, 0.921, 0.903}


def test_whose_is_no_wish_to_switch_off(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("이서연 프로젝트")

    assert "invoice-ocr" in talk.ask("말고 최유진 꺼").text


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("운영 모델 몇 개고 그중 f1 제일 높은 건?", "**4개**", "surface-yolov5l v3.2"),
        ("데이터셋 몇 개고 그중 제일 큰 건 뭐야?", "**12개**", "meeting-audio-ko"),
        ("NLP팀 프로젝트 몇 개에요, 글구 그중 진행중인 거 이름도", "**3개**", "invoice-ocr"),
        ("모델 제일 많이 뽑은 사람 누구고 그 모델들 평균 정밀도는?", "**김민준**", "89.43%"),
        ("프로젝트 제일 많은 팀은 어디고 그 팀 데이터셋 총 용량은?", "**비전팀**", "273.5 GB"),
        ("가장 오래 걸린 학습은 뭐고 그 gpu는?", "paddleocr-invoice-exp04", "GPU는 **V100**"),
    ],
)
def test_the_second_is_asked_of_what_the_first_found(talk: Talk, question: str, first: str, last: str) -> None:
    told = talk.ask(question).text
    assert first in told
    assert last in told


def test_what_else_shares_a_value_is_still_asked_for(talk: Talk) -> None:
    talk.ask("가장 오래 걸린 학습은 뭐야")
    assert len(talk.ask("그 gpu 쓴 다른 학습은?").rows) == 2
