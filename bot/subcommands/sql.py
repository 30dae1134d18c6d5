"""/mlops sql: whether the asker's answers show their SQL, or keep it behind a button."""

import re
from typing import Final

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-sql"
TAKES: Final = re.compile(r"on|off", re.IGNORECASE)
_NOW: Final = {"on": "sql-turned-on", "off": "sql-turned-off"}
_IS: Final = {"on": "sql-is-on", "off": "sql-is-off"}


async def run(slash: Slash, parts: Parts) -> Message:
    preferences, wanted = parts.services.store.preferences, slash.text.lower()
    if not wanted:
        return note(say(_IS[(await preferences.of(parts.me.team, slash.user)).sql], slash.language))
    await preferences.put(parts.me.team, slash.user, "sql", wanted, slash.user, parts.services.clock())
    return note(say(_NOW[wanted], slash.language))
