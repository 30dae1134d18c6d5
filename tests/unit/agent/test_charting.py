"""Which chart is made of a result."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.chart import MAX_CATEGORIES, MAX_RUNS, Chart, ChartError, ChartKind, Point
from agent.charting import Wish, chart_of, is_drawable
from agent.headings import Heading, Kind, headings
from agent.sheet import Sheet
from db.catalog.catalog import Catalog
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.table import Cell, Table

NOW = datetime(2026, 11, 21, 10)
KINDS: tuple[ChartKind, ...] = ("bar", "grouped_bar", "line", "scatter", "precision_recall", "gantt")
MODELS = "SELECT models.name, models.version"
METRICS = "FROM models JOIN metrics ON metrics.model_id = models.id"


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> SemanticLayer:
    """The sample catalogue's meaning."""
    path = tmp_path_factory.mktemp("catalog") / "catalog.db"
    build_sample(path)

    async def read() -> SemanticLayer:
        async with await Catalog.open(f"sqlite:///{path}", SAMPLE_SEMANTICS) as catalog:
            return catalog.semantics

    return asyncio.run(read())


def sheet(
    layer: SemanticLayer,
    sql: str,
    columns: tuple[str, ...],
    *rows: tuple[Cell, ...],
    language: Language = "ko",
    subject: str = "",
) -> Sheet:
    table = Table(columns, rows)
    return Sheet(table, headings(sql, columns, layer, "sqlite", language), layer, language, NOW, subject)


def made(chart: Chart | None) -> dict[str, Any]:
    """What is drawn, as plain values."""
    assert chart is not None
    lines = {one.name: one.values for one in chart.series}
    return {
        "kind": chart.kind,
        "title": chart.title,
        "categories": chart.categories,
        "series": lines,
        "unit": chart.unit,
    }


COUNTS = "SELECT stage, COUNT(models.id) AS models_count FROM models GROUP BY stage"


def test_counts_by_group_are_bars_under_the_words_of_the_catalogue(layer: SemanticLayer) -> None:
    given_ = sheet(layer, COUNTS, ("stage", "models_count"), ("production", 4), ("archived", 1), (None, 2))
    assert made(chart_of(given_)) == {
        "kind": "bar",
        "title": "스테이지별 모델 수",
        "categories": ("프로덕션", "보관", "없음"),
        "series": {"모델 수": (4.0, 1.0, 2.0)},
        "unit": "",
    }


def test_an_english_title_reads_as_english_does(layer: SemanticLayer) -> None:
    given_ = sheet(layer, COUNTS, ("stage", "models_count"), ("production", 4), ("archived", 1), language="en")
    assert made(chart_of(given_))["title"] == "Model count by stage"


def test_two_groups_are_grouped_bars_and_what_was_not_counted_is_zero(layer: SemanticLayer) -> None:
    sql = "SELECT users.team, models.stage, COUNT(models.id) AS models_count FROM models, users GROUP BY 1, 2"
    rows = (("NLP팀", "production", 2), ("비전팀", "production", 1), ("비전팀", "archived", 1))
    drawn = made(chart_of(sheet(layer, sql, ("team", "stage", "models_count"), *rows)))
    assert (drawn["kind"], drawn["title"]) == ("grouped_bar", "팀·스테이지별 모델 수")
    assert drawn["series"] == {"프로덕션": (2.0, 1.0), "보관": (0.0, 1.0)}


def test_shares_are_percent_and_names_go_with_their_versions(layer: SemanticLayer) -> None:
    given_ = sheet(
        layer, f"{MODELS}, metrics.f1_score {METRICS}", ("name", "version", "f1_score"),
        ("wafer", "v1", 0.912), ("wafer", "v2", None), ("solder", "v1", 0.874),
    )  # fmt: skip
    chart = chart_of(given_)
    assert made(chart) == {
        "kind": "bar",
        "title": "모델별 F1",
        "categories": ("wafer v1", "solder v1"),
        "series": {"F1": (91.2, 87.4)},
        "unit": "%",
    }
    assert chart is not None
    assert chart.blank == 1


def test_measures_of_one_unit_stand_side_by_side_and_others_are_left_to_the_table(layer: SemanticLayer) -> None:
    sql = f"{MODELS}, metrics.map50, metrics.f1_score, metrics.recall, metrics.inference_ms {METRICS}"
    rows = tuple((f"m{at}", "v1", 0.5, 0.6, 0.7, 20.0) for at in range(6))
    drawn = made(chart_of(sheet(layer, sql, ("name", "version", "map50", "f1_score", "recall", "inference_ms"), *rows)))
    assert drawn["kind"] == "grouped_bar"
    assert list(drawn["series"]) == ["mAP50", "F1", "Recall(재현율)"]


def test_few_rows_with_many_measures_are_compared_measure_by_measure(layer: SemanticLayer) -> None:
    sql = f"{MODELS}, metrics.map50, metrics.f1_score, metrics.recall {METRICS}"
    rows = (("wafer", "v1", 0.5, 0.6, 0.7), ("wafer", "v1", 0.6, 0.7, 0.8))
    drawn = made(chart_of(sheet(layer, sql, ("name", "version", "map50", "f1_score", "recall"), *rows)))
    assert drawn["categories"] == ("mAP50", "F1", "Recall(재현율)")
    assert drawn["series"] == {"wafer v1 #1": (50.0, 60.0, 70.0), "wafer v1 #2": (60.0, 70.0, 80.0)}


def test_named_rows_in_the_order_of_a_measure_are_a_ranking_by_it(layer: SemanticLayer) -> None:
    sql = "SELECT name, num_samples, size_gb FROM datasets ORDER BY size_gb DESC"
    rows = (("a", 3, 9.5), ("b", 1, 7.0), ("c", 2, 0.5))
    drawn = made(chart_of(sheet(layer, sql, ("name", "num_samples", "size_gb"), *rows)))
    assert (drawn["title"], drawn["series"], drawn["unit"]) == ("데이터셋별 용량", {"용량": (9.5, 7.0, 0.5)}, "GB")


def test_what_the_question_ranked_by_is_drawn(layer: SemanticLayer) -> None:
    sql = "SELECT name, num_samples, size_gb FROM datasets"
    given_ = sheet(layer, sql, ("name", "num_samples", "size_gb"), ("a", 3, 9.5), ("b", 1, 7.0), ("c", 2, 0.5))
    assert list(made(chart_of(given_, Wish(ranked="num_samples")))["series"]) == ["샘플 수"]


def test_months_are_a_line_in_their_order_with_those_in_which_nothing_was(layer: SemanticLayer) -> None:
    sql = "SELECT SUBSTR(registered_at, 1, 7) AS month, COUNT(id) AS models_count FROM models GROUP BY 1"
    drawn = made(chart_of(sheet(layer, sql, ("month", "models_count"), ("2024-09", 2), ("2024-06", 1))))
    assert drawn["kind"] == "line"
    assert drawn["categories"] == ("2024-06", "2024-07", "2024-08", "2024-09")
    assert list(drawn["series"].values()) == [(1.0, 0.0, 0.0, 2.0)]


def test_an_average_of_no_month_is_missing_and_not_zero(layer: SemanticLayer) -> None:
    sql = "SELECT SUBSTR(registered_at, 1, 4) AS year, AVG(parameters_m) AS avg_parameters_m FROM models GROUP BY 1"
    drawn = made(chart_of(sheet(layer, sql, ("year", "avg_parameters_m"), ("2024", 2.5), ("2026", 1.5))))
    assert drawn["categories"] == ("2024", "2026")


def test_a_line_for_each_group(layer: SemanticLayer) -> None:
    sql = "SELECT SUBSTR(registered_at, 1, 7) AS month, stage, COUNT(id) AS n FROM models GROUP BY 1, 2"
    rows = (("2024-06", "production", 2), ("2024-08", "production", 1), ("2024-08", "archived", 3))
    drawn = made(chart_of(sheet(layer, sql, ("month", "stage", "n"), *rows)))
    assert drawn["categories"] == ("2024-06", "2024-07", "2024-08")
    assert drawn["series"] == {"프로덕션": (2.0, 0.0, 1.0), "보관": (0.0, 0.0, 3.0)}


def test_moments_that_come_twice_are_no_line(layer: SemanticLayer) -> None:
    sql = "SELECT created_at, size_gb, name FROM datasets"
    rows = (("2024-06-01", 2.0, "a"), ("2024-06-01", 1.0, "b"))
    drawn = made(chart_of(sheet(layer, sql, ("created_at", "size_gb", "name"), *rows), Wish("line")))
    assert drawn["kind"] == "bar"


def test_rows_with_a_date_are_a_line_where_one_is_wished_for(layer: SemanticLayer) -> None:
    sql = "SELECT created_at, size_gb FROM datasets"
    rows = (("2024-07-01 09:00:00", 2.0), ("2024-06-01", 1.0), (None, 3.0))
    chart = chart_of(sheet(layer, sql, ("created_at", "size_gb"), *rows), Wish("line"))
    assert made(chart)["categories"] == ("2024-06-01", "2024-07-01")
    assert chart is not None
    assert chart.blank == 1


def test_groups_are_joined_by_a_line_where_one_is_wished_for(layer: SemanticLayer) -> None:
    given_ = sheet(layer, COUNTS, ("stage", "models_count"), ("production", 4), ("archived", 1))
    assert made(chart_of(given_, Wish("line")))["kind"] == "line"


PLANE = f"{MODELS}, metrics.precision_val, metrics.recall, metrics.f1_score {METRICS}"
PLANE_ROWS = (("a", "v1", 0.95, 0.79, 0.86), ("b", "v1", 0.84, 0.95, 0.89), ("c", "v1", None, 0.5, None))


@pytest.mark.parametrize("columns", [("name", "version", "precision_val", "recall"),
                                     ("name", "version", "precision_val", "recall", "f1_score")])  # fmt: skip
def test_precision_and_recall_make_their_plane_also_beside_their_mean(
    layer: SemanticLayer, columns: tuple[str, ...]
) -> None:
    sql = PLANE if len(columns) == 5 else PLANE.replace(", metrics.f1_score", "")
    chart = chart_of(sheet(layer, sql, columns, *(row[: len(columns)] for row in PLANE_ROWS)))
    assert chart is not None
    assert (chart.kind, chart.title, chart.blank) == ("precision_recall", "모델별 정밀도와 재현율", 1)
    assert chart.points == (Point("a v1", 79.0, 95.0), Point("b v1", 95.0, 84.0))
    assert (chart.x_label, chart.y_label) == ("Recall(재현율)", "Precision(정밀도)")


def test_a_wish_goes_before_what_suits_the_columns(layer: SemanticLayer) -> None:
    given_ = sheet(layer, PLANE, ("name", "version", "precision_val", "recall", "f1_score"), *PLANE_ROWS)
    kinds = [made(chart_of(given_, Wish(kind)))["kind"] for kind in KINDS]
    assert kinds == ["grouped_bar", "grouped_bar", "line", "scatter", "precision_recall", "precision_recall"]


def test_two_measures_against_each_other(layer: SemanticLayer) -> None:
    sql = f"{MODELS}, metrics.f1_score, models.parameters_m {METRICS}"
    rows = (("a", "v1", 0.9, 25.0), ("b", "v1", 0.8, 12.0))
    chart = chart_of(sheet(layer, sql, ("name", "version", "f1_score", "parameters_m"), *rows), Wish("scatter"))
    assert chart is not None
    assert (chart.title, chart.x_label, chart.y_label) == ("F1에 따른 파라미터 수", "F1 (%)", "파라미터 수 (M)")
    assert chart.points[0] == Point("a v1", 90.0, 25.0)


RUNS = "SELECT name, status, started_at, finished_at FROM pipelines"
RUN_COLUMNS = ("name", "status", "started_at", "finished_at")


def test_starts_and_ends_are_runs_and_what_goes_on_goes_on_until_now(layer: SemanticLayer) -> None:
    rows = (
        ("late", "running", "2026-11-20 08:00:00", None),
        ("early", "completed", "2026-11-01 08:00:00", "2026-11-01 09:00:00"),
        ("queued", "pending", None, None),
        ("odd", "failed", "2026-11-02 08:00:00", "2026-11-01 08:00:00"),
    )
    chart = chart_of(sheet(layer, RUNS, RUN_COLUMNS, *rows))
    assert chart is not None
    assert (chart.kind, chart.title, chart.until, chart.blank) == ("gantt", "파이프라인별 실행 기간", NOW, 2)
    assert [(run.name, run.status, run.end is None) for run in chart.runs] == [
        ("early", "완료", False),
        ("late", "실행 중", True),
    ]


def test_of_very_many_runs_the_last_are_drawn(layer: SemanticLayer) -> None:
    rows = tuple((f"r{at}", "completed", f"2026-10-{at % 28 + 1:02d} 08:00:00", None) for at in range(MAX_RUNS + 5))
    chart = chart_of(sheet(layer, RUNS, RUN_COLUMNS, *rows))
    assert chart is not None
    assert (len(chart.runs), chart.cut) == (MAX_RUNS, 5)


def test_of_a_long_list_the_first_are_drawn_and_the_rest_is_counted(layer: SemanticLayer) -> None:
    rows = tuple((f"d{at}", float(100 - at)) for at in range(MAX_CATEGORIES + 3))
    chart = chart_of(sheet(layer, "SELECT name, size_gb FROM datasets", ("name", "size_gb"), *rows))
    assert chart is not None
    assert (len(chart.categories), chart.cut) == (MAX_CATEGORIES, 3)


@pytest.mark.parametrize(
    ("sql", "columns", "rows"),
    [
        (COUNTS, ("stage", "models_count"), ()),
        (COUNTS, ("stage", "models_count"), (("production", 4),)),
        ("SELECT name, status FROM projects", ("name", "status"), (("a", "active"), ("b", "paused"))),
        ("SELECT id, name FROM projects", ("id", "name"), ((1, "a"), (2, "b"))),
        ("SELECT name, size_gb FROM datasets", ("name", "size_gb"), (("a", 1.0), ("b", None))),
        ("SELECT size_gb FROM datasets", ("size_gb",), ((1.0,), (2.0,))),
    ],
    ids=["no row", "one row", "no number", "an id is no number", "one value", "no name"],
)
def test_there_is_no_chart_where_there_is_nothing_to_compare(
    layer: SemanticLayer, sql: str, columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]
) -> None:
    given_ = sheet(layer, sql, columns, *rows)
    assert [chart_of(given_, Wish(kind)) for kind in (None, *KINDS)] == [None] * 7
    assert not is_drawable(given_.table, given_.headings, layer, "ko")


def test_rows_without_headings_are_not_drawn(layer: SemanticLayer) -> None:
    assert not is_drawable(None, (), layer, "ko")
    assert not is_drawable(Table(("a", "b"), (("x", 1), ("y", 2))), (), layer, "ko")
    assert is_drawable(Table(("a", "b"), (("x", 1), ("y", 2))), (Heading("a"), Heading("b")), layer, "ko")


def test_columns_that_are_named_are_taken_and_those_that_are_not_there_are_told(layer: SemanticLayer) -> None:
    table = Table(("what", "how", "n", "m"), (("a", "x", 1, 10), ("a", "y", 2, 20), ("b", "x", 3, 30)))
    given_ = Sheet(table, tuple(map(Heading, table.columns)), layer, "en", NOW)
    chart = chart_of(given_, Wish("grouped_bar", "Mine", x="what", y=("m",), series="how"))
    assert made(chart) == {
        "kind": "grouped_bar",
        "title": "Mine",
        "categories": ("a", "b"),
        "series": {"x": (10.0, 30.0), "y": (20.0, 0.0)},
        "unit": "",
    }
    points = chart_of(given_, Wish("scatter", x="n", y=("m",), label="how"))
    assert points is not None
    assert points.points[0] == Point("x", 1.0, 10.0)
    with pytest.raises(ChartError, match="there is no column 'nope'; there are what, how, n, m"):
        chart_of(given_, Wish(x="nope"))


def test_precision_and_recall_by_other_names_are_found_where_they_are_named(layer: SemanticLayer) -> None:
    table = Table(("m", "p", "r"), (("a", 0.9, 0.8), ("b", 0.8, 0.9)))
    given_ = Sheet(table, tuple(map(Heading, table.columns)), layer, "en", NOW)
    chart = chart_of(given_, Wish("precision_recall", x="r", y=("p",)))
    assert chart is not None
    assert chart.points == (Point("a", 80.0, 90.0), Point("b", 90.0, 80.0))


def test_starts_and_ends_by_other_names_are_runs_where_they_are_named(layer: SemanticLayer) -> None:
    table = Table(
        ("m", "begun", "over", "kind"), (("a", "2026-01-01", "2026-01-02", "x"), ("b", "2026-01-02", None, "y"))
    )
    given_ = Sheet(table, tuple(map(Heading, table.columns)), layer, "en", NOW)
    chart = chart_of(given_, Wish("gantt", x="begun", y=("over",), series="kind"))
    assert chart is not None
    assert [run.status for run in chart.runs] == ["x", "y"]


TEXTS = st.text(max_size=70) | st.sampled_from(["2024-06", "2024-06-01", "2024-06-01 09:00:00", "2025", "production"])
CELLS = st.none() | st.integers(-(10**9), 10**9) | st.just(10**400) | st.floats(allow_nan=True) | TEXTS
COLUMN_NAMES = st.sampled_from(
    ["id", "name", "month", "percent", "part", "recall", "precision_val", "n", "x", "started_at"]
)


@settings(max_examples=150)
@given(st.data())
def test_whatever_the_rows_a_chart_is_valid_or_none(layer: SemanticLayer, data: st.DataObject) -> None:
    columns = tuple(data.draw(st.lists(COLUMN_NAMES, min_size=1, max_size=6)))
    rows = tuple(data.draw(st.lists(st.tuples(*[CELLS for _ in columns]), max_size=60)))
    kinds: st.SearchStrategy[Kind] = st.sampled_from(["plain", "code", "ratio", "percent", "date", "flag"])
    heads = tuple(
        Heading(
            name,
            data.draw(kinds),
            is_key=name == "id",
            is_name=name == "name",
            table="models" if name == "name" else "",
        )
        for name in columns
    )
    given_ = Sheet(Table(columns, rows), heads, layer, "ko", NOW)
    for kind in (None, *KINDS):
        chart = chart_of(given_, Wish(kind))
        assert chart is None or chart.marks >= 2
