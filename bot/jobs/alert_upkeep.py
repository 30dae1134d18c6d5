"""What time alone brings about in alerts, as a job."""

from bot.alerts.upkeep import EVERY_S, Upkeep
from bot.jobs import Job
from bot.parts import Parts


def register(parts: Parts) -> Job | None:
    return None if parts.alerts is None else Job(EVERY_S, Upkeep(parts.alerts).tick)
