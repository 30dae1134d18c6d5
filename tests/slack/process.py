"""The bot as people run it: a process of its own, connected to the local Slack."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.slack.local_slack import LocalSlack


@asynccontextmanager
async def process(
    folder: Path, slack: LocalSlack, llm_url: str | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as it is run, in a process of its own, connected to the local Slack."""
    environ = {
        **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")},
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": "xoxb-local",
        "SLACK_APP_TOKEN": "xapp-local",
        "LLM_ENGINE": "offline",
        "STORE_URL": f"sqlite:///{folder}/store.db",
        "PORT": "0",
    }
    if llm_url is not None:
        environ |= {"LLM_BASE_URL": llm_url, "LLM_API_KEY": "key", "LLM_ENGINE": "llm"}
    root = str(Path(__file__).parents[2])
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environ | {"PYTHONPATH": root}
    )
    try:
        await slack.journal.until(lambda: slack.sockets, "a connection")
        yield running
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGTERM)
        await running.wait()
