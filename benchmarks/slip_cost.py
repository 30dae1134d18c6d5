"""What slips cost the offline engine: the project's questions typed as they stand and with each kind of slip."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from agent.answer import Answer, Ask
from agent.evals.predictions import Prediction
from agent.evals.questions import Question, read_questions
from agent.evals.run import NoAnswer, run_questions
from agent.evals.score import Rows, judge
from benchmarks.slips import Slip
from bot.services import Services
from db.catalog.errors import QueryError

SEED: Final = 20261121
QUESTIONS: Final = Path(__file__).parent.parent / "tests" / "evals"

Outcome: TypeAlias = Literal["right", "asked", "wrong"]
"""`wrong`: rows are shown, and they are not the answer; `asked`: neither right nor rows."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as it was typed, with what came of it."""

    question: Question
    prediction: Prediction
    outcome: Outcome
    reason: str


def read(folder: Path = QUESTIONS) -> list[Question]:
    """Every question about the sample that says what is right."""
    files = (folder / "questions.jsonl", folder / "more.jsonl")
    found = {q.id: q for file in files for q in read_questions(file.read_text(encoding="utf-8").splitlines())[0]}
    return [question for question in found.values() if question.is_scored]


def typed(questions: Iterable[Question], slip: Slip, seed: int = SEED) -> list[Question]:
    """The questions with one slip each, in the last turn of their threads; those that cannot slip so are left out."""
    chance = random.Random(seed)
    slipped = []
    for question in questions:
        last = slip(question.thread[-1], chance)
        if last != question.thread[-1]:
            slipped.append(question.model_copy(update={"thread": (*question.thread[:-1], last)}))
    return slipped


async def judge_all(questions: Sequence[Question], services: Services) -> list[Judged]:
    """Asks and judges each."""
    zone = services.settings.timezone

    async def answer(ask: Ask) -> Answer | NoAnswer:
        return await services.agent.run_turn(ask)

    async def run_sql(sql: str) -> Rows | None:
        try:
            return (await services.catalog.query(sql)).rows
        except QueryError:
            return None

    judged = []
    moments = {q.id: q.asked_at(zone) or services.clock() for q in questions}
    async for question, prediction in run_questions(questions, answer, lambda q: moments[q.id]):
        verdict = await judge(question, prediction, run_sql)
        outcome: Outcome = "right" if verdict.lenient else "wrong" if prediction.rows else "asked"
        judged.append(Judged(question, prediction, outcome, verdict.reason))
    return judged
