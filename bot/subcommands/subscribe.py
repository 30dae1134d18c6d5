"""/mlops subscribe: which alerts the asker, or the channel, is told of beside what alerts.yml says."""

from typing import Final

from agent.messages import say
from bot.alerts.commands.desk import language_for
from bot.alerts.commands.subscribing import Subscriptions
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.parts import Parts
from bot.subcommands import Slash

HELP: Final = "help-subscribe"
TAKES_TEXT: Final = True


async def run(slash: Slash, parts: Parts) -> Message:
    language = await language_for(slash.text, slash.user, parts)
    if parts.alerts is None:
        return note(say("alerts-off", language))
    return await Subscriptions(parts, parts.alerts).subscribe(slash.text, slash.user, slash.channel, language)
