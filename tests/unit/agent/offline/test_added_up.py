"""What one named row has below it is added up, and a bounded measure is not ranked by as well."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("how many images does the wafer project have across its datasets", "**38,520**"),
        ("how many images does the wafer project have", "**38,520**"),
        ("how many images does defect-detection-v2 have", "**38,520**"),
        ("defect-detection-v2 프로젝트 이미지 몇 장이야?", "**38,520개**"),
        ("callcenter-intent 프로젝트 용량 얼마야?", "**2.1 GB**"),
        ("wafer-image-2024q1의 프로젝트의 샘플 수 합계", "**12,840개**"),
    ],
)
def test_a_number_of_one_row_above_is_a_sum(talk: Talk, question: str, total: str) -> None:
    text = talk.ask(question).text
    assert total in text
    assert not text.startswith(("Yes", "네"))


def test_a_sum_is_told_of_the_rows_that_have_it(talk: Talk) -> None:
    assert talk.ask("wafer-image-2024q1의 프로젝트의 샘플 수 합계").text.startswith(
        "wafer-image-2024q1 데이터셋의 샘플 수 합계는"
    )
    assert talk.ask("how many images does defect-detection-v2 have").text.startswith("The total number of samples of")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many samples are in wafer-image-2024q1", "The samples of wafer-image-2024q1 are **12,840**."),
        ("how many models does callcenter-intent have", "**2** models"),
        ("how many datasets does defect-detection-v2 have", "**2**"),
    ],
)
def test_rows_are_counted_and_own_figures_told_as_ever(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("smallest model with latency under 15ms", "has the fewest parameters (6.3M)"),
        ("largest model with inference time below 13 ms", "has the most parameters (46.5M)"),
        ("smallest model under 15 ms with f1 above 0.88", "has the fewest parameters (25.9M)"),
        ("model with the lowest latency under 15 ms", "has the shortest inference time (3.9 ms)"),
        ("average latency of models under 15 ms", "is **9.78 ms**"),
    ],
)
def test_a_bound_is_a_bound(talk: Talk, question: str, named: str) -> None:
    assert named in talk.ask(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which dataset has the most pipelines", "have the most pipelines (2 each)."),
        ("파이프라인이 제일 많은 데이터셋은?", "입니다 (각 2개)."),
        ("누가 프로젝트를 제일 적게 갖고 있어?", "입니다 (0개)."),
    ],
)
def test_what_several_have_alike_is_told_of_each(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text
