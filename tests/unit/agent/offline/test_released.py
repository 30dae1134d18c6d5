"""What was asked before is let go of where a question says so, or is whole; a figure goes on with the rows."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("지난달에 끝난 파이프라인은?", "지금 돌고 있는 거 뭐 있어?"),
        ("지난달에 시작한 파이프라인은?", "현재 실행 중인 건?"),
        ("which pipelines failed last month and why?", "what's running right now?"),
        ("which pipelines failed last month?", "what's running on the H100 right now?"),
        ("which pipelines started last month?", "which ones ever failed?"),
    ],
)
def test_a_word_of_now_lets_go_of_the_time_before(talk: Talk, first: str, then: str) -> None:
    talk.ask(first)
    told = talk.ask(then)
    assert "pipelines.status = " in told.sql[0]
    assert "2026-10-01" not in told.sql[0]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("지난달에 시작한 파이프라인은?", "완료된 건?"),
        ("지난달에 시작한 파이프라인은?", "지금 보여준 것 중 완료된 건?"),
        ("which pipelines started last month?", "now the failed ones"),
    ],
)
def test_without_such_a_word_the_time_stays(talk: Talk, first: str, then: str) -> None:
    talk.ask(first)
    assert "2026-10-01" in talk.ask(then).sql[0]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("스테이징 모델 중 배포해도 되는 거 있어?", "wafer-defect-yolov8m v2.0이랑 v2.1 비교해줘"),
        ("왓퍼 디펙트 모델 버전별로 비교해줘", "wafer-defect-yolov8m v2.0이랑 v2.1 뭐가 달라?"),
    ],
)
def test_two_rows_named_in_full_are_compared_without_what_was_asked_before(talk: Talk, first: str, then: str) -> None:
    talk.ask(first)
    told = talk.ask(then)
    assert "v2.0 90.1% · v2.1 **92.3%**" in told.text
    assert "models.stage" not in told.sql[0].partition("WHERE")[2]
    assert "LIKE" not in told.sql[0]


def test_a_version_alone_still_stands_in_place_of_the_last(talk: Talk) -> None:
    talk.ask("wafer-defect-yolov8m v2.0의 f1은?")
    assert "metrics.f1_score" in talk.ask("v2.1은?").sql[0]


@pytest.mark.parametrize(
    ("first", "held"),
    [("지난달에 끝난 파이프라인은?", "2026-10-01"), ("A100 파이프라인 보여줘", "'A100'")],
)
def test_a_figure_behind_a_superlative_is_of_the_rows_before_it(talk: Talk, first: str, held: str) -> None:
    talk.through([first, "제일 오래 걸린 건?"])
    told = talk.ask("평균 몇 시간 걸렸어?")
    assert told.sql[0].startswith("SELECT AVG")
    assert held in told.sql[0]


def test_a_figure_with_its_own_noun_is_of_all(talk: Talk) -> None:
    talk.through(["A100 파이프라인 보여줘", "제일 오래 걸린 건?"])
    assert "'A100'" not in talk.ask("파이프라인 평균 학습 시간은?").sql[0]
