"""Whether alerting stands still is looked at each half minute, and told to admins."""

from typing import Final

from agent.language import language_of
from bot.alerts.watching.alarm import Alarm
from bot.jobs import Job
from bot.messages.alerts.facts import Voice
from bot.parts import Parts

_EVERY_S: Final = 30.0


def register(parts: Parts) -> Job | None:
    alerts, services = parts.alerts, parts.services
    if alerts is None:
        return None
    settings, clock = services.settings, services.clock

    def voice() -> Voice:
        return Voice(language_of("", settings.language), settings.timezone, clock())

    outbox, announce = services.store.outbox, parts.replies.announce
    alarm = Alarm(alerts.health, outbox, announce, settings.admins, voice, clock, alerts.wake.set)
    return Job(_EVERY_S, alarm.tick)
