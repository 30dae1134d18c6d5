"""Letters are sent at once when they are put, and looked after each second."""

from typing import Final

from bot.jobs import Job
from bot.parts import Parts

_EVERY_S: Final = 1.0


def register(parts: Parts) -> Job | None:
    if parts.alerts is None:
        return None
    delivery = parts.alerts.delivery
    return Job(_EVERY_S, delivery.run, wake=delivery.wake, stop=delivery.stop)
