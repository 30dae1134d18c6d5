"""Why things failed, looked for after they were told."""

from typing import Final

from bot.alerts.causes import causes_of
from bot.jobs import Job
from bot.parts import Parts

EVERY_S: Final = 5.0


def register(parts: Parts) -> Job | None:
    alerting = parts.alerts
    if alerting is None:
        return None
    causes = causes_of(parts, alerting)

    async def tick() -> None:
        if await causes.look():
            alerting.wake.set()

    return Job(EVERY_S, tick)
