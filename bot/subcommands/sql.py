"""/mlops sql: whether the asker's answers show their SQL, or keep it behind a button."""

import re
from typing import Final

from bot.features.wishes import wish
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.preferences import CHOICES

HELP: Final = "help-sql"
TAKES: Final = re.compile("|".join(CHOICES["sql"]), re.IGNORECASE)


async def run(slash: Slash, parts: Parts) -> Message:
    return await wish("sql", slash.text, slash.user, slash.language, parts)
