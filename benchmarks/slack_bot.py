"""Our whole bot in its own process, connected to a local Slack over Socket Mode."""

import asyncio
import sys

import uvloop

from benchmarks.ours import settings_for
from benchmarks.probe import commands, spent, tell
from bot.__main__ import open_services
from bot.slack import run_slack


async def main(base_url: str, folder: str, slack_url: str, bot_token: str, app_token: str) -> None:
    """Says when it serves; then, at each line, what it has spent so far."""
    tokens = {"SLACK_API_URL": slack_url, "SLACK_BOT_TOKEN": bot_token, "SLACK_APP_TOKEN": app_token, "PORT": "0"}
    async with open_services(settings_for(base_url, folder, **tokens)) as services:
        stop = asyncio.Event()

        async def report() -> None:
            while await commands() is not None:
                tell(**spent())
            stop.set()

        reporting = asyncio.create_task(report())
        await run_slack(services, stop, on_ready=lambda _: tell(ready=True, **spent()))
        await reporting


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
