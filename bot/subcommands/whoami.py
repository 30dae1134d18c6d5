"""/mlops whoami: what the bot takes the asker for, and what is open to them."""

from typing import Final

from agent.errors import AskError
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.person import person_lines
from bot.messages.sentences import sentence
from bot.messages.standing import whoami
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-whoami"


async def run(slash: Slash, parts: Parts) -> Message:
    try:
        asker = await parts.askers.of(slash.user)
    except AskError as error:
        return note(sentence(error.code, slash.language))
    person: tuple[str, ...] = ()
    if asker.catalog.people is not None:
        known = await parts.askers.persons.of(slash.user, asker.catalog)
        person = tuple(person_lines(known.person, known.email, known.by, slash.language))
    closed = set(asker.catalog.private)
    opened = [ref for ref in parts.services.catalog.private if ref not in closed]
    return whoami(asker.standing, asker.catalog.semantics, opened, slash.language, person)
