"""Asks a question set of the offline engine in process: which ids it misses."""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from agent.evals.floor import SetFloor
from agent.evals.predictions import Prediction
from agent.evals.questions import Question, at_noon, read_questions
from agent.evals.score import Rows, RunSql, Verdict, judge
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.databases import fill
from tests.unit.agent.offline.talk import NOW, Book, Talk, open_book

HERE = Path(__file__).parent
FLOORS = HERE / "floor.yml"
MISSES = HERE / "misses.md"
ZONE = ZoneInfo("Asia/Seoul")


def missed(name: str, floor: SetFloor, folder: Path) -> list[str]:
    """The ids of a set's questions that are not answered right."""
    questions, bad = read_questions((HERE / name).read_text(encoding="utf-8").splitlines())
    assert not bad
    path = folder / "sample.db"
    if not floor.catalog and not path.exists():
        build_sample(path)
    with closing(sqlite3.connect(":memory:" if floor.catalog else path)) as database:
        fill(database, *(HERE / script for script in floor.catalog))
        book = open_book(database, HERE / floor.semantics if floor.semantics else SAMPLE_SEMANTICS)
        return asyncio.run(_missed(questions, book))


async def _missed(questions: Iterable[Question], book: Book) -> list[str]:
    return [one.id for one in questions if one.is_scored and not (await _verdict(one, book)).lenient]


async def _verdict(question: Question, book: Book) -> Verdict:
    talk = Talk(book, at_noon(question.as_of, ZONE) if question.as_of else NOW, alert=question.alert)
    told = [await talk.answer(text) for text in question.thread]
    filled = [table.rows for table in reversed(told[-1].tables) if table.rows]
    statements = tuple(sql for each in told for sql in each.sql)
    rows = tuple(tuple(row) for row in filled[0]) if filled else ()
    return await judge(question, Prediction(question.id, statements, rows, told[-1].text), _runner(book))


def _runner(book: Book) -> RunSql:
    async def run_sql(sql: str) -> Rows | None:
        try:
            return book.database.execute(sql).fetchall()
        except sqlite3.Error:
            return None

    return run_sql
