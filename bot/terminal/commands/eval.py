"""`mlops-bot eval`: a question set in, predictions and a score out."""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from agent.agent import ignore_progress
from agent.answer import Answer, Ask
from agent.evals.predictions import Prediction
from agent.evals.questions import BadLine, Question, at_noon, read_questions
from agent.evals.run import NoAnswer, run_questions
from agent.evals.score import GoldError, Rows, Tally, judge
from agent.language import language_of
from bot.messages.sentences import sentence
from bot.services import Services
from bot.terminal.drawing import clean, make_console
from bot.terminal.shell import Shell
from bot.terminal.turn import Failure, run_turn
from db.catalog.errors import QueryError

EXIT_USAGE = 2


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("eval", help="ask the questions of a JSONL file and score the answers")
    parser.add_argument("file", type=Path, metavar="FILE.jsonl", help='a line: {"id": …, "thread": [question, …]}')
    parser.add_argument("--engine", choices=("auto", "llm", "offline"), help="above LLM_ENGINE")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day the questions are asked, above the lines' own"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the predictions go, a line each")
    parser.add_argument("--fails", type=int, default=0, metavar="N", help="list the first N wrong answers")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, shell: Shell) -> int:
    """0 when every line was asked and answered, 1 when not; a score as such fails nothing."""
    try:
        questions, bad = read_questions(args.file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(shell, f"{args.file} cannot be read ({_reason(error)}).")
    for line in bad:
        shell.stderr.write(f"{args.file}, {line}\n")
    if not questions:
        return _refuse(shell, f"{args.file} holds no questions.")
    with ExitStack() as stack:
        try:
            out = stack.enter_context(args.out.open("w", encoding="utf-8")) if args.out else None
        except OSError as error:
            return _refuse(shell, f"{args.out} cannot be written ({_reason(error)}).")
        changes = {"LLM_ENGINE": args.engine} if args.engine else {}
        store = stack.enter_context(tempfile.TemporaryDirectory(prefix="mlops-eval-"))
        settings = shell.settings(STORE_URL=f"sqlite:///{store}/store.db", **changes)
        async with shell.open_services(settings) as services:
            report = _Report(bad)
            try:
                await _ask_all(questions, services, args.as_of, report, out, shell.stderr)
            finally:
                report.print(make_console(shell.stdout), args.fails)
    return report.exit_code


class _Report:
    """What the run has come to, also when it was interrupted."""

    def __init__(self, bad: Sequence[BadLine]) -> None:
        self._bad = bad
        self._tally = Tally()
        self._asked = 0
        self._unanswered: list[Prediction] = []
        self._bad_gold: list[GoldError] = []

    @property
    def exit_code(self) -> int:
        return 1 if self._bad or self._unanswered or self._bad_gold else 0

    async def add(self, question: Question, prediction: Prediction, services: Services) -> None:
        """Counts the prediction, and its verdict where the question has one."""
        self._asked += 1
        if prediction.error is not None:
            self._unanswered.append(prediction)
        if not question.is_scored:
            return

        async def run_sql(sql: str) -> Rows | None:
            try:
                return (await services.catalog.query(sql)).rows
            except QueryError:
                return None

        try:
            self._tally.add(question, await judge(question, prediction, run_sql))
        except GoldError as error:
            self._bad_gold.append(error)

    def print(self, console: Console, fails: int) -> None:
        lines = list(self._tally.lines())
        if lines:
            console.print(_draw_score(lines, plain=not console.is_terminal))
        for question, verdict in self._tally.failures[:fails]:
            thread = " / ".join(question.thread)
            console.print(Text(clean(f"FAIL {question.id}: {verdict.reason}: {thread}")), soft_wrap=True)
        for error in self._bad_gold:
            console.print(Text(f"not scored: {error}"), soft_wrap=True)
        for prediction in self._unanswered:
            console.print(Text(f"unanswered: {prediction.id} ({prediction.error})"), soft_wrap=True)
        console.print(
            f"{self._asked} asked, {len(self._unanswered)} unanswered, {len(self._bad)} bad lines", highlight=False
        )


async def _ask_all(
    questions: Sequence[Question],
    services: Services,
    as_of: date | None,
    report: _Report,
    out: TextIO | None,
    stderr: TextIO,
) -> None:
    zone = services.settings.timezone

    def asked_at(question: Question) -> datetime:
        return at_noon(as_of, zone) if as_of else question.asked_at(zone) or services.clock()

    async def answer(ask: Ask) -> Answer | NoAnswer:
        outcome = await run_turn(services, ask, ignore_progress)
        if isinstance(outcome, Failure):
            language = language_of(ask.text, services.settings.language)
            return NoAnswer(outcome.code, sentence(outcome.code, language, outcome.turn_id))
        return outcome

    with _progress_bar(stderr, len(questions)) as advance:
        async for question, prediction in run_questions(questions, answer, asked_at):
            if out is not None:
                out.write(prediction.to_json() + "\n")
                out.flush()
            await report.add(question, prediction, services)
            advance()


@contextmanager
def _progress_bar(stream: TextIO, total: int) -> "Iterator[Any]":
    columns = (TextColumn("eval"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), disable=not stream.isatty()) as progress:
        task = progress.add_task("eval", total=total)
        yield lambda: progress.advance(task)


def _draw_score(lines: Sequence[tuple[str, int, float, float]], *, plain: bool) -> Grid:
    grid = Grid(box=box.MARKDOWN if plain else box.ROUNDED, show_edge=not plain, pad_edge=not plain)
    grid.add_column("category")
    for name in ("n", "lenient", "strict"):
        grid.add_column(name, justify="right")
    for category, total, lenient, strict in lines:
        grid.add_row(category, str(total), f"{lenient:.1%}", f"{strict:.1%}", style="bold" if category == "ALL" else "")
    return grid


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if len(text) > len("2026-11-21") else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write one like 2026-11-21") from None


def _refuse(shell: Shell, sentence: str) -> int:
    shell.stderr.write(sentence + "\n")
    return EXIT_USAGE


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or type(error).__name__
