"""Tokens and cost in words, as a table and as a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from agent.chart import Chart, Series
from agent.messages import say
from bot.messages.answer import Block, Message
from bot.messages.chart import MAX_POINTS, chart_block
from bot.messages.names import name, named_cell
from bot.messages.notes import section
from bot.messages.text import clip, escape
from db.catalog.meaning import Language
from db.store.records import Spent, UsageBy
from db.store.usage import By

LINES: Final = 20
RULES: Final = "offline"
"""The name that the rules' answers are booked under."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a period cost: by user, channel or model, the most first, and day by day. `days` is empty for one day."""

    period: str
    by: By
    lines: Sequence[UsageBy]
    answers: Mapping[str, int]
    days: Sequence[tuple[date, Spent]] = ()


def summary(today: Sequence[UsageBy], month: Sequence[UsageBy], language: Language, now: datetime) -> Message:
    """Today and this month, a line each user; `now` is in the zone whose days these are."""
    periods = ((say("usage-today", language), today), (say("usage-month", language), month))
    said = [_period(title, lines, language, now) for title, lines in periods]
    return section("\n\n".join([*said, escape(say("usage-ways", language))]))


def report_message(report: Report, language: Language) -> Message:
    """Sums, the table, a chart of the days, and which ways else there are to look at it."""
    title = say(f"usage-{report.period}", language)
    if not report.lines:
        return section(f"*{title}*\n{say('usage-nothing', language)}")
    total = _sum("", report.lines)
    head = section(f"*{title}*: {_figures(total, language)}\n{_engines(report.answers, language)}".strip())
    blocks = [*head.blocks, _table(report, language)]
    if (chart := _chart(report, language)) is not None:
        blocks.append(chart)
    blocks += section(escape(say("usage-ways", language))).blocks
    return Message(head.text, tuple(blocks))


def _period(title: str, lines: Sequence[UsageBy], language: Language, now: datetime) -> str:
    if not lines:
        return f"*{title}*\n{say('usage-nothing', language)}"
    said = [f"*{title}* ({now:%Z}): {_figures(_sum('', lines), language)}"]
    said += [f"• {name(one.subject)}: {_figures(one, language)}" for one in lines[:LINES]]
    if rest := lines[LINES:]:
        said.append(f"• {say('usage-others', language, count=len(rest))}: {_figures(_sum('', rest), language)}")
    return "\n".join(said)


def _sum(subject: str, lines: Sequence[UsageBy]) -> UsageBy:
    priced = [line.cost_usd for line in lines if line.cost_usd is not None]
    return UsageBy(
        subject,
        sum(line.turns for line in lines),
        sum(line.completions for line in lines),
        sum(line.tokens for line in lines),
        sum(priced, Decimal(0)) if priced else None,
        sum(line.unpriced_turns for line in lines),
    )


def _figures(one: UsageBy, language: Language) -> str:
    text = say("usage-figures", language, turns=one.turns, tokens=one.tokens)
    if one.cost_usd is not None:
        text += f" · {_dollars(one.cost_usd)}"
    if one.unpriced_turns:
        text += f" {say('usage-unpriced', language, count=one.unpriced_turns)}"
    return text


def _engines(answers: Mapping[str, int], language: Language) -> str:
    """How many answers came from the model, and how many from the rules, which cost nothing."""
    return say("usage-engines", language, llm=answers.get("llm", 0), offline=answers.get("offline", 0))


def _table(report: Report, language: Language) -> Block:
    heads = ("usage-" + report.by, "usage-turns", "usage-tokens", "usage-cost")
    shown = list(report.lines[:LINES])
    if rest := report.lines[LINES:]:
        shown.append(_sum(say("usage-rest", language, count=len(rest)), rest))
    rows = [[_cell(say(head, language)) for head in heads]]
    for one in shown:
        cost = "–" if one.cost_usd is None else _dollars(one.cost_usd)
        rows.append(
            [_subject(one.subject, report.by, language), *map(_cell, (f"{one.turns:,}", f"{one.tokens:,}", cost))]
        )
    sides = ("left", "right", "right", "right")
    return {"type": "table", "column_settings": [{"align": side} for side in sides], "rows": rows}


def _chart(report: Report, language: Language) -> Block | None:
    """Dollars a day, of the last days that one chart takes; tokens where no price is known.

    None for one day, or where nothing was spent on any.
    """
    shown = report.days[-MAX_POINTS:]
    is_priced = any(spent.cost_usd for _, spent in shown)
    values = tuple(float(spent.cost_usd) if is_priced else float(spent.tokens) for _, spent in shown)
    if len(values) < 2 or not any(values):
        return None
    measure = say("usage-cost-usd" if is_priced else "usage-tokens", language)
    days = tuple(f"{day:%m-%d}" for day, _ in shown)
    title = say("usage-by-day", language, measure=measure)
    return chart_block(Chart("bar", title, days, (Series(measure, values),), y_label=measure))


def _subject(subject: str, by: By, language: Language) -> dict[str, Any]:
    """People and channels as Slack names them, which in a message that one person sees calls nobody."""
    if by == "model" and subject == RULES:
        return _cell(say("usage-model-rules", language))
    return (None if by == "model" else named_cell(subject, by)) or _cell(subject)


def _cell(text: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": clip(text, 200) if text.strip() else "–"}


def _dollars(cost: Decimal) -> str:
    return f"${cost:,.4f}"
