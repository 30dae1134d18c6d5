"""What handlers, subcommands, jobs and terminal commands may use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from agent.agent import Agent
from agent.failures.analyst import Analyst
from bot.people.readers import Readers
from bot.settings import Settings
from db.catalog.catalog import Catalog
from db.store.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's parts, built once by `__main__`; `clock` tells UTC.

    `catalog` and `agent` are for what everybody sees; with a policy, each asker's come from `readers`.
    `analyst` looks for the causes of failures. `told_since`: from when on alerts are told at their first start.
    """

    settings: Settings
    catalog: Catalog
    store: Store
    agent: Agent
    clock: Callable[[], datetime]
    readers: Readers | None = None
    analyst: Analyst = field(default_factory=Analyst)
    told_since: datetime | None = None
