"""/mlops language: in which language the asker wants to be answered."""

import re
from typing import Final

from bot.features.wishes import wish
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.preferences import CHOICES

HELP: Final = "help-language"
TAKES: Final = re.compile("|".join(CHOICES["language"]), re.IGNORECASE)


async def run(slash: Slash, parts: Parts) -> Message:
    return await wish("language", slash.text, slash.user, slash.language, parts)
