"""/mlops alerts: what is open, what was, what was sent, what comes; quiet hours, summaries and mutes."""

from typing import Final

from bot.alerts.commands import verbs
from bot.alerts.commands.desk import answer
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-alerts"
TAKES: Final = verbs.TAKES
ALSO: Final = verbs.NAMES


async def run(slash: Slash, parts: Parts) -> Message:
    return await answer(slash.text, slash.user, slash.channel, slash.response_url, slash.language, parts)
