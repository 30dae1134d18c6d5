"""`mlops-bot` itself: commands, exit codes, what it says when something is wrong."""

import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import bot.terminal.commands
from bot import cli
from bot.services import Services
from bot.settings import Settings
from bot.terminal.shell import OpenServices
from tests.terminal import Outcome, environ, run_cli, services_with

QUIET = services_with()
A100 = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def test_every_file_of_the_folder_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(["--help"], environ={}, open_services=QUIET)
    assert done.value.code == 0
    shown = capsys.readouterr().out
    for file in Path(bot.terminal.commands.__path__[0]).glob("[a-z]*.py"):
        assert f"    {file.stem} " in shown


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"], environ={}, open_services=QUIET)
    assert capsys.readouterr().out.startswith("mlops-bot 0.")


def test_a_file_dropped_into_the_folder_is_a_command(tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(
        "def add_parser(commands):\n"
        "    commands.add_parser('hello').set_defaults(run=run)\n"
        "async def run(args, shell):\n"
        "    shell.stdout.write('hi')\n"
        "    return 7\n",
        encoding="utf-8",
    )
    program = (
        f"import bot.terminal.commands, sys; bot.terminal.commands.__path__.append({str(tmp_path)!r})\n"
        "from bot import cli; sys.exit(cli.main(['hello'], environ={}, open_services=None))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "hi"), done.stderr


def test_wrong_settings_are_listed_with_exit_code_2(tmp_path: Path) -> None:
    outcome = run_cli(["ask", "?"], environ(tmp_path, TIMEZONE="Mars", PORT="x"), QUIET)
    assert outcome.code == 2
    assert {line.split(":")[0] for line in outcome.err.splitlines()[1:3]} == {"TIMEZONE", "PORT"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("CATALOG_URL", "sqlite:///no/such/catalog.db"),
        ("STORE_URL", "sqlite:////dev/null/store.db"),
    ],
)
def test_a_part_that_cannot_be_opened_is_a_sentence(tmp_path: Path, setting: str, value: str) -> None:
    outcome = run_cli(["ask", "?"], environ(tmp_path, CATALOG_SEMANTICS="") | {setting: value}, QUIET)
    assert outcome.code == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert "Traceback" not in outcome.err


def test_a_catalog_yml_that_does_not_fit_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yml"
    file.write_text("tables: {nope: {}}\n", encoding="utf-8")
    outcome = run_cli(["ask", "?"], environ(tmp_path, CATALOG_SEMANTICS=str(file)), QUIET)
    assert outcome.code == 1
    assert f"{file}:1" in outcome.err


def _raising(error: BaseException | None) -> OpenServices:
    @asynccontextmanager
    async def open_services(settings: Settings) -> AsyncIterator[Services]:
        if error:
            raise error
        async with QUIET(settings) as services:
            yield services

    return open_services


def test_ctrl_c_ends_without_a_word(tmp_path: Path) -> None:
    assert run_cli(["ask", "?"], environ(tmp_path), _raising(KeyboardInterrupt())) == Outcome(130, "", "")


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    error = PermissionError(13, "Permission denied", "data")
    assert run_cli(["ask", "?"], environ(tmp_path), _raising(error)) == Outcome(1, "", "data: Permission denied\n")
    assert run_cli(["ask", "?"], environ(tmp_path), _raising(OSError("odd"))).err == "odd\n"


@pytest.mark.parametrize("flags", [[], ["-v"]])
def test_a_fault_of_ours_is_a_sentence_and_a_traceback_only_with_v(flags: list[str]) -> None:
    program = (
        "import sys; from bot import cli\n"
        f"sys.exit(cli.main({flags!r} + ['ask', '?'], environ={{}}, open_services=lambda s: 1 // 0, env_file=None))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("(ZeroDivisionError). Run it again with -v to see where.\n")
    assert ("Traceback" in done.stderr) is bool(flags)


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from bot import cli; from tests.terminal import *\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "sys.exit(cli.main(['catalog', 'describe', '--json'], environ=environ(folder), open_services=services_with()))"
    )
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=write_end, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, "")
