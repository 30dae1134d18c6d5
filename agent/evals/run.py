"""Asks the questions of a set, each thread in order, and collects the predictions."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from agent.answer import Answer, Ask, ThreadKey
from agent.evals.predictions import Cost, Prediction, total_usd
from agent.evals.questions import Question


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A turn without an answer: AskError's code, and the sentence the asker reads."""

    code: str
    text: str


AnswerOne: TypeAlias = Callable[[Ask], Awaitable[Answer | NoAnswer]]
"""One turn; must not raise for a question that fails."""


async def run_questions(
    questions: Iterable[Question], answer: AnswerOne, asked_at: Callable[[Question], datetime]
) -> AsyncIterator[tuple[Question, Prediction]]:
    """Each question's prediction as soon as its thread is through, in the set's order."""
    for question in questions:
        yield question, await _run_thread(question, answer, asked_at(question))


async def _run_thread(question: Question, answer: AnswerOne, asked_at: datetime) -> Prediction:
    thread = ThreadKey("terminal", "eval", question.id)
    alerts = () if question.alert is None else (question.alert,)
    asks = (Ask(uuid.uuid4().hex[:12], thread, "eval", text, asked_at, alerts=alerts) for text in question.thread)
    outcomes = [await answer(ask) for ask in asks]
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    last = outcomes[-1]
    result = last.result if isinstance(last, Answer) else None
    return Prediction(
        id=question.id,
        sql=tuple(query.sql for each in answers for query in each.queries),
        rows=() if result is None else result.rows,
        text=last.text,
        usage=Cost(
            completions=sum(each.usage.completions for each in answers),
            prompt_tokens=sum(each.usage.tokens.prompt for each in answers),
            completion_tokens=sum(each.usage.tokens.completion for each in answers),
            cost_usd=total_usd([each.usage.cost_usd for each in answers]),
        ),
        elapsed_s=round(sum(each.elapsed_s for each in answers), 3),
        error=next((outcome.code for outcome in outcomes if isinstance(outcome, NoAnswer)), None),
    )
