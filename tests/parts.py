"""Real parts on temporary files, for tests that run whole turns."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

import agent.tools
from agent.agent import Agent
from agent.answer import Answer, Ask, ThreadKey
from agent.limits import Limits
from agent.llm.protocol import Model
from agent.progress import OnProgress, ignore_progress
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext, find_tools
from agent.vocabulary import Vocabulary
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.store.store import Store

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")


def frozen_clock() -> datetime:
    """2026-11-21 10:00 in Seoul, always."""
    return NOW


@dataclass
class Parts:
    """An agent with all it stands on; `ask` asks it in a thread, `make` makes another over a reader's catalogue."""

    agent: Agent
    catalog: Catalog
    store: Store
    make: Callable[[Catalog], Agent]

    async def ask(
        self, text: str, thread: str = "t1", *, user: str = "U1", on_progress: OnProgress = ignore_progress
    ) -> Answer:
        return await self.agent.run_turn(self.make_ask(text, thread, user=user), on_progress)

    def make_ask(self, text: str, thread: str = "t1", *, user: str = "U1") -> Ask:
        return Ask(uuid4().hex, ThreadKey("T1", "C1", thread), user, text, NOW)


@asynccontextmanager
async def open_parts(
    folder: Path,
    models: Sequence[Model] | Callable[[Vocabulary], Sequence[Model]],
    *,
    limits: Limits = Limits(),
    language: Literal["auto", "ko", "en"] = "auto",
    is_apart: bool = False,
    semantics: Path = SAMPLE_SEMANTICS,
    catalog_url: str = "",
    store_url: str = "",
) -> AsyncIterator[Parts]:
    """The sample catalogue and a store in `folder`, which may hold them already; models may read the learnt words.

    `catalog_url` is another catalogue to read, `store_url` another store.
    """
    build_sample(folder / "catalog.db")
    store = await Store.open(store_url or f"sqlite:///{folder}/store.db")
    try:
        async with await Catalog.open(catalog_url or f"sqlite:///{folder}/catalog.db", semantics) as catalog:
            threads = Threads(store.turns, frozen_clock, limits, store.alerts, is_apart=is_apart)

            def make(seen: Catalog) -> Agent:
                known = Vocabulary(seen, store.synonyms)
                toolbox = Toolbox(find_tools(agent.tools), ToolContext(seen, CurrentSchema(known, limits), limits))
                engines = models(known) if callable(models) else models
                return Agent(known, threads, toolbox, engines, timezone=SEOUL, language=language, limits=limits)

            yield Parts(make(catalog), catalog, store, make)
    finally:
        await store.close()
