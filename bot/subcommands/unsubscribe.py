"""/mlops unsubscribe: ends what /mlops subscribe began."""

from typing import Final

from agent.messages import say
from bot.alerts.commands.desk import language_for
from bot.alerts.commands.subscribing import Subscriptions
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-unsubscribe"
TAKES_TEXT: Final = True


async def run(slash: Slash, parts: Parts) -> Message:
    language = await language_for(slash.text, slash.user, parts)
    if parts.alerts is None:
        return note(say("alerts-off", language))
    return await Subscriptions(parts, parts.alerts).unsubscribe(slash.text, slash.user, slash.channel, language)
