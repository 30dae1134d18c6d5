"""/mlops unlink: takes back who the asker said to be in the catalogue."""

import logging
from typing import Final

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash

log = logging.getLogger(__name__)

HELP: Final = "help-unlink"


async def run(slash: Slash, parts: Parts) -> Message:
    is_undone = await parts.services.store.links.drop(parts.me.team, slash.user)
    if not is_undone:
        return note(say("link-none", slash.language))
    parts.askers.persons.forget(slash.user)
    log.warning("somebody takes back who they are in the catalogue", extra={"user": slash.user})
    return note(say("link-undone", slash.language))
