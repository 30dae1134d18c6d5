"""/mlops settings: how the asker wants their answers, with selects that change it."""

from typing import Final

from bot.messages.answer import Message
from bot.messages.preferences import preferences_message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-settings"


async def run(slash: Slash, parts: Parts) -> Message:
    wanted = await parts.services.store.preferences.of(parts.me.team, slash.user)
    return preferences_message(wanted, slash.language)
