"""Asks one question set of one catalogue and counts what came of it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from agent.answer import Answer, Ask
from agent.evals.predictions import Prediction
from agent.evals.questions import BadLine, Question, at_noon
from agent.evals.run import NoAnswer, run_questions
from agent.evals.score import GoldError, Rows, Score, Tally, judge
from agent.language import language_of
from agent.progress import ignore_progress
from bot.messages.sentences import sentence
from bot.services import Services
from bot.terminal.drawing import clean
from bot.terminal.turn import Failure, run_turn
from db.catalog.errors import QueryError

_COLUMNS = ("n", "right", "strictly", "asked back", "confidently wrong")


@dataclass(slots=True)
class Report:
    """What asking a set has come to, also when it was interrupted."""

    bad: Sequence[BadLine] = ()
    tally: Tally = field(default_factory=Tally)
    asked: int = 0
    unanswered: list[Prediction] = field(default_factory=list)
    bad_gold: list[GoldError] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every line was asked, answered and scored."""
        return not (self.bad or self.unanswered or self.bad_gold)

    async def add(self, question: Question, prediction: Prediction, services: Services) -> None:
        """Counts the prediction, and its verdict where the question has one."""
        self.asked += 1
        if prediction.error is not None:
            self.unanswered.append(prediction)
        if not question.is_scored:
            return

        async def run_sql(sql: str) -> Rows | None:
            try:
                return (await services.catalog.query(sql)).rows
            except QueryError:
                return None

        try:
            self.tally.add(question, await judge(question, prediction, run_sql))
        except GoldError as error:
            self.bad_gold.append(error)

    def print(self, console: Console, fails: int) -> None:
        lines = list(self.tally.lines())
        if lines:
            console.print(_draw_scores(lines, plain=not console.is_terminal))
        for question, verdict in self.tally.failures[:fails]:
            thread = " / ".join(question.thread)
            kind = "WRONG" if verdict.confident else "FAIL"
            console.print(Text(clean(f"{kind} {question.id}: {verdict.reason}: {thread}")), soft_wrap=True)
        for error in self.bad_gold:
            console.print(Text(f"not scored: {error}"), soft_wrap=True)
        for prediction in self.unanswered:
            console.print(Text(f"unanswered: {prediction.id} ({prediction.error})"), soft_wrap=True)
        console.print(
            f"{self.asked} asked, {len(self.unanswered)} unanswered, {len(self.bad)} bad lines", highlight=False
        )


async def ask_all(
    questions: Sequence[Question],
    services: Services,
    as_of: date | None,
    report: Report,
    out: TextIO | None,
    stderr: TextIO,
) -> None:
    """Asks each question in a thread of its own and tells the report; predictions go to `out`, a line each."""
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


def built_catalog(scripts: Sequence[Path], folder: Path) -> str:
    """The URL of a database made by SQL scripts, as a file in `folder`. Raises OSError and sqlite3.Error."""
    path = folder / f"{scripts[-1].stem}.db"
    with closing(sqlite3.connect(path)) as database:
        for script in scripts:
            database.executescript(script.read_text(encoding="utf-8"))
    return f"sqlite:///{path}"


@contextmanager
def _progress_bar(stream: TextIO, total: int) -> "Iterator[Any]":
    columns = (TextColumn("eval"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), disable=not stream.isatty()) as progress:
        task = progress.add_task("eval", total=total)
        yield lambda: progress.advance(task)


def _draw_scores(scores: Sequence[Score], *, plain: bool) -> Grid:
    grid = Grid(box=box.MARKDOWN if plain else box.ROUNDED, show_edge=not plain, pad_edge=not plain)
    grid.add_column("category")
    for name in _COLUMNS:
        grid.add_column(name, justify="right")
    for score in scores:
        shares = (score.right, score.strictly, score.back, score.wrong)
        style = "bold" if score.category == "ALL" else ""
        grid.add_row(score.category, str(score.asked), *(f"{share:.1f}%" for share in shares), style=style)
    return grid
