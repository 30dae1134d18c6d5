"""`mlops-bot run`: the bot in Slack, or the chat where no Slack is set up."""

import argparse
import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.logs import set_up_logging
from bot.services import Services
from bot.terminal.chat import run_chat
from bot.terminal.shell import Shell


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("run", help="start the bot in Slack; without Slack tokens open the chat (the default)")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, shell: Shell) -> int:
    """Serves until SIGTERM or Ctrl-C, then drains; 1 when there is no Slack to be reached."""
    settings = shell.settings()
    async with shell.open_services(settings) as services:
        if settings.transport is None:
            return await run_chat(shell, services)
        if not args.verbose:
            set_up_logging(shell.stderr, logging.INFO, shows_trace=True)
        return await _serve(shell, services)


async def _serve(shell: Shell, services: Services) -> int:
    from bot.slack import run_slack  # brings Slack's libraries with it, which the other commands need not wait for
    from bot.wire import SlackUnreachable

    with _stop_signals() as stop:
        try:
            await run_slack(services, stop)
        except SlackUnreachable as error:
            shell.stderr.write(f"Slack cannot be reached ({error}).\n")
            return 1
    return 0


@contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set, where the platform has signals for event loops."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    names: tuple[signal.Signals, ...] = (signal.SIGTERM, signal.SIGINT)
    try:
        for name in names:
            loop.add_signal_handler(name, stop.set)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or a loop outside the main thread
        names = ()
    try:
        yield stop
    finally:
        for name in names:
            loop.remove_signal_handler(name)
