"""What a chart shows, in words."""

from datetime import datetime

import pytest

from agent.chart import Chart, Point, Run, Series
from agent.chart_words import alt_text, amount, facts, figure
from tests.unit.agent.test_chart import bars

FROM, TO, NOW = datetime(2026, 11, 1, 8), datetime(2026, 11, 2, 17, 30), datetime(2026, 11, 21, 10)


def test_bars_are_told_by_their_ends() -> None:
    chart = Chart("bar", "팀별 모델 수", ("비전팀", "NLP팀"), (Series("모델 수", (7, 3)),), cut=2, blank=1)
    assert alt_text(chart, "ko") == (
        "막대그래프: 팀별 모델 수. 가장 큰 값은 비전팀(7), 가장 작은 값은 NLP팀(3)입니다."
        " 한 그래프에 담기에 많아 2개는 그리지 않았습니다. 값이 없는 1개는 뺐습니다."
    )
    assert alt_text(chart, "en") == (
        "Bar chart: 팀별 모델 수. Highest: 비전팀 (7); lowest: NLP팀 (3)."
        " 2 more were left out: too many for one chart. One without a value is left out."
    )


def test_values_that_are_all_the_same_have_no_ends() -> None:
    assert facts(bars(2, None, 2, unit="GB"), "ko") == ["값이 모두 2 GB입니다."]
    assert facts(bars(2, 2), "en") == ["Every value is 2."]


def test_of_many_that_are_alike_one_is_named() -> None:
    assert facts(bars(5, 0, 0, 0, 0), "ko") == ["가장 큰 값은 n0(5), 가장 작은 값은 n1 외 3개(0)입니다."]
    assert facts(bars(5, 5, 0), "en") == ["Highest: n0, n1 (5); lowest: n2 (0)."]


def test_of_several_series_each_value_has_its_series_named() -> None:
    chart = Chart("grouped_bar", "t", ("a", "b"), (Series("x", (1, 2)), Series("y", (3, None))))
    assert facts(chart, "en") == ["Highest: a y (3); lowest: a x (1)."]


def test_a_course_is_told_of_time_alone() -> None:
    months = Chart("line", "t", ("2026-01", "2026-02", "2026-03"), (Series("n", (3, 9, 5)),))
    assert facts(months, "ko")[0] == "2026-01(3)에서 2026-03(5)까지의 흐름입니다."
    assert facts(months, "en")[0] == "From 3 in 2026-01 to 5 in 2026-03."
    assert len(facts(Chart("line", "t", ("a", "b"), (Series("n", (3, 9)),)), "ko")) == 1


def test_a_plane_is_told_by_its_best_and_its_ends() -> None:
    points = (Point("v2.0", 78.9, 95.2), Point("v2.1", 94.8, 84.2))
    chart = Chart("precision_recall", "t", points=points, x_label="Recall", y_label="Precision", unit="%")
    assert facts(chart, "en") == [
        "The best F1 is that of v2.1 (89.19%).",
        "Precision: highest v2.0 (95.2%), lowest v2.1 (84.2%).",
        "Recall: highest v2.1 (94.8%), lowest v2.0 (78.9%).",
    ]
    assert facts(chart, "ko")[1] == "Precision은 v2.0이 95.2%로 가장 높고 v2.1이 84.2%로 가장 낮습니다."
    zero = Chart("precision_recall", "t", points=(Point("a", 0, 0),), unit="%")
    assert facts(zero, "en")[0] == "The best F1 is that of a (0%)."


def test_runs_are_told_by_their_time_the_longest_and_what_goes_on() -> None:
    chart = Chart("gantt", "t", runs=(Run("a", FROM, TO), Run("b", TO)), until=NOW)
    assert facts(chart, "ko") == [
        "실행 2건, 2026-11-01부터 2026-11-21까지입니다.",
        "가장 오래 걸린 것은 a(33시간 30분)입니다.",
        "아직 끝나지 않음: b.",
    ]
    assert facts(chart, "en") == [
        "2 runs between 2026-11-01 and 2026-11-21.",
        "The longest took 33 hours and 30 minutes: a.",
        "Still going: b.",
    ]
    assert len(facts(Chart("gantt", "t", runs=(Run("b", TO),), until=NOW), "en")) == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [(7, "7"), (1234.5, "1,234.5"), (93.456, "93.46"), (0.0, "0"), (-0.0, "0"), (0.00012, "0.00012"), (-3.0, "-3")],
)
def test_figures_have_no_digit_that_says_nothing(value: float, written: str) -> None:
    assert figure(value) == written


@pytest.mark.parametrize(("unit", "written"), [("", "2.5"), ("%", "2.5%"), ("GB", "2.5 GB"), ("시간", "2.5시간")])
def test_units_stand_as_they_are_spoken(unit: str, written: str) -> None:
    assert amount(2.5, unit) == written
