"""/mlops synonyms: for admins, the words that questions were not understood for, and what they may mean."""

from typing import Final

from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash
from bot.synonyms import Synonyms

HELP: Final = {
    "ko": "(관리자) 봇이 이해하지 못한 말을 보여 주고 뜻을 가르칩니다",
    "en": "(admins) shows the words it did not understand, to be taught",
}


async def run(slash: Slash, parts: Parts) -> Message:
    synonyms = Synonyms(parts)
    return synonyms.barred(slash.user) or await synonyms.listing()
