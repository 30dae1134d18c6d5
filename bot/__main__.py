"""`python -m bot`, also `mlops-bot`: settings -> parts (one AsyncExitStack) -> command. The only place that builds."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import agent.tools
from agent.agent import Agent
from agent.examples import Examples
from agent.failures.analyst import Analyst
from agent.limits import Limits
from agent.llm.protocol import Model
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext, find_tools
from agent.vocabulary import Vocabulary
from bot import cli
from bot.people.readers import Readers
from bot.services import Services
from bot.settings import Settings
from db.catalog.catalog import Catalog
from db.catalog.policy_reading import load_policy
from db.catalog.sample import build_sample
from db.store.store import Store

if TYPE_CHECKING:
    from agent.llm.openai import OpenAIModel

ENV_FILE = Path(".env")


def utc_now() -> datetime:
    """The clock of the running bot; tests bring their own."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The bot's parts, closed in the opposite order at the end.

    Raises CatalogUnavailable, StoreUnavailable and PolicyError, each a sentence for the operator.
    """
    async with AsyncExitStack() as stack:
        if settings.uses_sample:
            build_sample(Path(settings.catalog_url.removeprefix("sqlite:///")))
        catalog = await stack.enter_async_context(await Catalog.open(settings.catalog_url, settings.semantics))
        store = await Store.open(settings.store_url, clock=utc_now)
        stack.push_async_callback(store.close)
        policy = await load_policy(settings.policy, catalog) if settings.policy else None
        make = _Maker(settings, store, is_apart=policy is not None)
        stack.push_async_callback(make.close)
        readers = Readers(policy, catalog, make) if policy else None
        yield Services(settings, catalog, store, make(catalog), utc_now, readers, make.analyst())


class _Maker:
    """Makes the agents over a catalogue as different readers see it; they share the store and the model's client."""

    def __init__(self, settings: Settings, store: Store, *, is_apart: bool) -> None:
        self._settings = settings
        self._store = store
        self._limits = Limits()
        self._threads = Threads(store.turns, utc_now, self._limits, store.alerts, is_apart=is_apart)
        self._model: OpenAIModel | None = None

    def __call__(self, catalog: Catalog) -> Agent:
        vocabulary = Vocabulary(catalog, self._store.synonyms)
        schema = CurrentSchema(vocabulary, self._limits)
        models = self._models(vocabulary, schema)
        reads_examples = any(model.engine == "llm" for model in models)
        return Agent(
            vocabulary,
            self._threads,
            Toolbox(find_tools(agent.tools), ToolContext(catalog, schema, self._limits)),
            models,
            examples=Examples(self._store.examples, catalog) if reads_examples else None,
            timezone=self._settings.timezone,
            language=self._settings.language,
            limits=self._limits,
        )

    def analyst(self) -> Analyst:
        """Looks for causes with the model of the agents, once there are some; by the rules where they have none."""
        if self._model is None:
            return Analyst()
        from agent.failures.prompt import messages

        return Analyst((self._model.telling(messages),))

    async def close(self) -> None:
        if self._model is not None:
            await self._model.close()

    def _models(self, vocabulary: Vocabulary, schema: CurrentSchema) -> tuple[Model, ...]:
        """The engines in the order they are asked."""
        settings = self._settings
        rules: tuple[Model, ...] = () if settings.llm_engine == "llm" else (_rules(vocabulary),)
        if not settings.uses_model or settings.llm_api_key is None:
            return rules
        from agent.llm.openai import Endpoint, OpenAIModel
        from agent.prompt import PromptWriter, tools

        messages = PromptWriter(schema, vocabulary.dialect).messages
        if self._model is not None:
            return (self._model.telling(messages), *rules)
        endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
        self._model = OpenAIModel.open(endpoint, messages, tools, deadline_s=self._limits.completion_s)
        return (self._model, *rules)


def _rules(vocabulary: Vocabulary) -> Model:
    from agent.offline.engine import OfflineModel

    return OfflineModel(vocabulary)


def main() -> None:
    """The console script: exits with the command's code."""
    sys.exit(cli.main(sys.argv[1:], environ=os.environ, env_file=ENV_FILE, open_services=open_services))


if __name__ == "__main__":
    main()
