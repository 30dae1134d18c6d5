"""/mlops feedback: for admins, what people think of the answers."""

import re
from typing import Final

from bot.features.opinions import Reviews
from bot.messages.answer import Message
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-opinions"
TAKES: Final = re.compile(r"[1-9][0-9]{0,2}")
_USUAL: Final = 30


async def run(slash: Slash, parts: Parts) -> Message:
    reviews = Reviews(parts)
    return reviews.barred(slash.user, slash.language) or await reviews.overview(
        int(slash.text or _USUAL), slash.language
    )
