"""What the playground can make happen in the sample's catalogue, a button each."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from agent.messages import LANGUAGES, say
from bot.playground.people.mistakes import Mistaken
from bot.playground.screen.tricks import Trick
from bot.settings import Settings
from db.catalog.sample.play import fail_a_pipeline, recover_pipeline, stick_a_pipeline, storm

_MANY: Final = 8
"""More than the sample's rule tells one by one."""


def tricks_of(settings: Settings) -> tuple[Trick, ...]:
    """None for a catalogue of somebody's own, which is only read."""
    if not settings.uses_sample:
        return ()
    catalog, zone = Path(settings.catalog_url.removeprefix("sqlite:///")), settings.timezone

    def trick(name: str, happens: Callable[[Path, datetime], str | None]) -> Trick:
        label: dict[str, str] = {one: say(f"playground-{name}", one) for one in LANGUAGES}
        return Trick(f"{name}-pipeline", label, _play(name, lambda: happens(catalog, datetime.now(zone))))

    return (
        trick("fail", fail_a_pipeline),
        trick("recover", recover_pipeline),
        trick("stick", stick_a_pipeline),
        trick("storm", lambda path, now: storm(path, now, _MANY)[0]),
    )


def _play(name: str, happens: Callable[[], str | None]) -> Callable[[], Awaitable[Mapping[str, str]]]:
    async def play() -> Mapping[str, str]:
        try:
            pipeline = await asyncio.to_thread(happens)
        except (sqlite3.Error, OSError) as error:
            raise Mistaken("trick_failed") from error
        key = f"playground-{name}-done" if pipeline is not None else f"playground-{name}-none"
        return {one: say(key, one, name=pipeline or "") for one in LANGUAGES}

    return play
