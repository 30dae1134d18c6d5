"""`mlops-bot run`: the bot in Slack, or in the playground where no Slack is set up."""

import argparse
import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.logs import set_up_logging
from bot.role import warn_of_powers
from bot.services import Services
from bot.settings import Settings
from bot.terminal.shell import Shell
from bot.terminal.since import moment_of, parse_since


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("run", help="the bot in Slack; without Slack tokens in the playground (the default)")
    parser.add_argument(
        "--since",
        metavar="WHEN",
        type=parse_since,
        help="at their first start alerts tell what failed since then, too: 6h, 2d, 2026-11-20, 2026-11-20T18:00",
    )
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, shell: Shell) -> int:
    """Serves until SIGTERM or Ctrl-C, then drains; 1 when there is no Slack to be reached."""
    settings = shell.settings()
    with _stop_signals() as stop:
        if settings.transport is None:
            return await _play(shell, settings, stop, args.since)
        if not args.verbose:
            set_up_logging(shell.stderr, logging.INFO, shows_trace=True)
        async with shell.open_services(settings) as services:
            return await _serve(shell, _told(services, args.since), stop)


async def _play(shell: Shell, settings: Settings, stop: asyncio.Event, since: timedelta | datetime | None) -> int:
    """The bot in a local Slack of its own; the link is printed once the bot is there."""
    from bot.terminal.play import playing

    async with _free_services(shell, settings) as services, playing(shell, settings) as playground:

        def show(_: int | None) -> None:
            shell.stdout.write(f"{playground.words}\n")
            shell.stdout.flush()

        return await _serve(shell, _told(replace(services, settings=playground.settings), since), stop, show)


def _told(services: Services, since: timedelta | datetime | None) -> Services:
    return replace(services, told_since=moment_of(since, services.clock(), services.settings.timezone))


@asynccontextmanager
async def _free_services(shell: Shell, settings: Settings) -> AsyncIterator[Services]:
    """The bot's parts, if no other bot has the store: one that will have to end must take no port before it does."""
    async with shell.open_services(settings) as services:
        async with services.store.serving():
            pass  # run_slack takes it for as long as it serves
        yield services


async def _serve(
    shell: Shell, services: Services, stop: asyncio.Event, on_ready: Callable[[int | None], None] = lambda _: None
) -> int:
    from bot.slack import run_slack  # brings Slack's libraries with it, which the other commands need not wait for
    from bot.wire import SlackUnreachable

    widest = await services.readers.widest() if services.readers else services.catalog
    await warn_of_powers(services.settings.catalog_url, widest)
    try:
        await run_slack(services, stop, on_ready=on_ready)
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
