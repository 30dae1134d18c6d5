"""The bot as people run it: a process of its own, connected to the local Slack."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from bot.playground.local_slack import LocalSlack

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def process(
    folder: Path,
    slack: LocalSlack,
    llm_url: str | None = None,
    *,
    ends_by: signal.Signals = signal.SIGTERM,
    more: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    log: Path | None = None,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as it is run, in a process of its own, connected to the local Slack; `more` goes into its environment.

    `options` come before `run`; whatever it prints goes into the file `log`.
    """
    environ = {
        **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")},
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.workspace.app.bot_token,
        "SLACK_APP_TOKEN": slack.workspace.app.app_token,
        "LLM_ENGINE": "offline",
        "STORE_URL": f"sqlite:///{folder}/store.db",
        "PORT": "0",
    }
    if llm_url is not None:
        environ |= {"LLM_BASE_URL": llm_url, "LLM_API_KEY": "key", "LLM_ENGINE": "llm"}
    with ExitStack() as files:
        printed = files.enter_context(log.open("wb")) if log else None
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *options, "run"),
            cwd=folder,
            env=environ | dict(more or {}) | {"PYTHONPATH": str(ROOT)},
            stdout=printed,
            stderr=printed,
        )
    try:
        await slack.journal.until(lambda: slack.sockets.connections, "a connection")
        yield running
    finally:
        if running.returncode is None:
            running.send_signal(ends_by)
        await running.wait()
