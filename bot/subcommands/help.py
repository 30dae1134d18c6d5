"""/mlops help: every subcommand, and what to ask."""

from typing import Final

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import EXAMPLES_SHOWN, note
from bot.parts import Parts
from bot.subcommands import COMMAND, Slash, subcommands

HELP: Final = "help-help"


async def run(slash: Slash, parts: Parts) -> Message:
    language = slash.language
    lines = [f"{COMMAND} {command.word}: {command.help[language]}" for command in subcommands().values()]
    if examples := parts.services.catalog.semantics.examples.of(language)[:EXAMPLES_SHOWN]:
        title = say("help-examples", language)
        lines += ["", title, *(f"{COMMAND} {example}" for example in examples)]
    return note("\n".join(lines))
