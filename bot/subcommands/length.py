"""/mlops length: whether the asker wants the whole answer or a summary."""

import re
from typing import Final

from bot.features.wishes import wish
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.preferences import CHOICES

HELP: Final = "help-length"
TAKES: Final = re.compile("|".join(CHOICES["length"]), re.IGNORECASE)


async def run(slash: Slash, parts: Parts) -> Message:
    return await wish("length", slash.text, slash.user, slash.language, parts)
