"""/mlops steps: whether the asker is told the way to the answer, step by step."""

import re
from typing import Final

from bot.features.wishes import wish
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.preferences import CHOICES

HELP: Final = "help-steps"
TAKES: Final = re.compile("|".join(CHOICES["steps"]), re.IGNORECASE)


async def run(slash: Slash, parts: Parts) -> Message:
    return await wish("steps", slash.text, slash.user, slash.language, parts)
