"""`mlops-bot ask --explain`: how a question was read."""

import json
from pathlib import Path

from agent.errors import ModelUnavailable
from agent.offline.engine import OfflineModel
from tests.scripted import ScriptedModel, runs, says
from tests.terminal import Outcome, environ, run_cli, services_with

RULES = services_with(OfflineModel)


def ask(folder: Path, *argv: str, **settings: str) -> Outcome:
    return run_cli(["ask", *argv], environ(folder, **settings), RULES)


def test_the_reading_stands_below_the_answer(tmp_path: Path) -> None:
    out = ask(tmp_path, "이서욘의 모델 보여줘", "--explain").out
    told = out.partition("규칙으로 읽은 과정입니다.")[2]
    assert "users.name = 이서연" in told
    assert "- 대상: models" in told
    assert "  SELECT" in told
    assert "규칙으로 읽은" not in ask(tmp_path, "이서욘의 모델 보여줘").out


def test_json_has_it_as_data(tmp_path: Path) -> None:
    data = json.loads(ask(tmp_path, "Show the models of 이서연", "--explain", "--json").out)
    (clause,) = data["explanation"]["clauses"]
    assert clause["query"]["head"] == "models"
    assert clause["joins"][0] == "models.pipeline_id = pipelines.id"
    assert "explanation" not in json.loads(ask(tmp_path, "Show the models", "--json").out)


def test_the_models_steps_are_shown(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT nope FROM models"), runs("SELECT name FROM models"), says("둘입니다."))
    out = run_cli(["ask", "모델?", "--explain"], environ(tmp_path), services_with(model)).out
    assert "1. execute_sql: SELECT nope FROM models → 오류:" in out
    assert "2. execute_sql: SELECT name FROM models → " in out
    assert "solar-pro3 · 호출 3회" in out


def test_an_engine_that_gave_up_leaves_what_it_tried(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT name FROM models"), ModelUnavailable("down"))
    out = run_cli(["ask", "모델 보여줘", "--explain"], environ(tmp_path), services_with(model, OfflineModel)).out
    assert "먼저 시도했지만 답하지 못한 질의" in out
    assert "llm: SELECT name FROM models → " in out


def test_no_answer_explains_nothing(tmp_path: Path) -> None:
    model = ScriptedModel(ModelUnavailable("down"))
    outcome = run_cli(["ask", "모델?", "--explain"], environ(tmp_path), services_with(model))
    assert (outcome.code, outcome.out) == (1, "")
