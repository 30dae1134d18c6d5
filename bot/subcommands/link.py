"""/mlops link: who the asker is in the catalogue, where Slack's address is another. It opens nothing."""

import logging
import re
from typing import Final

from agent.errors import AskError
from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.subcommands import COMMAND, Slash
from db.catalog.errors import CatalogUnavailable
from db.catalog.finding import claimed
from db.catalog.people import is_address

log = logging.getLogger(__name__)

HELP: Final = "help-link"
TAKES: Final = re.compile(r"\S+")


async def run(slash: Slash, parts: Parts) -> Message:
    """Looks among the people whom the asker sees: a claim tells them nothing that a question would not."""
    language, email = slash.language, slash.text.strip()
    if not is_address(email):
        return note(say("link-misread", language, command=f"{COMMAND} link"))
    try:
        catalog = (await parts.askers.of(slash.user)).catalog
        person = await claimed(email, catalog)
    except AskError as error:
        return note(sentence(error.code, language))
    except CatalogUnavailable:
        return note(sentence("catalog_unavailable", language))
    if catalog.people is None:
        return note(say("link-no-people", language))
    if person is None:
        return note(say("link-unknown", language, email=email))
    await parts.services.store.links.put(parts.me.team, slash.user, email, parts.services.clock())
    parts.askers.persons.forget(slash.user)
    log.warning("somebody says who they are in the catalogue", extra={"user": slash.user, "email": email})
    return note(say("link-done", language, name=person.name, command=f"{COMMAND} unlink"))
