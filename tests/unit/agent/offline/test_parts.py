"""The engine's parts on their own: dates, amounts, clean text, dialects, frames."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.llm.protocol import Observation, Prompt, Step, ToolCall
from agent.memory import Memory
from agent.offline import OfflineModel
from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Filter, Order, Query, dump, load
from agent.offline.query.sql import render
from agent.offline.saying.cells import bold, cell, number, plain
from agent.offline.words.amounts import amount_at
from agent.offline.words.mending.guard import asks_to_write
from agent.offline.words.normalise import LONGEST_QUESTION, clean, squeeze
from agent.offline.words.when import date_at
from tests.unit.agent.offline.talk import NOW, TOOLS, Book, Talk

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("오늘", "2026-11-21", "2026-11-22"),
        ("어제", "2026-11-20", "2026-11-21"),
        ("그제", "2026-11-19", "2026-11-20"),
        ("이번 주", "2026-11-16", "2026-11-23"),
        ("지난주", "2026-11-09", "2026-11-16"),
        ("지지난주", "2026-11-02", "2026-11-09"),
        ("이번 달", "2026-11-01", "2026-12-01"),
        ("지난달에", "2026-10-01", "2026-11-01"),
        ("지지난달", "2026-09-01", "2026-10-01"),
        ("올해", "2026-01-01", "2027-01-01"),
        ("작년", "2025-01-01", "2026-01-01"),
        ("재작년", "2024-01-01", "2025-01-01"),
        ("올해 3분기", "2026-07-01", "2026-10-01"),
        ("작년 하반기", "2025-07-01", "2026-01-01"),
        ("올해 상반기", "2026-01-01", "2026-07-01"),
        ("2024년 2분기", "2024-04-01", "2024-07-01"),
        ("1분기", "2026-01-01", "2026-04-01"),
        ("2025년 3월", "2025-03-01", "2025-04-01"),
        ("25년 3월 2일", "2025-03-02", "2025-03-03"),
        ("12월", "2025-12-01", "2026-01-01"),
        ("6월 3일", "2026-06-03", "2026-06-04"),
        ("2024-06-03", "2024-06-03", "2024-06-04"),
        ("2024.06", "2024-06-01", "2024-07-01"),
        ("최근 2주", "2026-11-07", None),
        ("최근 3개월 동안", "2026-08-21", None),
        ("최근 1년간", "2025-11-21", None),
        ("지난 10일", "2026-11-11", None),
        ("최근 반년", "2026-05-21", None),
        ("2025년 이후에", "2025-01-01", None),
        ("2025년부터", "2025-01-01", None),
        ("2025년 이전", None, "2025-01-01"),
        ("2025년까지", None, "2026-01-01"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("this week", "2026-11-16", "2026-11-23"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("yesterday", "2026-11-20", "2026-11-21"),
        ("last two weeks", "2026-11-07", None),
        ("past 3 months", "2026-08-21", None),
        ("October 2026", "2026-10-01", "2026-11-01"),
        ("in June", "2026-06-01", "2026-07-01"),
        ("since 2025", "2025-01-01", None),
        ("before 2025", None, "2025-01-01"),
        ("until 2025", None, "2026-01-01"),
        ("in 2024", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_date_is_read(text: str, start: str | None, end: str | None) -> None:
    found = date_at(text, 0, TODAY)
    assert found is not None
    assert (found[1].start, found[1].end) == (start, end)


def test_a_word_before_a_date_turns_it() -> None:
    found = date_at("since 2025-03", 6, TODAY)
    assert found is not None
    assert found[1].end is None
    assert date_at("2월 31일", 0, TODAY) is None
    assert date_at("모델", 0, TODAY) is None


@given(st.text(max_size=30), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_may_hold_a_date(text: str, today: date) -> None:
    date_at(text, 0, today)
    amount_at(text, 0)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("95퍼센트", 95, "%"),
        ("15ms", 0.015, "s"),
        ("2시간", 7200, "s"),
        ("20기가", 2e10, "byte"),
        ("1,200개", 1200, "count"),
        ("5만 개", 50_000, "count"),
        ("1억", 1e8, ""),
        ("세 번째", 3, "ordinal"),
        ("두 개", 2, "count"),
        ("두 모델", 2, "count"),
        ("9번", 9, "id"),
        ("three", 3, "count"),
        ("second", 2, "ordinal"),
        ("0.9", 0.9, ""),
    ],
)
def test_an_amount_is_read(text: str, value: float, unit: str) -> None:
    found = amount_at(text, 0)
    assert found is not None
    assert found[1].value == pytest.approx(value)
    assert found[1].unit == unit


def test_a_number_inside_a_name_is_no_amount() -> None:
    assert amount_at("100abc", 0) is None
    assert amount_at("모델", 0) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("펴ㅕㅇ균 속도", "평균 속도"),
        ("ㅅ수", "수"),
        ("맡은ㄴ", "맡은"),
        ("모델 ㄱㄱ", "모델 ㄱㄱ"),
        ("ㅓ셋", "ㅓ셋"),
        ("각가", "각가"),
    ],
)
def test_a_key_struck_twice_is_one(typed: str, meant: str) -> None:
    assert clean(typed) == meant


def test_slack_mark_up_and_laughter_are_taken_out() -> None:
    assert clean("<@U123> *A100* 파이프라인 ㅋㅋㅋㅋ :tada: 🔥 몇&amp;개?") == "*A100* 파이프라인 몇&개?"
    assert clean("<mailto:a@b.c|a@b.c> 누구") == "a@b.c 누구"
    assert clean("<https://x.y> 뭐") == "https://x.y 뭐"
    assert len(clean("가나" * LONGEST_QUESTION)) == LONGEST_QUESTION


@given(st.text())
def test_squeezed_text_remembers_its_places(text: str) -> None:
    squeezed = squeeze(clean(text))
    assert len(squeezed) == len(squeezed.gaps) == len(squeezed.places)
    assert squeezed.surface(0, 0) == ""


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("모델 삭제해줘", True),
        ("새 프로젝트 만들어줘", True),
        ("drop table users", True),
        ("can you restart pipeline 9", True),
        ("삭제된 모델 보여줘", False),
        ("비교표 만들어줘", False),
        ("배포된 모델", False),
        ("which models were deployed", False),
    ],
)
def test_requests_to_write_are_told_apart(text: str, writes: bool) -> None:
    assert asks_to_write(text) is writes


FULL = Query(
    "models",
    columns=(("users", "name"), ("", "registration_lag")),
    filters=(
        Filter(("metrics", "recall"), "between", (0.5, None)),
        Filter(("models", "name"), "=", ("a", "b"), True),
        Filter(("artifacts", "type"), "=", ("log",), True),
        Filter(("metrics", "recall"), "null", (), True),
        Filter(("", "registration_lag"), ">", (3.0,)),
    ),
    either=(Filter(("models", "stage"), "=", ("staging",)), Filter(("users", "team"), "=", ("비전팀",))),
    present=("pipelines",),
    absent=("metrics",),
    order=(Order(("models", "name"), False),),
    having=(">", 1.0),
)


def test_a_query_survives_json() -> None:
    assert load(dump(FULL)) == FULL
    assert load({}) is None
    assert load({**dump(FULL), "columns": [1]}) is None


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_a_query_is_rendered_for_a_dialect(sample: Book, dialect: str) -> None:
    sql = render(FULL, sample.semantics, dialect)
    assert ("JULIANDAY" in sql) is (dialect == "sqlite")
    if dialect == "sqlite":
        sample.database.execute(sql)


def test_groups_are_ranked_and_kept_by_place(sample: Book) -> None:
    query = Query("users", groups=(("users", "name"),), counted="projects", measure="count", zero=True)
    for changed in (query, replace(query, order=(Order(COUNTED, False),)), replace(query, having=(">=", 2))):
        assert sample.database.execute(render(changed, sample.semantics)).fetchall()
    first = replace(query, order=(Order(COUNTED, True),), place=1)
    assert len(sample.database.execute(render(first, sample.semantics)).fetchall()) == 3


def test_an_unconnected_join_is_an_error(bare_shop: Book) -> None:
    with pytest.raises(LookupError):
        joins.path(bare_shop.semantics, "clerk", "item")
    assert joins.distance(bare_shop.semantics, "clerk", "item") == joins.UNCONNECTED


def test_cells_are_written_for_people(sample: Book) -> None:
    layer = sample.semantics
    recall = layer.column(("metrics", "recall"))
    assert cell(0.948, recall, "ko") == "94.8%"
    assert cell(None, recall, "en") == "none (NULL)"
    assert cell(1.5, None, "ko") == "1.5"
    assert cell(1200, layer.column(("datasets", "num_samples")), "en") == "1,200"
    assert cell("active", layer.column(("projects", "status")), "ko") == "진행 중(active)"
    assert number(1234567.0) == "1,234,567"
    assert bold(" ") == ""
    assert plain("a *b*\n`c`") == "a ∗b∗ ˋcˋ"


async def test_tool_calls_have_their_own_ids_and_steps_of_others_are_understood(sample: Book) -> None:
    model = OfflineModel(sample)
    assert (model.name, model.engine) == ("offline", "offline")
    prompt = Prompt("김민준이 몇 번의 실험을 했어?", "ko", NOW, Memory(), TOOLS)
    first = await model.complete(prompt, lambda _: None)
    assert len({call.id for call in first.tool_calls}) == len(first.tool_calls) == 3
    odd = Observation(ToolCall("x", "execute_sql", "not json"), "?", ok=False)
    again = await model.complete(replace(prompt, steps=(Step(first, (odd,)),)), lambda _: None)
    assert [call.arguments for call in again.tool_calls] == [call.arguments for call in first.tool_calls]


async def test_a_look_up_that_fails_is_said_to_have_failed(sample: Book) -> None:
    model = OfflineModel(sample)
    prompt = Prompt("프로젝트 보여줘", "ko", NOW, Memory(), TOOLS)
    first = await model.complete(prompt, lambda _: None)
    seen = tuple(Observation(call, "ERROR: locked", ok=False, sql="SELECT 1") for call in first.tool_calls)
    done = await model.complete(replace(prompt, steps=(Step(first, seen),)), lambda _: None)
    assert "문제가 생겨" in done.text
    without_tools = await model.complete(replace(prompt, tools=()), lambda _: None)
    assert "문제가 생겨" in without_tools.text


def test_a_changed_catalogue_is_read_anew(sample: Book, shop: Book) -> None:
    class Moving:
        book = sample

        @property
        def semantics(self) -> object:
            return self.book.semantics

        @property
        def values(self) -> object:
            return self.book.values

    moving = Moving()
    model = OfflineModel(moving)  # type: ignore[arg-type] # typed by hand to swap the catalogue
    assert model._current().layer is sample.semantics
    moving.book = shop
    assert model._current().layer is shop.semantics


ENGLISH = [
    ("김민준", "profile"),
    ("show projects with status active and type nlp", "callcenter-intent"),
    ("which datasets were created before 2024?", "churn-2022"),
    ("models without mAP", "mAP50"),
    ("models with parameters between 20 and 30", "wafer"),
    ("share of models in production", "%"),
    ("compare A100 and H100 pipelines count", "H100"),
    ("average size of checkpoints", "MB"),
    ("how many distinct formats?", "format"),
    ("models by team", "team"),
    ("second fastest model", "solder"),
    ("pipelines of user 5", "lstm"),
    ("models with recall higher than precision", "wafer"),
    ("hello", "Hello"),
    ("show the artifacts with best.pt", "best.pt"),
    ("what is the stage of intent-kobrt?", "production"),
    ("recommend a fast model", "surface"),
    ("how long did each pipeline take", "hours"),
    ("projects of 8", "한승우"),
]


@pytest.mark.parametrize(("question", "_says"), ENGLISH)
def test_an_english_question_is_answered_or_asked_back(sample: Book, question: str, _says: str) -> None:
    told = Talk(sample).ask(question)
    assert told.text
    assert all(sql.startswith("SELECT") for sql in told.sql)
