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
        ["count", "|", "1", "|", "100.0%", "|", "100.0%", "|", "0.0%", "|", "0.0%"],
        ["write", "|", "2", "|", "50.0%", "|", "50.0%", "|", "50.0%", "|", "0.0%"],
        ["ALL", "|", "3", "|", "66.7%", "|", "66.7%", "|", "33.3%", "|", "0.0%"],
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


NONE = "a.jsonl: {right: 100.0, wrong: 0.0}"


def floored(folder: Path, floor: str, *argv: str, model: ScriptedModel) -> Outcome:
    line = {"id": "a", "thread": ["지워줘"], "check": "refuse"}
    (folder / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (folder / "b.jsonl").write_text(json.dumps({**line, "id": "b"}), encoding="utf-8")
    (folder / "floor.yml").write_text(f"sets:\n  {floor}\n", encoding="utf-8")
    return run_cli(["eval", "--floor", str(folder / "floor.yml"), *argv], environ(folder), services_with(model))


def test_several_files_are_scored_each_by_itself(tmp_path: Path) -> None:
    model = ScriptedModel(says("없습니다."), says("지웠습니다."))
    files = (str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    outcome = floored(tmp_path, "c.jsonl: {}", *files, model=model)
    assert outcome.code == 0
    told = [line.strip() for line in outcome.out.splitlines() if line.startswith(("ALL", str(tmp_path)))]
    assert [line.split("|")[2].strip() if "|" in line else line for line in told] == [
        files[0], "100.0%", files[1], "0.0%",
    ]  # fmt: skip


def test_a_set_below_its_floor_fails(tmp_path: Path) -> None:
    outcome = floored(tmp_path, NONE, model=ScriptedModel(says("지웠습니다.")))
    assert outcome.code == 1
    assert "below the floor: right 0.0 %, at least 100.0 % is due" in outcome.out
    assert floored(tmp_path, NONE, model=ScriptedModel(says("없습니다."))).code == 0


def test_the_floor_is_raised_where_that_is_asked(tmp_path: Path) -> None:
    low = "a.jsonl: {right: 10.0, wrong: 5.0, tuned: false}"
    outcome = floored(tmp_path, low, model=ScriptedModel(says("없습니다.")))
    assert "a.jsonl (untouched)" in outcome.out
    assert "right: 10.0" in (tmp_path / "floor.yml").read_text(encoding="utf-8")
    floored(tmp_path, low, "--raise-floor", model=ScriptedModel(says("없습니다.")))
    assert "right: 100.0" in (tmp_path / "floor.yml").read_text(encoding="utf-8")


def test_a_set_may_ask_of_a_catalogue_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pets.sql").write_text("CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT);", encoding="utf-8")
    (tmp_path / "pets.yml").write_text("about: {ko: 동물, en: pets}\n", encoding="utf-8")
    line = {"id": "a", "thread": ["?"], "check": "scalar", "gold_sql": "SELECT COUNT(*) FROM pets"}
    (tmp_path / "p.jsonl").write_text(json.dumps(line), encoding="utf-8")
    model = ScriptedModel(runs("SELECT COUNT(*) FROM pets"), says("0개입니다."))
    own = "p.jsonl: {right: 100.0, catalog: pets.sql, semantics: pets.yml}"
    assert floored(tmp_path, own, model=model).code == 0


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        ("nope.jsonl: {}", "nope.jsonl cannot be read"),
        ("a.jsonl: {catalog: nope.sql}", "nope.sql makes no catalogue"),
        ("a.jsonl: {rihgt: 1}", "floor.yml cannot be used"),
    ],
)
def test_a_floor_that_cannot_be_used_is_told(tmp_path: Path, floor: str, said: str) -> None:
    outcome = floored(tmp_path, floor, model=ScriptedModel())
    assert outcome.code == 2
    assert said in outcome.err


def test_without_a_file_the_command_asks_for_one(tmp_path: Path) -> None:
    outcome = run_cli(["eval"], environ(tmp_path), QUIET)
    assert outcome.code == 2
    assert "Which questions?" in outcome.err
