"""/mlops usage: tokens and cost of today and of this month, per user."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import section
from bot.messages.text import escape
from bot.parts import Parts
from bot.subcommands import Slash
from db.catalog.meaning import Language
from db.store.records import UsageTotal

HELP: Final = "help-usage"
_MOST: Final = 20
_USER: Final = re.compile(r"[UW][A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class _Spent:
    """What one user spent. `cost_usd` is None where no price is known for any of it."""

    user: str
    turns: int
    tokens: int
    cost_usd: Decimal | None
    unpriced_turns: int


async def run(slash: Slash, parts: Parts) -> Message:
    services = parts.services
    now = services.clock().astimezone(services.settings.timezone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    end = now + timedelta(seconds=1)
    today = await services.store.usage.totals(midnight, end)
    month = await services.store.usage.totals(midnight.replace(day=1), end)
    titles = (say("usage-today", slash.language), say("usage-month", slash.language))
    periods = zip(titles, (today, month), strict=True)
    return section("\n\n".join(_period(title, totals, slash.language, now) for title, totals in periods))


def _period(title: str, totals: Sequence[UsageTotal], language: Language, now: datetime) -> str:
    spent = _by_user(totals)
    if not spent:
        return f"*{title}*\n" + say("usage-nothing", language)
    lines = [f"*{title}* ({now:%Z}): {_figures(_sum('', spent), language)}"]
    lines += [f"• {_name(one.user)}: {_figures(one, language)}" for one in spent[:_MOST]]
    if rest := spent[_MOST:]:
        who = say("usage-others", language, count=len(rest))
        lines.append(f"• {who}: {_figures(_sum('', rest), language)}")
    return "\n".join(lines)


def _by_user(totals: Sequence[UsageTotal]) -> list[_Spent]:
    """One line a user, the most tokens first."""
    users = {total.user_id for total in totals}
    parts = [
        _Spent(t.user_id, t.turns, t.prompt_tokens + t.completion_tokens, t.cost_usd, t.unpriced_turns) for t in totals
    ]
    spent = [_sum(user, [part for part in parts if part.user == user]) for user in users]
    return sorted(spent, key=lambda one: (-one.tokens, one.user))


def _sum(user: str, parts: Sequence[_Spent]) -> _Spent:
    priced = [part.cost_usd for part in parts if part.cost_usd is not None]
    return _Spent(
        user,
        sum(part.turns for part in parts),
        sum(part.tokens for part in parts),
        sum(priced, Decimal(0)) if priced else None,
        sum(part.unpriced_turns for part in parts),
    )


def _figures(spent: _Spent, language: Language) -> str:
    text = say("usage-figures", language, turns=spent.turns, tokens=spent.tokens)
    if spent.cost_usd is not None:
        text += f" · ${spent.cost_usd:,.4f}"
    if spent.unpriced_turns:
        text += f" {say('usage-unpriced', language, count=spent.unpriced_turns)}"
    return text


def _name(user: str) -> str:
    """A user of Slack by mention, which in a message only the asker sees calls nobody; others by name."""
    return f"<@{user}>" if _USER.fullmatch(user) else escape(user)
