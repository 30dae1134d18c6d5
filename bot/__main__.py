"""`python -m bot`, also `mlops-bot`: settings -> parts (one AsyncExitStack) -> command. The only place that builds."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

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
from db.catalog.catalog import Catalog
from db.catalog.sample import build_sample
from db.store.store import Store

ENV_FILE = Path(".env")


def utc_now() -> datetime:
    """The clock of the running bot; tests bring their own."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The bot's parts, closed in the opposite order at the end.

    Raises CatalogUnavailable and StoreUnavailable, each a sentence for the operator.
    """
    async with AsyncExitStack() as stack:
        if settings.uses_sample:
            build_sample(Path(settings.catalog_url.removeprefix("sqlite:///")))
        catalog = await stack.enter_async_context(await Catalog.open(settings.catalog_url, settings.semantics))
        store = await Store.open(settings.store_url, clock=utc_now)
        stack.push_async_callback(store.close)
        limits = Limits()
        vocabulary = Vocabulary(catalog, store.synonyms)
        schema = CurrentSchema(vocabulary, limits)
        agent_ = Agent(
            vocabulary,
            Threads(store.turns, utc_now, limits, store.alerts),
            Toolbox(find_tools(agent.tools), ToolContext(catalog, schema, limits)),
            _models(settings, vocabulary, schema, limits, stack),
            timezone=settings.timezone,
            language=settings.language,
            limits=limits,
        )
        yield Services(settings, catalog, store, agent_, utc_now)


def _models(
    settings: Settings, vocabulary: Vocabulary, schema: CurrentSchema, limits: Limits, stack: AsyncExitStack
) -> tuple[Model, ...]:
    """The engines in the order they are asked."""
    rules: tuple[Model, ...] = () if settings.llm_engine == "llm" else (_rules(vocabulary),)
    if not settings.uses_model or settings.llm_api_key is None:
        return rules
    from agent.llm.openai import Endpoint, OpenAIModel
    from agent.prompt import PromptWriter, tools

    endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    model = OpenAIModel.open(
        endpoint, PromptWriter(schema, vocabulary.dialect).messages, tools, deadline_s=limits.completion_s
    )
    stack.push_async_callback(model.close)
    return (model, *rules)


def _rules(vocabulary: Vocabulary) -> Model:
    from agent.offline.engine import OfflineModel

    return OfflineModel(vocabulary)


def main() -> None:
    """The console script: exits with the command's code."""
    sys.exit(cli.main(sys.argv[1:], environ=os.environ, env_file=ENV_FILE, open_services=open_services))


if __name__ == "__main__":
    main()
