"""What the terminal shows of an answer and of the work on it."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from agent.answer import Answer, Query, Usage
from agent.headings import Heading
from agent.progress import Progress
from bot.terminal.drawing import clean, draw_answer, make_console, rows_left
from bot.terminal.progress import TurnView, describe_progress
from bot.terminal.shell import Shell
from db.catalog.table import Table
from tests.terminal import Screen, services_with

QUIET = services_with()
A100 = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"


def drawn(answer: Answer, stream: io.StringIO) -> str:
    draw_answer(make_console(stream), answer)
    return stream.getvalue()


def answer_with(*queries: Query, text: str = "텍스트", notice: str | None = None) -> Answer:
    return Answer("t", text, "ko", "llm", Usage("m"), queries, notice=notice)


def test_numbers_stand_right_and_null_is_a_dash(tmp_path: Path) -> None:
    table = Table(("이름", "값", "메모"), (("가나다", 1, None), ("b", 22.5, "x")))
    lines = drawn(answer_with(Query("SELECT 1", table)), io.StringIO()).splitlines()
    assert lines[2:6] == [
        "이름   |   값 | 메모",
        "-------|------|-----",
        "가나다 |    1 | –   ",
        "b      | 22.5 | x   ",
    ]


def test_wide_korean_keeps_the_frame_straight() -> None:
    table = Table(("이름", "n"), (("한글", None), ("abc", None)))
    lines = drawn(answer_with(Query("SELECT 1", table)), Screen()).splitlines()
    frame = [line for line in lines if line and line[0] in "+|"]
    assert len({cell_len(line) for line in map(_without_colours, frame)}) == 1


def _without_colours(line: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", line)


def test_nothing_from_a_cell_reaches_the_terminal_as_a_command() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202egnp\x9b"
    answer = answer_with(Query(f"SELECT '{evil}'", Table((evil,), ((evil,),)), evil), text=evil, notice=evil)
    shown = _without_colours(drawn(answer, Screen()))
    assert not set("\x1b\x07\u202e\x9b") & set(shown)
    assert clean("줄\n\t끝") == "줄\n\t끝"


def test_a_text_with_a_table_of_its_own_gets_no_second_one() -> None:
    text = "| a |\n|---|\n| 1 |"
    shown = drawn(answer_with(Query("SELECT 1", Table(("a",), ((1,),))), text=text), io.StringIO())
    assert shown.count("a |") == 1


def test_a_notice_comes_first() -> None:
    assert drawn(answer_with(notice="규칙으로 답했습니다."), io.StringIO()).startswith("규칙으로 답했습니다.\n텍스트")


def test_rows_that_are_not_shown_are_counted() -> None:
    many = Table(("n",), tuple((n,) for n in range(60)))
    assert "외 10건" in drawn(answer_with(Query("SELECT n", many)), io.StringIO())
    assert rows_left(many, "en") == "… and 10 more rows."
    cut = Table(("n",), ((1,),), truncated=True)
    assert "일부만" in rows_left(cut, "ko")
    assert rows_left(cut, "en")
    assert rows_left(Table(("n",), ()), "ko") == ""


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress("thinking", 1), "생각하고 있습니다…"),
        (Progress("tool", 2, "execute_sql"), "SQL을 실행하고 있습니다… (2)"),
        (Progress("tool", 1, "own_tool"), "도구를 쓰고 있습니다…"),
        (Progress("writing", 3), "답변을 쓰고 있습니다… (3)"),
    ],
)
def test_progress_is_told_in_words(progress: Progress, said: str) -> None:
    assert describe_progress(progress, "ko") == said
    assert describe_progress(replace(progress, step=1), "en").endswith("…")


def test_a_turn_shows_its_text_as_it_grows_and_leaves_no_trace() -> None:
    screen = Screen()
    with TurnView(make_console(screen), "en") as view:
        view.show(Progress("writing", 1, text="half an ans\x1b[2J"))
        growing = view._draw()
        view.show(Progress("tool", 2, "execute_sql"))
    assert "half an ans" in str(getattr(growing, "renderables", [growing])[0])
    assert screen.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))


def test_a_pipe_sees_no_spinner() -> None:
    pipe = io.StringIO()
    with TurnView(make_console(pipe), "en") as view:
        view.show(Progress("writing", 1, text="half"))
    assert pipe.getvalue() == ""


def test_a_shell_with_a_pipe_at_either_end_is_not_interactive() -> None:
    def shell(stdin: io.StringIO, stdout: io.StringIO) -> Shell:
        return Shell({}, None, QUIET, stdin, stdout, io.StringIO())

    assert shell(Screen(), Screen()).is_interactive
    assert not shell(io.StringIO(), Screen()).is_interactive
    assert not shell(Screen(), io.StringIO()).is_interactive


def test_rows_stand_between_the_answer_and_what_it_means_under_the_catalogues_names() -> None:
    table = Table(("id", "size_mb"), ((1234, 1234.5), (7, None)))
    heads = (Heading("모델 번호", "code"), Heading("크기 (MB)", why_null="재지 않았습니다"))
    text = "둘입니다:\n\n- 하나\n\n뜻은 이렇습니다."
    answer = replace(answer_with(Query("SELECT 1", table), text=text), headings=heads)
    lines = [line.rstrip() for line in drawn(answer, io.StringIO()).splitlines()]
    assert lines == [
        "둘입니다:",
        "",
        "- 하나",
        "",
        "모델 번호 | 크기 (MB)",
        "----------|----------",
        "     1234 |   1,234.5",
        "        7 |         –",
        "“–”: 재지 않았습니다",
        "",
        "뜻은 이렇습니다.",
        "",
        "[SQL] SELECT 1",
    ]
