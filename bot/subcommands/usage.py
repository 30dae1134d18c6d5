"""/mlops usage: tokens and cost, by whom, where and by which model; and whether each answer tells its own."""

import re
from typing import Final, get_args

from agent.messages import say
from bot.features.usage import Period, Reckoning
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.usage import By

HELP: Final = "help-usage"
TAKES: Final = re.compile(
    rf"(?P<switch>on|off)(?P<here>\s+here)?"
    rf"|(?P<period>{'|'.join(get_args(Period))})?\s*(?:by\s+(?P<by>{'|'.join(get_args(By))}))?\s*(?P<csv>csv)?",
    re.IGNORECASE,
)


async def run(slash: Slash, parts: Parts) -> Message:
    asked = TAKES.fullmatch(slash.text)
    if asked is None:
        return note(say("usage-misread", slash.language))
    words = {name: (word or "").strip().lower() for name, word in asked.groupdict().items()}
    if words["switch"]:
        return await _switch(slash, parts, words["switch"], is_here=bool(words["here"]))
    reckoning = Reckoning(parts)
    if words["csv"]:
        return reckoning.send_csv(slash.user, _period(words["period"]), slash.language, slash.response_url)
    if not words["period"] and not words["by"]:
        return await reckoning.summary(slash.language)
    by: By = next(one for one in get_args(By) if one == (words["by"] or "user"))
    return await reckoning.report(_period(words["period"]), by, slash.language)


def _period(word: str) -> Period:
    period: Period = next(one for one in get_args(Period) if one == (word or "month"))
    return period


async def _switch(slash: Slash, parts: Parts, value: str, *, is_here: bool) -> Message:
    """For the person; for all who ask in the channel where an admin says so, or where there are no admins."""
    admins = parts.services.settings.admins
    if is_here and admins and slash.user not in admins:
        return note(say("usage-here-admins", slash.language))
    subject = slash.channel if is_here else slash.user
    now = parts.services.clock()
    await parts.services.store.preferences.put(parts.me.team, subject, "usage", value, slash.user, now)
    return note(say(f"usage-line-{value}{'-here' if is_here else ''}", slash.language))
