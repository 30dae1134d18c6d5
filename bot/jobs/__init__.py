"""Things the clock starts: one file each, found by folder."""

import asyncio
import importlib
import pkgutil
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from bot.parts import Parts


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again, `every_s` seconds after it was done the last time, or at once when `wake` is set.

    `tick` may be cancelled at any await when the bot stops, as a kill would end
    it: what it has not written down by then it does not remember. `stop` is
    called before, so that a tick that goes on and on comes to its end.
    """

    every_s: float
    tick: Callable[[], Awaitable[None]]
    wake: asyncio.Event | None = None
    stop: Callable[[], None] = lambda: None


def find_jobs(parts: Parts, package: ModuleType = sys.modules[__name__]) -> Mapping[str, Job]:
    """The jobs of a package by the names of their modules, each with `def register(parts) -> Job | None`.

    None where the settings leave the job out. Raises SettingsError where one cannot work with them.
    """
    found = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        job = importlib.import_module(f"{package.__name__}.{name}").register(parts)
        if job is not None:
            found[name] = job
    return found
