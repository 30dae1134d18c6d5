"""A job in one file."""

from bot.jobs import Job
from bot.parts import Parts


def register(parts: Parts) -> Job:
    async def tick() -> None:
        await parts.services.store.claims.first(("greeted",), parts.services.clock())

    return Job(5, tick)
