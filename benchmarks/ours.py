"""Our arms in process: the agent alone, and with the store that remembers its threads."""

import shutil
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

import agent.tools
from agent.agent import Agent
from agent.answer import Ask, ThreadKey
from agent.limits import Limits
from agent.llm.openai import Endpoint, OpenAIModel
from agent.llm.protocol import Prompt
from agent.memory import Memory
from agent.prompt import PromptWriter, tools
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext, find_tools
from benchmarks.exchange import ANSWER, MODEL, QUESTION
from benchmarks.probe import serve
from bot.__main__ import open_services, utc_now
from bot.settings import Settings
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS
from db.store.store import Store

EMPTY_STORE = "empty.db"


async def make_empty_store(folder: str) -> None:
    """An installed bot's store: migrations run at the first start ever, which is not the start measured here."""
    await (await Store.open(f"sqlite:///{folder}/{EMPTY_STORE}")).close()


def settings_for(base_url: str, folder: str, **more: str) -> Settings:
    """The bot's settings with the local model, and the catalogue and a store of its own in `folder`."""
    store = Path(folder, f"{uuid.uuid4().hex}.db")
    if (empty := Path(folder, EMPTY_STORE)).exists():
        shutil.copyfile(empty, store)
    return Settings.from_env(
        {
            "LLM_API_KEY": "local",
            "LLM_BASE_URL": base_url,
            "LLM_MODEL": MODEL,
            "LLM_ENGINE": "llm",
            "CATALOG_URL": f"sqlite:///{folder}/catalog.db",
            "CATALOG_SEMANTICS": str(SAMPLE_SEMANTICS),
            "STORE_URL": f"sqlite:///{store}",
            **more,
        }
    )


class NoThreads(Threads):
    """Remembers nothing and keeps nothing."""

    def __init__(self) -> None:
        """Needs no store."""
        self._clock = utc_now

    async def recall(self, *_: Any, **__: Any) -> Memory:
        return Memory()

    async def start(self, *_: Any, **__: Any) -> bool:
        return True

    async def finish(self, *_: Any, **__: Any) -> bool:
        return True

    async def fail(self, *_: Any, **__: Any) -> None:
        return None


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[Agent]:
    limits = Limits()
    async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
        schema = CurrentSchema(catalog, limits)
        endpoint = Endpoint(settings.llm_base_url, settings.llm_model, "local")
        model = OpenAIModel.open(endpoint, PromptWriter(schema).messages, tools)
        toolbox = Toolbox(find_tools(agent.tools), ToolContext(catalog, schema, limits))
        try:
            yield Agent(catalog, NoThreads(), toolbox, [model], timezone=settings.timezone, limits=limits)
        finally:
            await model.close()


@asynccontextmanager
async def _with_store(settings: Settings) -> AsyncIterator[Agent]:
    async with open_services(settings) as services:
        yield services.agent


def _now() -> datetime:
    return datetime.now(UTC)


async def main(base_url: str, folder: str, kind: str) -> None:
    opened = _alone if kind == "alone" else _with_store
    async with opened(settings_for(base_url, folder)) as asked:

        async def ask(number: int) -> None:
            thread = ThreadKey("T1", "C1", str(number))
            answer = await asked.run_turn(Ask(uuid.uuid4().hex, thread, "U1", QUESTION, _now()))
            assert answer.text == ANSWER

        await serve(ask)


async def system_prompt(folder: str) -> str:
    """The system prompt the bot uses, so that the hand loop can send the same."""
    settings = settings_for("http://127.0.0.1:9/v1", folder)
    async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
        limits = Limits()
        schema = CurrentSchema(catalog, limits)
        specs = Toolbox(find_tools(agent.tools), ToolContext(catalog, schema, limits)).specs()
        prompt = Prompt(QUESTION, "ko", _now().astimezone(settings.timezone), Memory(), specs)
        return str(PromptWriter(schema).messages(prompt)[0]["content"])


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
