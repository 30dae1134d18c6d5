"""/mlops why: how the asker's last question here was read, or that of a turn id."""

import re
from typing import Final

from bot.features.why import explain_turn
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-why"
TAKES: Final = re.compile(r"[0-9a-f]{12}")


async def run(slash: Slash, parts: Parts) -> Message:
    """Of this channel's turns alone: who is in a channel may see what is answered there."""
    explanations, team = parts.services.store.explanations, parts.me.team
    if slash.text:
        found = await explanations.of_turn(team, slash.channel, slash.text)
    else:
        found = await explanations.last_of(team, slash.channel, slash.user)
    return await explain_turn(found, slash.user, slash.language, parts)
