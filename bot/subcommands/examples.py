"""/mlops examples: for admins, the questions with SQL that the model learns from."""

from typing import Final

from bot.features.opinions import Reviews
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-examples-kept"


async def run(slash: Slash, parts: Parts) -> Message:
    reviews = Reviews(parts)
    return reviews.barred(slash.user, slash.language) or await reviews.examples(slash.language)
