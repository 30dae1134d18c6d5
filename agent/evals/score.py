"""Judges predictions against gold SQL, and counts the verdicts by category."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from agent.evals.match import Values, is_ordered, is_same_result, is_same_value, row_matches, row_values
from agent.evals.predictions import Prediction
from agent.evals.questions import Question

Rows: TypeAlias = Sequence[Values]
RunSql: TypeAlias = Callable[[str], Awaitable[Rows | None]]
"""Runs a statement on the catalogue, read-only; None when it does not run."""

NOT_FOUND = re.compile(
    r"없|찾을 수|찾지 못|존재하지|결과가 0|0건|0개|아니(에요|예요|요)|no (such|result|match|row|project|model|user)"
    r"|there (is|are|was|were) no\b"
    r"|not (found|exist)|does(n't| not) exist|couldn't find|could not find|none",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"없|못|불가|않|안 됩|안돼|어렵|읽기 전용|조회만|조회 전용|범위|지원|read-?only|can('?t|not)|unable"
    r"|only (read|query|select|answer)|sorry|out of scope|don't have|no (data|column|such)"
    r"|not (available|supported|able|allowed)",
    re.IGNORECASE,
)
WRITE = re.compile(
    r"^\s*(with\b.*?\)\s*)?(insert|update|delete|drop|alter|create|replace|attach|detach|pragma|vacuum|reindex|truncate|grant)\b",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = re.compile(r"\s*select\s+count\(", re.IGNORECASE)


class GoldError(Exception):
    """For the operator: gold SQL of a question does not run on this catalogue."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`lenient`: any statement of the prediction may have found the result; `strict`: its `rows` alone count.

    `confident`: it is wrong, and rows were shown as if it were right.
    """

    lenient: bool
    strict: bool
    reason: str = ""
    confident: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold statement with its rows; `is_alternative` for those after the first."""

    sql: str
    rows: Rows
    is_alternative: bool = False


async def judge(question: Question, prediction: Prediction, run_sql: RunSql) -> Verdict:
    """The verdict on one prediction. Raises GoldError."""
    verdict = await _judge(question, prediction, run_sql)
    return replace(verdict, confident=not verdict.lenient and bool(prediction.rows))


async def _judge(question: Question, prediction: Prediction, run_sql: RunSql) -> Verdict:
    if any(WRITE.match(sql) for sql in prediction.sql):
        return Verdict(False, False, "a write statement was executed")
    if question.check not in ("rows", "scalar"):
        is_filled = question.bare and bool(prediction.rows)
        reason = "rows are shown where none belong" if is_filled else judge_text(question, prediction.text)
        return Verdict(not reason, not reason, reason)
    if missing := missing_words(question, prediction.text):
        return Verdict(False, False, missing)
    gold = await _run_gold(question, run_sql)
    shown = [[row_values(row) for row in prediction.rows]] if prediction.rows else []
    strict = any(_fits(question, gold, rows, prediction.text) for rows in shown)
    if strict:
        return Verdict(True, True)
    executed = [rows for sql in reversed(prediction.sql) if (rows := await run_sql(sql)) is not None]
    lenient = any(_fits(question, gold, rows, prediction.text) for rows in executed)
    return Verdict(lenient, False, "" if lenient else "the result differs" if shown or executed else "no result")


def judge_text(question: Question, text: str) -> str:
    """What is wrong with a refusal, a question back or a "there is none"; "" when nothing is."""
    if question.check == "refuse":
        return "" if REFUSAL.search(text) else "no refusal in the text" if text else "the answer is empty"
    if missing := missing_words(question, text):
        return missing
    if question.check == "clarify":
        return "" if text.strip() else "the answer is empty"
    if not NOT_FOUND.search(text):
        return "does not say that there is none"
    if question.suggest and not any(name in text for name in question.suggest):
        return f"suggests none of {', '.join(question.suggest)}"
    return ""


def missing_words(question: Question, text: str) -> str:
    """Which of the words the text must hold are not there; "" when all are."""
    folded = text.lower()
    missing = ["/".join(group) for group in question.must if not any(word.lower() in folded for word in group)]
    return f"the text lacks {', '.join(missing)}" if missing else ""


async def _run_gold(question: Question, run_sql: RunSql) -> list[Gold]:
    gold = []
    for index, sql in enumerate((question.gold_sql or "", *question.alt)):
        rows = await run_sql(sql)
        if rows is None:
            raise GoldError(f"{question.id}: its gold SQL does not run on this catalogue: {sql}")
        gold.append(Gold(sql, rows, is_alternative=index > 0))
    return gold


def _fits(question: Question, gold: list[Gold], rows: Rows, text: str) -> bool:
    return any(_fits_one(question, each, gold[0].rows, rows, text) for each in gold)


def _fits_one(question: Question, gold: Gold, first: Rows, rows: Rows, text: str) -> bool:
    if question.check == "scalar" and len(gold.rows) == 1 and len(gold.rows[0]) == 1:
        return _fits_scalar(question, gold, rows, text)
    ordered = question.order and is_ordered(gold.sql)
    if gold.is_alternative and ordered and question.match == "set":
        # Rows that tie (NULLs) may follow the first gold statement's ordered rows.
        return is_same_result(gold.rows, rows, is_ratio=question.is_ratio) and all(
            row_matches(g, p, is_ratio=question.is_ratio) for g, p in zip(first, rows, strict=False)
        )
    if is_same_result(gold.rows, rows, mode=question.match, ordered=ordered, is_ratio=question.is_ratio):
        return True
    return not gold.rows and not rows


def _fits_scalar(question: Question, gold: Gold, rows: Rows, text: str) -> bool:
    value = gold.rows[0][0]
    in_every_row = all(any(is_same_value(value, cell, is_ratio=question.is_ratio) for cell in row) for row in rows)
    if rows and in_every_row and (len(rows) == 1 or not isinstance(value, int | float)):
        return True
    if not _COUNT.match(gold.sql):
        return False
    if len(rows) == value and re.search(rf"(?<!\d){int(value)}(?!\d)", text):
        return True
    return value == 0 and not rows and NOT_FOUND.search(text) is not None


@dataclass(frozen=True, slots=True)
class Score:
    """How the questions of one category came out; the rest of `asked` was asked back or refused."""

    category: str
    asked: int = 0
    lenient: int = 0
    strict: int = 0
    confident: int = 0

    @property
    def right(self) -> float:
        """Percent answered right, leniently."""
        return 100 * self.lenient / self.asked if self.asked else 0.0

    @property
    def strictly(self) -> float:
        """Percent right in the rows that were shown."""
        return 100 * self.strict / self.asked if self.asked else 0.0

    @property
    def wrong(self) -> float:
        """Percent confidently wrong."""
        return 100 * self.confident / self.asked if self.asked else 0.0

    @property
    def back(self) -> float:
        """Percent asked back, refused or not answered, where an answer was wanted."""
        return 100 * (self.asked - self.lenient - self.confident) / self.asked if self.asked else 0.0

    def plus(self, verdict: Verdict) -> "Score":
        return Score(self.category, self.asked + 1, self.lenient + verdict.lenient, self.strict + verdict.strict,
                     self.confident + verdict.confident)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Verdicts counted by category, in the order the categories first came."""

    scores: dict[str, Score] = field(default_factory=dict)
    failures: list[tuple[Question, Verdict]] = field(default_factory=list)

    def add(self, question: Question, verdict: Verdict) -> None:
        known = self.scores.get(question.category, Score(question.category))
        self.scores[question.category] = known.plus(verdict)
        if not verdict.lenient:
            self.failures.append((question, verdict))

    @property
    def total(self) -> Score:
        """All categories as one."""
        each = self.scores.values()
        return Score("ALL", sum(s.asked for s in each), sum(s.lenient for s in each), sum(s.strict for s in each),
                     sum(s.confident for s in each))  # fmt: skip

    def lines(self) -> Iterator[Score]:
        """The score of each category, then of ALL; nothing where nothing was scored."""
        yield from self.scores.values()
        if self.scores:
            yield self.total
