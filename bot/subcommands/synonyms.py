"""/mlops synonyms: for admins, the words that questions were not understood for, and what they may mean."""

from typing import Final

from bot.features.synonyms import Synonyms
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-synonyms"


async def run(slash: Slash, parts: Parts) -> Message:
    synonyms = Synonyms(parts, slash.language)
    return synonyms.barred(slash.user) or await synonyms.listing()
