"""`mlops-bot ask` and `mlops-bot chat`, driven in process over a real catalogue and store."""

import asyncio
import io
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from agent.errors import ModelUnavailable
from agent.llm.protocol import Completion, Engine, OnText, Prompt
from agent.offer import Choice, Offer
from agent.offline.engine import OfflineModel
from bot.services import Services
from bot.settings import Settings
from bot.terminal.chat import run_chat
from bot.terminal.lines import make_history, piped_lines
from bot.terminal.shell import Shell
from db.store.errors import StoreUnavailable
from tests.scripted import ScriptedModel, runs, says
from tests.terminal import Outcome, Screen, environ, run_cli, services_with

NAMES = "SELECT name, version FROM models WHERE id < 3"


def ask(folder: Path, *argv: str, model: ScriptedModel | None = None, out: io.StringIO | None = None) -> Outcome:
    model = model or ScriptedModel(runs(NAMES), says("모델은 **두 개**입니다."))
    return run_cli(["ask", *argv], environ(folder), services_with(model), out=out)


def test_an_answer_shows_text_rows_and_sql(tmp_path: Path) -> None:
    outcome = ask(tmp_path, "모델 보여줘")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "모델은 **두 개**입니다.",
        "",
        "모델 이름            | 버전",
        "---------------------|-----",
        "wafer-defect-yolov8m | v2.0",
        "wafer-defect-yolov8m | v2.1",
        "",
        f"[SQL] {NAMES}",
    ]


def test_a_terminal_gets_markdown_drawn_and_frames(tmp_path: Path) -> None:
    out = ask(tmp_path, "모델 보여줘", out=Screen()).out
    assert "**" not in out
    assert "+--" in out


def test_usage_is_a_line_of_tokens_cost_and_time(tmp_path: Path) -> None:
    korean = ask(tmp_path, "모델 보여줘", "--usage").out.splitlines()[-1]
    assert korean.startswith("[사용량] solar-pro3 · 입력 2,000 · 출력 150 토큰 · 모델 호출 2회 · $")
    english = ask(tmp_path, "show models", "--usage").out.splitlines()[-1]
    assert english.startswith("[usage] solar-pro3 · 2,000 tokens in · 150 out · 2 completions · $")


def test_a_model_without_a_price_says_so(tmp_path: Path) -> None:
    model = ScriptedModel(says("hi"), name="home-made")
    assert "price unknown" in ask(tmp_path, "hello", "--usage", model=model).out


def test_json_holds_the_whole_answer(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT nope FROM models"), runs(NAMES), says("둘입니다."))
    data = json.loads(ask(tmp_path, " 모델? ", "--json", "--thread", "mine", model=model).out)
    table = {"columns": ["name", "version"], "rows": [["wafer-defect-yolov8m", v] for v in ("v2.0", "v2.1")]}
    assert data["queries"][0]["table"] is None
    assert "nope" in data["queries"][0]["error"]
    assert data["queries"][1] == {"sql": NAMES, "error": None, "table": {**table, "truncated": False}}
    assert data["result"] == data["queries"][1]["table"]
    assert {key: data[key] for key in ("thread", "question", "text", "language", "engine", "notice")} == {
        "thread": "mine",
        "question": "모델?",
        "text": "둘입니다.",
        "language": "ko",
        "engine": "llm",
        "notice": None,
    }
    assert {**data["usage"], "cost_usd": None} == {
        "model": "solar-pro3",
        "completions": 3,
        "prompt_tokens": 3000,
        "cached_tokens": 0,
        "completion_tokens": 200,
        "cost_usd": None,
    }
    assert data["usage"]["cost_usd"] > 0


def test_an_unknown_price_is_null_in_json(tmp_path: Path) -> None:
    data = json.loads(ask(tmp_path, "hello", "--json", model=ScriptedModel(says("hi"), name="home-made")).out)
    assert data["usage"]["cost_usd"] is None
    assert data["result"] is None


def test_no_answer_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    outcome = ask(tmp_path, "hello", model=ScriptedModel(ModelUnavailable("down")))
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("The language model cannot be reached.")


def test_no_answer_is_an_error_in_json(tmp_path: Path) -> None:
    outcome = ask(tmp_path, "", "--json")
    data = json.loads(outcome.out)
    assert outcome.code == 1
    assert list(data) == ["turn_id", "thread", "question", "error"]
    assert data["error"]["code"] == "empty"
    assert data["turn_id"] in data["error"]["message"]


def test_a_fault_of_ours_is_a_sentence_too(tmp_path: Path) -> None:
    outcome = ask(tmp_path, "hello", model=ScriptedModel(ZeroDivisionError("oops")))
    assert outcome.code == 1
    assert "Something unexpected" in outcome.err.splitlines()[-1]


def test_a_thread_goes_on_where_it_was_left(tmp_path: Path) -> None:
    ask(tmp_path, "첫 질문", "--thread", "t")
    model = ScriptedModel(says("네"), says("네"))
    ask(tmp_path, "그 모델은?", "--thread", "t", model=model)
    assert [turn.question for turn in model.prompts[0].memory.turns] == ["첫 질문"]
    ask(tmp_path, "그 모델은?", model=model)
    assert model.prompts[1].memory.turns == ()


def chat(folder: Path, typed: str, *argv: str, model: ScriptedModel) -> list[str]:
    outcome = run_cli(["chat", *argv], environ(folder), services_with(model), typed=typed)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()


def test_piped_questions_are_answered_in_order_in_one_thread(tmp_path: Path) -> None:
    model = ScriptedModel(says("하나"), says("둘"))
    assert chat(tmp_path, "첫째\n\n  둘째  \n", model=model) == ["> 첫째", "하나", "", "> 둘째", "둘", ""]
    assert len(model.prompts[1].memory.turns) == 1


@pytest.mark.parametrize("word", ["quit", "/quit", "/exit", "/q", "종료"])
def test_a_word_ends_the_talk(tmp_path: Path, word: str) -> None:
    model = ScriptedModel(says("하나"))
    assert chat(tmp_path, f"첫째\n{word}\n둘째\n", model=model) == ["> 첫째", "하나", ""]


def test_help_tells_what_can_be_typed_and_nothing_is_asked(tmp_path: Path) -> None:
    lines = chat(tmp_path, "/help\n/nope\n", model=ScriptedModel())
    assert any("/chart" in line and "/quit" in line for line in lines)
    assert lines[-1] == "여기에는 /nope 명령이 없습니다. /help로 쓸 수 있는 말을 볼 수 있습니다."


def test_a_path_is_a_question(tmp_path: Path) -> None:
    lines = chat(tmp_path, "/mnt/artifacts/x.log\n", model=ScriptedModel(says("로그입니다.")))
    assert lines == ["> /mnt/artifacts/x.log", "로그입니다.", ""]


def test_the_json_of_an_answer_holds_its_choices(tmp_path: Path) -> None:
    offer = Offer("asked_back", (Choice("둘째", "둘째 모델은?"),))
    data = json.loads(ask(tmp_path, "?", "--json", model=ScriptedModel(Completion("어느 것?", offer=offer))).out)
    assert data["offer"] == {"kind": "asked_back", "choices": [["둘째", "둘째 모델은?"]]}
    assert json.loads(ask(tmp_path, "?", "--json", model=ScriptedModel(says("네"))).out)["offer"] is None


def test_a_choice_is_taken_by_its_number(tmp_path: Path) -> None:
    offer = Offer("next", (Choice("담당자", "그 모델 담당자는 누구야?"), Choice("경로", "그 모델 경로는?")))
    model = ScriptedModel(Completion("모델입니다.", offer=offer), says("여기요"), says("셋?"))
    lines = chat(tmp_path, "모델?\n2\n2\n", model=model)
    assert lines[1:7] == ["모델입니다.", "", "이어서 이렇게 물어보실 수 있어요", "  1. 담당자", "  2. 경로", ""]
    assert lines[7:9] == ["> 2", "→ 경로"]
    assert [prompt.question for prompt in model.prompts] == ["모델?", "그 모델 경로는?", "2"]


@pytest.mark.parametrize("word", ["quit", "exit", "EXIT", "종료"])
def test_a_word_ends_the_chat(tmp_path: Path, word: str) -> None:
    assert chat(tmp_path, f" {word} \n남은 질문\n", model=ScriptedModel()) == []


def test_an_error_does_not_end_the_chat(tmp_path: Path) -> None:
    lines = chat(tmp_path, "hello\nagain\n", "--usage", model=ScriptedModel(ModelUnavailable("down"), says("here")))
    assert lines[1].startswith("The language model cannot be reached.")
    assert lines[4] == "here"
    assert lines[5].startswith("[usage] ")


async def _typing(keys: str, folder: Path, model: Any, **settings: str) -> str:
    """What the screen shows when a person types `keys` into the line editor."""
    screen = Screen()
    shell = Shell(environ(folder, **settings), None, services_with(model), Screen(), screen, io.StringIO())
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text(keys)
        async with shell.open_services(shell.settings()) as services:
            assert await run_chat(shell, services, history=InMemoryHistory()) == 0
    return screen.getvalue()


async def test_a_person_is_greeted_with_examples_and_seen_off(tmp_path: Path) -> None:
    shown = await _typing("모델?\rexit\r", tmp_path, ScriptedModel(says("**둘**입니다")))
    assert "MLOps 카탈로그에 대해 물어보세요." in shown
    assert "예를 들면" in shown
    assert "둘입니다" in shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert shown.rstrip().endswith("안녕히 가세요.")


async def test_an_english_bot_greets_in_english(tmp_path: Path) -> None:
    shown = await _typing("\x04", tmp_path, ScriptedModel(), BOT_LANGUAGE="en")
    assert "Ask about the MLOps catalogue." in shown
    assert shown.rstrip().endswith("Goodbye.")


async def test_a_catalogue_without_examples_greets_without(tmp_path: Path) -> None:
    shown = await _typing("\x03", tmp_path, ScriptedModel(), CATALOG_SEMANTICS="")
    assert "물어보세요" in shown
    assert "예를 들면" not in shown


class Interrupted:
    """A model during whose first completion the person presses Ctrl-C."""

    name = "solar-pro3"
    engine: Engine = "llm"

    def __init__(self) -> None:
        self.completions = 0

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        self.completions += 1
        if self.completions == 1:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()
        return says("다시 왔습니다")


async def test_ctrl_c_during_a_turn_stops_the_turn_and_not_the_chat(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    shown = await _typing("느린 질문\r다음 질문\rexit\r", tmp_path, Interrupted())
    assert "멈췄습니다." in shown
    assert "다시 왔습니다" in shown
    assert signal.getsignal(signal.SIGINT) is before


async def test_where_the_loop_has_no_signals_a_turn_still_runs(tmp_path: Path) -> None:
    services = services_with(ScriptedModel(says("네")))
    typed, out = io.StringIO("질문\n"), io.StringIO()
    shell = Shell(environ(tmp_path), None, services, typed, out, io.StringIO())

    async def talk() -> None:
        async with shell.open_services(shell.settings()) as opened:
            await run_chat(shell, opened)

    await asyncio.to_thread(asyncio.run, talk())
    assert out.getvalue() == "> 질문\n네\n\n"


async def test_a_pipe_is_read_line_by_line_until_it_ends() -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, encoding="utf-8") as reading:
        lines = piped_lines(reading)
        os.write(write_end, "하나\n".encode())
        assert await anext(lines) == "하나\n"
        os.write(write_end, b"\xff\nlast")
        os.close(write_end)
        assert [line async for line in lines] == ["\ufffd\n", "last"]


async def test_a_file_is_read_as_well_as_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("하나\n둘\n", encoding="utf-8")
    with file.open(encoding="utf-8") as reading:
        assert [line async for line in piped_lines(reading)] == ["하나\n", "둘\n"]


def test_history_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history"
    assert isinstance(make_history(path), FileHistory)
    assert path.stat().st_mode & 0o077 == 0


def test_history_that_cannot_be_kept_is_held_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert isinstance(make_history(tmp_path / "file" / "history"), InMemoryHistory)


async def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    @asynccontextmanager
    async def broken(settings: Settings) -> AsyncIterator[Services]:
        async with services_with(ScriptedModel(StoreUnavailable("gone")))(settings) as services:
            yield services

    outcome = await asyncio.to_thread(run_cli, ["ask", "hello"], environ(tmp_path), broken)
    assert outcome.code == 1
    assert "own store cannot be reached" in outcome.err


def test_my_is_whose_address_is_given_else_that_of_the_setting_else_asked_back(tmp_path: Path) -> None:
    def mine(*more: str, **given: str) -> Outcome:
        return run_cli(["ask", "내 프로젝트 보여줘", *more], environ(tmp_path, **given), services_with(OfflineModel))

    assert "defect-detection-v2" in mine("--me", "minjun.kim@example.com").out
    assert "callcenter-intent" in mine(ME="seoyeon.lee@example.com").out
    assert "defect-detection-v2" in mine("--me", "minjun.kim@example.com", ME="seoyeon.lee@example.com").out
    assert "--me" in mine().out
    assert "누구신지" in mine(ME="nobody@example.com").out
    unknown = mine("--me", "nobody@example.com")
    assert unknown.code != 0
    assert "nobody@example.com" in unknown.err
    assert "ME: must be an e-mail address" in mine(ME="김민준").err
