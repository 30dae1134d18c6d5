"""`mlops-bot run`: the bot in Slack, or the chat where no Slack is set up."""

import argparse
import asyncio
import signal
from typing import Any

from bot.console.chat import run_chat
from bot.console.shell import Shell


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("run", help="start the bot in Slack; without Slack tokens open the chat (the default)")
    parser.set_defaults(run=run)


async def run(_: argparse.Namespace, shell: Shell) -> int:
    """Serves until SIGTERM or Ctrl-C, then drains."""
    settings = shell.settings()
    async with shell.open_services(settings) as services:
        if settings.transport is None:
            return await run_chat(shell, services)
        from bot.transport import run_slack  # Slack's libraries, only where Slack is

        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        try:
            await run_slack(services, stop)
        finally:
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(name)
    return 0
