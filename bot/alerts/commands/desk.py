"""Where /mlops alerts goes: each of its words to what answers it."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from agent.messages import say
from bot.alerts.commands.controls import Controls
from bot.alerts.commands.reports import Reports
from bot.alerts.commands.trials import Trials
from bot.alerts.commands.verbs import asked
from bot.alerts.people.sight import UnsureError
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from db.catalog.meaning import Language
from db.hangul import is_hangul

log = logging.getLogger(__name__)


async def language_for(text: str, user: str, parts: Parts) -> Language:
    """The language for somebody who wrote conditions: their keys are of no language, Korean words are."""
    return await parts.manners.language(parts.me.team, user, "".join(filter(is_hangul, text)))


async def answer(text: str, user: str, channel: str, response_url: str, language: Language, parts: Parts) -> Message:
    """What one person reads; in a direct conversation what they set is theirs alone. Raises StoreUnavailable."""
    alerting = parts.alerts
    if alerting is None:
        return note(say("alerts-off", language))
    target = user if channel.startswith("D") else channel
    voice = replace(await alerting.voices.of(target), language=language)
    reports, controls, wish = Reports(parts, alerting), Controls(parts, alerting), asked(text)
    if wish.verb == "test":
        return Trials(parts, alerting).start(wish.rest, user, voice, response_url)
    if wish.verb == "help":
        return note(say("alerts-usage", language))
    works: dict[str, Callable[[], Awaitable[Message]]] = {
        "open": lambda: reports.open(user, voice),
        "history": lambda: reports.history(wish.rest, user, voice),
        "log": lambda: reports.deliveries(user, target, voice),
        "next": lambda: reports.next(voice),
        "health": lambda: reports.health(voice),
        "mutes": lambda: controls.mutes(user, voice),
        "mute": lambda: controls.mute(wish.rest, user, voice),
        "unmute": lambda: controls.unmute(wish.rest, user, voice),
        "quiet": lambda: controls.quiet(wish.rest, user, target, voice),
        "digest": lambda: controls.digest(wish.rest, user, target, voice),
        "retry": lambda: controls.retry(user, voice),
    }
    try:
        return await works[wish.verb]()
    except UnsureError as error:
        log.warning("alerts are not listed: %s", error)
        return note(sentence("catalog_unavailable", language))
