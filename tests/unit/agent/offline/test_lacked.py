"""What rows lack in a time, what was never used, when there was the most of something: asked in English and Korean."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "count", "told"),
    [
        ("projects with no runs this year", 8, "projects without pipelines started in 2026"),
        ("who hasn't trained anything this year", 6, "users without pipelines started in 2026"),
        ("올해 모델 등록 안 한 사람", 6, "등록일이 2026년인 모델이 없는 사용자"),
        ("프로덕션 모델이 없는 프로젝트", 6, "프로덕션(production) 모델이 없는 프로젝트"),
        ("projects started in 2024 with no models", 1, "created in 2024 without a model"),
        ("runs without artifacts", 2, "without an artifact"),
        ("datasets not used this year", 10, "datasets without pipelines started in 2026"),
        ("which datasets aren't used by any run", 1, "dataset without a pipeline"),
        ("unused datasets", 1, "dataset without a pipeline"),
        ("models not having f1", 1, "model without F1"),
    ],
)
def test_what_is_lacked_is_lacked_in_that_time_alone(talk: Talk, question: str, count: int, told: str) -> None:
    answer = talk.ask(question)
    assert len(answer.rows) == count
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "users without completed runs this year",
        "datasets that aren't images",
        "unused projects of 김민준",  # none of the two is
        "never used models",
    ],
)
def test_what_may_be_lacked_in_two_ways_is_asked_back(talk: Talk, question: str) -> None:
    assert not talk.ask(question).rows


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("which month had the most runs", "2024-06"),
        ("runs per month", "2022-08"),
    ],
)
def test_the_busiest_part_of_time_is_told_alone(talk: Talk, question: str, first: str) -> None:
    months = talk.ask(question).column("month")
    assert months[0] == first
    assert (len(months) == 1) == ("most" in question)


def test_a_word_across_a_space_is_no_slip(talk: Talk) -> None:
    assert "irs" not in talk.ask("how old is the iris dataset").text.replace("iris", "")


def test_how_fast_a_model_is_is_told(talk: Talk) -> None:
    assert "11.8 ms" in talk.ask("how fast is surface-yolov5l?").text


@pytest.mark.parametrize(
    ("thread", "told"),
    [
        (("production models", "who made the fastest one?"), "The user is **박도현**"),
        (("production models", "which is the fastest?"), "**surface-yolov5l v3.2** has the shortest"),
        (("production models", "fastest first"), "Here are **4** production models"),
        (("how many runs failed", "which ones?"), "Here is lstm-log-exp01"),
        (("recommend me a fast model", "who owns it"), "The user of surface-yolov5l v3.2 is **박도현**"),
        (("artifacts of paddleocr-invoice-exp04", "total?"), "**65.7 MB**"),
        (("archived projects", "owners too"), "user 윤채원"),
        (("which one",), "I cannot tell which one"),
    ],
)
def test_a_short_question_goes_on_about_what_was_shown(talk: Talk, thread: tuple[str, ...], told: str) -> None:
    assert told in [talk.ask(question).text for question in thread][-1]
