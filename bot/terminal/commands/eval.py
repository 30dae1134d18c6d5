"""`mlops-bot eval`: question sets in, predictions and scores out."""

import argparse
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from agent.evals.floor import FloorError, SetFloor, read_floors, write_floors
from agent.evals.questions import BadLine, Question, read_questions
from bot.terminal.drawing import make_console
from bot.terminal.evaluation import Report, ask_all, built_catalog
from bot.terminal.shell import Shell

EXIT_USAGE = 2
_LINE = 'a line: {"id": …, "thread": [question, …]}'


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("eval", help="ask the questions of JSONL files and score the answers")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.jsonl", help=_LINE)
    parser.add_argument("--engine", choices=("auto", "llm", "offline"), help="above LLM_ENGINE")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day the questions are asked, above the lines' own"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the predictions go, a line each")
    parser.add_argument("--fails", type=int, default=0, metavar="N", help="list the first N wrong answers")
    parser.add_argument(
        "--floor", type=Path, metavar="FILE.yml", help="fail below its figures; without files, its sets"
    )
    parser.add_argument("--raise-floor", action="store_true", help="write better figures into the floor's file")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class _Set:
    """A question set with the floor it must keep; `name` is what the file of floors calls it."""

    file: Path
    questions: list[Question]
    bad: list[BadLine]
    floor: SetFloor | None = None
    name: str = ""


class _Unusable(Exception):
    """For the operator: what the command was given cannot be used."""


async def run(args: argparse.Namespace, shell: Shell) -> int:
    """0 when every line was asked and answered and no floor was broken, else 1; 2 for what cannot be used."""
    try:
        floors = read_floors(args.floor) if args.floor else {}
        if not args.files and not floors:
            raise _Unusable("Which questions? Name a file, or --floor with sets in it.")
        sets = _sets(args, floors)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mlops-eval-")))
            out = stack.enter_context(_opened(args.out)) if args.out else None
            held = [await _run_set(one, args, shell, folder, out) for one in sets]
    except (_Unusable, FloorError) as error:
        shell.stderr.write(f"{error}\n")
        return EXIT_USAGE
    if args.floor and args.raise_floor:
        write_floors(
            args.floor, floors | {one.name: floor for one, (floor, _) in zip(sets, held, strict=True) if floor}
        )
    return 0 if all(is_held for _, is_held in held) else 1


def _sets(args: argparse.Namespace, floors: Mapping[str, SetFloor]) -> list[_Set]:
    """The sets to ask: the files named, else all that have a floor. Raises _Unusable."""
    known = {(args.floor.parent / name).resolve(): name for name in floors} if args.floor else {}
    files = args.files or list(known)
    return [_read(file, known.get(file.resolve(), ""), floors) for file in files]


def _read(file: Path, name: str, floors: Mapping[str, SetFloor]) -> _Set:
    try:
        questions, bad = read_questions(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise _Unusable(f"{file} cannot be read ({_reason(error)}).") from error
    return _Set(file, questions, bad, floors.get(name), name)


def _opened(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8")
    except OSError as error:
        raise _Unusable(f"{file} cannot be written ({_reason(error)}).") from error


async def _run_set(
    one: _Set, args: argparse.Namespace, shell: Shell, folder: Path, out: TextIO | None
) -> tuple[SetFloor | None, bool]:
    """The set's floor, raised by what it came to, and whether all went well. Raises _Unusable."""
    for line in one.bad:
        shell.stderr.write(f"{one.file}, {line}\n")
    if not one.questions:
        raise _Unusable(f"{one.file} holds no questions.")
    console = make_console(shell.stdout)
    if len(args.files) != 1:
        console.print(f"\n{one.name or one.file}{'' if one.floor is None or one.floor.tuned else ' (untouched)'}")
    report = Report(one.bad)
    settings = shell.settings(STORE_URL=f"sqlite:///{folder}/store.db", **_changes(one, args, folder))
    async with shell.open_services(settings) as services:
        try:
            await ask_all(one.questions, services, args.as_of, report, out, shell.stderr)
        finally:
            report.print(console, args.fails)
    if one.floor is None:
        return None, report.is_whole
    broken = one.floor.broken_by(report.tally.total)
    for said in broken:
        console.print(f"below the floor: {said}", highlight=False)
    return one.floor.raised(report.tally.total), report.is_whole and not broken


def _changes(one: _Set, args: argparse.Namespace, folder: Path) -> dict[str, str]:
    """The settings for a set: its engine, and its own catalogue where it has one. Raises _Unusable."""
    changes = {"LLM_ENGINE": args.engine} if args.engine else {}
    if one.floor is None or not one.floor.catalog:
        return changes
    home = args.floor.parent
    try:
        changes["CATALOG_URL"] = built_catalog([home / script for script in one.floor.catalog], folder)
    except (OSError, sqlite3.Error) as error:
        raise _Unusable(f"{' and '.join(one.floor.catalog)} makes no catalogue ({error}).") from error
    if one.floor.semantics is not None:
        changes["CATALOG_SEMANTICS"] = str(home / one.floor.semantics)
    return changes


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if len(text) > len("2026-11-21") else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write one like 2026-11-21") from None


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or type(error).__name__
