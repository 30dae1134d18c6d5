"""/mlops ping."""

from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash

HELP = {"ko": "살아 있는지 봅니다", "en": "says pong"}


async def run(slash: Slash, _: Parts) -> Message:
    return note(f"pong {slash.text}")
