"""`mlops-bot eval`, in process over a real catalogue."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.errors import ModelUnavailable
from tests.scripted import ScriptedModel, runs, says
from tests.terminal import Outcome, environ, run_cli, services_with

QUIET = services_with()
A100 = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"


def evaluate(folder: Path, lines: list[Any], *argv: str, model: ScriptedModel | None = None) -> Outcome:
    file = folder / "set.jsonl"
    file.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), encoding="utf-8")
    return run_cli(["eval", str(file), *argv], environ(folder), services_with(model or ScriptedModel()))


def test_a_set_is_asked_scored_and_written_down(tmp_path: Path) -> None:
    model = ScriptedModel(runs(A100), says("3개입니다."), says("없습니다."), says("네"), says("지웠습니다."))
    lines = [
        {"id": "a", "thread": ["A100?"], "category": "count", "check": "scalar", "gold_sql": A100},
        {"id": "b", "thread": ["지워줘"], "category": "write", "check": "refuse"},
        {"id": "c", "thread": ["하나", "지워줘"], "category": "write", "check": "refuse"},
    ]
    out = tmp_path / "preds.jsonl"
    outcome = evaluate(tmp_path, lines, "--out", str(out), "--fails", "5", model=model)
    assert outcome.code == 0
    assert [line.split() for line in outcome.out.splitlines() if line.startswith(("count", "write", "ALL"))] == [
        ["count", "|", "1", "|", "100.0%", "|", "100.0%"],
        ["write", "|", "2", "|", "50.0%", "|", "50.0%"],
        ["ALL", "|", "3", "|", "66.7%", "|", "66.7%"],
    ]
    assert "FAIL c: no refusal in the text: 하나 / 지워줘" in outcome.out
    assert outcome.out.splitlines()[-1] == "3 asked, 0 unanswered, 0 bad lines"
    predictions = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in predictions] == ["a", "b", "c"]
    assert predictions[0]["sql"] == [A100]
    assert predictions[0]["rows"] == [[3]]
    assert len(model.prompts[-1].memory.turns) == 1


def test_a_bad_line_is_named_and_the_rest_is_asked(tmp_path: Path) -> None:
    model = ScriptedModel(says("네"), ModelUnavailable("down"))
    outcome = evaluate(tmp_path, [{"id": "a", "thread": ["?"]}, "{", {"id": "b", "thread": ["?"]}], model=model)
    assert outcome.code == 1
    assert "set.jsonl, line 2: not JSON" in outcome.err
    assert outcome.out.splitlines() == ["unanswered: b (model_unavailable)", "2 asked, 1 unanswered, 1 bad lines"]


def test_gold_that_does_not_run_here_is_told(tmp_path: Path) -> None:
    line = {"id": "a", "thread": ["?"], "check": "rows", "gold_sql": "SELECT nope FROM users"}
    outcome = evaluate(tmp_path, [line], model=ScriptedModel(says("네")))
    assert outcome.code == 1
    assert "not scored: a: its gold SQL does not run" in outcome.out


def test_the_set_is_asked_as_of_its_day_unless_another_is_given(tmp_path: Path) -> None:
    model = ScriptedModel(says("네"), says("네"), says("네"))
    lines = [{"id": "a", "thread": ["?"], "as_of": "2025-01-02"}, {"id": "b", "thread": ["?"]}]
    evaluate(tmp_path, lines, model=model)
    evaluate(tmp_path, lines[:1], "--as-of", "2024-03-04", model=model)
    days = [prompt.now.date().isoformat() for prompt in model.prompts]
    assert days == ["2025-01-02", "2026-11-21", "2024-03-04"]


def test_the_bots_own_store_is_left_alone(tmp_path: Path) -> None:
    evaluate(tmp_path, [{"id": "a", "thread": ["?"]}], model=ScriptedModel(says("네")))
    assert not (tmp_path / "store.db").exists()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["no-such.jsonl"], "no-such.jsonl cannot be read (No such file or directory)."),
        (["{folder}/empty.jsonl"], "holds no questions."),
        (["{folder}/latin.jsonl"], "cannot be read (not UTF-8 text)."),
        (["{folder}/one.jsonl", "--out", "{folder}/no/such/folder"], "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, argv: list[str], said: str) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "one.jsonl").write_text('{"id": "a", "thread": ["?"]}', encoding="utf-8")
    outcome = run_cli(["eval", *(each.format(folder=tmp_path) for each in argv)], environ(tmp_path), QUIET)
    assert outcome.code == 2
    assert said in outcome.err


def test_the_engine_of_the_command_line_goes_before_the_settings(tmp_path: Path) -> None:
    outcome = evaluate(tmp_path, [{"id": "a", "thread": ["?"]}], "--engine", "llm")
    assert outcome.code == 2
    assert "LLM_ENGINE=llm needs a key" in outcome.err


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_a_usage_error(tmp_path: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        evaluate(tmp_path, [], "--as-of", day)
    assert done.value.code == 2
    assert "write one like 2026-11-21" in capsys.readouterr().err


def test_a_moment_may_have_a_time(tmp_path: Path) -> None:
    model = ScriptedModel(says("네"))
    evaluate(tmp_path, [{"id": "a", "thread": ["?"]}], "--as-of", "2026-01-02T23:30", model=model)
    assert model.prompts[0].now.isoformat() == "2026-01-02T23:30:00+09:00"
