"""/mlops why: how the asker's last question here was read, or that of a turn id."""

import re
from typing import Final

from agent.messages import say
from bot.features.why import explain_turn
from bot.messages.answer import Message
from bot.messages.notes import section
from bot.parts import Parts
from bot.subcommands import Slash
from db.catalog.meaning import Language

HELP: Final = "help-why"
TAKES: Final = re.compile(r"[0-9a-f]{12}")


async def run(slash: Slash, parts: Parts) -> Message:
    """Of this channel's turns alone: who is in a channel may see what is answered there; else where it can be asked."""
    explanations, team = parts.services.store.explanations, parts.me.team
    if slash.text:
        found = await explanations.of_turn(team, slash.channel, slash.text)
    else:
        found = await explanations.last_of(team, slash.channel, slash.user)
    elsewhere = None if found is not None else await explanations.channel_of(team, slash.user, slash.text)
    if elsewhere is not None and elsewhere != slash.channel:
        return section(say("why-elsewhere", slash.language, place=_place(elsewhere, slash.language)))
    return await explain_turn(found, slash.user, slash.language, parts)


def _place(channel: str, language: Language) -> str:
    return say("why-elsewhere-direct", language) if channel.startswith("D") else f"<#{channel}>"
