"""The whole bot against the local Slack: real Bolt, real store, the sample catalogue, a model the test holds."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from agent.llm.protocol import Completion, Engine, Model, OnText, Prompt
from agent.vocabulary import Vocabulary
from bot.live.live import Beat
from bot.people.readers import Readers
from bot.playground.local_slack import LocalSlack
from bot.schedule import Pause, pause
from bot.services import Services
from bot.settings import Settings
from bot.slack import run_slack
from db.catalog.catalog import Catalog
from db.catalog.policy_reading import load_policy
from db.catalog.sample import SAMPLE_SEMANTICS
from tests.parts import frozen_clock, open_parts
from tests.scripted import runs, says

Mode = Literal["socket", "http"]
_SEEDS: list[tempfile.TemporaryDirectory[str]] = []
UNSEEN = Beat(quiet_s=3_600)
"""No answer is shown in the making, however busy the machine is."""
COUNT = "SELECT COUNT(*) AS experiments FROM pipelines"


@dataclass
class TestModel:
    """Runs one query and says a text. `holds` keeps a question waiting until its event is set."""

    __test__ = False

    text: Callable[[Prompt], str] = lambda prompt: f"**3건**입니다: {prompt.question}"
    sql: str = COUNT
    holds: dict[str, asyncio.Event] = field(default_factory=dict)
    error: Exception | None = None
    questions: list[str] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    began: asyncio.Condition = field(default_factory=asyncio.Condition)
    name: str = "test-model"
    engine: Engine = "llm"

    def hold(self, question: str) -> asyncio.Event:
        return self.holds.setdefault(question, asyncio.Event())

    async def started(self, question: str) -> None:
        """Waits until the model has been asked this."""
        async with asyncio.timeout(10), self.began:
            await self.began.wait_for(lambda: question in self.questions)

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        if not prompt.steps:
            async with self.began:
                self.questions.append(prompt.question)
                self.prompts.append(prompt)
                self.began.notify_all()
            if (gate := self.holds.get(prompt.question)) is not None:
                await gate.wait()
            if self.error is not None:
                raise self.error
            if self.sql:
                return runs(self.sql)
        return says(self.text(prompt))


@dataclass
class Bot:
    """A running bot."""

    services: Services
    model: TestModel
    stop: asyncio.Event
    port: int | None


@asynccontextmanager
async def running(
    folder: Path,
    slack: LocalSlack,
    model: TestModel | None = None,
    *,
    mode: Mode = "socket",
    drain_s: float = 10,
    clock: Callable[[], datetime] = frozen_clock,
    semantics: Path = SAMPLE_SEMANTICS,
    wait: Pause = pause,
    models: Callable[[Vocabulary], Sequence[Model]] | None = None,
    policy: Path | None = None,
    agents_semantics: Path = SAMPLE_SEMANTICS,
    beat: Beat = UNSEEN,
    **more: Any,
) -> AsyncIterator[Bot]:
    """Starts the bot as `__main__` does; at the end it is told to stop and has drained.

    `semantics` is what the surface knows of the catalogue, `agents_semantics` what the agent does. `wait` pauses
    between ticks. `beat`: when an answer in the making is shown, never by default. `models` are asked in the place of
    `model`. `policy` says who sees what of the agent's catalogue.
    `more` are settings; a `catalog_url` or `store_url` among them is used in place of the one in `folder`.
    """
    model = model or TestModel()
    await _seed(folder)
    url = more.get("catalog_url", f"sqlite:///{folder}/catalog.db")
    is_apart = policy is not None
    async with (
        open_parts(
            folder,
            models or [model],
            is_apart=is_apart,
            semantics=agents_semantics,
            catalog_url=url,
            store_url=more.get("store_url", ""),
        ) as parts,
        await Catalog.open(url, semantics) as catalog,
    ):
        rules = await load_policy(policy, parts.catalog) if policy else None
        readers = Readers(rules, parts.catalog, parts.make) if rules else None
        settings = settings_for(slack, mode, **more)
        services = Services(settings, catalog, parts.store, parts.agent, clock, readers)
        async with _serving(services, drain_s, wait, beat) as (stop, port):
            slack.deliveries.request_url = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else None
            yield Bot(services, model, stop, port)


@asynccontextmanager
async def _serving(
    services: Services, drain_s: float, wait: Pause, beat: Beat
) -> AsyncIterator[tuple[asyncio.Event, int | None]]:
    """What stops the bot, and the port where it listens, if any."""
    stop, ready = asyncio.Event(), asyncio.Queue[int | None]()
    work = run_slack(services, stop, drain_s=drain_s, on_ready=ready.put_nowait, wait=wait, beat=beat)
    serving = asyncio.create_task(work)
    first = asyncio.create_task(ready.get())
    await asyncio.wait((serving, first), return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        first.cancel()
        await serving
    try:
        yield stop, first.result()
    finally:
        stop.set()
        async with asyncio.timeout(20):
            await serving


async def _seed(folder: Path) -> None:
    """A sample catalogue and an empty store, built once a run and then copied."""
    if not _SEEDS:
        _SEEDS.append(tempfile.TemporaryDirectory())
        async with open_parts(Path(_SEEDS[0].name), []):
            pass
    _copy(Path(_SEEDS[0].name), folder)


def _copy(seed: Path, folder: Path) -> None:
    for file in seed.iterdir():
        if not (folder / file.name).exists():
            shutil.copy(file, folder)


async def lose_store(folder: Path) -> None:
    """From now on whatever the bot asks of its store fails. A write that is under way needs the loop to end."""
    await asyncio.to_thread(_drop_tables, folder)


def _drop_tables(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "store.db")) as other:
        other.executescript("DROP TABLE usage; DROP TABLE turns; DROP TABLE claims")


@contextmanager
def other_writer(folder: Path) -> Iterator[None]:
    """Another program holds the store's write lock while open."""
    with closing(sqlite3.connect(folder / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def settings_for(slack: LocalSlack, mode: Mode = "socket", **more: Any) -> Settings:
    app = slack.workspace.app
    tokens = {"slack_app_token": app.app_token} if mode == "socket" else {"slack_signing_secret": app.signing_secret}
    return Settings.model_validate(
        {"slack_bot_token": app.bot_token, "slack_api_url": slack.api_url, "port": 0, **tokens, **more}
    )
