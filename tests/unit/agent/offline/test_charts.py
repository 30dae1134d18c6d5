"""The rules and charts: when one is asked for, when one comes by itself, and what is said where there is none."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.answer import Answer
from agent.chart import ChartKind
from agent.llm.protocol import Completion, Observation, Prompt, Step, ToolSpec
from agent.memory import Memory, RememberedTurn
from agent.offline.engine import OfflineModel
from agent.offline.words.charts import Wanted, wanted
from tests.parts import NOW, Parts, open_parts
from tests.scripted import ScriptedModel, runs, says


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("그래프로 보여줘", None),
        ("차트로", None),
        ("그래프", None),
        ("막대그래프로", "bar"),
        ("막대 그래프로 바꿔줘", "bar"),
        ("바 차트로 보여줄래?", "bar"),
        ("선 그래프로", "line"),
        ("꺾은선 그래프로 그려 주세요", "line"),
        ("산점도로", "scatter"),
        ("간트 차트로 보여줘", "gantt"),
        ("PR 평면으로", "precision_recall"),
        ("정밀도-재현율 그래프로", "precision_recall"),
        ("이거 그래프로 그려줘", None),
        ("그걸 그래프로 볼 수 있을까?", None),
        ("이 결과 도표로 좀 보여주세요", None),
        ("결과를 시각화해줘", None),
        ("비교해서 그래프로 보여줘 ㅋㅋ", None),
        ("그려줘", None),
        ("show it as a chart", None),
        ("plot that", None),
        ("graph it", None),
        ("can you plot that?", None),
        ("bar chart please", "bar"),
        ("as a line graph", "line"),
        ("visualize this", None),
        ("now as a scatter plot", "scatter"),
    ],
)
def test_a_chart_of_what_stands_in_the_thread_is_wanted(text: str, kind: ChartKind | None) -> None:
    found = wanted(text)
    assert found is not None
    assert (found.is_alone, found.is_asked, found.kind) == (True, True, kind)


@pytest.mark.parametrize(
    ("text", "rest", "kind"),
    [
        ("팀별 파이프라인 수 그래프로 보여줘", "팀별 파이프라인 수 보여줘", None),
        ("팀별 파이프라인 수를 차트로", "팀별 파이프라인 수를", None),
        ("모델별 F1 막대그래프 그려줘", "모델별 F1", "bar"),
        ("팀별 모델 수 시각화", "팀별 모델 수", None),
        ("실패한 파이프라인 그래프로", "실패한 파이프라인", None),
        ("yolov8 모델들 정밀도 재현율 그래프로 비교해줘", "yolov8 모델들 정밀도 재현율 비교해줘", "precision_recall"),
        ("월별 파이프라인 수 추이 그래프로 보여줘", "월별 파이프라인 수 보여줘", "line"),
        ("show me a bar chart of pipelines per team", "pipelines per team", "bar"),
        ("plot pipelines per team", "pipelines per team", None),
        ("pipelines per team as a chart", "pipelines per team", None),
        ("a scatter plot of parameters and F1", "parameters and F1", "scatter"),
        ("how many pipelines per team? show as chart", "how many pipelines per team?", None),
    ],
)
def test_the_words_for_a_chart_are_taken_out_of_a_question(text: str, rest: str, kind: ChartKind | None) -> None:
    assert wanted(text) == Wanted(kind, rest, is_alone=False)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("월별 파이프라인 수 추이", "월별 파이프라인 수"),
        ("the trend of pipelines per month", "pipelines per month"),
        ("monthly trend of pipelines", "monthly pipelines"),
    ],
)
def test_a_trend_is_a_line_also_where_no_chart_is_spoken_of(text: str, rest: str) -> None:
    assert wanted(text) == Wanted("line", rest, is_alone=False, is_asked=False)


@pytest.mark.parametrize(
    "text",
    [
        "그래프 말고 표로 보여줘",
        "without a chart please",
        "그래프 모델 보여줘",
        "graph neural network 모델 보여줘",
        "모델 chart-ocr 보여줘",
        "선택된 모델 보여줘",
        "학습 곡선 보여줘",
        "추이 보여줘",
        "show the trend",
        "모델 보여줘",
        "",
    ],
)
def test_other_questions_are_left_as_they_are(text: str) -> None:
    assert wanted(text) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_looked_through(text: str) -> None:
    found = wanted(text)
    assert found is None or found.is_alone or found.rest


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with open_parts(tmp_path, lambda vocabulary: [OfflineModel(vocabulary)]) as opened:
        yield opened


async def asked(parts: Parts, *questions: str) -> list[Answer]:
    return [await parts.ask(question) for question in questions]


def kind_of(answer: Answer) -> str | None:
    return None if answer.chart is None else answer.chart.kind


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [
        ("팀별 파이프라인 수", "bar", "팀별 파이프라인 수"),
        ("팀별 스테이지별 모델 수", "grouped_bar", "팀·스테이지별 모델 수"),
        ("모델 성능 비교", "grouped_bar", "모델별 mAP50 · F1 · Precision(정밀도) · Recall(재현율)"),
        ("compare precision and recall of the models", "precision_recall", "Precision and recall by model"),
        ("F1 높은 순으로 모델 5개", "bar", "모델별 F1"),
        ("가장 오래 걸린 파이프라인 5개", "bar", "파이프라인별 학습 시간"),
        ("월별 파이프라인 수 추이", "line", "월별 파이프라인 수"),
        ("연도별 모델 등록 수", "line", "연도별 모델 수"),
        ("gpu별 파이프라인 실패율", "bar", "GPU별 실패 비율"),
        ("GPU별 평균 학습 시간", "bar", "GPU별 평균 학습 시간"),
    ],
)
async def test_comparisons_rankings_and_trends_come_with_a_chart(
    parts: Parts, question: str, kind: str, title: str
) -> None:
    (answer,) = await asked(parts, question)
    assert answer.chart is not None
    assert (answer.chart.kind, answer.chart.title) == (kind, title)


@pytest.mark.parametrize(
    "question",
    ["모델 몇 개야?", "실행 중인 파이프라인", "프로젝트 목록", "오탐이 적은 모델 추천해줘", "안녕",
     "가장 오래 걸린 파이프라인은?", "모델의 평균 F1", "가장 모델이 많은 팀은?"],
)  # fmt: skip
async def test_other_answers_come_without(parts: Parts, question: str) -> None:
    (answer,) = await asked(parts, question)
    assert answer.chart is None


async def test_what_could_be_drawn_is_known(parts: Parts) -> None:
    datasets, projects = await asked(parts, "데이터셋 보여줘", "프로젝트 목록")
    assert (datasets.is_drawable, projects.is_drawable) == (True, False)


async def test_a_list_is_drawn_where_its_chart_is_asked_for(parts: Parts) -> None:
    (answer,) = await asked(parts, "데이터셋 그래프로 보여줘")
    assert kind_of(answer) == "bar"


async def test_a_chart_of_runs_brings_their_starts_and_ends(parts: Parts) -> None:
    (answer,) = await asked(parts, "완료된 파이프라인 이름을 간트 차트로")
    assert kind_of(answer) == "gantt"
    assert answer.result is not None
    assert {"started_at", "finished_at"} <= set(answer.result.columns)


async def test_a_plane_brings_precision_and_recall(parts: Parts) -> None:
    (answer,) = await asked(parts, "모델들 PR 평면으로 보여줘")
    assert kind_of(answer) == "precision_recall"


@pytest.mark.parametrize("question", ["실행 중인 파이프라인 그래프로", "모델 총 몇 개인지 차트로 보여줘"])
async def test_one_row_is_not_drawn_and_it_is_said(parts: Parts, question: str) -> None:
    (answer,) = await asked(parts, question)
    if answer.chart is None:
        assert "그래프로" in answer.text.rsplit("\n\n", 1)[-1]


async def test_rows_without_numbers_are_not_drawn_and_it_is_said(parts: Parts) -> None:
    (answer,) = await asked(parts, "프로젝트 목록 그래프로")
    assert answer.chart is None
    assert answer.text.endswith("그려 드릴 수 있어요.")


async def test_where_another_kind_has_to_do_it_is_said(parts: Parts) -> None:
    (answer,) = await asked(parts, "팀별 파이프라인 수 간트 차트로")
    assert kind_of(answer) == "bar"
    assert answer.text.endswith("간트 차트로는 그릴 수 없는 결과라 막대그래프를 골랐습니다.")


async def test_a_question_that_is_not_understood_is_asked_back_and_nothing_is_said_of_charts(parts: Parts) -> None:
    (answer,) = await asked(parts, "팀별 뿌루뿌루 수 그래프로 보여줘")
    assert answer.chart is None
    assert "그래프" not in answer.text


async def test_show_it_as_a_chart_draws_the_rows_that_were_answered(parts: Parts) -> None:
    first, second, third = await asked(parts, "데이터셋 보여줘", "그래프로 보여줘", "show it as a bar chart")
    assert first.chart is None
    assert kind_of(second) == kind_of(third) == "bar"
    assert second.text.startswith("**데이터셋별 샘플 수**: 막대그래프로 그렸습니다. 가장 큰 값은 ")
    assert third.text.startswith("**Samples by dataset** as a bar chart. Highest: ")
    assert first.result is not None
    assert second.result is not None
    assert second.result.rows == first.result.rows


async def test_after_a_word_of_thanks_the_last_rows_are_still_meant(parts: Parts) -> None:
    answers = await asked(parts, "팀별 파이프라인 수", "고마워", "선 그래프로")
    assert kind_of(answers[-1]) == "line"


async def test_what_was_spoken_of_stays_so_after_the_chart(parts: Parts) -> None:
    answers = await asked(parts, "실패한 파이프라인 보여줘", "그래프로 보여줘", "그 파이프라인 담당자는 누구야?")
    assert answers[1].chart is None
    assert answers[1].text.startswith("답이 하나라")
    assert "정하은" in answers[-1].text


async def test_runs_that_were_listed_by_name_alone_are_drawn_with_their_times(parts: Parts) -> None:
    answers = await asked(parts, "완료된 파이프라인 이름만 보여줘", "간트 차트로 보여줘")
    assert kind_of(answers[-1]) == "gantt"


async def test_without_an_answer_before_there_is_nothing_to_draw(parts: Parts) -> None:
    (answer,) = await asked(parts, "그래프로 보여줘")
    assert (answer.chart, answer.queries) == (None, ())
    assert answer.text.startswith("아직 그래프로 그릴 결과가 없습니다.")


async def test_one_number_is_no_chart_but_its_rows_may_be_runs(parts: Parts) -> None:
    _, bar, gantt = await asked(parts, "파이프라인 몇 개야?", "그래프로", "간트 차트로")
    assert bar.text.startswith("답이 하나라 그래프로 견줄 것이 없습니다.")
    assert kind_of(gantt) == "gantt"


async def test_an_answer_of_the_model_is_drawn_by_the_rules(tmp_path: Path) -> None:
    sql = "SELECT team, COUNT(*) AS people FROM users GROUP BY team"
    model = ScriptedModel(runs(sql), says("**4개** 팀입니다."), runs("SELECT name FROM users"), says("이름들입니다."))
    async with open_parts(tmp_path, [model]) as parts:
        await parts.ask("팀마다 몇 명이야?")
    async with open_parts(tmp_path, lambda vocabulary: [OfflineModel(vocabulary)]) as parts:
        answer = await parts.ask("그래프로 보여줘")
    assert answer.chart is not None
    assert (answer.chart.kind, answer.chart.title, answer.chart.marks) == ("bar", "팀별 people", 4)


async def test_rows_that_are_no_longer_to_be_had_are_not_drawn(parts: Parts) -> None:
    """Columns may have become private since, or the table may be gone: the guard says no as to any statement."""
    model = OfflineModel(parts.catalog)
    before = RememberedTurn("팀마다 몇 명이야?", "**4개** 팀입니다.", ("SELECT nobody FROM users",))
    tools = (ToolSpec("execute_sql", "", {}),)
    prompt = Prompt("그래프로 보여줘", "ko", NOW, Memory((before,)), tools)
    (call,) = (await model.complete(prompt, lambda _: None)).tool_calls
    failed = Observation(call, "ERROR: no such column", ok=False, sql="SELECT nobody FROM users")
    step = Step(Completion(tool_calls=(call,)), (failed,))
    said: list[str] = []
    answer = await model.complete(replace(prompt, steps=(step,)), said.append)
    assert said == [answer.text]
    assert answer.text.startswith("앞의 결과를 다시 조회하지 못해")
    assert await model.complete(replace(prompt, tools=()), lambda _: None) == answer, "nor where no call is possible"
