"""`python -m bot` as a person starts it: a process, the sample catalogue, no key, a pipe or a terminal."""

import codecs
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "bot")
PATIENCE_S = 20.0
PROMPT = "m>"
"""How the line editor draws the prompt: its colours, then the sign."""


def surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.startswith(("COV", "PATH", "LANG"))}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "100"}


def bot(folder: Path, *argv: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *argv], cwd=folder, env=surroundings(), input=typed, capture_output=True, text=True, check=False
    )


def test_a_question_is_answered_out_of_nothing(tmp_path: Path) -> None:
    done = bot(tmp_path, "ask", "김민준이 몇 번의 실험을 했어?")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3건" in done.stdout
    assert "[SQL] SELECT" in done.stdout
    assert (tmp_path / "data" / "catalog.db").is_file()


def test_a_thread_outlives_the_process(tmp_path: Path) -> None:
    bot(tmp_path, "ask", "오탐이 적은 모델 추천해줘", "--thread", "t")
    done = bot(tmp_path, "ask", "그 모델의 deploy_note 알려줘", "--thread", "t", "--json")
    assert done.returncode == 0, done.stderr
    assert "deploy_note" in json.loads(done.stdout)["queries"][-1]["sql"]


def test_questions_may_come_through_a_pipe(tmp_path: Path) -> None:
    done = bot(tmp_path, "chat", typed="김민준의 프로젝트 목록 보여줘\nA100 GPU를 사용한 파이프라인은 몇 개야?\nquit\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "defect-detection-v2" in done.stdout
    assert "3" in done.stdout.partition("A100 GPU를")[2]


class Terminal:
    """The bot at a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self.seen = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._near, far = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, "chat"],
            cwd=folder,
            env=surroundings(),
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
        )
        os.close(far)

    def type(self, keys: str) -> None:
        os.write(self._near, keys.encode())

    def until(self, words: str) -> None:
        """Reads on until `words` have been shown since the last time."""
        deadline = time.monotonic() + PATIENCE_S
        while words not in self.seen:
            ready, _, _ = select.select([self._near], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{words!r} was not shown, but {self.seen!r}"
            self.seen += self._decoder.decode(os.read(self._near, 65536))
        self.seen = self.seen.partition(words)[2]

    def end(self) -> int:
        """The exit code; what is still shown is read away, so that the process can write it."""
        while True:
            try:
                if not os.read(self._near, 65536):
                    break
            except OSError:  # Linux says EIO when the other end is closed
                break
        os.close(self._near)
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    if opened.process.poll() is None:
        opened.process.kill()
        opened.process.wait()


def test_a_person_chats_and_leaves_with_a_word(tmp_path: Path, terminal: Terminal) -> None:
    terminal.until("MLOps 카탈로그에 대해 물어보세요.")
    terminal.until(PROMPT)
    terminal.type("A100 GPU를 사용한 파이프라인은 몇 개야?\r")
    terminal.until("+--")
    terminal.until("[SQL]")
    terminal.until(PROMPT)
    terminal.type("exit\r")
    terminal.until("안녕히 가세요.")
    assert terminal.end() == 0
    assert "A100 GPU" in (tmp_path / "data" / "chat_history").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "EOF"])
def test_ctrl_c_and_eof_on_the_prompt_end_kindly(terminal: Terminal, key: str) -> None:
    terminal.until(PROMPT)
    terminal.type(key)
    terminal.until("안녕히 가세요.")
    assert terminal.end() == 0


def test_ctrl_c_ends_a_chat_that_waits_on_a_pipe(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "chat"],
        cwd=tmp_path,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"A100?\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"> A100?\n"
        process.send_signal(signal.SIGINT)  # may meet the turn, which alone it stops, or the wait for a line
        process.stdin.close()
        assert process.wait(PATIENCE_S) in (0, 130)
        assert b"Traceback" not in process.stderr.read() if process.stderr else True
