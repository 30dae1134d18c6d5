"""/mlops help: every subcommand, and what to ask."""

from typing import Final

from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import EXAMPLES
from bot.parts import Parts
from bot.subcommands import COMMAND, Slash, subcommands

HELP: Final = {"ko": "이 도움말을 보여 줍니다", "en": "shows this help"}


async def run(slash: Slash, _: Parts) -> Message:
    language = slash.language
    words = [f"{COMMAND} {command.word}: {command.help[language]}" for command in subcommands().values()]
    examples = [f"{COMMAND} {example}" for example in EXAMPLES[language]]
    title = "물어볼 수 있는 것" if language == "ko" else "For example"
    return note("\n".join([*words, "", title, *examples]))
