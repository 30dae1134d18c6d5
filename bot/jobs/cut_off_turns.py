"""Turns of a bot that died while others go on: their threads are told by one that serves."""

from functools import partial
from typing import Final

from bot.jobs import Job
from bot.parts import Parts

EVERY_S: Final = 5.0
"""Often enough that a lock which is missed is missed by look after look: `db/store/postgres/presence.py`."""


def register(parts: Parts) -> Job | None:
    """None where one bot serves alone: then there is nothing to find but at its start."""
    if not parts.services.store.is_shared:
        return None
    return Job(EVERY_S, partial(parts.turns.recover, parts.me.team))
