"""The command line driven in process: real catalogue, real store, a scripted model, streams in memory."""

import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import agent.tools
from agent.agent import Agent
from agent.limits import Limits
from agent.llm.protocol import Model
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext, find_tools
from agent.vocabulary import Vocabulary
from bot import cli
from bot.services import Services
from bot.settings import Settings
from bot.terminal.shell import OpenServices
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.store.store import Store

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


Engine: TypeAlias = Model | Callable[[Vocabulary], Model]


def services_with(*models: Engine, clock: Callable[[], datetime] = lambda: NOW) -> OpenServices:
    """Opens the parts the way the bot does, with these models instead of the configured ones.

    A model may be made of the learnt words.
    """

    @asynccontextmanager
    async def open_services(settings: Settings) -> AsyncIterator[Services]:
        limits = Limits()
        async with (
            await Catalog.open(settings.catalog_url, settings.semantics) as catalog,
            await Store.open(settings.store_url) as store,
        ):
            known = Vocabulary(catalog, store.synonyms)
            schema = CurrentSchema(known, limits)
            toolbox = Toolbox(find_tools(agent.tools), ToolContext(catalog, schema, limits))
            engines = [model(known) if callable(model) else model for model in models]
            made = Agent(
                known,
                Threads(store.turns, clock),
                toolbox,
                engines,
                timezone=settings.timezone,
                language=settings.language,
            )
            yield Services(settings, catalog, store, made, clock)

    return open_services


def environ(folder: Path, **more: str) -> dict[str, str]:
    """Settings whose catalogue (the sample) and store lie in `folder`."""
    build_sample(folder / "catalog.db")
    return {
        "CATALOG_URL": f"sqlite:///{folder}/catalog.db",
        "CATALOG_SEMANTICS": str(SAMPLE_SEMANTICS),
        "STORE_URL": f"sqlite:///{folder}/store.db",
        **more,
    }


def run_cli(
    argv: Sequence[str],
    environ: dict[str, str],
    open_services: OpenServices,
    *,
    typed: str = "",
    out: io.StringIO | None = None,
) -> Outcome:
    """Runs one command to its end."""
    out, err = out or io.StringIO(), io.StringIO()
    streams = (io.StringIO(typed), out, err)
    code = cli.main(argv, environ=environ, open_services=open_services, env_file=None, streams=streams)
    return Outcome(code, out.getvalue(), err.getvalue())
